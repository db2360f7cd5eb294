"""Writes hostile text wherever somebody can write text, by the commands of the pages and the worker.

Imported inside an installation that is being served (``tests.served.installation``). ``main`` prints, as
its last line, which text fields of our tables hold a canary, and in which texts were refused.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import canaries_asked
from django.apps import apps
from django.db import models
from django.urls import get_resolver
from django.utils import timezone
from payloads import MARK, PAYLOADS
from tests.served.installation import AREA, PASSWORD

from goldenthread.analysis.definition.model import Kind
from goldenthread.ground.headcount import commands as headcount
from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.headcount.plan import plan_counts
from goldenthread.ground.lists import commands as lists
from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.fields import FieldKind
from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.lists.queries import all_lists, entries
from goldenthread.ground.organisations import bring_in as national
from goldenthread.ground.organisations import commands as organisations
from goldenthread.ground.organisations.columns import REGISTER
from goldenthread.ground.organisations.commands import OrganisationGiven
from goldenthread.ground.people import commands as accounts
from goldenthread.ground.people import invitations, posts, staff
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.register import commands as registers
from goldenthread.ground.people.register.queries import plan_of
from goldenthread.ground.people.roles import roles
from goldenthread.ground.people.setup import found_area
from goldenthread.ground.pupils import commands as pupils
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.ground.pupils.queries import NEED_TYPES
from goldenthread.ground.refused import Refused
from goldenthread.thread.finding import commands as finding
from goldenthread.thread.finding import queries as builds
from goldenthread.thread.survey import commands as surveys
from goldenthread.thread.survey import corrections, queries
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.thread.survey.plans import choice_from_plain
from goldenthread.thread.survey.queries import Decision, Place
from goldenthread.thread.survey.recodes import Meaning

PATIENCE = 300
SCALE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
PEOPLE = 60
Done = TypeVar("Done")


@dataclass
class World:
    """Somebody who writes ``text`` everywhere; ``tag`` keeps the names of one round from another's."""

    by: Actor
    text: str
    tag: str
    refused: list[str] = field(default_factory=list)

    def fits(self, most: int) -> str:
        """The text, as long as a field may hold."""
        return self.text[:most]

    def own(self, most: int) -> str:
        """The text with the round's tag at its end, for names that must differ."""
        return self.text[: most - len(self.tag) - 1] + f" {self.tag}"

    def try_to(self, what: str, work: Callable[[], Done]) -> Done | None:
        """Do it; None where it is refused in words, which is noted."""
        try:
            return work()
        except Refused as refused:
            self.refused.append(f"{what}: {refused}")
            return None


def main(*names: str) -> None:
    """A round of texts by name (one of PAYLOADS, or a text itself) each."""
    by, _ = found_area(slug=AREA, name=PAYLOADS["image"], password=PASSWORD, now=timezone.now())
    install_lists(by=by, now=timezone.now())
    refused: list[str] = []
    for name in names:
        world = World(by, PAYLOADS.get(name, name), f"r{int(time.time() * 1000) % 10**9}")
        for step in (_lists, _accounts, _organisations, _headcount, _pupils, _staff, _survey):
            step(world)
        refused += world.refused
    print(json.dumps({"held": held(), "refused": refused, "roles": list(roles()), "routes": routes()}))


def routes() -> list[str]:
    """Every address of the application as a pattern, in the order they are tried."""
    found = []

    def walk(patterns: list[Any], begins: str) -> None:
        for each in patterns:
            here = begins + each.pattern.regex.pattern.removeprefix("^").removesuffix("\\Z").removesuffix("$")
            walk(each.url_patterns, here) if hasattr(each, "url_patterns") else found.append(here)

    walk(get_resolver().url_patterns, "")
    return found


def held() -> dict[str, bool]:
    """Every text field of our tables, and whether any row holds a canary in it."""
    return {
        f"{model._meta.label}.{each.name}": _holds(model, each.name)  # noqa: SLF001 - Django's own way
        for model in apps.get_models()
        if model.__module__.startswith("goldenthread.")
        for each in model._meta.get_fields()  # noqa: SLF001
        if isinstance(each, models.CharField | models.TextField | models.JSONField)
    }


def _holds(model: type[models.Model], name: str) -> bool:
    rows = model._default_manager.values_list(name, flat=True)  # noqa: SLF001
    return any(MARK in json.dumps(value, default=str).lower() for value in rows)


