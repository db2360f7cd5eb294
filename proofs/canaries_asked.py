"""Hostile text in a wave that is asked here: in its questions, its links, and in what people answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from goldenthread.analysis.definition.model import Kind
from goldenthread.thread.survey.asking import commands, inviting, queries
from goldenthread.thread.survey.asking.amending import At, Correction, amend
from goldenthread.thread.survey.asking.commands import Place, Plan
from goldenthread.thread.survey.asking.submit import Sending, submit
from goldenthread.thread.survey.editing.draft import read_draft
from goldenthread.thread.survey.editing.questions import Wording, add_question
from goldenthread.thread.survey.editing.sections import add_section

if TYPE_CHECKING:
    from canaries_in import World

SENT = 12


def ask(world: World, survey: str) -> None:
    """Two waves that begin alike: one open and half answered, one closed and read."""
    for state in ("open", "shut"):
        code = _begin(world, survey, state)
        if code and _opened(world, survey, code):
            _answer(world, survey, code)
            if state == "open":
                _correct(world, survey, code)
            if state == "shut":
                world.try_to(
                    "close",
                    lambda c=code: commands.close(by=world.by, now=timezone.now(), survey=survey, wave=c),
                )
    _invite(world, survey)


def _invite(world: World, survey: str) -> None:
    """A wave with personal codes, open, with people whose names and addresses are hostile."""
    now = timezone.now()
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=9))
    plan = Plan(f"codes {world.own(40)}", *days, mode="personal-code")
    code = world.try_to("ask", lambda: commands.begin(by=world.by, now=now, survey=survey, plan=plan))
    place = inviting.Place(survey, code or "")
    name = world.fits(100).replace('"', '""')
    address = f'"""<b/data-canary>{world.tag}""@anyshire.example"'
    data = f'address,name\n{address},"{name}"\n'.encode()
    world.try_to(
        "invite",
        lambda: inviting.add_people(by=world.by, now=now, place=place, data=data, name=world.fits(60)),
    )


def _begin(world: World, survey: str, state: str) -> str | None:
    now = timezone.now()
    plan = Plan(f"{state} {world.own(40)}", now.date() - timedelta(days=1), now.date() + timedelta(days=9))
    code = world.try_to("ask", lambda: commands.begin(by=world.by, now=now, survey=survey, plan=plan))
    for wording in _wordings(world) if code else ():
        _edit(world, survey, code or "", wording)
    return code


def _wordings(world: World) -> list[Wording | None]:
    said, label = world.fits(300), world.fits(50)
    answers = (world.fits(70), "Plain", world.fits(60) + " else")
    return [
        None,
        Wording(Kind.SINGLE, said, label, world.fits(40), answers, other=True),
        Wording(Kind.MATRIX, said, rows=(said, "Plain"), scale="agreement", not_my_role=True),
        Wording(Kind.LONG_TEXT, said),
    ]


def _edit(world: World, survey: str, wave: str, wording: Wording | None) -> None:
    found = queries.asking(world.by.area, survey, wave)
    place = Place(survey, wave, found.version if found else 0)
    if wording is None:
        change = lambda whole: add_section(whole, world.fits(100))  # noqa: E731
    else:
        change = lambda whole: add_question(whole, "s1", wording)  # noqa: E731
    words = f"added {world.fits(80)}"
    world.try_to(
        "edit",
        lambda: commands.edit(by=world.by, now=timezone.now(), place=place, change=change, words=words),
    )


def _opened(world: World, survey: str, wave: str) -> bool:
    found = queries.asking(world.by.area, survey, wave)
    version = found.version if found else 0
    now = timezone.now()
    done = world.try_to(
        "open",
        lambda: commands.open_wave(by=world.by, now=now, survey=survey, wave=wave, version=version) or True,
    )
    world.try_to(
        "link",
        lambda: commands.add_channel(by=world.by, now=now, survey=survey, wave=wave, label=world.fits(70)),
    )
    return bool(done)


def _correct(world: World, survey: str, wave: str) -> None:
    """The words of every question corrected; hostile text stands before and after."""
    found = queries.asking(world.by.area, survey, wave)
    for question in read_draft(found.draft, title="", name="").whole.questions if found else ():
        said = Correction(At(question.id), world.own(200), comparable=False, because=world.fits(200))
        version = getattr(queries.asking(world.by.area, survey, wave), "version", 0)
        place = Place(survey, wave, version)
        world.try_to(
            "correct",
            lambda p=place, s=said: amend(by=world.by, now=timezone.now(), place=p, correction=s),
        )


def _answer(world: World, survey: str, wave: str) -> None:
    found = queries.asking(world.by.area, survey, wave)
    if found is None:
        return
    whole = read_draft(found.draft, title="", name="").whole
    words = {question.id: world.fits(400) for question in whole.questions if question.kind is Kind.LONG_TEXT}
    for number in range(SENT):
        sending = Sending(found.channels[0].code, f"{world.tag}-{wave}-{number}", words)
        submit(sending=sending, today=timezone.localdate())
