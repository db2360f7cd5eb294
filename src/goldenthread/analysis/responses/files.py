"""Any file of answers as a grid: told apart by what it holds, not by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.csv_file import csv_records
from goldenthread.analysis.responses.grid import Grid, build_grid
from goldenthread.analysis.responses.xlsx_file import xlsx_records

MOST_BYTES = 1 << 30

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


def read_grid(path: Path) -> Grid:
    """The table in ``path``. Raises Refusal, naming the file, where there is none."""
    data = _bytes(path)
    _check_kind(path.name, data)
    if data.startswith(_ZIP):
        records, problems = xlsx_records(path.name, data)
        return build_grid(path.name, records, problems)
    if path.suffix.lower() in (".xlsx", ".xlsm") and data.strip():
        raise Refusal(f"{path.name} is named as an .xlsx workbook but is not one.")
    table = csv_records(path.name, data)
    grid = build_grid(path.name, table.records, table.problems)
    return replace(grid, decimal_commas=table.delimiter == ";")


def _bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise Refusal(f"{path} does not exist.")
        if not path.is_file():
            raise Refusal(f"{path} is not a file; name the file of answers itself.")
        if path.stat().st_size > MOST_BYTES:
            raise Refusal(f"{path.name} is larger than 1 GB, too large for a table of answers.")
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        raise Refusal(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}.") from fault


def no_table(data: bytes) -> str | None:
    """What a file that holds neither text nor an .xlsx workbook is, in words; None for all others."""
    kind = next((kind for mark, kind in _OTHERS if data.startswith(mark)), None)
    if kind is None and data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        return "a web page or XML"
    return kind


def is_workbook(data: bytes) -> bool:
    """Whether a file is packed as .xlsx workbooks are."""
    return data.startswith(_ZIP)


def _check_kind(file: str, data: bytes) -> None:
    kind = no_table(data)
    if kind:
        raise Refusal(f"{file} is {kind}: save the answers as .xlsx or CSV.")
