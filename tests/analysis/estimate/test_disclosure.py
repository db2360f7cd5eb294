"""What a wave shows under each preset."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.cube import people
from tests.analysis.estimate.test_measure import find, measured, plan

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.definition.study import Combining, Grouping, Study, Wave
from goldenthread.analysis.estimate.measure import besides
from goldenthread.analysis.estimate.model import WaveMeasures
from goldenthread.analysis.estimate.who import who_tables
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.results import WhoRow

AREAS = "s" * 60 + "h" * 25 + "c" * 6
ANSWERS = people.responses(AREAS, plan="yns" * 30 + "y")


def rows(study: Study, responses: Responses) -> dict[str, WhoRow]:
    (table,) = who_tables(study, study.waves[0], build_cube(study, study.waves[0], responses))
    return {row.level: row for row in table.rows}


def shown(found: WaveMeasures) -> set[str]:
    return {str(e.level) for e in found.estimates if e.group and e.base is not None}


def test_a_group_of_six_and_the_next_smallest_lose_every_number() -> None:
    found = measured(plan(), ANSWERS)
    for level in ("council", "health"):
        hidden = find(found, "yes", level)
        assert hidden.flag == "c"
        assert {hidden.count, hidden.base, hidden.percent, hidden.low, hidden.high} == {None}
    assert find(found, "yes", "school").base == 60
    assert ("plan", "area", "council") in found.hidden


def test_everybodys_counts_are_shown_whatever_their_size() -> None:
    found = measured(plan(), people.responses("s" * 40, plan="y" * 38 + "nn"))
    assert find(found, "no").count == 2


def test_everybody_is_hidden_too_where_fewer_than_ten_are_in_the_base() -> None:
    found = measured(plan(), people.responses("s" * 40, plan="y" * 9 + "-" * 31))
    assert {e.flag for e in found.estimates} == {"c"}


def test_none_of_a_group_is_a_bound_and_its_neighbour_is_hidden() -> None:
    found = measured(plan(), people.responses("s" * 40 + "h" * 40, plan="ys" * 20 + "yn" * 20))
    none = find(found, "no", "school")
    assert (none.bound, none.count, none.percent, none.base, none.flag) == (
        "fewer than 5",
        None,
        None,
        40,
        None,
    )
    assert find(found, "so-so", "school").flag == "c"
    assert find(found, "yes", "school").count == 20
    everybody = find(found, "no")
    assert everybody.bound is None


def test_the_who_table_hides_a_second_row_and_keeps_an_empty_one() -> None:
    found = rows(plan(), ANSWERS)
    assert (found["council"].count, found["council"].shown_as) == (None, "not shown")
    assert (found["health"].count, found["health"].percent, found["health"].shown_as) == (
        None,
        None,
        "not shown",
    )
    assert rows(plan(), people.responses("s" * 60, plan="y" * 60))["health"].count == 0


def test_a_row_hidden_in_the_who_table_is_hidden_in_every_item() -> None:
    """Everyone in council and health answered: their base would print the who table's hidden count."""
    areas = "s" * 60 + "h" * 25 + "c" * 20 + "." * 5
    found = measured(plan(), people.responses(areas, plan="yns" * 28 + "y" + "yns" * 7 + "." * 4))
    assert find(found, "yes", "council").flag == "c"


def test_a_question_that_is_a_grouping_does_not_undo_the_who_table() -> None:
    study = people.study([], [people.item("area", ["area"])])
    study = replace(study, items=(replace(study.items[0], answers=(), nets=(), headline=None),))
    found = measured(study, people.responses(AREAS))
    assert find(found, "school", item="area").count == 60
    assert find(found, "council", item="area").flag == "c"
    assert find(found, "health", item="area").flag == "c"


def test_few_outside_the_base_of_a_group_are_not_shown_nor_the_blanks_that_would_tell() -> None:
    study = plan()
    areas = "s" * 60 + "h" * 50 + "c" * 40
    found = measured(
        study,
        people.responses(areas, plan="yns" * 15 + "x" * 15 + "yns" * 15 + "xxx.." + "yns" * 10 + "x" * 10),
    )
    beside = {row.level: row for row in besides(study, study.waves[0], found)}
    assert (beside[None].outside, beside[None].blank) == (28, 2)
    assert (beside["health"].outside, beside["health"].blank, beside["health"].not_shown) == (None, None, 0)
    assert beside["council"].outside is None, "else everybody's less the others'"
    assert beside["school"].outside == 15


