"""A study nobody wrote code for, run from the command to its figures, and counted again by hand."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

STUDY = Path(__file__).parent / "third_study"
SURE, OFTEN, DAYS = "Sure of it", ("3", "4"), ("Most days", "Every day")
Row = dict[str, str]
Entry = dict[str, Any]


def table(name: str, delimiter: str) -> list[Row]:
    with (STUDY / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


THEN, NOW = table("answers-2024.csv", ";"), table("answers-2026.csv", ",")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Entry, str]:
    """The figures, and what the command said on its way."""
    out = tmp_path_factory.mktemp("third") / "report"
    line = [
        sys.executable,
        "-m",
        "goldenthread.analysis",
        "report",
        str(STUDY / "study.toml"),
        "--out",
        str(out),
    ]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return json.loads((out / "figures.json").read_text(encoding="utf-8")), done.stderr


def estimate(figures: Entry, wave: str, item: str, answer: str, level: str | None = None) -> Entry:
    group = None if level is None else "job"
    wanted = (wave, item, answer, group, level)
    keys = ("wave", "item", "answer", "group", "level")
    return next(e for e in figures["estimates"] if tuple(e[key] for key in keys) == wanted)


def shown(found: Entry) -> tuple[float, int]:
    return found["count"], found["base"]


def share(cells: Iterable[str], wanted: str | tuple[str, ...], counting: tuple[str, ...]) -> tuple[int, int]:
    """How many cells hold what is wanted, and how many count at all."""
    base = [cell for cell in cells if cell in counting]
    return sum(cell in wanted if isinstance(wanted, tuple) else cell == wanted for cell in base), len(base)


def then(ending: str) -> list[str]:
    """A column of 2024, by how its heading ends."""
    (heading,) = [name for name in THEN[0] if name.endswith(ending)]
    return [row[heading] for row in THEN]


def now(heading: str) -> list[str]:
    return [row[heading] for row in NOW]


@pytest.mark.parametrize(
    ("item", "column"),
    [("notice", "v4_1"), ("stammer", "v4_5"), ("contact", "v7"), ("home-language", "v8")],
)
def test_three_points_in_codes(run: tuple[Entry, str], item: str, column: str) -> None:
    assert shown(estimate(run[0], "2026", item, "net-sure")) == share(now(column), "3", ("1", "2", "3"))


def test_three_points_in_words(run: tuple[Entry, str]) -> None:
    words = ("Not yet", "Getting there", SURE)
    cells = [SURE if cell == "sure of it." else cell for cell in then("[Use the Anyshire talk checklist]")]
    assert shown(estimate(run[0], "2024", "checklist", "net-sure")) == share(cells, SURE, words)
    noticed = then("[Notice when a child's language is behind]")
    assert "Sure" in noticed
    assert shown(estimate(run[0], "2024", "notice", "net-sure")) == share(noticed, SURE, words)
    assert shown(estimate(run[0], "2024", "notice", "1")) == share(noticed, "Not yet", words)


def test_one_group(run: tuple[Entry, str]) -> None:
    cells = [row["v4_2"] for row in NOW if row["v1"] == "practitioner"]
    found = estimate(run[0], "2026", "checklist", "net-sure", "practitioner")
    assert shown(found) == share(cells, "3", ("1", "2", "3"))


def test_a_question_for_some(run: tuple[Entry, str]) -> None:
    asked = [row["v6"] for row in NOW if row["v3"] == "yes"]
    assert shown(estimate(run[0], "2026", "targets", "often")) == share(asked, OFTEN, ("1", "2", "3", "4"))
    pairs = zip(
        then("key person of a child who needs extra help with language?"),
        then("with the family"),
        strict=True,
    )
    led_there = [answer for key, answer in pairs if key == "Yes"]
    words = ("Hardly ever", "Now and then", *DAYS)
    assert shown(estimate(run[0], "2024", "targets", "often")) == share(led_there, DAYS, words)


def test_a_headcount_narrows_what_all_were_asked_and_nothing_else(run: tuple[Entry, str]) -> None:
    assert estimate(run[0], "2026", "stammer", "net-sure")["method"] == "wilson-fpc"
    assert estimate(run[0], "2026", "checklist", "net-sure", "practitioner")["method"] == "wilson-fpc"
    assert estimate(run[0], "2026", "targets", "often")["method"] == "wilson"


def test_ticks_in_one_cell_with_a_comma_in_a_label(run: tuple[Entry, str]) -> None:
    cells = [cell for cell in then("Tick all that apply.") if cell]
    for code, label in (("time", "Time to plan, with cover"), ("visit", "A visit from a therapist")):
        ticked = sum(label in cell for cell in cells)
        assert shown(estimate(run[0], "2024", f"help.{code}", "yes")) == (ticked, len(cells))


def test_ticks_in_columns_of_their_own(run: tuple[Entry, str]) -> None:
    options = [f"v9_{code}" for code in ("signing", "visit", "time", "films", "nothing")]
    ticked = [[option for option in options if row[option] == "1"] for row in NOW]
    somebody = [each for each in ticked if each]
    alone = sum(each == ["v9_nothing"] for each in somebody)
    assert any("v9_nothing" in each and len(each) > 1 for each in somebody)
    assert shown(estimate(run[0], "2026", "help.nothing", "yes")) == (alone, len(somebody))
    signing = sum("v9_signing" in each for each in somebody)
    assert shown(estimate(run[0], "2026", "help.signing", "yes")) == (signing, len(somebody))


def test_three_statements_as_one(run: tuple[Entry, str]) -> None:
    answers = [[row[f"v5_{part}"] for part in (1, 2, 3)] for row in NOW]
    whole = [each for each in answers if all(cell in ("1", "2", "3", "4") for cell in each)]
    expected = sum(sum(cell in OFTEN for cell in each) for each in whole) / 3
    found = estimate(run[0], "2026", "good-talk", "often")
    assert found["base"] == len(whole)
    assert found["count"] == pytest.approx(expected)
    assert found["percent"] == pytest.approx(100 * expected / len(whole))


def test_changes_are_later_less_earlier_and_parts_give_up_their_place(
    run: tuple[Entry, str],
) -> None:
    changes = {c["item"]: c for c in run[0]["changes"] if c["group"] is None}
    before, after = (estimate(run[0], wave, "finish", "often")["percent"] for wave in ("2024", "2026"))
    assert changes["finish"]["points"] == pytest.approx(after - before)
    assert changes["finish"]["verdict"] is not None
    assert changes["good-talk"]["verdict"] is not None
    assert [changes[part]["verdict"] for part in ("wait", "read", "sing")] == [None] * 3


def test_everybody_is_counted(run: tuple[Entry, str]) -> None:
    waves = [(w["answered"], w["invited"], w["invited_high"]) for w in run[0]["waves"]]
    assert waves == [(len(THEN), 230, None), (len(NOW), 215, 225)]


def test_what_was_left_out_is_said_as_the_file_holds_it(run: tuple[Entry, str]) -> None:
    said = run[1]
    assert "answers-2024.csv, row 18," in said
    assert "“Sure”: not one of the answers" in said
    assert "answers-2026.csv, row 13, column “v4_1”: “5”: not one of the answers" in said
    assert "answers-2026.csv, row 21, column “v9_nothing”: “1”: ticked together with" in said
    assert "4 answers or rows were left out." in said
    assert "3 notes on how answers were read" in said
