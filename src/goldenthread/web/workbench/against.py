"""Ask: a questionnaire beside that of an earlier wave, and what each difference does to comparing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.analysis.definition.model import Kind, Questionnaire
from goldenthread.thread.survey.asking.queries import Before, earlier
from goldenthread.thread.survey.editing.compare import Difference, How, Unit, differences
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Option
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.routing_words import shown
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.wording import Wording, as_it_is, compared

WORDS = {
    How.NEW: "new",
    How.GONE: "gone",
    How.ANSWERS: "other answers",
    How.REWORDED: "reworded",
    How.ROUTING: "asked of others",
    How.MOVED: "moved",
}
MARKED = "Compared, and marked as reworded, until somebody decides otherwise."
EFFECTS = {
    How.NEW: "Nothing to compare it with yet.",
    How.GONE: "Its line ends here.",
    How.ANSWERS: "Not compared: the answers on offer changed.",
    How.REWORDED: f"Continues, reworded. {MARKED}",
    How.ROUTING: "Compared, but those asked are not the same people as before.",
    How.MOVED: "Compared as before.",
}
OPTIONS = "Answers that both offer in the same words are compared; the others are not."


@dataclass(frozen=True, slots=True)
class Side:
    """An item as one of the waves asks it."""

    number: int
    wording: Wording
    section: str
    answers: str
    routing: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item that differs: how, in words, and what it does. ``item`` is set where it can be judged."""

    how: str
    before: Side | None
    after: Side | None
    effect: str
    item: str


def against(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """What is new, gone, reworded, moved, answered or routed otherwise than in the wave before."""
    found = asking_or_404(request, survey, wave)
    waves = earlier(request.here.area.id, survey, wave)
    before = _picked(waves, request.GET.get("with", ""))
    whole = draft_of(found).whole
    lines = _lines(before, whole) if before else []
    context = framed(
        request,
        "ask",
        survey=survey_or_404(request, survey),
        asking=found,
        before=before,
        waves=[Option(each.wave, each.label, chosen=each is before) for each in waves],
        lines=lines,
        counts=_counts(before, whole) if before else {},
    )
    return render(request, "workbench/against.html", context)


def _picked(waves: Sequence[Before], code: str) -> Before | None:
    return next((each for each in waves if each.wave == code), waves[0] if waves else None)


def _counts(before: Before, whole: Questionnaire) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in differences(before.sheet, whole):
        for how in each.how:
            found[WORDS[how]] = found.get(WORDS[how], 0) + 1
    return {words: found[words] for words in WORDS.values() if words in found}


def _lines(before: Before, whole: Questionnaire) -> list[Line]:
    return [_line(each, before, whole) for each in differences(before.sheet, whole)]


def _line(each: Difference, before: Before, whole: Questionnaire) -> Line:
    old, new = each.before, each.after
    first, second = compared(old.text, new.text) if old and new else (None, None)
    judged = bool(old and new and old.coded and new.coded and new.question.kind is not Kind.MULTIPLE)
    return Line(
        ", ".join(WORDS[how] for how in each.how),
        _side(old, first, before.sheet, each.how) if old else None,
        _side(new, second, whole, each.how) if new else None,
        _effect(each, before.decided),
        each.item if judged and each.how[0] in (How.REWORDED, How.ANSWERS) else "",
    )


def _side(unit: Unit, wording: Wording | None, whole: Questionnaire, how: Sequence[How]) -> Side:
    """What is shown of a wave: its words always, the rest where that is what differs."""
    offered = unit.question.scale.answers if unit.question.scale else ()
    section = next((s for s in whole.sections if unit.question in s.questions), None)
    conditions = (section.show_if if section else None, unit.question.show_if)
    routing = " ".join(filter(None, (shown(whole, condition) for condition in conditions)))
    return Side(
        unit.number,
        wording if wording is not None else as_it_is(unit.text),
        unit.section if How.MOVED in how else "",
        "; ".join(answer.label for answer in offered) if How.ANSWERS in how else "",
        (routing or "Asked of everybody.") if How.ROUTING in how else "",
    )


def _effect(each: Difference, decided: Mapping[str, tuple[bool, str]]) -> str:
    """What a difference does; what somebody decided of the item wins, as it does in a report."""
    if each.before and each.after and each.item in decided:
        comparable, because = decided[each.item]
        return f"Decided: {'compared' if comparable else 'not compared'}. {because}".strip()
    if each.how[0] is How.ANSWERS and each.after and each.after.question.kind is Kind.MULTIPLE:
        return OPTIONS
    return EFFECTS[each.how[0]]
