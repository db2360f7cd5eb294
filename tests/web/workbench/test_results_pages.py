"""Results: found by words, read before there are any, kept by build, and in the order somebody reads them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.ground.made import member
from tests.thread.made import NOW, answers, brought_in, ready, simple
from tests.web.made import signed_in
from tests.web.workbench.reading import read

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.finding import build as builds
from goldenthread.thread.finding.commands import ask_for_build
from goldenthread.thread.finding.models import Build
from goldenthread.thread.survey.commands import drop_wave, set_groups
from goldenthread.thread.survey.models import Survey

pytestmark = pytest.mark.django_db

QUESTIONS = ("I can use signs", "I can write plans", "I know the local offer")
AGREE = ("Disagree", "Agree", "Strongly agree")


def wave(by: Actor, survey: str, year: int, ticks: int = 30) -> None:
    """Three statements that more and more agree with, and a tick-list."""
    rows = [
        [("School", "Nursery")[n % 2], *(AGREE[(n % 10) // (9 - 3 * q) % 3] for q in range(3)), "Law;Autism"]
        for n in range(60)
    ]
    rows = [[*row[:4], row[4] if n < ticks else "Law"] for n, row in enumerate(rows)]
    stream = answers(["Where do you work?", *QUESTIONS, "Which would you choose?"], rows)
    ready(by, survey, brought_in(by, survey, str(year), stream, year))


def built(by: Actor, survey: str, after: int = 0) -> int:
    number = ask_for_build(by=by, now=NOW, survey=survey)
    builds.make_numbered(by.area, survey, number, lambda: NOW + timedelta(seconds=after))
    return number


def shown(client: Client, path: str = "", survey: str = "staff-survey") -> str:
    answer = client.get(f"/anyshire/results/{survey}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def two_waves(by: Actor, survey: str) -> str:
    for year in (2023, 2025):
        wave(by, survey, year)
    version = Survey.objects.get(slug=survey).version
    groups = [("where-do-you-work", "Place of work")]
    set_groups(by=by, now=NOW, survey=survey, version=version, groups=groups, mix="where-do-you-work")
    built(by, survey, 12)
    return survey


@pytest.mark.usefixtures("two_waves")
def test_the_headline_is_a_sentence_and_its_number_is_that_of_the_lists(client: Client) -> None:
    page = read(shown(client))
    assert page.headline.startswith("Of 3 items asked in 2025")
    assert "3 items asked in 2025, and 1 tick-list of 2 options." in page.words
    lists = re.findall(r'href="#list-[a-z-]+">[^<]+</a> <span class="gt-soft">(\d+)</span>', shown(client))
    assert sum(map(int, lists)) == 3
    front = client.get("/anyshire/").content.decode()
    assert re.search(r">3</a> findings, one for each item asked", front)
    assert "3 findings" in front + shown(client, "builds/")


@pytest.mark.usefixtures("two_waves")
def test_how_many_answered_is_said_once(client: Client) -> None:
    assert read(shown(client)).words.count("60 people answered") == 1
    assert read(shown(client, "who/")).words.count("60 people answered") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=signs", ["I can use signs"]),
        ("words=OFFER+local", ["I know the local offer"]),
        ("words=autism", ["Which would you choose?"]),
        ("kind=ticked", ["Which would you choose?"]),
        ("words=nothing+like+it", []),
        ("words=%3Cscript%3E", []),
    ],
)
@pytest.mark.usefixtures("two_waves")
def test_items_are_found_by_words_and_by_list_at_an_address(
    client: Client, query: str, found: list[str]
) -> None:
    main = shown(client, f"?{query}").partition('id="items"')[0]
    names = re.findall(
        r'class="gt-evidence" href="/anyshire/results/staff-survey/items/[^"]+">([^<]+)<', main
    )
    assert list(dict.fromkeys(names)) == found
    if not found:
        assert "Nothing fits" in main
        assert "<script>alert" not in main


def test_items_are_found_by_topic_and_section(client: Client, by: Actor) -> None:
    from tests.thread.sheets import asked_by_topic  # noqa: PLC0415

    survey = asked_by_topic(by)
    built(by, survey)
    assert "I can sign" in read(shown(client, "?topic=Talking", survey)).words.partition("Every item")[0]
    lists = read(shown(client, "?topic=Talking", survey)).words
    assert "1 of 2 items" in lists
    assert "1 of 2 items" in read(shown(client, "?section=Plans", survey)).words


@pytest.mark.usefixtures("survey")
def test_before_a_wave_is_ready_the_page_says_what_to_do(client: Client) -> None:
    page = shown(client)
    assert "No findings yet" in page
    assert "Bring answers in" in page
    assert "/surveys/staff-survey/add/" in page


def test_with_a_wave_ready_the_one_thing_to_do_is_to_build(client: Client, by: Actor, survey: str) -> None:
    wave(by, survey, 2025)
    page = shown(client)
    assert page.count("<button") - page.count("Sign out</button") >= 1
    assert "Build the report" in page
    reader = signed_in(member(by.area, "board"))
    assert "Build the report" not in shown(reader)
    assert "Somebody who builds reports can start it." in shown(reader)


@pytest.mark.parametrize("path", ["", "builds/", "who/"])
def test_while_a_build_is_made_its_step_is_said_and_the_page_looks_again(
    client: Client, by: Actor, survey: str, path: str
) -> None:
    wave(by, survey, 2025)
    ask_for_build(by=by, now=NOW, survey=survey)
    Build.objects.update(state="running", said="Reading 2025")
    page = shown(client, path)
    assert "Build 1: Reading 2025" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert 'hx-trigger="every 2s"' in page
    assert "Look again now" in page


@pytest.mark.parametrize("path", ["", "builds/"])
def test_when_it_has_ended_the_whole_page_is_fetched_anew(
    client: Client, by: Actor, survey: str, path: str
) -> None:
    """The rail counts findings: a part of the page alone would leave it as it was."""
    wave(by, survey, 2025)
    number = ask_for_build(by=by, now=NOW, survey=survey)
    looking = {"HX-Request": "true", "HX-Target": "progress"}
    during = client.get(f"/anyshire/results/{survey}/{path}", headers=looking)
    assert "HX-Refresh" not in during.headers
    builds.make_numbered(by.area, survey, number, lambda: NOW)
    after = client.get(f"/anyshire/results/{survey}/{path}", headers=looking)
    assert after.headers["HX-Refresh"] == "true"
    page = shown(client, path)
    assert "refresh" not in page.partition("</head>")[0]
    assert 'hx-trigger="every' not in page
    assert "3 findings" in page


def test_a_build_that_fails_says_why_and_what_to_do(client: Client, by: Actor, survey: str) -> None:
    wave(by, survey, 2025)
    number = ask_for_build(by=by, now=NOW, survey=survey)
    drop_wave(by=by, now=NOW, survey=survey, wave="2025")
    builds.make_numbered(by.area, survey, number, lambda: NOW)
    for path in ("", "builds/"):
        page = read(shown(client, path))
        assert "Build 1 could not be made" in page.words
        assert "No wave is ready yet: bring one in" in page.words
        assert "then build again" in page.words


def test_only_those_who_build_are_told_why_a_build_failed(by: Actor, survey: str) -> None:
    wave(by, survey, 2025)
    for number in (1, 2):
        assert ask_for_build(by=by, now=NOW, survey=survey) == number
        Build.objects.filter(number=number).update(state="failed", said="More answered than there are.")
    told, others = (signed_in(member(by.area, role)) for role in ("analyst", "board"))
    for path in ("", "builds/"):
        assert "More answered than there are." in shown(told, path)
        page = shown(others, path)
        assert "Build 2 could not be made" in read(page).words
        assert "More answered" not in page


def test_a_build_that_ends_unforeseen_does_not_bar_the_next(
    client: Client, by: Actor, survey: str, home: Path
) -> None:
    wave(by, survey, 2025)
    number = ask_for_build(by=by, now=NOW, survey=survey)
    (home / "builds").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="exists"):
        builds.make_numbered(by.area, survey, number, lambda: NOW)
    (home / "builds").unlink()
    assert "Something went wrong that nobody foresaw" in shown(client, "builds/")
    assert built(by, survey) == 2


def test_an_older_build_stays_in_reach_with_its_own_figures(
    client: Client, by: Actor, two_waves: str
) -> None:
    drop_wave(by=by, now=NOW, survey=two_waves, wave="2023")
    built(by, two_waves)
    old, new = (read(shown(client, f"items/i-can-use-signs/{q}")) for q in ("?build=1", ""))
    waves = [row.name for row in old.rows if row.question == "How does each wave stand?"]
    assert waves == ["2025", "2023"]
    assert "There is no earlier wave" in new.words or not [r for r in new.rows if r.name == "2023"]
    assert "These are the figures of build 1" in old.words
    page = shown(client, "items/i-can-use-signs/?build=1")
    inside = re.findall(r'href="(/anyshire/results/staff-survey/(?:items/|who|")[^"]*)"', page)
    assert inside
    newest = "/anyshire/results/staff-survey/items/i-can-use-signs/"
    assert [link for link in inside if "build=1" not in link] == [newest]
    assert client.get(f"/anyshire/results/{two_waves}/?build=7").status_code == 404


@pytest.mark.usefixtures("two_waves")
def test_builds_say_who_asked_how_long_it_took_and_what_was_found(client: Client) -> None:
    words = read(shown(client, "builds/")).words
    assert "Asked for by Lead on 13 October 2026" in words
    assert "it took 12 seconds" in words
    assert "2023: 60 people; 2025: 60 people" in words
    assert "3 findings, one for each item" in words


def test_two_builds_are_held_beside_each_other_at_an_address(
    client: Client, by: Actor, two_waves: str
) -> None:
    assert "There are no two builds to compare" in shown(client, "builds/compare/")
    drop_wave(by=by, now=NOW, survey=two_waves, wave="2023")
    built(by, two_waves)
    page = read(shown(client, "builds/compare/?one=1&two=2"))
    assert page.grid("What went in differently").row("2023") == {
        "What": "2023",
        "Build 1": "in it",
        "Build 2": "not in it",
    }
    signs = page.grid("I can use signs").row("Verdict")
    assert signs["Build 2"] == "Not compared"
    assert "Why: 2023 is not the same file, or not in both" in page.words
    assert read(shown(client, "builds/compare/")).headline == page.headline
    assert client.get("/anyshire/results/staff-survey/builds/compare/?one=1&two=9").status_code == 404
    assert client.get("/anyshire/results/staff-survey/builds/compare/?one=x").status_code == 404


@pytest.mark.usefixtures("two_waves")
def test_the_next_item_is_next_in_the_questionnaire_and_in_its_list(client: Client) -> None:
    page = shown(client, "items/i-can-write-plans/?by=where-do-you-work&mix=off")
    asked = re.findall(r'(Previous|Next)</span> <a href="([^"]+)">([^<]+)<', page)
    assert [(words, name) for words, _, name in asked[:2]] == [
        ("Previous", "I can use signs"),
        ("Next", "I know the local offer"),
    ]
    assert all("by=where-do-you-work" in link and "mix=off" in link for _, link, _ in asked)
    assert "In the list “" in page


@pytest.mark.usefixtures("two_waves")
def test_the_headline_opens_the_evidence_on_its_own_page(client: Client) -> None:
    page = shown(client, "items/i-can-use-signs/")
    target = re.search(r'<h1>\s*<a class="gt-evidence" href="#([^"]+)"', page)
    assert target is not None
    assert f'id="{target[1]}"' in page


def test_marks_are_explained_where_they_stand(client: Client, by: Actor, survey: str) -> None:
    groups = {"School": (20, 40), "Nursery": (9, 18), "Council": (3, 6), "Hostel": (4, 12)}
    ready(by, survey, brought_in(by, survey, "2025", simple(groups)))
    version = Survey.objects.get(slug=survey).version
    set_groups(
        by=by, now=NOW, survey=survey, version=version, groups=[("where-do-you-work", "Place")], mix=""
    )
    built(by, survey)
    page = read(shown(client, "items/i-can-use-signs/?by=where-do-you-work"))
    (numbers,) = (grid for grid in page.grids if grid.caption.startswith("The same numbers"))
    cells = " ".join(cell for row in numbers.rows for cell in row)
    assert "[c]" in cells
    assert "[u]" in cells
    assert "[c] hidden to protect people" in numbers.note
    assert "[u] too few answers to rely on" in numbers.note
    assert "Of the groups with 30 people or more" not in page.words
    ready(by, survey, brought_in(by, survey, "2026", simple({**groups, "Clinic": (30, 50)}), 2026))
    built(by, survey)
    wider = read(shown(client, "items/i-can-use-signs/?by=where-do-you-work"))
    assert "Of the groups with 30 people or more" in wider.words


def test_some_groups_of_a_long_grouping(client: Client, by: Actor, survey: str) -> None:
    places = {f"School {n}": (10 + n % 9, 20) for n in range(38)}
    ready(by, survey, brought_in(by, survey, "2025", simple(places)))
    version = Survey.objects.get(slug=survey).version
    set_groups(
        by=by, now=NOW, survey=survey, version=version, groups=[("where-do-you-work", "Place")], mix=""
    )
    built(by, survey)
    item = "items/i-can-use-signs/?by=where-do-you-work"
    assert shown(client, item).count('name="only"') == 38
    page = read(shown(client, f"{item}&only=school-7&only=school-30"))
    assert [row.name for row in page.rows if "by place" in row.question] == [
        "School 7",
        "School 30",
        "Everybody",
    ]
    assert "Shown as chosen: 2 of 38 groups by place, and everybody." in page.words
    nothing = read(shown(client, f"{item}&only=nowhere"))
    assert len([row for row in nothing.rows if "by place" in row.question]) == 39


@pytest.mark.parametrize(
    "role", ["practitioner", "provider", "organisation-lead", "board", "moderator", "protection"]
)
@pytest.mark.usefixtures("two_waves")
def test_the_front_page_makes_sense_for_every_role(by: Actor, role: str) -> None:
    page = signed_in(member(by.area, role)).get("/anyshire/").content.decode()
    assert ("Do next" in page) != ("For you" in page)
    if role in ("practitioner", "provider", "protection"):
        assert "You are here as" in page
        assert "/results/" not in page
    else:
        assert "Read what was found" in page


def test_the_front_page_says_when_to_ask_again_and_what_to_build(
    client: Client, by: Actor, two_waves: str
) -> None:
    front = client.get("/anyshire/").content.decode()
    assert "June 2027, with this survey’s questions ready to compare" in front
    assert "/results/staff-survey/who/" in front
    wave(by, two_waves, 2026)
    assert "2026 is ready and not in it." in client.get("/anyshire/").content.decode()


def test_no_name_of_our_own_making_reaches_a_reader(client: Client, two_waves: str) -> None:
    """Items, waves and groups are called by their labels wherever a page or a title says them."""
    ours = re.compile(r"i-can-use-signs|where-do-you-work|all-agree|too-few|\blist-\w+|F2?:")
    for path in ("", "who/", "builds/", "items/i-can-use-signs/?by=where-do-you-work"):
        page = read(shown(client, path))
        assert not ours.search(page.title), path
        assert not ours.search(page.words), ours.search(page.words)
    text = client.get(f"/anyshire/results/{two_waves}/items/i-can-use-signs/csv/").content.decode()
    assert not ours.search(text)
