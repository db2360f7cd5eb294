"""A wave that is open, and people who answer it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.ground.made import area, member
from tests.thread.survey.answering.made import question, whole

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking import commands, epochs
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.mixing import answers_of, mix
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.asking.submit import Outcome, Sending, submit
from goldenthread.thread.survey.commands import SurveyNews, make_survey

__all__ = ["NOW", "Asking", "answers_of", "begun_wave", "epochs", "mix", "say"]

NOW = datetime(2027, 6, 7, 9, tzinfo=UTC)
SHEET = questionnaire_text(whole((question("team"),), (question("signs"), question("words", Kind.LONG_TEXT))))


def begun_wave(by: Actor | None = None, mode: str = "open-link") -> Asking:
    """An open wave, 2027 of the survey ``staff`` of Anyshire, from 7 June to 16 July 2027."""
    lead = by or member(area("anyshire"), "lead")
    survey = make_survey(by=lead, now=NOW, news=SurveyNews("Staff"))
    plan = Plan("2027", date(2027, 6, 7), date(2027, 7, 16), mode)
    commands.begin(by=lead, now=NOW, survey=survey, plan=plan, questionnaire=SHEET)
    commands.open_wave(by=lead, now=NOW, survey=survey, wave="2027", version=1)
    return Asking.objects.get(wave__survey__slug=survey)


def say(asking: Asking, name: object, words: str = "", code: str = "") -> Outcome:
    """Somebody answers, on a page of their own."""
    answers = {"team": "abc"[len(str(name)) % 3 if not isinstance(name, int) else name % 3], "words": words}
    channel = Channel.objects.filter(asking=asking).values_list("code", flat=True)[0]
    sending = Sending(channel, f"key-{name}", {n: v for n, v in answers.items() if v}, code)
    return submit(sending=sending, today=NOW.date())
