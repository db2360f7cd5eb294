"""Any view over 600,000 responses by 60 items comes within 300 ms, and says what a recount says.

Two waves of 60 items with four groupings, one of them 150 organisations, are brought in by the application's
own commands and its worker, built before and after the newest was corrected, and served as ``goldenthread
serve`` serves. Somebody signs in and asks over HTTP for every view there is: the results, who answered, two
builds beside each other, and items plain, split, against the other wave, with and without the same mix, and
together; the columns of waves that were typed, and what could not be read of one; then for the files of each
item. Each view is asked for three times.

What is judged is the pages: 95 in 100 within 300 ms, of all and of each kind. The files of a view (a
spreadsheet, a picture) are timed and said, and not judged. The first page after a start opens the build: at
full size it is judged with the rest. In the small run the quickest of the asks for each view counts, and of a
kind the processor time it takes, for the machine may be shared.

Figures on pages are compared with a recount of the answers by DuckDB, from the words in the cells.

    python proofs/explorer.py [--all]       --all is the 600,000, on SQLite and PostgreSQL
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from operator import itemgetter
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from tests.served.installation import AREA, Installation, nothing_yet, servers
from tests.served.person import Answer, Person
from tests.served.server import Server, served
from wide_survey import GROUPS, ITEMS, TICK_LIST, WAVES, recount, write

ALONE = True
"""It judges how long something takes: `dev test` runs nothing beside it."""

MOST_MS = 300
MOST_MEGABYTES = 2_000
"""The most that the worker may hold at full size."""
ASKS = 3
AT_ONCE = 4
FILES = ("csv", "svg", "xlsx", "png")


@dataclass(frozen=True)
class Size:
    """How large a run is: people a wave, organisations, and items asked for in each way."""

    people: int
    places: int
    items: int


@dataclass(frozen=True)
class Run:
    """One run: its files, how large it is, and the most that the worker held, in megabytes."""

    files: Path
    size: Size
    memory: int


SMALL, FULL = Size(1_500, 12, 1), Size(300_000, 150, 12)


@dataclass(frozen=True)
class View:
    """One address, and what kind of view it is."""

    kind: str
    path: str


@dataclass
class Times:
    """Milliseconds by kind of view."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)

    def add(self, kind: str, ms: float) -> None:
        """One more of a kind."""
        self.by_kind.setdefault(kind, []).append(ms)

    @property
    def every(self) -> list[float]:
        """All of them."""
        return [ms for times in self.by_kind.values() for ms in times]

    @property
    def slowest(self) -> tuple[str, float]:
        """The kind whose 95th of 100 is longest, and that."""
        found = {kind: at(times, 95) for kind, times in self.by_kind.items()}
        return max(found.items(), key=itemgetter(1))

    def tell(self, heading: str) -> None:
        """Print the middle, the 95th of 100 and the longest of each kind."""
        print(f"  {heading:<34} {'asks':>5} {'p50':>7} {'p95':>7} {'max':>7} ms")
        for kind, times in self.by_kind.items():
            middle, high = at(times, 50), at(times, 95)
            print(f"    {kind:<32} {len(times):>5} {middle:>7.0f} {high:>7.0f} {max(times):>7.0f}")


@dataclass
class Found:
    """What one installation came to."""

    cold: Times
    warm: Times
    together: Times
    best: list[float]
    worked: Times
    compared: int
    differences: list[str]
    memory: int