def _lists(world: World) -> None:
    by, now = world.by, timezone.now()
    given = lists.ListGiven(world.own(120), world.fits(400), world.fits(300))
    made = world.try_to("list", lambda: lists.add_list(by=by, now=now, given=given))
    for code in filter(None, (made, "roles")):
        entry = EntryGiven(
            world.own(200), aliases=(world.fits(100), f"two {world.tag}"), source=world.fits(300)
        )
        world.try_to("entry", lambda c=code, e=entry: lists.add_entry(by=by, now=now, code=c, given=e))
    for held in all_lists(by.area, on=now.date()):
        for own in (each for each in held.fields if each.kind is FieldKind.TEXT):
            entry = EntryGiven(f"{own.code} {world.tag}", data={own.code: world.fits(300)})
            world.try_to(
                "entry data", lambda e=entry, c=held.code: lists.add_entry(by=by, now=now, code=c, given=e)
            )


def _accounts(world: World) -> None:
    by, now, tag = world.by, timezone.now(), world.tag
    for email in (
        f'"<b/data-canary>{tag}"@anyshire.example',
        world.fits(200),
        f"{tag}canary@anyshire.example",
    ):
        links: list[str] = []

        def link(token: str, links: list[str] = links) -> str:
            links.append(token)
            return f"https://anyshire.example/join/{token}/"

        invited = world.try_to(
            "invitation",
            lambda e=email: invitations.invite(by=by, now=now, email=e, role="practitioner", link=link),
        )
        if invited and email.startswith(tag):
            world.try_to(
                "account",
                lambda t=links[0]: invitations.accept(
                    now=now, token=t, name=world.fits(120), password=PASSWORD
                ),
            )
    given = world.try_to(
        "role",
        lambda: accounts.give_role(
            by=by, now=now, email=f"{tag}@anyshire.example", name=world.fits(120), role="analyst"
        ),
    )
    world.try_to("role", lambda: accounts.add_role(by=by, now=now, account=given or 0, role=world.fits(40)))


def _organisations(world: World) -> None:
    by, now = world.by, timezone.now()
    given = OrganisationGiven(
        name=world.own(200), kind="school", trust=world.fits(200), town=world.fits(100), postcode="CA1 2RY"
    )
    made = world.try_to("organisation", lambda: organisations.add_organisation(by=by, now=now, given=given))
    for name in ("postcode", "urn", "la", "kind", "phase"):
        bad = replace(given, name=f"{name} {world.tag}", **{name: world.fits(10)})
        world.try_to(name, lambda b=bad: organisations.add_organisation(by=by, now=now, given=b))
    if made:
        organisations.record_basis(
            by=by, now=now, organisation=made, version=1, basis="public-task", note=world.fits(300)
        )
    _national(world)


def _national(world: World) -> None:
    """A national register: a row that can be taken in with hostile words, and one of hostile codes."""
    by, now, urn = world.by, timezone.now(), str(int(world.tag[1:]) % 900_000 + 100_000)
    plain = {"urn": urn, "la": "998", "number": "2001", "type_code": "1", "type_name": "Community school"}
    plain |= {"status_code": "1", "status_name": "Open", "phase_code": "2", "phase_name": "Primary"}
    words = dict.fromkeys(("name", "trust", "town"), world.fits(90))
    hostile = dict.fromkeys(REGISTER, world.fits(90)) | {"la": "998", "urn": str(int(urn) + 1)}
    file = _csv(list(REGISTER.values()), [plain | words | {"postcode": "CA1 2RY"}, hostile], list(REGISTER))
    for take in (True, False):
        upload = world.try_to(
            "register",
            lambda: national.keep_upload(
                by=by, now=now, file=io.BytesIO(file), name=f"{world.fits(60)}.csv", authorities=("998",)
            ),
        )
        plan = world.try_to("register", lambda u=upload: national.plan_of(by.area, u or 0, now=now))
        if take and upload and plan:
            world.try_to(
                "register",
                lambda u=upload, p=plan: national.bring_in(by=by, now=now, upload=u, shown=p.fingerprint),
            )


