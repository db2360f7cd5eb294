"""Types of need of pupils, how many have each, and which are of low incidence here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread.analysis.definition.needs import Census, NeedType, usual_line
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.words import fold_label, listed, quoted
from goldenthread.analysis.estimate.groups import Bases, hidden_levels
from goldenthread.analysis.estimate.needs import NO_TYPE, low_incidence
from goldenthread.ground.lists.queries import EntryFacts, choices, entries, labels
from goldenthread.ground.lists.rules import Rule, rule
from goldenthread.ground.pupils.models import PupilCount

NEED_TYPES = "need-types"
LINE = "low-incidence"
RULES = "staff-survey"
"""The rules that protect small numbers where no survey has chosen others."""


@dataclass(frozen=True, slots=True)
class PupilsFacts:
    """The pupils counted on a day, by type of need; a type not in ``pupils`` was not counted."""

    id: int
    dated: date
    source: str
    pupils: Mapping[str, int] = field(hash=False)
    total: int | None
    published: bool
    version: int


@dataclass(frozen=True, slots=True)
class Incidence:
    """A type of need among pupils with SEN. ``low`` is None where it is not known, or no one type."""

    code: str
    label: str
    pupils: int | None
    percent: float | None
    low: bool | None
    catch_all: bool


@dataclass(frozen=True, slots=True)
class IncidenceTable:
    """Every type of need on the day counted, and the rule that sorts them.

    ``hidden`` are the types this reader is not told the number of, which then have none; NO_TYPE among
    them stands for pupils of no recorded type. ``counted`` is None where nobody counted. ``census`` is
    None where no share can be said, and ``because`` then says why in a sentence.
    """

    rule: Rule | None
    under: float
    counted: PupilsFacts | None
    census: Census | None
    because: str
    types: tuple[Incidence, ...]
    hidden: frozenset[str] = frozenset()

    @property
    def low(self) -> tuple[str, ...]:
        """The codes of the types of low incidence."""
        return tuple(each.code for each in self.types if each.low)


def every_count(area: int) -> tuple[PupilsFacts, ...]:
    """Every day's numbers of the area, newest first."""
    return tuple(map(_facts, PupilCount.objects.filter(area_id=area)))


def one_count(area: int, number: int) -> PupilsFacts | None:
    """The numbers of one day."""
    row = PupilCount.objects.filter(area_id=area, pk=number).first()
    return None if row is None else _facts(row)


def counted(area: int, *, on: date) -> PupilsFacts | None:
    """The numbers that hold on a day: the newest counted by then, or the first after where none was."""
    found = every_count(area)
    by_then = [each for each in found if each.dated <= on]
    return by_then[0] if by_then else found[-1] if found else None


def need_types(area: int, *, on: date) -> tuple[NeedType, ...]:
    """The area's types of need as a study takes them: as on a day, and after them those of other days.

    In a study one word stands for one type. So a type of another day whose name another type has by
    now is left out, and of two types with one code in the census the first has it.
    """
    found: list[NeedType] = []
    used: set[str] = set()
    for each in map(_type, choices(area, NEED_TYPES, on=on)):
        kept = replace(each, census="") if fold_label(each.census) in used else each
        found.append(kept)
        used |= _folded(kept)
    for each in map(_type, _latest(area)):
        if not _folded(each) & used:
            found.append(each)
            used |= _folded(each)
    return tuple(found)


def _latest(area: int) -> tuple[EntryFacts, ...]:
    """Every type there ever was, as it was last."""
    rows = sorted(entries(area, NEED_TYPES), key=lambda each: each.valid_from or date.min)
    return tuple({each.code: each for each in rows if not each.heading}.values())


def _folded(each: NeedType) -> set[str]:
    return {fold_label(name) for name in each.names}


def census(area: int, *, on: date) -> Census | None:
    """The numbers that hold on a day as a study takes them; None where no share can be said."""
    return incidence(area, on=on).census


def incidence(area: int, *, on: date) -> IncidenceTable:
    """Each type's share of the pupils with SEN, and whether the exact share is under the area's rule."""
    held, line = counted(area, on=on), rule(area, LINE, on=on)
    types = choices(area, NEED_TYPES, on=held.dated if held else on)
    because = _because(held, types, labels(area, NEED_TYPES, on=on))
    known = None if held is None or because else _census(held)
    under = line.number if line else usual_line().under
    rows = tuple(_incidence(each, held, known, under) for each in types)
    return IncidenceTable(line, under, held, known, because, rows)


def told(table: IncidenceTable) -> IncidenceTable:
    """The table for whoever only reads it: as a report tells it (D5), unless the numbers are published."""
    held, smallest = table.counted, preset(RULES).smallest
    if held is None or held.published:
        return table
    total = held.total if held.total is not None else sum(held.pupils.values())
    sizes = {**held.pupils, NO_TYPE: total - sum(held.pupils.values())}
    hidden = frozenset(level for _, level in hidden_levels([Bases(total, {"need": sizes})], smallest))
    types = (
        replace(each, pupils=None, percent=None, low=None) if each.code in hidden else each
        for each in table.types
    )
    return replace(table, types=tuple(types), hidden=hidden)


def _facts(row: PupilCount) -> PupilsFacts:
    pupils = dict(row.pupils)
    return PupilsFacts(row.pk, row.dated, row.source, pupils, row.total, row.published, row.version)


def _type(each: EntryFacts) -> NeedType:
    return NeedType(
        code=each.code,
        label=each.label,
        valid_from=each.valid_from or date.min,
        source=each.source,
        census=str(each.data.get("census") or ""),
        aliases=each.aliases,
        catch_all=bool(each.data.get("catch_all")),
        valid_until=each.valid_until,
    )


def _because(held: PupilsFacts | None, types: tuple[EntryFacts, ...], words: Mapping[str, str]) -> str:
    """Why no share can be said of what was counted: a share of some types is not a share of all pupils."""
    if held is None:
        return "Nobody has been counted."
    lacking = [words.get(each.code, each.label) for each in types if each.code not in held.pupils]
    if held.total is None and lacking:
        verb = "is" if len(lacking) == 1 else "are"
        return (
            f"{listed(map(quoted, lacking))} {verb} not counted, and the number of all pupils with SEN is "
            "not given; so we do not know what the others are a share of."
        )
    if not (held.total if held.total is not None else sum(held.pupils.values())):
        return "No pupil is counted, so there is nothing to take a share of."
    return ""


def _census(held: PupilsFacts) -> Census:
    total = sum(held.pupils.values()) if held.total is None else held.total
    return Census(held.dated, held.pupils, total, (held.source,), held.published)


def _incidence(each: EntryFacts, held: PupilsFacts | None, known: Census | None, under: float) -> Incidence:
    catch_all = bool(each.data.get("catch_all"))
    number = held.pupils.get(each.code) if held else None
    if known is None or number is None:
        return Incidence(each.code, each.label, number, None, None, catch_all)
    low = None if catch_all else low_incidence(number, known.total, under)
    return Incidence(each.code, each.label, number, 100 * number / known.total, low, catch_all)
