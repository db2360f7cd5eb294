"""Five areas in which every state of the registry stands, made by the application's own commands.

Anyshire is asked; Otherton is its twin, whose things Anyshire must not see; nothing stands in Emptyton;
Begunton has its first wave; in Codeton the lead must give a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.states import asked, asking, callers, finding, lists, people, places, pupils
from tests.web.states.model import Things

from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.commands import ask_second_factors
from goldenthread.ground.people.setup import found_area

FULL = (
    ("anyshire", "I can use signs", "Spring"),
    ("otherton", "I can plan for autism", "Autumn"),
)

QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "ALLOWED_HOSTS": ["*"],
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
}
"""Settings for making a world: forty people's passwords would take longer than all the rest, and codes are
not sent where mail is written to files."""


@dataclass(frozen=True, slots=True)
class World:
    """What stands in each area, by its slug."""

    areas: dict[str, Things]

    def things(self, slug: str) -> Things:
        """The things of an area; none where there is no such area."""
        return self.areas.get(slug, {})


def make_world(*, builds: bool = True) -> World:
    """All of it, in an empty database and home; without ``builds`` nothing is found, which is quicker."""
    now = timezone.now()
    areas = {}
    for slug, question, season in FULL:
        by, things = _founded(slug, now, question=question, season=season)
        install_lists(by=by, now=now)
        for room in (lists, places, pupils, people, asking, asked, *([finding] if builds else [])):
            room.make(by, now, things)
        areas[slug] = things
        if slug == "anyshire":
            people.ended(by, now, things)
    areas["emptyton"] = _founded("emptyton", now)[1]
    by, areas["begunton"] = _founded("begunton", now)
    asking.begin(by, now, areas["begunton"])
    by, areas["codeton"] = _founded("codeton", now)
    ask_second_factors(by=by, now=now, wanted=frozenset({"lead"}))
    callers.make(areas["anyshire"], now)
    # their work is done here or never will be: nobody is to be told that the worker is late
    DBTaskResult.objects.all().delete()
    return World(areas)


def _founded(slug: str, now: datetime, **more: object) -> tuple[Actor, Things]:
    by, _ = found_area(slug=slug, name=slug.title(), password=people.PASSWORD, now=now)
    return by, {"slug": slug, "name": slug.title(), "id": by.area, "now": now, **more}
