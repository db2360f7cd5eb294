"""A CSV of numbers of pupils, read to be looked over in a form before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from goldenthread.analysis.definition.needs import NeedType
from goldenthread.analysis.definition.words import listed, meant, quoted
from goldenthread.analysis.problem import Problem, folded
from goldenthread.ground.csv_upload import Line, Sheet, open_sheet
from goldenthread.ground.days import read_day, said
from goldenthread.ground.lists.names import fold
from goldenthread.ground.pupils.given import MOST_PUPILS
from goldenthread.ground.pupils.queries import need_types
from goldenthread.ground.refused import Refused

MOST_BYTES = 200_000
HEADINGS = {
    "need": ("need", "type of need", "primary need", "primary type of need", "need type"),
    "pupils": ("pupils", "number of pupils", "number", "headcount"),
    "dated": ("date", "dated", "counted on", "census day"),
    "source": ("source", "counted by"),
}
"""From a column to the headings it may have; the first is the one we name. Others are not looked at."""

NEEDED = ("need", "pupils")
TOTAL = "total"
TOTALS = (TOTAL, "all", "all pupils", "all pupils with sen")
_WHOLE = re.compile(r"\d+|\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True)
class PupilsRead:
    """What a file says: pupils by type of need, and what of it could not be read."""

    pupils: Mapping[str, int] = field(hash=False)
    total: int | None
    dated: date | None
    source: str
    problems: tuple[Problem, ...]


def read_pupils(area: int, file: BinaryIO, name: str, *, on: date) -> PupilsRead:
    """The numbers in a CSV file. Raises Refused where it cannot be used, or counts one type twice."""
    sheet = open_sheet(file, name, most=MOST_BYTES)
    needs = need_types(area, on=on)
    reader = _Reader(name, _headings(sheet), _types(needs), tuple(need.label for need in needs), [])
    found: dict[str, tuple[int, int]] = {}
    days: dict[date, int] = {}
    sources: dict[str, None] = {}
    for line in sheet.lines:
        _count(reader, line, found)
        day = reader.day(line)
        if day is not None:
            days.setdefault(day, line.number)
        sources[reader.text(line, "source")] = None
    _check_days(days, name)
    if not found:
        raise Refused(f"{name} has no number of pupils that can be read.{reader.first()}")
    total = found.pop(TOTAL, None)
    return PupilsRead(
        pupils={code: number for code, (number, _) in found.items()},
        total=total[0] if total else None,
        dated=next(iter(days), None),
        source="; ".join(filter(None, sources)),
        problems=tuple(reader.problems),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads cells, noting what is wrong."""

    file: str
    headings: Mapping[str, str]
    types: Mapping[str, str]
    labels: tuple[str, ...]
    problems: list[Problem]

    def text(self, line: Line, what: str) -> str:
        """A cell; empty where the file has no such column."""
        return line.text(self.headings[what]) if what in self.headings else ""

    def need(self, line: Line) -> str | None:
        """The code of the type a row counts, ``TOTAL``, or None where it is neither."""
        text = self.text(line, "need")
        if fold(text) in map(fold, TOTALS):
            return TOTAL
        found = self.types.get(fold(text))
        if found is None:
            hint = meant(text, [*self.labels, TOTAL])
            told = f"is not a type of need on the list{hint}" if text else "there is no type"
            self._problem(line, "need", told)
        return found

    def number(self, line: Line) -> int | None:
        """The number of a row, or None."""
        text = self.text(line, "pupils")
        if not _WHOLE.fullmatch(text) or int(text.replace(",", "")) > MOST_PUPILS:
            self._problem(line, "pupils", "is not a whole number of pupils" if text else "there is no number")
            return None
        return int(text.replace(",", ""))

    def day(self, line: Line) -> date | None:
        """The day of a row, or None."""
        text = self.text(line, "dated")
        found = read_day(text) if text else None
        if text and found is None:
            self._problem(line, "dated", "is not a date such as 16/01/2025", lost=False)
        return found

    def first(self) -> str:
        """The first thing that is wrong, as a further sentence."""
        return f" {folded(self.problems)[0].sentence()}" if self.problems else ""

    def _problem(self, line: Line, what: str, message: str, *, lost: bool = True) -> None:
        told = f"{message}; the row is left out" if lost else f"{message}; type the day yourself"
        value = self.text(line, what) or None
        self.problems.append(Problem(self.file, told, (line.number,), self.headings[what], value, lost=lost))


def _count(reader: _Reader, line: Line, found: dict[str, tuple[int, int]]) -> None:
    need, number = reader.need(line), reader.number(line)
    if need is None or number is None:
        return
    if need in found:
        rows = f"rows {found[need][1]} and {line.number}"
        raise Refused(f"{reader.file}, {rows}: both count {quoted(reader.text(line, 'need'))}.")
    found[need] = (number, line.number)


def _headings(sheet: Sheet) -> dict[str, str]:
    folded = {fold(heading): heading for heading in sheet.headings if heading}
    found: dict[str, str] = {}
    for what, names in HEADINGS.items():
        heading = next((folded[fold(name)] for name in names if fold(name) in folded), None)
        if heading:
            found[what] = heading
    lacking = [HEADINGS[what][0] for what in NEEDED if what not in found]
    if lacking:
        raise Refused(f"{sheet.name} has no column {listed(map(quoted, lacking))}.")
    return found


def _types(needs: Iterable[NeedType]) -> dict[str, str]:
    """From each word a file may call a type by to its code; the types of the day come first."""
    found: dict[str, str] = {}
    for need in needs:
        for name in need.names:
            found.setdefault(fold(name), need.code)
    return found


def _check_days(days: Mapping[date, int], name: str) -> None:
    if len(days) > 1:
        (one, row), (other, second) = list(days.items())[:2]
        raise Refused(
            f"{name}, rows {row} and {second}: numbers of {said(one)} and of {said(other)}; "
            "keep one day a file."
        )
