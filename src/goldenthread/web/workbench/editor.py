"""Ask: writing a wave's questionnaire."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.analysis.definition.model import (
    Kind,
    Question,
    Questionnaire,
    Section,
)
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.answering.minutes import walk
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Change, Place
from goldenthread.thread.survey.asking.queries import AskingFacts, has_earlier
from goldenthread.thread.survey.editing import questions, sections
from goldenthread.thread.survey.editing.advice import Advice, advise
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench import routing_words, typed
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.editor_forms import (
    KINDS,
    QuestionForm,
    SectionForm,
    ShownForm,
    asked_before,
    asked_before_section,
    first_shown,
    first_wording,
)
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.routing_words import short
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import say

Told = tuple[Change, str]
"""A change of the questionnaire, and what it is in words."""

KIND_WORDS = {kind: words for kind, words, _ in KINDS}
STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A question as the list of questions shows it."""

    id: str
    number: int
    text: str
    kind: str
    detail: str
    shown: str
    advice: tuple[Advice, ...]


def every(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Every section and question, with what is still to be mended."""
    found = asking_or_404(request, survey, wave)
    draft = draft_of(found)
    walked = walk(draft.whole) if draft.whole.questions else None
    number, advised = iter(range(1, 10_000)), advise(draft.whole)
    listing = [
        (
            section,
            routing_words.shown(draft.whole, section.show_if),
            [_line(draft.whole, advised, q, next(number)) for q in section.questions],
        )
        for section in draft.whole.sections
    ]
    context = _framed(
        request,
        found,
        draft=draft,
        listing=listing,
        minutes=walked.minutes if walked else None,
        walked=walked,
        has_earlier=has_earlier(request.here.area.id, survey, wave),
        may_change=request.here.actor.may("survey.change") and found.state == "draft",
        may_correct=request.here.actor.may("survey.change") and found.state == "open",
    )
    return render(request, "workbench/questions.html", context)


def move(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Move or take out one section or question, as a button of the list asks."""
    found = asking_or_404(request, survey, wave)
    if request.method != "POST":
        return _questions(request, found)
    what, _, name = request.POST.get("what", "").partition(":")
    do = request.POST.get("do", "")
    words = f"{'took out' if do == 'drop' else f'moved {do}'} {_named(draft_of(found).whole, what, name)}"
    try:
        step = _step(what, name, do)
        commands.edit(
            by=request.here.actor, now=now(), place=_place(request, found), change=step, words=words
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return _questions(request, found)


def undo(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Take the last change back."""
    found = asking_or_404(request, survey, wave)
    if request.method == "POST":
        try:
            words = commands.undo(by=request.here.actor, now=now(), place=_place(request, found))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Taken back: {words}.")
    return _questions(request, found)


def add_section(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """One more section."""
    found = asking_or_404(request, survey, wave)
    form = SectionForm(request.POST or None)

    def told() -> Told:
        title = form.cleaned_data["title"]
        return partial(sections.add_section, title=title), f"added the section “{title}”"

    return _form(request, found, form, told, ("Add a section", "Add the section"))


def section(request: AreaRequest, survey: str, wave: str, section: str) -> HttpResponse:
    """Another title for a section."""
    found = asking_or_404(request, survey, wave)
    known = _section_or_404(found, section)
    form = SectionForm(request.POST or None, initial={"title": known.title})

    def told() -> Told:
        title = form.cleaned_data["title"]
        change = partial(sections.name_section, section=section, title=title)
        return change, f"named the section “{known.title}” “{title}”"

    return _form(request, found, form, told, ("Name the section", "Save the name"))


def add(request: AreaRequest, survey: str, wave: str, section: str) -> HttpResponse:
    """One more question: first its kind, then its words."""
    found = asking_or_404(request, survey, wave)
    known = _section_or_404(found, section)
    kind = _kind(request)
    if kind is None:
        kinds = [(each.value, words, hint) for each, words, hint in KINDS]
        context = _framed(request, found, section=known, kinds=kinds)
        return render(request, "workbench/question_kind.html", context)
    form = QuestionForm(request.POST or None, kind=kind)

    def told() -> Told:
        wording = form.wording()
        change = partial(questions.add_question, section=section, wording=wording)
        return change, f"added the question “{short(wording.text)}”"

    return _form(request, found, form, told, (KIND_WORDS[kind], "Add the question"))


def change(request: AreaRequest, survey: str, wave: str, question: str) -> HttpResponse:
    """A question's words."""
    found = asking_or_404(request, survey, wave)
    known = _question_or_404(draft_of(found).whole, question)
    form = QuestionForm(
        request.POST or None,
        initial=first_wording(known),
        kind=known.kind,
        has_scale=known.scale is not None,
    )

    def told() -> Told:
        wording = form.wording()
        change = partial(questions.change_question, name=question, wording=wording)
        return change, f"changed the question “{short(wording.text)}”"

    return _form(request, found, form, told, ("Change the question", "Save the question"))


def shown(request: AreaRequest, survey: str, wave: str, question: str) -> HttpResponse:
    """Who is asked a question, by picking earlier answers."""
    found = asking_or_404(request, survey, wave)
    whole = draft_of(found).whole
    known = _question_or_404(whole, question)
    form = ShownForm(
        request.POST or None, initial=first_shown(known.show_if), before=asked_before(whole, question)
    )

    def told() -> Told:
        change = partial(questions.show_if, name=question, condition=form.condition())
        return change, f"set who is asked “{short(known.text)}”"

    return _form(request, found, form, told, (known.text, "Save who is asked"))


def section_shown(request: AreaRequest, survey: str, wave: str, section: str) -> HttpResponse:
    """Who is shown a whole section, by picking earlier answers."""
    found = asking_or_404(request, survey, wave)
    whole = draft_of(found).whole
    known = _section_or_404(found, section)
    before = asked_before_section(whole, section)
    form = ShownForm(request.POST or None, initial=first_shown(known.show_if), before=before)

    def told() -> Told:
        change = partial(sections.show_section_if, section=section, condition=form.condition())
        return change, f"set who is shown the section “{known.title}”"

    return _form(request, found, form, told, (f"The section “{known.title}”", "Save who is asked"))


def _step(what: str, name: str, do: str) -> Callable[[Questionnaire], Questionnaire]:
    """The change a button asks for. Raises Refused for none of ours."""
    if what == "section" and do == "drop":
        return lambda whole: sections.drop_section(whole, name)
    if what == "question" and do == "drop":
        return lambda whole: questions.drop_question(whole, name)
    if what == "section" and do in STEPS:
        return lambda whole: sections.move_section(whole, name, STEPS[do])
    if what == "question" and do in STEPS:
        return lambda whole: questions.move_question(whole, name, STEPS[do])
    raise Refused("That cannot be done to a question.")


def _named(whole: Questionnaire, what: str, name: str) -> str:
    if what == "section":
        return next(
            (f"the section “{each.title}”" for each in whole.sections if each.id == name), "a section"
        )
    return next((f"the question “{short(q.text)}”" for q in whole.questions if q.id == name), "a question")


def _form(
    request: AreaRequest,
    found: AskingFacts,
    form: SectionForm | QuestionForm | ShownForm,
    told: Callable[[], Told],
    words: tuple[str, str],
) -> HttpResponse:
    """The page of a form with its heading and button; once what it tells stands, back to the questions."""
    if request.method == "POST" and form.is_valid() and _edited(request, found, form, told):
        return _questions(request, found)
    heading, button = words
    context = _framed(request, found, form=form, heading=heading, button=button)
    return render(request, "workbench/question_form.html", context)


def _edited(
    request: AreaRequest,
    found: AskingFacts,
    form: SectionForm | QuestionForm | ShownForm,
    told: Callable[[], Told],
) -> bool:
    """Whether the change stands; where it does not, the form says why."""
    try:
        change, words = told()
        commands.edit(
            by=request.here.actor, now=now(), place=_place(request, found), change=change, words=words
        )
    except Conflict:
        form.add_error(
            None, "Somebody changed the questions meanwhile. Yours is below: save it again to add it."
        )
    except Refused as refused:
        say(form, refused)
    else:
        return True
    return False


def _place(request: AreaRequest, found: AskingFacts) -> Place:
    return Place(found.survey, found.wave, typed.version(request.POST))


def _framed(request: AreaRequest, found: AskingFacts, **context: object) -> dict[str, object]:
    return framed(request, "ask", survey=survey_or_404(request, found.survey), asking=found, **context)


def _questions(request: AreaRequest, found: AskingFacts) -> HttpResponse:
    return redirect("questions", area=request.here.area.slug, survey=found.survey, wave=found.wave)


def _section_or_404(found: AskingFacts, name: str) -> Section:
    known = next((each for each in draft_of(found).whole.sections if each.id == name), None)
    if known is None:
        raise Http404
    return known


def _question_or_404(whole: Questionnaire, name: str) -> Question:
    known = next((each for each in whole.questions if each.id == name), None)
    if known is None:
        raise Http404
    return known


def _kind(request: AreaRequest) -> Kind | None:
    asked = request.GET.get("kind", "")
    return Kind(asked) if asked in set(Kind) else None


def _statements(question: Question) -> str:
    """The first of its statements, and how many more there are; "" for a question without any."""
    more = len(question.rows) - 1
    if more < 0:
        return ""
    others = f", and {more} more statement{'s' if more > 1 else ''}" if more else ""
    return f"“{question.rows[0].text}”{others}. "


def _line(whole: Questionnaire, advised: Iterable[Advice], question: Question, number: int) -> Line:
    offered = [answer.label for answer in question.scale.answers] if question.scale else []
    detail = _statements(question)
    return Line(
        question.id,
        number,
        question.text,
        KIND_WORDS[question.kind],
        detail + ("; ".join(offered[:7]) + ("; …" if len(offered) > 7 else "") if offered else ""),
        routing_words.shown(whole, question.show_if),
        tuple(each for each in advised if each.question == question.id),
    )
