"""What a build shows of each wave, kept beside it so that later builds can be held against it (D6)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from goldenthread.analysis.definition.study import ShownBefore, Study
from goldenthread.analysis.results import Results

SHOWN, EARLIER = "shown.json", "earlier.json"

Plain = dict[str, Any]


def keep_shown(results: Results, folder: Path) -> None:
    """Write the bases that ``results`` show of each wave of answers."""
    waves = {wave.id: _shown(results, wave.id) for wave in results.study.waves if not wave.published}
    _write(folder / SHOWN, waves)


def keep_earlier(folders: Iterable[Path], folder: Path) -> None:
    """Gather what earlier builds showed, wave by wave, for the build being made in ``folder``."""
    found: dict[str, list[Plain]] = {}
    for each in folders:
        if (each / SHOWN).is_file():
            for wave, shown in _read(each / SHOWN).items():
                if shown not in found.setdefault(wave, []):
                    found[wave].append(shown)
    _write(folder / EARLIER, found)


def with_earlier(study: Study, folder: Path) -> Study:
    """The study, each wave knowing what earlier builds showed of it."""
    earlier = _read(folder / EARLIER)
    waves = (replace(wave, earlier=tuple(map(_before, earlier.get(wave.id, ())))) for wave in study.waves)
    return replace(study, waves=tuple(waves))


def _shown(results: Results, wave: str) -> Plain:
    items: dict[str, dict[tuple[str | None, str | None], int]] = {}
    for estimate in results.estimates:
        if estimate.wave == wave and estimate.base is not None:
            items.setdefault(estimate.item, {})[estimate.group, estimate.level] = estimate.base
    who = [
        [table.grouping, row.level, row.count]
        for table in results.who
        if table.wave == wave
        for row in table.rows
        if row.count is not None
    ]
    return {
        "items": {item: [[*place, n] for place, n in places.items()] for item, places in items.items()},
        "who": who,
    }


def _before(plain: Plain) -> ShownBefore:
    items = {item: {(g, level): n for g, level, n in places} for item, places in plain["items"].items()}
    return ShownBefore(items, {(g, level): n for g, level, n in plain["who"]})


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
