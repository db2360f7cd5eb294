"""Surveys and their waves, in every state a wave can stand in."""

from __future__ import annotations

from datetime import datetime

from tests.thread.made import YES, answers, brought_in, ready, simple
from tests.web.states.model import Body, Send, State, Things, Upload, nothing, sending

from goldenthread.ground.people.actor import Actor
from goldenthread.thread.survey import commands, queries, reading
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.keeping import UNFORESEEN
from goldenthread.thread.survey.models import Wave
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import Decision

PLACE = "where-do-you-work"
FIRST = {"School": (40, 100), "Nursery": (20, 60), "Council": (3, 8)}
LATER = {"School": (70, 100), "Nursery": (41, 62), "Council": (5, 9)}
PRINTED = (
    "id,group,kind,label,percent,base,item,answer\n"
    "f1,Q9,net,Agree or strongly agree,61,138,{item},all-agree\n"
)
LONG = " ".join(["A question with so many words that nobody would read it to its end on a phone"] * 3)


def make(by: Actor, now: datetime, things: Things) -> None:
    """Three surveys: one with a wave in every state, one beside it, and one without waves."""
    question, season = things["question"], things["season"]
    staff = commands.make_survey(by=by, now=now, news=SurveyNews(f"Staff of {things['name']}"))
    things["survey:staff"] = staff
    things["item:asked"] = question.lower().replace(" ", "-")
    _ready_waves(by, now, things)
    _published(by, now, things)
    _printed(by, things)
    _unfinished(by, things, f"{season} next")
    other = commands.make_survey(by=by, now=now, news=SurveyNews(f"Nurseries of {things['name']}"))
    things["survey:other"] = other
    things["wave:other"] = brought_in(
        by, other, f"{season} 26", simple({"Nursery": (20, 33)}, "I know whom to ask"), 2026
    )
    ready(by, other, things["wave:other"])
    things["survey:new"] = commands.make_survey(
        by=by, now=now, news=SurveyNews(f"Governors of {things['name']}")
    )
    things["question:first"] = Wave.objects.get(survey__slug=staff, code=things["wave:ready"]).seen[0]["id"]
    things["kept:wave"] = Wave.objects.get(survey__slug=staff, code=things["wave:ready"]).file


def begin(by: Actor, now: datetime, things: Things) -> None:
    """A survey whose first wave wants somebody's eye."""
    things["survey:staff"] = commands.make_survey(by=by, now=now, news=SurveyNews("First survey"))
    things["wave:mapping"] = brought_in(
        by, things["survey:staff"], "2026", simple({"School": (30, 50)}), 2026
    )


def _ready_waves(by: Actor, now: datetime, things: Things) -> None:
    """Two waves that can be compared; the second words one question otherwise and lacks another."""
    staff, season, question = things["survey:staff"], things["season"], things["question"]
    for key, year, counts in (("wave:first", 2023, FIRST), ("wave:ready", 2025, LATER)):
        people = [(team, n < yes) for team, (yes, many) in counts.items() for n in range(many)]
        rows = [
            [
                team,
                YES[n % 2] if agrees else "Disagree",
                "Agree",
                "perhaps?" if n == 7 and year == 2025 else "Agree",
            ]
            for n, (team, agrees) in enumerate(people)
        ]
        heads = [
            "Where do you work?",
            question,
            f"Asked in {year}",
            f"My team {'plans' if year == 2023 else 'meets'}",
        ]
        things[key] = brought_in(by, staff, f"{season} {year}", answers(heads, rows), year)
        ready(by, staff, things[key], {"My team meets": "my-team-plans"})
    things["item:once"], things["item:reworded"] = "asked-in-2025", "my-team-plans"
    version = next(each for each in queries.surveys(by.area) if each.slug == staff).version
    commands.set_groups(
        by=by, now=now, survey=staff, version=version, groups=[(PLACE, "Place of work")], mix=PLACE
    )
    earlier, later = things["wave:first"], things["wave:ready"]
    decision = Decision(
        things["item:reworded"], earlier, later, comparable=False, because="It asks another thing."
    )
    commands.judge_link(by=by, now=now, survey=staff, decision=decision)


def _published(by: Actor, now: datetime, things: Things) -> None:
    """A wave known by its printed figures alone, accepted."""
    staff = things["survey:staff"]
    news = WaveNews(
        f"{things['season']} 2021", source="The report of 2021, page 9", published=True, answered=138
    )
    text = PRINTED.format(item=things["item:asked"]).encode()
    code = commands.bring_in(
        by=by, now=now, survey=staff, news=news, stream=Upload("", text).stream(), file_name="printed.csv"
    )
    reading.look_at_named(by.area, staff, code)
    commands.accept(by=by, now=now, survey=staff, wave=code, version=_version(things, code))
    things["wave:published"] = code


