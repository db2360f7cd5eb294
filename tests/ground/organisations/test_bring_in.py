"""The national register is taken in whole, twice without doubles, and never with a person in it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from tests.ground.made import NOW, area, lead, member
from tests.ground.organisations.register import HERE, NEXT_DOOR, changed, rows, whole, written

from goldenthread.analysis.problem import folded
from goldenthread.ground.audit.queries import happenings
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.organisations.bring_in import (
    bring_in,
    discard_upload,
    keep_upload,
    plan_of,
)
from goldenthread.ground.organisations.commands import (
    OrganisationGiven,
    add_organisation,
    change_organisation,
    follow_register,
)
from goldenthread.ground.organisations.models import Organisation, Upload
from goldenthread.ground.organisations.pick import authority_codes
from goldenthread.ground.organisations.plan import Plan
from goldenthread.ground.organisations.queries import organisations, upload, uploads, with_urns
from goldenthread.ground.people.actor import Actor, NotAllowed
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.ground.retention.round import purge

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    actor = lead(area("anyshire"))
    install_lists(by=actor, now=NOW)
    return actor


def keep(by: Actor, file: BytesIO, *authorities: str) -> int:
    return keep_upload(by=by, now=NOW, file=file, name="edubase.csv", authorities=authorities or (HERE,))


def planned(by: Actor, number: int) -> Plan:
    plan = plan_of(by.area, number, now=NOW)
    assert plan is not None
    return plan


def take_in(by: Actor, file: BytesIO) -> Plan:
    number = keep(by, file)
    return bring_in(by=by, now=NOW, upload=number, shown=planned(by, number).fingerprint)


def test_the_plan_says_everything_and_writes_nothing(by: Actor) -> None:
    plan = planned(by, keep(by, whole()))
    assert (len(plan.add), len(plan.change), len(plan.close), plan.same) == (9, 0, 0, 0)
    assert (plan.elsewhere, plan.closed_before) == (2, 1)
    assert plan.problems == ()
    assert not Organisation.objects.exists()


def test_each_school_is_read_by_the_areas_lists(by: Actor) -> None:
    take_in(by, whole())
    found = with_urns(by.area, [row["URN"] for row in rows()])
    church, nursery, academy, special = (found[f"90000{n}"] for n in (1, 3, 4, 5))
    assert church.name == "Ste Hélène’s Church of England Primary School"
    assert (church.kind, church.school_type, church.phase) == ("school", "mainstream-maintained", "primary")
    assert (church.opened, church.laestab, church.region) == (date(1972, 9, 1), "9982001", "south-east")
    assert (nursery.kind, nursery.laestab, nursery.age_low) == ("early-years", "9980012", 2)
    assert (academy.trust, academy.pupils) == ("Tideway Learning Trust", 1204)
    assert (special.kind, special.phase) == ("special-school", "not-applicable")
    assert found["900010"].trust == ""


def test_days_are_read_with_slashes_and_with_dashes(by: Actor) -> None:
    take_in(by, whole())
    found = with_urns(by.area, ["900002", "900006", "900007"])
    assert found["900002"].opened == date(1985, 9, 1)
    assert found["900006"].opened == date(2005, 1, 3)
    assert found["900007"].opened is None


def test_a_school_with_a_proposal_to_close_is_open(by: Actor) -> None:
    take_in(by, whole())
    found = with_urns(by.area, ["900004", "900008", "900009"])
    assert found["900004"].status == "open"
    assert found["900008"].status == "proposed"
    assert "900009" not in found


def test_the_same_file_again_changes_nothing(by: Actor) -> None:
    take_in(by, whole())
    before = list(Organisation.objects.order_by("pk").values())
    plan = take_in(by, whole())
    assert not plan.anything
    assert plan.same == 9
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_each_change_is_listed_with_what_it_was(by: Actor) -> None:
    take_in(by, whole())
    plan = take_in(by, changed("900002", establishmentname="Millbrook Academy", typeofestablishmentcode="34"))
    (step,) = plan.change
    assert step.words() == (
        "Name: Millbrook Academy (was Millbrook Primary School); "
        "School type: Mainstream academy (was Maintained mainstream school)"
    )
    assert plan.same == 8
    (kept,) = upload(by.area, uploads(by.area)[0].id).lines  # type: ignore[union-attr]
    assert kept == {
        "what": "changed",
        "urn": "900002",
        "name": "Millbrook Primary School",
        "words": step.words(),
    }


def test_a_school_that_closed_is_closed_and_stays(by: Actor) -> None:
    take_in(by, whole())
    plan = take_in(by, changed("900010", establishmentstatuscode="2", closedate="31/08/2026"))
    assert [step.name for step in plan.close] == ["Hilltop House School"]
    (found,) = organisations(by.area).rows and with_urns(by.area, ["900010"]).values()
    assert (found.status, found.closed) == ("closed", date(2026, 8, 31))
    again = take_in(by, changed("900010", establishmentstatuscode="2", closedate="31/08/2026"))
    assert not again.anything
    back = take_in(by, whole())
    assert [step.words() for step in back.change] == [
        "Status: open (was closed); Closed: nothing (was 31 August 2026)"
    ]


def test_ours_that_the_file_lacks_are_named_and_left_alone(by: Actor) -> None:
    take_in(by, whole())
    plan = take_in(by, written([row for row in rows() if row["URN"] != "900005"]))
    assert plan.unlisted == ("Oakfield School",)
    assert with_urns(by.area, ["900005"])["900005"].status == "open"


def test_a_file_with_fewer_columns_empties_none(by: Actor) -> None:
    take_in(by, whole())
    lacking = ("Postcode", "Trusts (name)", "PhaseOfEducation (code)", "PhaseOfEducation (name)")
    assert not take_in(by, written(rows(), without=lacking)).anything


def test_a_file_with_names_and_no_codes_is_read_the_same(by: Actor) -> None:
    take_in(by, whole())
    without = (
        "EstablishmentStatus (code)",
        "TypeOfEstablishment (code)",
        "PhaseOfEducation (code)",
        "GOR (code)",
    )
    assert not take_in(by, written(rows(), without=without)).anything


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_whatever_it_was_saved_with_the_names_are_right(by: Actor, encoding: str) -> None:
    take_in(by, written(rows(), encoding=encoding))
    assert with_urns(by.area, ["900001"])["900001"].name == "Ste Hélène’s Church of England Primary School"


def test_the_head_and_the_owner_are_nowhere(by: Actor, tmp_path: Path) -> None:
    number = keep(by, whole())
    dumped = tmp_path / "waiting.json"
    call_command("dumpdata", output=str(dumped), verbosity=0)
    take_in(by, whole())
    after = tmp_path / "after.json"
    call_command("dumpdata", output=str(after), verbosity=0)
    assert "Millbrook" in dumped.read_text()
    for text in (dumped.read_text(), after.read_text()):
        assert "Canary" not in text
        assert "01632960001" not in text
    assert [p for p in Path(settings.HOME).rglob("*") if p.is_file() and b"Canary" in p.read_bytes()] == []
    assert upload(by.area, number) is not None


def test_what_was_typed_over_the_register_stays_until_it_is_let_go(by: Actor) -> None:
    take_in(by, whole())
    held = with_urns(by.area, ["900006"])["900006"]
    given = OrganisationGiven("The Bridge Centre", held.kind, held.urn, held.la, held.phase, held.school_type)
    given = OrganisationGiven(
        **{name: getattr(held, name) for name in OrganisationGiven.__dataclass_fields__}
        | {"name": given.name}
    )
    change_organisation(by=by, now=NOW, organisation=held.id, version=held.version, given=given)
    assert not take_in(by, whole()).anything
    follow_register(by=by, now=NOW, organisation=held.id, version=held.version + 1)
    plan = take_in(by, whole())
    assert [step.words() for step in plan.change] == ["Name: The Bridge (was The Bridge Centre)"]


def test_one_typed_earlier_without_a_urn_is_pointed_out(by: Actor) -> None:
    add_organisation(by=by, now=NOW, given=OrganisationGiven("the bridge", "alternative"))
    plan = planned(by, keep(by, whole()))
    (told,) = plan.problems
    assert (
        folded([told])[0]
        .sentence()
        .startswith("edubase.csv, row 7, column “EstablishmentName”: “The Bridge”: an org")
    )
    assert not told.lost


OUT = "the row is left out"
AS_WAS = "left as it was"


@pytest.mark.parametrize(
    ("cells", "sentence", "lost"),
    [
        ({"urn": "9000O2"}, f"“URN”: “9000O2”: is not a URN; {OUT}", True),
        ({"establishmentname": ""}, f"“EstablishmentName”: there is no name; {OUT}", True),
        (
            {"establishmentstatuscode": "9", "establishmentstatusname": "Floating"},
            f"“EstablishmentStatus (name)”: “Floating”: is not a status we know; {OUT}",
            True,
        ),
        (
            {"typeofestablishmentcode": "99", "typeofestablishmentname": "Sky school"},
            "“TypeOfEstablishment (name)”: “Sky school”: is not a type we know; its kind is “other”",
            False,
        ),
        (
            {"opendate": "31/02/2020"},
            f"“OpenDate”: “31/02/2020”: is not a day such as 01/09/2026; {AS_WAS}",
            False,
        ),
        (
            {"numberofpupils": "many"},
            f"“NumberOfPupils”: “many”: is not a whole number we can use; {AS_WAS}",
            False,
        ),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_the_rest_goes_on(
    by: Actor, cells: dict[str, str], sentence: str, lost: bool
) -> None:
    plan = take_in(by, changed("900002", **cells))
    assert [(each.sentence(), each.problems[0].lost) for each in folded(plan.problems)] == [
        (f"edubase.csv, row 3, column {sentence}", lost)
    ]
    assert len(plan.add) == (8 if lost else 9)


NOT_THEIRS = "so it is not a file from Get Information about Schools."
HEADINGS = whole().getvalue().split(b"\r\n")[0] + b"\r\n"


@pytest.mark.parametrize(
    ("file", "authorities", "sentence"),
    [
        (written(rows(), without=("URN",)), (HERE,), f"has no column “URN”, {NOT_THEIRS}"),
        (
            BytesIO(b"URN,LA (code),EstablishmentName\n1,2,3\n"),
            (HERE,),
            f"has no column “EstablishmentStatus (name)” and “TypeOfEstablishment (name)”, {NOT_THEIRS}",
        ),
        (
            written([*rows(), rows()[1]]),
            (HERE,),
            ", rows 3 and 14: both have URN 900002. Nothing was read.",
        ),
        (whole(), ("996",), "has no school of local authority 996; it has those of 997 and 998."),
        (whole(), (), "has schools of 2 local authorities; say which is yours."),
        (BytesIO(HEADINGS), (), "has headings and no rows."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(
    by: Actor, file: BytesIO, authorities: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Refused) as told:
        keep_upload(
            by=by, now=NOW, file=BytesIO(file.getvalue()), name="edubase.csv", authorities=authorities
        )
    assert str(told.value) == f"edubase.csv {sentence}".replace(" ,", ",")
    assert not Upload.objects.exists()
    assert not Organisation.objects.exists()


def test_with_one_authority_in_the_file_none_need_be_named(by: Actor) -> None:
    ours = written([row for row in rows() if row["LA (code)"] == HERE])
    number = keep_upload(by=by, now=NOW, file=ours, name="ours.csv")
    assert upload(by.area, number).authorities == (HERE,)  # type: ignore[union-attr]


def test_an_area_of_two_councils_takes_both(by: Actor) -> None:
    plan = planned(by, keep(by, whole(), HERE, NEXT_DOOR))
    assert (len(plan.add), plan.elsewhere) == (11, 0)
    assert authority_codes(" 998, 997 ") == (HERE, NEXT_DOOR)
    with pytest.raises(Refused, match="“Anyshire” is not a code of three digits"):
        authority_codes("Anyshire")


def test_a_plan_that_is_no_longer_what_was_shown_is_shown_again(by: Actor) -> None:
    number = keep(by, whole())
    shown = planned(by, number).fingerprint
    given = OrganisationGiven("Oakfield", "special-school", urn="900005")
    add_organisation(by=by, now=NOW, given=given)
    with pytest.raises(Conflict, match="Something changed after this was worked out"):
        bring_in(by=by, now=NOW, upload=number, shown=shown)
    assert Organisation.objects.count() == 1
    bring_in(by=by, now=NOW, upload=number, shown=planned(by, number).fingerprint)
    assert Organisation.objects.count() == 9


def test_a_file_is_taken_in_once_and_then_holds_nothing(by: Actor) -> None:
    number = keep(by, whole())
    shown = planned(by, number).fingerprint
    bring_in(by=by, now=NOW, upload=number, shown=shown)
    with pytest.raises(Refused, match="was taken in already"):
        bring_in(by=by, now=NOW, upload=number, shown=shown)
    assert Upload.objects.get(pk=number).cells == []
    assert happenings(by.area)[0].words == "took in “edubase.csv”: 9 organisations added, 0 changed, 0 closed"


def test_a_discarded_or_forgotten_file_holds_nothing(by: Actor) -> None:
    first = keep(by, whole())
    discard_upload(by=by, now=NOW, upload=first)
    second = keep(by, whole())
    purge(now=NOW + timedelta(days=6))
    assert uploads(by.area)[0].waiting
    purge(now=NOW + timedelta(days=8))
    assert {each.state for each in uploads(by.area)} == {"discarded"}
    assert not Upload.objects.exclude(cells=[]).exists()
    assert plan_of(by.area, second, now=NOW) is None


def test_without_the_lists_nothing_can_be_understood() -> None:
    by = lead(area("otherton"))
    number = keep_upload(by=by, now=NOW, file=whole(), name="edubase.csv", authorities=(HERE,))
    with pytest.raises(Refused, match="put them in first"):
        plan_of(by.area, number, now=NOW)


def test_another_areas_file_is_not_there(by: Actor) -> None:
    number = keep(by, whole())
    shown = planned(by, number).fingerprint
    stranger = lead(area("otherton"))
    install_lists(by=stranger, now=NOW)
    assert plan_of(stranger.area, number, now=NOW) is None
    assert upload(stranger.area, number) is None
    with pytest.raises(Refused, match="no such file"):
        bring_in(by=stranger, now=NOW, upload=number, shown=shown)
    with pytest.raises(NotAllowed):
        keep(member(by.area, "analyst"), whole())


def test_the_same_urn_may_stand_in_two_areas(by: Actor) -> None:
    take_in(by, whole())
    stranger = lead(area("otherton"))
    install_lists(by=stranger, now=NOW)
    take_in(stranger, whole())
    assert Organisation.objects.filter(urn="900001").count() == 2
