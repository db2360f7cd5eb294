"""Accounts and invitations; people on staff registers; what is recorded and held; the front page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.web.states.model import Body, Send, State, Things, Upload, nothing, sending

from goldenthread.ground.mail.models import Letter
from goldenthread.ground.people import commands as accounts
from goldenthread.ground.people import invitations
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Membership, Person, Post, Register
from goldenthread.ground.people.register.commands import discard_register, keep_register, take_in_register
from goldenthread.ground.people.register.queries import plan_of

REGISTER = "Staff reference,Name,Work e-mail,Staff group,From\n"
LINES = (
    "A1,Ana Bell,ana@oak.example,SENCOs,01/09/2024\n"
    "A2,Bo Carr,bo@oak.example,Governors,\n"
    "A3,Cleo Dare,cleo@oak.example,Wizards,\n"
)
TOO_SHORT = {"name": "", "password": "x"}
PASSWORD = "three plain words"  # noqa: S105 - of a test


def make(by: Actor, now: datetime, things: Things) -> None:
    """Invitations in every state, and registers taken in, discarded and waiting."""
    _invitations(by, now, things)
    _registers(by, now, things)
    member = Membership.objects.filter(area_id=by.area, role="analyst", until__isnull=True).get()
    things["account:analyst"] = member.account_id
    mine = Membership.objects.filter(area_id=by.area, role="lead", until__isnull=True).get()
    things["account:lead"] = mine.account_id


def _invitations(by: Actor, now: datetime, things: Things) -> None:
    known = f"analyst@{things['slug']}.example"
    for key, email, when in (
        ("open", f"new@{things['slug']}.example", now),
        ("mine", known, now),
        ("expired", f"late@{things['slug']}.example", now - timedelta(days=9)),
        ("withdrawn", f"gone@{things['slug']}.example", now),
        ("used", f"here@{things['slug']}.example", now),
        ("failed", f"full@{things['slug']}.example", now),
    ):
        _invited(by, when, things, key, email)
    invitations.withdraw_invitation(by=by, now=now, invitation=things["invitation:withdrawn"])
    invitations.accept(now=now, token=things["token:used"], name="Here Already", password=PASSWORD)
    letters = Letter.objects.filter(about=f"invitation:{things['invitation:failed']}")
    letters.update(state="failed", fault="The mail server refused this address (550).")


def _invited(by: Actor, now: datetime, things: Things, key: str, email: str) -> None:
    def link(token: str) -> str:
        things[f"token:{key}"] = token
        return f"https://goldenthread.example/join/{token}/"

    role = "moderator"
    things[f"invitation:{key}"] = invitations.invite(by=by, now=now, email=email, role=role, link=link)


def _registers(by: Actor, now: datetime, things: Things) -> None:
    many = "".join(f"B{n},Person Number {n},b{n}@oak.example,Governors,01/09/2024\n" for n in range(60))
    taken = things["register:taken"] = _kept(by, now, things, REGISTER + LINES + many)
    plan = plan_of(by.area, taken, now=now)
    assert plan is not None
    take_in_register(by=by, now=now, register=taken, shown=plan.fingerprint)
    gone = things["register:discarded"] = _kept(by, now, things, REGISTER + LINES)
    discard_register(by=by, now=now, register=gone)
    things["register:waiting"] = _kept(by, now, things, REGISTER + LINES)
    things["kept:register"] = Register.objects.get(pk=things["register:waiting"]).file
    ana = Person.objects.get(area_id=by.area, reference="A1")
    things["person:ana"], things["post:ana"] = ana.pk, Post.objects.get(person=ana).pk
    bo = Person.objects.get(area_id=by.area, reference="A2")
    things["person:bo"], things["post:bo"] = bo.pk, Post.objects.get(person=bo).pk


def _kept(by: Actor, now: datetime, things: Things, text: str) -> int:
    stream = Upload("", text.encode()).stream()
    oak = things["organisation:oak"]
    return keep_register(
        by=by, now=now, owner=oak, name="staff.csv", stream=stream, as_of=date(2026, 10, 13), whole=True
    )


def ended(by: Actor, now: datetime, things: Things) -> None:
    """Somebody whose role has ended, and somebody whose account is disabled."""
    for word in ("ended", "disabled"):
        _invited(by, now, things, word, f"{word}@anyshire.example")
        token = things[f"token:{word}"]
        account = invitations.accept(now=now, token=token, name=word.title(), password=PASSWORD)
        if word == "ended":
            accounts.end_role(by=by, now=now, account=account, role="moderator")
        else:
            accounts.disable_account(by=by, now=now, account=account)


def register_body(things: Things) -> Body:
    """A staff register, as somebody chooses it."""
    as_of = {"as_of-day": "13", "as_of-month": "10", "as_of-year": "2026"}
    file = Upload("staff.csv", (REGISTER + LINES).encode())
    return {"owner": str(things["organisation:oak"]), **as_of, "file": file}


def register_shown(things: Things) -> Body:
    """The plan that somebody was shown."""
    plan = plan_of(things["id"], things["register:waiting"], now=things["now"])
    return {"shown": plan.fingerprint if plan else ""}


ANALYST, ANA = {"account": "account:analyst"}, {"number": "person:ana"}
POST = {**ANA, "post": "post:ana"}
WAITING = {"register": "register:waiting"}
LAST = {"ends-day": "30", "ends-month": "9", "ends-year": "2026"}


def token(key: str) -> dict[str, str]:
    """The parameters of an invitation's link."""
    return {"token": f"token:{key}"}


