"""Column headings for stacked tables, said once in the style sheet instead of in every cell.

On a narrow screen a table stacks, and each cell must carry its column's name. Most tables of a
report share their columns, so a rule for each set of columns is far smaller than a label per cell.
"""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.analysis.report.model import Column, Report, Table

Columns = tuple[Column, ...]

STACKS = {"few": "27rem", "stack": "46rem", "many": "62rem"}
"""The width of its sheet under which a table stacks, by how many columns it has. On paper none but the
narrowest stacks: there they set smaller."""


def stack_kind(columns: Columns) -> str:
    """Which of ``STACKS`` a table follows."""
    count = len(columns)
    return "few" if count <= 6 else "stack" if count <= 9 else "many"


def stack_rules(sheet: str) -> str:
    """``sheet``, which stacks one kind of table, written for each kind."""
    kinds = ((kind, sheet.replace("--stack", f"--{kind}").replace("38rem", w)) for kind, w in STACKS.items())
    return "\n".join(rules if kind == "few" else f"@media screen {{{rules}}}" for kind, rules in kinds)


def label_classes(report: Report) -> Mapping[Columns, str]:
    """A class for each distinct set of columns."""
    found = dict.fromkeys(block.columns for block in report.blocks if isinstance(block, Table))
    return {columns: f"k{n}" for n, columns in enumerate(found)}


def label_rules(classes: Mapping[Columns, str]) -> str:
    """Style rules that name each cell's column where tables stack."""
    rules = [
        f".{name} td:nth-child({n}){{--label:{css_string(column.label)}}}"
        for columns, name in classes.items()
        for n, column in enumerate(columns[1:], 2)
    ]
    return "\n".join(rules)


def css_string(text: str) -> str:
    """``text`` as a CSS string; everything but plain letters, figures and spaces is escaped."""
    plain = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(plain)}"'
