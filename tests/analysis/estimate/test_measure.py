"""Figures as the method gives them, from answers to estimates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.analysis.cube import people

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.definition.model import Answer, Scale
from goldenthread.analysis.definition.study import Combining, HeadcountRow, Study, Thresholds, Wave
from goldenthread.analysis.estimate.design import designs
from goldenthread.analysis.estimate.measure import besides, measure_wave
from goldenthread.analysis.estimate.model import Estimate, Tally, WaveMeasures
from goldenthread.analysis.estimate.share import share_of
from goldenthread.analysis.estimate.wilson import wilson
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import Responses

DATED = date(2025, 5, 1)


def plan(**more: object) -> Study:
    return people.study([people.scale_question("plan")], [people.item("plan", ["plan"])], **more)  # type: ignore[arg-type]


def measured(study: Study, responses: Responses) -> WaveMeasures:
    wave = study.waves[0]
    return measure_wave(study, wave, build_cube(study, wave, responses))


def find(
    found: WaveMeasures, answer: str, level: str | None = None, item: str = "plan", group: str | None = "area"
) -> Estimate:
    place = (item, None if level is None else group, level, answer)
    return next(e for e in found.estimates if (e.item, e.group, e.level, e.answer) == place)


def test_the_base_holds_substantive_answers_only() -> None:
    found = measured(
        plan(), people.responses("s" * 40, plan="y" * 18 + "s" * 6 + "n" * 6 + "x" * 4 + "." * 4 + "--")
    )
    yes = find(found, "high")
    assert (yes.count, yes.base, yes.percent) == (18, 30, 60)
    assert (yes.low, yes.high) == pytest.approx(tuple(100 * end for end in wilson(0.6, 30)))
    assert yes.method == "wilson"
    assert yes.flag is None


def test_a_net_adds_counts_and_is_one_share() -> None:
    scale = Scale(
        "five",
        tuple(Answer(str(n), str(n), net="top" if n > 3 else None) for n in range(1, 6)),
        (replace(people.AGREE.nets[1], id="top"),),
        "top",
    )
    study = plan()
    question = replace(people.scale_question("plan"), scale=scale)
    item = replace(study.items[0], answers=scale.answers, nets=scale.nets, headline="top")
    study = people.study([question], [item])
    codes = {"area": np.zeros(90, np.int16), "plan": np.array([3, 4, 0] * 30, np.int16)}
    top = find(measured(study, Responses("2025", 90, codes)), "top")
    assert (top.count, top.base) == (60, 90)
    assert (top.low, top.high) == pytest.approx(tuple(100 * end for end in wilson(60 / 90, 90)))


def test_fewer_than_30_answers_are_flagged() -> None:
    found = measured(plan(), people.responses("s" * 60 + "h" * 29, plan="yns" * 29 + "yn"))
    assert find(found, "yes", "school").flag is None
    assert find(found, "yes", "health").flag == "u"


def test_those_who_did_not_say_are_a_level_of_their_own() -> None:
    found = measured(plan(), people.responses("s" * 40 + "." * 20, plan="yns" * 20))
    assert find(found, "yes", "").base == 20


def test_nobody_in_a_level_leaves_it_out_and_nobody_at_all_leaves_no_percent() -> None:
    found = measured(plan(), people.responses("s" * 40, plan="." * 40))
    assert {e.group for e in found.estimates} == {None}
    assert find(found, "yes").base == 0
    assert find(found, "yes").percent is None


def test_a_mean_counts_each_person_by_the_share_of_parts() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("both", ["plan", "review"], Combining.MEAN)],
    )
    found = measured(study, people.responses("s" * 40, plan="y" * 40, review="y" * 10 + "n" * 20 + "x" * 10))
    yes = find(found, "high", item="both")
    assert (yes.count, yes.base) == (20, 30)
    assert find(found, "no", item="both").count == 10
    assert (yes.low, yes.high) == pytest.approx(tuple(100 * end for end in wilson(20 / 30, 30)))
    besides_it = besides(study, study.waves[0], found)
    assert next(row.outside for row in besides_it if row.group is None) == 10


def test_a_pool_adds_counts_and_bases_and_its_range_is_the_smallest_parts() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("any", ["plan", "review"], Combining.POOLED)],
    )
    found = measured(study, people.responses("s" * 60, plan="yn" * 30, review="y" * 40 + "." * 20))
    yes = find(found, "yes", item="any")
    assert (yes.count, yes.base, yes.percent) == (70, 100, 70)
    assert (yes.low, yes.high) == pytest.approx(tuple(100 * end for end in wilson(0.7, 40)))


def test_equal_weights_change_no_figure_and_show_the_effective_base() -> None:
    answers = people.responses("sh" * 60, plan="yns" * 40)
    plain = find(measured(plan(), answers), "high")
    study = plan(wave=Wave("2025", "2025", weight="w"))
    same = find(measured(study, replace(answers, weight=np.full(120, 2.5))), "high")
    assert same.percent == pytest.approx(plain.percent)
    assert same.weighted
    assert same.method == "wilson-linearised"
    assert same.effective_base == pytest.approx(120)
    assert same.weighted_base == pytest.approx(300)
    assert plain.effective_base is None


def test_a_weighted_nobody_falls_back_to_the_effective_base() -> None:
    study = plan(wave=Wave("2025", "2025", weight="w"))
    answers = people.responses("s" * 60, plan="ys" * 30)
    weight = np.array([1.0, 3.0] * 30)
    none = find(measured(study, replace(answers, weight=weight)), "no")
    worth = weight.sum() ** 2 / (weight**2).sum()
    assert (none.low, none.high) == pytest.approx((0, 100 * wilson(0, worth)[1]))
    assert none.method == "wilson-effective-base"


def test_all_of_a_weighted_base_is_exactly_all() -> None:
    counts = {"a": 1, "b": 1, "c": 1}
    weights = {"a": 0.1, "b": 0.2, "c": 0.3}
    tally = Tally(counts, 3, weighted_counts=weights, weighted_base=0.6, effective_base=2.5, variances={})
    share = share_of(tally, "any", ("a", "b", "c"))
    assert (share.p, share.high) == (1, 1)


def headcount(level: str | None, number: int, **more: object) -> HeadcountRow:
    row = HeadcountRow("2025", None if level is None else "area", level, number, dated=DATED)
    return replace(row, **more)  # type: ignore[arg-type]


SIXTY = people.responses("s" * 60, plan="yns" * 20)


@pytest.mark.parametrize(
    ("row", "method", "worth"),
    [
        (headcount("school", 119), "wilson-fpc", 60 * 118 / 59),
        (headcount("school", 100, number_high=119), "wilson-fpc", 60 * 118 / 59),
        (headcount("school", 119, dated=None), "wilson", 60),
        (headcount("school", 119, all_invited=False), "wilson", 60),
        (headcount(None, 119), "wilson", 60),
    ],
)
def test_only_a_dated_headcount_of_the_same_group_all_invited_narrows_its_range(
    row: HeadcountRow, method: str, worth: float
) -> None:
    school = find(measured(plan(headcount=(row,)), SIXTY), "yes", "school")
    assert school.method == method
    assert (school.low, school.high) == pytest.approx(tuple(100 * end for end in wilson(1 / 3, worth)))


def test_a_question_some_were_not_shown_has_no_headcount() -> None:
    answers = people.responses("s" * 60, plan="yns" * 19 + "yn-")
    found = measured(plan(headcount=(headcount("school", 119),)), answers)
    assert find(found, "yes", "school").method == "wilson"


def test_where_almost_everyone_answered_no_range_is_given() -> None:
    found = measured(plan(headcount=(headcount(None, 63),)), SIXTY)
    yes = find(found, "yes")
    assert (yes.percent, yes.low, yes.high) == (pytest.approx(100 / 3), None, None)
    assert yes.method == "almost-everyone"
    assert any("almost everyone answered; ranges show no chance error" in limit for limit in found.limits)


def test_more_answers_than_people_is_refused_by_the_row() -> None:
    with pytest.raises(Refusal, match=r"wave Summer 2025 than the headcount of Area of work “School”"):
        measured(plan(headcount=(headcount("school", 50, number_high=59),)), SIXTY)


def test_a_refused_headcount_names_the_group_and_gives_none_of_its_numbers() -> None:
    """The sentence is read by people who may not know how many a small group is (D1)."""
    answers = people.responses("s" * 8 + "h" * 20, plan="yns" * 9 + "y")
    with pytest.raises(Refusal, match=r"“School”") as refused:
        measured(plan(headcount=(headcount("school", 2, source="Register"),)), answers)
    assert not re.search(r"\d", str(refused.value).replace("Summer 2025", ""))


def test_a_refused_stratum_is_named_without_numbers() -> None:
    study = plan(
        wave=Wave("2025", "Summer 2025", weight="w", stratum="area"), headcount=(headcount("school", 2),)
    )
    given = replace(people.responses("s" * 8, plan="y" * 8), weight=np.full(8, 1.0), stratum=("school",) * 8)
    with pytest.raises(Refusal, match=r"stratum “School”") as refused:
        designs(study, study.waves[0], build_cube(study, study.waves[0], given))
    assert not re.search(r"\d", str(refused.value).replace("Summer 2025", ""))


def test_changes_get_no_headcount_unless_the_study_says_so() -> None:
    wave = Wave("2025", "2025", weight="w", stratum="area")
    study = plan(wave=wave, headcount=(headcount("school", 80),))
    answers = replace(SIXTY, weight=np.full(60, 1.0), stratum=("school",) * 60)
    key = ("plan", None, None)
    apart = measured(study, answers).tallies[key].variances
    narrowed = measured(replace(study, correct_changes=True), answers).tallies[key].variances
    assert apart is not None
    assert narrowed is not None
    assert narrowed["yes"] == pytest.approx(apart["yes"] * (1 - 60 / 80))


def test_everybodys_headcount_is_never_used_on_a_group() -> None:
    study = plan(wave=Wave("2025", "2025", weight="w"), headcount=(headcount(None, 120),))
    answers = people.responses("s" * 60 + "h" * 20, plan="yns" * 26 + "yn")
    weight = np.tile([1.0, 2.0], 40)
    with_it = measured(study, replace(answers, weight=weight))
    without = measured(replace(study, headcount=()), replace(answers, weight=weight))
    school, bare = find(with_it, "yes", "school"), find(without, "yes", "school")
    assert (school.low, school.high) == (bare.low, bare.high)
    everybody, wide = find(with_it, "yes"), find(without, "yes")
    assert everybody.low is not None
    assert wide.low is not None
    assert everybody.low > wide.low


def test_a_wave_is_measured_by_the_answers_it_offered() -> None:
    study = plan()
    later = replace(study.items[0], answers=(Answer("other", "Other", net="high"),))
    found = measured(replace(study, items=(later,)), SIXTY)
    assert {e.answer for e in found.estimates} == {"no", "so-so", "yes", "low", "high"}


def test_the_study_says_how_few_are_too_few_to_rely_on() -> None:
    answers = people.responses("s" * 25, plan="y" * 20 + "n" * 5)
    assert find(measured(plan(), answers), "high").flag == "u"
    assert (
        find(measured(replace(plan(), thresholds=Thresholds(smallest_base=20)), answers), "high").flag is None
    )


def test_a_pooled_item_is_flagged_by_its_people_not_its_answers() -> None:
    questions = [people.scale_question(name) for name in ("plan", "guide")]
    pooled = replace(people.item("both", ["plan", "guide"]), combining=Combining.POOLED)
    study = people.study(questions, [pooled])
    found = find(
        measured(study, people.responses("s" * 20, plan="y" * 20, guide="y" * 20)), "high", item="both"
    )
    assert (found.base, found.flag) == (40, "u")
