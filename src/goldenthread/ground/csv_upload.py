"""A CSV file somebody chose on a page: its headings and rows, or one clear sentence."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from goldenthread.analysis.definition.words import quoted, repeated
from goldenthread.ground.refused import Refused

ENCODINGS = ("utf-8-sig", "cp1252")
NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or a zip file: save it as CSV, or choose the CSV inside the zip",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save the sheet as CSV",
    b"%PDF": "a PDF: choose the CSV it was made from",
}
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``number`` counts rows from 1 as a spreadsheet does; the headings are row 1."""

    number: int
    cells: Mapping[str, str]

    def text(self, heading: str) -> str:
        """The cell, stripped; empty where there is none."""
        return self.cells.get(heading, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a file and its rows, read as they are asked for. Reading them may raise Refused."""

    name: str
    headings: tuple[str, ...]
    lines: Iterator[Line]


def open_sheet(file: BinaryIO, name: str, *, most: int) -> Sheet:
    """The file as a sheet; blank rows are skipped. Raises Refused: no CSV, or over ``most`` bytes."""
    _check_size(file, name, most)
    text = io.TextIOWrapper(file, encoding=_encoding(file, name), newline="")
    first = text.readline()
    text.seek(0)
    rows = _rows(_records(text, max(",;\t", key=first.count)), name)
    headings = next(rows, (0, []))[1]
    if not headings:
        raise Refused(f"{name} is empty.")
    for twice in repeated([heading for heading in headings if heading]):
        raise Refused(f"{name}, row 1: two columns are called {quoted(twice)}.")
    return Sheet(name, tuple(headings), _lines(rows, headings, name))


def read_text(file: BinaryIO, name: str, *, most: int) -> str:
    """The whole of a small file as text, to be sent along with a form. Raises Refused as ``open_sheet``."""
    _check_size(file, name, most)
    encoding = _encoding(file, name)
    file.seek(0)
    return file.read().decode(encoding)


def _check_size(file: BinaryIO, name: str, most: int) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise Refused(f"{name} is empty.")
    if size > most:
        raise Refused(f"{name} is too large: {_megabytes(size)} MB, and {_megabytes(most)} MB is the most.")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")


def _encoding(file: BinaryIO, name: str) -> str:
    """How the file is written: UTF-8 if all of it can be, else Windows's way, which ISO 8859-1 is part of."""
    start = file.read(4)
    for mark, words in NOT_TEXT.items():
        if start.startswith(mark):
            raise Refused(f"{name} is {words}.")
    wide = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if wide else ENCODINGS:
        if _reads(file, encoding):
            file.seek(0)
            return encoding
    raise Refused(f"{name} is not text in a form we know; save it as CSV in UTF-8.")


def _reads(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[list[str]]:
    """Every record. The file stays open to whoever opened it."""
    try:
        yield from csv.reader(text, delimiter=delimiter, strict=True)
    finally:
        if not text.closed:
            text.detach()


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with its number, stripped."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            raise Refused(f"{name}, row {number}: cannot be read as CSV ({error}).") from None
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield number, stripped


def _lines(rows: Iterator[tuple[int, list[str]]], headings: list[str], name: str) -> Iterator[Line]:
    for number, cells in rows:
        if any(cells[len(headings) :]):
            raise Refused(f"{name}, row {number}: has more cells than there are columns.")
        yield Line(number, dict(zip(headings, cells, strict=False)))
