"""Rules with a number, as they stood on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.definition.study import Thresholds
from goldenthread.ground.lists.queries import EntryFacts, entries

RULES = "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that decides something: its number, the unit it is in, whose it is, and since when."""

    code: str
    label: str
    number: float
    unit: str
    source: str
    since: date | None


def rules(area: int, *, on: date) -> Mapping[str, Rule]:
    """The area's rules by code, as they stood on a day."""
    return {each.code: _rule(each) for each in entries(area, RULES, on=on) if not each.heading}


def rule(area: int, code: str, *, on: date) -> Rule | None:
    """One rule as it stood on a day; None where the area has no such rule then."""
    return rules(area, on=on).get(code)


def thresholds(area: int, *, on: date) -> Thresholds:
    """The lines a report sorts by, from the area's rules; the method's own where it has none."""
    found, usual = rules(area, on=on), Thresholds()
    number = {code: each.number for code, each in found.items()}
    return Thresholds(
        celebrate=round(number.get("celebrate", usual.celebrate)),
        low=round(number.get("low", usual.low)),
        gap=round(number.get("gap", usual.gap)),
        margin=number.get("margin", usual.margin),
        q=number["false-discovery"] / 100 if "false-discovery" in number else usual.q,
        smallest_base=round(number.get("small-base", usual.smallest_base)),
        low_incidence=number.get("low-incidence", usual.low_incidence),
    )


def _rule(each: EntryFacts) -> Rule:
    number, unit = each.data.get("number"), each.data.get("unit")
    return Rule(each.code, each.label, float(number or 0), str(unit or ""), each.source, each.valid_from)
