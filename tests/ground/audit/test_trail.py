"""The audit is read newest first, by person and by day, and each area reads its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.audit.queries import A_PAGE, doers, trail
from goldenthread.ground.audit.record import record
from goldenthread.ground.people.actor import Actor

pytestmark = pytest.mark.django_db


def did(by: Actor, words: str, at: datetime = NOW) -> None:
    record(by=by, now=at, what="x", words=words)


def words(where: int, **asked: object) -> list[str]:
    return [each.words for each in trail(where, **asked).rows]  # type: ignore[arg-type]


def test_newest_first_in_pages() -> None:
    by = lead(area("anyshire"))
    for each in range(A_PAGE + 3):
        did(by, f"did {each}", NOW + timedelta(minutes=each))
    first, second = trail(by.area), trail(by.area, page=2)
    assert (first.total, first.pages, first.rows[0].words) == (A_PAGE + 3, 2, f"did {A_PAGE + 2}")
    assert [each.words for each in second.rows] == ["did 2", "did 1", "did 0"]
    assert trail(by.area, page=99).number == 2


def test_by_person_and_by_the_system_itself() -> None:
    by = lead(area("anyshire"))
    ana = member(by.area, "analyst")
    did(by, "led")
    did(ana, "looked")
    record(by=None, now=NOW, area=by.area, what="x", words="went round")
    assert words(by.area, who=ana.account) == ["looked"]
    assert words(by.area, who=0) == ["went round"]
    assert doers(by.area) == ((ana.account, "Analyst"), (by.account, "Lead"))


def test_a_day_is_a_day_where_people_are() -> None:
    by = lead(area("anyshire"))
    did(by, "the evening before", datetime(2026, 7, 1, 22, 59, tzinfo=UTC))
    did(by, "after midnight", datetime(2026, 7, 1, 23, 0, tzinfo=UTC))
    did(by, "before the next", datetime(2026, 7, 2, 22, 59, tzinfo=UTC))
    did(by, "the day after", datetime(2026, 7, 2, 23, 0, tzinfo=UTC))
    assert words(by.area, day=date(2026, 7, 2)) == ["before the next", "after midnight"]


def test_the_days_the_clocks_change_are_whole() -> None:
    by = lead(area("anyshire"))
    did(by, "first", datetime(2026, 10, 24, 23, 0, tzinfo=UTC))
    did(by, "last", datetime(2026, 10, 25, 23, 59, tzinfo=UTC))
    assert words(by.area, day=date(2026, 10, 25)) == ["last", "first"]


def test_another_areas_trail_is_not_ours() -> None:
    by, other = lead(area("anyshire")), lead(area("otherton"))
    did(by, "ours")
    assert words(other.area) == []
    assert doers(other.area) == ()
    assert words(other.area, who=by.account) == []
