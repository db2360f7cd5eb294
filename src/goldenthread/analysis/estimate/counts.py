"""Hiding every small count of an answer, for everybody too (preset ``tre10``).

Research environments let no count of 1 to 9 out, and hide a second cell in each line of a table so that
the first is not the total less the rest. A line here is one group's answers, or one answer across the
levels of a grouping; both are gone over until each hides nothing, or at least two cells with enough
people between them. A net that holds a hidden answer goes with it. (The counts of groups one inside
another are not held against each other; that needs an output checker, as these environments have.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from goldenthread.analysis.cube.coding import Coding
from goldenthread.analysis.estimate.model import Tally, TallyKey
from goldenthread.analysis.estimate.share import count_of

Cell = tuple[TallyKey, str]
"""(group, answer)."""


def small_counts(
    tallies: Mapping[TallyKey, Tally], coding: Coding, hidden: Collection[TallyKey], smallest: int
) -> dict[TallyKey, frozenset[str]]:
    """The answers and nets to hide in each group of one item; ``hidden`` groups are hidden whole.

    ``smallest`` 0 hides nothing.
    """
    counts = {
        (key, code): count_of(found, (code,)) for key, found in tallies.items() for code in coding.codes
    }
    gone = {cell for cell, n in counts.items() if 0 < n < smallest or (smallest and cell[0] in hidden)}
    lines = list(_lines(tallies, coding))
    while smallest and (more := _more(lines, counts, gone, smallest)):
        gone |= more
    return {key: _with_nets({code for of, code in gone if of == key}, coding) for key in tallies}


def _lines(tallies: Mapping[TallyKey, Tally], coding: Coding) -> Iterator[tuple[Cell | None, list[Cell]]]:
    """Cells that add up to a figure shown: a base (None), or everybody's count of an answer."""
    for key in tallies:
        yield None, [(key, code) for code in coding.codes]
    everybody = next(key for key in tallies if key[1] is None)
    for grouping in sorted({key[1] for key in tallies if key[1] is not None}):
        for code in coding.codes:
            yield (everybody, code), [(key, code) for key in tallies if key[1] == grouping]


def _more(
    lines: list[tuple[Cell | None, list[Cell]]], counts: Mapping[Cell, float], gone: set[Cell], smallest: int
) -> set[Cell]:
    """What else to hide; empty where every line is safe."""
    found: set[Cell] = set()
    for total, line in lines:
        if total in gone:
            found.update(cell for cell in line if cell not in gone)
            continue
        hidden = [cell for cell in line if cell in gone and counts[cell]]
        shown = [cell for cell in line if cell not in gone and counts[cell]]
        if hidden and shown and (len(hidden) < 2 or sum(counts[cell] for cell in hidden) < smallest):
            found.add(min(shown, key=lambda cell: (counts[cell], str(cell))))
    return found


def _with_nets(codes: set[str], coding: Coding) -> frozenset[str]:
    nets = {net for net, members in coding.nets.items() if codes.intersection(members)}
    return frozenset(codes | nets)
