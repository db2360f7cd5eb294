"""Ask: taking wordings from the bank into a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Place
from goldenthread.thread.survey.asking.queries import AskingFacts
from goldenthread.thread.survey.editing.bank import Bank, Banked, bank, take
from goldenthread.thread.survey.editing.questions import items_of
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Option
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import say


class TakeForm(forms.Form):
    """What to take, and where to."""

    take = forms.MultipleChoiceField(required=False)
    section = forms.ChoiceField(label="Into which section?")
    ask_help = forms.BooleanField(
        label="After statements, ask what would help most with their topic", required=False
    )

    def __init__(self, *args: object, whole: Questionnaire, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        sections = [(section.id, section.title) for section in whole.sections]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
        self.fields["take"].choices = [(each.item, "") for each in bank().wordings]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Offered:
    """A wording on offer; ``asked`` where the questionnaire has it already."""

    banked: Banked
    asked: bool
    ticked: bool


def take_from_bank(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """The bank by topic; what is ticked goes to the end of a section."""
    found = asking_or_404(request, survey, wave)
    whole = draft_of(found).whole
    form = TakeForm(request.POST or None, whole=whole)
    if request.method == "POST" and form.is_valid() and _taken(request, found, form):
        return redirect("questions", area=request.here.area.slug, survey=found.survey, wave=found.wave)
    topic = request.GET.get("topic", "")
    context = framed(
        request,
        "ask",
        survey=survey_or_404(request, survey),
        asking=found,
        whole=whole,
        form=form,
        bank=bank(),
        topics=_topics(bank(), topic),
        offered=_offered(whole, topic, request.POST.getlist("take")),
    )
    return render(request, "workbench/bank.html", context)


def _taken(request: AreaRequest, found: AskingFacts, form: TakeForm) -> bool:
    """Whether it stands; where it does not, the form says why."""
    said = form.cleaned_data
    change = partial(take, section=said["section"], items=said["take"], ask_help=said["ask_help"])
    place = Place(found.survey, found.wave, typed.version(request.POST))
    many = len(said["take"])
    words = f"took {many} wording{'s' if many != 1 else ''} from the bank"
    try:
        commands.edit(by=request.here.actor, now=now(), place=place, change=change, words=words)
    except Conflict:
        form.add_error(
            None, "Somebody changed the questions meanwhile. Your ticks are below: take them again."
        )
    except Refused as refused:
        say(form, refused)
    else:
        return True
    return False


def _topics(held: Bank, topic: str) -> list[Option]:
    every = Option("", "Every topic", chosen=not topic)
    return [every, *(Option(each, each, chosen=each == topic) for each in held.topics)]


def _offered(whole: Questionnaire, topic: str, ticked: Iterable[str]) -> dict[str, list[Offered]]:
    """What is on offer, by topic."""
    asked, chosen = set(items_of(whole)), set(ticked)
    found: dict[str, list[Offered]] = {}
    for each in bank().wordings:
        if topic in ("", each.topic):
            offer = Offered(each, each.item in asked, each.item in chosen)
            found.setdefault(each.topic, []).append(offer)
    return found
