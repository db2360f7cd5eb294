"""Organisations, and the headcount."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from tests.ground.organisations.register import HERE, rows, written
from tests.web.states.model import Body, Send, State, Things, Upload, nothing

from goldenthread.ground.headcount.commands import add_count
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.headcount.models import Count
from goldenthread.ground.headcount.plan import plan_counts
from goldenthread.ground.organisations import bring_in
from goldenthread.ground.organisations.commands import (
    OrganisationGiven,
    add_organisation,
    change_organisation,
    record_basis,
)
from goldenthread.ground.organisations.models import Organisation
from goldenthread.ground.people.actor import Actor

COUNTS = (
    "area of work,number,date,source,all invited\n"
    "Health,290,01/05/2026,Trusts,yes\n"
    "Helth,12,01/05/2026,Trusts,yes\n"
)
LONG_NAME = "The Federation of Saint Bartholomew-in-the-Marshes and Llanfairpwllgwyngyllgogerych Schools"


def make(by: Actor, now: datetime, things: Things) -> None:
    """A hundred schools from the register, a file that waits, one that was discarded, and a count."""
    _register(by, now, things)
    given = OrganisationGiven(name=f"Oak School of {things['name']}", kind="school", urn="100001", la="301")
    oak = things["organisation:oak"] = add_organisation(by=by, now=now, given=given)
    record_basis(
        by=by, now=now, organisation=oak, version=1, basis="public-task", note="An agreement of 2026"
    )
    elm = OrganisationGiven(name=LONG_NAME, kind="school", urn="100002", la="301")
    things["organisation:elm"] = add_organisation(by=by, now=now, given=elm)
    typed = OrganisationGiven(name=LONG_NAME, kind="school", urn="100002", la="301", town="Elmford")
    change_organisation(by=by, now=now, organisation=things["organisation:elm"], version=1, given=typed)
    counted = CountGiven(290, date(2026, 5, 1), "Payroll", "social-care")
    things["count:one"] = add_count(by=by, now=now, given=counted)
    add_count(by=by, now=now, given=CountGiven(2400, date(2026, 5, 1), "Payroll"))


def _register(by: Actor, now: datetime, things: Things) -> None:
    taken = things["upload:taken"] = _kept(by, now, _many())
    plan = bring_in.plan_of(by.area, taken, now=now)
    assert plan is not None
    bring_in.bring_in(by=by, now=now, upload=taken, shown=plan.fingerprint)
    gone = things["upload:discarded"] = _kept(by, now, _many())
    bring_in.discard_upload(by=by, now=now, upload=gone)
    changed = rows()
    changed[0]["EstablishmentName"], changed[1]["OpenDate"] = LONG_NAME, "31/02/2020"
    things["upload:waiting"] = _kept(by, now, written(changed))


def _kept(by: Actor, now: datetime, file: BytesIO) -> int:
    return bring_in.keep_upload(by=by, now=now, file=file, name="edubase.csv", authorities=(HERE,))


def _many() -> BytesIO:
    """The register with sixty schools more."""
    first = next(row for row in rows() if row["URN"] == "900002")
    more = [{**first, "URN": str(910000 + n), "EstablishmentName": f"School number {n}"} for n in range(60)]
    return written([*rows(), *more])


def register_body(things: Things) -> Body:
    """A file of the register, as somebody chooses it."""
    del things
    return {"authorities": HERE, "file": Upload("edubase.csv", written(rows()).getvalue())}


def shown(things: Things) -> Body:
    """The plan that somebody was shown."""
    plan = bring_in.plan_of(things["id"], things["upload:waiting"], now=things["now"])
    return {"shown": plan.fingerprint if plan else ""}


def organisation_body(things: Things) -> Body:
    """An organisation, as somebody types it."""
    return {"name": f"Ash School of {things['name']}", "kind": "school", "urn": "100009", "status": "open"}


def _version(things: Things, key: str) -> str:
    return str(Organisation.objects.get(pk=things[key]).version)


def changed_body(things: Things) -> Body:
    """An organisation, as somebody changes it."""
    return {
        "name": "Oakwood",
        "kind": "school",
        "status": "open",
        "version": _version(things, "organisation:oak"),
    }


def basis_body(things: Things) -> Body:
    """A lawful basis, as somebody records it."""
    return {"basis": "public-task", "note": "Another note", "version": _version(things, "organisation:oak")}


def count_body(things: Things) -> Body:
    """A count, as somebody types it."""
    del things
    day = {"dated-day": "1", "dated-month": "6", "dated-year": "2026"}
    return {"work": "health", "number": "300", "source": "Payroll", "all_invited": "yes", **day}


def counted_again(things: Things) -> Body:
    """A count, as somebody changes it."""
    return {**count_body(things), "version": _count_version(things)}


def _count_version(things: Things) -> str:
    return str(Count.objects.get(pk=things["count:one"]).version)


def counts_file(things: Things) -> Body:
    """A file of counts."""
    del things
    return {"file": Upload("staff.csv", COUNTS.encode())}


def counts_shown(things: Things) -> Body:
    """The counts that somebody was shown."""
    plan = plan_counts(things["id"], COUNTS, "staff.csv", on=things["now"].date())
    return {"text": COUNTS, "name": "staff.csv", "shown": plan.fingerprint}


OAK, ELM = {"number": "organisation:oak"}, {"number": "organisation:elm"}
WAITING, COUNT = {"upload": "upload:waiting"}, {"number": "count:one"}

STATES = (
    State("organisations", "on several pages"),
    State("organisations", "the second page of those with a word in them", query="text=school&page=2"),
    State("organisations", "nothing is like that", query="text=zzz"),
    State("organisations", "none yet", area="emptyton"),
    State("organisations", "to one who only reads", who="analyst"),
    State("organisation-new", "before anything is typed"),
    State("organisation-new", "sent empty", sends=nothing),
    State("national-register", "with files before"),
    State("national-register", "the first", area="emptyton"),
    State("national-register", "sent empty", sends=nothing),
    State("national-register-plan", "waiting, with problems", WAITING),
    State("national-register-plan", "taken in", {"upload": "upload:taken"}),
    State("national-register-plan", "discarded", {"upload": "upload:discarded"}),
    State("national-register-plan", "something changed meanwhile", WAITING, sends=nothing, status=409),
    State("national-register-discard", "only pressed", WAITING, status=302, shown=False),
    State("organisation", "staff may be held", OAK),
    State("organisation", "typed over the register", ELM),
    State("organisation", "to one who only reads", OAK, who="analyst"),
    State("organisation-change", "as it stands", OAK),
    State("organisation-change", "sent empty", OAK, sends=nothing),
    State(
        "organisation-change",
        "somebody was there first",
        OAK,
        sends=lambda t: {**changed_body(t), "version": "77"},
        status=409,
    ),
    State("organisation-basis", "as it stands", OAK),
    State("organisation-basis", "none yet", ELM),
    State("organisation-basis", "sent empty", OAK, sends=nothing),
    State("organisation-follow", "only pressed", ELM, status=302, shown=False),
    State("headcount", "some counted"),
    State("headcount", "nobody counted", area="emptyton"),
    State("headcount", "to one who only reads", who="analyst"),
    State("count-new", "before anything is typed"),
    State("count-new", "sent empty", sends=nothing),
    State("headcount-file", "before a file is chosen"),
    State("headcount-file", "sent empty", sends=nothing),
    State("headcount-file", "what a file would change", sends=counts_file),
    State("headcount-take-in", "only pressed", status=302, shown=False),
    State(
        "headcount-take-in",
        "something changed",
        sends=lambda t: {**counts_shown(t), "shown": "x"},
        status=409,
    ),
    State("count", "as it stands", COUNT),
    State("count", "sent empty", COUNT, sends=nothing),
    State(
        "count",
        "somebody was there first",
        COUNT,
        sends=lambda t: {**count_body(t), "version": "77"},
        status=409,
    ),
    State("count-take-out", "only pressed", COUNT, status=302, shown=False),
)

SENDS = (
    Send("organisation-new", organisation_body),
    Send("national-register", register_body),
    Send("national-register-plan", shown, WAITING),
    Send("national-register-discard", nothing, WAITING),
    Send("organisation-change", changed_body, OAK),
    Send("organisation-basis", basis_body, OAK),
    Send("organisation-follow", lambda t: {"version": _version(t, "organisation:elm")}, ELM),
    Send("count-new", count_body),
    Send("headcount-file", counts_file, status=200, writes=False),
    Send("headcount-take-in", counts_shown),
    Send("count", counted_again, COUNT),
    Send("count-take-out", lambda t: {"version": _count_version(t)}, COUNT),
)
