"""Ask: correcting words of a wave that is open."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asking.amending import ANSWER, LONGEST, ROW, At, Correction, amend, words_of
from goldenthread.thread.survey.asking.commands import Place
from goldenthread.thread.survey.asking.queries import AskingFacts
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import say

NAMES = {"": "The question", ROW: "Statement", ANSWER: "Answer"}
EFFECTS = (
    ("yes", "Nothing: it asks the same, as with a letter put right"),
    ("no", "It can no longer be compared with earlier waves"),
)


class CorrectForm(forms.Form):
    """The corrected words, and what they do."""

    text = forms.CharField(
        label="The corrected words", widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST
    )
    comparable = forms.ChoiceField(
        label="What does it do to comparing waves?", choices=EFFECTS, widget=forms.RadioSelect
    )
    because = forms.CharField(
        label="Why",
        help_text="It stands beside the correction; where it breaks a comparison, the report prints it.",
        max_length=300,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that can be corrected, and the address that does it."""

    name: str
    words: str
    query: str


def correct(request: AreaRequest, survey: str, wave: str, question: str) -> HttpResponse:
    """First which words, then how they should read and what that does."""
    found = asking_or_404(request, survey, wave)
    known = next((each for each in draft_of(found).whole.questions if each.id == question), None)
    if known is None:
        raise Http404
    offered = words_of(known)
    at = At(question, request.GET.get("of", ""), request.GET.get("code", ""))
    before = dict(offered).get(at)
    if before is None or (len(offered) > 1 and "of" not in request.GET):
        return _choose(request, found, [_choice(each, words) for each, words in offered])
    form = CorrectForm(request.POST or None, initial={"text": before})
    if request.method == "POST" and form.is_valid() and _amended(request, found, form, at):
        return redirect("asking", area=request.here.area.slug, survey=found.survey, wave=found.wave)
    context = _framed(
        request, found, form=form, heading="Correct the words", button="Correct them for everybody"
    )
    return render(request, "workbench/question_form.html", context)


def _choose(request: AreaRequest, found: AskingFacts, choices: list[Choice]) -> HttpResponse:
    context = _framed(request, found, choices=choices)
    return render(request, "workbench/correct_words.html", context)


def _choice(at: At, words: str) -> Choice:
    return Choice(NAMES[at.kind], words, urlencode({"of": at.kind, "code": at.code}))


def _amended(request: AreaRequest, found: AskingFacts, form: CorrectForm, at: At) -> bool:
    """Whether the correction stands; where it does not, the form says why."""
    said = form.cleaned_data
    correction = Correction(at, said["text"], said["comparable"] == "yes", said["because"])
    place = Place(found.survey, found.wave, typed.version(request.POST))
    try:
        amend(by=request.here.actor, now=now(), place=place, correction=correction)
    except Conflict:
        form.add_error(
            None, "Somebody changed this wave meanwhile. Yours is below: look at it, and save it again."
        )
    except Refused as refused:
        say(form, refused)
    else:
        messages.success(request, "Corrected. Whoever opens the page from now on sees it so.")
        return True
    return False


def _framed(request: AreaRequest, found: AskingFacts, **context: object) -> dict[str, object]:
    return framed(request, "ask", survey=survey_or_404(request, found.survey), asking=found, **context)
