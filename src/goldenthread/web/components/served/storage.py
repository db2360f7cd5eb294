"""Addresses of static files: with a hash once they are collected, plain before."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class LookStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Works before ``collectstatic`` has run, as on a laptop or in a test: files are then found in place."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:  # noqa: ANN401
        """The name with the hash of its content; the name itself where the file is not collected."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            if content is not None or filename is not None:
                raise
            return name
