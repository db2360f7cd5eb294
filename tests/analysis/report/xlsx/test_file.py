"""The workbook, read back with another library: numbers are numbers, text is text, and no leaks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from tests.analysis.report.files_made import made, parts, report, results, secrets_of, unprotected
from tests.analysis.report.results_fixture import plain_results

from goldenthread.analysis.estimate.protect import hide
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import Table
from goldenthread.analysis.report.xlsx.file import sheet_names, unique, xlsx
from goldenthread.analysis.report.xlsx.model import Head, Sheet
from goldenthread.analysis.results import Results

HEADING = 4


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(made()["tables.xlsx"]))


def written(given: Results) -> Workbook:
    return load_workbook(io.BytesIO(xlsx(compose(given), given)))


def heads(page: Worksheet) -> list[str]:
    return [str(cell.value) for cell in page[HEADING]]


def rows(page: Worksheet) -> list[dict[str, Cell]]:
    names = heads(page)
    return [dict(zip(names, row, strict=True)) for row in page.iter_rows(min_row=HEADING + 1)]


def found(page: Worksheet, **wanted: str) -> dict[str, Cell]:
    """The one row whose cells, by the heading with underlines for spaces, hold these words."""
    names = {key.replace("_", " "): value for key, value in wanted.items()}
    match = [r for r in rows(page) if all(r[key].value == value for key, value in names.items())]
    assert len(match) == 1, (wanted, len(match))
    return match[0]


def test_the_contents_lead_to_every_sheet_and_carry_the_caveat(book: Workbook) -> None:
    page = book.worksheets[0]
    assert page.title == "Contents"
    links = {cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{other.title}'!A1" for other in book.worksheets[1:]}
    words = [cell.value for row in page.iter_rows() for cell in row]
    assert set(report().caveat) <= set(words)
    assert {"[c]", "[u]", "[a]", "[x]"} <= set(words)


def test_a_level_is_a_share_shown_as_a_per_cent(book: Workbook) -> None:
    row = found(book["Items"], Item="Listening to children")
    estimate = next(
        e
        for e in results().estimates
        if (e.item, e.wave, e.group, e.answer) == ("listen", "2025", None, "agree")
    )
    assert row["Level"].value == pytest.approx(estimate.percent / 100, abs=1e-12)
    assert row["Level"].number_format == "0%"
    assert row["Base"].value == estimate.base
    assert row["Range from"].value == pytest.approx(estimate.low / 100, abs=1e-12)
    assert row["Verdict"].value == "About the same"


def test_every_item_has_the_list_and_the_verdict_the_page_gives_it(book: Workbook) -> None:
    """Two files of one report must not call one thing by two names."""
    index = next(c for c in report().chapters if c.id == "index").blocks[0]
    assert isinstance(index, Table)
    names = [column.label for column in index.columns]
    pages = [dict(zip(names, (cell.text for cell in row), strict=True)) for row in index.rows]
    assert {page["List"] for page in pages} >= {"Strengths", "Gaps", "Too few to tell"}
    own = [{name: cell.value or "" for name, cell in row.items()} for row in rows(book["Items"])]
    for row in own:
        verdict = ", ".join(word for word in (row["Verdict"], row["Better or worse"]) if word)
        row["Verdict"] = "; ".join(word for word in (verdict, row["Reworded"]) if word)
        row["Same mix"] = row["Same mix verdict"].replace("[x]", "")
    told = ("Item", "List", "Verdict", "Same mix")
    assert [[row[name] for name in told] for row in own] == [[page[name] for name in told] for page in pages]


def test_an_item_the_newest_wave_did_not_ask_shows_no_change(book: Workbook) -> None:
    given = results()
    kept = tuple(e for e in given.estimates if (e.item, e.wave) != ("strategy", "2025"))
    gone = written(replace(given, estimates=kept))
    row = found(gone["Items"], Item="Our strategy")
    assert (row["Verdict"].value, row["List"].value) == ("Not asked in 2025", "Not asked this time")
    assert (row["Change, points"].value, row["Why in this list"].value) == ("[x]", "")
    assert found(book["Items"], Item="Our strategy")["Verdict"].value == "Too few to tell"


def test_the_reason_for_no_verdict_is_written_as_the_page_writes_it(book: Workbook) -> None:
    row = found(book["Changes"], Item="Time to reflect", Group="Everybody")
    assert row["Verdict"].value == row["Reason"].value == "2023 asked this with another scale"


def test_the_workbook_tells_of_hiding_by_the_study_s_own_rules(book: Workbook) -> None:
    assert "a group of fewer than 10" in everything(book)
    study = replace(plain_results().study, preset="open-data", preset_because="Already public")
    told = everything(written(replace(plain_results(), study=study)))
    assert "fewer than 10" not in told
    assert "[c]" not in told
    assert "Every group is counted, however small." in told


def everything(book: Workbook) -> str:
    cells = (cell.value for page in book.worksheets for row in page.iter_rows() for cell in row)
    return "\n".join(value for value in cells if isinstance(value, str))


def test_a_block_opens_with_its_base_and_holds_answers_nets_and_range(book: Workbook) -> None:
    block = [
        r
        for r in rows(book["Practice"])
        if r["Item"].value == "The law on plans" and r["Wave"].value == "2025"
    ]
    kinds = [r["Kind of row"].value for r in block]
    assert kinds == ["base", *["answer"] * 5, *["net"] * 3, *["range"] * 2, *["left out"] * 3]
    assert block[0]["Everybody"].value == 342
    assert [r["Row"].value for r in block[-3:]] == [
        "Left out: “Not part of my role”",
        "Left out: no answer that could be read",
        "Left out: not asked",
    ]
    answers = [r["Everybody"].value for r in block if r["Kind of row"].value == "answer"]
    assert sum(answers) == pytest.approx(1)


def test_everybody_and_every_group_stand_side_by_side(book: Workbook) -> None:
    assert heads(book["Practice"])[4:8] == [
        "Everybody",
        "Area of work: School staff",
        "Area of work: Early years",
        "Area of work: Health",
    ]


def test_a_hidden_group_shows_its_mark_and_nothing_else(book: Workbook) -> None:
    shown = {
        row["Area of work: Parenting hub"].value
        for row in rows(book["Practice"])
        if row["Wave"].value != "2021" and row["Kind of row"].value != "left out"
    }
    assert shown == {"[c]"}


def test_a_shaky_figure_stays_a_number_and_wears_its_mark(book: Workbook) -> None:
    row = found(book["Practice"], Item="The law on plans", Wave="2025", Row="Agree or strongly agree")
    cell = row["Area of work: SEND casework team"]
    assert isinstance(cell.value, float)
    assert cell.number_format == '0%" [u]"'


def test_a_group_that_all_but_agrees_shows_the_bound_in_words(book: Workbook) -> None:
    row = found(book["Practice"], Item="Listening to children", Wave="2025", Row="Agree or strongly agree")
    assert row["Area of work: Early years"].value == "More than 95%"


def test_a_published_base_known_as_a_range_is_written_as_one(book: Workbook) -> None:
    row = found(book["Practice"], Item="Listening to children", Wave="2021", Row="Base: people")
    assert row["Everybody"].value == "371 to 412"


def test_every_change_is_there_to_be_filtered(book: Workbook) -> None:
    page = book["Changes"]
    assert len(rows(page)) == len(results().changes)
    table = next(iter(page.tables.values()))
    assert table.autoFilter is not None
    row = found(page, Item="The law on plans", Group="Everybody", From_wave="2023", To_wave="2025")
    assert row["Change, points"].value == pytest.approx(-16.5618, abs=1e-3)
    assert row["Verdict"].value == "Fell"


def test_a_small_group_of_people_is_not_counted(book: Workbook) -> None:
    row = found(book["Who answered"], Wave="2025", Level_of_group="Parenting hub")
    assert row["Answered"].value == "not shown"
    assert {row[name].value for name in ("Share of answers", "Response rate")} == {"[c]"}


def test_problems_are_counted_by_column_and_name_no_person_and_no_answer(book: Workbook) -> None:
    page = book["Problems"]
    assert heads(page) == ["File", "Column", "What was done", "Left out", "Times"]
    row = found(page, File="answers-2025.csv", Column="Q7")
    assert (row["Times"].value, row["Left out"].value) == (2, "yes")
    assert found(page, File="answers-2023.csv")["Left out"].value == "no"
    told = "".join(parts(made()["tables.xlsx"]).values())
    assert not any(problem.value in told for problem in results().problems)


def test_a_problem_that_stands_for_many_counts_as_many() -> None:
    many = tuple(Problem("f.csv", "m", rows, "Q1", "v") for rows in ((2, 7), (3, 4, 9)))
    (row,) = rows(written(replace(plain_results(), problems=many))["Problems"])
    assert row["Times"].value == 5


def test_every_sheet_is_one_named_table_with_frozen_headings(book: Workbook) -> None:
    for page in book.worksheets[1:]:
        (table,) = page.tables.values()
        assert table.headerRowCount == 1
        assert table.ref.startswith(f"A{HEADING}:")
        assert len(set(map(str.lower, heads(page)))) == len(heads(page))
        assert page.freeze_panes is not None
        assert not page.merged_cells.ranges
        assert page.print_title_rows == f"${HEADING}:${HEADING}"


def test_text_like_a_formula_is_text() -> None:
    given = plain_results()
    nasty = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "{=1}", '=HYPERLINK("x")')
    problems = tuple(Problem(value, value, (2,), value) for value in nasty)
    item = replace(given.study.items[0], label="=2+2", text="=3+3")
    study = replace(given.study, items=(item,), title="=4+4", area="=5+5")
    data = xlsx(
        compose(replace(given, problems=problems, study=study)),
        replace(given, problems=problems, study=study),
    )
    page = load_workbook(io.BytesIO(data))["Problems"]
    assert [r["Column"].value for r in rows(page)] == list(nasty)
    assert {cell.data_type for r in rows(page) for name, cell in r.items() if name != "Times"} == {"s"}
    sheets = [text for name, text in parts(data).items() if name.startswith("xl/worksheets/")]
    assert not any(re.search(r"<f[ >]", text) for text in sheets)


def test_very_long_text_and_control_characters_are_safe() -> None:
    given = plain_results()
    page = written(replace(given, problems=(Problem("f.csv", "x" * 40_000, (1,), "c\x00\x1b"),)))["Problems"]
    assert len(rows(page)[0]["What was done"].value) == 32_000
    assert rows(page)[0]["Column"].value == "c"


def test_nothing_to_say_is_said() -> None:
    page = written(plain_results())["Problems"]
    assert page["A2"].value == "Nothing in the files needs saying."
    assert not page.tables


def test_sheet_names_are_allowed_and_differ() -> None:
    topics = ("Contents", "a/b:c*d?[e]", "x" * 40, "x" * 41, "History", "''", "A b c d e")
    names = sheet_names([Sheet(topic, "", "", (), ()) for topic in topics])
    assert len({name.lower() for name in names}) == len(topics)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert "Contents" not in names


def test_two_headings_never_share_a_name() -> None:
    assert unique([Head("Did not say"), Head("did not say")]) == ["Did not say", "did not say (2)"]


def test_properties_and_bytes_come_from_the_results_alone(book: Workbook) -> None:
    core = book.properties
    assert (core.title, core.creator, core.created.isoformat()) == (
        report().title,
        report().area,
        "2025-07-11T12:00:00",
    )
    assert xlsx(report(), results(), date(2025, 7, 11)) == made()["tables.xlsx"]


def test_no_hidden_figure_is_in_any_part() -> None:
    assert secrets_of(xlsx(report(), unprotected()))
    assert not secrets_of(made()["tables.xlsx"])


def test_a_base_stands_although_the_first_answer_is_hidden() -> None:
    given = plain_results()
    first, *rest = given.estimates
    page = written(replace(given, estimates=(hide(first), *rest)))["Other items"]
    assert found(page, Row="Base: people")["Everybody"].value == rest[0].base
    assert found(page, Kind_of_row="answer", Row="Strongly disagree")["Everybody"].value == "[c]"


def test_a_sheet_name_cut_at_an_apostrophe_does_not_end_in_one() -> None:
    """Excel refuses a name that begins or ends in an apostrophe, and so does the writer."""
    (name,) = sheet_names([Sheet("What the teachers of this area' say", "", "", (), ())])
    assert name == "What the teachers of this area"
