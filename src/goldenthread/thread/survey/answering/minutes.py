"""How long a questionnaire takes, by whom it is answered: every way through it is walked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, combinations
from math import ceil

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.model import (
    Answered,
    Between,
    Condition,
    Is,
    Kind,
    Question,
    Questionnaire,
)
from goldenthread.thread.survey.answering.holds import holds
from goldenthread.thread.survey.answering.model import Answers, Given

MOST_WAYS = 20_000
MOST_TICKS = 6
ALIKE = (Kind.SCALE, Kind.MATRIX)

_Known = tuple[tuple[tuple[str, Given], ...], str]
"""The answers that still matter, and the section last asked."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for reading and answering; ``source`` says where they come from."""

    words_a_minute: float
    page: float
    choosing: Mapping[str, float]
    share: Mapping[str, float]
    source: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The shortest and the longest way through: seconds, and how many questions each way asks.

    ``always`` are the questions that every way asks, ``ever`` those that any asks, by their ids.
    """

    least: float
    most: float
    fewest: int
    longest: int
    always: frozenset[str] = frozenset()
    ever: frozenset[str] = frozenset()

    @property
    def minutes(self) -> tuple[int, int]:
        """Whole minutes, rounded up, at least one."""
        return max(1, ceil(self.least / 60)), max(1, ceil(self.most / 60))


@cache
def usual_pace() -> Pace:
    """The packaged figures."""
    read = tomllib.loads(files(__package__).joinpath("minutes.toml").read_text(encoding="utf-8"))
    return Pace(read["words_a_minute"], read["page"], read["choosing"], read["share"], read["source"])


def walk(
    questionnaire: Questionnaire, *, given: Answers | None = None, pace: Pace | None = None
) -> Walk | None:
    """How long it takes whoever answers as ``given`` says and anything at all to the rest.

    Only ways that ask what is ``given`` are walked; one that is given as () is left blank. Every way is
    walked that differs in what it is shown; ways that can no longer differ are walked together. None
    where there are more than ``MOST_WAYS``, or where no way asks what is given.
    """
    walker = _Walker(questionnaire, given or {}, pace or usual_pace())
    return walker.walked()


def seconds(question: Question, pace: Pace) -> float:
    """What one question takes: reading its words, finding the answer, and saying it."""
    words = (question.text, question.help, *(row.text for row in question.rows))
    read = sum(len(each.split()) for each in words)
    offered = question.scale.answers if question.scale else ()
    share = pace.share["scale" if question.kind in ALIKE else "answers"]
    read_too = share * sum(len(answer.label.split()) for answer in offered)
    times = len(question.rows) or 1
    return 60 * (read + read_too) / pace.words_a_minute + times * pace.choosing[question.kind.value]


@dataclass(frozen=True, slots=True)
class _Way:
    """Ways walked together so far; the questions asked by all and by any of them as bits, by their order."""

    least: float = 0
    most: float = 0
    fewest: int = 0
    longest: int = 0
    always: int = 0
    ever: int = 0

    def asked(self, took: float, order: int) -> _Way:
        """One question more."""
        return _Way(
            self.least + took,
            self.most + took,
            self.fewest + 1,
            self.longest + 1,
            self.always | 1 << order,
            self.ever | 1 << order,
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One question, in order, and the questions whose answers still matter after it."""

    order: int
    section: str
    question: Question
    conditions: tuple[Condition, ...]
    matters_after: frozenset[str]


