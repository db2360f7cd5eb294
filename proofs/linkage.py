"""Nobody inside can say whose answers are whose once they are mixed, whatever they carry away.

A wave with personal codes is asked by a served installation: the codes go out by mail to a mail server of
ours, people answer over HTTP in an order that is kept here alone, and the answers are mixed, by the tick
and on closing. Each answer holds words that nobody else's holds; this script alone knows whose. What
somebody inside could have is then given to an attack (``linkage_attack``): every mail; the database at
four times, on SQLite with its journal, on PostgreSQL (a server of our own) with hidden columns, dead rows,
the tables' files as they lie, the journal through pg_waldump and every statement that the server told of;
every file of the home; all that the processes wrote at their most talkative. Once mixed, it must find no
more than three times what chance finds, or one in ``least``. The very same attack must find 95 in 100 on
the naive design (``linkage_naive``).

One more person answers two of three parts and leaves: no byte of it may be anywhere.

What is printed and not judged: what the attack finds before a mixing, with the folder ``keys`` and
without; those few who came after the last mixing, among themselves; those few whose answers are very long.
In the small size the bound holds for all moments and databases together, for the numbers are small; with
``--all`` for each by itself.
"""

from __future__ import annotations

import argparse
import base64
import json
import secrets
import string
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from urllib.parse import quote

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from answering import Respondent, answer
from cluster import Cluster, cluster, programs
from linkage_attack import Attack, judge, score
from linkage_loot import BETWEEN, Lite, Loot, Postgres, files_of
from linkage_naive import on_postgres, on_sqlite
from tests.ground.mail.sink import Sink, serve
from tests.served.installation import Installation, nothing_yet, on_server
from tests.served.server import Server, served

LEAST = 20
"""How many answers must have come before any are mixed; a wave begins with it."""

WORDS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Size:
    """How many are invited, answer before the first mixing, and after it; how many of the first at length."""

    invited: int
    first: int
    last: int
    long: int = 3


SMALL, ALL = Size(84, 60, 12), Size(440, 300, 100)


@dataclass
class Truth:
    """Who gave which answers, in the order they came; the words are nobody else's."""

    codes: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    long: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Score:
    """What part of how many people the attack found, and the way it did; the part it may find."""

    moment: str
    part: float
    people: int
    way: str

    @property
    def allowed(self) -> float:
        """Three times chance, or one in ``least``."""
        return max(3 / self.people, 1 / LEAST)


@dataclass
class Found:
    """All scores, and all that is only counted."""

    naive: list[Score] = field(default_factory=list)
    mixed: list[Score] = field(default_factory=list)
    before: list[Score] = field(default_factory=list)
    few: dict[str, float] = field(default_factory=dict)
    left: int = 0
    sent_seen: int = 0

    def holds(self, *, each: bool) -> bool:
        """Whether the naive design falls, and ours does not: together, or each by itself."""
        right = sum(score.part * score.people for score in self.mixed)
        allowed = sum(score.allowed * score.people for score in self.mixed)
        alone = all(score.part <= score.allowed for score in self.mixed) or not each
        fell = min(score.part for score in self.naive) >= 0.95
        return fell and right <= allowed and alone and not self.left and self.sent_seen > 0


