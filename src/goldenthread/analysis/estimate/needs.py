"""Which types of need are low incidence: the rule applied to the census, protected like D5."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from goldenthread.analysis.definition.needs import Census, NeedType
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.estimate.facts import NOT_SHOWN, NeedRow, NeedTable
from goldenthread.analysis.estimate.groups import Bases, hidden_levels

NO_TYPE = ""
"""The level of pupils whose type of need is not recorded."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A census with the levels it must not show; ``pupils`` has those of no recorded type too."""

    total: int
    pupils: Mapping[str, int]
    hidden: frozenset[str]
    smallest: int
    under: float

    def given(self, level: str) -> int | None:
        return None if level in self.hidden else self.pupils[level]

    @property
    def rest(self) -> int:
        """Pupils in hidden levels, which anybody can work out."""
        return sum(self.pupils[level] for level in self.hidden)


def low_incidence(pupils: int, total: int, under: float) -> bool:
    """Whether ``pupils`` are under ``under`` per cent of ``total``: by the exact share, never as printed.

    A share of exactly ``under`` is not low incidence. ``total`` is above nought.
    """
    return Fraction(100 * pupils, total) < Fraction(str(under))


def need_table(study: Study) -> NeedTable | None:
    """Every type that the census counts or the survey asks about, most pupils first; None without a census.

    Those without a figure come last in the order of the list, so that their place tells nothing.
    """
    census = study.census
    if census is None:
        return None
    shown = _shown(study, census)
    asked = {item.need for item in study.items} | {a.need for item in study.items for a in item.answers}
    rows = [_row(need, shown) for need in study.needs if need.code in census.pupils or need.code in asked]
    return NeedTable(
        dated=census.dated,
        sources=census.sources,
        under=shown.under,
        total=None if census.total < shown.smallest else census.total,
        no_type=shown.given(NO_TYPE),
        rows=tuple(sorted(rows, key=lambda row: -(row.pupils or 0))),
    )


def _shown(study: Study, census: Census) -> _Shown:
    """Hides types of one to nine pupils, and the next smallest where one could be worked out (D5)."""
    smallest = 0 if census.published else preset(study.preset).smallest
    pupils = {**census.pupils, NO_TYPE: census.total - sum(census.pupils.values())}
    found = hidden_levels([Bases(census.total, {"need": pupils})], smallest) if smallest else ()
    hidden = frozenset(level for _, level in found)
    return _Shown(census.total, pupils, hidden, smallest, study.thresholds.low_incidence)


def _row(need: NeedType, shown: _Shown) -> NeedRow:
    row = NeedRow(need.code, need.label, None, None, None, catch_all=need.catch_all)
    if need.code not in shown.pupils:
        return row
    pupils, words = shown.pupils[need.code], ""
    least = most = pupils
    if need.code in shown.hidden:
        least, most, words = 1, shown.rest, NOT_SHOWN
    share = None if words else 100 * pupils / shown.total
    low = _low(need, least, most, shown)
    given = shown.given(need.code)
    return NeedRow(need.code, need.label, given, share, low, words, need.catch_all)


def _low(need: NeedType, least: int, most: int, shown: _Shown) -> bool | None:
    """The rule for a count a reader knows to lie in a range; None where it would tell them more."""
    if need.catch_all:
        return False
    ends = {low_incidence(pupils, shown.total, shown.under) for pupils in (least, most)}
    return ends.pop() if len(ends) == 1 else None
