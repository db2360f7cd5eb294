"""A PostgreSQL server of our own, its journal kept whole and every statement told."""

# ruff: noqa: S603 - every command run here is written here

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "wal_keep_size": "16GB",
    "wal_recycle": "off",
    "full_page_writes": "on",
    "log_statement": "all",
    "log_line_prefix": "%m [%p] %x ",
    "log_duration": "on",
    "fsync": "off",
}


@dataclass(frozen=True)
class Cluster:
    """Where its programs and its data are, and its port."""

    programs: Path
    data: Path
    port: int

    @property
    def server(self) -> str:
        """The address of the server."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        """What the server told."""
        return self.data.parent / "log"

    def journal(self, since: str) -> list[str]:
        """What pg_waldump reads in the journal since a place in it."""
        first = min(self.segments(since))
        line = [self.programs / "pg_waldump", "--path", first.parent, "--start", since, first.name]
        last = max(self.segments(since)).name
        done = subprocess.run([*line, last], capture_output=True, text=True, check=False)
        return done.stdout.splitlines()

    def segments(self, since: str) -> list[Path]:
        """The files of the journal that hold what came since a place in it."""
        high, low = (int(part, 16) for part in since.split("/"))
        first = f"00000001{high:08X}{low >> 24:08X}"
        return sorted(
            each for each in (self.data / "pg_wal").iterdir() if len(each.name) == 24 and each.name >= first
        )


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    named = [Path(each).resolve() for each in (shutil.which("initdb"),) if each]
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = [each for each in (*named, *known) if (each.parent / "pg_waldump").exists()]
    able = os.geteuid() != 0 or shutil.which("runuser")
    return found[0].parent if found and able else None


@contextmanager
def cluster(where: Path, folder: Path) -> Iterator[Cluster]:
    """A running server of our own in ``folder``, which nobody but its owner may read, gone with the block."""
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(where, folder / "data", _free_port())
    _as_owner(folder, [str(where / "initdb"), "-D", str(made.data), "-U", "postgres", "-A", "trust", "-N"])
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    options += f" -c port={made.port} -c unix_socket_directories='{folder}'"
    control = [str(where / "pg_ctl"), "-D", str(made.data), "-w"]
    _as_owner(folder, [*control, "-l", str(made.log), "-o", options, "start"])
    try:
        yield made
    finally:
        _as_owner(folder, [*control, "-m", "immediate", "stop"])


def _as_owner(folder: Path, line: Sequence[str]) -> None:
    whole = ["runuser", "-u", "postgres", "--", *line] if os.geteuid() == 0 else list(line)
    subprocess.run(whole, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
