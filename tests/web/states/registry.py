"""The registry: every state of every URL, and a form for every URL that takes one.

It stands with the tests of the web because it is made of their helpers; the proofs `access` and `urls`
read it from there. A new URL adds its states, and its form, to the file of its room.
"""

from __future__ import annotations

from collections import Counter

from tests.web.states import asked, asking, finding, lists, people, places, pupils, signing_in
from tests.web.states.inventory import Url, inventory
from tests.web.states.model import Send, State

from goldenthread.web.access import NEVER

ROOMS = (people, asking, asked, finding, lists, places, pupils, signing_in)
STATES: tuple[State, ...] = tuple(state for room in ROOMS for state in room.STATES)
SENDS: tuple[Send, ...] = tuple(send for room in ROOMS for send in room.SENDS)

SENT_ELSEWHERE = {
    "mfa_authenticate": "needs the code of the moment; tests/web/components/test_signing_in.py sends it",
    "mfa_activate_totp": "needs the code of the moment; tests/web/components/test_signing_in.py sends it",
    "mfa_reauthenticate": "needs the code of the moment; tests/web/components/test_signing_in.py sends it",
    "account_reset_password_from_key": "sent at the address a link leads on to; see test_signing_in.py",
    "account_signup": "nobody signs up: it answers a form as it answers a reader",
}
READ_ONLY = frozenset(
    (
        "account_inactive",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    )
)
"""Of allauth's: they take no form."""


def faults() -> list[str]:
    """What the registry lacks, in words; nothing where it is whole."""
    urls = inventory()
    stated = {state.url for state in STATES}
    sent = {send.url for send in SENDS} | set(SENT_ELSEWHERE)
    twice = [name for name, times in Counter(map(str, STATES)).items() if times > 1]
    return [
        *(f"“{name}” has no state" for name in sorted(urls.keys() - stated)),
        *(
            f"“{name}” takes a form, and none is sent"
            for name in sorted(urls)
            if takes(urls[name]) and name not in sent
        ),
        *(f"“{name}” is no URL" for name in sorted((stated | sent) - urls.keys())),
        *(f"“{name}” declares no rule" for name in sorted(urls) if not urls[name].rule),
        *(f"two states are called “{name}”" for name in twice),
    ]


def takes(url: Url) -> bool:
    """Whether a URL takes a form at all."""
    return url.post != NEVER if url.ours else url.name not in READ_ONLY


def plain_state(name: str) -> State:
    """The state in which a URL is first met: read, and not sent."""
    return next(
        state for state in STATES if state.url == name and state.sends is None and state.area == "anyshire"
    )
