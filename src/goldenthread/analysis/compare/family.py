"""Which comparisons count together, and what that asks of each (method 6).

The step-up procedure of Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from collections.abc import Sequence


def adjusted(ps: Sequence[float]) -> tuple[float, ...]:
    """Each p-value adjusted for its family, in the order given; at most 1."""
    order = sorted(range(len(ps)), key=lambda i: ps[i], reverse=True)
    result = [1.0] * len(ps)
    least = 1.0
    for place, index in enumerate(order):
        least = min(least, ps[index] * len(ps) / (len(ps) - place))
        result[index] = least
    return tuple(result)


def line(ps: Sequence[float], q: float) -> float:
    """The p-value a result must reach to be marked in this family.

    The largest p whose adjusted value is at most ``q``; where none is, what a lone result would
    have to reach. Results that inherit from the family (method 6) are held to it too.
    """
    marked = [p for p, fitted in zip(ps, adjusted(ps), strict=True) if fitted <= q]
    if marked:
        return max(marked)
    return q / len(ps) if ps else q
