"""What is declared of each address: who gets which answer, and which headers every answer carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.web.states.answers import Answer, Asked
from tests.web.states.callers import NOT_SIGNED_IN
from tests.web.states.inventory import Url
from tests.web.states.model import At, State, Things, given, located
from tests.web.states.signing_in import ANSWERS

from goldenthread.ground.people.roles import roles
from goldenthread.web.access import ANYONE, NEVER, SIGNED_IN

CACHED = {"area_colour": "its address holds the colour, so that it never changes and tells nothing"}
LEADS_ON = {
    "crosswalk-item": "an item that is gone was linked to another: the crosswalk shows to which",
    "build-ask": "only pressed: the page with the button says what is wrong",
    "invitation-withdraw": "only pressed",
    "national-register-discard": "only pressed",
    "staff-register-discard": "only pressed",
}
"""Where a thing that is not there leads on to the page above instead of “there is no such page”."""

FILES_MAY = "survey.change"
"""Who may have the kept file that the registry asks for: answers of a wave."""


def reads(url: Url, who: str, state: State) -> int:
    """The status of reading a thing that is there."""
    if not url.ours:
        answers = ANSWERS[url.name]
        return answers.nobody if who in NOT_SIGNED_IN else answers.member
    refusal = refused(url, who, url.rule)
    if refusal:
        return refusal
    if url.name == "start" and who == "ended":
        return 404
    if url.name == "kept-file" and FILES_MAY not in roles()[who].may:
        return 404
    return state.status


def refused(url: Url, who: str, wanted: str) -> int:
    """The status with which somebody is refused whatever they ask for; 0 where they are let in."""
    if url.rule == ANYONE:
        return 0
    if who in NOT_SIGNED_IN:
        return 302
    if url.rule == SIGNED_IN:
        return 0
    if who in ("stranger", "ended"):
        return 404
    may = roles()[who].may
    return 0 if url.rule in may and wanted in may else 403


def sends(url: Url, who: str, status: int) -> int:
    """The status of sending a form about a thing that is there; ``status`` where all is well."""
    if url.post == NEVER:
        return 405
    return refused(url, who, url.post) or status


def missing(url: Url) -> frozenset[int]:
    """The statuses with which somebody let in is told that a thing is not there."""
    if url.name == "join":
        return frozenset((410,))
    return frozenset((404, 302)) if url.name in LEADS_ON else frozenset((404,))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a thing of others' would be, and where in its place is one that is nowhere."""

    foreign: Asked
    nowhere: Asked


def places(url: Url, at: At, own: Things, twin: Things) -> tuple[Asked, list[Elsewhere]]:
    """Where a thing is; and each way in which another could stand in its address.

    All of the twin's things, each of them alone, and the things in the survey beside; for a link that
    proves an invitation, those that prove none any more.
    """
    mine, theirs = given(at, own), given(at, {**own, **twin})
    names = [name for name, key in at.items() if _foreign(key, own, twin)]
    swaps = [names, *([name] for name in names)] if len(names) > 1 else [names] if names else []
    others = [({}, {name: theirs[name] for name in swap}) for swap in swaps]
    if len(names) > 1 and "survey" in names:
        beside = {"survey": own["survey:other"]}
        others.append((beside, {name: mine[name] for name in names if name != "survey"}))
    if at.get("token"):
        others = [({}, {"token": own[f"token:{why}"]}) for why in ("used", "expired", "withdrawn")]
    elsewhere = [
        Elsewhere(
            _asked(url, {**mine, **under, **other}, own),
            _asked(url, {**mine, **under, **{name: _nowhere(at[name], mine[name]) for name in other}}, own),
        )
        for under, other in others
    ]
    return _asked(url, mine, own), elsewhere


def _asked(url: Url, kwargs: Mapping[str, object], own: Things) -> Asked:
    names = tuple(str(value) for value in kwargs.values() if isinstance(value, str) and len(value) > 5)
    return Asked(located(url.name, kwargs, own["slug"]), names)


def _foreign(key: str, own: Things, twin: Things) -> bool:
    """Whether the twin has such a thing, and it is not by chance called as one of our own."""
    kind = key.partition(":")[0]
    if key.startswith("=") or kind in ("token", "uid", "key") or key not in twin:
        return False
    return twin[key] not in {value for name, value in own.items() if name.partition(":")[0] == kind}


def _nowhere(key: str, value: object) -> object:
    if isinstance(value, int):
        return 987_654
    return {"kept": "0" * 32, "token": "x" * 22}.get(key.partition(":")[0], "no-such-thing")


def wrong_headers(answer: Answer, url: str) -> list[str]:
    """What an answer's headers lack."""
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    kept = headers.get("Cache-Control", "")
    wanted = {
        "a policy without unsafe-inline and unsafe-eval": policy and "unsafe-" not in policy,
        "default-src 'self'": "default-src 'self'" in policy,
        "frame-ancestors 'none'": "frame-ancestors 'none'" in policy,
        "object-src, base-uri 'none'": "object-src 'none'" in policy and "base-uri 'none'" in policy,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "a referrer policy": headers.get("Referrer-Policy") == "same-origin",
        "kept by no cache": ("no-store" in kept and "private" in kept) or url in CACHED,
    }
    return [f"lacks: {name}" for name, holds in wanted.items() if not holds]
