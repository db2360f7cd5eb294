"""Several items as one: a mean of items, or pooled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goldenthread.analysis.definition.declared import Declared
from goldenthread.analysis.definition.items import on_offer
from goldenthread.analysis.definition.study import Combining, Item
from goldenthread.analysis.definition.wave_tables import Waves
from goldenthread.analysis.definition.words import meant, quoted

MOST_WAYS = 2**62
"""Ways to answer every part of a mean that still fit in one whole number of 64 bits, room left over."""


def combine(waves: Waves, items: tuple[Item, ...], wanted: tuple[Declared, ...]) -> tuple[Item, ...]:
    """One item for each combination whose parts are known and share a scale."""
    known = {item.id: item for item in items}
    built = (_combination(waves, each, known) for each in wanted)
    return tuple(item for item in built if item is not None)


def _combination(waves: Waves, wanted: Declared, known: Mapping[str, Item]) -> Item | None:
    for part in wanted.parts:
        if part not in known:
            wanted.table.fault(f"unknown part {quoted(part)}{meant(part, known)}")
    parts = [known[part] for part in dict.fromkeys(wanted.parts) if part in known]
    if len(parts) < 2:
        wanted.table.fault("a combination needs two or more parts")
        return None
    _check_parts(wanted, parts)
    return Item(
        id=wanted.id,
        label=wanted.label or wanted.id,
        answers=parts[0].answers,
        nets=parts[0].nets,
        headline=parts[0].headline,
        sources=_combined_sources(waves, wanted, parts),
        topic=wanted.topic or _common(part.topic for part in parts),
        need=wanted.need or _common(part.need for part in parts),
        polarity=wanted.polarity or parts[0].polarity,
        text=wanted.text,
        combining=wanted.method,
        parts=tuple(part.id for part in parts),
        printed=wanted.printed,
    )


def _check_parts(wanted: Declared, parts: list[Item]) -> None:
    first = parts[0]
    if not wanted.label:
        wanted.table.fault("“label” is missing")
    if first.headline is None:
        wanted.table.fault(f"its part {quoted(first.id)} has no headline, so there is nothing to combine")
    if wanted.method is Combining.MEAN and len(first.answers) ** len(parts) > MOST_WAYS:
        wanted.table.fault(f"a mean of {len(parts)} parts is too many to count; pool them, or make two")
    for part in parts[1:]:
        if on_offer(part.answers) != on_offer(first.answers) or part.headline != first.headline:
            names = f"{quoted(first.id)} and {quoted(part.id)}"
            wanted.table.fault(f"its parts {names} do not share a scale")
        if wanted.polarity is None and part.polarity is not first.polarity:
            wanted.table.fault("its parts have different polarities; say which one it has")


def _combined_sources(waves: Waves, wanted: Declared, parts: list[Item]) -> dict[str, tuple[str, ...]]:
    """Where the combination itself was printed, or every part was asked."""
    found: dict[str, tuple[str, ...]] = {}
    for wave in waves.waves:
        printed = waves.printed.get(wave.id)
        whole = tuple(source for part in parts for source in part.sources.get(wave.id, ()))
        if wanted.sources.get(wave.id) or (printed and printed.names(wanted.id)):
            found[wave.id] = wanted.sources.get(wave.id) or whole or (wanted.id,)
        elif all(wave.id in part.sources for part in parts):
            found[wave.id] = whole
    return found


def _common(words: Iterable[str | None]) -> str | None:
    """The word that is the same for all parts."""
    found = set(words)
    return found.pop() if len(found) == 1 else None
