"""Adding, changing, moving and taking out questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.text import slugify

from goldenthread.analysis.definition.model import (
    Answer,
    Condition,
    Kind,
    Polarity,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
)
from goldenthread.analysis.definition.words import fold_label
from goldenthread.analysis.responses.propose.scales import known_scales
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.editing.sections import (
    free_id,
    in_order,
    refuse_if_needed,
    section_of,
    with_section,
)

NOT_MY_ROLE = Answer("not-my-role", "Not part of my role", outside=True)
ON_A_SCALE = (Kind.SCALE, Kind.MATRIX)
WITH_ANSWERS = (Kind.SINGLE, Kind.MULTIPLE)

REWORDED = 0.7
"""The share of words two statements have in common, in their order, from which one is the other reworded."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody says of a question on its form.

    ``answers`` and ``rows`` are one a line. ``scale`` names one of known_scales.toml, or is empty where
    the question keeps the scale it has.
    """

    kind: Kind
    text: str
    label: str = ""
    topic: str = ""
    answers: Sequence[str] = ()
    rows: Sequence[str] = ()
    scale: str = ""
    not_my_role: bool = False
    other: bool = False
    required: bool = False
    more_is_better: bool = True
    help: str = ""


def add_question(whole: Questionnaire, section: str, wording: Wording, *, item: str = "") -> Questionnaire:
    """With one more question, the last of its section; ``item`` is what it is known as already, in an
    earlier wave or the bank. Raises Refused in words for the form."""
    into = section_of(whole, section)
    name = free_id("q", {question.id for question in whole.questions})
    blank = Question(name, wording.kind, "", item or _free_item(whole, wording))
    made = _worded(blank, wording, set(items_of(whole)))
    return with_section(whole, replace(into, questions=(*into.questions, made)))


def change_question(whole: Questionnaire, name: str, wording: Wording) -> Questionnaire:
    """With a question worded anew. It stays the same item: whether it can still be compared is asked
    when waves are. Answers and statements keep their codes by their words. Raises Refused."""
    section, question = _find(whole, name)
    others = set(items_of(whole)) - {question.item, *(row.item for row in question.rows)}
    changed = _worded(question, wording, others)
    _refuse_lost_answers(whole, question, changed)
    return with_section(whole, _with_question(section, changed))


def move_question(whole: Questionnaire, name: str, step: int) -> Questionnaire:
    """With a question ``step`` places later; past the end of its section it moves into the next.

    Raises Refused where routing would then need an answer asked later.
    """
    section, question = _find(whole, name)
    place = section.questions.index(question) + step
    if 0 <= place < len(section.questions):
        left = [each for each in section.questions if each.id != name]
        moved = replace(section, questions=(*left[:place], question, *left[place:]))
        return in_order(with_section(whole, moved))
    return in_order(_into_next(whole, section, question, step))


def drop_question(whole: Questionnaire, name: str) -> Questionnaire:
    """Without a question. Raises Refused where others are shown by its answer."""
    section, question = _find(whole, name)
    left = tuple(each for each in section.questions if each.id != question.id)
    found = with_section(whole, replace(section, questions=left))
    refuse_if_needed(found, {question.id})
    return found


def show_if(whole: Questionnaire, name: str, condition: Condition | None) -> Questionnaire:
    """With a question shown only where ``condition`` is met; None shows it to everybody."""
    section, question = _find(whole, name)
    return in_order(with_section(whole, _with_question(section, replace(question, show_if=condition))))


def question_of(whole: Questionnaire, name: str) -> Question:
    """The question called ``name``. Raises Refused."""
    return _find(whole, name)[1]


def _find(whole: Questionnaire, name: str) -> tuple[Section, Question]:
    for section in whole.sections:
        for question in section.questions:
            if question.id == name:
                return section, question
    raise Refused("That question is no longer there. Load the page again.")


def _with_question(section: Section, changed: Question) -> Section:
    questions = (changed if each.id == changed.id else each for each in section.questions)
    return replace(section, questions=tuple(questions))


def _into_next(whole: Questionnaire, section: Section, question: Question, step: int) -> Questionnaire:
    order = [each.id for each in whole.sections]
    to = order.index(section.id) + (1 if step > 0 else -1)
    if not 0 <= to < len(order):
        return whole
    left = replace(section, questions=tuple(each for each in section.questions if each.id != question.id))
    into = whole.sections[to]
    grown = (question, *into.questions) if step > 0 else (*into.questions, question)
    return with_section(with_section(whole, left), replace(into, questions=grown))


def _worded(question: Question, wording: Wording, taken: set[str]) -> Question:
    text = " ".join(wording.text.split())
    if not text:
        raise Refused("Write the question.")
    return replace(
        question,
        kind=wording.kind,
        text=text,
        label=" ".join(wording.label.split()),
        topic=wording.topic or question.topic,
        scale=_scale(question, wording),
        rows=_rows(question, wording, taken) if wording.kind is Kind.MATRIX else (),
        required=wording.required,
        polarity=_polarity(wording),
        help="\n".join(" ".join(line.split()) for line in wording.help.strip().splitlines()),
    )


def _polarity(wording: Wording) -> Polarity:
    if wording.kind not in ON_A_SCALE:
        return Polarity.NONE
    return Polarity.POSITIVE if wording.more_is_better else Polarity.NEGATIVE


def _scale(question: Question, wording: Wording) -> Scale | None:
    if wording.kind in ON_A_SCALE:
        return _ordered(question, wording)
    if wording.kind in WITH_ANSWERS:
        return Scale(question.id, _answers(question, wording))
    return None


def _ordered(question: Question, wording: Wording) -> Scale:
    """A known scale, or the one the question has, with or without "not part of my role"."""
    if wording.scale and wording.scale not in known_scales():
        raise Refused("Choose one of the scales on offer.")
    base = known_scales()[wording.scale].scale if wording.scale else question.scale
    if base is None:
        raise Refused("Choose how people answer.")
    counted = tuple(answer for answer in base.answers if not answer.outside)
    kept = next((answer for answer in base.answers if answer.outside), NOT_MY_ROLE)
    return replace(base, id=question.id, answers=(*counted, kept) if wording.not_my_role else counted)


def _answers(question: Question, wording: Wording) -> tuple[Answer, ...]:
    labels = _lines(wording.answers)
    if len(labels) < 2:
        raise Refused("Write at least two answers, one a line.")
    known = {fold_label(a.label): a for a in question.scale.answers} if question.scale else {}
    made: list[Answer] = []
    for label in labels:
        old = known.get(fold_label(label))
        code = old.code if old else _code(label, {answer.code for answer in made} | _codes(known.values()))
        made.append(replace(old, label=label, other=False) if old else Answer(code, label))
    if wording.other:
        made[-1] = replace(made[-1], other=True)
    return (*made, NOT_MY_ROLE) if wording.not_my_role and not _has_outside(made) else tuple(made)


def _rows(question: Question, wording: Wording, taken: set[str]) -> tuple[Row, ...]:
    """The statements; one that was only reworded stays the same item, with its topic."""
    texts = _lines(wording.rows)
    if not texts:
        raise Refused("Write at least one statement, one a line.")
    known = _before(question.rows, texts)
    made: list[Row] = []
    for text in texts:
        old = known.get(text)
        if old is None:
            used = {row.id for row in (*made, *question.rows)}
            name = free_id("r", used)
            item = _free(_slug(text), taken | {row.item for row in (*made, *question.rows)})
            old = Row(name, text, item, topic=wording.topic or None, polarity=_polarity(wording))
        elif _polarity(wording) is not question.polarity:
            old = replace(old, polarity=_polarity(wording))
        made.append(replace(old, text=text))
    return tuple(made)


def _before(rows: tuple[Row, ...], texts: list[str]) -> dict[str, Row]:
    """The statement that each of ``texts`` was: by its words, or failing that the one most like it."""
    by_words = {fold_label(row.text): row for row in rows}
    found = {text: by_words[fold_label(text)] for text in texts if fold_label(text) in by_words}
    left = [row for row in rows if row not in found.values()]
    likeness = (
        (SequenceMatcher(None, fold_label(row.text).split(), fold_label(text).split()).ratio(), text, row)
        for text in texts
        if text not in found
        for row in left
    )
    for ratio, text, row in sorted(likeness, key=lambda each: -each[0]):
        if ratio >= REWORDED and text not in found and row not in found.values():
            found[text] = row
    return found


def _refuse_lost_answers(whole: Questionnaire, old: Question, new: Question) -> None:
    """Raises Refused where routing hangs on an answer or a statement that the new wording lacks."""
    gone = _codes(old.scale.answers if old.scale else ()) - _codes(new.scale.answers if new.scale else ())
    lost = {row.id for row in old.rows} - {row.id for row in new.rows}
    if not gone and not lost and old.kind is new.kind:
        return
    without = tuple(
        replace(section, questions=tuple(each for each in section.questions if each.id != old.id))
        for section in whole.sections
    )
    refuse_if_needed(replace(whole, sections=without), {old.id})


def _lines(lines: Iterable[str]) -> list[str]:
    words = (" ".join(line.split()) for line in lines)
    found = [line for line in words if line]
    repeated = next(
        (line for line in found if [fold_label(e) for e in found].count(fold_label(line)) > 1), None
    )
    if repeated:
        raise Refused(f"“{repeated}” stands there twice.")
    return found


def _codes(answers: Iterable[Answer]) -> set[str]:
    return {answer.code for answer in answers}


def _has_outside(answers: Iterable[Answer]) -> bool:
    return any(answer.outside for answer in answers)


def _code(label: str, taken: set[str]) -> str:
    return _free(_slug(label), taken)


def _slug(words: str) -> str:
    return slugify(words)[:40].strip("-") or "item"


def _free(stem: str, taken: set[str]) -> str:
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _free_item(whole: Questionnaire, wording: Wording) -> str:
    return _free(_slug(wording.label or wording.text), set(items_of(whole)))


def items_of(whole: Questionnaire) -> list[str]:
    found = [question.item for question in whole.questions]
    return [*found, *(row.item for question in whole.questions for row in question.rows)]
