"""Every page in every state can be used by everybody: by sight, by keyboard, enlarged, without scripts.

The pages come from the resolver and the states from the registry (tests/web/states), made by the
application's own commands in an installation that is really served, and looked at in Chromium. Of each:

- axe-core finds nothing (WCAG 2.2 A and AA, and its best practice);
- Tab reaches every control, each shows that it is reached, and nothing covers it;
- at 320 px, and at 400 %, nothing scrolls sideways, no text is cut off, none stands on other text, no
  control is smaller than 24 px (but in text, or with that much room), and nothing that stays in place
  fills the window;
- the same with text spaced out as WCAG 1.4.12 says.

And the journeys from signing in to a report, its crosswalk and its downloads are walked without scripts.

With --all: in every state, at both widths, in dark and in forced colours too, by keyboard at both; and once
for each role that sees another page. The small run looks at each URL in the one state that shows most.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from shutil import which
from typing import TYPE_CHECKING

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from tests.served.installation import AREA, Installation, nothing_yet
from tests.served.server import served

if TYPE_CHECKING:
    from tests.web.states.model import State
    from tests.web.states.world import World

AT_ONCE = 2
EVER_NEW = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|[\w-]+@anyshire\.example|[\w -]+ of Anyshire</'
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong, and where."""

    url: str
    state: str
    who: str
    rule: str
    element: str

    def __str__(self) -> str:
        return f"{self.url} | {self.state} | {self.who} | {self.rule} | {self.element}"


def looked_at(address: str, world: World, states: list[State], *, full: bool) -> list[Fault]:
    """Look at all of it, several at once; the faults."""
    waiting: SimpleQueue[State] = SimpleQueue()
    for state in states:
        waiting.put(state)
    with ThreadPoolExecutor(AT_ONCE) as together:
        some = [together.submit(_look, address, world, waiting, full) for _ in range(AT_ONCE)]
    return [fault for each in some for fault in each.result()]


def _look(address: str, world: World, waiting: SimpleQueue[State], full: bool) -> list[Fault]:  # noqa: FBT001
    from tests.served.browser import chromium  # noqa: PLC0415 - only where Playwright is there

    found: list[Fault] = []
    with chromium() as browser:
        while True:
            try:
                state = waiting.get_nowait()
            except Empty:
                return found
            if waiting.qsize() % 50 == 49:
                print(f"{waiting.qsize() + 1} pages to go", flush=True)
            for fault in _faults(browser, address, world, state, full=full):
                print(fault, flush=True)
                found.append(fault)


def _faults(browser: object, address: str, world: World, state: State, *, full: bool) -> Iterator[Fault]:
    from tests.web.states.callers import calling  # noqa: PLC0415
    from tests.web.states.eyes import Eyes, browsing, sent  # noqa: PLC0415
    from tests.web.states.model import address as located  # noqa: PLC0415

    things = world.things(state.area)
    client = calling(state.who, state.area if things else AREA)
    context = browsing(browser, address, {name: each.value for name, each in client.cookies.items()})  # type: ignore[arg-type]
    page = context.new_page()
    path = located(state.url, state.at, things, slug=state.area, query=state.query)
    if state.sends:
        status = sent(page, path, state.sends(things))
    else:
        answer = page.goto(path)
        status = answer.status if answer else 0
    told = (state.url, state.name, state.who)
    if status != state.status:
        yield Fault(*told, "status", f"{status}, declared {state.status}")
    for rule, element in Eyes(page).look(full=full):
        yield Fault(*told, rule, element)
    context.close()


def chosen(world: World, *, full: bool) -> list[State]:
    """The states to look at: of each URL the first, which shows most; with ``full`` all, for each role."""
    from tests.web.states.registry import STATES  # noqa: PLC0415

    shown = [state for state in STATES if state.shown]
    if full:
        return [each for state in shown for each in _as_others_see(world, state)]
    return list({state.url: state for state in reversed(shown)}.values())[::-1]


def _as_others_see(world: World, state: State) -> Iterator[State]:
    """A state, and again for each role to which it is another page; being refused is a state of its own."""
    from tests.web.states.callers import calling  # noqa: PLC0415
    from tests.web.states.model import address  # noqa: PLC0415

    from goldenthread.ground.people.roles import roles  # noqa: PLC0415

    yield state
    if state.who != "lead" or state.sends or state.area != AREA:
        return
    seen = set()
    path = address(state.url, state.at, world.things(state.area), slug=state.area, query=state.query)
    for who in roles():
        answer = calling(who).get(path)
        page = hashlib.sha256(EVER_NEW.sub(b"", answer.content)).digest()
        if page not in seen and who != "lead" and answer.status_code == state.status:
            yield replace(state, who=who)
        seen.add(page)


def walked(folder: Path) -> list[str]:
    """The journeys without scripts, in an installation with its worker; what was done."""
    from tests.journeys.whole import walk  # noqa: PLC0415
    from tests.served.browser import chromium  # noqa: PLC0415

    with nothing_yet(folder / "home", server="") as here:
        here.found()
        with served(here) as server, chromium() as browser:
            context = browser.new_context(base_url=server.address, java_script_enabled=False)
            return walk(context.new_page(), folder)


def prove(here: Installation, *, full: bool) -> dict[str, object]:
    """Look and walk; what it came to. What waits for a worker goes on waiting while it is looked at."""
    here.enter()
    from django.test.utils import override_settings  # noqa: PLC0415
    from tests.web.states.registry import faults  # noqa: PLC0415
    from tests.web.states.world import QUICK, make_world  # noqa: PLC0415

    lacking = faults()
    print(*lacking, sep="\n")
    with override_settings(**QUICK):
        world = make_world()
        states = chosen(world, full=full)
        with served(here, beside=()) as server:
            found = looked_at(server.address, world, states, full=full)
    with tempfile.TemporaryDirectory() as folder:
        journeys = walked(Path(folder))
    urls = len({state.url for state in states})
    counts = {
        "urls": urls,
        "pages": len(states),
        "journeys": len(journeys),
        "wrong": len(found) + len(lacking),
    }
    return {"proof": "access", "holds": not found and not lacking, **counts}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--all", action="store_true", help="every state, in every look, for every role")
    given = arguments.parse_args()
    if which("chromium") is None:
        print(json.dumps({"proof": "access", "holds": None, "because": "needs Chromium"}))
        return 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, nothing_yet(Path(folder) / "home", server="") as here:
        answer = prove(here, full=given.all)
    print(json.dumps({**answer, "seconds": round(time.monotonic() - started)}))
    return 0 if answer["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
