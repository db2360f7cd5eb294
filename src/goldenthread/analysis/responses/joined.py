"""Several answers in one cell: "Training; Advice from a colleague;"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from goldenthread.analysis.responses.answers import AnswerIndex, Reading

SEPARATORS = (";", "|", "\n", ",")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a cell: the position of the answer it names, or None; and its text.

    ``silent`` where somebody decided that it is no answer.
    """

    text: str
    position: int | None
    folded: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """One way of cutting a cell; ``cost`` counts the bits that name no answer."""

    cost: int
    pieces: tuple[Piece, ...]

    @property
    def positions(self) -> frozenset[int]:
        """The answers named."""
        return frozenset(piece.position for piece in self.pieces if piece.position is not None)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts cells at one separator; ``longest`` is the most bits one name of an answer has."""

    separator: str
    read: Callable[[str], Reading]
    longest: int

    def cut(self, text: str) -> tuple[Cut, ...]:
        """The best way to cut a cell, and a second where it is as good but says another thing.

        Neighbouring bits may belong to one label that holds the separator itself. Best is what
        leaves the fewest bits unknown.
        """
        bits = text.split(self.separator)
        best: list[tuple[Cut, ...]] = [(Cut(0, ()),)]
        for end in range(1, len(bits) + 1):
            grown = [
                self._grown(cut, bits[start:end])
                for start in range(max(0, end - self.longest), end)
                for cut in best[start]
            ]
            best.append(_two_best([cut for cut in grown if cut is not None]))
        return best[-1]

    def _grown(self, cut: Cut, bits: Sequence[str]) -> Cut | None:
        text = self.separator.join(bits).strip()
        if not text:
            return cut if len(bits) == 1 else None
        reading = self.read(text)
        if reading.position is not None:
            return Cut(cut.cost, (*cut.pieces, Piece(text, reading.position, reading.folded)))
        if reading.silent:
            return Cut(cut.cost, (*cut.pieces, Piece(text, None, silent=True)))
        return Cut(cut.cost + 1, (*cut.pieces, Piece(text, None))) if len(bits) == 1 else None

    def unknown(self, cut: Cut) -> str:
        """The bits that name no answer, as they stand in the cell."""
        glue = self.separator if self.separator == "\n" else f"{self.separator} "
        return glue.join(piece.text for piece in cut.pieces if piece.position is None and not piece.silent)


def find_cutter(texts: Sequence[str], weights: Sequence[int], index: AnswerIndex) -> Cutter:
    """A cutter at the separator by which most people's cells fall into known answers.

    In a tie the earlier of semicolon, pipe, line break and comma.
    """
    used = [sep for sep in SEPARATORS if any(sep in text for text in texts)] or [SEPARATORS[0]]
    read = cache(index.read)
    cutters = [Cutter(separator, read, _longest(index, separator)) for separator in used]
    if len(cutters) == 1:
        return cutters[0]

    def understood(cutter: Cutter) -> int:
        known = (not cutter.cut(text)[0].cost for text in texts)
        return sum(weight for weight, whole in zip(weights, known, strict=True) if whole)

    return max(cutters, key=understood)


def _longest(index: AnswerIndex, separator: str) -> int:
    return 1 + max((name.count(separator) for name in (*index.exact, *index.decided)), default=0)


def _two_best(cuts: list[Cut]) -> tuple[Cut, ...]:
    first = min(cuts, key=lambda cut: (cut.cost, len(cut.pieces)))
    rivals = (cut for cut in cuts if cut.cost == first.cost and cut.positions != first.positions)
    rival = next(rivals, None)
    return (first,) if rival is None else (first, rival)
