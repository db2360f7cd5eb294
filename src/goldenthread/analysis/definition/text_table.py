"""Files that hold tables: their bytes, what they are, and a text table cut into cells."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.problem import Problem, Refusal

DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP = b"PK\x03\x04"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls workbook, or one protected by a password"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_LOOKED_AT = 200_000
TOLD_EVERY = 5_000
Share = Callable[[float], None]
"""Hears how much of a piece of work is done, 0 to 1."""

_DECLARED = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)


def unheard(share: float) -> None:
    """Nobody waits to hear how far it is."""
    del share


@dataclass(frozen=True, slots=True)
class Delimited:
    """The records of a text table, what stood between their cells, and what had to be guessed."""

    records: list[list[str]]
    delimiter: str
    problems: tuple[Problem, ...] = ()


def table_bytes(path: Path, holds: str, most: int) -> bytes:
    """All of the file at ``path``. Raises Refusal where there is none, or it is larger than ``most`` MB.

    ``holds`` says what is expected in it: "answers", "figures".
    """
    try:
        if not path.exists():
            raise Refusal(f"{path} does not exist.")
        if not path.is_file():
            raise Refusal(f"{path} is not a file; name the file of {holds} itself.")
        if path.stat().st_size > most * 1_000_000:
            raise Refusal(f"{path.name} is larger than {most:,} MB, too large for a table of {holds}.")
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        raise Refusal(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}.") from fault


def is_workbook(data: bytes) -> bool:
    """Whether a file is packed as .xlsx workbooks are."""
    return data.startswith(_ZIP)


def no_table(data: bytes) -> str | None:
    """What a file that holds neither text nor an .xlsx workbook is, in words; None for all others."""
    kind = next((kind for mark, kind in _OTHERS if data.startswith(mark)), None)
    if kind is None and data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        return "a web page or XML"
    return kind


def csv_records(file: str, data: bytes, tell: Share = unheard) -> Delimited:
    """The records of a delimited text, and a note where its encoding had to be guessed.

    ``tell`` hears how much of it has been read, 0 to 1. Cells that say the same are one object: a file
    of answers says few things very often.

    RFC 4180 with any of comma, semicolon, tab or pipe between cells and any line ending; breaks
    inside a quoted cell become line feeds. Raises Refusal where the bytes are no text or a
    quotation mark is left open.
    """
    text, problems = decode(file, data)
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    with _cells_as_long_as(body):
        delimiter = declared.group(1) if declared else find_delimiter(body)
        records = _parse(file, body, delimiter, tell)
    return Delimited([[], *records] if declared else records, delimiter, problems)


@contextmanager
def _cells_as_long_as(text: str) -> Iterator[None]:
    """Let a cell hold the whole text; else the csv module stops at 131,072 characters of one."""
    usual = csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def decode(file: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file by its byte order mark, else UTF-8, else Windows-1252 with a note."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    problems: tuple[Problem, ...] = ()
    if encoding is None and b"\x00" in data:
        raise Refusal(
            f"{file} is not a text table: it holds NUL bytes. Save it again as CSV, encoded as UTF-8."
        )
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as fault:
        text = _windows(file, data, encoding or "", fault)
        problems = (
            Problem(
                file,
                "the file is not UTF-8 and was read as Windows-1252; check accented letters.",
                lost=False,
            ),
        )
    _check_text(file, text)
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _windows(file: str, data: bytes, encoding: str, fault: UnicodeDecodeError) -> str:
    if encoding:
        name = encoding.removesuffix("-sig").upper()
        raise Refusal(
            f"{file} says it is {name} but byte {fault.start + 1:,} is not: it may be damaged."
        ) from fault
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as second:
        raise Refusal(
            f"{file} is not a text table that can be read: save it again as CSV, UTF-8."
        ) from second


def _check_text(file: str, text: str) -> None:
    odd = _NOT_TEXT.search(text.rstrip("\x1a"))
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise Refusal(f"{file} is not a text table: line {line:,} holds control characters.")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into as many cells as the headings, most evenly."""
    return max(DELIMITERS, key=lambda each: _evenness(text, each))


def _evenness(text: str, delimiter: str) -> float:
    """Cells in the heading x share of the first rows as wide as it; 0 where it does not cut.

    A small part is counted for the heading alone, which decides where every row is ragged.
    """
    widths = list(_widths(text[:_LOOKED_AT], delimiter))
    if not widths or widths[0] == 1:
        return 0.0
    even = sum(width == widths[0] for width in widths[1:]) / max(1, len(widths) - 1)
    return widths[0] * (even + 0.01)


def _widths(text: str, delimiter: str) -> Iterator[int]:
    """Cells in each record, as far as the text can be cut by ``delimiter``."""
    reader = csv.reader(_lines(text, unheard), delimiter=delimiter, strict=True)
    with suppress(csv.Error):
        yield from (len(record) for record in reader if any(record))


def _lines(text: str, tell: Share) -> Iterator[str]:
    """The text line by line, without a copy of the whole, telling now and then how far it is."""
    start = number = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start, number = end, number + 1
        if number % TOLD_EVERY == 0:
            tell(start / len(text))


def _parse(file: str, text: str, delimiter: str, tell: Share) -> list[list[str]]:
    """The records. Equal cells are one and the same text: answers repeat, and a large file holds millions."""
    records: list[list[str]] = []
    known: dict[str, str] = {}
    try:
        read = csv.reader(_lines(text, tell), delimiter=delimiter, strict=True)
        records.extend(list(map(known.setdefault, cells, cells)) for cells in read)
    except csv.Error as fault:
        raise Refusal(
            f"{file}, row {len(records) + 1:,}: a quotation mark is not closed or not doubled, "
            "so the cells cannot be told apart."
        ) from fault
    return records
