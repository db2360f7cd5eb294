"""The folder where an installation keeps its database, files and secret."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

FOLDERS = ("static", "files", "builds", "keys")


def home() -> Path:
    """GOLDENTHREAD_HOME, or ``goldenthread`` in the current folder; made where it is not there."""
    folder = Path(os.environ.get("GOLDENTHREAD_HOME") or "goldenthread").resolve()
    for name in FOLDERS:
        (folder / name).mkdir(0o700 if name == "keys" else 0o777, parents=True, exist_ok=True)
    return folder


def secret(folder: Path) -> str:
    """SECRET_KEY, or one made once and kept in ``folder``, readable by its owner alone."""
    given = os.environ.get("SECRET_KEY")
    return given or private(folder / "secret", lambda: secrets.token_urlsafe(48))


def private(path: Path, make: Callable[[], str]) -> str:
    """What ``path`` holds, made once where it is not there, readable by its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(make())
    return path.read_text(encoding="ascii")