def main(arguments: list[str] | None = None) -> int:
    """Measure on each database; print tables, then one line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", action="store_true", help="600,000 responses, on SQLite and PostgreSQL")
    full = parser.parse_args(arguments).all
    size = FULL if full else SMALL
    found: dict[str, Found] = {}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "files", size.people, size.places)
        for database, server in servers().items() if full else [("SQLite", "")]:
            print(f"{2 * size.people:,} responses by {len(ITEMS) + 10} items, on {database}:")
            with nothing_yet(Path(folder) / database, server=server) as here:
                found[database] = examine(here, Path(folder) / "files", size)
    return say(found, full=full)


def say(found: Mapping[str, Found], *, full: bool) -> int:
    """The last line: whether it holds, and its figures."""
    judged = [one.warm.every + one.cold.every if full else one.best for one in found.values()]
    p95 = max(at(times, 95) for times in judged)
    kind, slowest = max(
        ((one.warm if full else one.worked).slowest for one in found.values()), key=itemgetter(1)
    )
    differences = sum(len(one.differences) for one in found.values())
    compared = min(one.compared for one in found.values())
    memory = max(one.memory for one in found.values())
    holds = max(p95, slowest) <= MOST_MS and not differences and compared > 0 and memory <= MOST_MEGABYTES
    figures = {
        "p95_ms": round(p95),
        "slowest": kind,
        "slowest_ms": round(slowest),
        "four_at_once_p95_ms": round(max(at(one.together.every, 95) for one in found.values())),
        "first_page_ms": round(max(max(one.cold.every) for one in found.values())),
        "views": sum(len(times) for times in judged),
        "databases": len(found),
        "figures": compared,
        "differences": differences,
        "worker_mb": memory,
    }
    print(json.dumps({"proof": "explorer", "holds": holds, **figures}))
    return 0 if holds else 1


def examine(here: Installation, files: Path, size: Size) -> Found:
    """Bring the survey in; then ask for everything, of a server that has just started."""
    log = here.home.with_suffix(".log")  # to write one is part of what serving takes
    with served(here, log=log) as server:
        done = here.do("wide_survey_in", str(files))
        for step, seconds in done["took"].items():
            print(f"  {step:<12} {seconds:7.1f} s")
        memory = server.most_memory()["worker"]
        print(f"  the worker took {server.worked('worker'):.0f} s of a processor, and {memory:,} MB at most")
    with served(here, log=log) as server:
        pages = [*views(done["survey"], size.items), *waves(done["typed"])]
        return ask(server, done["survey"], pages, Run(files, size, memory))


def ask(server: Server, survey: str, pages: Sequence[View], run: Run) -> Found:
    """Every view of one survey: first, again, and four people at once; then its files, and a recount."""
    person = server.signed_in()
    cold, warm, worked, best = Times(), Times(), Times(), []
    for view in first_of_each(pages):
        cold.add(view.kind, timed(person, view))
    for view in pages:
        before = server.worked("web")
        times = [timed(person, view) for _ in range(ASKS)]
        worked.add(view.kind, 1000 * (server.worked("web") - before) / ASKS)
        for ms in times:
            warm.add(view.kind, ms)
        best.append(min(times))
    together = at_once(server, pages)
    cold.tell("first since the server started")
    warm.tell("after that")
    worked.tell("of a processor")
    together.tell(f"{AT_ONCE} people at once")
    told_files(person, pages)
    held = server.most_memory()["web"]
    mean = sum(worked.every) / len(worked.every)
    print(f"  a view took the server {mean:.0f} ms of a processor; it holds {held:,} MB at most")
    compared, differences = compare(person, survey, run.files, run.size)
    print(f"  {compared} figures on pages compared with a recount: {len(differences)} differ")
    print(*(f"    {each}" for each in differences[:20]), sep="\n", end="\n" if differences else "")
    return Found(cold, warm, together, best, worked, compared, differences, run.memory)


def views(survey: str, items: int) -> Iterator[View]:
    """Every kind of view, of items drawn by a seed."""
    results = f"/{AREA}/results/{survey}/"
    yield View("results", results)
    yield View("who answered", f"{results}who/")
    yield View("builds", f"{results}builds/")
    yield View("two builds", f"{results}builds/compare/")
    yield View("survey", f"/{AREA}/surveys/{survey}/")
    yield View("crosswalk", f"/{AREA}/surveys/{survey}/crosswalk/")
    yield View("the thread", f"/{AREA}/")
    chance = random.Random(20261122)  # noqa: S311 - which views, not secrets
    for by, compare, mix in product(("", *GROUPS), ("", WAVES[0]), ("on", "off")):
        query = urlencode({"by": by, "with": compare, "mix": mix})
        kind = f"item, by {by}" if by else "item"
        for item in chance.sample(ITEMS, items):
            yield View(kind, f"{results}items/{item}/?{query}")
        yield View("tick-list" + (f", by {by}" if by else ""), f"{results}items/{TICK_LIST}/?{query}")


def waves(survey: str) -> Iterator[View]:
    """What is asked of somebody before waves that were typed are read, and after."""
    early, newest = (f"/{AREA}/surveys/{survey}/waves/{wave}/" for wave in WAVES)
    yield View("columns to look at", f"{early}columns/")
    yield View("columns recognised", f"{newest}columns/")
    yield View("problems", f"{newest}problems/")


def first_of_each(pages: Sequence[View]) -> list[View]:
    """One view of each kind, in their order."""
    return list({view.kind: view for view in reversed(pages)}.values())[::-1]


def timed(person: Person, view: View) -> float:
    """Ask once; milliseconds until the last byte. Raises RuntimeError where it is not the page."""
    return 1000 * asked(person, view.path).seconds


def asked(person: Person, path: str) -> Answer:
    """The page at ``path``."""
    answer = person.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer


def at_once(server: Server, pages: Sequence[View]) -> Times:
    """Four people, each asking for every view in an order of their own, without a pause."""

    def one(seed: int) -> list[tuple[str, float]]:
        person, order = server.signed_in(), list(pages)
        random.Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret
        return [(view.kind, timed(person, view)) for view in order]

    times = Times()
    with ThreadPoolExecutor(AT_ONCE) as people:
        for asks in people.map(one, range(AT_ONCE)):
            for kind, ms in asks:
                times.add(kind, ms)
    return times


def told_files(person: Person, pages: Sequence[View]) -> None:
    """Time the files of one view of each kind; they are not judged."""
    times = Times()
    for view in first_of_each([view for view in pages if view.kind.startswith(("item", "tick"))]):
        address, _, query = view.path.partition("?")
        for kind in FILES:
            split = "by organisation" if "by=place" in query else "otherwise"
            times.add(f"{kind}, {split}", timed(person, View(kind, f"{address}{kind}/?{query}")))
    times.tell("files (not judged)")


# Recount


def compare(person: Person, survey: str, files: Path, size: Size) -> tuple[int, list[str]]:
    """How many counts and bases of the newest wave were compared with a recount, and which differ."""
    compared, differences = 0, []
    chance = random.Random(7)  # noqa: S311 - which items, not secrets
    for by, item in product(("", *GROUPS), chance.sample(ITEMS, size.items)):
        number = int(item.removeprefix("item-"))
        counted = recount(files / f"{WAVES[-1]}.csv", f"m{number - number % 10}[r{number}]", by)
        path = f"/{AREA}/results/{survey}/items/{item}/?{urlencode({'by': by})}"
        shown = figures(asked(person, path).text, by)
        for level, figure in counted.items():
            told = shown.get(level or "Everybody")
            if told is not None:
                compared += 1
                if told != (figure.count, figure.base):
                    differences.append(f"{path}: {level or 'Everybody'} says {told}, counted {figure}")
            elif figure.base >= 10 and not by:
                differences.append(f"{path} shows nothing for everybody")
    return compared, differences


def figures(page: str, by: str) -> dict[str, tuple[int, int]]:
    """Count and base of the headline by level, as the page's tables show them; hidden ones are missing."""
    found: dict[str, tuple[int, int]] = {}
    for table in tables(page):
        head = table[0]
        if by and "Base" in head and "Often or always" in head:
            base, often = head.index("Base"), head.index("Often or always")
            rows = [(row[0], row[often], row[base]) for row in table[1:]]
        elif not by and head[:2] == ["Answer", WAVES[-1]]:
            rows_by = {row[0]: row[1] for row in table[1:]}
            rows = [("Everybody", rows_by.get("Often or always", ""), rows_by.get("Base", ""))]
        else:
            continue
        for level, often_cell, base_cell in rows:
            count, number = (re.match(r"[\d,]+", cell) for cell in (often_cell, base_cell))
            if count and number:
                found[level] = (whole(count[0]), whole(number[0]))
    return found


def whole(text: str) -> int:
    """A number as a page writes it."""
    return int(text.replace(",", ""))


def tables(page: str) -> list[list[list[str]]]:
    """The tables of a page: rows of cells' words."""
    reader = _Tables()
    reader.feed(page)
    return [table for table in reader.found if table]


class _Tables(HTMLParser):
    """Collects the words of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._inside = self._inside and tag not in ("table", "tr")
        if tag == "table":
            self.found.append([])
        elif tag == "tr" and self.found:
            self.found[-1].append([])
        elif tag in ("td", "th") and self.found and self.found[-1]:
            self.found[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            cells = self.found[-1][-1]
            cells[-1] = f"{cells[-1]} {' '.join(data.split())}".strip()


def at(times: Sequence[float], hundredth: int) -> float:
    """The time that so many in a hundred stay within."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, hundredth * len(ordered) // 100)]


if __name__ == "__main__":
    sys.exit(main())
