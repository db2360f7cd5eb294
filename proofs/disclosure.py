"""No group of 1 to 9 people can be worked out from what a report publishes (rules D1 to D5).

Random small studies go the whole way to the files of a report. Each file is read back as it was written:
figures.json, the page, the Word document and the workbook, every table, chart, note and description of a
picture (``opened``, ``told``). No file may say more of a group than figures.json, or something else; and
whatever names a group beside a figure must have been understood.

Then all that the files say together is attacked by somebody who knows who belongs to which groups. Bases
and those left out of them are added up. Every union of published groups that do not meet and every
difference of groups one inside the other, again and again, is made (as sets of people; the product itself
never does this). None may hold 1 to 9. The same is done to the figures as the first rule alone would
leave them, to show that the attack bites; and reports that hide nothing are read, to show that the
reading does.

The ways in which a report once gave its hidden groups away are tried as well (``attacks``).

And within each group: where "fewer than 5 %" or "more than 95 %" stands for a figure, every table of
counts that fits what is shown is made; they must not all say 0 (or everybody).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from against import Entry, Written, contradicted, given_away, handed, in_figures, missed, shown
from attacks import (
    added_up,
    beyond_the_mean,
    hidden_sizes,
    small_counts,
    told_beside,
    told_by_own_item,
    told_by_same_mix,
    told_by_the_match,
)
from facts import DRAWN, Fact, Unread
from studies import ANSWERS, ITEMS, random_study
from told import said

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.definition.preset import preset
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.measure import besides, measure_wave
from goldenthread.analysis.estimate.model import WaveMeasures
from goldenthread.analysis.estimate.who import wave_facts, who_tables
from goldenthread.analysis.report.figures import figures
from goldenthread.analysis.report.write import rendered
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.results import Results

SMALLEST = 10
MOST_SETS = 400
"""Where so many sets of people have been worked out, the attack on one item stops."""
SMALL, EACH = 200, 10
"""Studies of the small run; and of one in how many, in any run, all four files are read as written. The
others are read from figures.json alone, for to paint a document takes longer than to attack it."""
AT_ONCE = 50
"""Studies handed to one process at a time."""

Place = tuple[str, str]
People = int
"""A set of people, as the bits of a number."""

Published = dict[str, dict[Place, float]]


@dataclass
class Found:
    """What the attacks came to, over all studies: first what was tried, then what must not be found."""

    studies: int = 0
    groups: int = 0
    by_first_rule: int = 0
    bounds: int = 0
    added_up: int = 0
    read: int = 0
    json_facts: int = 0
    html_facts: int = 0
    docx_facts: int = 0
    xlsx_facts: int = 0
    drawn_facts: int = 0
    html_unprotected: int = 0
    docx_unprotected: int = 0
    xlsx_unprotected: int = 0
    given_away: int = 0
    in_files: int = 0
    who_undone: int = 0
    bounds_undone: int = 0
    own_item: int = 0
    match: int = 0
    beside: int = 0
    same_mix: int = 0
    beyond_mean: int = 0
    small_counts: int = 0
    contradicted: int = 0
    miscounted: int = 0
    missed: int = 0
    unread: int = 0

    @property
    def faults(self) -> int:
        """Everything that should not have been found: secrets, and files not read as they stand."""
        names = [field.name for field in fields(self)]
        return sum(getattr(self, name) for name in names[names.index("given_away") :])

    @property
    def bites(self) -> bool:
        """Whether attack and reading find something where there is something to find."""
        names = [field.name for field in fields(self) if field.name.endswith(("_facts", "_unprotected"))]
        return self.by_first_rule > 0 and all(getattr(self, name) for name in names)

    def add(self, other: Found) -> None:
        """Count in what was found elsewhere."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def main() -> int:
    """Attack each study; print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--all", action="store_true", help="10,000 studies; as ever, every file of one in ten"
    )
    parser.add_argument("--first", type=int, default=0, help="the seed to begin with")
    given, _ = parser.parse_known_args()
    seeds = range(given.first, given.first + (10_000 if given.all else SMALL))
    runs = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    found = Found()
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        for part in processes.map(partial(attacked, each=EACH), runs):
            found.add(part)
    holds = not found.faults and found.bites
    print(json.dumps({"proof": "disclosure", "holds": holds, **vars(found)}))
    return 0 if holds else 1


def attacked(seeds: range, each: int) -> Found:
    """The studies of some seeds; all files of one in ``each`` are read."""
    found = Found()
    for seed in seeds:
        attack(*random_study(seed), found, files=seed % each == 0)
    unprotected(*random_study(seeds[0]), found)
    return found


def attack(study: Study, wave: Wave, responses: Responses, found: Found, *, files: bool = False) -> None:
    """Publish one study and try to work out what is hidden; with ``files``, from every file as written."""
    measures, results = publish(study, wave, responses)
    written, facts = read_back(results, found) if files else handed_over(results)
    found.studies += 1
    more = added_up(facts, study)
    found.added_up += len(more)
    _by_sets(study, responses, published_groups([*facts, *more]), found)
    if preset(study.preset).smallest_count:
        found.small_counts += small_counts(facts)
    found.who_undone += _who_undone(facts)
    found.own_item += told_by_own_item(facts)
    found.beside += told_beside(facts)
    found.match += told_by_the_match(results, facts)
    for grouping in study.groupings:
        found.same_mix += told_by_same_mix(study, wave, measures, grouping.item)
    for rows in _bounded(written):
        found.bounds += 1
        found.bounds_undone += _undone(rows)


def publish(study: Study, wave: Wave, responses: Responses) -> tuple[WaveMeasures, Results]:
    """One wave's figures, as ``goldenthread report`` makes them, and what changes are made of."""
    cube = build_cube(study, wave, responses)
    measures = measure_wave(study, wave, cube)
    return measures, Results(
        study=study,
        waves=(wave_facts(study, wave, cube, measures),),
        who=who_tables(study, wave, cube),
        estimates=measures.estimates,
        changes=(),
        findings=(),
        besides=besides(study, wave, measures),
        limits=measures.limits,
    )