def _headcount(world: World) -> None:
    by, now = world.by, timezone.now()
    number = int(world.tag[1:]) % 9000 + 10
    day = date(2020 + number % 6, 1 + number % 12, 1 + number % 28)
    world.try_to(
        "count",
        lambda: headcount.add_count(by=by, now=now, given=CountGiven(number, day, world.fits(300))),
    )
    rows = [{"number": str(number), "date": f"{day.replace(year=2019):%d/%m/%Y}", "source": world.fits(200)}]
    rows.append(dict.fromkeys(("number", "date", "source"), world.fits(100)))
    text = _csv(["number", "date", "source"], rows).decode()
    plan = world.try_to("counts", lambda: plan_counts(by.area, text, f"{world.fits(60)}.csv", on=now.date()))
    if plan:
        world.try_to(
            "counts",
            lambda: headcount.bring_in_counts(
                by=by, now=now, text=text, name=f"{world.fits(60)}.csv", shown=plan.fingerprint
            ),
        )


def _staff(world: World) -> None:
    """A staff register taken in, and another left waiting to be looked at."""
    by, now = world.by, timezone.now()
    name = f"The owner {world.tag}"
    owner = organisations.add_organisation(by=by, now=now, given=OrganisationGiven(name=name, kind="school"))
    organisations.record_basis(by=by, now=now, organisation=owner, version=1, basis="public-task")
    headings = ["Staff reference", "Name", "E-mail", "Role", "Tier", "Reason for tier", "Start", "Setting"]
    good = {"Staff reference": world.fits(40), "Name": world.fits(120), "Role": "SENCO", "Tier": "Tier 3"}
    good |= {"Reason for tier": world.fits(200), "Start": "01/09/2020"}
    good |= {"E-mail": f'"<b/data-canary>{world.tag}"@anyshire.example'}
    bad = dict.fromkeys(headings, world.fits(100)) | {"Staff reference": f"2 {world.tag}"}
    file = _csv(headings, [good, bad])
    for take in (True, False):
        number = world.try_to(
            "staff register",
            lambda: registers.keep_register(
                by=by,
                now=now,
                owner=owner,
                name=f"{world.fits(60)}.csv",
                stream=io.BytesIO(file),
                as_of=now.date(),
                whole=False,
            ),
        )
        plan = world.try_to("staff register", lambda n=number: plan_of(by.area, n or 0, now=now))
        if take and number and plan:
            world.try_to(
                "staff register",
                lambda n=number, p=plan: registers.take_in_register(
                    by=by, now=now, register=n, shown=p.fingerprint
                ),
            )
    _tiers(world)


def _tiers(world: World) -> None:
    by, now = world.by, timezone.now()
    for person in staff.people(by.area, staff.Filter(), on=now.date()).rows[:3]:
        for post in person.posts:
            world.try_to(
                "tier",
                lambda p=post: posts.set_tier(
                    by=by, now=now, post=p.id, tier="tier-1", reason=world.fits(200)
                ),
            )


# A survey


def _survey(world: World) -> None:
    by, now = world.by, timezone.now()
    news = SurveyNews(
        world.own(160),
        people=world.fits(60),
        preset_name="staff-survey",
        because=world.fits(300),
        more={"question": world.fits(200), "limits": [world.fits(200)]},
    )
    survey = world.try_to("survey", lambda: surveys.make_survey(by=by, now=now, news=news))
    if not survey:
        return
    other = replace(news, preset_name=world.fits(40))
    world.try_to("preset", lambda: surveys.make_survey(by=by, now=now, news=other))
    _asked(world, survey, 2019)
    for year in (2021, 2023):
        _by_columns(world, survey, year)
    _printed(world, survey, 2017)
    _waiting_and_broken(world, survey)
    _crosswalk(world, survey)
    _correct(world, survey)
    canaries_asked.ask(world, survey)
    _build(world, survey)


def _asked(world: World, survey: str, year: int) -> None:
    """A wave with a questionnaire file, hostile in every text."""
    said = json.dumps(" ".join(world.fits(80).split()).replace("\x7f", ""), ensure_ascii=True)
    said = said.replace("\\u0000", "").replace("\\ufffe", "").replace("\\uffff", "")
    answers = ", ".join(
        f'{{ code = "{n}", label = {json.dumps(label)}, net = "{"low" if n < 4 else "high"}" }}'
        for n, label in enumerate(SCALE, 1)
    )
    text = f"""id = "w{year}"
title = {said}
purpose = {said}
[scales.agree]
answers = [{answers}, {{ code = "9", label = {said}, outside = true }}]
nets = [{{ id = "low", label = {said}, side = "low" }}, {{ id = "high", label = "High", side = "high" }}]
headline = "high"
[[sections]]
id = "s"
title = {said}
[[sections.questions]]
id = "team"
kind = "single"
text = {said}
label = "Team"
item = "team"
answers = [{{ code = "a", label = {said} }}, {{ code = "b", label = "Health" }}]
[[sections.questions]]
id = "m"
kind = "matrix"
text = {said}
topic = "canary-topic"
scale = "agree"
rows = [
  {{ id = "r1", text = {said}, item = "one", label = {said} }},
  {{ id = "r2", text = "Plain", item = "two" }},
]
[[sections.questions]]
id = "more"
kind = "long-text"
text = {said}
"""
    rows = [
        {
            "team": "b" if n % 2 else "a",
            "m[r1]": SCALE[n % 5],
            "m[r2]": world.fits(90),
            "more": world.fits(200),
        }
        for n in range(PEOPLE)
    ]
    sheet = {"questionnaire": text, "questionnaire_name": f"{world.fits(90)}.toml"}
    code = _bring_in(world, survey, year, _csv(list(rows[0]), rows), **sheet)
    _accept(world, survey, code)


