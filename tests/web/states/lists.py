"""Lists and their entries."""

from __future__ import annotations

from datetime import date, datetime

from tests.web.states.model import Body, Send, State, Things, nothing, sending

from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import ListGiven, add_entry, add_list, end_entry
from goldenthread.ground.lists.models import Entry, List
from goldenthread.ground.people.actor import Actor


def make(by: Actor, now: datetime, things: Things) -> None:
    """A list of the area's own with entries that hold and one that has ended."""
    given = ListGiven(f"Badges of {things['name']}", "What we give people.", "Our own", date(2026, 5, 1))
    code = things["list:own"] = add_list(by=by, now=now, given=given)
    things["entry:own"] = add_entry(
        by=by, now=now, code=code, given=EntryGiven("Gold", aliases=("First", "Best"))
    )
    ended = things["entry:ended"] = add_entry(by=by, now=now, code=code, given=EntryGiven("Tin"))
    end_entry(by=by, now=now, code=code, entry=ended, version=1, last_day=date(2026, 1, 31))


def _list_version(things: Things) -> str:
    return str(List.objects.get(code=things["list:own"]).version)


def about(things: Things) -> Body:
    """What a list says of itself, as somebody types it."""
    return {"name": "Badges and pins", "purpose": "What people wear.", "version": _list_version(things)}


def entry(things: Things) -> Body:
    """An entry, as somebody changes it."""
    version = str(Entry.objects.get(pk=things["entry:own"]).version)
    return {"label": "Golden", "how": "correct", "position": "10", "version": version}


def ending(things: Things) -> Body:
    """The last day of an entry."""
    day = {"valid_until-day": "1", "valid_until-month": "2", "valid_until-year": "2027"}
    return {**day, "version": str(Entry.objects.get(pk=things["entry:own"]).version)}


LIST = {"code": "list:own"}
ENTRY = {"code": "list:own", "number": "entry:own"}


def shipped(code: str) -> dict[str, str]:
    """The parameters of a list that comes with us."""
    return {"code": f"={code}"}


STATES = (
    State("lists", "those that come with us, and one more"),
    State("lists", "none yet", area="emptyton"),
    State("lists", "to one who only reads", who="protection"),
    State("lists-install", "only pressed", status=302, shown=False),
    State("lists-spelling", "only pressed", status=302, shown=False),
    State("list-new", "before anything is typed"),
    State("list-new", "sent empty", sends=nothing),
    State("list", "of our own", LIST),
    State("list", "all there ever were", LIST, query="show=all"),
    State("list", "long, under headings", shipped("topics")),
    State("list", "with many columns", shipped("roles")),
    State("list", "with history", shipped("need-types"), query="show=all"),
    State("list", "on a day long gone", LIST, query="on=1/2/1900"),
    State("list", "on a day that is none", LIST, query="on=31/02/2026"),
    State("list-about", "as it stands", LIST),
    State("list-about", "sent empty", LIST, sends=nothing),
    State(
        "list-about",
        "somebody was there first",
        LIST,
        sends=lambda t: {**about(t), "version": "77"},
        status=409,
    ),
    State("entry-new", "before anything is typed", LIST),
    State("entry-new", "with many fields", shipped("rules")),
    State("entry-new", "sent empty", LIST, sends=nothing),
    State("entry", "as it stands", ENTRY),
    State("entry", "sent empty", ENTRY, sends=nothing),
    State(
        "entry", "somebody was there first", ENTRY, sends=lambda t: {**entry(t), "version": "77"}, status=409
    ),
    State("entry-end", "before anything is typed", ENTRY),
    State("entry-end", "a day that is none", ENTRY, sends=lambda t: {**ending(t), "valid_until-day": "32"}),
)

SENDS = (
    Send("lists-install", nothing, writes=False),
    Send("lists-spelling", sending(spelling="SENDCo")),
    Send("list-new", sending(name="Rooms", purpose="Where we meet.")),
    Send("list-about", about, LIST),
    Send("entry-new", sending(label="Silver"), LIST),
    Send("entry", entry, ENTRY),
    Send("entry-end", ending, ENTRY),
)
