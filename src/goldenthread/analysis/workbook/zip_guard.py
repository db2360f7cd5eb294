"""Unpacking a spreadsheet ourselves, so that nothing reads one that could fill the memory.

The file's own directory says how large each part unpacks to. Those sizes are checked first, then
each part is inflated with its declared size as a limit: a part that goes on past it lied. What
passes is packed again without compression, so the spreadsheet reader sees only what was checked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.analysis.problem import Refusal

MOST_PARTS = 2_000
MOST_RATIO = 200
RATIO_FROM = 32 << 20


@dataclass(frozen=True, slots=True)
class Most:
    """How much a workbook may unpack to: bytes, cells of a sheet's rectangle, and bytes of text in them.

    ``what`` is what it should hold, and ``remedy`` what to do where it is no workbook.
    """

    what: str
    remedy: str
    unpacked: int = 1 << 30
    cells: int = 50_000_000
    text: int = 4 << 30


ANSWERS = Most("table of answers", "save the answers as .xlsx or CSV")

_ENCRYPTED = 0x1
_WORKBOOK = "xl/workbook.xml"
_OTHERS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file (.ods)",
    "word/document.xml": "a Word document",
}
_COLUMN = re.compile(rb"""r=["']([A-Za-z]{1,9})[0-9]""")
_ROW = re.compile(rb"""r=["'][A-Za-z]{1,9}([0-9]{1,9})""")
_PIECE, _OVERLAP = 4 << 20, 64
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_STRING = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)


def unpacked(file: str, data: bytes, most: Most = ANSWERS) -> bytes:
    """The workbook's XML parts in an uncompressed zip, each inflated and checked here.

    Raises Refusal for what is no zip or no .xlsx workbook, for one that is encrypted, damaged or
    would unpack to far more than ``most``, and for XML that declares entities.
    """
    entries = _entries(file, data)
    _check_sizes(file, entries, len(data), most)
    _check_workbook(file, {entry.filename for entry in entries}, most)
    wanted = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    parts = {entry.filename: _inflate(file, data, entry) for entry in wanted}
    for name, content in parts.items():
        _check_xml(file, name, content)
    _check_area(file, parts, most)
    return _packed(parts)


def _entries(file: str, data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as fault:
        raise Refusal(
            f"{file} is damaged: it starts like an .xlsx workbook but cannot be unpacked."
        ) from fault


def _check_sizes(file: str, entries: list[zipfile.ZipInfo], packed: int, most: Most) -> None:
    total = sum(entry.file_size for entry in entries)
    bomb = total > most.unpacked or (total > RATIO_FROM and total > MOST_RATIO * packed)
    if bomb or len(entries) > MOST_PARTS:
        raise Refusal(
            f"{file} was not opened: it would unpack from {_megabytes(packed)} to {_megabytes(total)} "
            f"in {len(entries):,} parts, which no {most.what} does."
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refusal(f"{file} is protected by a password: save it again without one.")


def _megabytes(size: int) -> str:
    return f"{max(size / 1e6, 0.1):,.1f} MB"


def _check_workbook(file: str, names: set[str], most: Most) -> None:
    if _WORKBOOK in names:
        return
    kind = next((kind for name, kind in _OTHERS.items() if name in names), "a zip file of something else")
    raise Refusal(f"{file} is not an .xlsx workbook but {kind}: {most.remedy}.")


def _inflate(file: str, data: bytes, entry: zipfile.ZipInfo) -> bytes:
    raw = _raw(file, data, entry)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, entry.file_size + 1)
        except zlib.error as fault:
            raise _damaged(file, entry) from fault
    elif entry.compress_type == zipfile.ZIP_STORED:
        content = raw
    else:
        raise Refusal(
            f"{file} is packed in a way spreadsheets are not (part {entry.filename}): save it again."
        )
    if len(content) > entry.file_size:
        raise Refusal(f"{file} was not opened: part {entry.filename} is larger than the file says it is.")
    if len(content) < entry.file_size or zlib.crc32(content) != entry.CRC:
        raise _damaged(file, entry)
    return content


def _raw(file: str, data: bytes, entry: zipfile.ZipInfo) -> bytes:
    head = data[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
        raise _damaged(file, entry)
    name, extra = struct.unpack("<HH", head[26:30])
    start = entry.header_offset + 30 + name + extra
    return data[start : start + entry.compress_size]


def _damaged(file: str, entry: zipfile.ZipInfo) -> Refusal:
    return Refusal(f"{file} is damaged: its part {entry.filename} cannot be unpacked.")


def _check_xml(file: str, name: str, content: bytes) -> None:
    if b"\x00" in content[:200]:
        raise Refusal(f"{file} was not opened: its part {name} is not UTF-8 text.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refusal(
            f"{file} was not opened: its part {name} declares entities, which no spreadsheet needs."
        )


def _check_area(file: str, parts: Mapping[str, bytes], most: Most) -> None:
    """The reader lays a sheet out as a full rectangle and copies shared texts into every cell."""
    strings = parts.get("xl/sharedStrings.xml", b"")
    longest = max((len(found.group()) for found in _STRING.finditer(strings)), default=0)
    for name, content in parts.items():
        if not name.startswith("xl/worksheets/"):
            continue
        if _area(content) > most.cells or _copied(content, strings, longest, most.text) > most.text:
            raise Refusal(f"{file} was not opened: its sheet {name} is far larger than a {most.what}.")


def _area(content: bytes) -> int:
    """Cells of the rectangle the sheet's references span, read a piece at a time to save memory."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE + _OVERLAP]
        columns.update(_COLUMN.findall(piece))
        rows.update(_ROW.findall(piece))
    return max(map(column_number, columns), default=0) * max(map(int, rows), default=0)


def column_number(letters: bytes) -> int:
    """A spreadsheet's name of a column as a number: A is 1, AA is 27."""
    number = 0
    for each in letters.upper():
        number = number * 26 + each - 64
    return number


def _copied(content: bytes, strings: bytes, longest: int, most: int) -> int:
    """Bytes of shared text laid into this sheet's cells; 0 where there can be no harm in them."""
    cells = content.count(b'"s"') + content.count(b"'s'")
    if longest * cells <= most:
        return 0
    lengths = [len(found.group()) for found in _STRING.finditer(strings)]
    used = (int(found.group(1)) for found in _SHARED.finditer(content))
    return sum(lengths[index] for index in used if index < len(lengths))


def _packed(parts: Mapping[str, bytes]) -> bytes:
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return store.getvalue()
