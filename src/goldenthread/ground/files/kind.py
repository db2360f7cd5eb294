"""What a file is, by what it holds; its name is only a name."""

from __future__ import annotations

from pathlib import Path

LOOKED_AT = 1 << 16
_MARKS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-office"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKED = (
    (b"xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
)
_TEXT = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".json": "application/json"}
UNKNOWN = "application/octet-stream"


def media_type(path: Path, name: str) -> str:
    """The media type of the bytes at ``path``; a text's kind is taken from ``name``."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(max(0, path.stat().st_size - LOOKED_AT))
        tail = file.read(LOOKED_AT)
    if head.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _PACKED if part in tail), "application/zip")
    marked = next((kind for mark, kind in _MARKS if head.startswith(mark)), None)
    return marked or (_TEXT.get(Path(name).suffix.lower(), "text/plain") if _is_text(head) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    return not any(sign < 9 or 13 < sign < 32 for sign in head)