def handed_over(results: Results) -> tuple[Written, list[Fact]]:
    """figures.json, and what it tells together with the tables of people every other file is given."""
    written = json.loads(json.dumps(figures(results)))
    return written, [*in_figures(written), *handed(results)]


def read_back(results: Results, found: Found) -> tuple[Written, list[Fact]]:
    """figures.json as written, and what all files tell; what one tells beyond it or otherwise is counted."""
    files = rendered(results)
    written = json.loads(files["figures.json"])
    facts = in_figures(written)
    known = shown([*facts, *handed(results)])
    found.read += 1
    found.json_facts += len(shown(facts))
    for name, data in files.items():
        if not name.endswith(".json"):
            told = _read(name, data, results.study, found)
            found.in_files += len(given_away(told, known))
            found.contradicted += len(contradicted(told, known))
            found.missed += len(missed(told, known)) if name.endswith(".xlsx") else 0
            facts += told
    return written, facts


def _read(name: str, data: bytes, study: Study, found: Found) -> list[Fact]:
    """What one file tells."""
    everything = list(said(name, data, study))
    told = [one for one in everything if isinstance(one, Fact)]
    for one in everything:
        if isinstance(one, Unread):
            print(f"{name}: not understood: {one.words}", file=sys.stderr)
    found.unread += len(everything) - len(told)
    _add(found, name, "facts", sum(fact.value is not None for fact in told))
    found.drawn_facts += sum(fact.slack == DRAWN for fact in told)
    return told


def _add(found: Found, name: str, what: str, number: int) -> None:
    key = f"{name.rpartition('.')[2]}_{what}"
    setattr(found, key, getattr(found, key) + number)


def unprotected(study: Study, wave: Wave, responses: Responses, found: Found) -> None:
    """Read the same study's files where nothing is hidden: how many numbers the rules would have kept."""
    _, facts = handed_over(publish(study, wave, responses)[1])
    bare = replace(study, preset="open-data", preset_because="to see that the reading finds it")
    for name, data in rendered(publish(bare, wave, responses)[1]).items():
        if not name.endswith(".json"):
            told = [one for one in said(name, data, bare) if isinstance(one, Fact)]
            _add(found, name, "unprotected", len(given_away(told, shown(facts))))


def published_groups(facts: Sequence[Fact]) -> Published:
    """The base of every group shown, by item; of item "", how many of each group answered."""
    found: Published = {}
    for (kind, (item, _, group, level, _)), number in shown(facts).items():
        if kind in {"base", "answered"}:
            found.setdefault(item, {})[group, level] = number
    return found


def _by_sets(study: Study, responses: Responses, published: Published, found: Found) -> None:
    """Unions and differences of the groups published, of each item and of who answered."""
    members = _members(study, responses)
    for item, columns in {"": [members["", ""]], **_bases(responses)}.items():
        here, groups = [_within(members, column) for column in columns], published.get(item, {})
        found.miscounted += _miscounted(here, groups)
        for base in here:
            found.groups += len(groups)
            found.given_away += small_sets(base, groups)
            found.by_first_rule += small_sets(base, _first_rule(base))
    x, y = (_bases(responses)[item][0] for item in ITEMS)
    for within, of in beyond_the_mean(members, x, y, published.get("mean", {})):
        found.beyond_mean += small_sets(within, of)


