"""A staff register's bytes as a table of cells, CSV or .xlsx, told apart by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from goldenthread.analysis.definition.text_table import csv_records, is_workbook, no_table
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.cells import Cell, all_blank
from goldenthread.analysis.responses.grid import Grid, build_grid
from goldenthread.analysis.responses.xlsx_file import xlsx_records
from goldenthread.ground.refused import Refused

MOST_BYTES = 20 << 20
MOST_ROWS = 50_000


def read_sheet(stream: IO[bytes], name: str) -> Grid:
    """The first sheet of a register. Raises Refused, naming the file, where there is no such table."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES >> 20} MB, which no staff register is.")
    kind = no_table(data)
    if kind:
        raise Refused(f"{name} is {kind}: save the register as .xlsx or CSV.")
    try:
        grid = _grid(name, data)
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    if len(grid.rows) > MOST_ROWS:
        raise Refused(f"{name} has {len(grid.rows):,} rows; {MOST_ROWS:,} is the most. Bring it in parts.")
    return grid


def _grid(name: str, data: bytes) -> Grid:
    records: Sequence[Sequence[Cell]]
    if is_workbook(data):
        records, problems = xlsx_records(name, data)
    else:
        table = csv_records(name, data)
        records, problems = table.records, table.problems
    filled = sum(not all_blank(cells) for cells in records)
    if filled < 2:
        raise Refused(f"{name} has headings but nobody under them." if filled else f"{name} is empty.")
    return build_grid(name, records, problems)
