"""None, or all, of a group gave an answer (rule D3), and keeping it from being worked out.

Where nobody in a group gave an answer, that says something about each of its members; so "fewer than
5 %" is printed, and "more than 95 %" where everybody did. But the answers add up to the base, and each
net to its own answers: with every other count in sight, the exact 0 is one subtraction away. So a
second answer is hidden with it, chosen so that one person might have given the bounded answer instead:
then every figure shown is true of another group too. Preferred is the answer that costs least: already
hidden, then in the same nets (else those that hold one of the two go as well), then the smallest.

Up to 20 people "fewer than 5 %" can only be nobody: the rule as it stands cannot hide that, and no
second answer is hidden in vain. Nor is everybody's count less the other groups' counts hidden, under any
preset (D4 shows everybody's whatever its size).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.estimate.model import Tally
from goldenthread.analysis.estimate.share import count_of


class Cover(Enum):
    """What is printed in place of a figure."""

    FEW = "fewer than"
    MOST = "more than"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class _Row:
    """One group's counts, by answer and by net."""

    counts: Mapping[str, float]
    nets: Mapping[str, Sequence[str]]
    base: float


def covers(tally: Tally, coding: Coding, bound: int) -> dict[str, Cover]:
    """The answers and nets of one group that may not be shown as figures, and what to print instead.

    ``bound`` is in per cent; 0 turns the rule off. A base of 0 needs no cover.
    """
    if not bound or not tally.base:
        return {}
    counts = {name: count_of(tally, codes) for name, codes in coding.members.items()}
    row = _Row(counts, coding.nets, tally.base)
    found = {name: cover for name, n in counts.items() if (cover := _plain(n, tally.base))}
    if tally.base * bound > 100:
        for code in coding.codes:
            if counts[code] == 0:
                found |= _companions(code, row, found)
    return found


def _plain(count: float, base: float) -> Cover | None:
    if count == 0:
        return Cover.FEW
    return Cover.MOST if count == base else None


def _companions(code: str, row: _Row, found: Mapping[str, Cover]) -> dict[str, Cover]:
    """What to hide so that one who gave another answer might have given ``code``."""
    given = [other for other in row.counts if other not in row.nets and row.counts[other] > 0]
    costs = {other: [n for n in (other, *_between(code, other, row)) if n not in found] for other in given}
    cheapest = min(given, key=lambda other: (len(costs[other]), row.counts[other], given.index(other)))
    return dict.fromkeys(costs[cheapest], Cover.HIDDEN)


def _between(code: str, other: str, row: _Row) -> list[str]:
    """The nets that hold one of two answers and not the other."""
    return [net for net, codes in row.nets.items() if (code in codes) != (other in codes)]
