"""Where the invented area of Anyshire is."""

from __future__ import annotations

from pathlib import Path

from goldenthread.analysis.problem import Refusal


def example() -> Path:
    """Anyshire's study file: with the source, beside ``src``. Raises Refusal without it."""
    path = Path(__file__).parents[3] / "examples" / "anyshire" / "study.toml"
    if not path.is_file():
        raise Refusal("The demonstration needs the examples folder that comes with the source.")
    return path
