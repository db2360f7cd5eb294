"""The rules a study sets: thresholds, disclosure, and what to do off route."""

from __future__ import annotations

from dataclasses import fields, replace

from goldenthread.analysis.definition.preset import preset, preset_names
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.study import Thresholds
from goldenthread.analysis.definition.words import listed, quoted

_PERCENTS = ("celebrate", "low", "gap")


def read_thresholds(top: Table) -> Thresholds:
    """The lines a report sorts by; what is not given keeps its default (method 6, 7, 11)."""
    table = top.table("thresholds")
    usual = Thresholds()
    table.only(*(field.name for field in fields(Thresholds)))
    percents = {key: table.whole(key, 0, 100) for key in _PERCENTS}
    given = {key: value for key, value in percents.items() if value is not None}
    lines = replace(usual, **given)
    if lines.low > lines.celebrate:
        table.fault(f"“low” ({lines.low}) is above “celebrate” ({lines.celebrate})")
    smallest = table.whole("smallest_base", 1)
    return replace(
        lines,
        margin=_within(table, "margin", 100.0, usual.margin),
        q=_within(table, "q", 1.0, usual.q),
        low_incidence=_within(table, "low_incidence", 100.0, usual.low_incidence),
        smallest_base=usual.smallest_base if smallest is None else smallest,
    )


def _within(table: Table, key: str, most: float, usual: float) -> float:
    number = table.number(key)
    if number is not None and not 0 < number <= most:
        table.fault(f"{quoted(key)} must be above 0 and at most {most:g}, not {number:g}")
    return usual if number is None else number


def read_disclosure(top: Table) -> tuple[str, str]:
    """The disclosure preset and the reason given for it (method 10)."""
    table = top.table("disclosure")
    table.only("preset", "because")
    known = preset_names()
    name, because = table.name("preset", known[0]), table.text("because", "")
    if name not in known:
        table.fault(f"“preset” is {quoted(name)}, but must be {listed(map(quoted, known), 'or')}")
    elif preset(name).needs_reason and not because.strip():
        table.fault(f"the preset {quoted(name)} hides nothing, so it needs a reason: add “because”")
    return name, because
