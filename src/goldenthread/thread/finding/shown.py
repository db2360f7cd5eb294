"""What a build shows of each wave, kept beside it so that later builds can be held against it (D6).

It is kept by what was asked: an item by the question or row of the wave it stands on, a grouping by its
question. So a question linked to another item since is still held against what was shown of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.analysis.cube.coding import codings, grouping_variables
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.results import Results

SHOWN = "shown.json"
VERSION = 2
"""The first kept items and groupings by their ids alone; its study says what those stood on."""

Plain = dict[str, Any]
Bases = Mapping[str, Iterable[Sequence[Any]]]
"""By item: (grouping, level, people) of each base shown."""


def keep_shown(results: Results, folder: Path) -> None:
    """Write the bases that ``results`` show of each wave of answers."""
    waves = [
        wave_shown(results.study, wave, _items(results, wave.id), _who(results, wave.id))
        for wave in results.study.waves
        if not wave.published
    ]
    write(folder / SHOWN, {"version": VERSION, "waves": waves})


def wave_shown(study: Study, wave: Wave, items: Bases, who: Iterable[Sequence[Any]]) -> Plain:
    """What was shown of one wave, with what its items and groupings stand on in it."""
    asked = sources(study, wave)
    columns = {grouping: found.id for grouping, found in grouping_variables(study, wave).items()}
    return {
        "code": wave.id,
        "opens": wave.opens.isoformat() if wave.opens else None,
        "closes": wave.closes.isoformat() if wave.closes else None,
        "items": [
            {"item": item, "sources": asked.get(item, []), "places": _places(places, columns)}
            for item, places in items.items()
        ],
        "who": _places(who, columns),
    }


def sources(study: Study, wave: Wave) -> dict[str, list[str]]:
    """The questions and rows of a wave that each item stands on."""
    return {item: [each.id for each in coding.variables] for item, coding in codings(study, wave).items()}


def _places(places: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> list[Any]:
    return [[grouping, columns.get(grouping), level, n] for grouping, level, n in places]


def _items(results: Results, wave: str) -> Bases:
    items: dict[str, dict[tuple[str | None, str | None], int]] = {}
    for estimate in results.estimates:
        if estimate.wave == wave and estimate.base is not None:
            items.setdefault(estimate.item, {})[estimate.group, estimate.level] = estimate.base
    return {item: [(*place, n) for place, n in places.items()] for item, places in items.items()}


def _who(results: Results, wave: str) -> Iterator[tuple[str, str, int]]:
    for table in results.who:
        if table.wave == wave:
            yield from ((table.grouping, row.level, row.count) for row in table.rows if row.count is not None)


def from_first(study: Study, plain: Plain) -> Iterator[Plain]:
    """What the first version kept by wave, as it is kept now; waves its own study has not are left."""
    known = {wave.id: wave for wave in study.waves}
    for code, found in plain.items():
        if code in known:
            yield wave_shown(study, known[code], found["items"], found["who"])


def may_be(plain: Plain, wave: Wave) -> bool:
    """Whether a wave shown under another code may be this one: open at the same time, for all we know."""
    opens, closes = (date.fromisoformat(plain[key]) if plain[key] else None for key in ("opens", "closes"))
    ends = [(opens or closes, closes or opens), (wave.opens or wave.closes, wave.closes or wave.opens)]
    (a, b), (c, d) = ends
    return a is None or b is None or c is None or d is None or (a <= d and c <= b)


def read(path: Path) -> Plain:
    """A file kept beside a build."""
    found: Plain = json.loads(path.read_text(encoding="utf-8"))
    return found


def write(path: Path, content: object) -> None:
    """Keep a file beside a build."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
