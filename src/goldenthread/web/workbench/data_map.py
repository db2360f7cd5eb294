"""What is held, why and for how long: every table and field, as the rooms say it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.ground.days import said
from goldenthread.ground.retention.datamap import FieldEntry, TableEntry, data_map, terms, words
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Cell, Column, Row
from goldenthread.web.workbench.frame import framed

COLUMNS = [
    Column("Field"),
    Column("Why it is held"),
    Column("Basis"),
    Column("Kept"),
    Column("How sensitive"),
    Column("If somebody asks for theirs"),
]
TERMS = [Column("How long"), Column("Why"), Column("Since")]
ABOUT_PEOPLE = frozenset(("work", "personal", "special", "secret"))


def every(request: AreaRequest) -> HttpResponse:
    """The data map."""
    tables = data_map()
    fields = [field for table in tables for field in table.fields]
    context = framed(
        request,
        "",
        columns=COLUMNS,
        tables=[(each, _rows(each)) for each in tables if _about_people(each)],
        others=[each for each in tables if not _about_people(each)],
        count=len(fields),
        personal=sum(field.sensitivity in ABOUT_PEOPLE for field in fields),
        term_columns=TERMS,
        terms=[
            Row((Cell(term.words), Cell(term.reason), Cell(said(term.since)))) for term in terms().values()
        ],
    )
    return render(request, "workbench/data_map.html", context)


def _about_people(table: TableEntry) -> bool:
    return any(field.sensitivity in ABOUT_PEOPLE for field in table.fields)


def _rows(table: TableEntry) -> list[Row]:
    return [_row(field) for field in table.fields]


def _row(field: FieldEntry) -> Row:
    said_words = words()
    return Row(
        (
            Cell(field.name),
            Cell(field.purpose),
            Cell(said_words["basis"][field.basis]),
            Cell(terms()[field.retention].words),
            Cell(said_words["sensitivity"][field.sensitivity]),
            Cell(said_words["request"][field.request]),
        )
    )
