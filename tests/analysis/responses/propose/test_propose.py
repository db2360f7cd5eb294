"""A file of answers without a questionnaire: what it seems to ask, and reading it that way."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from goldenthread.analysis.definition.model import Kind, Polarity
from goldenthread.analysis.definition.scales import scale_faults
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.responses.files import read_grid
from goldenthread.analysis.responses.propose.choose import propose
from goldenthread.analysis.responses.propose.look import look
from goldenthread.analysis.responses.propose.make import questionnaire
from goldenthread.analysis.responses.propose.model import Proposal
from goldenthread.analysis.responses.propose.scales import known_scales
from goldenthread.analysis.responses.read import read_responses

ROOT = Path(__file__).parents[4]


def written(folder: Path, headings: Sequence[str], *rows: Sequence[str]) -> Path:
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def proposed(path: Path) -> dict[str, Proposal]:
    return {each.seen.text: each for each in propose(look(read_grid(path)))}


def column(folder: Path, heading: str, *cells: str) -> Proposal:
    rows = [[cell, str(n)] for n, cell in enumerate(cells)]
    return proposed(written(folder, [heading, "n"], *rows))[heading]


@pytest.mark.parametrize(
    ("cells", "kind", "scale"),
    [
        (["Agree", "strongly AGREE", "Disagree", "Neutral"], Kind.SCALE, "agreement"),
        (["Very confident", "Fairly confident", "Not at all confident"], Kind.SCALE, "confidence-four"),
        (["Always", "Never", "Sometimes"], Kind.SCALE, "often"),
        (["Agree", "Not part of my role", "Disagree"], Kind.SCALE, "agreement"),
        (["Yes", "No", "no"], Kind.SINGLE, "yes-no"),
        (["School", "Nursery"] * 6, Kind.SINGLE, ""),
        (["Signing;Play;", "Play;", "Signing;"], Kind.MULTIPLE, ""),
        (["2025-03-01", "2025-04-02", "2025-05-09"], Kind.DATE, ""),
        ([str(n) for n in range(40)], Kind.NUMBER, ""),
        (["More time please", "A quiet room", "Nothing", "Somebody to ask"], Kind.SHORT_TEXT, ""),
    ],
)
def test_a_column_is_read_as_what_its_answers_are(
    tmp_path: Path, cells: list[str], kind: Kind, scale: str
) -> None:
    found = column(tmp_path, "What do you say?", *cells)
    assert (found.choice.kind, found.choice.scale) == (kind, scale)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Contact", ["a@x.example", "b@x.example", ""]),
        ("Your name", ["A", "B", "C"]),
        ("IP address", ["10.0.0.1", "10.0.0.1", "10.0.0.1"]),
        ("Payroll number", ["7", "8", "9"]),
        ("Unused", ["", "", ""]),
    ],
)
def test_what_names_people_or_holds_nothing_is_not_read(
    tmp_path: Path, heading: str, cells: list[str]
) -> None:
    assert column(tmp_path, heading, *cells).choice.kind is None


def test_a_scale_with_a_stray_spelling_is_proposed_but_not_for_sure(tmp_path: Path) -> None:
    found = column(tmp_path, "I can sign", *["Agree"] * 9, "Agreee")
    assert (found.choice.scale, found.sure) == ("agreement", False)


def test_statements_under_one_code_are_one_matrix_and_ticks_one_list(tmp_path: Path) -> None:
    headings = ["id", "submitdate", "q1[a]", "q1[b]", "q2[x]", "q2[y]"]
    first = ["1", "2025-01-01", "Agree", "Disagree", "Yes", ""]
    second = ["2", "2025-01-01", "Agree", "Agree", "", "Yes"]
    grid = read_grid(written(tmp_path, headings, first, second))
    found = [each.choice for each in propose(look(grid))]
    assert [(c.id, c.kind) for c in found] == [("q1", Kind.MATRIX), ("q2", Kind.MULTIPLE)]


def test_no_two_questions_have_one_item(tmp_path: Path) -> None:
    path = written(tmp_path, ["A long question.", "A long, question"], ["Agree", "Agree"])
    found = propose(look(read_grid(path)))
    assert len({each.choice.item for each in found}) == 2
    with pytest.raises(Refusal, match="both have the item “same”"):
        questionnaire("x", "X", [(p.seen, replace(p.choice, item="same")) for p in found])


def test_leaving_everything_out_is_refused(tmp_path: Path) -> None:
    found = propose(look(read_grid(written(tmp_path, ["a"], ["Agree"]))))
    with pytest.raises(Refusal, match="choose at least one"):
        questionnaire("x", "X", [(p.seen, replace(p.choice, kind=None)) for p in found])


def test_an_own_scale_is_parted_at_its_middle(tmp_path: Path) -> None:
    found = column(tmp_path, "How much?", *["none", "some", "lots"] * 5)
    choice = replace(found.choice, kind=Kind.SCALE, order=("none", "some", "lots"), good=True)
    made = questionnaire("x", "X", [(found.seen, choice)]).questions[0]
    assert made.scale is not None
    nets = [(answer.label, answer.net) for answer in made.scale.answers]
    assert nets == [("none", "all-low"), ("some", "all-middle"), ("lots", "all-high")]
    assert (made.scale.headline, made.polarity) == ("all-high", Polarity.POSITIVE)


def test_anyshires_export_reads_as_proposed_and_nothing_of_a_scale_is_lost() -> None:
    path = ROOT / "examples/anyshire/2025-responses.xlsx"
    found = propose(look(read_grid(path)))
    made = questionnaire("anyshire", "Anyshire", [(each.seen, each.choice) for each in found])
    responses = read_responses(path, Wave("w", "W", questionnaire=made), AnswerOffRoute.LEAVE_OUT)
    scales = [each for each in found if each.choice.scale == "agreement" and each.sure]
    assert len(scales) > 40
    kept = [int((responses.codes[each.seen.id] >= 0).sum()) for each in scales]
    assert kept == [each.seen.filled for each in scales]


@pytest.mark.parametrize("name", known_scales())
def test_every_known_scale_is_a_sound_one(name: str) -> None:
    assert list(scale_faults(known_scales()[name].scale)) == []


def test_numbers_with_a_few_words_among_them_are_numbers_but_not_for_sure(tmp_path: Path) -> None:
    found = column(tmp_path, "Years in post", *[str(n % 30) for n in range(99)], "about 3")
    assert (found.choice.kind, found.sure) == (Kind.NUMBER, False)


@pytest.mark.parametrize(
    ("headings", "text", "parts"),
    [
        (["How sure? [signs]", "How sure? [play]"], "How sure?", ("signs", "play")),
        (["How sure? [signs]", "Other"], "How sure? [signs]", ()),
        (["Q1[SQ001]. How sure? [signs]", "Q1[SQ002]. How sure? [play]"], "How sure?", ("signs", "play")),
        (["Q1[SQ001]", "Q1[SQ002]"], "Q1", ("SQ001", "SQ002")),
    ],
)
def test_statements_of_one_question_stand_under_its_words(
    tmp_path: Path, headings: list[str], text: str, parts: tuple[str, ...]
) -> None:
    first = look(read_grid(written(tmp_path, headings, ["Agree", "Agree"], ["Disagree", "Agree"])))[0]
    assert (first.text, tuple(words for _, words in first.parts)) == (text, parts)


def test_a_column_without_a_heading_is_not_read(tmp_path: Path) -> None:
    found = proposed(written(tmp_path, ["", "Sure?"], ["1", "Agree"], ["2", "Disagree"]))[""]
    assert (found.choice.kind, found.because) == (None, "It has no heading, so it is not read.")


def test_two_answers_are_never_taken_for_one(tmp_path: Path) -> None:
    """“Very often” may stand for “Always”, but not where people could say either."""
    found = column(tmp_path, "How often?", *["Never", "Sometimes", "Often", "Very often", "Always"] * 4)
    assert (found.choice.kind, found.choice.scale, found.sure) == (Kind.SCALE, "", False)
    assert found.choice.order == ("Never", "Sometimes", "Often", "Very often", "Always")


def test_repeats_of_one_question_are_read_by_their_codes(tmp_path: Path) -> None:
    headings = [f"skill2-{n}. Three skills that you need?" for n in range(3)]
    path = written(tmp_path, headings, *(["Play", "Talk", f"Sign {n}"] for n in range(4)))
    found = propose(look(read_grid(path)))
    whole = questionnaire("q", "Q", [(each.seen, each.choice) for each in found])
    read = read_responses(path, Wave("w", "W", questionnaire=whole), AnswerOffRoute.LEAVE_OUT)
    assert read.problems == ()
    assert len({*read.texts, *read.codes}) == 3
    assert [q.label for q in whole.questions][1:] == [f"Three skills that you need? ({n})" for n in (2, 3)]


def test_of_two_spellings_the_commonest_is_the_label(tmp_path: Path) -> None:
    found = column(tmp_path, "Sure?", *["Agree"] * 6, "agree", "Disagree")
    (question,) = questionnaire("q", "Q", [(found.seen, found.choice)]).questions
    assert question.scale is not None
    assert "Agree" in [answer.label for answer in question.scale.answers]
