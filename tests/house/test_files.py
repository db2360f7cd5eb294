"""Nothing in the product speaks of the machine it was written on, and every file keeps to its size."""

import ast
import re
import statistics
from pathlib import Path

MACHINE = re.compile(rb"(?<![\w.])/(?:work|tmp|home|root|Users)/[\w.-]")
LONGEST_FILE, MEDIAN_FUNCTION, MOST_FUNCTIONS = 500, 9, 25


def sources(root: Path) -> list[Path]:
    return sorted((root / "src").rglob("*.py"))


def lengths(path: Path) -> list[tuple[int, str]]:
    """Lines of each function, its docstring apart: words that explain are not what makes code long."""
    return [
        (_lines(node), f"{path.name}:{node.lineno} {node.name}")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return total - ((first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0)


def test_no_file_names_a_place_on_a_machine(root: Path, tracked: tuple[Path, ...]) -> None:
    own = Path(__file__)
    found = [path for path in tracked if path != own and MACHINE.search(path.read_bytes())]
    assert [str(path.relative_to(root)) for path in found] == []


def test_no_source_file_is_too_long(root: Path) -> None:
    counted = {path: len(path.read_text().splitlines()) for path in sources(root)}
    assert {str(p.relative_to(root)): n for p, n in counted.items() if n >= LONGEST_FILE} == {}


def test_functions_are_short(root: Path) -> None:
    found = sorted((each for path in sources(root) for each in lengths(path)), reverse=True)
    counted = [length for length, _ in found]
    longer = [f"{length} lines: {name}" for length, name in found if length >= MOST_FUNCTIONS]
    assert statistics.median(counted) <= MEDIAN_FUNCTION
    assert len(longer) <= len(found) / 10, "\n".join(longer)
