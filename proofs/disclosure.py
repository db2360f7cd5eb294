"""No group of 1 to 9 people can be worked out from what a report publishes (rules D1 to D5).

Random small studies go the whole way to figures.json. What was published is read back from there, and
attacked by somebody who knows who belongs to which groups: every union of published groups that do not
meet and every difference of groups one inside the other, again and again, is made (as sets of people;
the product itself never does this). None may hold 1 to 9. The same is done to the figures as the first
rule alone would leave them, to show that the attack bites.

The ways in which a report once gave its hidden groups away are tried as well (``attacks``).

And within each group: where "fewer than 5 %" or "more than 95 %" stands for a figure, every table of
counts that fits what is shown is made; they must not all say 0 (or everybody).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from attacks import beyond_the_mean, told_beside, told_by_own_item, told_by_same_mix
from studies import ANSWERS, ITEMS, random_study

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.definition.study import Study, Wave
from goldenthread.analysis.estimate.measure import besides, measure_wave
from goldenthread.analysis.estimate.model import WaveMeasures
from goldenthread.analysis.estimate.who import wave_facts, who_tables
from goldenthread.analysis.report.figures import figures
from goldenthread.analysis.responses.model import Responses
from goldenthread.analysis.results import Results, WhoTable

SMALLEST = 10
MOST_SETS = 400
"""Where so many sets of people have been worked out, the attack on one item stops."""

Place = tuple[str, str]
People = int
"""A set of people, as the bits of a number."""

Entry = Mapping[str, object]
Published = dict[str, dict[Place, int]]


@dataclass
class Found:
    """What the attacks came to, over all studies."""

    studies: int = 0
    groups: int = 0
    given_away: int = 0
    by_first_rule: int = 0
    who_undone: int = 0
    bounds: int = 0
    bounds_undone: int = 0
    own_item: int = 0
    beside: int = 0
    same_mix: int = 0
    beyond_mean: int = 0

    @property
    def secrets(self) -> int:
        """Everything that should not have been found."""
        sets = self.given_away + self.who_undone + self.bounds_undone
        return sets + self.own_item + self.beside + self.same_mix + self.beyond_mean


def main() -> int:
    """Attack each study; print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="10,000 studies instead of 200")
    parser.add_argument("--first", type=int, default=0, help="the seed to begin with")
    given, _ = parser.parse_known_args()
    found = Found()
    for seed in range(given.first, given.first + (10_000 if given.all else 200)):
        attack(*random_study(seed), found)
    holds = not found.secrets and found.by_first_rule > 0
    print(json.dumps({"proof": "disclosure", "holds": holds, **vars(found)}))
    return 0 if holds else 1


def attack(study: Study, wave: Wave, responses: Responses, found: Found) -> None:
    """Publish one study and try to work out what is hidden."""
    measures, results = publish(study, wave, responses)
    written = json.loads(json.dumps(figures(results)))
    members = _members(study, responses)
    found.studies += 1
    shown = published_groups(written)
    for item, columns in _bases(responses).items():
        here = [_within(members, column) for column in columns]
        for base in here:
            found.groups += len(shown.get(item, {}))
            found.given_away += _small_sets(base, shown.get(item, {}))
            found.by_first_rule += _small_sets(base, _first_rule(base))
    counted = {
        (t.grouping, row.level): row.count or 0
        for t in results.who
        for row in t.rows
        if row.count is not None
    }
    found.given_away += _small_sets(members, counted)
    found.who_undone += _who_undone(results.who, shown)
    _known_ways(study, wave, measures, results, found)
    x, y = (_bases(responses)[item][0] for item in ITEMS)
    for within, of in beyond_the_mean(members, x, y, shown.get("mean", {})):
        found.beyond_mean += _small_sets(within, of)
    for rows in _bounded(written):
        found.bounds += 1
        found.bounds_undone += _undone(rows)


def _known_ways(study: Study, wave: Wave, measures: WaveMeasures, results: Results, found: Found) -> None:
    found.own_item += told_by_own_item(results)
    found.beside += told_beside(results.besides)
    for grouping in study.groupings:
        found.same_mix += told_by_same_mix(study, wave, measures, grouping.item)


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


def published_groups(written: Mapping[str, Sequence[Entry]]) -> Published:
    """The base of every group shown, by item: all that the attack takes from a written file.

    Reads the shape of figures.json; a reader of another file need only return the same.
    """
    found: Published = {}
    for entry in written["estimates"]:
        group, level, base = entry["group"], entry["level"], entry["base"]
        if isinstance(base, int):
            place = (str(group or ""), "" if level is None else str(level))
            found.setdefault(str(entry["item"]), {})[place] = base
    return found


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


def _small_sets(base: Mapping[Place, People], shown: Mapping[Place, int]) -> int:
    """How many groups of 1 to 9 can be worked out from those ``shown``; stops at the first."""
    known = {people for place in shown if (people := base.get(place, 0))}
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


def _who_undone(tables: Sequence[WhoTable], shown: Published) -> int:
    """Levels hidden in the who-answered table whose base an item shows."""
    hidden = {(t.grouping, row.level) for t in tables for row in t.rows if row.count is None}
    return sum(1 for bases in shown.values() for place in bases if place in hidden)


def _bounded(written: Mapping[str, Sequence[Entry]]) -> Iterator[dict[str, Entry]]:
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
