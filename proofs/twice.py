"""Answers sent five times at once count once, and everybody is told so.

A wave with an open link and one with personal codes are asked by a served installation. So many people
answer over HTTP; each sends the last page five times at the same moment, as whoever presses a button again
and again does. Each page must be stored exactly once, and each of the five be led to the same receipt.
Then each of so many codes is used in two windows at once: one set of answers is stored and led to the
receipt, the other window is told in words that the code was used. An answer that says that the server
failed (5xx) is never taken for stored: the proof fails where there is one.

On SQLite, and on PostgreSQL where one answers. With ``--all`` 1,000 people by each way in.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Barrier

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from answering import Respondent, is_receipt
from tests.served.installation import Installation, nothing_yet, servers
from tests.served.person import Answer
from tests.served.server import Server, served

TIMES = 5
TOLD = "This code has been used"
SMALL, ALL = 30, 1000


@dataclass
class Found:
    """What was counted; all after ``stored`` must be 0."""

    people: int = 0
    sent: int = 0
    receipts: int = 0
    told: int = 0
    stored: int = 0
    more_or_less: int = 0
    unclear: int = 0
    failed: int = 0

    @property
    def holds(self) -> bool:
        """Whether each is stored once, and everybody was answered clearly."""
        return (
            self.people > 0
            and self.stored == self.people
            and not (self.more_or_less + self.unclear + self.failed)
        )


def main() -> int:
    """Prove it on every kind of database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="1,000 people by each way in, on each database")
    many = ALL if parser.parse_known_args()[0].all else SMALL
    databases, found = servers(), Found()
    for server in databases.values():
        with (
            tempfile.TemporaryDirectory() as folder,
            nothing_yet(Path(folder) / "home", server=server) as here,
        ):
            here.found()
            prove(here, many, found)
    holds = found.holds
    print(json.dumps({"proof": "twice", "holds": holds, "on": " and ".join(databases), **asdict(found)}))
    return 0 if holds else 1


def prove(here: Installation, many: int, found: Found) -> None:
    """By an open link, by codes, and by codes in two windows."""
    link = here.do("asking_in", "begin", "open-link")
    coded = here.do("asking_in", "begin", "personal-code")
    codes = here.do("asking_in", "mint", coded["survey"], str(2 * many))
    with served(here, beside=()) as server:
        count(here, link, found, lambda: every(server, link["path"], [("", "")] * many, found))
        count(
            here,
            coded,
            found,
            lambda: every(server, coded["path"], [(each, "") for each in codes[:many]], found),
        )
        pairs = [(each, each) for each in codes[many:]]
        count(here, coded, found, lambda: every(server, coded["path"], pairs, found))


def count(here: Installation, wave: dict[str, int], found: Found, come: Callable[[], int]) -> None:
    """How many more rows there are than before, beside how many people came."""
    asked = f"SELECT count(*) FROM intake WHERE asking_id = {wave['asking']}"  # noqa: S608 - a number
    before = here.ask(asked)[0][0]
    people = come()
    stored = here.ask(asked)[0][0] - before
    found.people += people
    found.stored += stored
    found.more_or_less += abs(stored - people)


def every(server: Server, path: str, codes: list[tuple[str, str]], found: Found) -> int:
    """Each with their code, and in two windows where there is a second; how many people came."""
    for number, (code, again) in enumerate(codes):
        windows = [at_review(server, path, number, code)]
        if again:
            windows.append(at_review(server, path, number, again))
        else:
            windows += [beside(server, windows[0]) for _ in range(TIMES - 1)]
        judge(at_once(windows), path, found, receipts=1 if again else TIMES)
        for window in windows:
            window.person.leave()
    return len(codes)


def at_review(server: Server, path: str, number: int, code: str) -> Respondent:
    """Somebody who has answered everything, and looks through it."""
    respondent = Respondent(server.visitor(), path)
    respondent.begin(code)
    respondent.fill({"team": "1", "years": str(number), "short": "Thanks", "words": f"I am number {number}"})
    return respondent


def beside(server: Server, first: Respondent) -> Respondent:
    """The same page once more, by a line of its own."""
    return Respondent(server.visitor(first.person.cookies), first.path, dict(first.held))


def at_once(windows: list[Respondent]) -> list[Answer]:
    """All of them send at the same moment."""
    gate = Barrier(len(windows))

    def press(window: Respondent) -> Answer:
        gate.wait()
        return window.send()

    with ThreadPoolExecutor(len(windows)) as pool:
        return list(pool.map(press, windows))


def judge(answers: list[Answer], path: str, found: Found, *, receipts: int) -> None:
    """Count what each was answered: so many receipts are due, and to all others the clear sentence."""
    led = sum(is_receipt(each, path) for each in answers)
    told = sum(each.status == HTTPStatus.CONFLICT and TOLD in each.text for each in answers)
    found.sent += len(answers)
    found.receipts += led
    found.told += told
    found.failed += sum(each.status >= HTTPStatus.INTERNAL_SERVER_ERROR for each in answers)
    found.unclear += abs(led - receipts) + (len(answers) - led - told)


if __name__ == "__main__":
    sys.exit(main())
