"""Reading what was found in a wave's file: problems, stray values and what they are read as, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.analysis.definition.model import Question
from goldenthread.analysis.definition.words import near
from goldenthread.analysis.plain_cells import guarded
from goldenthread.analysis.problem import HEADINGS
from goldenthread.analysis.responses.answers import decided_key
from goldenthread.analysis.responses.single import UNKNOWN
from goldenthread.thread.survey.asked import undecided
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.printed import Printed, rows_from
from goldenthread.thread.survey.recodes import LONGEST, Meaning, applies, in_words, meanings
from goldenthread.thread.survey.spans import unpacked

MOST_STRAYS = 60


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One thing found while reading answers; ``rows`` are the first it was found in."""

    rows: tuple[int, ...]
    column: str
    value: str
    message: str
    lost: bool
    times: int


@dataclass(frozen=True, slots=True)
class Stray:
    """A value that is none of its question's answers. ``answers`` are (code, label); ``likely`` is the code
    of the answer that is spelt most like it, or empty."""

    question: str
    text: str
    value: str
    times: int
    answers: tuple[tuple[str, str], ...]
    likely: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a stray value was decided to mean, in words, and how often it was met. It may fit no longer."""

    meaning: Meaning
    text: str
    words: str
    times: int
    applies: bool


@dataclass(frozen=True, slots=True)
class Strays:
    """The stray values of a wave, the commonest first, how many more there are, and what was decided."""

    open: tuple[Stray, ...]
    more: int
    decided: tuple[Decided, ...]


def problems(area: int, slug: str, code: str, *, start: int = 0, limit: int = 100) -> tuple[ProblemLine, ...]:
    """What was found in a wave's answers: lost ones first."""
    wave = _wave(area, slug, code)
    if wave is None:
        return ()
    found = wave.problems.defer("every").order_by("-lost", "pk")[start : start + limit]
    return tuple(ProblemLine(tuple(p.rows), p.column, p.value, p.message, p.lost, p.times) for p in found)


def how_many(area: int, slug: str, code: str) -> int:
    """How many lines ``problems`` has in all."""
    wave = _wave(area, slug, code)
    return 0 if wave is None else wave.problems.count()


def problem_table(area: int, slug: str, code: str) -> Iterator[tuple[object, ...]]:
    """Every problem in every row, with a heading row, as ``analysis.problem.write_problems`` writes them."""
    wave = _wave(area, slug, code)
    yield HEADINGS
    if wave is None:
        return
    file = guarded(wave.file_name)
    for found in wave.problems.order_by("-lost", "pk").iterator(200):
        told = (
            guarded(found.column),
            guarded(found.value),
            guarded(found.message),
            "yes" if found.lost else "no",
        )
        named = 0
        for row in unpacked(found.every):
            named += 1
            yield (file, row, *told, 1)
        if named < found.times:
            yield (file, "", *told, found.times - named)


def strays(area: int, slug: str, code: str) -> Strays:
    """The values of a wave that are no answer of their question, and those somebody decided on."""
    wave = _wave(area, slug, code)
    whole = undecided(wave) if wave else None
    if wave is None or whole is None:
        return Strays((), 0, ())
    asked = {question.id: question for question in whole.questions}
    times = _times(wave)
    open_ = [
        (-many, asked[question].label or asked[question].text, value, question)
        for (question, value), (many, lost) in times.items()
        if lost and question in asked and asked[question].scale
    ]
    shown = (
        _stray(asked[question], value, -many) for many, _, value, question in sorted(open_)[:MOST_STRAYS]
    )
    met = {(question, decided_key(value)): many for (question, value), (many, _) in times.items()}
    decided = (_decided(asked.get(each.question), each, met) for each in meanings(wave.recodes))
    return Strays(tuple(shown), max(0, len(open_) - MOST_STRAYS), tuple(decided))


def printed_figures(area: int, slug: str, code: str) -> tuple[Printed, ...]:
    """The printed figures of a published wave, as they were judged; none for a wave of answers."""
    wave = _wave(area, slug, code)
    return () if wave is None else rows_from(wave.printed)


def _wave(area: int, slug: str, code: str) -> Wave | None:
    waves = Wave.objects.filter(survey__area_id=area, survey__slug=slug, code=code)
    return waves.select_related("survey").first()


def _times(wave: Wave) -> dict[tuple[str, str], tuple[int, bool]]:
    """How often each value of each question was met, and whether it was left out."""
    found: dict[tuple[str, str], tuple[int, bool]] = {}
    lines = wave.problems.exclude(question="").exclude(value="")
    for question, value, message, lost, times in lines.values_list(
        "question", "value", "message", "lost", "times"
    ):
        if lost and message != UNKNOWN and not message.startswith("neither a tick"):
            continue
        if len(value) < LONGEST:
            before = found.get((question, value), (0, False))
            found[question, value] = (before[0] + times, before[1] or lost)
    return found


def _stray(question: Question, value: str, times: int) -> Stray:
    answers = question.scale.answers if question.scale else ()
    labels = {answer.label.casefold(): answer.code for answer in answers}
    like = near(value.casefold(), labels)
    return Stray(
        question.id,
        question.label or question.text,
        value,
        times,
        tuple((answer.code, answer.label) for answer in answers),
        labels[like] if like else "",
    )


def _decided(question: Question | None, each: Meaning, met: dict[tuple[str, str], int]) -> Decided:
    if question is None:
        return Decided(each, each.question, "an answer of a question that is gone", 0, applies=False)
    fits = applies(question, each)
    return Decided(
        each, question.label or question.text, in_words(question, each), met.get(each.key, 0), applies=fits
    )
