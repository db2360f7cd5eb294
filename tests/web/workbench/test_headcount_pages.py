"""The pages of the headcount: nothing is claimed of the workforce until it is counted."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.workbench.acting import Acting, acting
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.headcount.models import Count

pytestmark = pytest.mark.django_db
MAY = {"dated-day": "1", "dated-month": "5", "dated-year": "2026"}
EVERYBODY = {"number": "2400", "source": "Payroll", "all_invited": "yes", **MAY}
CSV = b"""area of work,number,date,source,all invited
Health,290,01/05/2026,Trusts,yes
Helth,12,01/05/2026,Trusts,yes
"""


def send(who: Acting, raw: bytes, status: int = 200) -> str:
    return who.post("headcount/file/", {"file": SimpleUploadedFile("staff.csv", raw)}, status)


def hidden(page: str) -> dict[str, object]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_with_nobody_counted_no_rate_is_offered() -> None:
    page = words(acting().get("headcount/"))
    assert "Nobody has been counted yet" in page
    assert "Without it no report gives a response rate" in page
    assert "representative" not in page.lower()


def test_some_areas_of_work_are_not_everybody() -> None:
    who = acting()
    page = words(who.post("headcount/new/", EVERYBODY | {"work": "health", "number": "290"}))
    assert "We do not know yet how many people could have answered" in page
    assert "is not counted" in page
    page = words(who.post("headcount/new/", EVERYBODY))
    assert "2,400 people could have answered" in page


def test_what_is_wrong_is_said_beside_its_field() -> None:
    who = acting()
    page = who.post("headcount/new/", EVERYBODY | {"number_high": "5", "dated-year": "2096"}, status=200)
    assert "Upper end: not below the number." in page
    who.post("headcount/new/", EVERYBODY)
    page = who.post("headcount/new/", EVERYBODY, status=200)
    assert re.search(r'id="id_dated-error"[^>]*>.*?counted on that day already', page, re.DOTALL)


def test_whoever_saves_second_sees_both() -> None:
    who = acting()
    who.post("headcount/new/", EVERYBODY)
    number = Count.objects.get().pk
    who.post(f"headcount/{number}/", EVERYBODY | {"number": "2410", "version": 1})
    page = words(who.post(f"headcount/{number}/", EVERYBODY | {"number": "2500", "version": 1}, status=409))
    assert "How many people? 2410 2500" in page
    page = who.post(f"headcount/{number}/take-out/", {"version": 1}, status=409)
    assert "Somebody changed this" in page
    assert Count.objects.get().number == 2410
    assert "The count is taken out" in who.post(f"headcount/{number}/take-out/", {"version": 2})


def test_a_file_is_shown_first_and_taken_in_on_a_second_word() -> None:
    who = acting()
    page = send(who, CSV)
    assert "1 to add, 0 to change: nothing is written yet" in words(page)
    assert "row 3, column “area of work”: “Helth”: is not on the list" in words(page)
    assert not Count.objects.exists()
    assert "1 count added and 0 changed" in who.post("headcount/file/take-in/", hidden(page))
    assert Count.objects.get().work == "health"
    assert "This file changes nothing" in send(who, CSV)


def test_a_plan_that_is_no_longer_true_is_shown_again() -> None:
    who = acting()
    sent = hidden(send(who, CSV))
    who.post("headcount/new/", EVERYBODY | {"work": "health"})
    page = who.post("headcount/file/take-in/", sent, status=409)
    assert "Something changed after this was worked out" in page
    assert Count.objects.count() == 1
    who.post("headcount/file/take-in/", hidden(page))
    assert Count.objects.get().number == 290


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"%PDF-1.7 ...", "staff.csv is a PDF"),
        (b"number,date\n1,2\n", "staff.csv has no column “source”."),
        (b"x" * 200_001, "staff.csv is too large: 0.2 MB, and 0.2 MB is the most."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_page(raw: bytes, sentence: str) -> None:
    who = acting()
    assert sentence in unescape(send(who, raw))
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    ("role", "see", "change"), [("lead", 200, 200), ("analyst", 200, 403), ("practitioner", 403, 403)]
)
def test_each_role_reaches_what_it_may(role: str, see: int, change: int) -> None:
    who = acting(role)
    who.get("headcount/", see)
    for page in ("headcount/new/", "headcount/file/"):
        who.get(page, change)


def test_another_areas_counts_are_not_there_and_looking_changes_nothing() -> None:
    who, other = acting(), acting(slug="otherton")
    who.post("headcount/new/", EVERYBODY)
    number = Count.objects.get().pk
    other.get(f"headcount/{number}/", 404)
    other.post(f"headcount/{number}/take-out/", {"version": 1}, status=404)
    assert "2,400" not in other.get("headcount/")
    for page in (f"headcount/{number}/take-out/", "headcount/file/take-in/"):
        assert who.client.get(who.url(page)).status_code == 302
    assert Count.objects.count() == 1
