"""Lists and entries are added, corrected, changed from a day on and ended; never deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.ground.made import NOW, area, lead, member

from goldenthread.ground.area.queries import area_called
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import (
    ListGiven,
    add_entry,
    add_list,
    change_list,
    correct_entry,
    end_entry,
    renew_entry,
    spell_senco,
)
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.models import Entry
from goldenthread.ground.lists.queries import EntryFacts, entries, entry, find, list_called
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    add_list(by=actor, now=NOW, given=ListGiven("Venues", "Where sessions are held."))
    return actor


def add(by: Actor, label: str, **more: object) -> EntryFacts:
    made = add_entry(by=by, now=NOW, code="venues", given=EntryGiven(label, **more))
    found = entry(by.area, "venues", made)
    assert found is not None
    return found


def test_a_list_and_its_entries_are_said_in_the_audit(by: Actor) -> None:
    add(by, "Town  hall ", valid_from=date(2026, 9, 1))
    assert [each.words for each in happenings(by.area)] == [
        "added “Town hall” to Venues from 1 September 2026",
        "began the list “Venues”",
    ]


def test_a_second_list_of_one_name_is_refused(by: Actor) -> None:
    with pytest.raises(Refused, match="already a list called “venues”"):
        add_list(by=by, now=NOW, given=ListGiven("venues"))


def test_a_list_changes_and_a_stale_change_is_a_conflict(by: Actor) -> None:
    change_list(by=by, now=NOW, code="venues", version=1, given=ListGiven("Places", dated=TODAY))
    with pytest.raises(Conflict, match="Somebody changed “Places” after you opened it"):
        change_list(by=by, now=NOW, code="venues", version=1, given=ListGiven("Rooms"))
    held = list_called(by.area, "venues")
    assert held is not None
    assert (held.name, held.dated, held.version) == ("Places", TODAY, 2)


def test_correcting_changes_what_it_always_said(by: Actor) -> None:
    made = add(by, "Tonw hall")
    correct_entry(
        by=by, now=NOW, code="venues", entry=made.id, version=1, given=EntryGiven("Town hall", ("The hall",))
    )
    held = entries(by.area, "venues")
    assert [(e.label, e.code, e.aliases) for e in held] == [("Town hall", made.code, ("The hall",))]
    assert happenings(by.area)[0].words == "corrected “Tonw hall” to “Town hall” in Venues"


def test_renewing_keeps_what_it_said_before_the_day(by: Actor) -> None:
    made = add(by, "Town hall", valid_from=date(2020, 1, 1))
    given = EntryGiven("Civic centre", valid_from=date(2026, 9, 1))
    renew_entry(by=by, now=NOW, code="venues", entry=made.id, version=1, given=given)
    before = find(by.area, "venues", "town hall", on=date(2026, 8, 31))
    after = find(by.area, "venues", "civic centre", on=date(2026, 9, 1))
    assert before is not None
    assert after is not None
    assert before.code == after.code
    assert (before.label, before.valid_until) == ("Town hall", date(2026, 8, 31))
    assert (after.label, after.valid_until) == ("Civic centre", None)


def test_an_ended_entry_is_there_for_its_days_and_not_after(by: Actor) -> None:
    made = add(by, "Town hall")
    end_entry(by=by, now=NOW, code="venues", entry=made.id, version=1, last_day=date(2026, 8, 31))
    assert find(by.area, "venues", "Town hall", on=date(2026, 8, 31)) is not None
    assert find(by.area, "venues", "Town hall", on=date(2026, 9, 1)) is None
    assert Entry.objects.filter(pk=made.id).exists()


@pytest.mark.parametrize(
    "late",
    [
        lambda by, made: correct_entry(
            by=by, now=NOW, code="venues", entry=made.id, version=1, given=EntryGiven("Barn")
        ),
        lambda by, made: end_entry(by=by, now=NOW, code="venues", entry=made.id, version=1, last_day=TODAY),
        lambda by, made: renew_entry(
            by=by,
            now=NOW,
            code="venues",
            entry=made.id,
            version=1,
            given=EntryGiven("Barn", valid_from=TODAY),
        ),
    ],
)
def test_whoever_comes_second_is_told_and_overwrites_nothing(
    by: Actor, late: Callable[[Actor, EntryFacts], object]
) -> None:
    made = add(by, "Town hall")
    correct_entry(by=by, now=NOW, code="venues", entry=made.id, version=1, given=EntryGiven("Civic centre"))
    with pytest.raises(Conflict, match="Somebody changed “Civic centre” after you opened it"):
        late(by, made)
    assert [each.label for each in entries(by.area, "venues")] == ["Civic centre"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (EntryGiven("  "), "Label: say what it is called."),
        (EntryGiven("x" * 201), "Label: at most 200 characters, not 201."),
        (EntryGiven("TOWN–HALL"), "“TOWN–HALL” already stands for “Town hall”."),
        (EntryGiven("Barn", ("town hall",)), "“town hall” already stands for “Town hall”."),
        (EntryGiven("Barn", parent="nowhere"), "Under: choose an entry that holds on the same days."),
        (
            EntryGiven("Barn", valid_from=date(2026, 9, 1), valid_until=date(2026, 8, 1)),
            "Last day: 1 August 2026 is before the first, 1 September 2026.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_in_one_sentence(by: Actor, given: EntryGiven, sentence: str) -> None:
    add(by, "Town hall")
    with pytest.raises(Refused) as told:
        add_entry(by=by, now=NOW, code="venues", given=given)
    assert str(told.value) == sentence
    assert len(entries(by.area, "venues")) == 1


def test_a_name_is_free_again_after_its_entry_ended(by: Actor) -> None:
    add(by, "Town hall", valid_until=date(2026, 8, 31))
    again = add(by, "Town hall", valid_from=date(2026, 9, 1))
    assert again.code == "town-hall-2"


def test_what_others_stand_under_is_not_ended_first_and_stands_under_none_of_them(by: Actor) -> None:
    top = add(by, "North", heading=True)
    below = add(by, "Barn", parent=top.code)
    with pytest.raises(Refused, match="“Barn” would stand under nothing"):
        end_entry(by=by, now=NOW, code="venues", entry=top.id, version=1, last_day=TODAY)
    with pytest.raises(Refused, match="cannot stand under itself"):
        correct_entry(
            by=by,
            now=NOW,
            code="venues",
            entry=top.id,
            version=1,
            given=EntryGiven("North", parent=below.code),
        )
    end_entry(by=by, now=NOW, code="venues", entry=below.id, version=1, last_day=TODAY)
    end_entry(by=by, now=NOW, code="venues", entry=top.id, version=1, last_day=TODAY)


def test_the_fields_of_a_list_are_read_and_a_wrong_one_is_named() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW)
    with pytest.raises(Refused, match="Number: “four” is not a number"):
        add_entry(
            by=by,
            now=NOW,
            code="rules",
            given=EntryGiven("Most at once", data={"number": "four", "unit": "people"}),
        )
    with pytest.raises(Refused, match="Unit: fill this in"):
        add_entry(by=by, now=NOW, code="rules", given=EntryGiven("Most at once", data={"number": "4"}))
    with pytest.raises(Refused, match="Tier: “tier 9” is not on that list"):
        add_entry(by=by, now=NOW, code="roles", given=EntryGiven("Portage worker", data={"tier": "tier 9"}))
    made = add_entry(
        by=by, now=NOW, code="roles", given=EntryGiven("Portage worker", data={"tier": "Tier 1"})
    )
    found = entry(by.area, "roles", made)
    assert found is not None
    assert found.data == {"tier": "tier-1"}


def test_senco_is_written_as_the_area_writes_it_and_found_however_it_is_written() -> None:
    by = lead(area("anyshire"))
    install_lists(by=by, now=NOW)
    spell_senco(by=by, now=NOW, spelling="SENDCo")
    assert area_called("anyshire").senco == "SENDCo"  # type: ignore[union-attr]
    found = [find(by.area, "roles", name, on=TODAY) for name in ("SENCO", "SENCos", "sendco", "SEN-CO")]
    assert [each.label for each in found if each] == ["SENDCo"] * 4
    made = add_entry(by=by, now=NOW, code="roles", given=EntryGiven("Lead SENDCo"))
    assert Entry.objects.get(pk=made).label == "Lead SENCO"
    with pytest.raises(Refused, match="choose one of SENCO"):
        spell_senco(by=by, now=NOW, spelling="Senco!")


def test_only_those_who_may_change_lists_do() -> None:
    home = area("anyshire")
    add_list(by=lead(home), now=NOW, given=ListGiven("Venues"))
    seer = member(home, "analyst")
    with pytest.raises(NotAllowed):
        add_entry(by=seer, now=NOW, code="venues", given=EntryGiven("Barn"))
    with pytest.raises(Refused, match="There is no list “venues”"):
        add_entry(by=lead(area("otherton")), now=NOW, code="venues", given=EntryGiven("Barn"))
