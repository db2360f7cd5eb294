"""Correcting words after a wave opened. Nothing else of a question may change then: what people were
offered, and who is asked, stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire, Row, Scale
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.definition.words import fold_label, quoted
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.analysis.problem import Refusal
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asked import read_text
from goldenthread.thread.survey.asking.commands import Place
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.asking.queries import earlier
from goldenthread.thread.survey.editing.questions import question_of
from goldenthread.thread.survey.editing.sections import with_section
from goldenthread.thread.survey.locked import same_version
from goldenthread.thread.survey.models import Amendment, Link, Wave

LONGEST = 600
ROW, ANSWER = "row", "answer"


@dataclass(frozen=True, slots=True)
class At:
    """Which words: of the question itself, of one of its statements (``row``) or answers (``answer``)."""

    question: str
    kind: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """The words that stand from now on, and what somebody judges that does to comparing waves."""

    at: At
    text: str
    comparable: bool
    because: str


def words_of(question: Question) -> tuple[tuple[At, str], ...]:
    """Everything of a question that can be corrected, with its words as they stand."""
    rows = ((At(question.id, ROW, row.id), row.text) for row in question.rows)
    offered = question.scale.answers if question.scale else ()
    answers = ((At(question.id, ANSWER, answer.code), answer.label) for answer in offered)
    return ((At(question.id), question.text), *rows, *answers)


@transaction.atomic
def amend(*, by: Actor, now: datetime, place: Place, correction: Correction) -> None:
    """Correct words of an open wave; whoever loads a page from then on sees them corrected.

    Where somebody judges that the wave can then not be compared with earlier ones, that is recorded for
    each of them, as where waves are linked. Raises NotAllowed, Conflict, or Refused.
    """
    require(by, "survey.change", area=by.area)
    asking = _open(by.area, place)
    whole = read_text(asking.wave.questionnaire, "questionnaire.toml")
    before, text = _checked(whole, correction)
    after = _corrected(whole, correction.at, text)
    _keep(asking, after)
    Amendment.objects.create(
        wave=asking.wave,
        made=now,
        by_id=by.account,
        question=correction.at.question,
        before=before,
        after=text,
        comparable=correction.comparable,
        because=correction.because.strip()[:300],
    )
    if not correction.comparable:
        _break(asking.wave, by.area, place, _items(after, correction.at))
    words = f"corrected {quoted(before)} to {quoted(text)} in {asking.wave.label}"
    about = f"wave:{place.survey}/{place.wave}"
    record(by=by, now=now, what="survey.questionnaire.corrected", about=about, words=words[:1000])


def _open(area: int, place: Place) -> Asking:
    found = (
        Asking.objects.select_for_update(of=("self",))
        .select_related("wave__survey")
        .filter(wave__survey__area_id=area, wave__survey__slug=place.survey, wave__code=place.wave)
        .first()
    )
    if found is None:
        raise Refused("There is no such wave.")
    same_version(found.version, place.version)
    if found.state == "draft":
        raise Refused(f"{found.wave.label} is not open: change its questions where they are written.")
    if found.state == "closed":
        raise Refused(f"{found.wave.label} is closed: its words stand as people answered them.")
    return found


def _checked(whole: Questionnaire, correction: Correction) -> tuple[str, str]:
    """The words as they stand, and as they are to be. Raises Refused."""
    question = question_of(whole, correction.at.question)
    before = dict(words_of(question)).get(correction.at)
    if before is None:
        raise Refused("Those words are no longer there. Load the page again.")
    text = " ".join(correction.text.split())[:LONGEST]
    if not text:
        raise Refused("Write the corrected words.", field="text")
    if text == before:
        raise Refused("These are the words as they stand.", field="text")
    offered = question.scale.answers if question.scale and correction.at.kind == ANSWER else ()
    if any(
        fold_label(each.label) == fold_label(text) and each.code != correction.at.code for each in offered
    ):
        raise Refused(f"{quoted(text)} is another of its answers.", field="text")
    if not correction.because.strip():
        raise Refused("Say why: it stands beside the correction.", field="because")
    return before, text


def _corrected(whole: Questionnaire, at: At, text: str) -> Questionnaire:
    question = question_of(whole, at.question)
    section = next(each for each in whole.sections if question in each.questions)
    made = _CORRECT[at.kind](question, at.code, text)
    questions = tuple(made if each is question else each for each in section.questions)
    return with_section(whole, replace(section, questions=questions))


def _text(question: Question, code: str, text: str) -> Question:
    del code
    return replace(question, text=text)


def _row(question: Question, code: str, text: str) -> Question:
    rows: tuple[Row, ...] = tuple(replace(row, text=text) if row.id == code else row for row in question.rows)
    return replace(question, rows=rows)


def _answer(question: Question, code: str, text: str) -> Question:
    """The words that stood are kept as an alias: it is the same answer, and waves know it by either."""
    if question.scale is None:
        return question
    answers = tuple(
        replace(each, label=text, aliases=(*each.aliases, each.label)) if each.code == code else each
        for each in question.scale.answers
    )
    scale: Scale = replace(question.scale, answers=answers)
    return replace(question, scale=scale)


_CORRECT: dict[str, Callable[[Question, str, str], Question]] = {"": _text, ROW: _row, ANSWER: _answer}


def _keep(asking: Asking, whole: Questionnaire) -> None:
    """Raises Refused where the questionnaire could not stand, as with two answers of the same words."""
    text = questionnaire_text(whole)
    try:
        read_text(text, "questionnaire.toml")
    except Refusal as refusal:
        raise Refused(str(refusal), field="text") from refusal
    asking.draft, asking.version = text, asking.version + 1
    asking.save(update_fields=["draft", "version"])
    Wave.objects.filter(pk=asking.wave_id).update(questionnaire=text)


def _items(whole: Questionnaire, at: At) -> frozenset[str]:
    """The items that a correction touches: one statement's, one option's, or all of a question's."""
    own = [each for each in variables(whole) if each.question.id == at.question]
    if at.kind == ROW or (at.kind == ANSWER and own and own[0].question.kind is Kind.MULTIPLE):
        own = [each for each in own if each.part == at.code]
    return frozenset(each.item for each in own)


def _break(wave: Wave, area: int, place: Place, items: frozenset[str]) -> None:
    """Record that ``items`` cannot be compared with any earlier wave that asked them."""
    for before in earlier(area, place.survey, place.wave):
        asked = {each.item for each in variables(before.sheet)}
        for item in sorted(items & asked):
            Link.objects.update_or_create(
                survey=wave.survey,
                item=item,
                earlier=before.wave,
                later=wave.code,
                defaults={"comparable": False, "because": "Its words were corrected while people answered."},
            )
