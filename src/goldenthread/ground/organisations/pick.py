"""From a file of the register to the cells we keep: our columns, of our own authority's rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.ground.csv_upload import Line, Sheet, open_sheet
from goldenthread.ground.organisations.columns import NEEDED, ONE_OF, REGISTER
from goldenthread.ground.refused import Refused

MOST_BYTES = 120_000_000
MOST_ROWS = 10_000
LA_CODE = re.compile(r"\d{3}")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Picked:
    """What is kept of a file. Each of ``cells`` has its ``row``; a column the file lacks is not in it."""

    name: str
    authorities: tuple[str, ...]
    elsewhere: int
    cells: tuple[Cells, ...]


def pick(file: BinaryIO, name: str, authorities: tuple[str, ...] = ()) -> Picked:
    """Our columns of the rows of ``authorities`` (their three-digit codes; none: the only one in the file).

    Raises Refused for a file that is not the register's, that has one URN twice, or none of ours.
    """
    sheet = open_sheet(file, name, most=MOST_BYTES)
    columns = _columns(sheet)
    found: list[Cells] = []
    others: Counter[str] = Counter()
    for line in sheet.lines:
        authority = line.text(REGISTER["la"])
        if authorities and authority not in authorities:
            others[authority] += 1
        else:
            found.append(_cells(line, columns))
            _check_size(found, name, authorities)
    ours = authorities or _only_one(found, name)
    _check_found(found, others, name, ours)
    _check_urns(found, name)
    return Picked(name, ours, others.total(), tuple(found))


def authority_codes(text: str) -> tuple[str, ...]:
    """The codes typed into a field: "301" or "301, 302". Raises Refused where one is no such code."""
    codes = tuple(dict.fromkeys(re.split(r"[\s,;]+", text.strip()))) if text.strip() else ()
    for code in codes:
        if not LA_CODE.fullmatch(code):
            told = f"Local authority: {quoted(code)} is not a code of three digits, such as 301."
            raise Refused(told, field="authorities")
    return codes


def _columns(sheet: Sheet) -> dict[str, str]:
    columns = {ours: theirs for ours, theirs in REGISTER.items() if theirs in sheet.headings}
    lacking = [REGISTER[each] for each in NEEDED if each not in columns]
    lacking += [REGISTER[pair[1]] for pair in ONE_OF if not columns.keys() & set(pair)]
    if lacking:
        raise Refused(
            f"{sheet.name} has no column {listed(map(quoted, lacking))}, "
            "so it is not a file from Get Information about Schools."
        )
    return columns


def _cells(line: Line, columns: dict[str, str]) -> Cells:
    return {"row": str(line.number)} | {ours: line.text(theirs) for ours, theirs in columns.items()}


def _check_size(found: list[Cells], name: str, authorities: tuple[str, ...]) -> None:
    if len(found) <= MOST_ROWS:
        return
    remedy = "" if authorities else " Say which local authority is yours."
    raise Refused(f"{name} has more than {MOST_ROWS:,} schools.{remedy}")


def _only_one(found: list[Cells], name: str) -> tuple[str, ...]:
    codes = {cells["la"] for cells in found}
    if len(codes) > 1:
        raise Refused(f"{name} has schools of {len(codes)} local authorities; say which is yours.")
    return tuple(codes)


def _check_found(found: list[Cells], others: Counter[str], name: str, ours: tuple[str, ...]) -> None:
    if found:
        return
    if not others:
        raise Refused(f"{name} has headings and no rows.")
    codes = listed(sorted(others)[:5]) + (" and others" if len(others) > 5 else "")
    raise Refused(f"{name} has no school of local authority {listed(ours, 'or')}; it has those of {codes}.")


def _check_urns(found: list[Cells], name: str) -> None:
    seen: dict[str, str] = {}
    for cells in found:
        urn, row = cells["urn"], cells["row"]
        if urn and urn in seen:
            raise Refused(f"{name}, rows {seen[urn]} and {row}: both have URN {urn}. Nothing was read.")
        seen[urn] = row
