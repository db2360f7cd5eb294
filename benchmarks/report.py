"""A whole report, from two files of answers to all four formats: the floor is ten seconds.

    python benchmarks/report.py [--people 800] [--items 60] [--rounds 3]

Two waves of five-point items by one grouping of 12 levels, made in a temporary folder. No other
program makes such a report, so the peer is the least anyone could do with the same files: read both
with Python's csv and count every answer of every item by group.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

WAVES = ("2023", "2025")
GROUPS = tuple(f"Team {number}" for number in range(1, 13))
LABELS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
NETS = ("against", "against", "neither", "for", "for")


def main() -> None:
    """Time both by turns and print a table and one line of JSON."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_study(folder, given.people, given.items)
        runs: dict[str, Callable[[], object]] = {
            "report": lambda: make_report(folder),
            "csv_count": lambda: plain_count(folder),
        }
        times = {name: [_timed(run) for _ in range(given.rounds)] for name, run in runs.items()}
        size = sum(path.stat().st_size for path in (folder / "out").iterdir()) / 1e6
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in times.items():
        print(f"{name:>10}  median {medians[name]:6.2f} s   ({min(seconds):.2f} to {max(seconds):.2f})")
    figures = {"people": given.people, "items": given.items, "megabytes": size, "floor_s": 10}
    print(json.dumps({"benchmark": "report", "seconds": medians["report"], **figures, "medians": medians}))


def make_study(folder: Path, people: int, items: int) -> None:
    """Write a study file, its questionnaires and its answers."""
    chance = random.Random(20251122)  # noqa: S311 - invented answers, not secrets
    parts = ['id = "bench"\ntitle = "A survey"\narea = "Anyshire"\n']
    for wave in WAVES:
        (folder / f"{wave}.toml").write_text(_questionnaire(wave, items), encoding="utf-8")
        _write_answers(folder / f"{wave}.csv", people, items, chance)
        parts.append(f'[[waves]]\nid = "{wave}"\nlabel = "{wave}"\nquestionnaire = "{wave}.toml"\n')
        parts.append(f'responses = "{wave}.csv"\n')
    parts.append('[[groups]]\nitem = "team"\nlabel = "Team"\n')
    (folder / "study.toml").write_text("".join(parts), encoding="utf-8")


def make_report(folder: Path) -> None:
    """Run the command as a person would, in a process of its own."""
    words = ("report", str(folder / "study.toml"), "--out", str(folder / "out"))
    subprocess.run([sys.executable, "-m", "goldenthread.analysis", *words], check=True, capture_output=True)


def plain_count(folder: Path) -> Counter[tuple[str, ...]]:
    """Every answer of every item by group, and nothing else."""
    counts: Counter[tuple[str, ...]] = Counter()
    for wave in WAVES:
        with (folder / f"{wave}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                counts.update((wave, item, row["team"], answer) for item, answer in row.items())
    return counts


def _questionnaire(wave: str, items: int) -> str:
    answers = ", ".join(
        f'{{ code = "{n}", label = "{label}", net = "{net}" }}'
        for n, (label, net) in enumerate(zip(LABELS, NETS, strict=True), 1)
    )
    sides = (("against", "low"), ("neither", "middle"), ("for", "high"))
    nets = ", ".join(f'{{ id = "{net}", label = "All {net}", side = "{side}" }}' for net, side in sides)
    teams = ", ".join(f'{{ code = "{n}", label = "{team}" }}' for n, team in enumerate(GROUPS))
    rows = ",\n".join(f'{{ id = "r{n}", text = "Statement {n}", item = "item-{n}" }}' for n in range(items))
    return (
        f'id = "b{wave}"\ntitle = "A survey"\n[scales.agree]\nanswers = [{answers}]\nnets = [{nets}]\n'
        f'headline = "for"\n[[sections]]\nid = "s"\ntitle = "All"\n'
        f'[[sections.questions]]\nid = "team"\nkind = "single"\ntext = "Team?"\nanswers = [{teams}]\n'
        f'[[sections.questions]]\nid = "m"\nkind = "matrix"\ntext = "How far do you agree?"\n'
        f'scale = "agree"\nrows = [\n{rows}\n]\n'
    )


def _write_answers(path: Path, people: int, items: int, chance: random.Random) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["team", *(f"m[r{n}]" for n in range(items))])
        for _ in range(people):
            weights = (1, 2, 2, 4, 2)
            sheet.writerow([chance.choice(GROUPS), *chance.choices(LABELS, weights, k=items)])


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
