"""Small questionnaires, and every way of answering them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from hypothesis import strategies as st

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Not,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
)
from goldenthread.thread.survey.answering.model import Answers, Given

CODES = ("a", "b", "c")
SCALE = Scale("letters", tuple(Answer(code, code.upper() * 3) for code in CODES))


def question(name: str, kind: Kind = Kind.SINGLE, **more: object) -> Question:
    """A question of three answers, where its kind has answers."""
    rows = (Row("r1", "The first", f"{name}-1"), Row("r2", "The second", f"{name}-2"))
    fixed = {
        "scale": SCALE if kind in (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE, Kind.MATRIX) else None,
        "rows": rows if kind is Kind.MATRIX else (),
    }
    return Question(name, kind, f"What about {name}?", name, **{**fixed, **more})  # type: ignore[arg-type]


def whole(*sections: tuple[Question, ...]) -> Questionnaire:
    """A questionnaire of these sections."""
    made = (Section(f"s{number}", f"Part {number}", each) for number, each in enumerate(sections, 1))
    return Questionnaire("small", "A small survey", tuple(made))


def leaf(asked: Question) -> st.SearchStrategy[Condition]:
    """A test of a question asked before."""
    name = f"{asked.id}.r1" if asked.kind is Kind.MATRIX else asked.id
    answered: st.SearchStrategy[Condition] = st.just(Answered(name))
    if asked.kind is Kind.NUMBER:
        return answered | st.sampled_from([(2.0, None), (None, 5.0), (3.0, 3.0)]).map(
            lambda ends: Between(name, *ends)
        )
    return answered | st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True).map(
        lambda codes: Is(name, tuple(codes))
    )


def conditions(before: list[Question]) -> st.SearchStrategy[Condition | None]:
    """A condition on questions asked before, or none."""
    if not before:
        return st.none()
    one = st.sampled_from(before).flatmap(leaf)
    pair = st.lists(one, min_size=2, max_size=2).map(tuple)
    return st.none() | one | one.map(Not) | pair.map(All) | pair.map(AnyOf)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Up to five questions in two sections, each led to by those before."""
    kinds = draw(
        st.lists(
            st.sampled_from([Kind.SINGLE, Kind.MULTIPLE, Kind.NUMBER, Kind.MATRIX]), min_size=1, max_size=5
        )
    )
    made: list[Question] = []
    for number, kind in enumerate(kinds):
        shown = draw(conditions(made))
        made.append(question(f"q{number}", kind, show_if=shown, required=draw(st.booleans())))
    cut = draw(st.integers(0, len(made)))
    parts = [tuple(part) for part in (made[:cut], made[cut:]) if part]
    return whole(*parts)


def every_answer(asked: Question) -> Iterator[Answers]:
    """Every answer to one question, blank among them unless it is required."""
    if asked.kind is Kind.MATRIX:
        for first in (None, *CODES):
            for second in (None, *CODES):
                rows = {f"{asked.id}.r1": first, f"{asked.id}.r2": second}
                if not asked.required or None not in rows.values():
                    yield {name: code for name, code in rows.items() if code}
        return
    values: tuple[Given, ...] = CODES
    if asked.kind is Kind.NUMBER:
        values = tuple(str(number) for number in range(8))
    if asked.kind is Kind.MULTIPLE:
        values = tuple(chain.from_iterable(combinations(CODES, size) for size in (1, 2, 3)))
    if not asked.required:
        yield {}
    yield from ({asked.id: value} for value in values)
