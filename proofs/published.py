"""What printed percentages allow: two published reports, judged again from their figures alone.

First, a council's 28 changes in agreement between 2021 and 2023, from percentages and two totals: which
of them a reader may call a rise or a fall (methods 5 to 8 and 11). Second, a national report's
fractions: which printed percentages are not those of the count and base beside them. Third, that no
truly rounded percentage is ever called impossible, for every count on every base up to a size.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from goldenthread.analysis.check.counts import counts
from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Truth
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.findings import classify
from goldenthread.analysis.compare.model import Change, Finding, FindingKind, Verdict
from goldenthread.analysis.compare.published import measure_published
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.definition.study_file import read_study

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "published"
FELL = {"legal-framework", "ehc-plans", "annual-review", "sen-funding", "complex-panel", "experiential"}
ROSE = {"lo-professionals"}
STRENGTHS = {
    "multi-agency",
    "co-productive",
    "relationships",
    "team-around",
    "person-centred",
    "open-discussion",
}
UNEXPLAINED = {f"2.2-{number}" for number in range(1, 6)}
"""Five ways of deciding that hold 725 of 800 people."""


def main() -> int:
    """Print what was found; 0 where it is what we claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="try every base up to 400, not 60")
    largest = 400 if parser.parse_args().all else 60
    figures = {**_changes(), **_fractions(), **_roundings(largest)}
    claims = [figures.pop(key) for key in ("changes_hold", "check_holds", "roundings_hold")]
    holds = all(claims)
    sys.stdout.write(json.dumps({"proof": "published", "holds": holds, **figures}) + "\n")
    return 0 if holds else 1


def _changes() -> dict[str, object]:
    study = read_study(EXAMPLES / "swindon" / "study.toml")
    changes, findings = _compared(study)
    at_five = _compared(replace(study, thresholds=replace(study.thresholds, q=0.05)))[0]
    tested = [change for change in changes if change.verdict is not None]
    tally = Counter(change.verdict.value for change in tested if change.verdict)
    strengths = {finding.item for finding in findings if finding.kind is FindingKind.STRENGTH}
    for change in tested:
        sys.stdout.write(f"{change.item:18} {change.points:+6.1f}  {change.verdict}: {change.because}\n")
    holds = (
        len(tested) == 28
        and _moved(changes, Verdict.FELL) == FELL
        and _moved(changes, Verdict.ROSE) == ROSE
        and tally[Verdict.FEW.value] == 21
        and _moved(at_five, Verdict.FELL) | _moved(at_five, Verdict.ROSE) == {"ehc-plans"}
        and strengths == STRENGTHS
    )
    return {"changes_hold": holds, "changes": len(tested), **tally, "strengths": len(strengths)}


def _compared(study: Study) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    measures = tuple(measure_published(study, wave) for wave in study.waves)
    changes = compare_pair(study, measures[-2], measures[-1])
    return changes, classify(study, measures, changes)


def _moved(changes: tuple[Change, ...], verdict: Verdict) -> set[str]:
    return {change.item for change in changes if change.verdict is verdict}


def _fractions() -> dict[str, object]:
    path = EXAMPLES / "send-cpd" / "figures.csv"
    figures, problems = read_figures(path)
    judged = judge(figures)
    wrong = {found.id for found in judged if found.verdict is Truth.WRONG}
    others = {found.id for found in judged if found.verdict not in (Truth.WRONG, Truth.POSSIBLE)}
    for found in judged:
        if found.verdict is Truth.WRONG:
            sys.stdout.write(f"{found.id:8} {found.because}; nearest {found.nearest} %\n")
    recounted = set(_recount(path))
    holds = not problems and wrong == recounted and others == UNEXPLAINED
    return {"check_holds": holds, "fractions": len(figures), "wrong": len(wrong), "recounted": len(recounted)}


def _recount(path: Path) -> Iterator[str]:
    """Ids whose percentage is not their fraction's, in whole numbers only and none of our own code."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            whole, _, places = row["percent"].partition(".")
            if row["percent"]:
                scale = 10 ** len(places)
                miss = 100 * int(row["numerator"]) * scale - int(whole + places) * int(row["base"])
                if 2 * abs(miss) > int(row["base"]):
                    yield row["id"]


def _roundings(largest: int) -> dict[str, object]:
    tried = missed = 0
    for base in range(1, largest + 1):
        for people in range(base + 1):
            for decimals in (0, 1, 2):
                for printed in _prints(people, base, decimals):
                    least, most = counts(printed, decimals, base)
                    tried += 1
                    missed += not least <= people <= most
    return {"roundings_hold": not missed, "roundings": tried, "missed": missed}


def _prints(people: int, base: int, decimals: int) -> set[Fraction]:
    """The percentage rounded half up, and rounded half to even."""
    scale = 10**decimals
    units, rest = divmod(100 * people * scale, base)
    up = units + (2 * rest >= base)
    even = units + (2 * rest > base or (2 * rest == base and units % 2 == 1))
    return {Fraction(up, scale), Fraction(even, scale)}


if __name__ == "__main__":
    sys.exit(main())
