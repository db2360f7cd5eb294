"""Estimates with what may not be shown taken out."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.analysis.estimate.bounded import Cover
from goldenthread.analysis.estimate.model import Estimate


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
        method=estimate.method,
        flag="c",
    )


def cover(estimate: Estimate, how: Cover, bound: int) -> Estimate:
    """A bound in place of the figure (the base stays, and a flag ``u``), or nothing at all (D3)."""
    if how is Cover.HIDDEN:
        return hide(estimate)
    text = f"fewer than {bound}" if how is Cover.FEW else f"more than {100 - bound}"
    return replace(estimate, count=None, percent=None, low=None, high=None, bound=text)
