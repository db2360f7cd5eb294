"""Types of need of pupils, and which are of low incidence here, from the area's own census numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.analysis.definition.needs import Census, NeedType, usual_line
from goldenthread.analysis.estimate.needs import low_incidence
from goldenthread.ground.lists.queries import EntryFacts, choices
from goldenthread.ground.lists.rules import Rule, rule

NEED_TYPES = "need-types"
LINE = "low-incidence"


@dataclass(frozen=True, slots=True)
class Incidence:
    """A type of need among pupils with SEN. ``low`` is None where it is not known, or no one type."""

    code: str
    label: str
    pupils: int | None
    percent: float | None
    low: bool | None


@dataclass(frozen=True, slots=True)
class IncidenceTable:
    """Every type of need on a day and the rule that sorts them; ``census`` None while it is not whole."""

    rule: Rule | None
    census: Census | None
    types: tuple[Incidence, ...]

    @property
    def low(self) -> tuple[str, ...]:
        """The codes of the types of low incidence."""
        return tuple(each.code for each in self.types if each.low)


def need_types(area: int, *, on: date) -> tuple[NeedType, ...]:
    """The area's types of need on a day, as a study takes them."""
    return tuple(_type(each) for each in choices(area, NEED_TYPES, on=on))


def census(area: int, *, on: date) -> Census | None:
    """The pupils of each type as a study takes them; None unless every type is counted, on one day.

    A share of some types is not a share of all pupils with SEN.
    """
    return _census(choices(area, NEED_TYPES, on=on))


def incidence(area: int, *, on: date) -> IncidenceTable:
    """Each type's share of the pupils with SEN, and whether the exact share is under the area's rule."""
    found, line = choices(area, NEED_TYPES, on=on), rule(area, LINE, on=on)
    counted = _census(found)
    under = line.number if line else usual_line().under
    return IncidenceTable(line, counted, tuple(_incidence(each, counted, under) for each in found))


def _type(each: EntryFacts) -> NeedType:
    return NeedType(
        code=each.code,
        label=each.label,
        valid_from=each.valid_from or date.min,
        source=each.source,
        census=str(each.data.get("census") or ""),
        aliases=each.aliases,
        catch_all=bool(each.data.get("catch_all")),
    )


def _census(found: tuple[EntryFacts, ...]) -> Census | None:
    pupils = {each.code: _pupils(each) for each in found}
    days = {str(each.data.get("counted") or "") for each in found}
    if not pupils or None in pupils.values() or len(days) != 1 or "" in days:
        return None
    whole = {code: number or 0 for code, number in pupils.items()}
    total = sum(whole.values())
    sources = dict.fromkeys(str(each.data.get("counted_by") or "") for each in found)
    day = date.fromisoformat(days.pop())
    return Census(day, whole, total, tuple(filter(None, sources))) if total else None


def _pupils(each: EntryFacts) -> int | None:
    value = each.data.get("pupils")
    return value if isinstance(value, int) else None


def _incidence(each: EntryFacts, counted: Census | None, under: float) -> Incidence:
    number = _pupils(each)
    if counted is None or number is None:
        return Incidence(each.code, each.label, number, None, None)
    low = None if each.data.get("catch_all") else low_incidence(number, counted.total, under)
    return Incidence(each.code, each.label, number, 100 * number / counted.total, low)
