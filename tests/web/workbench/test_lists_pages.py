"""The pages of lists: seen by those who may, changed in plain forms, and never a second time unawares."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from tests.web.workbench.acting import Acting, acting, beside

from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.lists.queries import EntryFacts, entries, find
from goldenthread.web.access import now

pytestmark = pytest.mark.django_db
STAGE = {"label": "Training year", "how": "correct"}


def entry_of(who: Acting, code: str, name: str) -> EntryFacts:
    found = find(who.actor.area, code, name, on=now().date())
    assert found is not None
    return found


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def typed(each: EntryFacts, **more: object) -> dict[str, object]:
    return {
        "label": each.label,
        "aliases": "\n".join(each.aliases),
        "parent": each.parent,
        "position": each.position,
        "version": each.version,
        "how": "correct",
    } | more


def test_an_area_without_lists_is_told_what_to_do_and_one_press_does_it() -> None:
    who = acting(lists=False)
    assert "There are no lists here yet" in who.get("lists/")
    page = who.post("lists/put-in/", {})
    assert "18 lists say what words mean here" in words(page)
    assert "entries were added" in page
    assert "Nothing was changed" in who.post("lists/put-in/", {})


def test_looking_changes_nothing() -> None:
    who = acting(lists=False)
    for page in ("lists/put-in/", "lists/spelling/"):
        assert who.client.get(who.url(page)).status_code == 302
    assert not List.objects.exists()


def test_a_list_is_shown_as_on_a_day() -> None:
    who = acting()
    then = words(who.get("lists/of/need-types/?on=31/08/2014"))
    assert "Behaviour, emotional and social difficulties" in then
    assert "Down syndrome" not in then
    today = words(who.get("lists/of/need-types/"))
    assert "Behaviour, emotional" not in today
    every = words(who.get("lists/of/need-types/?show=all"))
    assert "1 January 2004 to 31 August 2014" in every
    assert "“someday” is not a day" in words(who.get("lists/of/need-types/?on=someday"))


def test_a_field_that_points_at_another_list_is_shown_in_words() -> None:
    assert "Coordinates with families" in acting().get("lists/of/roles/")


def test_an_entry_is_added_and_what_is_wrong_is_said_beside_its_field() -> None:
    who = acting()
    page = who.post("lists/of/stages/add/", {"label": "post–16"}, status=200)
    assert "“post–16” already stands for “Post-16”." in page
    assert "<title>Error: " in page
    page = who.post(
        "lists/of/rules/add/", {"label": "Most", "data-number": "four", "data-unit": "x"}, status=200
    )
    assert re.search(r'id="id_data-number-error"[^>]*>.*?“four” is not a number', page, re.DOTALL)
    assert "is added" in who.post("lists/of/stages/add/", STAGE)


def test_an_entry_is_put_right_or_changed_from_a_day_on() -> None:
    who = acting()
    each = entry_of(who, "stages", "primary")
    who.post(f"lists/of/stages/{each.id}/", typed(each, label="Primary years"))
    each = entry_of(who, "stages", "primary years")
    day = {"valid_from-day": "1", "valid_from-month": "9", "valid_from-year": "2026"}
    page = who.post(f"lists/of/stages/{each.id}/", typed(each, label="First school", how="renew"), status=200)
    assert "give the day the change takes effect" in page
    who.post(f"lists/of/stages/{each.id}/", typed(each, label="First school", how="renew", **day))
    held = [e for e in entries(who.actor.area, "stages") if e.code == "primary"]
    assert {(e.label, e.valid_until) for e in held} == {
        ("Primary years", date(2026, 8, 31)),
        ("First school", None),
    }


def test_an_entry_ends_and_is_still_there_among_all() -> None:
    who = acting()
    each = entry_of(who, "ages", "infant")
    day = {"valid_until-day": "31", "valid_until-month": "8", "valid_until-year": "2026", "version": 1}
    assert "“Infant” ends after 31 August 2026" in who.post(f"lists/of/ages/{each.id}/end/", day)
    assert "Infant" not in words(who.get("lists/of/ages/?on=1/9/2026"))
    assert "Infant ended" in words(who.get("lists/of/ages/?show=all"))


def test_whoever_saves_second_sees_both_and_chooses() -> None:
    who = acting()
    each = entry_of(who, "ages", "infant")
    who.post(f"lists/of/ages/{each.id}/", typed(each, label="Infants"))
    page = who.post(f"lists/of/ages/{each.id}/", typed(each, label="Ages 4 to 7"), status=409)
    assert "Somebody changed this first" in page
    assert "Infants" in words(page)
    assert "Ages 4 to 7" in words(page)
    assert Entry.objects.get(pk=each.id).label == "Infants"
    again = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    assert again["version"] == "2"
    who.post(f"lists/of/ages/{each.id}/", {name: unescape(value) for name, value in again.items()})
    assert Entry.objects.get(pk=each.id).label == "Ages 4 to 7"


def test_a_list_of_the_areas_own_is_begun_and_may_be_called_anything() -> None:
    who = acting()
    page = who.post("lists/new/", {"name": "New", "purpose": "What is new."})
    assert "What is new." in page
    code = List.objects.get(name="New").code
    about = {"name": "Newest", "purpose": "", "source": "", "version": 1}
    assert "Newest" in who.post(f"lists/of/{code}/about/", about)
    page = who.post(f"lists/of/{code}/about/", about | {"name": "Other"}, status=409)
    assert "Newest" in words(page)


def test_senco_is_written_as_the_area_chose() -> None:
    who = acting()
    who.post("lists/spelling/", {"spelling": "SENDCo"})
    page = words(who.get("lists/of/roles/"))
    assert "Preparing to be a SENDCo" in page
    assert "SENCO" not in page


def test_what_people_type_is_text_and_nothing_else() -> None:
    who = acting()
    hostile = '"><script>alert(1)</script>{{ 7|add:7 }}'
    who.post("lists/of/ages/add/", {"label": hostile, "aliases": hostile + "x", "source": hostile})
    page = who.get("lists/of/ages/")
    assert "<script>alert" not in page
    assert "14" not in words(page).replace("314", "")
    assert hostile in unescape(page)


@pytest.mark.parametrize(
    ("role", "see", "change"), [("lead", 200, 200), ("analyst", 200, 403), ("practitioner", 403, 403)]
)
def test_each_role_reaches_what_it_may(role: str, see: int, change: int) -> None:
    who = acting(role)
    number = entries(who.actor.area, "ages")[0].id
    for page in ("lists/", "lists/of/ages/"):
        who.get(page, see)
    for page in (
        "lists/new/",
        "lists/of/ages/add/",
        "lists/of/ages/about/",
        f"lists/of/ages/{number}/",
        f"lists/of/ages/{number}/end/",
    ):
        who.get(page, change)


def test_another_area_is_not_there() -> None:
    who, other = acting(), acting(slug="otherton")
    mine = entries(who.actor.area, "ages")[0].id
    other.get(f"lists/of/ages/{mine}/", 404)
    assert other.client.get(who.url("lists/")).status_code == 404
    other.post(f"lists/of/ages/{mine}/end/", {}, status=404)
    other.get("lists/of/nothing/", 404)
    who.post("lists/new/", {"name": "Venues"})
    other.get("lists/of/venues/", 404)
    other.get("lists/of/venues/add/", 404)
    assert "Venues" not in other.get("lists/")
    other.get(f"lists/of/ages/{10**30}/", 404)


def test_somebody_not_signed_in_is_asked_to() -> None:
    who = acting()
    answer = Client().get(who.url("lists/"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
    assert "Put the lists in" not in beside(who, "protection").get("lists/")
