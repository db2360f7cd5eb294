"""The cube counts each answer once, in the group and stratum of the person who gave it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.cube import people

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.cube.model import EVERYONE, OUTSIDE, Cell, Cube, decode
from goldenthread.analysis.definition.study import Combining, Grouping, Study, Wave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.model import BLANK, NOT_SHOWN, Responses


def simple() -> tuple[Study, Responses]:
    study = people.study([people.scale_question("plan")], [people.item("plan", ["plan"])])
    return study, people.responses("sshhhc.", plan="yyny.-x")


def cube_of(study: Study, responses: Responses) -> Cube:
    return build_cube(study, study.waves[0], responses)


def counts(cells: tuple[Cell, ...]) -> dict[tuple[str, int], int]:
    return {(cell.level, cell.answer): cell.n for cell in cells}


def test_every_answer_is_counted_for_everybody_and_by_group() -> None:
    cube = cube_of(*simple())
    assert counts(cube.of("plan")) == {("", NOT_SHOWN): 1, ("", BLANK): 1, ("", 0): 1, ("", 2): 3, ("", 3): 1}
    assert counts(cube.of("plan", "area")) == {
        ("school", 2): 2,
        ("health", 0): 1,
        ("health", 2): 1,
        ("health", BLANK): 1,
        ("council", NOT_SHOWN): 1,
        ("", 3): 1,
    }


def test_who_answered_counts_everybody_whatever_they_answered() -> None:
    cube = cube_of(*simple())
    assert cube.people == 7
    assert {level: n for (level, _), n in counts(cube.of(EVERYONE, "area")).items()} == {
        "school": 2,
        "health": 3,
        "council": 1,
        "": 1,
    }


def test_the_order_of_rows_changes_nothing() -> None:
    study, responses = weighted()
    order = np.random.default_rng(5).permutation(responses.people)
    moved = replace(
        responses,
        codes={name: codes[order] for name, codes in responses.codes.items()},
        weight=responses.weight[order] if responses.weight is not None else None,
        stratum=tuple(responses.stratum[place] for place in order) if responses.stratum else None,
    )
    assert cube_of(study, moved) == cube_of(study, responses)


def weighted(size: int = 3000) -> tuple[Study, Responses]:
    """Weights that do not add up in floating point the same way twice."""
    study = people.study(
        [people.scale_question("plan")],
        [people.item("plan", ["plan"])],
        wave=Wave("2025", "2025", weight="w", stratum="region"),
    )
    random = np.random.default_rng(11)
    responses = people.responses("shc" * (size // 3), plan="yyn.yxs-yy" * (size // 10))
    stratum = tuple(str(name) for name in random.choice(["north", "south"], size))
    return study, replace(responses, weight=random.uniform(0.1, 9, size), stratum=stratum)


def test_weights_are_summed_by_stratum() -> None:
    study, responses = weighted()
    cube = cube_of(study, responses)
    assert responses.weight is not None
    assert responses.stratum is not None
    yes = (responses.codes["plan"] == 2) & (np.array(responses.stratum) == "north")
    cell = next(c for c in cube.of("plan") if c.answer == 2 and c.stratum == "north")
    assert cell.n == int(yes.sum())
    assert cell.w == pytest.approx(responses.weight[yes].sum(), rel=1e-12)
    assert cell.w2 == pytest.approx((responses.weight[yes] ** 2).sum(), rel=1e-12)


def test_a_mean_counts_those_with_a_substantive_answer_to_every_part() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("both", ["plan", "review"], Combining.MEAN)],
    )
    cube = cube_of(study, people.responses("ssssss", plan="yyy.x.", review="ynx-yy"))
    found = {cell.answer: cell.n for cell in cube.of("both")}
    assert found[OUTSIDE] == 2
    assert (found[NOT_SHOWN], found[BLANK]) == (1, 1)
    assert {decode(answer, 4, 2): n for answer, n in found.items() if answer >= 0} == {(2, 2): 1, (2, 0): 1}


def test_a_pool_keeps_its_parts_apart() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("any", ["plan", "review"], Combining.POOLED)],
    )
    cube = cube_of(study, people.responses("sss", plan="yyn", review="n.y"))
    assert {(c.part, c.answer): c.n for c in cube.of("any")} == {
        (0, 0): 1,
        (0, 2): 2,
        (1, -1): 1,
        (1, 0): 1,
        (1, 2): 1,
    }


def test_answers_are_matched_by_code_where_parts_list_them_in_another_order() -> None:
    turned = replace(people.AGREE, answers=tuple(reversed(people.AGREE.answers)))
    review = replace(people.scale_question("review"), scale=turned)
    study = people.study(
        [people.scale_question("plan"), review], [people.item("any", ["plan", "review"], Combining.POOLED)]
    )
    responses = people.responses("s", plan="y", review="n")
    cube = cube_of(study, replace(responses, codes=responses.codes | {"review": np.array([1], np.int16)}))
    assert {(c.part, c.answer): c.n for c in cube.of("any")} == {(0, 2): 1, (1, 2): 1}


def test_profiles_count_the_base_by_all_groupings_at_once() -> None:
    study = people.study(
        [people.scale_question("plan"), people.choice("post", ["lead", "aide"])],
        [people.item("plan", ["plan"])],
        groupings=(Grouping("area", "Area"), Grouping("post", "Post")),
    )
    responses = people.responses("ssshh", plan="yyx.n")
    posts = np.array([0, 0, 1, 1, 1], np.int16)
    cube = cube_of(study, replace(responses, codes=responses.codes | {"post": posts}))
    assert {p.levels: p.n for p in cube.profiles["plan"]} == {("school", "lead"): 2, ("health", "aide"): 1}
    assert sum(p.n for p in cube.profiles[EVERYONE]) == 5


def test_a_stored_cube_loads_back_equal(tmp_path: Path) -> None:
    cube = cube_of(*weighted())
    path = tmp_path / "a folder's cubes" / "2025.parquet"
    cube.save(path)
    assert Cube.load(path) == cube
    assert [file.name for file in path.parent.iterdir()] == ["2025.parquet"]


def test_one_item_is_read_alone(tmp_path: Path) -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("plan", ["plan"]), people.item("review", ["review"])],
    )
    cube = cube_of(study, people.responses("ssh", plan="yyn", review="nnn"))
    cube.save(tmp_path / "c.parquet")
    alone = Cube.load(tmp_path / "c.parquet", "review")
    assert alone.of("review", "area") == cube.of("review", "area")
    assert not alone.of("plan")


@pytest.mark.parametrize("content", [None, b"", b"not a cube"])
def test_a_file_that_is_not_a_cube_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "c.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal, match=r"c\.parquet"):
        Cube.load(path)


def test_a_weight_that_is_no_number_above_nought_is_refused() -> None:
    study, responses = weighted()
    assert responses.weight is not None
    wrong = responses.weight.copy()
    wrong[41] = float("nan")
    with pytest.raises(Refusal, match="weight “w” of answer 42"):
        cube_of(study, replace(responses, weight=wrong))


def test_an_item_on_several_questions_must_say_how_they_combine() -> None:
    study = people.study(
        [people.scale_question("plan"), people.scale_question("review")],
        [people.item("both", ["plan", "review"])],
    )
    with pytest.raises(Refusal, match="mean or pool"):
        cube_of(study, people.responses("s", plan="y", review="y"))


def test_parts_with_other_answers_cannot_be_combined() -> None:
    study = people.study(
        [people.scale_question("plan"), people.choice("post", ["lead", "aide"])],
        [people.item("both", ["plan", "post"], Combining.MEAN)],
    )
    with pytest.raises(Refusal, match="“plan” and “post”, whose answers differ"):
        cube_of(study, people.responses("s", plan="y", post="n"))


def test_a_wave_that_lacks_the_column_is_refused() -> None:
    study = people.study([people.scale_question("plan")], [people.item("plan", ["plan"])])
    with pytest.raises(Refusal, match="no answers to “plan”"):
        cube_of(study, people.responses("ss"))