STATES = (
    State("start", "leads on", status=302, shown=False),
    State("home", "the thread as it holds"),
    State("home", "nothing begun", area="emptyton"),
    State("home", "the first wave", area="begunton"),
    State("home", "to one who may do little", who="practitioner"),
    State("home", "no such area", area="nowhere", status=404),
    State("settings", "all of them"),
    State("settings", "to one who may see none", who="practitioner"),
    State("accounts", "people, and invitations in every state"),
    State("accounts", "to one who only reads", who="protection"),
    State("accounts", "refused", who="practitioner", status=403),
    State("account-invite", "before anything is typed"),
    State("account-invite", "sent empty", sends=nothing),
    State("invitation-withdraw", "only pressed", {"invitation": "invitation:open"}, status=302, shown=False),
    State("roles", "the table"),
    State("roles", "to one who only reads", who="protection"),
    State("account", "somebody", ANALYST),
    State("account", "myself", {"account": "account:lead"}),
    State("account", "no role chosen", ANALYST, sends=sending(role="")),
    State("account-role-end", "only pressed", {**ANALYST, "role": "=analyst"}, status=302, shown=False),
    State("account-disable", "asked", ANALYST),
    State("join", "an open invitation", token("open"), who="nobody"),
    State("join", "sent with mistakes", token("open"), sends=lambda _: TOO_SHORT, who="nobody"),
    State("join", "somebody known, signed out", token("mine"), who="nobody"),
    State("join", "somebody known, signed in", token("mine"), who="analyst"),
    *(
        State("join", f"{why}", token(why), who="nobody", status=410)
        for why in ("used", "expired", "withdrawn")
    ),
    State("people", "on several pages"),
    State("people", "the second page", query="page=2"),
    State("people", "nobody is like that", query="text=zzz"),
    State("people", "nobody held", area="emptyton"),
    State("staff-register", "with registers before"),
    State("staff-register", "nobody may be held yet", area="emptyton"),
    State("staff-register", "sent empty", sends=nothing),
    State("staff-register-plan", "waiting, with problems", WAITING),
    State("staff-register-plan", "taken in", {"register": "register:taken"}),
    State("staff-register-plan", "discarded", {"register": "register:discarded"}),
    State("staff-register-plan", "something changed meanwhile", WAITING, sends=nothing, status=409),
    State("staff-register-discard", "only pressed", WAITING, status=302, shown=False),
    State("person", "somebody", ANA),
    State("person", "somebody who has left", {"number": "person:bo"}),
    State("person-erase", "asked", ANA),
    State("post-end", "as it stands", POST),
    State("post-end", "sent empty", POST, sends=nothing),
    State("post-tier", "as it stands", POST),
    State("post-tier", "without a reason", POST, sends=sending(tier="tier-2", reason="")),
    State("audit", "on several pages"),
    State("audit", "a day that is none", query="day=x"),
    State("audit", "nothing on that day", query="day=1999-01-01"),
    State("data-map", "all of it"),
    State("kept-file", "answers of a wave", {"kept": "kept:wave"}, shown=False),
    State("kept-file", "a staff register", {"kept": "kept:register"}, shown=False),
)

SENDS = (
    Send("account-invite", sending(email="another@anyshire.example", role="board")),
    Send("invitation-withdraw", nothing, {"invitation": "invitation:open"}),
    Send("roles", sending(wanted=["board"])),
    Send("account", sending(role="provider"), ANALYST),
    Send("account-role-end", nothing, {**ANALYST, "role": "=analyst"}),
    Send("account-disable", nothing, ANALYST),
    Send("join", sending(name="Ana Bell", password=PASSWORD), token("open"), who="nobody"),
    Send("staff-register", register_body),
    Send("staff-register-plan", register_shown, WAITING),
    Send("staff-register-discard", nothing, WAITING),
    Send("person-erase", nothing, ANA),
    Send("post-end", sending(**LAST), POST),
    Send("post-tier", sending(tier="tier-2", reason="Assesses"), POST),
)