def test_a_hidden_group_has_nothing_beside_it() -> None:
    study = plan()
    beside = besides(study, study.waves[0], measured(study, ANSWERS))
    hidden = next(row for row in beside if row.level == "council")
    assert {hidden.outside, hidden.blank, hidden.not_shown} == {None}


def test_a_hidden_group_that_an_item_did_not_ask_has_nothing_beside_it() -> None:
    """Health is hidden among those who answered; 25 not asked, none in the base, would be its number."""
    study = plan()
    responses = people.responses(AREAS, plan="-" * 60 + "-" * 25 + "y" * 6)
    assert rows(study, responses)["health"].count is None
    beside = {row.level: row for row in besides(study, study.waves[0], measured(study, responses))}
    assert beside["school"].not_shown == 60
    health = beside["health"]
    assert {health.outside, health.blank, health.not_shown} == {None}


def test_open_data_hides_nothing() -> None:
    study = plan(preset="open-data")
    found = measured(study, ANSWERS)
    assert find(found, "yes", "council").count == 2
    assert not found.hidden
    assert rows(study, ANSWERS)["council"].count == 6
    assert any("nothing is hidden" in limit for limit in found.limits)


def test_tre10_hides_every_small_count_and_a_second_in_its_line() -> None:
    study = plan(preset="tre10")
    areas = "s" * 60 + "h" * 60
    answers = people.responses(areas, plan="y" * 45 + "n" * 12 + "s" * 3 + "y" * 20 + "n" * 20 + "s" * 20)
    found = measured(study, answers)
    counts = [e.count for e in found.estimates if e.count is not None]
    assert not [n for n in counts if 0 < n < 10]
    assert find(found, "so-so", "school").flag == "c"
    assert find(found, "no", "school").flag == "c", "else the base less the rest"
    assert find(found, "low", "school").flag == "c"
    assert find(found, "so-so", "health").flag == "c", "else everybody's less the rest"
    assert find(found, "yes").count == 65
    hidden = [e.answer for e in found.estimates if e.level == "health" and e.flag == "c"]
    assert len({"no", "so-so", "yes"}.intersection(hidden)) == 2, "else the base less the rest"


def test_tre10_hides_an_answer_in_every_group_where_it_is_hidden_for_everybody() -> None:
    study = plan(preset="tre10")
    answers = people.responses("s" * 60 + "h" * 60, plan="y" * 45 + "n" * 15 + "y" * 40 + "n" * 12 + "s" * 8)
    found = measured(study, answers)
    assert {find(found, "so-so", level).flag for level in (None, "school", "health")} == {"c"}
    assert {find(found, "no", level).flag for level in (None, "school", "health")} == {"c"}


def test_a_preset_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refusal, match="“secret”; there are open-data, staff-survey, tre10"):
        measured(plan(preset="secret"), ANSWERS)


def test_rows_in_another_order_hide_the_same() -> None:
    study = people.study(
        [people.scale_question("plan"), people.choice("post", ["lead", "aide", "head"])],
        [people.item("plan", ["plan"])],
        groupings=(Grouping("area", "Area"), Grouping("post", "Post")),
    )
    random = np.random.default_rng(8)
    posts = random.choice(3, len(AREAS), p=[0.7, 0.2, 0.1]).astype(np.int16)
    answers = replace(ANSWERS, codes=ANSWERS.codes | {"post": posts})
    order = random.permutation(len(AREAS))
    moved = replace(answers, codes={name: codes[order] for name, codes in answers.codes.items()})
    assert measured(study, moved) == measured(study, answers)
    assert (
        measured(replace(study, groupings=study.groupings[::-1]), answers).hidden
        == measured(study, answers).hidden
    )


def grouped_item(*more: str, groupings: tuple[Grouping, ...] = (Grouping("area", "Area"),)) -> Study:
    """The area as an item of its own, as well as a grouping."""
    questions = [people.choice("post", ["lead", "aide"])] if len(groupings) > 1 else []
    items = [people.item("area", ["area"]), *(people.item(name, ["area"]) for name in more)]
    plain = [replace(item, answers=(), nets=(), headline=None) for item in items]
    return replace(people.study(questions, plain, groupings=groupings), items=tuple(plain))


