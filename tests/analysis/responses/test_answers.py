"""Cells become answers: exactly, folded with a note, or not at all with a problem."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.responses.asked import (
    AGREE,
    HELP,
    HELPS,
    ROLE,
    SAY,
    STARTED,
    YEARS,
    csv_file,
    labels,
    lost,
    read,
    said,
    xlsx_file,
)

from goldenthread.analysis.definition.model import Answer, Kind, Question, Scale
from goldenthread.analysis.responses.answers import answer_index

SURE = Question("sure", Kind.SCALE, "I feel sure", "sure", scale=AGREE)
TOPIC = Question(
    "topic", Kind.SINGLE, "Topic", "topic", scale=Scale("t", (Answer("a", "Speech"), Answer("b", "Sight")))
)


def column(folder: Path, question: Question, *cells: object) -> Path:
    return xlsx_file(folder, [("row", question.id), *((n, cell) for n, cell in enumerate(cells))])


@pytest.mark.parametrize("text", ["5", "Strongly agree", "na", "Neither agree or disagree"])
def test_a_code_a_label_and_an_alias_are_read_in_silence(tmp_path: Path, text: str) -> None:
    responses = read(csv_file(tmp_path, [("sure",), (text,)]), SURE)
    assert responses.codes["sure"][0] >= 0
    assert responses.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "STRONGLY  AGREE",
        "strongly-agree",
        "Strongly\u00a0agree.",
        "“Strongly agree”",
        "5.0",
        "5 - Strongly agree",
        "5. Strongly agree",
        "5) strongly agree",
        "5 (Strongly agree)",
        "Strongly agree (5)",
        "5 Strongly agree",
    ],
)
def test_other_spellings_are_read_with_a_note(tmp_path: Path, text: str) -> None:
    responses = read(csv_file(tmp_path, [("sure",), (text,), (text,)]), SURE)
    assert labels(responses, "sure", AGREE.answers) == ["5", "5"]
    (problem,) = responses.problems
    assert problem.rows == (2, 3)
    assert (problem.lost, problem.count, problem.message) == (False, 2, "read as “Strongly agree”.")


@pytest.mark.parametrize("cell", ["Strongly  agree", "Strongly\u00a0agree", "Strongly\u200b agree"])
def test_a_note_never_prints_the_same_words_twice(tmp_path: Path, cell: str) -> None:
    responses = read(csv_file(tmp_path, [("sure",), (cell,)]), SURE)
    assert labels(responses, "sure", AGREE.answers) == ["5"]
    assert "read despite spaces or unseen signs in it." in said(responses)


@pytest.mark.parametrize(
    "text", ["4 - Strongly agree", "6", "Strongly", "agree strongly", "-", "?", "55", "-5"]
)
def test_what_is_not_an_answer_is_left_out_with_its_place(tmp_path: Path, text: str) -> None:
    responses = read(csv_file(tmp_path, [("sure",), ("4",), (text,)]), SURE)
    assert labels(responses, "sure", AGREE.answers) == ["4", -1]
    assert lost(responses) == [(3, "sure", text)]
    assert said(responses).endswith("not one of the answers; left out.")


def test_numbers_in_a_workbook_are_codes(tmp_path: Path) -> None:
    responses = read(column(tmp_path, SURE, 5, 4.0, 2.5, None), SURE)
    assert labels(responses, "sure", AGREE.answers) == ["5", "4", -1, -1]
    assert lost(responses) == [(4, "sure", "2.5")]


def test_a_minus_is_part_of_a_number() -> None:
    index = answer_index((Answer("-1", "Worse"), Answer("1", "Better")))
    assert [index.read(text).position for text in ("-1", "−1", "1", "-1.0")] == [0, 0, 1, 0]


def test_a_problem_repeated_keeps_every_row_and_is_said_once(tmp_path: Path) -> None:
    table = [("topic",), ("Speech",), *[("speach",)] * 30, ("sounds",)]
    responses = read(csv_file(tmp_path, table), TOPIC)
    assert lost(responses) == [
        (33, "topic", "sounds"),
        *((row, "topic", "speach") for row in range(3, 33)),
    ]
    assert said(responses) == (
        "answers.csv, rows 3, 4, 5, 6, 7 and 26 more, column “topic”: “sounds”, “speach”: "
        "not one of the answers; left out."
    )


def test_many_different_strange_answers_are_all_kept_and_do_not_swamp_the_list(tmp_path: Path) -> None:
    table = [("topic",), *[(f"strange {n}",) for n in range(1000)]]
    responses = read(csv_file(tmp_path, table), TOPIC)
    assert sorted(row for row, _, _ in lost(responses)) == list(range(2, 1002))
    assert said(responses).count("\n") == 0
    assert "“strange 0”, “strange 1”, “strange 10” and 997 more: not one" in said(responses)


def test_words_of_their_own_count_as_other_and_are_kept(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("role",), ("Caretaker",), ("Other",), ("ta",)]), ROLE)
    assert labels(responses, "role", ROLE.scale.answers) == ["other", "other", "ta"]
    assert responses.texts["role.other"] == ("Caretaker", None, None)
    assert not lost(responses)
    told = "an answer in a person's own words was counted as “other”."
    assert said(responses) == f"answers.csv, row 2, column “role”: {told}"


def test_words_in_their_own_column_are_kept_and_count_where_nothing_was_chosen(tmp_path: Path) -> None:
    table = [("role", "role[other]"), ("other", "Caretaker"), ("", "Cook"), ("ta", "and parent")]
    responses = read(csv_file(tmp_path, table), ROLE)
    assert labels(responses, "role", ROLE.scale.answers) == ["other", "other", "ta"]
    assert responses.texts["role.other"] == ("Caretaker", "Cook", "and parent")
    assert "row 3, column “role[other]”: a person wrote an answer and chose none" in said(responses)


@pytest.mark.parametrize("tick", ["Yes", "y", "1", "TRUE", "checked", "X", "Training", "✓"])
@pytest.mark.parametrize("empty", ["", "No", "n", "0", "false", "Unchecked"])
def test_ticks_are_known_in_many_forms(tmp_path: Path, tick: str, empty: str) -> None:
    table = [("row", "help[training]", "help[time]"), ("1", tick, empty), ("2", empty, "Yes")]
    responses = read(csv_file(tmp_path, table), HELP)
    assert responses.codes["help.training"].tolist() == [1, 0]
    assert [each for each in lost(responses) if each[2]] == []


def test_whoever_ticked_nothing_is_blank_throughout(tmp_path: Path) -> None:
    table = [("row", "help[training]", "help[time]"), ("1", "No", "No"), ("2", "", ""), ("3", "No", "Yes")]
    responses = read(csv_file(tmp_path, table), HELP)
    assert responses.codes["help.training"].tolist() == [-1, -1, 0]
    assert responses.codes["help.time"].tolist() == [-1, -1, 1]


def test_a_cell_that_is_no_tick_is_left_out(tmp_path: Path) -> None:
    table = [("help[training]", "help[time]"), ("perhaps", "Yes")]
    responses = read(csv_file(tmp_path, table), HELP)
    assert (2, "help[training]", "perhaps") in lost(responses)
    assert responses.codes["help.training"].tolist() == [0]


@pytest.mark.parametrize(
    "cell",
    [
        "Training;Advice, by phone or e-mail;",
        "Training, Advice, by phone or e-mail",
        "training | advice, by phone or e-mail",
        "Advice, by phone or e-mail\nTraining",
        "training;advice",
    ],
)
def test_several_answers_in_one_cell(tmp_path: Path, cell: str) -> None:
    responses = read(csv_file(tmp_path, [("help", "say"), (cell, "")]), HELP)
    ticked = {answer.code: int(responses.codes[f"help.{answer.code}"][0]) for answer in HELPS.answers}
    assert ticked == {"training": 1, "advice": 1, "time": 0, "none": 0, "other": 0}
    assert not lost(responses)


def test_words_among_several_answers_are_the_other(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("help",), ("Time;A mentor, please;Training;",)]), HELP)
    assert responses.codes["help.other"].tolist() == [1]
    assert responses.codes["help.time"].tolist() == [1]
    assert responses.texts["help.other"] == ("A mentor, please",)


PLACES = Scale("p", (Answer("a", "Home"), Answer("b", "School"), Answer("c", "Home, school")))
WHERE = Question("where", Kind.MULTIPLE, "Where?", "where", scale=PLACES)


def test_a_cell_that_can_be_cut_two_ways_is_left_out(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("where",), ("Home, school",), ("Home",)]), WHERE)
    assert responses.codes["where.a"].tolist() == [-1, 1]
    assert lost(responses) == [(2, "where", "Home, school")]
    assert "could be “Home, school”, or “Home” and “School”; left out." in said(responses)


def test_a_known_separator_settles_it(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("where",), ("Home, school;",), ("Home;School;",)]), WHERE)
    assert responses.codes["where.c"].tolist() == [1, 0]
    assert responses.codes["where.a"].tolist() == [0, 1]
    assert not lost(responses)


def test_an_unknown_part_of_a_cell_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("where",), ("School;Moon;",)]), WHERE)
    assert responses.codes["where.b"].tolist() == [1]
    assert lost(responses) == [(2, "where", "Moon")]


def test_an_option_that_excludes_the_others_gives_way(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("help",), ("Time;None of these;",), ("None of these;",)]), HELP)
    assert responses.codes["help.none"].tolist() == [0, 1]
    assert responses.codes["help.time"].tolist() == [1, 0]
    assert lost(responses) == [(2, "help", "Time;None of these;")]
    assert "ticked together with other answers that it excludes" in said(responses)


def test_an_excluded_tick_is_shown_as_the_file_holds_it(tmp_path: Path) -> None:
    names = [f"help[{answer.code}]" for answer in HELPS.answers]
    table = [names, ("0", "0", "1", "1", "0"), ("0", "0", "0", "1", "0"), ("1", "0", "0", "yes", "0")]
    responses = read(csv_file(tmp_path, table), HELP)
    assert lost(responses) == [(2, "help[none]", "1"), (4, "help[none]", "yes")]
    assert responses.codes["help.none"].tolist() == [0, 1, 0]


def test_option_columns_are_read_before_a_summary_of_them(tmp_path: Path) -> None:
    table = [("where", "where[a]", "where[b]", "where[c]"), ("Home School", "1", "1", "0")]
    responses = read(csv_file(tmp_path, table), WHERE)
    assert [responses.codes[f"where.{code}"].tolist() for code in "abc"] == [[1], [1], [0]]
    assert "not read: its options have columns of their own" in said(responses)


def test_numbers(tmp_path: Path) -> None:
    good = [("3", 3), ("3.5", 3.5), ("1,200", 1200), (" 12 ", 12), ("-4", -4), ("36.0", 36), ("1e3", 1000)]
    bad = ["3 years", "3,5", "1,20", "about 4", "inf", "nan", "£5", "0x10"]
    table = [("row", "years"), *(("r", text) for text, _ in good), ("r", ""), *(("r", text) for text in bad)]
    responses = read(csv_file(tmp_path, table), YEARS)
    wanted = [*(number for _, number in good), np.nan, *[np.nan] * len(bad)]
    np.testing.assert_array_equal(responses.numbers["years"], wanted)
    assert sorted(str(value) for _, _, value in lost(responses)) == sorted(bad)


def with_semicolons(folder: Path, *numbers: str) -> Path:
    path = folder / "answers.csv"
    lines = ["row;years", *(f"{row};{number}" for row, number in enumerate(numbers))]
    path.write_text("\n".join(lines), "utf-8-sig")
    return path


def test_between_semicolons_a_comma_is_a_decimal_comma_and_is_said(tmp_path: Path) -> None:
    good = [("3,5", 3.5), ("-0,25", -0.25), ("0,125", 0.125), ("1200,750", 1200.75), ("4.5", 4.5), ("12", 12)]
    responses = read(with_semicolons(tmp_path, *(text for text, _ in good)), YEARS)
    assert responses.numbers["years"].tolist() == [number for _, number in good]
    assert not lost(responses)
    told = {each.value: (each.column, each.rows) for each in responses.problems if "comma" in each.message}
    assert told == {text: ("years", (row,)) for row, (text, _) in enumerate(good, start=2) if "," in text}


def test_between_semicolons_a_comma_that_may_mark_thousands_is_left_out(tmp_path: Path) -> None:
    responses = read(with_semicolons(tmp_path, "1,200", "3,5", "1,234,567", "1,200.5"), YEARS)
    np.testing.assert_array_equal(responses.numbers["years"], [np.nan, 3.5, 1234567, 1200.5])
    assert lost(responses) == [(2, "years", "1,200")]
    assert "could be thousands or decimals: write 1200 or 1.2; left out." in said(responses)


def test_a_decimal_comma_elsewhere_is_left_out_and_told_how_to_write_it(tmp_path: Path) -> None:
    responses = read(csv_file(tmp_path, [("row", "years"), ("r", "3,5"), ("r", "soon")]), YEARS)
    told = {each.value: each.message for each in responses.problems if each.lost}
    assert "write decimals with a point, as in 3.5" in told["3,5"]
    assert told["soon"] == "not a number; left out."


def test_a_date_cell_is_no_number(tmp_path: Path) -> None:
    responses = read(column(tmp_path, YEARS, 4, datetime.fromisoformat("2025-04-03")), YEARS)
    assert lost(responses) == [(3, "years", "2025-04-03")]


def dates(folder: Path, *texts: object) -> tuple[list[str | None], str]:
    responses = read(column(folder, STARTED, *texts), STARTED)
    return list(responses.texts["started"]), said(responses).partition("answers no question")[2]


def test_dates_that_say_which_part_is_which(tmp_path: Path) -> None:
    found, _ = dates(
        tmp_path,
        *(
            date(2013, 9, 1),
            datetime.fromisoformat("2013-09-01 10:30"),
            "2013-09-01",
            "2013-09-01 00:00:00",
            "2013/9/1",
        ),
        *("1 September 2013", "1st Sept 2013", "01-Sep-13", "September 1, 2013", "2013-09-01T08:00:00Z"),
    )
    assert found == ["2013-09-01"] * 10


@pytest.mark.parametrize(
    ("texts", "iso"),
    [
        (("03/04/2025", "25/12/2024"), ["2025-04-03", "2024-12-25"]),
        (("03/04/2025", "12/25/2024"), ["2025-03-04", "2024-12-25"]),
        (("03.04.25", "04.04.25 10:15"), ["2025-04-03", "2025-04-04"]),
        (("03/04/2025", "25/12/2024", "12/25/2024"), [None, "2024-12-25", "2024-12-25"]),
        (("31/02/2025", "soon", "2015"), [None, None, None]),
    ],
)
def test_the_order_of_day_and_month_is_seen_from_the_column(
    tmp_path: Path, texts: tuple[str, ...], iso: list[str | None]
) -> None:
    assert dates(tmp_path, *texts)[0] == iso


def test_dates_that_could_be_either_are_said(tmp_path: Path) -> None:
    assert "whether the day or the month comes first" in dates(tmp_path, "03/04/2025")[1]
    assert "whether the day or the month" not in dates(tmp_path, "03/03/2025", "31/03/2025")[1]


def test_a_count_of_days_is_a_date_and_is_said(tmp_path: Path) -> None:
    found, told = dates(tmp_path, 41518, "41518.5")
    assert found == ["2013-09-01", "2013-09-01"]
    assert "count of days" in told


def test_text_that_begins_like_a_formula_is_text(tmp_path: Path) -> None:
    cells = ['=HYPERLINK("http://example.org")', "'=1+1", "+44 1234", "@home", "'quoted'"]
    responses = read(csv_file(tmp_path, [("row", "say"), *(("r", cell) for cell in cells)]), SAY)
    assert responses.texts["say"] == (cells[0], "=1+1", "+44 1234", "@home", "'quoted'")
