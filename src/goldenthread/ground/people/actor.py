"""Who is acting, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.ground.people.roles import roles


class NotAllowed(Exception):  # noqa: N818 - an answer, not a failure of ours
    """This person may not do this. The message is one sentence for them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one area, with the roles it holds there now."""

    account: int
    name: str
    area: int
    roles: frozenset[str]

    def may(self, what: str) -> bool:
        """Whether any of their roles may do ``what``."""
        return any(what in roles()[role].may for role in self.roles if role in roles())


def require(by: Actor, what: str, *, area: int) -> None:
    """Nothing, where ``by`` may do ``what`` in ``area``. Raises NotAllowed."""
    if by.area != area or not by.may(what):
        raise NotAllowed(f"Your role does not allow this ({what}). Ask the workforce lead of your area.")
