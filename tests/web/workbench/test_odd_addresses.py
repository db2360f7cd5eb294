"""Whatever is typed into an address of the ground, the answer is a page and never a fault of ours."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.workbench.acting import Acting, acting

pytestmark = pytest.mark.django_db
ODD = (
    "",
    "0",
    "-1",
    "9" * 30,
    "9" * 5000,
    "9999-12-31",
    "0001-01-01",
    "x",
    "%00",
    "%F0%9F%A6%8A",
    "1%2C2",
    "٣",
    "2026-13-45",
    "%27%20OR%201%3D1--",
)
LISTS = {
    "organisations/": ("page", "text", "kind", "phase", "status", "basis"),
    "people/": ("page", "text", "owner", "group", "standing"),
    "audit/": ("page", "who", "day"),
    "lists/of/rules/": ("on", "show"),
}


@pytest.fixture(scope="module")
def addresses() -> list[str]:
    return [f"{path}?{name}={odd}" for path, names in LISTS.items() for name in names for odd in ODD]


def test_odd_filters_and_pages_are_answered(addresses: list[str]) -> None:
    who = acting()
    found = {rest: who.client.get(who.url(rest)).status_code for rest in addresses}
    assert {rest: status for rest, status in found.items() if status != 200} == {}


@pytest.mark.parametrize(
    "rest", ["headcount", "pupils", "organisations", "people", "accounts", "lists/of/rules", "lists/of"]
)
@pytest.mark.parametrize("odd", ["0", "9" * 30, "x"])
def test_what_is_not_there_is_not_there(rest: str, odd: str) -> None:
    acting().get(f"{rest}/{odd}/", status=404)


FORMS = ("headcount/file/", "pupils/file/", "organisations/register/", "people/register/")


@pytest.mark.parametrize("rest", FORMS)
@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 400 + ".csv", "\u202efdp.csv", "x\x00y.csv"])
def test_a_file_with_an_odd_name_is_answered_on_the_page(rest: str, name: str) -> None:
    who = acting()
    send(who, rest, name or "x", b"\x80\x81\xfe\xff")


def send(who: Acting, rest: str, name: str, raw: bytes) -> None:
    """A file of no sense, which is said on the page."""
    page = who.post(rest, {"file": SimpleUploadedFile(name, raw)}, 200)
    assert "There is a problem" in page or "Error:" in page


@pytest.mark.parametrize("rest", ["headcount/file/take-in/", "pupils/1/take-out/", "headcount/1/take-out/"])
@pytest.mark.parametrize(
    "sent", [{}, {"text": "\x00", "version": "x"}, {"text": "a,b\n1,2", "version": "9" * 40}]
)
def test_what_no_form_of_ours_sends_changes_nothing(rest: str, sent: dict[str, str]) -> None:
    who = acting()
    answer = who.client.post(who.url(rest), sent)
    assert answer.status_code in (302, 404)
