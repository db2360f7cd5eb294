"""Row numbers in few signs: "2-40,43"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def packed(rows: Sequence[int], most: int) -> str:
    """The first ``most`` of some row numbers."""
    return ",".join(_spans(rows[:most]))


def unpacked(text: str) -> Iterator[int]:
    """The row numbers again, in their order."""
    for span in filter(None, text.split(",")):
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _spans(rows: Iterable[int]) -> Iterator[str]:
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None:
            yield _span(first, last)
        first = last = row
    if first is not None:
        yield _span(first, last)


def _span(first: int, last: int | None) -> str:
    return str(first) if last in (None, first) else f"{first}-{last}"
