"""What a file is, is read from its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from goldenthread.ground.files.kind import media_type

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "staff.csv", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "x", "image/png"),
        (b"name,role\n", "staff.csv", "text/csv"),
        (b"<html><script>alert(1)</script>", "staff.html", "text/plain"),
        (b"MZ\x90\x00\x03", "staff.csv", "application/octet-stream"),
        (b"PK\x03\x04 something", "staff.xlsx", "application/zip"),
    ],
)
def test_bytes_say_what_a_file_is(tmp_path: Path, head: bytes, name: str, kind: str) -> None:
    path = tmp_path / "kept"
    path.write_bytes(head)
    assert media_type(path, name) == kind


def test_a_workbook_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    Workbook().save(path)
    assert media_type(path, "staff.csv") == SHEET
