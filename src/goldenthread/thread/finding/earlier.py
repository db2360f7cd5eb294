"""What earlier builds showed of the waves a build is made of (D6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from goldenthread.analysis.cube.coding import grouping_variables
from goldenthread.analysis.definition.study import Place, ShownBefore, Study, Wave
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.thread.finding.shown import (
    SHOWN,
    VERSION,
    Plain,
    from_first,
    may_be,
    read,
    sources,
    write,
)

EARLIER = "earlier.json"


def keep_earlier(builds: Mapping[int, Path], folder: Path) -> None:
    """Gather what earlier builds showed, by number, for the build being made in ``folder``.

    Raises Refusal where it is not known of one of them: nothing can be held against that.
    """
    found: list[list[Plain]] = []
    for number, each in builds.items():
        waves = _shown_by(number, each)
        if waves not in found:
            found.append(waves)
    write(folder / EARLIER, {"version": VERSION, "builds": found})


def _shown_by(number: int, folder: Path) -> list[Plain]:
    try:
        plain = read(folder / SHOWN)
        if "version" not in plain:
            return list(from_first(_study(folder), plain))
        if plain["version"] == VERSION:
            waves: list[Plain] = plain["waves"]
            return waves
    except (OSError, ValueError, KeyError, Refusal) as fault:
        raise _unknown(number) from fault
    raise _unknown(number)


def _unknown(number: int) -> Refusal:
    return Refusal(
        f"What build {number} showed is no longer kept here, so that a new build could give away the few"
        " people by whom they differ. Put its folder back from a backup, then build again."
    )


def _study(folder: Path) -> Study:
    return read_study(folder / "study" / "study.toml", answers_gone=True)


def with_earlier(study: Study, folder: Path) -> Study:
    """The study, each wave knowing what earlier builds showed of it."""
    builds = _kept(study, folder)
    now = {wave.id for wave in study.waves}
    waves = (replace(wave, earlier=tuple(_of(study, wave, builds, now))) for wave in study.waves)
    return replace(study, waves=tuple(waves))


def _kept(study: Study, folder: Path) -> list[list[Plain]]:
    plain = read(folder / EARLIER)
    if "version" in plain:
        builds: list[list[Plain]] = plain["builds"]
        return builds
    return [list(from_first(study, {code: shown})) for code, every in plain.items() for shown in every]


def _of(
    study: Study, wave: Wave, builds: Sequence[list[Plain]], now: Collection[str]
) -> Iterable[ShownBefore]:
    """What each earlier build showed of a wave, as its items and groupings are called now."""
    if wave.published:
        return
    for shown in builds:
        there = any(each["code"] == wave.id for each in shown)
        for each in shown:
            gone = each["code"] not in now and not there
            if each["code"] == wave.id or (gone and may_be(each, wave)):
                yield _before(study, wave, each)


def _before(study: Study, wave: Wave, plain: Plain) -> ShownBefore:
    columns = {grouping: found.id for grouping, found in grouping_variables(study, wave).items()}
    asked = sources(study, wave)
    still = [source for each in asked.values() for source in each]
    found = ((item, _same(item, named, plain["items"], still)) for item, named in asked.items())
    items = {item: _places(each["places"], columns) for item, each in found if each is not None}
    return ShownBefore(items, _places(plain["who"], columns))


def _same(item: str, asked: list[str], shown: Sequence[Plain], still: Collection[str]) -> Plain | None:
    """What was shown of the same question, or of the item where its question is no longer asked."""
    gone = (each for each in shown if each["item"] == item and not set(each["sources"]) & set(still))
    return next((each for each in shown if each["sources"] == asked), next(gone, None))


def _places(places: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> dict[Place, int]:
    """Bases by grouping as it is called now: by its question, or its item where that is no longer asked."""
    by_column = {column: grouping for grouping, column in columns.items()}
    found: dict[Place, int] = {}
    for grouping, column, level, n in places:
        called = by_column.get(column, grouping if column not in columns.values() else None)
        if grouping is None or called is not None:
            found[called if grouping is not None else None, level] = n
    return found