def _by_columns(world: World, survey: str, year: int, *, decide: bool = True) -> str | None:
    """A wave read by its columns, hostile in its headings and its answers."""
    ask = " ".join(world.fits(120).split()) or MARK
    teams = (ask[:100], "Schools", "Health")
    headings = ["Where do you work?", ask, f"I can {ask}", f"{ask} grid [one]", f"{ask} grid [two]"]
    rows = [
        dict(
            zip(
                headings,
                (teams[n % 3], ask[:100] if n % 9 == 0 else SCALE[n % 5], *[SCALE[n % 5]] * 3),
                strict=True,
            )
        )
        for n in range(PEOPLE)
    ]
    rows.append(dict.fromkeys(headings, world.fits(300)))
    code = _bring_in(world, survey, year, _csv(headings, rows))
    if code and decide and _state(world, survey, code) == "mapping":
        found = queries.reading(world.by.area, survey, code)
        if found:
            choices = [choice_from_plain(plain) for plain in found.choices]
            choices = [
                replace(each, label=f"{world.fits(150)} {n}")
                if each.kind in (Kind.SCALE, Kind.SINGLE)
                else each
                for n, each in enumerate(choices)
            ]
            world.try_to(
                "columns",
                lambda: surveys.decide(
                    by=world.by,
                    now=timezone.now(),
                    survey=survey,
                    wave=code,
                    version=found.wave.version,
                    choices=choices,
                ),
            )
            _accept(world, survey, code)
    return code


def _printed(world: World, survey: str, year: int) -> None:
    """A wave of printed figures, hostile in its words."""
    headings = ["id", "group", "kind", "part", "label", "percent", "base", "item", "answer"]
    said = world.fits(90)
    rows = [
        dict(zip(headings, ("one-high", "one", "net", "", said, "70", "100", "one", "high"), strict=True)),
        dict(zip(headings, (said, said, "share", "", said, "30", "100", said, said), strict=True)),
        dict.fromkeys(headings, said),
    ]
    code = _bring_in(world, survey, year, _csv(headings, rows), published=True, answered=100)
    _accept(world, survey, code)


def _waiting_and_broken(world: World, survey: str) -> None:
    """A wave whose columns wait to be looked at, and one that is no table at all."""
    _by_columns(world, survey, 2024, decide=False)
    _bring_in(world, survey, 2025, b'"' + world.text.encode("utf-8", "replace"))


def _bring_in(world: World, survey: str, year: int, file: bytes, **more: Any) -> str | None:  # noqa: ANN401
    label = f"{world.fits(50)} {year}"
    news = WaveNews(label, date(year, 6, 2), date(year, 7, 4), world.fits(200), code=f"w{year}", **more)
    code = world.try_to(
        "wave",
        lambda: surveys.bring_in(
            by=world.by,
            now=timezone.now(),
            survey=survey,
            news=news,
            stream=io.BytesIO(file),
            file_name=f"{world.fits(100)}.csv",
        ),
    )
    if code:
        _until(lambda: _state(world, survey, code) != "reading")
    return code


def _state(world: World, survey: str, code: str) -> str:
    found = queries.reading(world.by.area, survey, code)
    return found.wave.state if found else "gone"


def _accept(world: World, survey: str, code: str | None) -> None:
    if not code:
        return
    _until(lambda: _read(world, survey, code))
    found = queries.reading(world.by.area, survey, code)
    if found and found.wave.state == "checking":
        world.try_to(
            "accept",
            lambda: surveys.accept(
                by=world.by, now=timezone.now(), survey=survey, wave=code, version=found.wave.version
            ),
        )