def _miscounted(parts: Sequence[Mapping[Place, People]], groups: Mapping[Place, float]) -> int:
    """Groups whose number, as read, is not that of their people: then the reading cannot be trusted."""
    people = {place: sum(part.get(place, 0).bit_count() for part in parts) for place in groups}
    return sum(groups[place] != n for place, n in people.items())


def _members(study: Study, responses: Responses) -> dict[Place, People]:
    """Everybody (no grouping), and each level of each grouping."""
    found: dict[Place, People] = {("", ""): (1 << responses.people) - 1}
    for grouping in study.groupings:
        for person, code in enumerate(responses.codes[grouping.item].tolist()):
            place = (grouping.item, f"l{code}" if code >= 0 else "")
            found[place] = found.get(place, 0) | 1 << person
    return found


def _bases(responses: Responses) -> dict[str, list[People]]:
    """Who is in each item's base (one set a part)."""
    outside = next(place for place, answer in enumerate(ANSWERS) if answer.outside)
    x, y = (
        sum(1 << person for person, code in enumerate(responses.codes[item].tolist()) if 0 <= code < outside)
        for item in ITEMS
    )
    return {"x": [x], "y": [y], "mean": [x & y], "pool": [x, y]}


def _within(members: Mapping[Place, People], base: People) -> dict[Place, People]:
    return {place: people & base for place, people in members.items()}


def _first_rule(base: Mapping[Place, People]) -> dict[Place, int]:
    return {place: people.bit_count() for place, people in base.items() if people.bit_count() >= SMALLEST}


def small_sets(base: Mapping[Place, People], groups: Mapping[Place, float]) -> int:
    """How many groups of 1 to 9 can be worked out from those published; stops at the first."""
    known = {people for place in groups if (people := base.get(place, 0))}
    queue = sorted(known)
    while queue and len(known) < MOST_SETS:
        one = queue.pop()
        for other in tuple(known):
            for new in _made_of(one, other):
                if new.bit_count() < SMALLEST:
                    return 1
                if new not in known:
                    known.add(new)
                    queue.append(new)
    return int(any(people.bit_count() < SMALLEST for people in known))


def _made_of(one: People, other: People) -> Iterator[People]:
    both = one & other
    if not both:
        yield one | other
    elif both != one and both == other:
        yield one & ~other
    elif both != other and both == one:
        yield other & ~one


def _who_undone(facts: Sequence[Fact]) -> int:
    """Levels hidden in the who-answered table whose base an item shows."""
    hidden = hidden_sizes(facts)
    return sum(place in hidden for bases in published_groups(facts).values() for place in bases)


def _bounded(written: Written) -> Iterator[dict[str, Entry]]:
    """Groups of more than 20 with a bound somewhere, in items of whole people."""
    rows: dict[tuple[object, ...], dict[str, Entry]] = {}
    for entry in written["estimates"]:
        if entry["item"] in ITEMS:
            rows.setdefault((entry["item"], entry["group"], entry["level"]), {})[str(entry["answer"])] = entry
    for group in rows.values():
        base = max(_number(entry, "base") for entry in group.values())
        if base > 20 and any(entry["bound"] for entry in group.values()):
            yield group


def _number(entry: Entry, key: str) -> float:
    value = entry[key]
    return float(value) if isinstance(value, int | float) else 0.0


def _undone(group: Mapping[str, Entry]) -> int:
    """How many bounded answers are the same in every table of counts that fits."""
    base = round(max(_number(entry, "base") for entry in group.values()))
    possible: dict[str, set[int]] = {name: set() for name, entry in group.items() if entry["bound"]}
    for counts in _tables(group, base):
        for name, values in possible.items():
            values.add(counts[name])
    return sum(1 for values in possible.values() if len(values) < 2)


def _tables(group: Mapping[str, Entry], base: int) -> Iterator[dict[str, int]]:
    """Every table of counts that fits all that is shown."""
    choices = [_choices(group[name], base) for name in ("no", "so-so", "yes")]
    for no, so_so, yes in product(*choices):
        counts = {"no": no, "so-so": so_so, "yes": yes, "very": base - no - so_so - yes}
        counts |= {"low": no, "high": counts["yes"] + counts["very"]}
        if counts["very"] >= 0 and all(
            counts[name] in _choices(entry, base) for name, entry in group.items()
        ):
            yield counts


def _choices(entry: Entry, base: int) -> range:
    """The counts an entry allows, as printed."""
    if entry["count"] is not None:
        count = round(_number(entry, "count"))
        return range(count, count + 1)
    bound = str(entry["bound"] or "")
    fewest = next(n for n in range(base + 1) if 100 * n > 95 * base)
    if bound.startswith("fewer"):
        return range(next(n for n in range(base + 1) if 100 * n >= 5 * base))
    return range(fewest, base + 1) if bound else range(base + 1)


if __name__ == "__main__":
    sys.exit(main())
