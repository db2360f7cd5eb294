"""Every requirement we say is met names a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "requirements.md"
ROW = re.compile(r"^\| (?P<number>(?:SW|PF|YS|CPD|LN)-\d\d) \|.*\| `(?P<test>[^`]+)` \|$", re.MULTILINE)


def test_every_requirement_listed_names_a_test_that_is_there() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) >= 13
    assert [(number, test) for number, test in rows if not is_there(test)] == []


def test_no_row_of_the_page_is_without_a_test() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^\| (?:SW|PF|YS|CPD|LN)-", text, re.MULTILINE)) == len(ROW.findall(text))


def is_there(test: str) -> bool:
    """Whether a test, as ``path::name``, is in its file."""
    path, _, name = test.partition("::")
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.parse("")
    return name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
