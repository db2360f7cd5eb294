"""Rows brought together into people: by the reference an organisation gives, else by e-mail, never by name.

Whatever could be two people, or one person twice, is a problem line and is left out: nobody is merged
on a likeness.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.analysis.problem import Problem
from goldenthread.ground.lists.names import fold
from goldenthread.ground.people.register.columns import labels
from goldenthread.ground.people.register.read import Row


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of a register, with their posts in the order of the file."""

    reference: str
    email: str
    name: str
    posts: tuple[Row, ...]

    @property
    def row(self) -> int:
        """Where the file first names them."""
        return self.posts[0].number

    @property
    def keys(self) -> frozenset[str]:
        """What they are known by, case apart."""
        return frozenset(each.casefold() for each in (self.reference, self.email) if each)


@dataclass(frozen=True, slots=True)
class People:
    """The people of a register; ``unclear`` are the keys of those left out, who have not left."""

    people: tuple[Somebody, ...]
    unclear: frozenset[str]
    problems: tuple[Problem, ...]


def bring_together(rows: Iterable[Row], file: str, problems: Iterable[Problem] = ()) -> People:
    """The rows as people; ``problems`` are those found before."""
    work = _Work(file, {}, {}, list(problems), set())
    for row in rows:
        work.take(row)
    work.compare_names()
    return People(
        tuple(_somebody(rows) for rows in work.people.values()), frozenset(work.unclear), tuple(work.problems)
    )


def _somebody(rows: list[Row]) -> Somebody:
    email = next((row.email for row in rows if row.email), "")
    return Somebody(rows[0].reference, email, rows[0].name, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Work:
    """The people so far by their key, and whose each e-mail address is."""

    file: str
    people: dict[str, list[Row]]
    emails: dict[str, str]
    problems: list[Problem]
    unclear: set[str]

    def take(self, row: Row) -> None:
        """Put a row with its person, or say why not."""
        key = row.reference.casefold() or self.emails.get(row.email) or row.email
        rows = self.people.get(key, [])
        others = self.emails.get(row.email, key) if row.email else key
        if others != key:
            first = self.people[others][0].number
            self._leave_out(row, "email", f"is also that of row {first}, under another staff reference")
        elif rows and fold(rows[0].name) != fold(row.name):
            self._leave_out(row, "name", f"is not the name that row {rows[0].number} gives the same person")
        elif twin := next((each for each in rows if each.post == row.post), None):
            self._leave_out(row, "reference", f"the same person in the same post stands in row {twin.number}")
        else:
            self._add(key, row)

    def compare_names(self) -> None:
        """Note a name known once by reference and once by e-mail: perhaps one person, kept as two."""
        named: dict[str, list[Row]] = {}
        for rows in self.people.values():
            named.setdefault(fold(rows[0].name), []).append(rows[0])
        for first, *others in named.values():
            for each in others:
                if bool(each.reference) != bool(first.reference):
                    message = f"is also the name in row {first.number}; known by another key, so kept as two."
                    self._say(each, "name", message, lost=False)

    def _add(self, key: str, row: Row) -> None:
        rows = self.people.setdefault(key, [])
        known = next((each for each in rows if each.email), None)
        if known and row.email and known.email != row.email:
            message = (
                f"is another e-mail address than row {known.number} gives the same person; that one was kept."
            )
            self._say(row, "email", message, lost=False)
        rows.append(row)
        if row.email:
            self.emails[row.email] = key

    def _leave_out(self, row: Row, column: str, message: str) -> None:
        self.unclear.update(each.casefold() for each in (row.reference, row.email) if each)
        self._say(row, column, f"{message}; the row was left out.", lost=True)

    def _say(self, row: Row, column: str, message: str, *, lost: bool) -> None:
        value = str(getattr(row, column)) or None
        self.problems.append(Problem(self.file, message, (row.number,), labels()[column], value, lost=lost))