def _printed(by: Actor, things: Things) -> None:
    """Printed figures that were checked and wait: one cannot be true."""
    staff, season = things["survey:staff"], things["season"]
    table = "question,answer,percent,n\n{q},Agree,50.3,7\n{q},Disagree,49.7,7\nNobody asked this,Yes,40,10\n"
    news = WaveNews(f"{season} 2019", source="The report of 2019", published=True, answered=7)
    text = Upload("", table.format(q=things["question"]).encode()).stream()
    code = commands.bring_in(
        by=by, now=things["now"], survey=staff, news=news, stream=text, file_name="printed.csv"
    )
    reading.look_at_named(by.area, staff, code)
    things["wave:printed"] = code


def _unfinished(by: Actor, things: Things, label: str) -> None:
    """A wave in each state on the way to ready; what the worker would do next is not done."""
    staff, now = things["survey:staff"], things["now"]
    stream = simple({"School": (3, 9)}, things["question"])
    news = WaveNews(f"{label} 0")
    things["wave:reading"] = commands.bring_in(
        by=by, now=now, survey=staff, news=news, stream=stream, file_name="answers.csv"
    )
    things["wave:mapping"] = brought_in(by, staff, f"{label} 1", _unsure(things["question"]))
    things["wave:again"] = brought_in(
        by, staff, f"{label} 2", simple({"School": (30, 50)}, things["question"])
    )
    _decide(by, things, "wave:again")
    things["wave:checking"] = brought_in(by, staff, f"{label} 3", _spoilt(things["question"]))
    things["wave:clean"] = brought_in(
        by, staff, f"{label} 4", simple({"School": (9, 20)}, things["question"])
    )
    for key in ("wave:checking", "wave:clean"):
        _decide(by, things, key)
        reading.check(Wave.objects.get(survey__slug=staff, code=things[key]).pk)
    things["wave:failed"] = brought_in(by, staff, f"{label} 5", Upload("", b"%PDF-1.7 not a table").stream())
    things["wave:unforeseen"] = brought_in(by, staff, f"{label} 7", simple({"School": (3, 9)}))
    # as a worker in which something failed leaves it
    unforeseen = Wave.objects.filter(survey__slug=staff, code=things["wave:unforeseen"])
    unforeseen.update(state="failed", said=UNFORESEEN)
    things["wave:long"] = brought_in(by, staff, f"{label} 6", _many())


def _decide(by: Actor, things: Things, key: str) -> None:
    staff, code = things["survey:staff"], things[key]
    wave = Wave.objects.get(survey__slug=staff, code=code)
    choices = [choice_from_plain(plain) for plain in wave.choices]
    commands.decide(by=by, now=things["now"], survey=staff, wave=code, version=wave.version, choices=choices)


def _unsure(question: str):  # noqa: ANN202 - a stream of bytes
    """A file one of whose columns can be read in more than one way."""
    words = ("often", "now and then", "hardly ever", "who knows", "maybe", "=1+1")
    rows = [["School", "Agree", words[n % len(words)], str(n % 7)] for n in range(60)]
    return answers(["Where do you work?", question, "How it goes", LONG], rows)


def _spoilt(question: str):  # noqa: ANN202
    """A file some of whose answers cannot be read."""
    rows = [["School", "Agree"] for _ in range(90)] + [["School", f"<b>unreadable {n}</b>"] for n in range(9)]
    return answers(["Where do you work?", question], rows)


def _many():  # noqa: ANN202
    """A file of forty questions, some with words as long as people write them."""
    heads = [f"Statement {n}: {LONG if n % 9 == 0 else 'I feel sure of it'}" for n in range(40)]
    return answers(heads, [["Agree" if n % 2 else "Disagree"] * 40 for n in range(30)])


def _version(things: Things, code: str) -> int:
    return Wave.objects.get(survey__slug=things["survey:staff"], code=code).version


def _file(things: Things) -> Upload:
    return Upload("answers.csv", simple({"School": (10, 30)}, things["question"]).getvalue())


def wave_body(things: Things) -> Body:
    """A wave as somebody brings it in."""
    return {"label": "A new one", "opens": "2026-01-01", "closes": "2026-02-01", "file": _file(things)}


def figures_body(things: Things) -> Body:
    """Printed figures as somebody pastes them."""
    table = PRINTED.format(item=things["item:asked"])
    return {"label": "2019", "answered": "138", "source": "Page 9", "table": table}


def groups_body(things: Things) -> Body:
    """Groups as somebody chooses them."""
    return {"version": str(_survey_version(things)), "groups": [PLACE], "mix": ""}


def _survey_version(things: Things) -> int:
    from goldenthread.thread.survey.models import Survey  # noqa: PLC0415

    return Survey.objects.get(slug=things["survey:staff"]).version


