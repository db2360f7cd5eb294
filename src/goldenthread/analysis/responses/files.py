"""Any file of answers as a grid: told apart by what it holds, not by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from goldenthread.analysis.definition.text_table import (
    Share,
    csv_records,
    is_workbook,
    no_table,
    table_bytes,
    unheard,
)
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.grid import Grid, build_grid
from goldenthread.analysis.responses.xlsx_file import xlsx_records

MOST_MEGABYTES = 1_000


def read_grid(path: Path, tell: Share = unheard) -> Grid:
    """The table in ``path``. Raises Refusal, naming the file, where there is none.

    ``tell`` hears how much of a text table has been read; a workbook is read in one go.
    """
    data = table_bytes(path, "answers", MOST_MEGABYTES)
    kind = no_table(data)
    if kind:
        raise Refusal(f"{path.name} is {kind}: save the answers as .xlsx or CSV.")
    if is_workbook(data):
        records, problems = xlsx_records(path.name, data)
        return build_grid(path.name, records, problems)
    if path.suffix.lower() in (".xlsx", ".xlsm") and data.strip():
        raise Refusal(f"{path.name} is named as an .xlsx workbook but is not one.")
    table = csv_records(path.name, data, tell)
    grid = build_grid(path.name, table.records, table.problems)
    return replace(grid, decimal_commas=table.delimiter == ";")
