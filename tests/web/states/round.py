"""Everybody asks for everything, and what is not as declared is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import transaction
from tests.web.states.answers import Answer, Asked, Caller, unchanged
from tests.web.states.callers import calling, everybody
from tests.web.states.declared import Elsewhere, missing, places, reads, refused, sends, wrong_headers
from tests.web.states.inventory import Url, inventory
from tests.web.states.model import Body, Send, State, address
from tests.web.states.registry import SENDS, STATES, plain_state
from tests.web.states.world import World

from goldenthread.web.access import ANYONE, NEVER

METHODS = ("put", "patch", "delete", "options", "trace")
WRITES_OWN = {
    "mfa_activate_totp": ("django_session", "keeps the secret it shows until a code proves it"),
    "account_reset_password_from_key": ("django_session", "takes the link's key off the address"),
    "mfa_view_recovery_codes": ("mfa_authenticator", "allauth notes when an owner first sees their codes"),
    "mfa_download_recovery_codes": (
        "mfa_authenticator",
        "allauth notes when an owner first sees their codes",
    ),
}
"""Reading these writes to the reader's own row of one table, and to nothing else, and why."""


@dataclass
class Round:
    """One round over every URL. ``few`` ask for everything; the others, unless ``full``, for their own."""

    world: World
    few: Sequence[str]
    full: bool
    wrong: list[str]
    counts: Counter[str]
    callers: dict[str, Caller] = field(default_factory=dict)

    def go(self) -> None:
        """All of it."""
        self.callers = {who: Caller(who, calling(who)) for who in everybody()}
        for url in inventory().values():
            with unchanged(self.wrong, f"reading or being refused {url.name}"):
                self.read(url)
                self.refuse_without_token(url)
                self.refuse_methods(url)
        for send in SENDS:
            self.send(send)
        self.ask_for_a_code()
        self.stand()

    def read(self, url: Url) -> None:
        """Everybody reads the thing, those of others and one that is nowhere."""
        state = plain_state(url.name)
        here, elsewhere = self._places(url, state.at)
        for who, caller in self.callers.items():
            wanted = reads(url, who, state)
            answer = self._asked(caller, "get", url, here, wanted)
            if self.full or who in self.few:
                self._asked(caller, "head", url, here, wanted)
                let_in = not refused(url, who, url.rule) and answer.status == state.status
                self._elsewhere(caller, url, (here, answer), elsewhere, None, let_in=let_in)
            if answer.status == 302 and refused(url, who, url.rule):
                fits = answer.headers["Location"].startswith("/account/login/")
                self._expect(fits, f"{who} GET {here.path} is not led to sign in")

    def send(self, send: Send) -> None:
        """Everybody sends a form that would do something: only for those who may does it."""
        url, body = inventory()[send.url], send.body(self.world.things("anyshire"))
        here, elsewhere = self._places(url, send.at)
        may = {
            who for who in self.callers if url.ours and url.rule != ANYONE and not refused(url, who, url.post)
        }
        for who in {*may, send.who}:
            self._sent(self._caller(who), url, here, body, send)
        with unchanged(self.wrong, f"being refused to send {url.name}"):
            for who, caller in self.callers.items():
                if who in may or not url.ours or url.rule == ANYONE:
                    answer = None
                else:
                    answer = self._asked(caller, "post", url, here, sends(url, who, send.status), body)
                if elsewhere and url.ours and (self.full or who in self.few):
                    own = (here, answer) if answer else None
                    self._elsewhere(caller, url, own, elsewhere, body, let_in=answer is None)

    def _sent(self, caller: Caller, url: Url, here: Asked, body: Body, send: Send) -> None:
        cache.clear()
        answer, changed = caller.ask_and_forget(here.path, body)
        what = f"{caller.who} POST {here.path}"
        self._common(answer, url, what)
        self._expect(answer.status == send.status, f"{what}: {answer.status}, declared {send.status}")
        self._expect(changed == send.writes, f"{what} changed {'something' if changed else 'nothing'}")

    def _elsewhere(
        self,
        caller: Caller,
        url: Url,
        own: tuple[Asked, Answer] | None,
        elsewhere: list[Elsewhere],
        body: Body | None,
        *,
        let_in: bool,
    ) -> None:
        """What is others' is answered as what is nowhere; to those refused, so is what is there."""
        method = "get" if body is None else "post"
        for each in elsewhere:
            none = self._asked(caller, method, url, each.nowhere, None, body)
            found = [(each.foreign, self._asked(caller, method, url, each.foreign, None, body))]
            if let_in:
                fits = none.status in missing(url)
                self._expect(fits, f"{caller.who} {method.upper()} {each.nowhere.path}: {none.status}")
            elif own:
                found.append(own)
            for asked, answer in found:
                self.counts["compared"] += 1
                apart = answer.apart(asked, none, each.nowhere)
                told = f"{caller.who} can tell {method.upper()} {asked.path} ({answer.status})"
                self._expect(not apart, f"{told} from {each.nowhere.path} ({none.status}) by {apart}")

    def refuse_without_token(self, url: Url) -> None:
        """A form without its token changes nothing, whoever sends it."""
        path = self._here(url)
        for who in self.callers if self.full else ("lead", "nobody"):
            answer = self.callers[who].ask("post", path, {}, strict=True)
            self._common(answer, url, f"{who} POST {path} without a token")
            self._expect(answer.status == 403, f"{who} POST {path} without a token: {answer.status}")

    def refuse_methods(self, url: Url) -> None:
        """What is neither read nor sent is no method of ours; nor is sending to what is only read."""
        path, caller = self._here(url), self.callers["lead"]
        for method in METHODS if url.post != NEVER else (*METHODS, "post"):
            answer = caller.ask(method, path)
            self._common(answer, url, f"{method.upper()} {path}")
            fits = answer.status == 405 or (not url.ours and answer.status < 500)
            self._expect(fits and not answer.wrote, f"{method.upper()} {path}: {answer.status}")

    def ask_for_a_code(self) -> None:
        """The lead of an area that asks a code of them sees nothing of it without."""
        caller = Caller("a lead without a code", calling("lead", "codeton"))
        for url in inventory().values():
            if url.ours and url.in_area:
                path = address(
                    url.name, plain_state(url.name).at, self.world.things("anyshire"), slug="codeton"
                )
                answer = caller.ask("get", path)
                fits = (answer.status, answer.headers.get("Location")) == (302, "/account/2fa/")
                self._expect(fits, f"{caller.who} GET {path}: {answer.status}")

    def stand(self) -> None:
        """Every state stands as declared, and reading it changes nothing either."""
        with unchanged(self.wrong, "reading every state", but="django_session"):
            for state in STATES:
                answer = self._stands(state)
                leads = state.at.get("key", "").startswith("key:")
                wanted = 302 if leads else state.status
                self._common(answer, inventory()[state.url], str(state))
                self._expect(answer.status == wanted, f"{state}: {answer.status}, declared {wanted}")
                self.counts["states"] += 1

    def _stands(self, state: State) -> Answer:
        things = self.world.things(state.area)
        path = address(state.url, state.at, things, slug=state.area, query=state.query)
        with transaction.atomic():
            caller = self._caller(state.who, state.area)
            answer = caller.ask(
                "post" if state.sends else "get", path, state.sends(things) if state.sends else None
            )
            transaction.set_rollback(True)
        if state.sends is None:
            self._reads_only(answer, inventory()[state.url], str(state))
        return answer

    def _asked(
        self,
        caller: Caller,
        method: str,
        url: Url,
        asked: Asked,
        wanted: int | None,
        body: Body | None = None,
    ) -> Answer:
        """Ask what must not write."""
        answer = caller.ask(method, asked.path, body)
        what = f"{caller.who} {method.upper()} {asked.path}"
        self._common(answer, url, what)
        if wanted is not None:
            self._expect(answer.status == wanted, f"{what}: {answer.status}, declared {wanted}")
        self._reads_only(answer, url, what)
        return answer

    def _reads_only(self, answer: Answer, url: Url, what: str) -> None:
        own = f'"{WRITES_OWN[url.name][0]}"' if url.name in WRITES_OWN else "nothing of their own"
        written = [each for each in answer.wrote if own not in each]
        self._expect(not written, f"{what} wrote {written}")

    def _common(self, answer: Answer, url: Url, what: str) -> None:
        self.counts["requests"] += 1
        self._expect(answer.status < 500, f"{what}: {answer.status}")
        self.wrong.extend(f"{what} ({answer.status}) {fault}" for fault in wrong_headers(answer, url.name))

    def _expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.wrong.append(fault)

    def _places(self, url: Url, at: dict[str, str]) -> tuple[Asked, list[Elsewhere]]:
        cache.clear()  # how often anybody tried is counted, and everybody tries here
        return places(url, at, self.world.things("anyshire"), self.world.things("otherton"))

    def _here(self, url: Url) -> str:
        cache.clear()
        return address(url.name, plain_state(url.name).at, self.world.things("anyshire"), slug="anyshire")

    def _caller(self, who: str, area: str = "anyshire") -> Caller:
        if area == "anyshire" and who in self.callers:
            return self.callers[who]
        return Caller(who, calling(who, area if area in self.world.areas else "anyshire"))
