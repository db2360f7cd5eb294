"""The rows of a staff register as posts of people, and a problem for each cell that cannot be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.cells import Cell, text_of
from goldenthread.analysis.responses.grid import Grid
from goldenthread.ground.days import read_day
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.queries import EntryFacts, names
from goldenthread.ground.organisations.queries import OrganisationFacts, every_organisation
from goldenthread.ground.people.register.columns import find_columns, not_kept

LEFT_OUT = "; the row was left out."
LONGEST = {"reference": 60, "email": 254, "tier_reason": 200}
LONGEST_NAME = 160
AS_THE_REGISTER = "As the organisation's register says"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an area's words mean on a day: its organisations and lists, each by folded name."""

    organisations: Mapping[str, tuple[OrganisationFacts, ...]]
    roles: Mapping[str, EntryFacts]
    staff_groups: Mapping[str, EntryFacts]
    tiers: Mapping[str, EntryFacts]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be used: who, and one post of theirs."""

    number: int
    reference: str
    email: str
    name: str
    organisation: int
    role: str
    staff_group: str
    tier: str
    tier_reason: str
    starts: date | None
    ends: date | None

    @property
    def post(self) -> tuple[int, str, str, date | None]:
        """What tells one post of a person from another."""
        return self.organisation, self.role, self.staff_group, self.starts


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that can be used; ``unread`` are the keys of people in rows that cannot."""

    usable: tuple[Row, ...]
    unread: frozenset[str]
    problems: tuple[Problem, ...]


def vocabulary(area: int, *, on: date) -> Vocabulary:
    """An area's words on a day."""
    found: dict[str, tuple[OrganisationFacts, ...]] = {}
    for each in every_organisation(area):
        for name in {fold(each.name), fold(each.urn)} - {""}:
            found[name] = (*found.get(name, ()), each)
    roles, groups, tiers = (names(area, code, on=on) for code in ("roles", "staff-groups", "tiers"))
    return Vocabulary(found, roles, groups, tiers)


def read_rows(grid: Grid, words: Vocabulary, owner: int) -> Rows:
    """Every row of a register whose posts, where a row does not say, are at ``owner``.

    Raises Refused where columns are missing by which people are told apart.
    """
    columns = find_columns(grid)
    problems = [*grid.problems, *not_kept(grid, columns)]
    usable, unread = [], set()
    for index, number in enumerate(grid.rows):
        cells = {ours: grid.columns[column][index] for ours, column in columns.items()}
        reading = _Reading(grid.file, number, cells, {o: grid.headings[c] for o, c in columns.items()}, [])
        row = reading.row(words, owner)
        problems += reading.problems
        if row:
            usable.append(row)
        else:
            unread |= set(reading.keys())
    return Rows(tuple(usable), frozenset(unread), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One row while it is read; what is wrong with it gathers in ``problems``."""

    file: str
    number: int
    cells: Mapping[str, Cell]
    headings: Mapping[str, str]
    problems: list[Problem]

    def row(self, words: Vocabulary, owner: int) -> Row | None:
        """The row, or None where it cannot be used."""
        role, group = self._entry("role", words.roles), self._entry("staff_group", words.staff_groups)
        tier, reason = self._tier(words, role)
        starts, ends = self._day("starts"), self._day("ends")
        row = Row(
            number=self.number,
            reference=self._text("reference"),
            email=self._email(),
            name=self._name(),
            organisation=self._organisation(words, owner),
            role=role.code if role else "",
            staff_group=group.code if group else "",
            tier=tier,
            tier_reason=reason,
            starts=starts,
            ends=ends,
        )
        self._check(row)
        return None if any(each.lost for each in self.problems) else row

    def keys(self) -> tuple[str, ...]:
        """Whom the row is about, as far as it says."""
        found = (text_of(self.cells.get(each, "")).casefold() for each in ("reference", "email"))
        return tuple(each for each in found if each) or (by_name(self._name()),)

    def _check(self, row: Row) -> None:
        if not row.name:
            self._say("name", f"there is no name{LEFT_OUT}")
        if not (row.reference or row.email or self.problems):
            self._say("reference", f"there is neither a staff reference nor an e-mail address{LEFT_OUT}")
        if not (row.role or row.staff_group or self.problems):
            self._say("staff_group", f"there is neither a staff group nor a role{LEFT_OUT}")
        if row.starts and row.ends and row.ends < row.starts:
            self._say("ends", f"the post ends before it starts{LEFT_OUT}")

    def _text(self, column: str) -> str:
        text = " ".join(text_of(self.cells.get(column, "")).split())
        most = LONGEST.get(column)
        if most and len(text) > most:
            self._say(column, f"has more than {most} characters{LEFT_OUT}")
        return text

    def _name(self) -> str:
        given = self._text("name") or f"{self._text('first')} {self._text('last')}".strip()
        if len(given) > LONGEST_NAME:
            self._say("name", f"has more than {LONGEST_NAME} characters{LEFT_OUT}")
        return given

    def _email(self) -> str:
        text = self._text("email").lower()
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self._say("email", f"is not an e-mail address{LEFT_OUT}")
        return text

    def _organisation(self, words: Vocabulary, owner: int) -> int:
        text = self._text("organisation")
        if not text:
            return owner
        found = words.organisations.get(fold(text), ())
        if not found:
            self._say("organisation", f"is not the name or URN of an organisation of this area{LEFT_OUT}")
        if len(found) > 1:
            self._say("organisation", f"is the name of {len(found)} organisations; give the URN{LEFT_OUT}")
        return found[0].id if found else owner

    def _entry(self, column: str, known: Mapping[str, EntryFacts]) -> EntryFacts | None:
        """What a cell means. A role that is not known matters only where no staff group is given."""
        text = self._text(column)
        found = known.get(fold(text)) if text else None
        if text and not found:
            spared = column == "role" and bool(self._text("staff_group"))
            rest = "; only the staff group was kept." if spared else LEFT_OUT
            self._say(
                column, f"is not on this area's list of {column.replace('_', ' ')}s{rest}", lost=not spared
            )
        return found

    def _tier(self, words: Vocabulary, role: EntryFacts | None) -> tuple[str, str]:
        """The tier where it is not the role's own, with its reason."""
        found = self._entry("tier", words.tiers)
        if found is None or (role and role.data.get("tier") == found.code):
            return "", ""
        return found.code, self._text("tier_reason") or AS_THE_REGISTER

    def _day(self, column: str) -> date | None:
        cell = self.cells.get(column, "")
        found = _day(cell)
        if found is None and text_of(cell):
            self._say(column, f"is not a day such as 01/09/2026{LEFT_OUT}")
        return found

    def _say(self, column: str, message: str, *, lost: bool = True) -> None:
        heading = self.headings.get(column) or self.headings.get("last")
        value = text_of(self.cells.get(column, "")) or None
        self.problems.append(Problem(self.file, message, (self.number,), heading, value, lost=lost))


def by_name(name: str) -> str:
    """What stands for somebody a row names without a key: never to merge, only to end nobody by mistake."""
    return f"name {fold(name)}"


def _day(cell: Cell) -> date | None:
    """A date cell, or a text that is an ISO or a British date."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return read_day(text_of(cell).partition(" ")[0])
