"""Where builds are kept."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def builds_home() -> Path:
    """Where builds keep their folders."""
    home: Path = settings.HOME
    return home / "builds"
