"""Somebody signed in, with a browser that keeps to what Django's own client does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client
from tests.ground.made import NOW, area, member

from goldenthread.ground.lists.install import install_lists
from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.models import Account


@dataclass(frozen=True)
class Acting:
    """A person with a role in an area, signed in."""

    client: Client
    actor: Actor
    slug: str

    def url(self, rest: str) -> str:
        """The address of a page of their area."""
        return f"/{self.slug}/{rest}"

    def get(self, rest: str, status: int = 200) -> str:
        """The page, which must come with ``status``."""
        answer = self.client.get(self.url(rest))
        assert answer.status_code == status, (rest, answer.status_code)
        return answer.content.decode()

    def post(self, rest: str, data: dict[str, object], status: int = 302) -> str:
        """What comes of sending a form; a page it leads on to is fetched."""
        answer = self.client.post(self.url(rest), data)
        assert answer.status_code == status, (rest, answer.status_code, answer.content.decode()[:2000])
        if status != 302:
            return answer.content.decode()
        return self.client.get(answer.headers["Location"]).content.decode()


def signed_in(actor: Actor, slug: str) -> Acting:
    """``actor`` as somebody signed in."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account))
    return Acting(client, actor, slug)


def acting(role: str = "lead", slug: str = "anyshire", *, lists: bool = True) -> Acting:
    """Somebody with ``role`` in a new area called ``slug``, with the lists that we ship."""
    where = area(slug)
    if lists:
        install_lists(by=member(where, "lead", f"first@{slug}.example"), now=NOW)
    return signed_in(member(where, role), slug)


def beside(other: Acting, role: str) -> Acting:
    """Somebody with ``role`` in the same area as ``other``."""
    return signed_in(member(other.actor.area, role), other.slug)
