"""A command brings in what it needs and no more: to start is most of what a short one takes."""

from __future__ import annotations

from pathlib import Path

from tests.served.installation import nothing_yet

DRAWS = ("docx", "duckdb", "goldenthread.analysis.run", "numpy", "vl_convert", "xlsxwriter")
"""What reads answers and draws reports, and takes most of a second to bring in."""


def test_what_draws_no_report_does_not_wait_for_what_does(tmp_path: Path) -> None:
    modules = [f"goldenthread.site.{name}" for name in ("cli", "tick", "backup.take", "backup.restore")]
    with nothing_yet(tmp_path / "home", server="") as here:
        brought_in = here.python(f"import {', '.join(modules)}\nprint(json.dumps([*sys.modules]))")
    assert set(modules) <= set(brought_in)
    assert set(DRAWS) & set(brought_in) == set()
