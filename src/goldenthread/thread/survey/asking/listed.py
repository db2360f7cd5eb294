"""A list of people to invite, pasted or from a file: addresses and names, and what is wrong row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goldenthread.analysis.definition.text_table import csv_records, is_workbook, no_table
from goldenthread.analysis.definition.words import quoted
from goldenthread.analysis.problem import Problem, Refusal
from goldenthread.analysis.responses.cells import text_of
from goldenthread.analysis.responses.xlsx_file import xlsx_records
from goldenthread.ground.refused import Refused

MOST_BYTES = 10 << 20
MOST_PEOPLE = 50_000
LONGEST_NAME = 120
NAMES = ("name", "full name", "first name", "forename", "given name", "last name", "surname", "family name")
_BRACKETS = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>$")
_NOTHING = "{} holds no address: write one person a line, like ana@example.org, Ana Smith."


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody on the list: an address in small letters, and a name where there is one."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The people of a list, each once, and what could not be used or stood twice."""

    people: tuple[Invited, ...]
    problems: tuple[Problem, ...]


def read_list(data: bytes, name: str) -> Listed:
    """A list's people. The cell with an @ is the address; a first row without one is headings.

    Raises Refused where it is no table, is too large or holds no address at all.
    """
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES >> 20} MB, which no list of people is.")
    kind = no_table(data)
    if kind:
        raise Refused(f"{name} is {kind}: save the list as .xlsx or CSV.")
    try:
        records = xlsx_records(name, data)[0] if is_workbook(data) else csv_records(name, data).records
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    return _listed(name, [[text_of(cell).strip() for cell in row] for row in records])


def _listed(name: str, rows: Sequence[Sequence[str]]) -> Listed:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if not any("@" in cell for _, row in filled for cell in row):
        raise Refused(_NOTHING.format(name))
    headed = not any("@" in cell for cell in filled[0][1])
    names = _name_columns(filled[0][1]) if headed else None
    people: dict[str, Invited] = {}
    problems = []
    for number, row in filled[headed:]:
        found = _person(row, names)
        fault = _fault(found, row, people)
        if fault:
            problems.append(Problem(name, fault, (number,)))
        else:
            people[found.address] = found
    if len(people) > MOST_PEOPLE:
        raise Refused(f"{name} has {len(people):,} people; {MOST_PEOPLE:,} is the most. Bring it in parts.")
    return Listed(tuple(people.values()), tuple(problems))


def _name_columns(headings: Sequence[str]) -> tuple[int, ...]:
    return tuple(at for at, heading in enumerate(headings) if heading.casefold() in NAMES)


def _person(row: Sequence[str], names: Sequence[int] | None) -> Invited:
    address = next((cell for cell in row if "@" in cell), "")
    others = [row[at] for at in names if at < len(row)] if names is not None else _beside(row, address)
    written = _BRACKETS.match(address)
    if written:
        address, others = written["address"], others or [written["name"]]
    name = " ".join(" ".join(others).replace('"', "").split())
    return Invited(address.strip().removeprefix("mailto:").lower(), name[:LONGEST_NAME])


def _beside(row: Sequence[str], address: str) -> list[str]:
    """Without headings the name is what stands first beside the address."""
    return [cell for cell in row if cell and cell != address][:1]


def _fault(found: Invited, row: Sequence[str], people: dict[str, Invited]) -> str:
    if not found.address:
        return "there is no address in this row; nobody was added."
    try:
        validate_email(found.address)
    except ValidationError:
        return f"{quoted(found.address[:80])} is not an address mail can go to; nobody was added."
    if len(found.address) > 254 or sum("@" in cell for cell in row) > 1:
        return "there is more than one address in this row; write one person a line."
    return f"{found.address} stands in an earlier row; added once." if found.address in people else ""


def texts(found: Sequence[Problem]) -> Iterator[str]:
    """Each problem with its row, in words."""
    for problem in found:
        yield f"Row {problem.rows[0]}: {problem.message}"
