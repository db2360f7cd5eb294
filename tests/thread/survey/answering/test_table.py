"""What people answered reads back as exactly that, and the routing of the page is that of the reader."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.thread.survey.answering.made import every_answer, question, questionnaires, whole

from goldenthread.analysis.definition.model import Answer, Kind, Questionnaire, Scale
from goldenthread.analysis.definition.study import AnswerOffRoute, Wave
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.responses.model import BLANK, NOT_SHOWN, Responses
from goldenthread.analysis.responses.read import read_responses
from goldenthread.thread.survey.answering.model import Answers
from goldenthread.thread.survey.answering.route import kept, shown_sections
from goldenthread.thread.survey.answering.table import write_table


def read_back(questionnaire: Questionnaire, people: list[Answers]) -> Responses:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            assert write_table(questionnaire, people, out) == len(people)
        wave = Wave("w", "Now", questionnaire=questionnaire)
        return read_responses(path, wave, AnswerOffRoute.LEAVE_OUT)


def code_of(questionnaire: Questionnaire, name: str, answers: Answers) -> int:
    """What the science should hold of one variable, from the answers by another road."""
    variable = next(each for each in variables(questionnaire) if each.id == name)
    sections = shown_sections(questionnaire, answers)
    if not any(variable.question == each for section in sections for each in section.questions):
        return NOT_SHOWN
    if variable.question.kind is Kind.MULTIPLE:
        ticked = answers.get(variable.question.id, ())
        return int(variable.part in ticked) if ticked else BLANK
    codes = [answer.code for answer in variable.answers]
    given = answers.get(name)
    return codes.index(given) if isinstance(given, str) else BLANK


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, list[Answers]]:
    questionnaire = draw(questionnaires())
    anything = [st.sampled_from(list(every_answer(each))) for each in questionnaire.questions]
    one = st.tuples(*anything).map(lambda parts: {k: v for part in parts for k, v in part.items()})
    return questionnaire, draw(st.lists(one, min_size=1, max_size=8))


@settings(deadline=None, max_examples=120)
@given(answered())
def test_answers_read_back_as_they_were_given(made: tuple[Questionnaire, list[Answers]]) -> None:
    questionnaire, people = made
    sent = [kept(questionnaire, each) for each in people]
    read = read_back(questionnaire, sent)
    assert not [problem for problem in read.problems if problem.lost]
    for name, codes in read.codes.items():
        assert codes.tolist() == [code_of(questionnaire, name, each) for each in sent], name


@settings(deadline=None, max_examples=120)
@given(answered())
def test_what_is_kept_is_what_is_shown(made: tuple[Questionnaire, list[Answers]]) -> None:
    questionnaire, people = made
    for answers in people:
        left = kept(questionnaire, answers)
        assert kept(questionnaire, left) == left
        shown = {q.id for section in shown_sections(questionnaire, left) for q in section.questions}
        assert {name.partition(".")[0] for name in left} <= shown
        assert left == {name: value for name, value in answers.items() if name.partition(".")[0] in shown}


def test_words_of_every_kind_come_back_whole() -> None:
    other = Scale("o", (Answer("a", "The first"), Answer("z", "Something else", other=True)))
    sheet = whole(
        (
            question("single", scale=other),
            question("many", Kind.MULTIPLE, scale=other),
            question("day", Kind.DATE),
            question("pupils", Kind.NUMBER),
            question("short", Kind.SHORT_TEXT),
            question("long", Kind.LONG_TEXT),
        )
    )
    words = '=1+1, "quoted"; naïve\nsecond line'
    answers: Answers = {
        "single": "z",
        "single.other": "A visiting piper",
        "many": ("a", "z"),
        "many.other": words,
        "day": "2026-03-04",
        "pupils": "12.5",
        "short": "-3",
        "long": words,
    }
    read = read_back(sheet, [answers, {}])
    assert read.texts["single.other"] == ("A visiting piper", None)
    assert read.texts["many.other"] == (words, None)
    assert read.texts["day"] == ("2026-03-04", None)
    assert read.texts["long"] == (words, None)
    assert read.texts["short"] == ("-3", None)
    assert read.numbers["pupils"][0] == 12.5
    assert np.isnan(read.numbers["pupils"][1])
    assert {name: codes[0] for name, codes in read.codes.items()} == {"single": 1, "many.a": 1, "many.z": 1}
