"""What taking in a file would do: worked out, frozen, shown, and only then done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.problem import Problem
from goldenthread.ground.days import said
from goldenthread.ground.lists.names import fold
from goldenthread.ground.organisations.columns import LABELS, LISTS, STATUSES
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.organisations.understand import Registered, Understood, Value

Labels = Mapping[str, Mapping[str, str]]
"""From a list's code to the labels of its codes."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One column that changes, in words."""

    column: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """What would happen to one organisation. ``id`` is None for one that is not here yet."""

    id: int | None
    row: int
    urn: str
    name: str
    kind: str
    values: Mapping[str, Value]
    changes: tuple[Changed, ...] = ()

    def words(self) -> str:
        """The step in one line."""
        return "; ".join(f"{each.label}: {each.after} (was {each.before})" for each in self.changes)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of it. ``closed_before`` were closed already and are not here: they stay out.

    ``unlisted`` are open organisations of ours with a URN that the file does not have: left alone.
    """

    file: str
    add: tuple[Step, ...]
    change: tuple[Step, ...]
    close: tuple[Step, ...]
    same: int
    closed_before: int
    elsewhere: int
    unlisted: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def anything(self) -> bool:
        """Whether taking the file in would change anything."""
        return bool(self.add or self.change or self.close)

    @property
    def fingerprint(self) -> str:
        """A short name for exactly these steps, to see whether what was shown is what would be done."""
        steps = [(s.id, s.urn, sorted(s.values.items())) for s in (*self.add, *self.change, *self.close)]
        return hashlib.sha256(repr(steps).encode()).hexdigest()


def make_plan(
    understood: Understood, held: Iterable[Organisation], labels: Labels, *, file: str, elsewhere: int
) -> Plan:
    """What the rows would do to the organisations an area holds."""
    ours = {each.urn: each for each in held if each.urn}
    typed = {fold(each.name): each for each in held if not each.urn}
    steps: dict[str, list[Step]] = {"add": [], "change": [], "close": [], "same": [], "before": []}
    problems = list(understood.problems)
    for row in understood.rows:
        what, step = _step(row, ours.get(row.urn), labels)
        steps[what].append(step)
        if what == "add" and fold(row.name) in typed:
            problems.append(_twin(row, file))
    seen = {row.urn for row in understood.rows}
    return Plan(
        file=file,
        add=tuple(steps["add"]),
        change=tuple(steps["change"]),
        close=tuple(steps["close"]),
        same=len(steps["same"]),
        closed_before=len(steps["before"]),
        elsewhere=elsewhere,
        unlisted=tuple(each.name for urn, each in ours.items() if urn not in seen and each.status == "open"),
        problems=tuple(sorted(problems, key=lambda each: each.rows)),
    )


def _step(row: Registered, held: Organisation | None, labels: Labels) -> tuple[str, Step]:
    if held is None:
        what = "before" if row.values["status"] == "closed" else "add"
        return what, _as_step(row, None, row.values, labels)
    values = {
        column: value
        for column, value in row.values.items()
        if column not in held.own and getattr(held, column) != value
    }
    closes = values.get("status") == "closed"
    what = "close" if closes else "change" if values else "same"
    return what, _as_step(row, held, values, labels)


def _as_step(row: Registered, held: Organisation | None, values: Mapping[str, Value], labels: Labels) -> Step:
    kind = str(values.get("kind") or (held.kind if held else ""))
    changes = () if held is None else tuple(_changed(held, *each, labels) for each in _ordered(values))
    return Step(
        id=held.pk if held else None,
        row=row.row,
        urn=row.urn,
        name=held.name if held else row.name,
        kind=_in_words("kind", kind, labels),
        values=dict(values),
        changes=changes,
    )


def _ordered(values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return [(column, values[column]) for column in LABELS if column in values]


def _changed(held: Organisation, column: str, value: Value, labels: Labels) -> Changed:
    before, after = (_in_words(column, each, labels) for each in (getattr(held, column), value))
    return Changed(column, LABELS[column], before, after)


def _in_words(column: str, value: Value, labels: Labels) -> str:
    if isinstance(value, date):
        return said(value)
    if value in (None, ""):
        return "nothing"
    if column == "status":
        return STATUSES[str(value)]
    return labels.get(LISTS.get(column, ""), {}).get(str(value), str(value))


def _twin(row: Registered, file: str) -> Problem:
    message = "an organisation of this name without a URN is here already; if it is the same, give it the URN"
    return Problem(file, message, (row.row,), "EstablishmentName", row.name, lost=False)
