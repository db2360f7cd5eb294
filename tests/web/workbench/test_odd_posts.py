"""Whatever is sent for a number, or with a NUL in it, the answer is a page and never a fault of ours."""

from __future__ import annotations

import pytest
from tests.thread.made import NOW, answers, brought_in, ready
from tests.web.workbench.acting import Acting, acting
from tests.web.workbench.test_headcount_pages import EVERYBODY
from tests.web.workbench.test_pupils_pages import GIVEN

from goldenthread.ground.headcount.models import Count
from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation
from goldenthread.ground.pupils.models import PupilCount
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey import commands
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Link, Survey

pytestmark = pytest.mark.django_db
ODD = ("abc", "9" * 5000, "9" * 12, "-1", "\0", "x\0", "")
VERSIONED = {
    "surveys/staff-survey/groups/": {},
    "surveys/staff-survey/waves/2025/columns/": {},
    "surveys/staff-survey/waves/2025/problems/": {"do": "undo", "question": "\0", "value": "\0"},
    "pupils/{pupils}/take-out/": {},
    "headcount/{count}/take-out/": {},
    "organisations/{organisation}/follow/": {},
}
ASKED = ("results/staff-survey/?build={odd}", "results/staff-survey/builds/compare/?one={odd}")


@pytest.fixture
def who() -> Acting:
    """Somebody whose area has one of each thing."""
    found = acting()
    by = found.actor
    survey = commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))
    for year in (2023, 2025):
        table = answers(["Where do you work?", "I can sign"], [["School", "Agree"]] * 9)
        ready(by, survey, brought_in(by, survey, str(year), table, year))
    pk = Survey.objects.get().pk
    for number in (1, 2):
        Build.objects.create(
            survey_id=pk, number=number, state="done", asked=NOW, ended=NOW, folder=f"{pk}-{number}"
        )
    found.post("pupils/new/", dict(GIVEN))
    found.post("headcount/new/", dict(EVERYBODY))
    return found


def places(who: Acting) -> dict[str, int]:
    given = OrganisationGiven("Green School", "school")
    return {
        "pupils": PupilCount.objects.get().pk,
        "count": Count.objects.get().pk,
        "organisation": add_organisation(by=who.actor, now=NOW, given=given),
    }


def test_no_version_and_no_number_that_is_sent_breaks_a_page(who: Acting) -> None:
    who.client.raise_request_exception = False
    at, broken = places(who), []
    for odd in ODD:
        for rest, data in VERSIONED.items():
            answer = who.client.post(who.url(rest.format(**at)), {**data, "version": odd})
            broken += [(rest, odd[:9])] if answer.status_code >= 500 else []
        for rest in ASKED:
            answer = who.client.get(who.url(rest.format(odd=odd.replace("\0", "%00"))))
            broken += [(rest, odd[:9])] if answer.status_code >= 500 else []
    assert broken == []
    assert Count.objects.exists()
    assert PupilCount.objects.exists()


def test_a_nul_in_what_no_field_reads_is_not_kept(who: Acting) -> None:
    sent: dict[str, object] = {"do": "judge", "pair": "2023/2025", "comparable": "no", "because": "No\0t so"}
    item = commands.crosswalk(who.actor.area, "staff-survey")[0].item
    who.post(f"surveys/staff-survey/crosswalk/{item}/", sent)
    assert Link.objects.get().because == "Not so"
