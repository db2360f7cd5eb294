"""The pages of people: a register is shown before it is taken in; posts are changed one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from tests.ground.made import NOW
from tests.ground.people.register.conftest import allow, school
from tests.web.workbench.acting import Acting, acting, beside
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.files.models import KeptFile
from goldenthread.ground.people.models import Person, Post, Register

pytestmark = pytest.mark.django_db
TEXT = """Staff reference,Name,Work e-mail,Staff group,From
A1,Ana Bell,ana@oak.example,SENCOs,01/09/2024
A2,Bo Carr,bo@oak.example,Governors,
A3,Cleo Dare,cleo@oak.example,Wizards,
"""


@pytest.fixture
def who(tmp_path: Path, settings: Settings) -> Acting:
    settings.HOME = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return acting()


@pytest.fixture
def oak(who: Acting) -> int:
    made = school(who.actor, "Oak School", "100001")
    allow(who.actor, made)
    return made


def send(who: Acting, owner: int, text: str = TEXT, status: int = 302, **others: object) -> str:
    file = SimpleUploadedFile("staff.csv", text.encode(), "text/csv")
    as_of = {"as_of-day": "13", "as_of-month": "10", "as_of-year": "2026"}
    return who.post("people/register/", {"owner": owner, **as_of, **others, "file": file}, status)


def take_in(who: Acting, page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return who.post(f"people/register/{Register.objects.latest('at').pk}/", {"shown": found[1]})


def test_an_area_without_people_is_told_what_to_do(who: Acting) -> None:
    page = words(who.get("people/"))
    assert "Nobody is held here by name" in page
    assert "No organisation may have its staff held yet" in words(who.get("people/register/"))


def test_a_register_is_shown_first_and_taken_in_on_a_second_word(who: Acting, oak: int) -> None:
    page = send(who, oak)
    told = words(page)
    assert "2 join, 0 change, 0 have left: nothing is written yet" in told
    assert "Row 4, Staff group “Wizards” is not on this area's list of staff groups" in told
    assert not Person.objects.exists()
    told = words(take_in(who, page))
    assert "staff.csv was taken in" in told
    assert "2 joined, 0 changed, 0 left." in told
    told = words(who.get("people/"))
    assert "2 people on staff registers here" in told
    assert "Ana Bell ana@oak.example Oak School SENCOs" in told


def test_whoever_a_whole_register_lacks_is_shown_as_left(who: Acting, oak: int) -> None:
    take_in(who, send(who, oak))
    page = send(who, oak, TEXT.replace("A2,Bo Carr,bo@oak.example,Governors,\n", ""), whole="on")
    told = words(page)
    assert "0 join, 0 change, 1 have left" in told
    assert "Whoever is not in the file has left on 13 October 2026." in told


def test_an_organisation_without_a_basis_is_not_offered_and_not_taken(who: Acting, oak: int) -> None:
    elm = school(who.actor, "Elm School", "100002")
    assert "Elm School" not in who.get("people/register/")
    page = send(who, elm, status=200)
    assert "Select a valid choice" in page or "Choose" in page
    assert not KeptFile.objects.exists()
    assert oak


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The submitted file is empty."),
        ("Name,Role\nAna,Head\n", "has neither a column “Staff reference” nor a column “Work e-mail”"),
        ("%PDF-1.7", "staff.csv is a PDF"),
    ],
)
def test_a_file_that_is_no_register_is_said_on_the_form(who: Acting, oak: int, text: str, told: str) -> None:
    page = send(who, oak, text, 200)
    assert "<title>Error: " in page
    assert told in words(page)
    assert not Register.objects.exists()


def test_a_file_over_the_limit_is_said_by_its_field_and_leaves_nothing(
    who: Acting, oak: int, settings: Settings, tmp_path: Path
) -> None:
    settings.LARGEST_UPLOAD = 2 << 20
    page = send(who, oak, "x" * (3 << 20), 200)
    assert "staff.csv is larger than 2 MB, the most that is kept here." in words(page)
    assert 'href="#id_file"' in page
    assert left_on(tmp_path) == []


def left_on(home: Path) -> list[Path]:
    return [each for each in home.rglob("*") if each.is_file()]


@pytest.fixture
def no_room() -> Iterator[None]:
    """A disk that takes no file over a megabyte, by the kernel's own limit."""
    import resource  # noqa: PLC0415 - where there is one

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("no_room")
def test_a_full_disk_is_said_by_its_field_and_leaves_nothing(who: Acting, oak: int, tmp_path: Path) -> None:
    page = send(who, oak, "x" * (3 << 20), 200)
    assert "There is no room left on the disk, so nothing was kept." in words(page)
    assert left_on(tmp_path) == []


