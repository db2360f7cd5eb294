"""Small studies and measures made in memory, for tests of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from goldenthread.analysis.definition.model import Answer, Net, Side
from goldenthread.analysis.definition.study import Grouping, Item, Study, Wave
from goldenthread.analysis.estimate.model import Estimate, Tally, TallyKey, WaveMeasures
from goldenthread.analysis.estimate.wilson import wilson

ANSWERS = (
    Answer("1", "Disagree", net="low"),
    Answer("2", "Neither", net="middle"),
    Answer("3", "Agree", net="high"),
)
NETS = (
    Net("low", "Disagree", Side.LOW),
    Net("middle", "Neither", Side.MIDDLE),
    Net("high", "Agree", Side.HIGH),
)
AREAS = ("school", "health", "care")


def item(name: str, *waves: str, **more: object) -> Item:
    sources = dict.fromkeys(waves or ("old", "new"), (name,))
    return replace(Item(name, name.title(), ANSWERS, NETS, "high", sources), **more)


def study(*items: Item, **more: object) -> Study:
    waves = tuple(Wave(w, w.title(), responses=Path("answers.csv")) for w in ("old", "new"))
    area = Item(
        "area", "Area", tuple(Answer(a, a.title()) for a in AREAS), (), None, {"old": ("a",), "new": ("a",)}
    )
    made = Study("s", "S", "Anyshire", waves, (area, *items), (Grouping("area", "Area"),))
    return replace(made, pairs=(("old", "new"),), **more)


def counted(agreeing: float, base: int) -> Tally:
    return Tally({"1": base - agreeing, "2": 0, "3": agreeing}, base)


def measures(
    wave: str,
    shares: Mapping[TallyKey, tuple[float, int]],
    *,
    mix: Mapping[str, int] | None = None,
    hidden: frozenset[TallyKey] = frozenset(),
) -> WaveMeasures:
    """``shares`` maps (item, grouping, level) to people agreeing and their base."""
    tallies = {key: counted(*share) for key, share in shares.items()}
    return WaveMeasures(
        wave=wave,
        answered=max((base for _, base in shares.values()), default=0),
        estimates=tuple(estimate(wave, key, *share) for key, share in shares.items()),
        tallies=tallies,
        mix={"area": mix} if mix else {},
        hidden=hidden,
    )


def estimate(wave: str, key: TallyKey, agreeing: float, base: int) -> Estimate:
    low, high = wilson(agreeing / base, base) if base else (0.0, 1.0)
    percent = 100 * agreeing / base if base else None
    name, group, level = key
    return Estimate(name, wave, group, level, "high", agreeing, base, percent, 100 * low, 100 * high)


def everybody(**shares: tuple[float, int]) -> dict[TallyKey, tuple[float, int]]:
    return {(name, None, None): share for name, share in shares.items()}