def _read(world: World, survey: str, code: str) -> bool:
    found = queries.reading(world.by.area, survey, code)
    return found is None or found.wave.state != "checking" or found.wave.said == "checked"


def _crosswalk(world: World, survey: str) -> None:
    by, now = world.by, timezone.now()
    _link(world, survey, queries.crosswalk(by.area, survey))
    for row in queries.crosswalk(by.area, survey):
        if not {"w2021", "w2023"} <= {place.wave for place in row.places}:
            continue
        decision = Decision(row.item, "w2021", "w2023", comparable=False, because=world.fits(300))
        world.try_to(
            "decision", lambda d=decision: surveys.judge_link(by=by, now=now, survey=survey, decision=d)
        )
    free = Decision(world.fits(80), world.fits(20), "w2023", comparable=False, because=world.fits(300))
    world.try_to("decision", lambda: surveys.judge_link(by=by, now=now, survey=survey, decision=free))
    groups = [each for each in queries.groupable(by.area, survey) if each[0] == "where-do-you-work"]
    given = [(item, world.fits(60)) for item, _ in groups]
    for mix in (world.fits(80), given[0][0] if given else ""):
        found = queries.survey(by.area, survey)
        version = found.version if found else 0
        world.try_to(
            "groups",
            lambda m=mix, v=version: surveys.set_groups(
                by=by, now=now, survey=survey, version=v, groups=given, mix=m
            ),
        )


def _correct(world: World, survey: str) -> None:
    """A stray value decided, and another file in the place of a wave's own."""
    for what, work in (("another file", _another), ("stray value", _stray)):
        _until(lambda: _read(world, survey, "w2019"))
        found = queries.reading(world.by.area, survey, "w2019")
        if found:
            world.try_to(what, lambda w=work, v=found.wave.version: w(world, survey, v))
            _until(lambda: not _busy(world, survey, "w2019"))
            _accept(world, survey, "w2019")


def _stray(world: World, survey: str, version: int) -> None:
    decided = [Meaning("m", f"{world.fits(90)} stray", "3")]
    corrections.recode(
        by=world.by, now=timezone.now(), survey=survey, wave="w2019", version=version, decided=decided
    )


def _another(world: World, survey: str, version: int) -> None:
    rows = [
        {"team": "a", "m[r1]": SCALE[n % 5], world.fits(80) or "x": world.fits(90)} for n in range(PEOPLE)
    ]
    corrections.replace_file(
        by=world.by,
        now=timezone.now(),
        survey=survey,
        wave="w2019",
        version=version,
        stream=io.BytesIO(_csv(list(rows[0]), rows)),
        file_name=f"{world.fits(100)} again.csv",
    )


def _busy(world: World, survey: str, code: str) -> bool:
    found = queries.reading(world.by.area, survey, code)
    return bool(found and found.wave.busy)


def _pupils(world: World) -> None:
    """Numbers of pupils with a hostile source."""
    day = timezone.localdate()
    need = next(each.code for each in entries(world.by.area, NEED_TYPES, on=day) if not each.heading)
    given = PupilsGiven(day, world.fits(300), {need: 10}, None, published=False)
    world.try_to("pupils", lambda: pupils.add_pupils(by=world.by, now=timezone.now(), given=given))


def _link(world: World, survey: str, rows: Iterable[queries.CrosswalkRow]) -> None:
    """Give one question an item called by the text."""
    by, now = world.by, timezone.now()
    places = [(place, row.item) for row in rows for place in row.places if place.wave == "w2021"]
    place, was = places[-1] if places else (Place("w2021", "x", "", ""), "")
    world.try_to(
        "link",
        lambda: surveys.link(by=by, now=now, survey=survey, place=place, was=was, item=world.fits(80)),
    )


def _build(world: World, survey: str) -> None:
    number = world.try_to(
        "build", lambda: finding.ask_for_build(by=world.by, now=timezone.now(), survey=survey)
    )
    if number:
        _until(lambda: _built(world, survey, number))


def _built(world: World, survey: str, number: int) -> bool:
    found = builds.build(world.by.area, survey, number)
    if found and found.state == "failed":
        world.refused.append(f"the build: {found.said}")
    return found is None or found.state in ("done", "failed")


def _csv(headings: list[str], rows: Iterable[dict[str, str]], keys: list[str] | None = None) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([row.get(key, "") for key in keys or headings] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise RuntimeError("the worker did not end in five minutes")
        time.sleep(0.2)
