"""The entries of a list as a table, with the columns that this list has use for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.urls import reverse

from goldenthread.ground.days import said
from goldenthread.ground.lists.fields import Field, FieldKind, shown
from goldenthread.ground.lists.queries import EntryFacts, ListFacts, labels
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Cell, Column, Row

Draw = Callable[[EntryFacts], Cell]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A column, and how it is drawn."""

    column: Column
    cell: Draw


def entry_table(
    request: AreaRequest, of: ListFacts, held: Sequence[EntryFacts], on: date, *, every_day: bool
) -> tuple[list[Column], list[Row]]:
    """The columns and rows; a column that would be empty all the way down is left out."""
    drawn = [
        _Drawn(Column("Entry"), partial(_label, request, of, on if every_day else None)),
        _Drawn(Column("Other names"), lambda each: Cell(", ".join(each.aliases))),
        *_further(request.here.area.id, of, on),
        *([_Drawn(Column("Holds"), lambda each: Cell(span(each)))] if every_day else []),
        _Drawn(Column("Source"), lambda each: Cell(each.source)),
    ]
    kept = [each for each in drawn if any(each.cell(entry).text for entry in held)]
    rows = [Row(tuple(each.cell(entry) for each in kept)) for entry in held]
    return [each.column for each in kept], rows


def span(each: EntryFacts) -> str:
    """The days an entry holds, in words; a heading that always does goes without saying."""
    first = said(each.valid_from) if each.valid_from else ""
    last = said(each.valid_until) if each.valid_until else ""
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "" if each.heading else "always"


def _label(request: AreaRequest, of: ListFacts, on: date | None, each: EntryFacts) -> Cell:
    may = request.here.actor.may("lists.change")
    url = reverse("entry", args=[request.here.area.slug, of.code, each.id]) if may else ""
    ended = on is not None and each.ended(on)
    return Cell(each.label, url, soft="heading" if each.heading else "ended" if ended else "")


def _further(area: int, of: ListFacts, on: date) -> list[_Drawn]:
    names = {field.of: labels(area, field.of, on=on) for field in of.fields if field.kind is FieldKind.ENTRY}
    counts = (FieldKind.WHOLE, FieldKind.NUMBER)
    return [
        _Drawn(Column(field.label, number=field.kind in counts), partial(_value, field, names))
        for field in of.fields
    ]


def _value(field: Field, names: Mapping[str, Mapping[str, str]], each: EntryFacts) -> Cell:
    value = each.data.get(field.code)
    if field.kind is FieldKind.ENTRY:
        return Cell(names[field.of].get(str(value), ""))
    if field.kind is FieldKind.DAY and value:
        return Cell(said(date.fromisoformat(str(value))))
    return Cell(shown(value))
