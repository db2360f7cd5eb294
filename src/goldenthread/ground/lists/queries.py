"""Reading lists and their entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.ground.lists.fields import Field, Value, field_of
from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.lists.names import fold, spelt

LEFT = (
    *(
        f"in_list__{column}"
        for column in ("name", "purpose", "source", "dated", "fields", "shipped", "version")
    ),
    *(f"area__{column}" for column in ("name", "colour", "mfa_roles")),
)
"""What stands beside an entry and is not read with each."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list. ``count`` is how many entries hold on the day asked about, headings apart."""

    id: int
    code: str
    name: str
    purpose: str
    source: str
    dated: date | None
    fields: tuple[Field, ...]
    version: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry over one span of days; both ends are days it holds on, None is no end.

    ``heading`` entries only group others; nobody chooses one. ``data`` is by the list's fields.
    """

    id: int
    in_list: str
    code: str
    label: str
    aliases: tuple[str, ...]
    parent: str
    heading: bool
    valid_from: date | None
    valid_until: date | None
    position: int
    source: str
    data: Mapping[str, Value] = field(hash=False)
    version: int

    def holds(self, on: date) -> bool:
        """Whether it holds on that day."""
        return not self.ended(on) and (self.valid_from is None or self.valid_from <= on)

    def ended(self, on: date) -> bool:
        """Whether it no longer holds on that day."""
        return self.valid_until is not None and self.valid_until < on


def all_lists(area: int, *, on: date) -> tuple[ListFacts, ...]:
    """Every list of the area, by name, with how many entries hold on the day."""
    counted = Count("entries", filter=holding(on, "entries__") & Q(entries__heading=False))
    return tuple(_list(row, row.held) for row in _lists(area).annotate(held=counted).order_by("name"))


def list_called(area: int, code: str) -> ListFacts | None:
    """The list with this code, if the area has it."""
    found = _lists(area).filter(code=code).first()
    return None if found is None else _list(found)


def entries(area: int, code: str, *, on: date | None = None) -> tuple[EntryFacts, ...]:
    """The entries of a list that hold ``on`` a day, or all there ever were; each after what it is under."""
    rows = Entry.objects.filter(area_id=area, in_list__code=code)
    if on is not None:
        rows = rows.filter(holding(on))
    return _in_order(_facts(rows))


def several(area: int, codes: Collection[str]) -> Mapping[str, tuple[EntryFacts, ...]]:
    """All the entries there ever were of each of some lists, by position; read at once."""
    found: dict[str, list[EntryFacts]] = {code: [] for code in codes}
    for each in _facts(Entry.objects.filter(area_id=area, in_list__code__in=codes)):
        found[each.in_list].append(each)
    return {code: tuple(each) for code, each in found.items()}


def choices(area: int, code: str, *, on: date) -> tuple[EntryFacts, ...]:
    """The entries somebody may choose on a day: no headings."""
    return tuple(each for each in entries(area, code, on=on) if not each.heading)


def entry(area: int, code: str, number: int) -> EntryFacts | None:
    """One entry by its number, if it is in that list of that area."""
    found = _facts(Entry.objects.filter(area_id=area, in_list__code=code, pk=number))
    return found[0] if found else None


def names(area: int, code: str, *, on: date) -> Mapping[str, EntryFacts]:
    """Every choosable entry that holds on a day by each of its names, folded: code, label, aliases."""
    return by_name(choices(area, code, on=on))


def find(area: int, code: str, name: str, *, on: date) -> EntryFacts | None:
    """The entry called ``name`` on a day, whatever its case, spaces and dashes."""
    return names(area, code, on=on).get(fold(name))


def labels(area: int, code: str, *, on: date) -> Mapping[str, str]:
    """The label of every code there ever was: as on the day, or else its last one."""
    return labelled(entries(area, code), on=on)


def labelled(every: Iterable[EntryFacts], *, on: date) -> Mapping[str, str]:
    """The label of every code among all the entries of a list: as on the day, or else its last one."""
    found = sorted(every, key=lambda each: (each.holds(on), each.valid_from or date.min))
    return {each.code: each.label for each in found}


def choosable(every: Iterable[EntryFacts], *, on: date) -> tuple[EntryFacts, ...]:
    """Of all the entries of a list those that somebody may choose on a day."""
    held = _in_order(tuple(each for each in every if each.holds(on)))
    return tuple(each for each in held if not each.heading)


def by_name(found: tuple[EntryFacts, ...]) -> Mapping[str, EntryFacts]:
    """Entries by each of their names, folded; a label wins over an alias, an alias over a code."""
    codes = {fold(each.code): each for each in found}
    aliases = {fold(alias): each for each in found for alias in each.aliases}
    return {**codes, **aliases, **{fold(each.label): each for each in found}}


def holding(on: date, prefix: str = "") -> Q:
    """The condition that an entry holds on a day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    going = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": on})
    return begun & going


def _lists(area: int) -> QuerySet[List]:
    return List.objects.filter(area_id=area)


def _list(row: List, count: int = 0) -> ListFacts:
    return ListFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        purpose=row.purpose,
        source=row.source,
        dated=row.dated,
        fields=tuple(field_of(each) for each in row.fields),
        version=row.version,
        count=count,
    )


def _facts(rows: QuerySet[Entry]) -> tuple[EntryFacts, ...]:
    beside = rows.select_related("in_list", "area").defer(*LEFT)
    return tuple(map(_entry, beside))


def _entry(row: Entry) -> EntryFacts:
    spelling = row.area.senco
    return EntryFacts(
        id=row.pk,
        in_list=row.in_list.code,
        code=row.code,
        label=spelt(row.label, spelling),
        aliases=tuple(spelt(alias, spelling) for alias in row.aliases),
        parent=row.parent,
        heading=row.heading,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        position=row.position,
        source=row.source,
        data=dict(row.data),
        version=row.version,
    )


def _in_order(found: tuple[EntryFacts, ...]) -> tuple[EntryFacts, ...]:
    """Each entry after its parent, both in their own order; one whose parent is not here stands alone."""
    known = {each.code for each in found}
    under: dict[str, list[EntryFacts]] = {}
    for each in found:
        under.setdefault(each.parent if each.parent in known else "", []).append(each)
    ordered: list[EntryFacts] = []
    _walk("", under, ordered)
    return tuple(ordered)


def _walk(parent: str, under: dict[str, list[EntryFacts]], ordered: list[EntryFacts]) -> None:
    for each in under.pop(parent, []):
        ordered.append(each)
        _walk(each.code, under, ordered)
