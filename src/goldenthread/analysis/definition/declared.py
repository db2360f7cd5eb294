"""Items and combinations written in the study file itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.analysis.definition.model import Polarity, Scale
from goldenthread.analysis.definition.read import question_scale
from goldenthread.analysis.definition.scales import SCALE_KEYS
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.study import Combining, PrintedClass
from goldenthread.analysis.definition.words import meant, quoted

_COMMON = ("id", "label", "text", "topic", "polarity", "need", "sources", "printed", "method")


@dataclass(frozen=True, slots=True)
class Declared:
    """One [[items]] or [[combinations]] entry; None or empty where the file says nothing."""

    table: Table
    id: str
    label: str
    text: str
    topic: str | None
    polarity: Polarity | None
    scale: Scale | None
    sources: Mapping[str, tuple[str, ...]]
    printed: tuple[PrintedClass, ...]
    method: Combining | None
    parts: tuple[str, ...] = ()
    need: str | None = None


def read_items(top: Table, scales: Mapping[str, Scale], waves: Iterable[str]) -> tuple[Declared, ...]:
    """Every [[items]] entry, faults noted."""
    known = tuple(waves)
    return tuple(_declared(table, scales, known, "item") for table in top.tables("items", "item"))


def read_combinations(top: Table, scales: Mapping[str, Scale], waves: Iterable[str]) -> tuple[Declared, ...]:
    """Every [[combinations]] entry, faults noted."""
    known = tuple(waves)
    tables = top.tables("combinations", "combination")
    return tuple(_declared(table, scales, known, "combination") for table in tables)


def _declared(table: Table, scales: Mapping[str, Scale], waves: tuple[str, ...], noun: str) -> Declared:
    table, item_id = table.called(noun)
    own_keys = ("parts",) if noun == "combination" else ("scale", *SCALE_KEYS)
    table.only(*_COMMON, *own_keys)
    return Declared(
        table=table,
        id=item_id,
        label=table.text("label", ""),
        text=table.text("text", ""),
        topic=table.text("topic", "") or None,
        polarity=table.choice("polarity", Polarity, None) if "polarity" in table.values else None,
        scale=question_scale(table, scales, item_id) if noun == "item" else None,
        sources=_sources(table, waves),
        printed=tuple(_printed(each, waves) for each in table.tables("printed", "printed")),
        method=_method(table, noun),
        parts=table.names("parts") if noun == "combination" else (),
        need=table.name("need", "") or None,
    )


def _method(table: Table, noun: str) -> Combining | None:
    """A combination must say how it is made; an item printed as one may."""
    asked = noun == "combination" or "method" in table.values
    return table.choice("method", Combining, None) if asked else None


def _sources(table: Table, waves: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    inner = table.table("sources")
    found = {wave: inner.names(wave) for wave in inner.values}
    for wave, sources in found.items():
        _check_wave(inner, wave, waves)
        if not sources:
            inner.fault(f"wave {quoted(wave)} lists no question")
    return found


def _printed(table: Table, waves: tuple[str, ...]) -> PrintedClass:
    table.only("wave", "arrow", "heading")
    wave = table.name("wave")
    _check_wave(table, wave, waves)
    return PrintedClass(wave, table.text("arrow", ""), table.text("heading", ""))


def _check_wave(table: Table, wave: str, waves: tuple[str, ...]) -> None:
    if wave and wave not in waves:
        table.fault(f"unknown wave {quoted(wave)}{meant(wave, waves)}")
