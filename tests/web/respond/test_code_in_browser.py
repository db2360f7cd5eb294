"""A link with a code fills it in, and leaves it nowhere; without scripts it is typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.ground.made import area, member
from tests.served.browser import chromium
from tests.thread.survey.answering.made import question, whole

from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.codes import shown
from goldenthread.thread.survey.asking.commands import Plan
from goldenthread.thread.survey.asking.minting import mint
from goldenthread.thread.survey.asking.models import Asking, Channel
from goldenthread.thread.survey.commands import SurveyNews, make_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_end_of_the_link_is_put_where_the_code_is_typed(live_server: LiveServer) -> None:
    lead, now = member(area("anyshire"), "lead"), datetime.now(UTC)
    survey = make_survey(by=lead, now=now, news=SurveyNews("Staff survey"))
    sheet = questionnaire_text(whole((question("team"),)))
    plan = Plan("2027", now.date(), now.date(), "personal-code")
    commands.begin(by=lead, now=now, survey=survey, plan=plan, questionnaire=sheet)
    commands.open_wave(by=lead, now=now, survey=survey, wave="2027", version=1)
    code = mint(Asking.objects.get().pk, 1)[0]
    address = f"{live_server.url}/s/{Channel.objects.get().code}/"
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}#{code}")
        page.wait_for_function("document.getElementById('code').value")
        filled, left = page.input_value("#code"), page.evaluate("location.href")
        page.click("text=Start")
        page.wait_for_selector("text=Part 1")
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(f"{address}#{code}")
        empty = plain.input_value("#code")
    assert (filled, left, empty) == (shown(code), address, "")
    assert not [url for url in asked if code in url.partition("#")[0]]
