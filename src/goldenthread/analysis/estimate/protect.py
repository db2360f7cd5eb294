"""Estimates with what may not be shown taken out."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.analysis.estimate.bounded import Cover
from goldenthread.analysis.estimate.model import Estimate

HIDDEN = "hidden"
"""The method of every hidden estimate: the one it was worked out by would tell 0 and 100 %."""


def hide(estimate: Estimate) -> Estimate:
    """The same place in the table with every number gone, flagged ``c`` (D1, D2)."""
    return Estimate(
        item=estimate.item,
        wave=estimate.wave,
        group=estimate.group,
        level=estimate.level,
        answer=estimate.answer,
        count=None,
        base=None,
        percent=None,
        low=None,
        high=None,
        weighted=estimate.weighted,
        method=HIDDEN,
        flag="c",
    )


def cover(estimate: Estimate, how: Cover, bound: int) -> Estimate:
    """A bound in place of the figure (the base stays, and a flag ``u``), or nothing at all (D3)."""
    if how is Cover.HIDDEN:
        return hide(estimate)
    text = f"fewer than {bound}" if how is Cover.FEW else f"more than {100 - bound}"
    return replace(estimate, count=None, percent=None, low=None, high=None, bound=text)


def rounded(estimate: Estimate) -> Estimate:
    """Shares to one decimal, weighted bases to tens: weights are the same throughout a stratum or a team,
    and exact sums would tell the groups hidden."""
    e = estimate
    return replace(
        e,
        percent=_to(1, e.percent),
        low=_to(1, e.low),
        high=_to(1, e.high),
        weighted_base=_to(-1, e.weighted_base),
        effective_base=_to(-1, e.effective_base),
    )


def _to(decimals: int, number: float | None) -> float | None:
    return None if number is None else round(number, decimals)
