"""An interval for a proportion (method 3). Source: Wilson 1927; Newcombe 1998, method 3."""

from __future__ import annotations

from math import sqrt

Z = 1.96
CONFIDENCE = 95
"""Every interval's level in per cent, and the quantile that gives it."""


def wilson(p: float, n: float, z: float = Z) -> tuple[float, float]:
    """The Wilson score interval, without continuity correction, for a share ``p`` of ``n`` answers.

    ``p`` and both ends are 0 to 1; ``n`` (above 0) may be an effective base. Ends are exactly 0 and 1
    where nobody, or everybody, gave the answer.
    """
    spread = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / spread
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / spread
    return (0.0 if p <= 0 else max(0.0, centre - half)), (1.0 if p >= 1 else min(1.0, centre + half))


def kish(w: float, w2: float) -> float:
    """The effective base of weighted answers: (sum of w) squared over sum of w squared (Kish 1965)."""
    return w * w / w2


def corrected(n: float, base: int, population: int | None) -> float:
    """``n`` with the finite population correction of method 3; ``population`` must exceed ``base``."""
    return n if population is None else n * (population - 1) / (population - base)
