"""What we write is a form that others read: by their names, with nothing in it that runs."""

from __future__ import annotations

import io

import openpyxl
import pytest
from tests.analysis.definition.written import HEAD, SECTION, single

from goldenthread.analysis.definition.formats.take import Format, give, take
from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.read import load_text

WORST = '=HYPERLINK("http://anyshire.example")'


def whole(*questions: str) -> Questionnaire:
    found, faults = load_text("".join((HEAD, SECTION, *questions)), "ours.toml")
    assert not faults.lines
    return found


def sheets(questionnaire: Questionnaire) -> dict[str, list[tuple[object, ...]]]:
    """Every cell, as another program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(give(questionnaire, Format.XLSX).data))
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    return {page.title: [tuple(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_the_sheets_are_those_of_an_xlsform() -> None:
    asked = single("q1", more='required = true\nhelp = "Think."')
    tests = '{ question = "q1", is = ["a", "b"] }, { not = { question = "q1", answered = true } }'
    found = sheets(whole(asked, single("q2", more=f"show_if = {{ any = [{tests}] }}")))
    assert list(found) == ["survey", "choices", "settings", "_goldenthread"]
    relevant = "((${q1} = 'a' or ${q1} = 'b')) or (not(${q1} != ''))"
    assert found["survey"][1:] == [
        ("begin_group", "s1", "One", None, None, None, None, None),
        ("select_one q1", "q1", "Text of q1?", "Think.", "yes", None, None, None),
        ("select_one q2", "q2", "Text of q2?", None, None, relevant, None, None),
        ("end_group", None, None, None, None, None, None, None),
    ]
    assert found["choices"][:2] == [("list_name", "name", "label"), ("q1", "a", "Answer a")]
    assert found["settings"] == [("form_title", "form_id"), ("A survey", "v1")]


@pytest.mark.parametrize("words", [WORST, "+1+1", "-x", "@SUM(1)", "a;=1", "'=1", " =1", "two\\n=1"])
def test_no_words_can_run_and_all_are_read_back_as_they_were(words: str) -> None:
    text = single("q1", more='help = "Help"').replace("Text of q1?", words.replace('"', '\\"'))
    questionnaire = whole(text.replace("Answer a", words.replace('"', '\\"')))
    cells = [str(cell) for rows in sheets(questionnaire).values() for row in rows for cell in row if cell]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) or ";=" in cell]
    again = take("again.xlsx", give(questionnaire, Format.XLSX).data).whole
    assert again.questions[0].text == questionnaire.questions[0].text
    assert again.questions[0].scale == questionnaire.questions[0].scale


def test_words_longer_than_a_cell_come_back_whole() -> None:
    long = "Please say which of these you have done. " * 1_000
    questionnaire = whole(single("q1").replace("Text of q1?", long))
    found = sheets(questionnaire)
    assert max(len(str(cell)) for rows in found.values() for row in rows for cell in row) < 32_767
    assert take("again.xlsx", give(questionnaire, Format.XLSX).data).whole.questions[0].text == long


def test_other_asks_for_its_words_as_people_do_in_a_form() -> None:
    other = '{ code = "else", label = "Somewhere else", other = true }'
    answers = f'answers = [{{ code = "a", label = "A" }}, {other}]'
    questionnaire = whole(f'[[sections.questions]]\nid = "q1"\nkind = "single"\ntext = "Where?"\n{answers}\n')
    lines = sheets(questionnaire)["survey"]
    assert lines[3][:6] == ("text", "q1_other", "Somewhere else", None, None, "${q1} = 'else'")
    again = take("again.xlsx", give(questionnaire, Format.XLSX).data)
    assert [each.id for each in again.whole.questions] == ["q1"]