class _Walker:
    """Walks the questions in order, keeping only the answers that later conditions ask about."""

    def __init__(self, questionnaire: Questionnaire, given: Answers, pace: Pace) -> None:
        self.given, self.pace = given, pace
        self.tests = _tests(questionnaire)
        self.steps = _steps(questionnaire)
        self.takes = [seconds(step.question, pace) for step in self.steps]

    def walked(self) -> Walk | None:
        ways: dict[_Known, _Way] = {((), ""): _Way()}
        for step in self.steps:
            after: dict[_Known, _Way] = {}
            for (known, section), so_far in ways.items():
                for answers, page, way in self._through(step, dict(known), section, so_far):
                    key = (_mattering(answers, step.matters_after), page)
                    after[key] = _wider(after.get(key), way)
            if len(after) > MOST_WAYS:
                return None
            ways = after
        found: _Way | None = None
        for way in ways.values():
            found = _wider(found, way)
        return self._told(found) if found else None

    def _told(self, way: _Way) -> Walk:
        names = [(step.question.id, 1 << step.order) for step in self.steps]
        always = frozenset(name for name, bit in names if way.always & bit)
        ever = frozenset(name for name, bit in names if way.ever & bit)
        return Walk(way.least, way.most, way.fewest, way.longest, always, ever)

    def _through(
        self, step: _Step, known: dict[str, Given], section: str, so_far: _Way
    ) -> Iterator[tuple[Answers, str, _Way]]:
        if not all(holds(condition, known) for condition in step.conditions):
            if step.question.id not in self.given:
                yield known, section, so_far
            return
        took = self.takes[step.order] + (self.pace.page if step.section != section else 0)
        way = so_far.asked(took, step.order)
        for answer in self._answers(step.question):
            yield {**known, **answer}, step.section, way

    def _answers(self, question: Question) -> Iterator[Answers]:
        """The answers that any condition could tell apart; blank among them unless it is required."""
        own = [
            name
            for name in (question.id, *(f"{question.id}.{row.id}" for row in question.rows))
            if name in self.tests
        ]
        ways: list[Answers] = [{}]
        for name in own:
            ways = [{**way, **one} for way in ways for one in self._field(question, name)]
        yield from ways

    def _field(self, question: Question, name: str) -> list[Answers]:
        if name in self.given:
            return [{name: self.given[name]} if self.given[name] else {}]
        found: list[Answers] = [{name: value} for value in _values(question, self.tests[name])]
        return found if question.required else [{}, *found]


def _steps(questionnaire: Questionnaire) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    matters: frozenset[str] = frozenset()
    order = len(questionnaire.questions)
    for section in reversed(questionnaire.sections):
        for question in reversed(section.questions):
            order -= 1
            conditions = tuple(c for c in (section.show_if, question.show_if) if c is not None)
            steps.append(_Step(order, section.id, question, conditions, matters))
            matters |= {leaf.question for condition in conditions for leaf in leaves(condition)}
    return tuple(reversed(steps))


def _tests(questionnaire: Questionnaire) -> Mapping[str, tuple[Is | Answered | Between, ...]]:
    """What conditions ask about each field."""
    found: dict[str, tuple[Is | Answered | Between, ...]] = {}
    for step in _steps(questionnaire):
        for leaf in chain.from_iterable(leaves(condition) for condition in step.conditions):
            found[leaf.question] = (*found.get(leaf.question, ()), leaf)
    return found


def _values(question: Question, tests: tuple[Is | Answered | Between, ...]) -> list[Given]:
    """One answer for each way the tests can come out."""
    if question.kind is Kind.NUMBER:
        return [f"{number:.12g}" for number in _numbers(tests)]
    asked = list(dict.fromkeys(code for test in tests if isinstance(test, Is) for code in test.codes))
    offered = [answer.code for answer in question.scale.answers] if question.scale else []
    rest = [code for code in offered if code not in asked][:1]
    if question.kind is Kind.MULTIPLE:
        ticks = chain.from_iterable(
            combinations(asked[:MOST_TICKS], size) for size in range(1, len(asked) + 1)
        )
        return [*ticks, *([tuple(rest)] if rest else [])]
    return [*(code for code in asked if code in offered), *rest] if offered else ["words"]


def _numbers(tests: tuple[Is | Answered | Between, ...]) -> list[float]:
    """A number inside, at and outside each end of every range."""
    ends = {
        end
        for test in tests
        if isinstance(test, Between)
        for end in (test.least, test.most)
        if end is not None
    }
    return sorted({near for end in ends for near in (end - 1, end, end + 1)}) or [0.0]


def _mattering(answers: Answers, matters: frozenset[str]) -> tuple[tuple[str, Given], ...]:
    wanted = (name for name in answers if name in matters or name.partition(".")[0] in matters)
    return tuple((name, answers[name]) for name in sorted(wanted))


def _wider(one: _Way | None, other: _Way) -> _Way:
    if one is None:
        return other
    return _Way(
        min(one.least, other.least),
        max(one.most, other.most),
        min(one.fewest, other.fewest),
        max(one.longest, other.longest),
        one.always & other.always,
        one.ever | other.ever,
    )
