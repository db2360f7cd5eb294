"""What the files of a report say, held against what was decided to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from facts import BESIDE, Cell, Fact

from goldenthread.analysis.results import Besides, Results

Entry = Mapping[str, object]
Written = Mapping[str, Sequence[Entry]]
"""figures.json, or as much of it as is read here."""

Key = tuple[str, Cell]
NUMBERS = ("base", "count", "percent", "low", "high")
IN_THE_WORKBOOK = {"base", "percent", "answered"}
"""Kinds of fact of which the workbook leaves none out."""


def in_figures(written: Written) -> list[Fact]:
    """Every number figures.json gives, and every base it hides (None)."""
    return [fact for entry in written["estimates"] for fact in _numbers(entry)]


def _numbers(entry: Entry) -> Iterator[Fact]:
    """One estimate's numbers; of a hidden one, that its base is."""
    item, wave, group, level = (str(entry[key] or "") for key in ("item", "wave", "group", "level"))
    answer = str(entry["answer"])
    for kind in NUMBERS:
        value = entry[kind]
        if isinstance(value, int | float) or kind == "base":
            number = float(value) if isinstance(value, int | float) else None
            yield Fact(kind, (item, wave, group, level, "" if kind == "base" else answer), number)
    if bound := re.search(r"\d+", str(entry["bound"] or "")):
        yield Fact("bound", (item, wave, group, level, answer), int(bound[0]))


def handed(results: Results) -> list[Fact]:
    """Who answered and who was left out, as every writer of a file is told; None where hidden."""
    return [*_who(results), *_beside(results.besides)]


def _who(results: Results) -> Iterator[Fact]:
    for wave in results.waves:
        yield from _given(("", wave.id, "", "", ""), answered=wave.answered, rate=wave.rate, share=100)
    for table in results.who:
        for row in table.rows:
            cell = ("", table.wave, table.grouping, row.level, "")
            if row.count is None:
                yield Fact("answered", cell, None)
            yield from _given(
                cell, answered=row.count, share=row.percent, rate=row.rate, ratio=row.share_ratio
            )


def _given(cell: Cell, **values: float | None) -> Iterator[Fact]:
    yield from (Fact(kind, cell, value) for kind, value in values.items() if value is not None)


def _beside(rows: Sequence[Besides]) -> Iterator[Fact]:
    for row in rows:
        cell = (row.item, row.wave, row.group or "", row.level or "", "")
        counts = (row.outside, row.blank, row.not_shown)
        yield from (Fact(kind, cell, n) for kind, n in zip(BESIDE, counts, strict=True))


def shown(facts: Iterable[Fact]) -> dict[Key, float]:
    """Every number by what it is of."""
    return {(fact.kind, fact.cell): fact.value for fact in facts if fact.value is not None}


def given_away(read: Iterable[Fact], known: Mapping[Key, float]) -> list[Fact]:
    """Numbers read that are not to be shown."""
    return [fact for fact in read if fact.value is not None and (fact.kind, fact.cell) not in known]


def contradicted(read: Iterable[Fact], known: Mapping[Key, float]) -> list[Fact]:
    """Numbers read that are not, as printed, those to be shown."""
    return [
        fact
        for fact in read
        if fact.value is not None
        and (fact.kind, fact.cell) in known
        and abs(fact.value - known[fact.kind, fact.cell]) > fact.slack
    ]


def missed(read: Iterable[Fact], known: Mapping[Key, float]) -> list[Key]:
    """Numbers to be shown that were not found in the workbook."""
    found = {(fact.kind, fact.cell) for fact in read if fact.value is not None}
    return [key for key in known if key[0] in IN_THE_WORKBOOK and key not in found]
