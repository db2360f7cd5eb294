"""Each test has a home folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Where this test's uploads and builds are kept."""
    settings.HOME = tmp_path
    return tmp_path
