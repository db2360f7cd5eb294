"""Files are kept under a home of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path
