"""Numbers of pupils."""

from __future__ import annotations

from datetime import date, datetime

from tests.web.states.model import Body, Send, State, Things, Upload, nothing

from goldenthread.ground.lists.queries import entries
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.pupils.commands import add_pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.models import PupilCount
from goldenthread.ground.pupils.queries import NEED_TYPES


def make(by: Actor, now: datetime, things: Things) -> None:
    """Every type counted on one day, and only two of them on another."""
    types = [each.code for each in entries(by.area, NEED_TYPES, on=date(2026, 1, 15)) if not each.heading]
    counts = {code: 40 + 97 * place for place, code in enumerate(types)}
    whole = PupilsGiven(date(2026, 1, 15), "School census", counts, sum(counts.values()), published=True)
    things["need:first"] = types[0]
    things["pupils:whole"] = add_pupils(by=by, now=now, given=whole)
    part = PupilsGiven(
        date(2024, 1, 18), "Our own count", dict(list(counts.items())[:2]), None, published=False
    )
    things["pupils:part"] = add_pupils(by=by, now=now, given=part)


def _version(things: Things, key: str) -> str:
    return str(PupilCount.objects.get(pk=things[key]).version)


def body(things: Things) -> Body:
    """Numbers of a day, as somebody types them."""
    day = {"dated-day": "16", "dated-month": "1", "dated-year": "2025"}
    return {**day, "source": "School census", "total": "1200", f"need-{things['need:first']}": "40"}


def again(things: Things) -> Body:
    """The same, for a day that is there already."""
    return {**body(things), "version": _version(things, "pupils:part")}


def chosen(things: Things) -> Body:
    """A file of numbers, one of which cannot be read."""
    del things
    rows = "need,pupils\nAutism,1200\nDeafness,many\nNothing we know,7\n"
    return {"file": Upload("pupils.csv", rows.encode())}


WHOLE, PART = {"number": "pupils:whole"}, {"number": "pupils:part"}

STATES = (
    State("pupils", "counted whole"),
    State("pupils", "nobody counted", area="emptyton"),
    State("pupils", "to one who only reads", who="analyst"),
    State("pupils-new", "before anything is typed"),
    State("pupils-new", "sent empty", sends=nothing),
    State("pupils-file", "before a file is chosen"),
    State("pupils-file", "sent empty", sends=nothing),
    State("pupils-file", "looked over, with problems", sends=chosen),
    State("pupils-change", "as it stands", WHOLE),
    State("pupils-change", "sent empty", PART, sends=nothing),
    State(
        "pupils-change",
        "somebody was there first",
        PART,
        sends=lambda t: {**body(t), "version": "77"},
        status=409,
    ),
    State("pupils-take-out", "only pressed", PART, status=302, shown=False),
)

SENDS = (
    Send("pupils-new", body),
    Send("pupils-file", chosen, status=200, writes=False),
    Send("pupils-change", again, PART),
    Send("pupils-take-out", lambda t: {"version": _version(t, "pupils:part")}, PART),
)