def test_a_plan_that_is_no_longer_true_is_shown_again(who: Acting, oak: int) -> None:
    page = send(who, oak)
    number = Register.objects.get().pk
    take_in(who, send(who, oak, TEXT.replace("A2,Bo Carr,bo@oak.example,Governors,\n", "")))
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    page = who.post(f"people/register/{number}/", {"shown": found[1]}, 409)
    assert "Something changed after this was worked out" in page
    assert "1 join, 0 change" in words(page)


def test_a_register_is_forgotten_and_nobody_changed(who: Acting, oak: int) -> None:
    send(who, oak)
    number = Register.objects.get().pk
    assert who.client.get(who.url(f"people/register/{number}/discard/")).status_code == 302
    assert Register.objects.get().state == "waiting"
    assert "Nobody was changed." in who.post(f"people/register/{number}/discard/", {})
    assert "was discarded" in who.get(f"people/register/{number}/")


def test_people_are_found_by_name_organisation_group_and_standing(who: Acting, oak: int) -> None:
    take_in(who, send(who, oak))
    assert "1 found" in words(who.get("people/?text=ana"))
    assert "1 found" in words(who.get("people/?text=A2"))
    assert "1 found" in words(who.get("people/?group=governors"))
    assert "2 found" in words(who.get(f"people/?owner={oak}"))
    assert "Nobody is like that" in who.get("people/?standing=left")
    assert "2 found" in words(who.get("people/?page=999&owner=zz&standing=odd"))


def test_a_post_is_ended_and_a_tier_given_with_its_reason(who: Acting, oak: int) -> None:
    take_in(who, send(who, oak))
    post = Post.objects.get(person__reference="A1")
    place = f"people/{post.person_id}/"
    page = who.post(f"{place}posts/{post.pk}/tier/", {"tier": "tier-2", "reason": ""}, 200)
    assert "Say why" in page
    assert 'href="#id_reason"' in page
    told = words(who.post(f"{place}posts/{post.pk}/tier/", {"tier": "tier-2", "reason": "Assesses"}))
    assert "Gives direct input Its own, because: Assesses" in told
    last = {"ends-day": "30", "ends-month": "9", "ends-year": "2024"}
    told = words(who.post(f"{place}posts/{post.pk}/end/", last))
    assert "1 September 2024 to 30 September 2024" in told
    assert "Has left." in told


def test_somebody_is_erased_after_being_asked(who: Acting, oak: int) -> None:
    take_in(who, send(who, oak))
    ana = Person.objects.get(reference="A1")
    assert "Erase Ana Bell?" in words(who.get(f"people/{ana.pk}/erase/"))
    assert Person.objects.count() == 2
    who.post(f"people/{ana.pk}/erase/", {})
    assert [each.name for each in Person.objects.all()] == ["Bo Carr"]


def test_other_roles_and_other_areas_see_nobody(who: Acting, oak: int) -> None:
    take_in(who, send(who, oak))
    ana = Person.objects.get(reference="A1")
    post = Post.objects.get(person=ana)
    analyst = beside(who, "analyst")
    stranger = acting(slug="otherton", lists=False)
    for path in ("people/", f"people/{ana.pk}/", "people/register/"):
        analyst.get(path, 403)
    for path in (f"people/{ana.pk}/", f"people/{ana.pk}/erase/", f"people/{ana.pk}/posts/{post.pk}/end/"):
        stranger.get(path, 404)
        assert stranger.client.post(stranger.url(path)).status_code in (404, 405)
    number = Register.objects.get().pk
    stranger.get(f"people/register/{number}/", 404)


def test_a_kept_file_is_saved_by_id_and_only_by_those_who_may(who: Acting, oak: int) -> None:
    send(who, oak)
    kept = KeptFile.objects.get()
    answer = who.client.get(who.url(f"files/{kept.pk}/"))
    assert b"".join(answer.streaming_content) == TEXT.encode()  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="staff.csv"'
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    beside(who, "analyst").get(f"files/{kept.pk}/", 404)
    acting(slug="otherton", lists=False).get(f"files/{kept.pk}/", 404)
    who.get("files/0123456789abcdef0123456789abcdef/", 404)
    assert kept.at >= NOW


def test_hostile_names_are_only_text(who: Acting, oak: int) -> None:
    hostile = TEXT.replace("Ana Bell", "<img src=x onerror=alert(1)>{{ 7|add:7 }}").replace(
        "From", "<b>Salary</b>"
    )
    page = send(who, oak, hostile)
    assert "<img src=x" not in page
    assert "<b>Salary" not in page
    assert "<img src=x onerror=alert(1)>{{ 7|add:7 }}" in words(page)
    take_in(who, page)
    assert "<img src=x" not in who.get("people/")
