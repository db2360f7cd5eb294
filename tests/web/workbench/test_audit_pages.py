"""The pages for those who keep watch: who did what, and what is held, why and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.ground.made import NOW, member
from tests.web.workbench.acting import Acting, acting, beside
from tests.web.workbench.test_lists_pages import words

from goldenthread.ground.audit.record import record
from goldenthread.ground.people.models import Person
from goldenthread.ground.retention.datamap import data_map, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Acting:
    return acting(lists=False)


def test_an_area_where_nothing_happened_says_so(who: Acting) -> None:
    assert "Nothing has happened yet" in words(who.get("audit/"))


def test_what_happened_is_read_in_words_under_its_day(who: Acting) -> None:
    record(by=who.actor, now=NOW, what="x", words="brought in 412 answers")
    record(by=None, area=who.actor.area, now=NOW + timedelta(days=1), what="x", words="went round")
    page = words(who.get("audit/"))
    assert "2 things happened" in page
    assert page.index("14 October 2026") < page.index("13 October 2026")
    assert "10:00 Lead Brought in 412 answers" in page
    assert "10:00 Golden Thread Went round" in page


def test_it_is_read_by_person_and_by_day(who: Acting) -> None:
    ana = member(who.actor.area, "analyst")
    record(by=who.actor, now=NOW, what="x", words="led")
    record(by=ana, now=NOW + timedelta(days=1), what="x", words="looked")
    page = words(who.get(f"audit/?who={ana.account}"))
    assert "1 thing happened" in page
    assert "Looked" in page
    assert "Led" in words(who.get("audit/?day=2026-10-13"))
    assert "Nothing happened then" in words(who.get("audit/?day=2026-10-12"))
    assert "“13.10.2026” is not a day such as 2026-10-13" in words(who.get("audit/?day=13.10.2026"))


def test_a_long_trail_comes_in_pages_that_keep_what_was_chosen(who: Acting) -> None:
    for each in range(60):
        record(by=who.actor, now=NOW, what="x", words=f"did {each}")
    page = who.get(f"audit/?who={who.actor.account}")
    assert f"?who={who.actor.account}&amp;page=2" in page
    assert "Did 9" in words(who.get(f"audit/?who={who.actor.account}&page=2"))


def test_the_data_map_has_every_field_about_a_person_and_every_term(who: Acting) -> None:
    page = words(beside(who, "protection").get("data-map/"))
    for table in data_map():
        assert table.name in page
    for field in Person._meta.fields:  # noqa: SLF001
        assert field.name in page
    for term in terms().values():
        assert term.reason in page


def test_only_those_who_keep_watch_read_them(who: Acting) -> None:
    analyst, officer = beside(who, "analyst"), beside(who, "protection")
    for path in ("audit/", "data-map/"):
        officer.get(path)
        analyst.get(path, 403)
