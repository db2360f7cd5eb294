"""The variance of a share from a one-stage stratified design, from sums over cells.

Taylor linearisation of the ratio sum(w y) / sum(w) over a domain (Woodruff 1971; as R's ``survey``
does it): ``GROUP BY stratum, domain, answer -> n, sum w, sum w squared`` is all it takes, because the
linearised value divided by the weight is the same for everyone in a cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strata:
    """The whole wave's design: people who answered in each stratum, and its headcount where known.

    ``population`` is infinite for a stratum without a headcount: no finite population correction.
    """

    names: tuple[str, ...]
    sampled: Floats
    population: Floats

    @property
    def finite(self) -> bool:
        """Whether every stratum has a headcount."""
        return bool(np.isfinite(self.population).all())


@dataclass(frozen=True, slots=True)
class DomainCells:
    """One domain's cells: stratum (a place in ``Strata.names``), sum of weights, and of their squares."""

    stratum: NDArray[np.intp]
    w: Floats
    w2: Floats


def linearised(cells: DomainCells, y: Floats, strata: Strata) -> float:
    """The variance of the weighted mean of ``y`` (a value for each cell, such as 0 or 1) in a domain.

    A stratum of one person is centred on the mean of the whole (R's ``lonely.psu = "adjust"``).
    """
    total = cells.w.sum()
    z = (y - (cells.w * y).sum() / total) / total
    size = len(strata.names)
    sums = np.bincount(cells.stratum, cells.w * z, size)
    squares = np.bincount(cells.stratum, cells.w2 * z * z, size)
    n = strata.sampled
    lonely = n <= 1
    spread = np.where(lonely, squares, (squares - sums * sums / n) * n / np.where(lonely, 1, n - 1))
    return max(0.0, float(((1 - n / strata.population) * spread).sum()))
