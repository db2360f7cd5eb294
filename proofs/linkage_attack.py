"""Somebody inside with all they could carry away: which answers are whose?

The attack knows the mail (who got which code), and how codes are hashed, for the source is open. It finds
the tables by itself: whatever holds the name, address, code or hash of people, and whatever could be
answers. Then it tries every way of setting the one beside the other it can think of, and returns each as a
guess: for a person, the answers that could be theirs. Which way is the right one it learns from the
answers of half of the people, as somebody might who asks colleagues; it is judged by the other half.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from functools import cache
from random import Random

from linkage_loot import Key, Loot, Row

from goldenthread.thread.survey.asking.waiting import Unopened, unseal

TOKEN = re.compile(rb"[A-Za-z0-9@.+_-]{8,}")
CODE = re.compile(r"#(\S+)")
FOLD = 4000
"""Bytes of an answer from which on it is a long one."""

LATER = 1 << 40
"""After every commit."""

Guess = Mapping[str, Sequence[str]]


@dataclass
class Source:
    """What could be answers: their texts, each with all that could put them into an order."""

    name: str
    texts: list[str] = field(default_factory=list)
    keys: dict[str, dict[str, Key]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str, keys: Mapping[str, Key]) -> None:
        """One more."""
        self.texts.append(text)
        for name, key in keys.items():
            self.keys[name][text] = key

    def orders(self) -> Iterator[tuple[str, list[str]]]:
        """The texts in every order there is."""
        yield "as they stand", self.texts
        for name, keys in self.keys.items():
            if len(keys) == len(set(self.texts)):
                yield name, sorted(keys, key=keys.__getitem__)


class Attack:
    """All that is tried with what was carried away."""

    def __init__(self, loot: Loot) -> None:
        self.loot = loot
        self.people: list[str] = []
        self.traces: dict[str, str] = {}
        for mail in loot.mails:
            self._know(mail)
        self.places = {name: _places(data) for name, data in loot.files.items()}
        self.events = self._events()
        self.came = self._all_that_came()
        self.sources = [each for each in self._sources() if self._fits(each)]

    def guesses(self) -> dict[str, Guess]:
        """Every way, by its name, with what it says."""
        found: dict[str, Guess] = {}
        for source in self.sources:
            for name, guess in self._ways(source):
                found[f"{source.name}: {name}"] = guess
        return found

    # ------------------------------------------------ who is who

    def _know(self, mail: bytes) -> None:
        message = message_from_bytes(mail)
        address = str(message["To"])
        body = bytes(message.get_payload(decode=True)).decode()
        code = CODE.search(body)
        self.people.append(address)
        name = str(message["Message-ID"] or "").strip("<>").partition("@")[0]
        secrets = [code[1]] if code else []
        for trace in (address, name, *secrets, *(each for secret in secrets for each in _hashes(secret))):
            self.traces[trace] = address

    def who(self, row: Row) -> str | None:
        """Whose trace a row holds."""
        for value in row.values:
            if value in self.traces:
                return self.traces[value]
        if len(row.values) == 1:  # a dead row, whose columns nobody has cut apart
            tokens = (each.decode() for each in TOKEN.findall(row.values[0].encode("latin-1", "replace")))
            return next((self.traces[each] for each in tokens if each in self.traces), None)
        return None

    def _events(self) -> dict[str, dict[str, list[int]]]:
        """For each kind of change, when it befell something of a person."""
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for change in self.loot.changes:
            person = self.who(change.row)
            if person:
                found[f"{change.row.table} {'-' if change.gone else '+'}"][person].append(change.commit)
        return found

    def _all_that_came(self) -> dict[Row | str, int]:
        """When each row came, and each long word in one."""
        found: dict[Row | str, int] = {}
        for change in self.loot.changes:
            if not change.gone:
                found.setdefault(change.row, change.commit)
                for value in change.row.values:
                    for word in TOKEN.findall(value[:FOLD].encode("utf-8", "replace")):
                        found.setdefault(word.decode(), change.commit)
        return found

    # ------------------------------------------------ what could be answers

    def _sources(self) -> Iterator[Source]:
        tables: dict[str, list[Row]] = defaultdict(list)
        for row in self.loot.pictures[-1]:
            tables[row.table].append(row)
        for name, rows in tables.items():
            if not any(self.who(row) for row in rows):
                yield self._of_rows(name, rows)
        yield from self._opened()
        for name, data in self.loot.files.items():
            if b"\0" not in data and len(data) < 1 << 22 and "told" not in name:
                yield self._of_rows(
                    name, [Row(name, (line,)) for line in data.decode("utf-8", "replace").splitlines()]
                )

    def _of_rows(self, name: str, rows: list[Row]) -> Source:
        source = Source(name)
        for row in rows:
            text = "\x1f".join(row.values)
            keys = dict(row.hidden)
            keys |= {f"column {n}": _sortable(value) for n, value in enumerate(row.values)}
            keys["length"] = (len(text),)
            keys["commit"] = (self._came(row, text),)
            source.add(text, keys | self._where(text))
        return source

    def _came(self, row: Row, text: str) -> int:
        """The commit in which a row came, or its longest word; a number after all where neither is known."""
        word = max(TOKEN.findall(text.encode("utf-8", "replace")), key=len, default=b"").decode()
        return self.came.get(row, self.came.get(word, LATER))

    def _where(self, text: str) -> dict[str, Key]:
        """Where something of a row stands in each file, first and last."""
        tokens = sorted(TOKEN.findall(text.encode("utf-8", "replace")), key=len, reverse=True)[:2]
        found = {}
        for name, places in self.places.items():
            at = next((places[each] for each in tokens if each in places), None)
            if at:
                found |= {f"first in {name}": (at[0],), f"last in {name}": (at[1],)}
        return found

    def _opened(self) -> Iterator[Source]:
        """Rows that a key among the files opens, whenever and wherever they were seen."""
        keys = [data for data in self.loot.files.values() if len(data) == 32]
        rows = {change.row: change.commit for change in self.loot.changes if not change.gone}
        rows |= {row: rows.get(row, -1) for picture in self.loot.pictures for row in picture}
        source = Source("opened with a key")
        for row, commit in rows.items():
            text = next(filter(None, (_open(row, key) for key in keys)), None)
            if text:
                source.add(text, {**row.hidden, "commit": (commit,), **self._where("\x1f".join(row.values))})
        yield source

    def _fits(self, source: Source) -> bool:
        """Whether there are as many as people could have answered, and they differ."""
        many = len(set(source.texts))
        return many == len(source.texts) and len(self.people) // 3 <= many <= len(self.people) + 2

    # ------------------------------------------------ the ways

    def _ways(self, source: Source) -> Iterator[tuple[str, Guess]]:
        people = _different(self._people_in_order(len(source.texts)))
        both = ((f"{how}{turn}", each) for how, texts in source.orders() for turn, each in _turned(texts))
        for how, texts in _different(both).items():
            for order, named in people.items():
                yield f"{order} beside {how}", {p: (t,) for p, t in zip(named, texts, strict=False)}
        yield from self._by_commit(source)

    def _people_in_order(self, many: int) -> Iterator[tuple[str, list[str]]]:
        for name, order in self._every_order():
            named = list(dict.fromkeys(order))
            if len(named) >= many:
                yield name, named

    def _every_order(self) -> Iterator[tuple[str, list[str]]]:
        yield "mail", self.people
        for name, when in self.events.items():
            yield f"first {name}", sorted(when, key=lambda person: min(when[person]))
            yield f"last {name}", sorted(when, key=lambda person: max(when[person]))
        traces = {each.encode() for each in self.traces}
        for name, places in self.places.items():
            at = {self.traces[each.decode()]: places[each] for each in places.keys() & traces}
            yield f"first in {name}", sorted(at, key=lambda person: at[person][0])
            yield f"last in {name}", sorted(at, key=lambda person: at[person][1])
        for number, picture in enumerate(self.loot.pictures):
            yield from self._in_tables(number, picture)

    def _in_tables(self, number: int, picture: list[Row]) -> Iterator[tuple[str, list[str]]]:
        tables: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in picture:
            person = self.who(row)
            if person:
                tables[row.table].append((person, row))
        for table, rows in tables.items():
            for name, key in _keys(rows[0][1]).items():
                ordered = [person for person, row in sorted(rows, key=lambda each: key(each[1]))]
                yield f"{table} {number} by {name}", ordered
            yield from _flagged(table, rows)

    def _by_commit(self, source: Source) -> Iterator[tuple[str, Guess]]:
        """Through the commit in which something of a person came or went."""
        commits = source.keys.get("commit") or source.keys.get("xmin") or {}
        came: dict[int, list[str]] = defaultdict(list)
        for text, commit in commits.items():
            came[commit[0]].append(text)
        known = sorted(came)
        for name, when in self.events.items():
            last = {person: max(commits) for person, commits in when.items()}
            yield f"{name}, the same commit", {p: came[c] for p, c in last.items() if c in came}
            after = {p: bisect_left(known, c) for p, c in last.items()}
            yield f"{name}, the next commit", {p: came[known[n]] for p, n in after.items() if n < len(known)}
            before = {p: bisect_left(known, c) - 1 for p, c in last.items()}
            yield f"{name}, the commit before", {p: came[known[n]] for p, n in before.items() if n >= 0}
            yield from self._through(name, last, source, after, [came[each] for each in known])

    def _through(
        self,
        name: str,
        last: Mapping[str, int],
        source: Source,
        after: Mapping[str, int],
        batches: list[list[str]],
    ) -> Iterator[tuple[str, Guess]]:
        """Through another row that came in the same commit: by what it holds, and by how long it is."""
        beside: dict[int, list[Row]] = defaultdict(list)
        for change in self.loot.changes:
            if not change.gone and not self.who(change.row):
                beside[change.commit].append(change.row)
        shared: dict[str, list[str]] = defaultdict(list)
        for text in source.texts:
            for token in set(re.findall(r"[A-Za-z0-9]{12,}", text)):
                shared[token].append(text)
        held, longs = {}, {}
        for person, commit in last.items():
            values = [value for row in beside.get(commit, ()) for value in row.values]
            held[person] = [text for value in values for text in shared.get(value, ())]
            n = after[person]
            if values and n < len(batches):
                longs[person] = _as_long(max(map(len, values)), batches[n])
        yield f"{name}, a value of a row beside it", {p: texts for p, texts in held.items() if texts}
        yield f"{name}, as long as a row beside it", longs


def judge(guesses: Mapping[str, Guess], truth: Mapping[str, str], seed: int) -> tuple[float, str]:
    """The part of people whose answers are found by the way that does best on the other half; the way."""
    people = sorted(truth)
    Random(seed).shuffle(people)  # noqa: S311 - which half is known
    halves = people[::2], people[1::2]
    found, ways = 0.0, []
    for known, asked in (halves, halves[::-1]):
        way = max(guesses, key=lambda each: score(guesses[each], truth, known), default="nothing to try")
        found += score(guesses.get(way, {}), truth, asked)
        ways.append(way)
    return found / len(people), " / ".join(dict.fromkeys(ways))


def score(guess: Guess, truth: Mapping[str, str], people: Sequence[str]) -> float:
    """How many of these people's answers are found, where one of those that could be theirs is drawn."""
    return sum(
        any(truth[person] in text for text in guess.get(person, ())) / max(1, len(guess.get(person, ())))
        for person in people
    )


