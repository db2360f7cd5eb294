"""The examples, as a person who runs them gets them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse

ROOT = Path(__file__).parents[2]
ANYSHIRE = ROOT / "examples" / "anyshire"

sys.path[:0] = [str(ANYSHIRE), str(ROOT / "proofs")]


@pytest.fixture(scope="session")
def anyshire() -> Results:
    """Everything the report on Anyshire stands on."""
    return analyse(read_study(ANYSHIRE / "study.toml"))
