"""The pages of pupil numbers: shares only of all pupils, files looked over first, and two people at once."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.workbench.acting import Acting, acting, beside
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.pupils.models import PupilCount

pytestmark = pytest.mark.django_db
DAY = {"dated-day": "16", "dated-month": "1", "dated-year": "2025"}
GIVEN = {"source": "School census", "need-autism": "900", "need-hearing": "39", "total": "1000", **DAY}
CSV = b"""need,pupils,date,source,notes
ASD,900,16/01/2025,School census,x
Hearing impairment,39,16/01/2025,School census,x
Visual impairment,c,16/01/2025,School census,x
Hearring,5,16/01/2025,School census,x
Total,"1,000",16/01/2025,School census,x
"""


def send(who: Acting, raw: bytes, status: int = 200) -> str:
    return who.post("pupils/file/", {"file": SimpleUploadedFile("census.csv", raw)}, status)


def typed(page: str) -> dict[str, object]:
    """What the boxes of the form hold."""
    boxes = re.findall(r'<input class="govuk-input[^>]*? name="([\w-]+)" type="text" value="([^"]*)"', page)
    return dict(boxes)


def test_with_nobody_counted_the_page_says_what_to_do() -> None:
    who = acting()
    page = words(who.get("pupils/"))
    assert "No pupils have been counted yet" in page
    assert "Type the first numbers" in page
    assert "The workforce lead of your area can add them." in words(beside(who, "analyst").get("pupils/"))


def test_every_type_has_its_number_its_share_and_whether_few_have_it() -> None:
    who = acting()
    page = words(who.post("pupils/new/", GIVEN))
    assert "One type of need is of low incidence here" in page
    assert "Of 1,000 pupils with SEN" in page
    assert "Counted on 16 January 2025 Counted by School census" in page
    assert "under 4% of pupils with SEN, by the exact share Whose rule UCL" in page
    assert "Deaf or hearing loss 39 3.9% Low incidence" in page
    assert "Autism 900 90.0% No" in page
    assert "Down syndrome Not counted" in page
    assert "No type recorded, or a type not counted 61" in page


def test_no_share_is_said_of_a_part_and_the_page_says_why() -> None:
    who = acting()
    page = words(who.post("pupils/new/", GIVEN | {"total": ""}))
    assert "No share of pupils can be said yet" in page
    assert "“Down syndrome”" in page
    assert "are not counted, and the number of all pupils with SEN is not given" in page
    assert "%" not in page.split("Pupils by type of need", 1)[1].split("Every day counted")[0]


def test_what_is_wrong_is_said_beside_its_field() -> None:
    who = acting()
    page = who.post("pupils/new/", GIVEN | {"need-autism": "many", "dated-year": "2096"}, status=200)
    assert re.search(r'id="id_need-autism-error"[^>]*>.*?Enter a whole number', page, re.DOTALL)
    page = who.post("pupils/new/", GIVEN | {"total": "5"}, status=200)
    assert re.search(r'id="id_total-error"[^>]*>.*?fewer than the types add up to', page, re.DOTALL)
    who.post("pupils/new/", GIVEN)
    page = who.post("pupils/new/", GIVEN, status=200)
    assert "counted on 16 January 2025 already" in page


def test_whoever_saves_second_sees_both() -> None:
    who = acting()
    who.post("pupils/new/", GIVEN)
    at = f"pupils/{PupilCount.objects.get().pk}/"
    assert 'value="900"' in who.get(at)
    who.post(at, GIVEN | {"need-autism": "901", "version": 1})
    page = words(who.post(at, GIVEN | {"need-autism": "905", "version": 1}, status=409))
    assert "Autism 901 905" in page
    assert "Somebody changed these numbers" in who.post(f"{at}take-out/", {"version": 1}, status=409)
    assert "The numbers are taken out" in who.post(f"{at}take-out/", {"version": 2})
    assert "are no such" not in who.get("pupils/")


def test_a_file_is_looked_over_in_the_form_and_kept_on_a_second_word() -> None:
    who = acting()
    page = send(who, CSV)
    told = words(page)
    assert "Nothing is kept yet" in told
    assert "row 4, column “pupils”: “c”: is not a whole number of pupils" in told
    assert "row 5, column “need”: “Hearring”: is not a type of need on the list" in told
    assert typed(page) == {
        **DAY,
        "dated-month": "1",
        "source": "School census",
        "need-autism": "900",
        "need-hearing": "39",
        "total": "1000",
    }
    assert not PupilCount.objects.exists()
    who.post("pupils/new/", typed(page))
    assert PupilCount.objects.get().pupils == {"autism": 900, "hearing": 39}


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 rest", "a spreadsheet or a zip file"),
        (b"type,count\nVI,4\n", "census.csv has no column “need” and “pupils”."),
        (b"need,pupils\nVI,4\nVisual impairment,5\n", "rows 2 and 3: both count “Visual impairment”."),
        (b"need,pupils,date\nVI,4,16/01/2025\nHI,5,15/01/2026\n", "rows 2 and 3: numbers of 16 January 2025"),
        (b"need,pupils\nVI,low\n", "has no number of pupils that can be read."),
        (b"need,pupils\nVI,4,5\n", "row 2: has more cells than there are columns."),
        (b"need,pupils\n" + b"VI,4\n" * 60_000, "is too large"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "is not text in a form we know"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_sentence(raw: bytes, told: str) -> None:
    page = words(send(acting(), raw))
    assert told in page
    assert not PupilCount.objects.exists()


def test_the_list_of_types_and_the_settings_lead_there() -> None:
    who = acting()
    assert f"/{who.slug}/pupils/" in who.get("lists/of/need-types/")
    assert f"/{who.slug}/pupils/" in who.get("settings/")


def test_hostile_words_in_a_source_are_only_words() -> None:
    who = acting()
    page = who.post("pupils/new/", GIVEN | {"source": "<script>alert(1)</script>"})
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_whoever_only_reads_is_told_no_small_number_nor_what_gives_it_away() -> None:
    who = acting()
    small = GIVEN | {"need-hearing": "6", "need-visual": "20", "total": "926"}
    assert "Deaf or hearing loss 6" in words(who.post("pupils/new/", small))
    page = words(beside(who, "analyst").get("pupils/"))
    assert "Deaf or hearing loss Hidden to protect pupils" in page
    assert "Vision impairment Hidden to protect pupils" in page, "926 less the others would be 6"
    assert "Autism 900" in page


def test_published_numbers_are_told_to_everybody() -> None:
    who = acting()
    who.post("pupils/new/", GIVEN | {"need-hearing": "6", "published": "on"})
    assert "Deaf or hearing loss 6" in words(beside(who, "analyst").get("pupils/"))