def main() -> int:
    """Prove it on SQLite, and on PostgreSQL where its programs are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="400 people in place of 72, each figure by itself")
    full = parser.parse_known_args()[0].all
    size, found, on = ALL if full else SMALL, Found(), ["SQLite"]
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        prove_on_sqlite(Path(name), size, found)
        where = programs()
        if where:
            on.append("PostgreSQL")
            with cluster(where, Path(name) / "cluster") as own:
                prove_on_postgres(own, Path(name), size, found)
    holds = found.holds(each=full)
    print(json.dumps({"proof": "linkage", "holds": holds, "on": " and ".join(on), **told(found)}))
    return 0 if holds else 1


def told(found: Found) -> dict[str, object]:
    """The figures, in percent."""
    worst = max(found.mixed, key=lambda each: each.part - each.allowed)
    return {
        "naive_found": percent(min(each.part for each in found.naive)),
        "found": percent(worst.part),
        "allowed": percent(worst.allowed),
        "left_behind": found.left,
        "before_with_keys": percent(min(each.part for each in found.before[::2])),
        "before_without": percent(max(each.part for each in found.before[1::2])),
        **{name: percent(part) for name, part in found.few.items()},
    }


def percent(part: float) -> float:
    """A part as it is printed."""
    return round(100 * part, 1)


def prove_on_sqlite(folder: Path, size: Size, found: Found) -> None:
    """Ours, and the naive design, on SQLite."""
    with nothing_yet(folder / "home", server="") as here:
        watch = Lite(folder / "home" / "goldenthread.sqlite3", folder / "copies")
        truth = prove("SQLite", here, watch, size, found)
    for at_once in (True, False):
        loot = on_sqlite(folder / f"naive-{at_once}", truth.codes, truth.words, at_once=at_once)
        found.naive.append(
            scored(f"SQLite, naive, {'one' if at_once else 'two'} transactions", loot, truth.words)
        )


def prove_on_postgres(own: Cluster, folder: Path, size: Size, found: Found) -> None:
    """Ours, and the naive design, on a PostgreSQL of our own."""
    with nothing_yet(folder / "on-postgres", server=own.server) as here:
        truth = prove("PostgreSQL", here, Postgres(own, here.url), size, found)
    for at_once in (True, False):
        name = f"naive_{at_once}".lower()
        on_server(own.server, f"CREATE DATABASE {name}")
        watch = Postgres(own, f"{own.server.rpartition('/')[0]}/{name}")
        loot = on_postgres(watch, truth.codes, truth.words, at_once=at_once)
        found.naive.append(
            scored(f"PostgreSQL, naive, {'one' if at_once else 'two'} transactions", loot, truth.words)
        )


def prove(on: str, here: Installation, watch: Lite | Postgres, size: Size, found: Found) -> Truth:
    """Ask, answer, mix and close on one database, and attack before, between and afterwards."""
    sink = Sink()
    mail = serve(sink)
    beside = here.home.parent / f"beside-{on}"
    (beside / "tmp").mkdir(parents=True)
    own = Installation(here.home, here.server, here.name, settings(mail.port, beside))
    try:
        own.found()
        if isinstance(watch, Postgres):
            watch.begin()
        # the tick comes when it is called
        with served(own, beside=("worker",), log=beside / "told") as server:
            return wave(on, own, (server, sink), watch, (size, found))
    finally:
        mail.stop()


def settings(port: int, beside: Path) -> dict[str, str]:
    """A mail server, a folder for what is temporary, and every word that can be written to the log."""
    mail = {"MAIL_URL": f"smtp+plain://127.0.0.1:{port}", "MAIL_A_MINUTE": "100000"}
    return {**mail, "TMPDIR": str(beside / "tmp"), "LOG_LEVEL": "debug"}


def wave(
    on: str,
    here: Installation,
    running: tuple[Server, Sink],
    watch: Lite | Postgres,
    judged: tuple[Size, Found],
) -> Truth:
    """One wave from its invitations to its file of answers, with an attack at each turn."""
    (server, sink), (size, found) = running, judged
    made = here.do("asking_in", "begin", "personal-code")
    truth = Truth(invited(here, server, sink, made, size.invited))
    mails = [each.as_bytes() for each in sink.letters]

    def loot() -> Loot:
        beside = here.home.parent / f"beside-{on}"
        files = {**files_of(here.home, "home"), **files_of(beside, "beside")}
        return watch.loot(mails, {name: data for name, data in files.items() if is_ours(name)})

    watch.look("invited")
    planted = leave_early(server, made["path"], truth)
    come(server, made["path"], truth, (size.first, size.long), watch)
    watch.look("waiting")
    before = loot()
    found.left += seen(before, planted)
    found.before.append(scored(f"{on}, before mixing, with the keys", before, truth.words))
    found.before.append(scored(f"{on}, before mixing, without them", before.without("keys"), truth.words))
    here.command("tick")
    watch.look("mixed")
    first = dict(truth.words)
    found.mixed.append(scored(f"{on}, mixed", loot(), first))
    come(server, made["path"], truth, (size.last, 0), watch)
    watch.look("waiting again")
    here.do("asking_in", "close", made["survey"])
    until(lambda: here.ask("SELECT 1 FROM wave WHERE state = 'ready'"))
    watch.look("closed")
    after = loot()
    guesses = Attack(after).guesses()
    part, way = judge(guesses, truth.words, seed=1)
    found.mixed.append(noted(Score(f"{on}, closed", part, len(truth.words), way)))
    few(guesses, truth, first, found)
    found.left += seen(after, planted)
    found.sent_seen += seen(after, list(truth.words.values())[:1])
    return truth


def is_ours(name: str) -> bool:
    """Whether a file is of this home alone: not the program's own pictures and styles, which are the same in
    every home, nor the database, which is copied beside its journal."""
    return not any(part in name for part in ("/static/", "/look/", "sqlite3"))


def few(
    guesses: Mapping[str, Mapping[str, Sequence[str]]], truth: Truth, first: Mapping[str, str], found: Found
) -> None:
    """What is found of those few who could stand out, by when and at what length they came."""
    ways = [guess for way, guess in guesses.items() if "the next commit" in way or "as long as" in way]
    groups = {"last_found": [each for each in truth.words if each not in first], "long_found": truth.long}
    for name, people in groups.items():
        right = max(score(guess, truth.words, people) for guess in ways)
        found.few[name] = max(found.few.get(name, 0), right / len(people))


def scored(moment: str, loot: Loot, words: Mapping[str, str]) -> Score:
    """What the attack finds in it."""
    part, way = judge(Attack(loot).guesses(), words, seed=1)
    return noted(Score(moment, part, len(words), way))


def noted(found: Score) -> Score:
    """The same, printed."""
    print(f"{found.moment:48} {found.part:7.1%} of {found.people}: {found.way[:200]}", flush=True)
    return found


def invited(
    here: Installation, server: Server, sink: Sink, made: Mapping[str, str], many: int
) -> dict[str, str]:
    """Invite so many; the code that each was mailed, in the order of the mail."""
    addresses = [f"person{number:04d}@anyshire.example" for number in range(many)]
    here.do("asking_in", "invite", made["survey"], server.address + made["path"], *addresses)
    until(lambda: len(sink.letters) >= many)
    until(lambda: here.ask("SELECT 1 FROM mailing WHERE ended IS NOT NULL"))
    bodies = {str(each["To"]): bytes(each.get_payload(decode=True)).decode() for each in sink.letters}
    return {address: body.partition("#")[2].split()[0] for address, body in bodies.items()}


def come(server: Server, path: str, truth: Truth, size: tuple[int, int], watch: Lite | Postgres) -> None:
    """So many more people answer, one after another, in an order of chance; some at great length.

    SQLite's journal is written over from its start again and again: somebody inside copies it as it goes.
    """
    many, long = size
    left = [each for each in truth.codes if each not in truth.words]
    for number, address in enumerate(SystemRandom().sample(left, many)):
        words = secrets.token_hex(8)
        drawn = {"team": str(1 + secrets.randbelow(3)), "years": str(secrets.randbelow(100))}
        whole = {**drawn, "short": "Thank you", "words": f"I say {words}"}
        if number < long:
            whole |= {"short": rubbish(490), "words": f"{words} {rubbish(4900)}"}
            truth.long.append(address)
        person = server.visitor()
        if not answer(person, path, whole, truth.codes[address]):
            raise RuntimeError("an answer was not taken")
        person.leave()
        truth.words[address] = words
        if number % 10 == 0 and isinstance(watch, Lite):
            watch.look(f"{BETWEEN}{many}-{number}")


def rubbish(many: int) -> str:
    """Signs that cannot be packed."""
    return "".join(SystemRandom().choices(string.punctuation + WORDS, k=many))


def leave_early(server: Server, path: str, truth: Truth) -> list[str]:
    """Somebody answers two of three parts and leaves; what they said."""
    address = next(iter(truth.codes))
    said = {"team": "2", "years": str(secrets.randbelow(10**8) + 10**8), "short": secrets.token_hex(12)}
    respondent = Respondent(server.visitor(), path)
    respondent.begin(truth.codes[address])
    respondent.fill(said, parts=2)
    return [said["years"], said["short"]]


def seen(loot: Loot, said: Sequence[str]) -> int:
    """How many files hold any of it, in any form it could have been written in."""
    forms = {form for text in said for form in written(text)}
    return sum(any(form in part for form in forms for part in parts(data)) for data in loot.files.values())


def written(text: str) -> Iterator[bytes]:
    """A text as bytes, as it could stand in a file."""
    plain = text.encode()
    yield from (
        plain,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        plain.hex().encode(),
        quote(text).encode(),
    )
    for before in range(3):
        inside = base64.b64encode(b"x" * before + plain)
        yield inside[4 if before else 0 : -4]


def parts(data: bytes) -> Iterator[bytes]:
    """A file, and whatever is packed inside it."""
    yield data
    for header in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = data.find(header)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[at : at + (1 << 16)], 1 << 20)
            at = data.find(header, at + 1)


def until(true: object) -> None:
    """Wait until it is true. Raises RuntimeError after two minutes."""
    for _ in range(1200):
        if callable(true) and true():
            return
        time.sleep(0.1)
    raise RuntimeError("it did not come to pass")


if __name__ == "__main__":
    sys.exit(main())
