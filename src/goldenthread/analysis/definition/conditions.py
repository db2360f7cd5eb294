"""Routing conditions: read from TOML, and walked."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.analysis.definition.model import All, Answered, AnyOf, Between, Condition, Is, Not
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.words import listed, quoted

Leaf = Is | Answered | Between

DEEPEST = 20
"""Conditions nested deeper than this are refused: nobody could check them by eye."""

_FORMS = ("question", "all", "any", "not")


def read_condition(table: Table, key: str = "show_if") -> Condition | None:
    """The condition under ``key``; None where there is none or it is faulty (then noted)."""
    inner = table.table(key)
    return _read(inner, 0) if isinstance(table.values.get(key), dict) else None


def _read(table: Table, depth: int) -> Condition | None:
    forms = [form for form in _FORMS if form in table.values]
    if len(forms) != 1:
        table.only(*_FORMS, "is", "answered", "at_least", "at_most")
        table.fault(f"a condition needs exactly one of {listed(map(quoted, _FORMS), 'or')}")
        return None
    if depth > DEEPEST:
        table.fault(f"conditions are nested more than {DEEPEST} deep")
        return None
    if forms[0] == "question":
        return _leaf(table)
    table.only(forms[0])
    return _not(table, depth) if forms[0] == "not" else _joined(table, forms[0], depth)


def _not(table: Table, depth: int) -> Condition | None:
    part = _read(table.table("not"), depth + 1)
    return None if part is None else Not(part)


def _joined(table: Table, form: str, depth: int) -> Condition | None:
    read = [_read(each, depth + 1) for each in table.tables(form, form)]
    parts = tuple(part for part in read if part is not None)
    if not table.values[form]:
        table.fault(f"{quoted(form)} lists no condition")
    if not parts or len(parts) < len(read):
        return None
    return All(parts) if form == "all" else AnyOf(parts)


def _leaf(table: Table) -> Condition | None:
    table.only("question", "is", "answered", "at_least", "at_most")
    question = table.name("question")
    tests = [key for key in ("is", "answered") if key in table.values]
    if "at_least" in table.values or "at_most" in table.values:
        tests.append("at_least or at_most")
    if len(tests) != 1:
        table.fault("a condition on a question needs exactly one of “is”, “answered”, “at_least/at_most”")
        return None
    return {"is": _is, "answered": _answered}.get(tests[0], _between)(table, question)


def _is(table: Table, question: str) -> Condition | None:
    alone = isinstance(table.values["is"], str | int)
    codes = (table.name("is"),) if alone else table.names("is")
    if not codes:
        table.fault("“is” lists no answer")
    return Is(question, codes) if codes else None


def _answered(table: Table, question: str) -> Condition | None:
    yes = table.flag("answered", default=True)
    return Answered(question) if yes else Not(Answered(question))


def _between(table: Table, question: str) -> Condition | None:
    least, most = table.number("at_least"), table.number("at_most")
    return None if least is None and most is None else Between(question, least, most)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every test of one question inside ``condition``, from left to right."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition
