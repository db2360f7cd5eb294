"""A list of people to invite, as people write it: what is taken, and what is said of the rest."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.ground.made import area, member
from tests.thread.survey.asking.made import NOW, begun_wave
from xlsxwriter import Workbook

from goldenthread.ground.people.actor import Actor
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking import inviting
from goldenthread.thread.survey.asking.inviting import Place
from goldenthread.thread.survey.asking.models import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return member(area("anyshire"), "lead")


@pytest.fixture
def asking(lead: Actor) -> Asking:
    return begun_wave(lead, mode="personal-code")


def add(lead: Actor, data: bytes | str, name: str = "the list") -> inviting.Added:
    raw = data.encode() if isinstance(data, str) else data
    return inviting.add_people(by=lead, now=NOW, place=Place("staff", "2027"), data=raw, name=name)


def test_a_list_is_read_as_people_write_it(lead: Actor, asking: Asking) -> None:
    done = add(
        lead,
        "ana@anyshire.example\n"
        "Ben Oak <Ben@Anyshire.Example>\n"
        "cy@anyshire.example, Cy Elm\n"
        "ana@anyshire.example\n"
        "nobody at home, @\n"
        "Dee Ash\n"
        "a@x.example, b@x.example\n",
    )
    assert (done.added, done.known) == (3, 0)
    assert dict(asking.invitees.values_list("address", "name")) == {
        "ana@anyshire.example": "",
        "ben@anyshire.example": "Ben Oak",
        "cy@anyshire.example": "Cy Elm",
    }
    assert done.problems == (
        "Row 4: ana@anyshire.example stands in an earlier row; added once.",
        "Row 5: “@” is not an address mail can go to; nobody was added.",
        "Row 6: there is no address in this row; nobody was added.",
        "Row 7: there is more than one address in this row; write one person a line.",
    )
    assert add(lead, "ana@anyshire.example\nnew@anyshire.example").known == 1


def test_a_spreadsheet_is_read_by_its_headings(lead: Actor, asking: Asking) -> None:
    out = BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        rows = [
            ["Staff no", "First name", "Surname", "Work e-mail"],
            [7, "Ana", "Oak", "ana@anyshire.example"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    assert add(lead, out.getvalue(), "staff.xlsx").added == 1
    assert asking.invitees.get().name == "Ana Oak"


@pytest.mark.parametrize(
    ("data", "words"),
    [("", "holds no address"), ("Name\nAna", "holds no address"), ("%PDF-1.7", "is a PDF")],
)
def test_what_is_no_list_is_refused_in_words(lead: Actor, asking: Asking, data: str, words: str) -> None:
    del asking
    with pytest.raises(Refused, match=words):
        add(lead, data, "people.csv")
