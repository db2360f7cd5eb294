"""What the cells of the register mean here: kinds, statuses, days and numbers, by the area's lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from goldenthread.analysis.problem import Problem
from goldenthread.ground.days import read_day
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.queries import EntryFacts, by_name, choices
from goldenthread.ground.organisations.columns import REGISTER, STATUSES
from goldenthread.ground.organisations.pick import Cells
from goldenthread.ground.refused import Refused

Value = str | int | date | None

URN = re.compile(r"\d{5,8}")
NOT_SAID = {"", "notapplicable", "notrecorded", "doesnotapply"}
OTHER_KIND = "other"
LONGEST = {"name": 200, "trust": 200, "town": 100, "postcode": 10}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The area's lists that the register is read by, each by folded name and by the register's code."""

    types: Mapping[str, EntryFacts]
    statuses: Mapping[str, EntryFacts]
    phases: Mapping[str, EntryFacts]
    regions: Mapping[str, EntryFacts]


@dataclass(frozen=True, slots=True)
class Registered:
    """One school of the register: the columns it has something to say on."""

    row: int
    urn: str
    values: Mapping[str, Value]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.values["name"])


@dataclass(slots=True)
class Understood:
    """The rows that can be used, and what a person should know of those that cannot, or not wholly."""

    rows: list[Registered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def vocabulary(area: int, *, on: date) -> Vocabulary:
    """The lists as they stand on a day. Raises Refused where the area has not got them."""
    found = {
        code: choices(area, code, on=on) for code in ("gias-types", "gias-statuses", "phases", "regions")
    }
    if not found["gias-types"] or not found["gias-statuses"]:
        raise Refused("The lists that come with Golden Thread are not here yet: put them in first.")
    return Vocabulary(
        types=by_name(found["gias-types"]),
        statuses=by_name(found["gias-statuses"]),
        phases=_by_register(found["phases"]),
        regions=_by_register(found["regions"]),
    )


def understand(cells: Iterable[Cells], words: Vocabulary, file: str) -> Understood:
    """Every row as columns of an organisation, or as a problem with its row and column."""
    done = Understood()
    for each in cells:
        row = _Row(each, words, file, done.problems)
        values = row.values()
        if values is not None:
            done.rows.append(Registered(row.number, each["urn"], values))
    return done


def _by_register(found: tuple[EntryFacts, ...]) -> dict[str, EntryFacts]:
    codes = {fold(str(each.data.get("gias"))): each for each in found if each.data.get("gias")}
    return codes | {fold(name): each for each in found for name in (each.label, *each.aliases)}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row while it is read."""

    cells: Cells
    words: Vocabulary
    file: str
    problems: list[Problem]

    @property
    def number(self) -> int:
        return int(self.cells["row"])

    def values(self) -> dict[str, Value] | None:
        """The columns of an organisation, or None where the row cannot be used."""
        found = self._found(self.words.statuses, "status")
        status = str(found.data.get("status")) if found else ""
        if not self._usable(status):
            return None
        known: dict[str, Value] = {"status": status, **self._texts(), **self._kind()}
        known |= self._listed("phase", self.words.phases) | self._listed("region", self.words.regions)
        known |= self._days() | self._numbers() | self._laestab()
        return known

    def _usable(self, status: str) -> bool:
        if not URN.fullmatch(self.cells["urn"]):
            return self._problem("urn", "is not a URN; the row is left out", lost=True)
        if not self.cells["name"]:
            return self._problem("name", "there is no name; the row is left out", lost=True)
        if status not in STATUSES:
            said = "status_name" if "status_name" in self.cells else "status_code"
            return self._problem(said, "is not a status we know; the row is left out", lost=True)
        return True

    def _texts(self) -> dict[str, Value]:
        found = {each: self.cells[each] for each in ("la", *LONGEST) if each in self.cells}
        for each, most in LONGEST.items():
            if len(found.get(each, "")) > most:
                self._problem(each, f"is cut after {most} characters")
                found[each] = found[each][:most]
        return {
            each: "" if each != "name" and fold(text) in NOT_SAID else text for each, text in found.items()
        }

    def _kind(self) -> dict[str, Value]:
        found = self._found(self.words.types, "type")
        if found is None:
            said = "type_name" if "type_name" in self.cells else "type_code"
            self._problem(said, "is not a type we know; its kind is “other”")
            return {"kind": OTHER_KIND, "school_type": ""}
        data = found.data
        return {
            "kind": str(data.get("kind") or OTHER_KIND),
            "school_type": str(data.get("school_type") or ""),
        }

    def _listed(self, column: str, known: Mapping[str, EntryFacts]) -> dict[str, Value]:
        cells = [self.cells[each] for each in (f"{column}_code", f"{column}_name") if each in self.cells]
        found = self._found(known, column)
        if found is None and any(fold(cell) not in NOT_SAID for cell in cells):
            return {}
        return {column: found.code if found else ""} if cells else {}

    def _found(self, known: Mapping[str, EntryFacts], what: str) -> EntryFacts | None:
        """By the register's code, or else by its name."""
        names = (self.cells.get(f"{what}_code", ""), self.cells.get(f"{what}_name", ""))
        return next((known[fold(name)] for name in names if name and fold(name) in known), None)

    def _days(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for each in ("opened", "closed"):
            text = self.cells.get(each)
            day = read_day(text) if text else None
            if text and day is None:
                self._problem(each, "is not a day such as 01/09/2026; left as it was")
            elif text is not None:
                found[each] = day
        return found

    def _numbers(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for each, most in (("age_low", 99), ("age_high", 99), ("pupils", 99_999)):
            text = self.cells.get(each)
            if text and not (text.isascii() and text.isdigit() and int(text) <= most):
                self._problem(each, "is not a whole number we can use; left as it was")
            elif text is not None:
                found[each] = int(text) if text else None
        return found

    def _laestab(self) -> dict[str, Value]:
        number, authority = self.cells.get("number", ""), self.cells["la"]
        if not number:
            return {}
        if not (number.isdigit() and len(number) <= 4 and len(authority) == 3):
            self._problem("number", "is not an establishment number; left as it was")
            return {}
        return {"laestab": authority + number.zfill(4)}

    def _problem(self, column: str, message: str, *, lost: bool = False) -> bool:
        """Note a problem; always False, so that a check can return it."""
        value = self.cells.get(column) or None
        self.problems.append(Problem(self.file, message, (self.number,), REGISTER[column], value, lost))
        return False
