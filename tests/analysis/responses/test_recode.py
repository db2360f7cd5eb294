"""What somebody decided a stray label means is read so for every row, and always said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.analysis.definition.written import faults, question, write
from tests.analysis.responses.asked import AGREE, HELP, csv_file, labels, lost, read, said

from goldenthread.analysis.definition.model import Kind, Question, Questionnaire, Recode, Row, Section
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.definition.write import questionnaire_text

STRAY = (Recode("Stongly agree", "5"), Recode("-"))
SURE = Question("sure", Kind.SCALE, "I feel sure", "sure", scale=AGREE, recode=STRAY)
ROWS = (Row("a", "Signs", "signs"), Row("b", "Symbols", "symbols"))
GRID = Question("grid", Kind.MATRIX, "How sure?", "grid", scale=AGREE, rows=ROWS, recode=STRAY)


def test_a_stray_label_is_read_as_decided_in_every_row_and_noted(tmp_path: Path) -> None:
    cells = ["Agree", "Stongly agree", "stongly  AGREE.", "-", "", "Maybe"]
    responses = read(csv_file(tmp_path, [("sure", "x"), *((cell, "y") for cell in cells)]), SURE)
    assert labels(responses, "sure", AGREE.answers) == ["4", "5", "5", -1, -1, -1]
    assert "rows 3, 4, column “sure”: “Stongly agree”, “stongly AGREE.”: read as “Strong" in said(responses)
    assert "row 5, column “sure”: “-”: read as no answer." in said(responses)
    assert lost(responses) == [(7, "sure", "Maybe")]
    assert [problem.question for problem in responses.problems if problem.lost] == ["sure"]


def test_a_full_stop_decided_on_is_not_an_empty_cell(tmp_path: Path) -> None:
    stop = replace(SURE, recode=(Recode(".", "na"),))
    responses = read(csv_file(tmp_path, [("sure", "x"), (".", "y"), ("", "y")]), stop)
    assert labels(responses, "sure", AGREE.answers) == ["na", -1]


def test_it_holds_for_every_statement_of_a_matrix(tmp_path: Path) -> None:
    table = [("grid[a]", "grid[b]"), ("Stongly agree", "Agree"), ("Agree", "Stongly agree")]
    responses = read(csv_file(tmp_path, table), GRID)
    assert responses.codes["grid.a"].tolist() == [4, 3]
    assert responses.codes["grid.b"].tolist() == [3, 4]


def test_it_holds_for_a_piece_of_a_cell_with_several_answers(tmp_path: Path) -> None:
    asked = replace(HELP, recode=(Recode("Trainning", "training"), Recode("zzz")))
    plain = (
        replace(asked, scale=replace(asked.scale, answers=asked.scale.answers[:3])) if asked.scale else asked
    )
    responses = read(csv_file(tmp_path, [(HELP.id,), ("Trainning; Time",), ("zzz; Time",), ("Time",)]), plain)
    assert responses.codes[f"{HELP.id}.training"].tolist() == [1, 0, 0]
    assert responses.codes[f"{HELP.id}.time"].tolist() == [1, 1, 1]
    assert not [each for each in lost(responses) if each[0]]
    assert "“zzz”: read as no answer." in said(responses)


def test_it_holds_for_a_column_of_ticks(tmp_path: Path) -> None:
    asked = replace(HELP, recode=(Recode("oui", "training"), Recode("non")))
    table = [(f"{HELP.id}[training]", f"{HELP.id}[time]"), ("oui", "yes"), ("non", "yes"), ("what", "yes")]
    responses = read(csv_file(tmp_path, table), asked)
    assert responses.codes[f"{HELP.id}.training"].tolist() == [1, 0, 0]
    assert [each for each in lost(responses) if each[0]] == [(4, f"{HELP.id}[training]", "what")]


def test_it_survives_being_written_down(tmp_path: Path) -> None:
    whole = Questionnaire("q", "Q", (Section("s", "S", (SURE,)),))
    path = write(tmp_path / "q.toml", questionnaire_text(whole))
    assert read_questionnaire(path).questions[0].recode == STRAY


@pytest.mark.parametrize(
    ("recode", "fault"),
    [
        ('{ value = "Yess", answer = "33" }', "recode: unknown answer “33”"),
        ('{ value = "fully", answer = "1" }', "recode: “fully” is already one of the answers"),
        ('{ value = "x" }, { value = "X", answer = "1" }', "recode: “x” is read as two answers"),
    ],
)
def test_a_decision_that_cannot_be_is_a_fault(tmp_path: Path, recode: str, fault: str) -> None:
    asked = question("q1", "scale", f'scale = "three"\nrecode = [{recode}]')
    assert faults(tmp_path, asked) == [f"question “q1”: {fault}"]


def test_words_have_no_answers_to_be_read_as(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, question("q1", "number", 'recode = [{ value = "x" }]'))
    assert "a number question cannot have “recode”" in fault
