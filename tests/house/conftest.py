"""The files the house rules are kept over: those in version control, or all where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {"__pycache__", "out", "build", "dist"}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file of the product: tracked, or new and not ignored."""
    named = _from_git() if (ROOT / ".git").exists() and shutil.which("git") else _from_disk()
    return tuple(sorted(path for path in named if path.is_file()))


def _from_git() -> list[Path]:
    # read-only and owned by somebody else is a usual state of a checkout on a build machine
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return _from_disk()
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def _from_disk() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not _not_ours(name)]
        found += [Path(folder) / name for name in files]
    return found


def _not_ours(folder: str) -> bool:
    hidden = folder.startswith(".") and folder != ".ci"
    return hidden or folder in NOT_OURS or folder.endswith(".egg-info")


@pytest.fixture(scope="session")
def pages(tracked: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every Markdown page."""
    return tuple(path for path in tracked if path.suffix == ".md")