def version_of(key: str):  # noqa: ANN201 - a maker of forms
    """A form that says only which version of a wave somebody saw."""
    return lambda things: {"version": str(_version(things, things[key]))}


def judged(things: Things) -> Body:
    """A decision about two waves."""
    pair = f"{things['wave:first']}/{things['wave:ready']}"
    return {"do": "judge", "pair": pair, "comparable": "yes", "because": "The same in other words."}


def judged_without_reason(things: Things) -> Body:
    """A decision that lacks its reason."""
    return {**judged(things), "comparable": "no", "because": ""}


STAFF = {"survey": "survey:staff"}


def wave(key: str) -> dict[str, str]:
    """The parameters of a wave of the survey."""
    return {"survey": "survey:staff", "wave": f"wave:{key}"}


def item(key: str) -> dict[str, str]:
    """The parameters of an item of the survey."""
    return {"survey": "survey:staff", "item": f"item:{key}"}


STATES = (
    State("surveys", "several"),
    State("surveys", "none yet", area="emptyton"),
    State("survey-new", "before anything is typed"),
    State("survey-new", "sent empty", sends=nothing),
    State(
        "survey-new",
        "rules without their reason",
        sends=sending(title="S", people="staff", preset_name="open-data"),
    ),
    State("survey", "waves in every state", STAFF),
    State("survey", "no waves yet", {"survey": "survey:new"}),
    State("survey", "one wave, ready", {"survey": "survey:other"}),
    State("survey", "one wave, to be looked at", STAFF, area="begunton"),
    State("wave-new", "before anything is typed", STAFF),
    State("wave-new", "sent empty", STAFF, sends=nothing),
    State(
        "wave-new",
        "a name that is taken",
        STAFF,
        sends=lambda t: {**wave_body(t), "label": f"{t['season']} 2025"},
    ),
    State("figures-new", "before anything is typed", STAFF),
    State("figures-new", "sent empty", STAFF, sends=nothing),
    State("figures-template", "a table to fill in", STAFF, shown=False),
    State("figures", "checked, one impossible", wave("printed")),
    State("figures", "accepted", wave("published")),
    State("groups", "some to choose from", STAFF),
    State("groups", "nothing to choose from yet", {"survey": "survey:new"}),
    State(
        "groups",
        "a mix that is no group",
        STAFF,
        sends=lambda t: {**groups_body(t), "groups": [], "mix": PLACE},
    ),
    State("crosswalk", "linked, once, reworded, decided", STAFF),
    State("crosswalk", "only the reworded", STAFF, query="show=reworded"),
    State("crosswalk", "nothing to link yet", {"survey": "survey:new"}),
    State("crosswalk-item", "in two waves", item("asked")),
    State("crosswalk-item", "in one wave", item("once")),
    State("crosswalk-item", "decided", item("reworded")),
    State(
        "crosswalk-item",
        "decided otherwise meanwhile",
        item("reworded"),
        sends=judged_without_reason,
        status=409,
    ),
    State("columns", "some want an eye", wave("mapping")),
    State("columns", "read and ready", wave("ready")),
    State("columns", "forty of them", wave("long")),
    State("columns", "one of forty opened", wave("long"), query="open=column-b"),
    State("columns", "somebody was there first", wave("mapping"), sends=sending(version="1"), status=409),
    State("problems", "answers that could not be read", wave("checking")),
    State("problems", "none", wave("clean")),
    State("problems", "accepted", wave("ready")),
    State("problems", "of printed figures", wave("published"), status=302, shown=False),
    State("problems", "somebody was there first", wave("checking"), sends=sending(version="1")),
    State("problem-file", "answers that could not be read", wave("checking"), shown=False),
    State(
        "question",
        "leads on to its item",
        {**wave("ready"), "question": "question:first"},
        status=302,
        shown=False,
    ),
    State("wave-read", "only pressed", wave("unforeseen"), status=302, shown=False),
    State("wave-replace", "before a file is chosen", wave("ready")),
    State("wave-replace", "sent empty", wave("ready"), sends=nothing),
    State("wave-drop", "asked", wave("ready")),
)

SENDS = (
    Send("survey-new", sending(title="Another survey", people="staff", preset_name="staff-survey")),
    Send("wave-new", wave_body, STAFF),
    Send("figures-new", figures_body, STAFF),
    Send("groups", groups_body, STAFF),
    Send("crosswalk-item", judged, item("asked")),
    Send("columns", version_of("wave:mapping"), wave("mapping")),
    Send("problems", version_of("wave:checking"), wave("checking")),
    Send("figures", version_of("wave:printed"), wave("printed")),
    Send("wave-read", version_of("wave:unforeseen"), wave("unforeseen")),
    Send(
        "wave-replace",
        lambda t: {**version_of("wave:ready")(t), "file": _file(t)},
        wave("ready"),
    ),
    Send("wave-drop", nothing, wave("mapping")),
)