@pytest.mark.parametrize("more", [(), ("where",)])
def test_a_grouping_of_which_a_level_is_hidden_has_nothing_beside_it(more: tuple[str, ...]) -> None:
    """Its blanks are those who did not say; also where an item of another name stands on its question."""
    study = grouped_item(*more)
    found = measured(study, people.responses("s" * 60 + "h" * 30 + "." * 6))
    assert ("area", "") in found.who_hidden
    rows = besides(study, study.waves[0], found)
    assert {(row.outside, row.blank, row.not_shown) for row in rows} == {(None, None, None)}
    assert {e.flag for e in found.estimates} == {"c"}


def test_a_grouping_is_not_broken_down_by_another_unless_nothing_is_hidden() -> None:
    study = grouped_item(groupings=(Grouping("area", "Area"), Grouping("post", "Post")))
    answers = people.responses("s" * 60 + "h" * 30)
    answers = replace(answers, codes=answers.codes | {"post": np.array([0, 1] * 45, np.int16)})
    assert {e.group for e in measured(study, answers).estimates} == {None}
    open_data = measured(replace(study, preset="open-data"), answers)
    assert {e.group for e in open_data.estimates} == {None, "post"}


def test_a_hidden_figure_tells_not_how_it_was_worked_out() -> None:
    """Council is too small, and nobody there, or everybody, gave an answer; none were asked of health."""
    found = measured(plan(), ANSWERS)
    assert {e.method for e in found.estimates if e.flag == "c"} == {"hidden"}


def test_a_mean_is_hidden_where_its_parts_less_itself_are_a_few_peoples_answers() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [
            people.item("plan", ["plan"]),
            people.item("review", ["review"]),
            people.item("both", ["plan", "review"], Combining.MEAN),
        ],
    )
    areas = "s" * 60 + "h" * 50 + "c" * 40
    one_part = "x" * 12 + "yns" * 16 + "xxxx" + "yn" * 23 + "yn" * 20
    found = measured(study, people.responses(areas, plan="yns" * 50, review=one_part))
    assert find(found, "yes", "health", "plan").base == 50
    assert find(found, "yes", "health", "review").base == 46
    assert find(found, "yes", "health", "both").flag == "c"
    assert find(found, "yes", "school", "both").flag == "c", "else four of everybody's sixteen are left"
    assert find(found, "yes", "council", "both").base == 40
    assert find(found, "yes", None, "both").base == 134
    alone = replace(study, items=study.items[1:])
    assert (
        find(
            measured(alone, people.responses(areas, plan="yns" * 50, review=one_part)),
            "yes",
            "health",
            "both",
        ).base
        == 46
    )


def test_blanks_of_one_to_nine_are_not_shown_nor_told_by_noughts() -> None:
    study = plan()
    areas = "s" * 60 + "h" * 50 + "c" * 40
    answers = people.responses(areas, plan="yns" * 20 + "...." + "yn" * 23 + "x" * 12 + "yn" * 14)
    rows = {row.level: row for row in besides(study, study.waves[0], measured(study, answers))}
    assert (rows[None].outside, rows[None].blank) == (12, 4)
    assert (rows["health"].outside, rows["health"].blank) == (None, None)
    assert (rows["council"].outside, rows["council"].blank) == (None, None), "else all four are health's"
    assert (rows["school"].outside, rows["school"].blank) == (0, 0)


def test_a_weighted_wave_with_hidden_groups_is_rounded_and_says_what_is_not_proven() -> None:
    study = plan(wave=Wave("2025", "Summer 2025", weight="w"))
    weights = np.where(np.arange(len(AREAS)) < 60, 1.37, 2.11)
    found = measured(study, replace(ANSWERS, weight=weights))
    yes = find(found, "yes")
    assert all(len(str(number).partition(".")[2]) == 1 for number in (yes.percent, yes.low, yes.high))
    assert yes.weighted_base == 150
    assert found.rounded == {"plan"}
    assert any("not proven" in limit for limit in found.limits)
    safe = measured(study, replace(people.responses("s" * 91, plan="yns" * 30 + "y"), weight=weights))
    assert not safe.rounded
    assert not any("not proven" in limit for limit in safe.limits)


def test_no_level_is_shown_that_an_item_hides() -> None:
    found = measured(plan(), ANSWERS)
    assert shown(found) == {"school"}
