"""The pages a survey goes through, as somebody meets them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.thread.made import NOW, answers, brought_in, ready, simple

from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.survey.commands import SurveyNews, WaveNews, bring_in, make_survey, set_groups
from goldenthread.thread.survey.models import Survey, Wave

pytestmark = pytest.mark.django_db

PLACE, ITEM = "where-do-you-work", "i-can-use-signs"


def page(client: Client, path: str) -> str:
    answer = client.get(f"/anyshire/{path}", follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def built(by: Actor, survey: str) -> str:
    first = {"School": (40, 100), "Nursery": (20, 60), "Council": (3, 8)}
    later = {"School": (70, 100), "Nursery": (41, 62), "Council": (5, 9)}
    for year, counts in ((2023, first), (2025, later)):
        ready(by, survey, brought_in(by, survey, str(year), simple(counts), year))
    version = Survey.objects.get(slug=survey).version
    set_groups(by=by, now=NOW, survey=survey, version=version, groups=[(PLACE, "Place of work")], mix=PLACE)
    number = ask_for_build(by=by, now=NOW, survey=survey)
    builds.make_numbered(by.area, survey, number, lambda: NOW)
    return survey


def test_a_new_survey_asks_for_its_first_wave(client: Client, survey: str) -> None:
    assert "No waves yet" in page(client, f"surveys/{survey}/")


def test_columns_are_shown_with_their_answers_and_decided(client: Client, by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50), "Nursery": (9, 40)}))
    shown = page(client, f"surveys/{survey}/waves/{code}/columns/")
    assert "I can use signs" in shown
    assert "Strongly disagree" in shown
    assert "2 of 2 questions were recognised for sure" in shown
    wave = Wave.objects.get(code=code)
    answer = client.post(f"/anyshire/surveys/{survey}/waves/{code}/columns/", {"version": wave.version})
    assert answer.status_code == 302
    assert Wave.objects.get(code=code).state == "checking"


def test_a_stale_page_is_told_so_and_changes_nothing(client: Client, by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    answer = client.post(f"/anyshire/surveys/{survey}/waves/{code}/columns/", {"version": 1})
    assert answer.status_code == 409
    assert "Somebody changed this" in answer.content.decode()


def test_what_could_not_be_read_is_listed_and_escaped(client: Client, by: Actor, survey: str) -> None:
    nasty = "<script>alert(1)</script>"
    code = brought_in(by, survey, "2025", answers(["I can use signs"], [["Agree"]] * 9 + [[nasty]]))
    wave = Wave.objects.get(code=code)
    client.post(f"/anyshire/surveys/{survey}/waves/{code}/columns/", {"version": wave.version})
    from goldenthread.thread.survey import reading  # noqa: PLC0415

    reading.check(wave.pk)
    shown = page(client, f"surveys/{survey}/waves/{code}/problems/")
    assert nasty not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "path",
    [
        "",
        "surveys/",
        "surveys/new/",
        "surveys/staff-survey/",
        "surveys/staff-survey/add/",
        "surveys/staff-survey/add-figures/",
        "surveys/staff-survey/groups/",
        "surveys/staff-survey/crosswalk/",
        f"surveys/staff-survey/crosswalk/{ITEM}/",
        "surveys/staff-survey/waves/2025/columns/",
        "surveys/staff-survey/waves/2025/problems/",
        "surveys/staff-survey/waves/2025/take-out/",
        "surveys/staff-survey/waves/2025/replace/",
        "surveys/staff-survey/waves/2025/questions/column-b/",
        "results/",
        "results/staff-survey/",
        "results/staff-survey/who/",
        "results/staff-survey/builds/",
        f"results/staff-survey/items/{ITEM}/",
        f"results/staff-survey/items/{ITEM}/?by={PLACE}&with=2023&mix=off",
    ],
)
def test_every_page_of_a_survey_opens(client: Client, built: str, path: str) -> None:
    assert built == "staff-survey"
    shown = page(client, path)
    assert shown.count("<h1") == 1
    assert " style=" not in shown


def test_a_small_group_is_nowhere_on_the_page_or_in_what_is_taken_away(client: Client, built: str) -> None:
    """Council, 9 people: hidden with a second group, so that it is not everybody less the rest."""
    shown = page(client, f"results/{built}/items/{ITEM}/?by={PLACE}")
    assert "Hidden to protect people" in shown
    assert ">9 people" not in shown
    text = client.get(f"/anyshire/results/{built}/items/{ITEM}/csv/?by={PLACE}").content.decode("utf-8-sig")
    council = [line for line in text.splitlines() if line.startswith("Council")]
    assert council
    assert all("[c]" in line for line in council)


@pytest.mark.parametrize(
    ("kind", "start"), [("xlsx", b"PK"), ("png", b"\x89PNG"), ("svg", b"<svg"), ("csv", b"\xef\xbb\xbf")]
)
def test_what_a_page_shows_can_be_taken_away(client: Client, built: str, kind: str, start: bytes) -> None:
    answer = client.get(f"/anyshire/results/{built}/items/{ITEM}/{kind}/?by={PLACE}")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_of_a_build_is_taken_away_by_name_and_no_other(client: Client, built: str) -> None:
    answer = client.get(f"/anyshire/results/{built}/builds/1/report.html")
    assert b"".join(answer.streaming_content).startswith(b"<!doctype html>")
    assert client.get(f"/anyshire/results/{built}/builds/1/shown.json").status_code == 404


def test_a_page_about_work_in_progress_looks_again_by_itself(client: Client, by: Actor, survey: str) -> None:
    bring_in(
        by=by,
        now=NOW,
        survey=survey,
        news=WaveNews("2025"),
        stream=simple({"School": (1, 9)}),
        file_name="a.csv",
    )
    assert 'http-equiv="refresh"' in page(client, f"surveys/{survey}/")


def test_two_surveys_are_told_apart_on_every_page(client: Client, by: Actor, built: str) -> None:
    """A second, smaller survey is built last: the thread is of that one, and the first stays in reach."""
    other = make_survey(by=by, now=NOW, news=SurveyNews("Nursery survey"))
    ready(by, other, brought_in(by, other, "2026", simple({"Nursery": (20, 33)}), 2026))
    number = ask_for_build(by=by, now=NOW, survey=other)
    builds.make_numbered(by.area, other, number, lambda: NOW + timedelta(days=1))
    front = page(client, "")
    assert ">33</a>" in front
    assert "Nursery survey, 2026" in front
    chosen = page(client, "results/")
    assert f"results/{built}/" in chosen
    assert f"results/{other}/" in chosen
    assert "33 people" in page(client, f"surveys/{built}/")


def test_who_answered_says_nothing_of_files_it_does_not_know(client: Client, built: str) -> None:
    shown = page(client, f"results/{built}/who/")
    assert "could be read" not in shown
    assert "chance is only part of the doubt" in shown


def test_a_wave_of_the_same_name_is_refused_with_the_remedy(by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    with pytest.raises(Refused, match="take that one out first"):
        brought_in(by, survey, "2025", simple({"School": (30, 50)}))


def test_a_scale_says_which_of_its_answers_are_its_halves(client: Client, by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", answers(["Sure?"], [["Agree"]] * 7 + [["Disagree"]] * 2))
    shown = page(client, f"surveys/{survey}/waves/{code}/columns/")
    assert "<b>Low half:</b> Strongly disagree or Disagree." in shown
    assert "<b>High half:</b> Agree or Strongly agree." in shown
