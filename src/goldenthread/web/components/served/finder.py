"""Where Django finds the files made by ``files``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from goldenthread.web.components.served.files import files, put

PREFIX = "look"


class LookFinder(BaseFinder):
    """Finds ``look/look.css`` and its like, in the installation's own folder."""

    def __init__(self) -> None:
        self.folder = Path(settings.HOME) / "look"
        put(self.folder)
        self.storage = FileSystemStorage(location=self.folder)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: ANN401, FBT001, FBT002
        """Where the file asked for stands on the disk; an empty list where it is none of these."""
        del kwargs
        folder, _, name = path.replace("\\", "/").partition("/")
        if folder != PREFIX or name not in files():
            return []
        found = str(self.folder / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """Every file, for collecting."""
        del ignore_patterns
        return [(name, self.storage) for name in files()]
