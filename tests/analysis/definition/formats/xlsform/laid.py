"""Forms laid out by hand, as people type them into a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

from goldenthread.analysis.definition.formats.take import Taken, take
from goldenthread.analysis.definition.formats.told import told_lines
from goldenthread.analysis.definition.model import Question

Table = Sequence[Sequence[object]]

CHOICES: Table = (
    ("list_name", "name", "label"),
    ("places", "s", "A school"),
    ("places", "n", "A nursery"),
    ("agree", 1, "Disagree"),
    ("agree", 2, "Agree"),
)


def form(survey: Table, choices: Table = CHOICES, settings: Table = (), **more: Table) -> bytes:
    """A workbook of these sheets; the first row of each are its headings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **more}.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(
    *lines: Mapping[str, object], choices: Table = CHOICES, settings: Table = (), **more: Table
) -> Taken:
    """What is taken of a survey sheet with these lines."""
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    survey = [headings, *([line.get(heading) for heading in headings] for line in lines)]
    return take("form.xlsx", form(survey, choices, settings, **more))


def line(type_: str, name: str = "", label: str = "", **more: object) -> dict[str, object]:
    return {"type": type_, "name": name or None, "label": label or None, **more}


def questions(*lines: Mapping[str, object]) -> tuple[Question, ...]:
    return read(*lines).whole.questions


def said(*lines: Mapping[str, object], **more: Table) -> tuple[str, ...]:
    return told_lines(read(*lines, **more).told)
