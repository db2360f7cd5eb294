"""The change for the same mix tells no more of the hidden groups than everybody less the groups shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.analysis.compare.made import counted, item, measures, study

from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.mix import Level, one_sided, two_sided
from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.compare.newcombe import Proportion
from goldenthread.analysis.compare.reading import Side
from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.study import Grouping
from goldenthread.analysis.estimate.model import TallyKey, WaveMeasures

MADE = study(item("q"), mix="area")
TOGETHER = "the groups hidden to protect people cannot be kept apart"


def wave(
    name: str, whole: tuple[float, int], mix: Mapping[str, int] | None = None, **levels: tuple[float, int]
) -> WaveMeasures:
    """Health, care and those who did not say ("unsaid") are hidden wherever anybody answered."""
    named = {("q", "area", "" if level == "unsaid" else level): share for level, share in levels.items()}
    shares: dict[TallyKey, tuple[float, int]] = {("q", None, None): whole, **named}
    hidden = frozenset({("q", "area", level) for level in ("health", "care", "")})
    return measures(name, shares, mix=mix, hidden=hidden)


def changed(old: WaveMeasures, new: WaveMeasures) -> Change:
    return next(change for change in compare_pair(MADE, old, new) if change.group is None)


def test_those_who_did_not_say_are_in_all_other_though_the_printed_mix_has_none() -> None:
    levels = [
        Level("school", 0.8, Proportion(0.5, 60)),
        Level("care", 0.2, Proportion(0.25, 20), hidden=True),
        Level("", 0.0, Proportion(1.0, 5), hidden=True),
    ]
    found = one_sided(levels, Side(0.5, 0.5, 100, 100))
    assert found is not None
    assert found.points == pytest.approx(100 * (0.8 * 0.5 + 0.2 * (5 + 5) / 25 - 0.5))


def test_hidden_levels_nobody_in_the_base_belongs_to_keep_their_weight() -> None:
    """Else the weight left over is the hidden level's size."""
    shown = Level("school", 0.6, Proportion(0.5, 60), Proportion(0.25, 60))
    hidden = Level("health", 0.3, Proportion(0.5, 30), Proportion(0.5, 30), hidden=True)
    empty = Level("care", 0.1, Proportion(0.0, 0), Proportion(0.0, 0), hidden=True)
    found = two_sided([shown, hidden, empty])
    assert found is not None
    assert found.points == pytest.approx(15)
    old = wave("old", (30, 90), {"school": 60, "health": 30, "care": 10}, school=(15, 60), health=(15, 30))
    new = wave("new", (45, 90), {"school": 60, "health": 30, "care": 10}, school=(30, 60), health=(15, 30))
    assert changed(old, new).mix_points == pytest.approx(15)


def test_no_figure_where_a_few_people_are_in_no_level() -> None:
    old = wave("old", (45, 90), school=(30, 60), health=(15, 30))
    new = wave("new", (50, 96), school=(30, 60), health=(15, 30))
    found = changed(old, new)
    assert (found.mix_points, found.mix_low, found.mix_cells, found.mix_because) == (
        *(None, None, None),
        TOGETHER,
    )


def test_a_headline_shown_as_a_bound_goes_with_the_hidden_ones() -> None:
    """Else it is the one unknown figure among those that make the change."""
    new = wave("new", (45, 120), school=(30, 60), health=(15, 30), unsaid=(0, 30))
    bound = tuple(replace(e, bound="fewer than 5") if e.level == "" else e for e in new.estimates)
    new = replace(new, hidden=frozenset({("q", "area", "health")}), estimates=bound)
    assert changed(replace(new, wave="old"), new).mix_cells == 2


def pooled(name: str, health: int, care: int) -> WaveMeasures:
    """Everybody's smallest part is 60 people; the hidden groups' smallest parts differ."""
    plain = wave(name, (80, 130), school=(40, 80), health=(30, 30), unsaid=(10, 20))
    smallest = {None: 60, "school": 40, "health": health, "": care}
    tallies = {
        key: replace(found, effective_base=float(smallest[key[2]])) for key, found in plain.tallies.items()
    }
    return replace(plain, tallies=tallies)


def test_pooled_answers_tell_nothing_of_the_hidden_groups_parts() -> None:
    old = pooled("old", 15, 10)
    one, other = changed(old, pooled("new", 15, 10)), changed(old, pooled("new", 13, 2))
    assert one.mix_points is not None
    assert (one.mix_points, one.mix_low, one.mix_high) == (other.mix_points, other.mix_low, other.mix_high)


def test_a_weighted_wave_with_hidden_groups_has_no_such_figure_and_rounds_its_points() -> None:
    old = wave("old", (40, 90), school=(25, 60), health=(15, 30))
    new = wave("new", (45, 90), school=(30, 60), health=(15, 30))
    whole = replace(counted(45, 90), weighted_counts={"1": 40.3, "2": 0, "3": 49.4}, weighted_base=89.7)
    weighted = replace(new, tallies={**new.tallies, ("q", None, None): whole}, rounded=frozenset({"q"}))
    found = changed(old, weighted)
    assert (found.mix_points, found.mix_because) == (None, TOGETHER)
    assert found.points is not None
    assert found.points == round(found.points, 1)


def test_the_parents_of_a_study_are_used_by_hand() -> None:
    """Four of the care staff answered, and two before: they count with health, not with the next smallest."""
    together = (Grouping("area", "Area", {"health": "Health and care", "care": "Health and care"}),)
    answers = Answer("early", "Early years")
    area = replace(MADE.items[0], answers=(*MADE.items[0].answers, answers))
    plain = replace(MADE, items=(area, *MADE.items[1:]), preset="open-data")
    mix = {"school": 100, "health": 50, "care": 10, "early": 40}
    old = {"school": (40, 80), "health": (10, 30), "care": (0, 2), "early": (6, 12)}
    new = {"school": (48, 80), "health": (18, 32), "care": (4, 4), "early": (9, 12)}
    waves = [
        measures(name, {("q", None, None): whole} | {("q", "area", k): v for k, v in levels.items()}, mix=mix)
        for name, whole, levels in (("old", (56, 124), old), ("new", (79, 128), new))
    ]
    found, other = (compare_pair(made, *waves)[0] for made in (replace(plain, groupings=together), plain))
    assert (found.mix_cells, other.mix_cells) == (3, 3)
    early = 0.2 * (9 / 12 - 6 / 12)
    assert found.mix_points == pytest.approx(100 * (0.5 * 0.1 + early + 0.3 * (22 / 36 - 10 / 32)))
    beside = 0.5 * (48 / 80 - 40 / 80) + 0.25 * (18 / 32 - 10 / 30) + 0.25 * (13 / 16 - 6 / 14)
    assert other.mix_points == pytest.approx(100 * beside)
