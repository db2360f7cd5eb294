"""Printed figures typed as people type them are the figures ``check`` judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.analysis.check.forgive import Forgiven, forgiven
from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Figure, FigureKind, Truth
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.definition.model import (
    Answer,
    Kind,
    Net,
    Question,
    Questionnaire,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.problem import Refusal

SCALE = Scale(
    "agree",
    (
        Answer("no", "Disagree", net="all-no"),
        Answer("mid", "Neither"),
        Answer("yes", "Agree", net="all-yes"),
        Answer("very", "Strongly agree", net="all-yes"),
    ),
    (Net("all-no", "Disagree", Side.LOW), Net("all-yes", "Agree or strongly agree", Side.HIGH)),
    "all-yes",
)
SIGNS = Question("q1", Kind.SCALE, "I can use signs", "signs", scale=SCALE)
ASKED = variables(Questionnaire("q", "Q", (Section("s", "S", (SIGNS,)),)))


def typed(folder: Path, *lines: str) -> Forgiven:
    path = folder / "figures.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return forgiven(path, ASKED)


def read(folder: Path, *lines: str) -> tuple[Figure, ...]:
    path = folder / "ours.csv"
    path.write_text(typed(folder, *lines).text(), encoding="utf-8")
    figures, problems = read_figures(path)
    assert problems == ()
    return figures


def test_question_answer_percent_and_n_are_enough(tmp_path: Path) -> None:
    (figure,) = read(tmp_path, "Question,Answer,%,n", "I can use signs,agree,61 %,n = 138")
    assert (figure.item, figure.answer, figure.base, float(figure.percent or 0)) == (
        "signs",
        "yes",
        138,
        61.0,
    )


def test_a_question_stands_once_above_its_answers(tmp_path: Path) -> None:
    figures = read(
        tmp_path,
        "statement,response,per cent,n",
        "3. I can use signs.,Disagree,20,100",
        ",Neither,30,",
        ",Agree,50,",
    )
    assert [(each.item, each.answer, each.base) for each in figures] == [
        ("signs", "no", 100),
        ("signs", "mid", 100),
        ("signs", "yes", 100),
    ]


def test_a_sum_is_a_net_of_the_answers_it_sums(tmp_path: Path) -> None:
    figures = read(
        tmp_path,
        "question,answer,percent,n",
        "I can use signs,Agree or strongly agree,70,40",
        "I can use signs,Agree,33,40",
        "I can use signs,Strongly agree,35,40",
    )
    assert (figures[0].kind, figures[0].of) == (FigureKind.NET, ("row-3", "row-4"))


def test_answers_that_add_to_a_whole_are_judged_as_one(tmp_path: Path) -> None:
    figures = read(
        tmp_path,
        "question,answer,percent,n",
        "I can use signs,Disagree,30,10",
        "I can use signs,Neither,30,10",
        "I can use signs,Agree,30,10",
        "I can use signs,Strongly agree,10,10",
        "Another,Yes,52,10",
        "A third,Yes,50,10",
        "A third,No,40,10",
        "A third,Both,10,10",
        "A fourth,Yes,50,10",
        "A fourth,No,40,10",
        "A fourth,Both,5,10",
    )
    assert [each.part for each in figures] == [True] * 4 + [False] + [True] * 3 + [True] * 3
    found = {(f.group, f.label): j.verdict for f, j in zip(figures, judge(figures), strict=True)}
    assert found["I can use signs", "Disagree"] is Truth.POSSIBLE
    assert found["Another", "Yes"] is Truth.IMPOSSIBLE
    assert found["A third", "Yes"] is Truth.POSSIBLE
    assert found["A fourth", "Both"] is Truth.IMPOSSIBLE


def test_a_whole_that_cannot_add_up_is_said(tmp_path: Path) -> None:
    figures = read(tmp_path, "question,answer,percent,n", "X,Yes,50,20", ",No,45,20")
    assert [each.verdict for each in judge(figures)] == [Truth.SUM_IMPOSSIBLE] * 2


def test_rows_keep_the_numbers_they_have_in_the_file(tmp_path: Path) -> None:
    figures = read(
        tmp_path, "question,answer,percent,n", "", "I can use signs,Agree,50,40", "", "X,Agree,50,40"
    )
    assert [each.row for each in figures] == [3, 5]


def test_what_was_filled_in_is_left_as_it_is(tmp_path: Path) -> None:
    (figure,) = read(tmp_path, "id,group,kind,percent,base,item,answer", "f1,Q9,net,61,138,other,all-agree")
    assert (figure.id, figure.group, figure.item, figure.answer) == ("f1", "Q9", "other", "all-agree")


def test_an_unknown_question_has_no_item_until_somebody_says(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("question,answer,percent,n\nSigns I know,Agree,50,40\n", encoding="utf-8")
    assert forgiven(path, ASKED).lines[0].cells["item"] == ""
    assert forgiven(path, ASKED, {"signs i know": "signs"}).lines[0].cells["answer"] == "yes"


def test_a_table_without_percentages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no column of percentages; head it “percent”"):
        typed(tmp_path, "question,answer", "I can use signs,Agree")


def test_a_net_named_in_the_file_is_that_net_though_an_answer_is_called_so(tmp_path: Path) -> None:
    """Anyshire's figures name the net “agree”, and its scale has an answer “Agree”."""
    nets = (Net("agree", "Agree or strongly agree", Side.HIGH),)
    answers = (Answer("somewhat", "Agree", net="agree"), Answer("very", "Strongly agree", net="agree"))
    asked = Question("q1", Kind.SCALE, "I can wait", "wait", scale=Scale("a", answers, nets, "agree"))
    known = variables(Questionnaire("q", "Q", (Section("s", "S", (asked,)),)))
    path = tmp_path / "figures.csv"
    path.write_text(
        "id,group,kind,percent,base,item,answer\nf1,Q9,share,61,138,wait,agree\n", encoding="utf-8"
    )
    assert forgiven(path, known).lines[0].cells["answer"] == "agree"
    path.write_text("question,answer,percent,n\nI can wait,agree,61,138\n", encoding="utf-8")
    assert forgiven(path, known).lines[0].cells["answer"] == "somewhat"
