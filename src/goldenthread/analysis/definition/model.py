"""A questionnaire as frozen, typed objects; plain data, no behaviour that needs a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a question asks for."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"


class Polarity(StrEnum):
    """Whether more of the headline net is good news, bad news, or neither."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"


class Side(StrEnum):
    """Where a net stands on a diverging bar: left of the line, astride it, right of it."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on offer. ``outside`` answers ("not part of my role") never enter a base.

    ``need`` here and below is the code of the type of need of pupils that it is about.
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    net: str | None = None
    outside: bool = False
    exclusive: bool = False
    other: bool = False
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Net:
    """A named sum of answers, such as "agree or strongly agree"."""

    id: str
    label: str
    side: Side


@dataclass(frozen=True, slots=True)
class Scale:
    """Ordered answers (lowest first) with their nets; ``headline`` is the net a report leads with."""

    id: str
    answers: tuple[Answer, ...]
    nets: tuple[Net, ...] = ()
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """True where a coded question was answered with any of ``codes`` (a ticked option counts)."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """True where the question has any answer."""

    question: str


@dataclass(frozen=True, slots=True)
class Between:
    """True where a number lies in the closed range; an open end is None."""

    question: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = Is | Answered | Between | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a matrix: an item of its own."""

    id: str
    text: str
    item: str
    label: str = ""
    topic: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Recode:
    """What a cell of a file says where it names no answer, and the answer somebody decided it means.

    ``answer`` is an answer's code; None where the cell is to count as no answer.
    """

    value: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``item`` is its identity across waves; a matrix has one item per row instead.

    ``help`` are the words people see under it. What ``recode`` changes is noted wherever it is read, as
    any recoded label is.
    """

    id: str
    kind: Kind
    text: str
    item: str
    label: str = ""
    scale: Scale | None = None
    rows: tuple[Row, ...] = ()
    topic: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    show_if: Condition | None = None
    required: bool = False
    number: str = ""
    need: str | None = None
    recode: tuple[Recode, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    questions: tuple[Question, ...]
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a questionnaire. ``routing_known`` is false where only the answers survive:
    then nobody can tell "not asked" from "left blank"."""

    id: str
    title: str
    sections: tuple[Section, ...]
    purpose: str = ""
    routing_known: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Variable:
    """One coded column: a single or scale question, a matrix row, or an option of a multiple.

    ``id`` is ``question`` or ``question.part``. For an option the answers are ``no`` and ``yes``
    and the headline net is ``yes``: a share of the people who ticked anything.
    """

    id: str
    question: Question
    item: str
    label: str
    text: str
    answers: tuple[Answer, ...]
    nets: tuple[Net, ...]
    headline: str | None
    topic: str | None
    polarity: Polarity
    part: str | None = None
    show_if: tuple[Condition, ...] = ()
    need: str | None = None
