"""Waves that are asked here: being written, open and closed, and the pages on which people answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.analysis.definition.formats.lss.laid import Asked as LaidQuestion
from tests.analysis.definition.formats.lss.laid import Laid
from tests.web.states.model import Body, Send, State, Things, Upload, nothing, sending

from goldenthread.analysis.definition.model import Is, Kind
from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey.asking import commands, inviting
from goldenthread.thread.survey.asking.amending import At, Correction, amend
from goldenthread.thread.survey.asking.closing import finish
from goldenthread.thread.survey.asking.commands import Place, Plan
from goldenthread.thread.survey.asking.models import Asking, Channel, Invitee, Mailing
from goldenthread.thread.survey.asking.submit import Sending, submit
from goldenthread.thread.survey.commands import SurveyNews, make_survey
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.editing.questions import Wording, add_question, show_if
from goldenthread.thread.survey.editing.sections import add_section

KINDS = (
    Wording(
        Kind.SINGLE, "Where do you work?", "Team", answers=("A school", "A nursery", "Elsewhere"), other=True
    ),
    Wording(Kind.MULTIPLE, "What helps you?", answers=("Time", "Advice"), not_my_role=True, required=True),
    Wording(Kind.NUMBER, "For how many years?", help="Count part of a year as one."),
    Wording(Kind.DATE, "Since when?"),
    Wording(Kind.SHORT_TEXT, "In a word?"),
)
LOSSY = Laid(
    [
        [
            LaidQuestion("L", "place", "Where do you work?", answers=(("s", "A school"), ("n", "A nursery"))),
            LaidQuestion("R", "rank", "What matters most?", answers=(("a", "Time"),)),
            LaidQuestion("L", "twice", "Which?", answers=(("a", "The same"), ("b", "The same"))),
        ],
        [LaidQuestion("S", "why" + "y" * 17, more={"relevance": "strlen(place) > " + "(" * 9 + "x"})],
    ],
    said={"surveyls_welcometext": "Welcome"},
).bytes()
STATEMENTS = ("I can use signs and symbols and plan and review.", "I always know whom to ask, " + "and " * 20)


def _written(title: str) -> str:
    """A questionnaire with every kind of question."""
    whole = add_section(read_draft("", title=title, name="asked").whole, "About you")
    for wording in KINDS:
        whole = add_question(whole, "s1", wording)
    whole = add_section(whole, "What you can do")
    agree = Wording(
        Kind.MATRIX, "How far do you agree?", rows=STATEMENTS, scale="agreement", not_my_role=True
    )
    whole = add_question(add_question(whole, "s2", agree), "s2", Wording(Kind.LONG_TEXT, "What else?"))
    return Draft(show_if(whole, "q7", Is("q1", ("a-school",))), ()).text


def make(by: Actor, now: datetime, things: Things) -> None:
    """A wave in each state; to the open one somebody has answered, to the closed one everybody has."""
    survey = make_survey(by=by, now=now, news=SurveyNews(f"Asked in {things['name']}"))
    things["survey:asked"] = survey
    for state in ("empty", "draft", "taken", "open", "shut"):
        label = f"{things['season']} {state}"
        plan = Plan(label, now.date() - timedelta(days=1), now.date() + timedelta(days=20))
        text = "" if state == "empty" else _written(label)
        code = commands.begin(by=by, now=now, survey=survey, plan=plan, questionnaire=text)
        things[f"asked:{state}"] = code
    place = Place(survey, things["asked:draft"], 1)
    words = "added the section “More”"
    commands.edit(by=by, now=now, place=place, change=lambda whole: add_section(whole, "More"), words=words)
    _with_codes(by, now, things)
    for state in ("open", "shut"):
        commands.open_wave(by=by, now=now, survey=survey, wave=things[f"asked:{state}"], version=1)
        _answer(now, things, state)
    place = Place(survey, things["asked:open"], int(_version(things, "asked:open")))
    correction = Correction(At("q5"), "In one word?", comparable=False, because="Two words were written.")
    amend(by=by, now=now, place=place, correction=correction)
    commands.close(by=by, now=now, survey=survey, wave=things["asked:shut"])
    finish(Asking.objects.get(wave__code=things["asked:shut"], wave__survey__slug=survey).pk, lambda: now)


def _with_codes(by: Actor, now: datetime, things: Things) -> None:
    """Waves with personal codes: nobody invited yet, some in every state, and closed."""
    survey = things["survey:asked"]
    for state in ("uninvited", "codes", "coded"):
        label = f"{things['season']} {state}"
        days = (now.date() - timedelta(days=1), now.date() + timedelta(days=20))
        plan = Plan(label, *days, mode="personal-code")
        code = commands.begin(by=by, now=now, survey=survey, plan=plan, questionnaire=_written(label))
        things[f"asked:{state}"] = code
        commands.open_wave(by=by, now=now, survey=survey, wave=code, version=1)
        if state != "uninvited":
            _invite(by, now, inviting.Place(survey, code))
    asking = Asking.objects.get(wave__code=things["asked:codes"], wave__survey__slug=survey)
    things["token:link-codes"] = asking.channels.get().code
    commands.close(by=by, now=now, survey=survey, wave=things["asked:coded"])


def _invite(by: Actor, now: datetime, place: inviting.Place) -> None:
    """A hundred and thirty people: most were sent a code, some wait, one could not be reached."""
    lines = [f"somebody.with.a.long.name.{n}@school-{n}.anyshire.example, Somebody {n}" for n in range(130)]
    inviting.add_people(by=by, now=now, place=place, data="\n".join(lines).encode(), name="list")
    found = Invitee.objects.filter(asking__wave__survey__slug=place.survey, asking__wave__code=place.wave)
    numbers = list(found.values_list("pk", flat=True))
    found.filter(pk__in=numbers[:122]).update(state="sent", codes=1)
    found.filter(pk=numbers[3]).update(codes=2)
    refused = "The mail server refused this address (550)."
    found.filter(pk=numbers[123]).update(state="failed", fault=refused)
    found.filter(pk=numbers[124]).update(state="withdrawn")
    last = Asking.objects.get(wave__survey__slug=place.survey, wave__code=place.wave)
    Mailing.objects.create(
        asking=last, number=1, link="https://x.example/s/x/", begun=now, beat=now, ended=now
    )


def _answer(now: datetime, things: Things, state: str) -> None:
    link = Channel.objects.get(
        asking__wave__code=things[f"asked:{state}"], asking__wave__survey__slug=things["survey:asked"]
    ).code
    things[f"token:link-{state}"] = link
    for number in range(12):
        answers = {"q1": "a-school", "q2": ("time",)}
        submit(sending=Sending(link, f"{state}-{number}", answers), today=now.date())


def _version(things: Things, key: str) -> str:
    found = Asking.objects.get(wave__code=things[key], wave__survey__slug=things["survey:asked"])
    return str(found.version)


def seen(key: str, **body: str):  # noqa: ANN201 - a maker of forms
    """A form that says which version of a wave somebody saw, and what they typed."""
    return lambda things: {"version": _version(things, key), **body}


def chosen(name: str, content: bytes, key: str = "asked:taken"):  # noqa: ANN201 - a maker of forms
    """A questionnaire file, as somebody chooses it for a wave they saw."""
    return lambda things: {"version": _version(things, key), "file": Upload(name, content)}


def begun(things: Things) -> Body:
    """A wave as somebody begins it."""
    start = things["asked:open"]
    return {
        "label": "Next",
        "opens": "2027-06-01",
        "closes": "2027-07-01",
        "mode": "open-link",
        "start": start,
    }


def wave(key: str, **more: str) -> dict[str, str]:
    """The parameters of a wave that is asked."""
    return {"survey": "survey:asked", "wave": f"asked:{key}", **more}


SURVEY = {"survey": "survey:asked"}
DRAFT, OPEN, SHUT = wave("draft"), wave("open"), wave("shut")
UNINVITED, CODES, CODED = wave("uninvited"), wave("codes"), wave("coded")
OPENED = wave("open", question="=q1")
PART, QUESTION = wave("draft", section="=s1"), wave("draft", question="=q1")
LINK, CLOSED = {"code": "token:link-open"}, {"code": "token:link-shut"}
START = sending(do="start")
TYPED = {"code": "token:link-codes"}
PASTED = sending(people="new@anyshire.example, Ana\nnobody")

STATES = (
    State("asking-new", "with questions to begin with", SURVEY),
    State("asking-new", "sent empty", SURVEY, sends=nothing),
    State("asking", "nothing written yet", wave("empty")),
    State("asking", "being written", DRAFT),
    State("asking", "open", OPEN),
    State("asking", "closed", SHUT),
    State("asking", "to one who only reads", OPEN, who="moderator"),
    State("asking-open", "only pressed", DRAFT, status=302, shown=False),
    State("asking-close", "asked once more", OPEN),
    State("asking-last-day", "as it stands", OPEN),
    State("asking-last-day", "sent empty", OPEN, sends=nothing),
    State("asking-link", "before anything is typed", OPEN),
    State("asking-link", "a name that is taken", OPEN, sends=sending(label="Everybody")),
    State("asking", "nobody invited yet", UNINVITED),
    State("asking", "codes on their way", CODES),
    State("asking", "closed, with codes", CODED),
    State("asking", "with codes, to one who only reads", CODES, who="moderator"),
    State("invited", "many", CODES),
    State("invited", "one found", CODES, query="text=name.7%40"),
    State("invited", "none found", CODES, query="text=zzz"),
    State("invited", "none yet", UNINVITED),
    State("invite", "before anything is typed", UNINVITED),
    State("invite", "sent empty", UNINVITED, sends=nothing),
    State("invite", "what is no list", UNINVITED, sends=sending(people="nobody at all")),
    State("invite-staff", "only pressed", UNINVITED, status=302, shown=False),
    State("invited-withdraw", "before anything is typed", CODES),
    State("invited-withdraw", "nobody of that address", CODES, sends=sending(address="no@anyshire.example")),
    State("invited-codes", "only pressed", CODES, status=302, shown=False),
    State("invited-remind", "asked once more", CODES),
    State("questions", "none yet", wave("empty")),
    State("questions", "of every kind, with advice", DRAFT),
    State("questions", "that stand", OPEN),
    State("questions", "to one who only reads", DRAFT, who="moderator"),
    State("elsewhere", "with questions", DRAFT),
    State("elsewhere", "none yet", wave("empty")),
    State("elsewhere", "that stand", OPEN),
    State("elsewhere", "to one who only reads", DRAFT, who="moderator"),
    State("elsewhere", "sent empty", DRAFT, sends=nothing),
    State(
        "elsewhere", "a file that is none", DRAFT, sends=chosen("a.lss", b"<html>no</html>", "asked:draft")
    ),
    State("elsewhere", "came in, with much left out", wave("taken"), sends=chosen("staff survey.lss", LOSSY)),
    State("elsewhere-file", "for LimeSurvey", wave("open", kind="=lss"), shown=False),
    State("elsewhere-file", "for KoboToolbox or ODK", wave("open", kind="=xlsx"), shown=False),
    State("elsewhere-file", "as it is, with faults", wave("draft", kind="=toml"), shown=False),
    State("elsewhere-file", "no question yet", wave("empty", kind="=lss"), status=302, shown=False),
    State("questions-ways", "a map for each role", DRAFT),
    State("questions-ways", "nothing written yet", wave("empty")),
    State("questions-ways", "to one who only reads", OPEN, who="moderator"),
    State("questions-bank", "every topic", DRAFT),
    State("questions-bank", "one topic", DRAFT, query="topic=Autism"),
    State("questions-bank", "no section to take them into", wave("empty")),
    State("questions-bank", "nothing ticked", DRAFT, sends=seen("asked:draft", section="s1")),
    State("questions-against", "another wave", OPEN),
    State("questions-against", "nothing before it", wave("draft")),
    State("questions-against", "to one who only reads", SHUT, who="moderator"),
    State("question-correct", "which words", OPENED),
    State("question-correct", "as they stand", OPENED, query="of=&code="),
    State("question-correct", "sent empty", OPENED, query="of=&code=", sends=seen("asked:open")),
    State("questions-move", "only pressed", DRAFT, status=302, shown=False),
    State("questions-undo", "only pressed", DRAFT, status=302, shown=False),
    State("section-new", "before anything is typed", DRAFT),
    State("section-new", "somebody was there first", DRAFT, sends=sending(version="1", title="Mine")),
    State("section", "as it stands", PART),
    State("section-shown", "to everybody", wave("draft", section="=s2")),
    State("section-shown", "the first, before which nothing is asked", PART),
    State(
        "section-shown",
        "nothing ticked",
        wave("draft", section="=s2"),
        sends=seen("asked:draft", how="any"),
    ),
    State("section", "sent empty", PART, sends=nothing),
    State("question-new", "its kind", PART),
    *(
        State("question-new", f"a {kind.value} question", PART, query=f"kind={kind.value}")
        for kind in (Kind.SINGLE, Kind.MATRIX, Kind.LONG_TEXT)
    ),
    State("question-new", "sent empty", PART, query="kind=matrix", sends=nothing),
    State("asked-question", "as it stands", QUESTION),
    State("asked-question", "several statements", wave("draft", question="=q6")),
    State(
        "asked-question", "too few answers", QUESTION, sends=seen("asked:draft", text="Where?", answers="One")
    ),
    State("question-shown", "to some", wave("draft", question="=q7")),
    State(
        "question-shown",
        "nothing ticked",
        wave("draft", question="=q7"),
        sends=seen("asked:draft", how="any"),
    ),
    State("preview", "as a role", DRAFT, query="by=q1&as=a-school"),
    State("preview", "its first section", DRAFT, sends=sending(do="start", **{"as": "q1:a-school"})),
    State("preview", "nothing written yet", wave("empty")),
    State("preview", "to one who only reads", OPEN, who="moderator"),
    State("respond", "before it begins", LINK, who="nobody"),
    State("respond", "its first section", LINK, sends=START, who="nobody"),
    State("respond", "what cannot go on", LINK, sends=sending(do="next"), who="nobody", status=400),
    State("respond", "closed", CLOSED, who="nobody", status=410),
    State("respond-sent", "thanks", LINK, who="nobody"),
    State("respond", "a code is asked for", TYPED, who="nobody"),
    State("respond", "a code that will not do", TYPED, sends=sending(do="start", code="o"), who="nobody"),
    State("respond-lost", "before anything is typed", TYPED, who="nobody"),
    State("respond-lost", "what is no address", TYPED, sends=sending(address="mine"), who="nobody"),
    State("respond-lost", "asked for", TYPED, sends=sending(address="no@anyshire.example"), who="nobody"),
    State("respond-lost", "of an open link", LINK, who="nobody", status=404),
)

SENDS = (
    Send("asking-new", begun, SURVEY),
    Send("asking-open", seen("asked:draft"), DRAFT),
    Send("asking-close", nothing, OPEN),
    Send("asking-last-day", seen("asked:open", closes="2099-07-01"), OPEN),
    Send("asking-link", sending(label="A union"), OPEN),
    Send("questions-bank", seen("asked:draft", section="s1", take="bank-role", ask_help="on"), DRAFT),
    Send(
        "question-correct",
        seen("asked:open", text="For how many years now?", comparable="yes", because="Clearer."),
        wave("open", question="=q3"),
    ),
    Send("elsewhere", chosen("staff survey.lss", LOSSY), wave("taken"), status=200),
    Send("questions-move", seen("asked:draft", what="question:q3", do="up"), DRAFT),
    Send("questions-undo", seen("asked:draft"), DRAFT),
    Send("section-new", seen("asked:draft", title="One more"), DRAFT),
    Send(
        "section-shown",
        lambda t: {**seen("asked:draft", how="any")(t), "of-q1": ["a-school"]},
        wave("draft", section="=s2"),
    ),
    Send("section", seen("asked:draft", title="Named anew"), PART),
    Send("question-new", nothing, PART, status=200, writes=False),
    Send(
        "asked-question",
        seen("asked:draft", text="Where?", answers="A school\nA nursery\nElsewhere"),
        QUESTION,
    ),
    Send("question-shown", seen("asked:draft", how="everybody"), wave("draft", question="=q7")),
    Send("preview", START, DRAFT, status=200, writes=False),
    Send("respond", START, LINK, status=200, writes=False),
    Send("invite", PASTED, UNINVITED, status=200),
    Send("invite-staff", nothing, UNINVITED),
    Send(
        "invited-withdraw",
        sending(address="somebody.with.a.long.name.1@school-1.anyshire.example"),
        CODES,
    ),
    Send("invited-codes", nothing, CODES),
    Send("invited-remind", nothing, CODES),
    Send(
        "respond-lost",
        sending(address="somebody.with.a.long.name.2@school-2.anyshire.example"),
        TYPED,
        status=200,
    ),
)
