"""A survey with a questionnaire of its own: sections and topics."""

from __future__ import annotations

from datetime import date

from tests.thread.made import NOW, answers

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, queries, reading

SHEET = """
id = "staff"
title = "Staff"

[scales.agree]
answers = [
  { code = "1", label = "Disagree", net = "no" },
  { code = "2", label = "Agree", net = "yes" },
]
nets = [
  { id = "no", label = "Disagree", side = "low" },
  { id = "yes", label = "Agree", side = "high" },
]
headline = "yes"

[[sections]]
id = "talk"
title = "Talking"

[[sections.questions]]
id = "q1"
number = "1"
kind = "scale"
scale = "agree"
text = "I can sign"
item = "sign"
topic = "Talking"

[[sections]]
id = "plans"
title = "Plans"

[[sections.questions]]
id = "q2"
number = "2"
kind = "scale"
scale = "agree"
text = "I can plan"
item = "plan"
topic = "Plans"
"""


def asked_by_topic(by: Actor) -> str:
    """Two statements of two topics in two sections, answered and ready; the survey's slug."""
    survey = commands.make_survey(by=by, now=NOW, news=commands.SurveyNews("Topics"))
    rows = [[("Agree", "Disagree")[n % 2], ("Agree", "Disagree")[n % 3 > 0]] for n in range(40)]
    news = commands.WaveNews("2025", date(2025, 6, 1), date(2025, 7, 1), questionnaire=SHEET)
    stream = answers(["I can sign", "I can plan"], rows)
    code = commands.bring_in(by=by, now=NOW, survey=survey, news=news, stream=stream, file_name="a.csv")
    reading.look_at_named(by.area, survey, code)
    found = queries.survey(by.area, survey)
    assert found is not None
    commands.accept(by=by, now=NOW, survey=survey, wave=code, version=found.waves[0].version)
    return survey
