"""The pages of organisations: found among thousands, taken in after a look, changed one by one."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.ground.organisations.register import HERE, changed, whole
from tests.web.workbench.acting import Acting, acting, beside
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.organisations.models import Organisation, Upload

pytestmark = pytest.mark.django_db


def send(who: Acting, raw: bytes, name: str = "edubase.csv", status: int = 302, authority: str = HERE) -> str:
    file = SimpleUploadedFile(name, raw, "text/csv")
    return who.post("organisations/register/", {"authorities": authority, "file": file}, status)


def shown(page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def take_in(who: Acting, raw: bytes) -> str:
    page = send(who, raw)
    upload = Upload.objects.latest("pk").pk
    return who.post(f"organisations/register/{upload}/", {"shown": shown(page)})


def test_an_area_without_organisations_is_told_what_to_do() -> None:
    page = acting().get("organisations/")
    assert "There are no organisations here yet" in page
    assert "Take in schools from the register" in page


def test_a_file_is_shown_first_and_taken_in_on_a_second_word() -> None:
    who = acting()
    page = send(who, whole().getvalue())
    told = words(page)
    assert "9 to add, 0 to change, 0 to close: nothing is written yet" in told
    assert "2 rows of other local authorities are left out" in told
    assert "1 closed before we knew of it, and stays out" in told
    assert "Ste Hélène’s Church of England Primary School" in told
    assert not Organisation.objects.exists()
    upload = Upload.objects.get().pk
    page = who.post(f"organisations/register/{upload}/", {"shown": shown(page)})
    assert "Done: 9 added, 0 changed, 0 closed" in page
    assert "Everything that changed is listed here" in page
    assert "8 organisations work with children and young people here" in words(who.get("organisations/"))


def test_a_second_file_lists_what_changes_and_what_cannot_be_read() -> None:
    who = acting()
    take_in(who, whole().getvalue())
    later = changed("900002", establishmentname="Millbrook Academy", opendate="31/02/2020")
    page = words(send(who, later.getvalue()))
    assert "Name: Millbrook Academy (was Millbrook Primary School)" in page
    assert (
        "row 3, column “OpenDate”: “31/02/2020”: is not a day such as 01/09/2026; left as it was None" in page
    )
    assert "8 are just as we have them" in page


def test_a_file_is_forgotten_and_nothing_changed() -> None:
    who = acting()
    send(who, whole().getvalue())
    upload = Upload.objects.get().pk
    assert who.client.get(who.url(f"organisations/register/{upload}/discard/")).status_code == 302
    assert Upload.objects.get().state == "waiting"
    page = who.post(f"organisations/register/{upload}/discard/", {})
    assert "The file is forgotten. Nothing was changed." in page
    assert "was discarded" in who.get(f"organisations/register/{upload}/")
    assert not Organisation.objects.exists()


def test_a_plan_that_is_no_longer_true_is_shown_again_before_anything_is_written() -> None:
    who = acting()
    page = send(who, whole().getvalue())
    who.post(
        "organisations/new/",
        {"name": "Oakfield", "kind": "special-school", "urn": "900005", "status": "open"},
    )
    upload = Upload.objects.get().pk
    page = who.post(f"organisations/register/{upload}/", {"shown": shown(page)}, status=409)
    assert "Something changed after this was worked out" in page
    assert "8 to add, 1 to change, 0 to close" in words(page)
    assert Organisation.objects.count() == 1
    who.post(f"organisations/register/{upload}/", {"shown": shown(page)})
    assert Organisation.objects.count() == 9


@pytest.mark.parametrize(
    ("raw", "authority", "sentence"),
    [
        (b"", HERE, "The submitted file is empty."),
        (b"PK\x03\x04zip", HERE, "edubase.csv is a spreadsheet or a zip file"),
        (b"\x00\x01\x02\x03", HERE, "edubase.csv is not text in a form we know"),
        (b"name,town\nOak,Anyford\n", HERE, "edubase.csv has no column “URN”"),
        (whole().getvalue(), "996", "edubase.csv has no school of local authority 996"),
        (whole().getvalue(), "Anyshire", "“Anyshire” is not a code of three digits"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_page(raw: bytes, authority: str, sentence: str) -> None:
    who = acting()
    page = send(who, raw, status=200, authority=authority)
    assert sentence in unescape(page)
    assert "<title>Error: " in page
    assert not Upload.objects.exists()


def test_thousands_are_found_by_filters_and_pages() -> None:
    who = acting()
    rows = [
        Organisation(
            area_id=who.actor.area,
            name=f"School {n:04}",
            kind="school",
            phase="primary",
            urn=str(800_000 + n),
        )
        for n in range(2_000)
    ]
    Organisation.objects.bulk_create(rows)
    first = who.get("organisations/")
    assert "2,000 found" in words(first)
    assert "School 0049" in first
    assert "School 0050" not in first
    page = who.get("organisations/?kind=school&phase=primary&text=school&page=40")
    assert "School 1999" in page
    assert 'href="?text=school&amp;kind=school&amp;phase=primary&amp;page=39"' in page
    assert "School 1999" in who.get("organisations/?page=4000")
    assert "School 0000" in who.get("organisations/?page=-3")
    assert "None are like that" in who.get("organisations/?text=castle")
    assert "None are like that" in who.get("organisations/?text=cas%00tle&kind=%00x")
    who.get(f"organisations/{10**30}/", 404)
    assert "1 found" in words(who.get("organisations/?text=801234"))


def test_the_number_of_questions_to_the_database_does_not_grow(django_assert_max_num_queries: object) -> None:
    who = acting()
    Organisation.objects.bulk_create(
        [Organisation(area_id=who.actor.area, name=f"S{n}", kind="school") for n in range(200)]
    )
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        who.get("organisations/")


def test_an_organisation_is_added_changed_and_its_basis_recorded() -> None:
    who = acting()
    page = who.post("organisations/new/", {"name": "Housing advice", "kind": "housing", "status": "open"})
    assert "No staff of it are held, because no lawful basis is recorded." in words(page)
    number = Organisation.objects.get().pk
    page = who.post(
        "organisations/new/", {"name": "Housing Advice", "kind": "housing", "status": "open"}, status=200
    )
    assert "there is already an organisation called “Housing Advice”" in page
    given = {"basis": "public-task", "note": "Agreement of 1 May", "version": 1}
    page = who.post(f"organisations/{number}/basis/", given)
    assert "Staff may be held: public task." in words(page)
    assert "Agreement of 1 May" in page
    page = who.post(f"organisations/{number}/basis/", given | {"basis": "none-of-these"}, status=409)
    assert "Somebody changed this first" in page
    assert "Public task" in words(page)


def test_whoever_saves_an_organisation_second_sees_both() -> None:
    who = acting()
    who.post("organisations/new/", {"name": "Housing advice", "kind": "housing", "status": "open"})
    number = Organisation.objects.get().pk
    given = {"name": "Homes", "kind": "housing", "status": "open", "version": 1}
    who.post(f"organisations/{number}/change/", given)
    page = words(who.post(f"organisations/{number}/change/", given | {"name": "Houses"}, status=409))
    assert "Name Homes Houses" in page
    assert Organisation.objects.get().name == "Homes"


def test_what_was_typed_over_the_register_is_said_and_let_go() -> None:
    who = acting()
    take_in(who, whole().getvalue())
    row = Organisation.objects.get(urn="900006")
    page = who.get(f"organisations/{row.pk}/change/")
    given = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    chosen = re.findall(r'<select[^>]*name="(\w+)".*?<option value="([^"]*)" selected', page, re.DOTALL)
    sent = {
        **given,
        **dict(chosen),
        "kind": row.kind,
        "phase": row.phase,
        "region": row.region,
        "school_type": row.school_type,
        "status": "open",
        "name": "The Bridge Centre",
    }
    page = words(who.post(f"organisations/{row.pk}/change/", sent))
    assert "Typed here over what the national register says: name." in page
    page = who.post(f"organisations/{row.pk}/follow/", {"version": 2})
    assert "The next file from the register says what The Bridge Centre is." in page
    assert "Typed here" not in page


@pytest.mark.parametrize(
    ("role", "see", "change"), [("lead", 200, 200), ("analyst", 200, 403), ("practitioner", 403, 403)]
)
def test_each_role_reaches_what_it_may(role: str, see: int, change: int) -> None:
    who = acting(role)
    row = Organisation.objects.create(area_id=who.actor.area, name="Oak", kind="school")
    for page in ("organisations/", f"organisations/{row.pk}/"):
        who.get(page, see)
    for page in (
        "organisations/new/",
        "organisations/register/",
        f"organisations/{row.pk}/change/",
        f"organisations/{row.pk}/basis/",
    ):
        who.get(page, change)


def test_another_areas_organisations_and_files_are_not_there() -> None:
    who, other = acting(), acting(slug="otherton")
    send(who, whole().getvalue())
    row = Organisation.objects.create(area_id=who.actor.area, name="Oak", kind="school")
    upload = Upload.objects.get().pk
    for page in ("", "change/", "basis/", "follow/"):
        other.get(f"organisations/{row.pk}/{page}", 404)
    other.get(f"organisations/register/{upload}/", 404)
    other.post(f"organisations/register/{upload}/", {"shown": "x"}, status=404)
    other.post(f"organisations/register/{upload}/discard/", {})
    assert Upload.objects.get().state == "waiting"
    assert "Oak" not in other.get("organisations/")
    assert "Change this" not in beside(who, "analyst").get(f"organisations/{row.pk}/")
