"""What a CSV of counts would do: worked out, frozen, shown, and only then done."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from goldenthread.analysis.definition.words import listed, meant, quoted
from goldenthread.analysis.problem import Problem
from goldenthread.ground.csv_upload import Line, Sheet, open_sheet
from goldenthread.ground.days import read_day, said
from goldenthread.ground.headcount.given import KINDS, LONGEST_SOURCE, MOST_PEOPLE, WORKS, CountGiven
from goldenthread.ground.headcount.models import Count
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.queries import EntryFacts, names
from goldenthread.ground.refused import Refused

MOST_BYTES = 200_000
HEADINGS = {
    "work": ("area of work", "area", "work"),
    "kind": ("kind of organisation", "kind", "organisation"),
    "number": ("number", "headcount", "staff"),
    "number_high": ("number_high", "upper end", "to"),
    "dated": ("date", "dated", "counted on"),
    "source": ("source",),
    "all_invited": ("all_invited", "all invited"),
}
"""From a column to the headings it may have; the first is the one we name."""

NEEDED = ("number", "dated", "source")
EVERYBODY = {"", "everybody", "all", "total"}
_YES, _NO = {"", "yes", "true", "1", "y"}, {"no", "false", "0", "n"}
_WHOLE = re.compile(r"\d+|\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True)
class CountStep:
    """One count that would be added, or changed from ``before``."""

    row: int
    id: int | None
    label: str
    given: CountGiven
    before: str = ""

    @property
    def after(self) -> str:
        """What it would say."""
        return self.given.words()


@dataclass(frozen=True, slots=True)
class CountPlan:
    """The whole of it."""

    file: str
    add: tuple[CountStep, ...]
    change: tuple[CountStep, ...]
    same: int
    problems: tuple[Problem, ...]

    @property
    def anything(self) -> bool:
        """Whether taking the file in would change anything."""
        return bool(self.add or self.change)

    @property
    def fingerprint(self) -> str:
        """A short name for exactly these steps."""
        steps = [(step.id, step.given) for step in (*self.add, *self.change)]
        return hashlib.sha256(repr(steps).encode()).hexdigest()


def plan_counts(area: int, text: str, file: str, *, on: date) -> CountPlan:
    """What the CSV ``text`` would do to the counts of the area. Raises Refused where it cannot be used."""
    sheet = open_sheet(BytesIO(text.encode()), file, most=MOST_BYTES)
    reader = _Reader(
        file,
        _headings(sheet),
        {"work": names(area, WORKS, on=on), "kind": names(area, KINDS, on=on)},
        on,
        [],
    )
    read = [(line.number, reader.read(line)) for line in sheet.lines]
    if not read:
        raise Refused(f"{file} has headings and no rows.")
    rows = [(number, given) for number, given in read if given is not None]
    _check_once(rows, file)
    held = _held(area)
    steps = [_step(number, given, reader, held.get(given.cell)) for number, given in rows]
    return CountPlan(
        file=file,
        add=tuple(step for step in steps if step.id is None),
        change=tuple(step for step in steps if step.id is not None and step.before != step.after),
        same=sum(step.id is not None and step.before == step.after for step in steps),
        problems=tuple(reader.problems),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows, noting what is wrong."""

    file: str
    headings: Mapping[str, str]
    words: Mapping[str, Mapping[str, EntryFacts]]
    today: date
    problems: list[Problem]

    def read(self, line: Line) -> CountGiven | None:
        """One count; None, and the problems noted, where the row cannot be used."""
        known = len(self.problems)
        number, dated = self._whole(line, "number"), self._day(line)
        high = self._whole(line, "number_high") if self._text(line, "number_high") else None
        if number is not None and high is not None and high < number:
            self._problem(line, "number_high", "is below the number")
        given = CountGiven(
            number=number or 0,
            dated=dated or self.today,
            source=self._source(line),
            work=self._code(line, "work"),
            kind=self._code(line, "kind"),
            number_high=high,
            all_invited=self._flag(line),
        )
        return given if len(self.problems) == known else None

    def label(self, given: CountGiven) -> str:
        """Whom a count counts, and when, in words."""
        found = [
            each.label
            for what, code in (("work", given.work), ("kind", given.kind))
            for each in dict.fromkeys(self.words[what].values())
            if code and each.code == code
        ]
        return f"{', '.join(found) or 'Everybody'}, {said(given.dated)}"

    def _text(self, line: Line, what: str) -> str:
        return line.text(self.headings[what]) if what in self.headings else ""

    def _code(self, line: Line, what: str) -> str:
        text = self._text(line, what)
        if text.casefold() in EVERYBODY:
            return ""
        found = self.words[what].get(fold(text))
        if found is None:
            known = {each.label for each in self.words[what].values()}
            self._problem(line, what, f"is not on the list{meant(text, known)}")
        return found.code if found else ""

    def _whole(self, line: Line, what: str) -> int | None:
        text = self._text(line, what)
        if not _WHOLE.fullmatch(text) or int(text.replace(",", "")) > MOST_PEOPLE:
            self._problem(line, what, "is not a whole number of people" if text else "there is no number")
            return None
        return int(text.replace(",", ""))

    def _day(self, line: Line) -> date | None:
        found = read_day(self._text(line, "dated"))
        if found is None or found > self.today:
            why = "has not come yet" if found else "is not a date such as 01/05/2026"
            self._problem(line, "dated", why if self._text(line, "dated") else "there is no date")
        return found

    def _source(self, line: Line) -> str:
        text = " ".join(self._text(line, "source").split())
        if not text or len(text) > LONGEST_SOURCE:
            self._problem(line, "source", "is too long" if text else "there is no source")
        return text

    def _flag(self, line: Line) -> bool:
        text = self._text(line, "all_invited").casefold()
        if text not in _YES | _NO:
            self._problem(line, "all_invited", "is neither yes nor no")
        return text not in _NO

    def _problem(self, line: Line, what: str, message: str) -> None:
        value = self._text(line, what) or None
        heading = self.headings.get(what, HEADINGS[what][0])
        told = f"{message}; the row is left out"
        self.problems.append(Problem(self.file, told, (line.number,), heading, value))


def _headings(sheet: Sheet) -> dict[str, str]:
    folded = {fold(heading): heading for heading in sheet.headings if heading}
    found = {
        what: folded[fold(name)] for what, some in HEADINGS.items() for name in some if fold(name) in folded
    }
    lacking = [HEADINGS[what][0] for what in NEEDED if what not in found]
    if lacking:
        raise Refused(f"{sheet.name} has no column {listed(map(quoted, lacking))}.")
    for heading in folded.values():
        if heading not in found.values():
            known = [some[0] for some in HEADINGS.values()]
            raise Refused(f"{sheet.name}, row 1: unknown column {quoted(heading)}{meant(heading, known)}.")
    return found


def _check_once(rows: list[tuple[int, CountGiven]], file: str) -> None:
    seen: dict[tuple[str, str, date], int] = {}
    for number, given in rows:
        first = seen.setdefault(given.cell, number)
        if first != number:
            raise Refused(f"{file}, rows {first} and {number}: both count the same people on one day.")


def _held(area: int) -> dict[tuple[str, str, date], Count]:
    return {(row.work, row.kind, row.dated): row for row in Count.objects.filter(area_id=area)}


def _step(number: int, given: CountGiven, reader: _Reader, row: Count | None) -> CountStep:
    label = reader.label(given)
    if row is None:
        return CountStep(number, None, label, given)
    held = CountGiven(row.number, row.dated, row.source, row.work, row.kind, row.number_high, row.all_invited)
    return CountStep(number, row.pk, label, given, held.words())