def _turned(texts: list[str]) -> tuple[tuple[str, list[str]], ...]:
    return ("", texts), (", backwards", texts[::-1])


def _different(orders: Iterator[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Each order once, by the first of its names."""
    found: dict[tuple[str, ...], str] = {}
    for name, order in orders:
        found.setdefault(tuple(order), name)
    return {name: list(order) for order, name in found.items()}


def _hashes(secret: str) -> Iterator[str]:
    plain = secret.replace("-", "")
    for text in (secret, plain, *(f"{number}:{plain}" for number in range(50))):
        for kind in ("sha256", "md5", "sha1"):
            yield hashlib.new(kind, text.encode()).hexdigest()


@cache
def _places(data: bytes) -> dict[bytes, tuple[int, int]]:
    """Where each word of a file stands first and last."""
    found: dict[bytes, tuple[int, int]] = {}
    for match in TOKEN.finditer(data):
        first, _ = found.get(match[0], (match.start(), 0))
        found[match[0]] = (first, match.start())
    return found


def _open(row: Row, key: bytes) -> str | None:
    numbers = [int(value) for value in row.values if value.isdigit() and len(value) < 6]
    for box in (value for value in row.values if len(value) > FOLD):
        for asking in numbers:
            for channel in numbers:
                try:
                    return unseal(box, key=key, asking=asking, channel=channel)
                except Unopened:
                    continue
    return None


def _sortable(value: str) -> Key:
    return (int(value),) if value.isdigit() and len(value) < 16 else tuple(value.encode()[:24])


def _keys(row: Row) -> dict[str, Callable[[Row], Key]]:
    hidden = {name: lambda each, name=name: each.hidden.get(name, ()) for name in row.hidden}
    columns = {f"column {n}": lambda each, n=n: _sortable(each.values[n]) for n in range(len(row.values))}
    return {**hidden, **columns}


def _flagged(table: str, rows: list[tuple[str, Row]]) -> Iterator[tuple[str, list[str]]]:
    """Those whose row says something that others' do not, in the orders of their rows."""
    for column in range(len(rows[0][1].values)):
        said = {row.values[column] for _, row in rows}
        for value in said if 1 < len(said) <= 3 else ():
            chosen = [(person, row) for person, row in rows if row.values[column] == value]
            for name, key in _keys(rows[0][1]).items():
                ordered = [person for person, _ in sorted(chosen, key=lambda each: key(each[1]))]
                yield f"{table} where column {column} is {value} by {name}", ordered


def _as_long(length: int, texts: list[str]) -> list[str]:
    """Of these texts those that are long, where a row beside is longer than most; else the others."""
    long = length > 2 * FOLD
    return [text for text in texts if (len(text) > FOLD) == long] or texts
