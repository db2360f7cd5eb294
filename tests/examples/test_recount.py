"""The recount of the research-software study, on a few invented people laid out as the published files."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import recount
import staff

PEOPLE = 60


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both files with invented answers: any answer on offer, and blanks."""
    folder = tmp_path_factory.mktemp("invented")
    study = tomllib.loads(recount.STUDY.read_text(encoding="utf-8"))
    for wave in study["waves"]:
        questionnaire = tomllib.loads(
            (recount.STUDY.parent / wave["questionnaire"]).read_text(encoding="utf-8")
        )
        _write(folder / wave["responses"], questionnaire, wave["id"])
    return folder


def _write(path: Path, questionnaire: Mapping[str, Any], wave: str) -> None:
    columns: dict[str, list[str]] = {"": [str(number) for number in range(PEOPLE)]}
    for section in questionnaire["sections"]:
        for question in section["questions"]:
            for part, words in _cells(questionnaire, question):
                drawn = staff.uniform(f"{wave}:{question['id']}:{part}", PEOPLE)
                heading = f"{question['id']}[{part}]. Invented" if part else f"{question['id']}. Invented"
                columns[heading] = [words[int(each * len(words))] for each in drawn]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _cells(questionnaire: Mapping[str, Any], question: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The parts of a question and the cells each may hold."""
    if question["kind"] == "multiple":
        return [(answer["code"], ["Yes", "No", "No", ""]) for answer in question["answers"]]
    if question["kind"] in ("number", "date", "short-text", "long-text"):
        return [
            (
                "",
                {"number": ["12.0", ""], "date": ["2016-11-01 00:00:00", ""]}.get(
                    question["kind"], ["x", ""]
                ),
            )
        ]
    offered = questionnaire["scales"][question["scale"]] if "scale" in question else question
    words = ["", *(answer.get("aliases", [answer["label"]])[0] for answer in offered["answers"])]
    return [(row["id"], words) for row in question.get("rows", [{"id": ""}])]


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    last: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return last


def test_the_report_and_the_recount_agree_on_every_cell(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recount.main(["--data", str(data)]) == 0
    verdict = said(capsys)
    assert verdict["holds"] is True
    assert verdict["mismatches"] == 0
    assert verdict["cells"] > 8000


def test_a_report_on_other_answers_is_found_out(data: Path) -> None:
    reported = recount.reported_figures(data)
    key = ("contract", "2016", None, None, "permanent")
    count, base = reported[key]
    wrong = {**reported, key: (count + 1, base)}
    missing = {each: figure for each, figure in reported.items() if each != key}
    ours = recount.recount(data)
    assert list(recount.differences(reported, ours)) == []
    assert len(list(recount.differences(wrong, ours))) == 1
    assert len(list(recount.differences(missing, ours))) == 1


def test_without_data_it_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert recount.main([]) == 0
    assert said(capsys) == {"proof": "recount", "holds": None, "needs": "--data DIR"}


def test_a_folder_without_the_files_is_named_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recount.main(["--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "uk-2016-responses.csv" in out
    assert json.loads(out.splitlines()[-1])["holds"] is False
