"""A wave from an uploaded file to one that takes part in builds."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from tests.ground.made import area, lead, member
from tests.thread.made import NOW, answers, brought_in, ready, simple

from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, found, queries, reading
from goldenthread.thread.survey.commands import SurveyNews
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import Decision, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    return lead(area("anyshire"))


@pytest.fixture
def survey(by: Actor) -> str:
    return commands.make_survey(by=by, now=NOW, news=SurveyNews("Staff survey"))


def facts(by: Actor, survey: str) -> tuple[queries.WaveFacts, ...]:
    found = queries.survey(by.area, survey)
    assert found is not None
    return found.waves


def test_a_file_is_read_looked_at_and_accepted(by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50), "Nursery": (10, 40)}))
    assert [wave.state for wave in facts(by, survey)] == ["mapping"]
    ready(by, survey, code)
    (wave,) = facts(by, survey)
    assert (wave.state, wave.people, wave.lost) == ("ready", 90, 0)
    said = [each.words for each in happenings(by.area)]
    assert said[0] == "accepted 2025: 90 people, 0 answers or rows left out"
    assert said[-1] == "made the survey “Staff survey”"


def test_an_answer_that_cannot_be_read_is_listed_with_its_row(by: Actor, survey: str) -> None:
    rows = [["Agree"]] * 9 + [["Agreee?"]]
    code = brought_in(by, survey, "2025", answers(["I can use signs"], rows))
    ready(by, survey, code)
    (line,) = found.problems(by.area, survey, code)
    assert (line.rows, line.value, line.lost) == ((11,), "Agreee?", True)


def test_a_file_that_is_no_table_fails_with_one_sentence(by: Actor, survey: str) -> None:
    brought_in(by, survey, "2025", io.BytesIO(b"%PDF-1.7 not a table"))
    (wave,) = facts(by, survey)
    assert wave.state == "failed"
    assert wave.said == "2025.csv is a PDF: save the answers as .xlsx or CSV."


def test_looking_twice_changes_nothing(by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    before = Wave.objects.get(code=code)
    reading.look_at(before.pk)
    assert Wave.objects.get(code=code).version == before.version


def test_the_second_of_two_people_is_told_and_overwrites_nothing(by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    wave = Wave.objects.get(code=code)
    choices = [choice_from_plain(plain) for plain in wave.choices]
    first = [replace(choice, label=f"Mine {choice.id}") for choice in choices]
    commands.decide(by=by, now=NOW, survey=survey, wave=code, version=wave.version, choices=first)
    with pytest.raises(Conflict):
        commands.decide(by=by, now=NOW, survey=survey, wave=code, version=wave.version, choices=choices)
    assert {plain["label"] for plain in Wave.objects.get(code=code).choices} == {each.label for each in first}


def test_the_same_words_in_the_next_wave_are_the_same_item(by: Actor, survey: str) -> None:
    for year, words in ((2023, "I can use signs"), (2025, "I CAN use signs.")):
        code = brought_in(by, survey, str(year), simple({"School": (30, 50)}, words), year)
        ready(by, survey, code)
    rows = {row.item: [place.text for place in row.places] for row in queries.crosswalk(by.area, survey)}
    assert rows["i-can-use-signs"] == ["I can use signs", "I CAN use signs."]


def test_a_reworded_question_is_proposed_and_marked_for_a_person(by: Actor, survey: str) -> None:
    first = brought_in(
        by, survey, "2023", simple({"School": (30, 50)}, "I can use signs with children"), 2023
    )
    ready(by, survey, first)
    again = simple({"School": (30, 50)}, "I can use signs or symbols with children")
    code = brought_in(by, survey, "2025", again)
    plain = Wave.objects.get(code=code).choices[1]
    assert (plain["item"], plain["sure"]) == ("i-can-use-signs-with-children", False)
    assert "Asked before as “I can use signs with children”?" in plain["because"]


def test_somebody_links_a_question_by_hand_and_no_item_is_linked_twice(by: Actor, survey: str) -> None:
    code = brought_in(by, survey, "2025", simple({"School": (30, 50)}))
    ready(by, survey, code)
    wave = Wave.objects.get(code=code)
    question = wave.seen[1]["id"]
    place = Place(code, question, "", "")
    commands.link(by=by, now=NOW, survey=survey, place=place, was=wave.choices[1]["item"], item="signs")
    wave.refresh_from_db()
    assert wave.choices[1]["item"] == "signs"
    assert happenings(by.area)[0].words == ("parted “I can use signs” of 2025 from “I can use signs”")
    with pytest.raises(Refused, match="both have the item"):
        commands.link(by=by, now=NOW, survey=survey, place=place, was="signs", item=wave.choices[0]["item"])


def test_a_break_in_the_crosswalk_needs_a_reason(by: Actor, survey: str) -> None:
    for year in (2023, 2025):
        ready(by, survey, brought_in(by, survey, str(year), simple({"School": (30, 50)}), year))
    wanted = Decision("i-can-use-signs", "2023", "2025", comparable=False, because="")
    with pytest.raises(Refused, match="Say why"):
        commands.judge_link(by=by, now=NOW, survey=survey, decision=wanted)
    commands.judge_link(by=by, now=NOW, survey=survey, decision=replace(wanted, because="Another law."))
    rows = {row.item: row.decisions for row in queries.crosswalk(by.area, survey)}
    assert rows["i-can-use-signs"][0].because == "Another law."
    said = happenings(by.area)[0].words
    assert said == "decided that “I can use signs” cannot be compared: 2023 and 2025"


def test_open_data_rules_need_a_reason(by: Actor) -> None:
    with pytest.raises(Refused, match="ask for a reason"):
        commands.make_survey(by=by, now=NOW, news=SurveyNews("Open", preset_name="open-data"))


def test_a_board_member_brings_nothing_in_and_another_area_sees_nothing(by: Actor, survey: str) -> None:
    board = member(by.area, "board")
    with pytest.raises(NotAllowed):
        commands.make_survey(by=board, now=NOW, news=SurveyNews("Mine"))
    stranger = lead(area("otherton"))
    assert queries.surveys(stranger.area) == ()
    with pytest.raises(Refused, match="no such survey"):
        commands.set_groups(by=stranger, now=NOW, survey=survey, version=1, groups=[])


def test_labels_alike_in_their_first_words_are_two_waves_and_the_same_label_is_one(
    by: Actor, survey: str
) -> None:
    labels = [f"Autumn staff survey of {year}" for year in (2023, 2024, 2025)]
    codes = [brought_in(by, survey, label, simple({"School": (3, 5)})) for label in labels]
    assert codes == ["autumn-staff-survey", "autumn-staff-surve-2", "autumn-staff-surve-3"]
    assert {wave.label for wave in facts(by, survey)} == set(labels)
    with pytest.raises(Refused, match="already has a wave called autumn  Staff survey of 2024"):
        brought_in(by, survey, "autumn  Staff survey of 2024", simple({"School": (3, 5)}))


def test_what_was_judged_of_a_dropped_wave_is_not_said_of_another(by: Actor, survey: str) -> None:
    for year in (2023, 2024, 2025):
        ready(by, survey, brought_in(by, survey, str(year), simple({"School": (3, 5)}), year))
    item = queries.crosswalk(by.area, survey)[1].item
    for one, two in (("2023", "2024"), ("2024", "2025"), ("2023", "2025")):
        judged = Decision(item, one, two, comparable=False, because="Another law.")
        commands.judge_link(by=by, now=NOW, survey=survey, decision=judged)
    commands.drop_wave(by=by, now=NOW, survey=survey, wave="2024")
    ready(by, survey, brought_in(by, survey, "2024", simple({"School": (3, 5)}), 2024))
    decided = queries.crosswalk(by.area, survey)[1].decisions
    assert [(each.earlier, each.later) for each in decided] == [("2023", "2025")]


def test_only_a_question_that_is_there_is_linked_and_the_trail_tells_parting_from_linking(
    by: Actor, survey: str
) -> None:
    for year, words in ((2023, "I can use signs"), (2025, "I sign well")):
        stream = simple({"School": (30, 50)}, words)
        ready(by, survey, brought_in(by, survey, str(year), stream, year), {words: f"signs-{year}"})
    before = Wave.objects.get(code="2025").version
    for nowhere in (Place("2025", "nosuch", "", ""), Place("2025", "column-b", "nosuch", "")):
        with pytest.raises(Refused, match="2025 has no such question"):
            commands.link(by=by, now=NOW, survey=survey, place=nowhere, was="", item="signs-2023")
    assert Wave.objects.get(code="2025").version == before
    place = Place("2025", Wave.objects.get(code="2025").seen[1]["id"], "", "")
    commands.link(by=by, now=NOW, survey=survey, place=place, was="signs-2025", item="signs-2023")
    commands.link(by=by, now=NOW, survey=survey, place=place, was="signs-2023", item="own-2025")
    assert [each.words for each in happenings(by.area)][:2] == [
        "parted “I sign well” of 2025 from “I sign well”",
        "linked “I sign well” of 2025 to “I can use signs”",
    ]
