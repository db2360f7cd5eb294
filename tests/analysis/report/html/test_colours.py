"""The colours of answers: read by everybody, in both themes, whatever colours they see."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import goldenthread.analysis.report.html.page as module

TOKENS = (Path(module.__file__).parents[1] / "static/tokens.css").read_text("utf-8")
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")
STEPS = range(7)
Colour = NDArray[np.float64]
SEEN = {
    "all colours": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""How light is seen, as linear RGB: Machado, Oliveira and Fernandes 2009, severity 1."""
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def colour(theme: str, name: str) -> Colour:
    """A token as linear RGB, 0 to 1."""
    found = re.search(rf"--{name}: #(\w{{6}})", theme)
    assert found, name
    plain = np.array([int(found[1][n : n + 2], 16) for n in (0, 2, 4)]) / 255
    return np.where(plain <= 0.04045, plain / 12.92, ((plain + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2's ratio of luminances."""
    low, high = sorted(float(XYZ[1] @ each) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(seen: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    ratio = XYZ @ seen.clip(0, 1) / WHITE
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_figure_on_each_answer_can_be_read(theme: str) -> None:
    ratios = [contrast(colour(theme, f"agree-{n}"), colour(theme, f"on-agree-{n}")) for n in STEPS]
    assert min(ratios) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", SEEN)
def test_neighbours_on_the_scale_can_be_told_apart(theme: str, eye: str) -> None:
    """CIE76, in which 2 is the least that can be seen; the smallest here is 18.6."""
    seen = [lab(SEEN[eye] @ colour(theme, f"agree-{n}")) for n in STEPS]
    assert min(np.linalg.norm(one - other) for one, other in pairwise(seen)) > 18
