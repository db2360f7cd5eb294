"""A file that is not a whole backup, as it was written by us, is refused before anything is done with it."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from goldenthread.analysis.problem import Refusal
from goldenthread.site.backup.archive import ENDING, HEX, MANIFEST, PIECE, Writing, opened
from goldenthread.site.backup.manifest import Manifest, written

NOW = datetime(2026, 10, 13, 9, tzinfo=UTC)
NAME = "files/1/ab/" + "ab" * 16
BODY = b"Nursery,Agree\n" * 9


def extracted(path: Path, to: Path) -> list[bytes]:
    """Every part's bytes, as a restore reads them."""
    to.mkdir(exist_ok=True)
    with opened(path) as archive:
        return [
            archive.extract(part, to / str(number)).read_bytes()
            for number, part in enumerate(archive.manifest.parts)
        ]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    (tmp_path / "body").write_bytes(BODY)
    with Writing(tmp_path / "a.backup", NOW) as writing:
        part = writing.add(NAME, tmp_path / "body")
        writing.end(Manifest("0.1.0", "sqlite", NOW, ("people.0001_initial",), (part,)))
    return tmp_path / "a.backup"


def test_what_was_written_is_read_and_any_zip_tool_opens_it(whole: Path, tmp_path: Path) -> None:
    assert extracted(whole, tmp_path / "to") == [BODY]
    with zipfile.ZipFile(whole) as found:
        assert found.testzip() is None
        assert found.read(NAME) == BODY
        digest = found.comment.removeprefix(ENDING).decode()
    assert digest == hashlib.sha256(whole.read_bytes()[:-HEX]).hexdigest()
    assert stat.S_IMODE(whole.stat().st_mode) == 0o600


def test_one_byte_changed_anywhere_is_damage(whole: Path, tmp_path: Path) -> None:
    good = whole.read_bytes()
    changed = tmp_path / "changed"
    for at in range(len(good)):
        changed.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(Refusal, match=r"cannot be restored: it is (damaged|not a Golden Thread backup)"):
            extracted(changed, tmp_path / "to")


def test_a_file_cut_off_anywhere_is_refused(whole: Path, tmp_path: Path) -> None:
    good = whole.read_bytes()
    cut = tmp_path / "cut"
    for length in range(len(good)):
        cut.write_bytes(good[:length])
        with pytest.raises(Refusal, match="its end is missing"):
            extracted(cut, tmp_path / "to")


def forged(path: Path, manifest: bytes, entries: Mapping[str | zipfile.ZipInfo, bytes]) -> Path:
    """A file that ends as ours do, whatever is in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in [(MANIFEST, manifest), *entries.items()]:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.external_attr = info.external_attr or (stat.S_IFREG | 0o600) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, body)
        file.comment = ENDING + b"0" * HEX
    told = path.read_bytes()[:-HEX]
    path.write_bytes(told + hashlib.sha256(told).hexdigest().encode())
    return path


def telling(**changes: Any) -> bytes:  # noqa: ANN401 - anything can be forged
    """A manifest of one part, with some of it changed."""
    part = {"path": NAME, "size": len(BODY), "sha256": hashlib.sha256(BODY).hexdigest()}
    part |= {key: changes.pop(key) for key in ("path", "size", "sha256") if key in changes}
    plain = json.loads(written(Manifest("0.1.0", "sqlite", NOW, (), ())))
    return json.dumps({**plain, "parts": [part], **changes}).encode()


def link(to: str) -> Mapping[str | zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(NAME)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return {info: to.encode()}


def test_a_forged_file_that_is_in_order_is_read(tmp_path: Path) -> None:
    """So that the refusals below are for what they name, and not for how the files are made."""
    assert extracted(forged(tmp_path / "x", telling(), {NAME: BODY}), tmp_path / "to") == [BODY]


@pytest.mark.parametrize(
    "name",
    [
        "../files/1/ab/" + "ab" * 16,
        "files/../../secret",
        "files/1/ab/../../../secret",
        "builds/1-1/../../secret",
        "builds/1-1/..",
        "builds/1-1/./x",
        "builds/1-1//x",
        "builds/1-1/a\\..\\x",
        "builds/1-1/\n",
        "builds/../x/y",
        "database/../secret",
        "secret",
        "static/x.js",
        "C:/x",
        "/" + NAME,
    ],
)
def test_a_part_that_belongs_nowhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="where none of ours belongs"):
        extracted(forged(tmp_path / "x", telling(path=name), {name: BODY}), tmp_path / "to")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: (telling(), link("/etc/hostname")), "something that no backup of ours holds"),
        (lambda: (telling(), {}), "does not hold the files its manifest names"),
        (lambda: (telling(), {NAME: BODY, "more": b""}), "does not hold the files its manifest names"),
        (lambda: (telling(), {NAME: b"other"}), "is not what its manifest says"),
        (lambda: (telling(sha256="0" * 64), {NAME: BODY}), "is not what its manifest says"),
        (lambda: (telling(size=len(BODY) - 1), {NAME: BODY}), "is not what its manifest says"),
        (lambda: (telling(size=-1), {NAME: BODY}), "cannot be read"),
        (lambda: (telling(size=True), {NAME: BODY}), "cannot be read"),
        (lambda: (telling(golden_thread_backup=2), {NAME: BODY}), "format 2, of a newer version"),
        (lambda: (telling(kind="oracle"), {NAME: BODY}), "a kind of database we do not know"),
        (lambda: (telling(as_of="2026-10-13T09:00:00"), {NAME: BODY}), "no time zone"),
        (lambda: (telling(as_of="yesterday"), {NAME: BODY}), "cannot be read"),
        (lambda: (telling(tables={'x"; DROP': {}}), {NAME: BODY}), "table or column that cannot be ours"),
        (lambda: (telling(parts=None), {NAME: BODY}), "cannot be read"),
        (lambda: (b"[]", {}), "cannot be read"),
        (lambda: (b"[" * 100_000, {}), "cannot be read"),
        (lambda: (b"\xff", {}), "cannot be read"),
    ],
)
def test_what_no_backup_of_ours_holds_is_refused(
    make: Callable[[], tuple[bytes, Mapping[str | zipfile.ZipInfo, bytes]]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=words):
        extracted(forged(tmp_path / "x", *make()), tmp_path / "to")


def test_a_bomb_is_stopped_at_the_size_it_owned_to(tmp_path: Path) -> None:
    bomb = forged(tmp_path / "x", telling(), {NAME: bytes(64 << 20)})
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(Refusal, match="is not what its manifest says"):
        extracted(bomb, tmp_path / "to")
    assert (tmp_path / "to" / "0").stat().st_size <= PIECE


@pytest.mark.parametrize("body", [b"", b"PK", b"SQLite format 3\0" * 99, BODY * 99])
def test_any_other_file_is_refused(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(body)
    with pytest.raises(Refusal, match="it is not a Golden Thread backup"):
        extracted(tmp_path / "x", tmp_path / "to")
