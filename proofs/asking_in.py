"""A wave that is asked, for proofs: made and closed by the application's own commands.

Imported inside an installation (``tests.served.installation.Installation.do``).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from goldenthread.analysis.definition.model import Answer, Kind, Question, Questionnaire, Scale, Section
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey.asking import commands, inviting
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.minting import mint
from goldenthread.thread.survey.asking.mixing import mix
from goldenthread.thread.survey.asking.models import Asking
from goldenthread.thread.survey.commands import SurveyNews, make_survey

WAVE = "2027"
SCALE = Scale("sure", (Answer("1", "Not sure"), Answer("2", "Fairly sure"), Answer("3", "Very sure")))
SHEET = Questionnaire(
    "sealed",
    "A survey of three parts",
    (
        Section(
            "work", "Your work", (Question("team", Kind.SINGLE, "How sure are you?", "team", scale=SCALE),)
        ),
        Section(
            "years",
            "Your years",
            (
                Question("years", Kind.NUMBER, "How many people have you met?", "years"),
                Question("short", Kind.SHORT_TEXT, "In a few words?", "short"),
            ),
        ),
        Section("words", "Your words", (Question("words", Kind.LONG_TEXT, "What would help?", "words"),)),
    ),
)


def main(verb: str, *given: str) -> None:
    """One of ``VERBS`` with what its function is given; what it returns is printed as JSON."""
    print(json.dumps(VERBS[verb](*given)))


def begin(mode: str) -> dict[str, object]:
    """An open wave of a survey of its own; where it is answered, and its numbers."""
    lead, now = _lead(), timezone.now()
    survey = make_survey(by=lead, now=now, news=SurveyNews(f"Staff {mode}"))
    plan = Plan(WAVE, now.date() - timedelta(days=1), now.date() + timedelta(days=1), mode)
    commands.begin(by=lead, now=now, survey=survey, plan=plan, questionnaire=questionnaire_text(SHEET))
    asking = Asking.objects.get(wave__survey__slug=survey)
    commands.open_wave(by=lead, now=now, survey=survey, wave=asking.wave.code, version=asking.version)
    return {"survey": survey, "asking": asking.pk, "path": f"/s/{asking.channels.get().code}/"}


def invite(survey: str, link: str, *addresses: str) -> None:
    """Have a code sent to everybody."""
    lead, now = _lead(), timezone.now()
    place = inviting.Place(survey, Asking.objects.get(wave__survey__slug=survey).wave.code)
    listed = "\n".join(addresses).encode()
    inviting.add_people(by=lead, now=now, place=place, data=listed, name="people.csv")
    inviting.send_codes(by=lead, now=now, place=place, link=link)


def codes(survey: str, many: str) -> list[str]:
    """So many codes, without any mail."""
    return mint(Asking.objects.get(wave__survey__slug=survey).pk, int(many))


def close(survey: str) -> None:
    """Close the wave; the worker makes its answers ready."""
    wave = Asking.objects.get(wave__survey__slug=survey).wave.code
    commands.close(by=_lead(), now=timezone.now(), survey=survey, wave=wave)


def mixing() -> None:
    """Mix whatever has come, again and again, until killed."""
    while True:
        for number in Asking.objects.filter(state="open").values_list("pk", flat=True):
            mix(asking=number, now=timezone.now(), least=3)
        time.sleep(0.05)


def _lead() -> Actor:
    return found_area(slug="anyshire", name="Anyshire", password="", now=timezone.now())[0]


VERBS: dict[str, Callable[..., object]] = {
    "begin": begin,
    "invite": invite,
    "mint": codes,
    "mixing": mixing,
    "close": close,
}
