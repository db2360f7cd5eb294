"""The register's own layout, from a file laid out by hand; every school in it is invented."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

FILE = Path(__file__).with_name("register.csv")
HERE, NEXT_DOOR = "998", "997"

Row = dict[str, str]


def rows() -> list[Row]:
    """Every row of the file by the register's headings."""
    return list(csv.DictReader(StringIO(FILE.read_bytes().decode("cp1252"), newline="")))


def written(some: list[Row], *, encoding: str = "cp1252", without: tuple[str, ...] = ()) -> BytesIO:
    """``some`` rows as the register writes them, ``without`` some columns."""
    out = StringIO(newline="")
    sheet = csv.DictWriter(out, [each for each in some[0] if each not in without], extrasaction="ignore")
    sheet.writeheader()
    sheet.writerows(some)
    return BytesIO(out.getvalue().encode(encoding))


def whole() -> BytesIO:
    """The file as it is."""
    return BytesIO(FILE.read_bytes())


def changed(urn: str, /, **cells: str) -> BytesIO:
    """The file with some cells of one school changed; a heading's spaces and brackets may be left out."""
    found = rows()
    row = next(each for each in found if each["URN"] == urn)
    for heading, value in cells.items():
        row[_heading(row, heading)] = value
    return written(found)


def _heading(row: Row, short: str) -> str:
    return next(each for each in row if "".join(filter(str.isalnum, each)).lower() == short.lower())
