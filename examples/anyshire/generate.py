"""Anyshire: an invented local area whose true answers are known, and the surveys taken of it.

    python examples/anyshire/generate.py             write the raw files of the example again
    python examples/anyshire/generate.py --self-selected --out DIR
                                                     the twin, where the confident answer more often

The files in the repository are what the first line writes. ``population()``, ``draw()``
and ``truth()`` are there for proofs that need to know what is true.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:  # so that a proof may load this file by its path
    sys.path.insert(0, str(HERE))

import layouts  # noqa: E402
from staff import (  # noqa: E402
    AGREE,
    NOT_ASKED,
    OUTSIDE,
    Area,
    Population,
    areas,
    draw,
    half_up,
    parts,
    population,
    questions,
    targets,
    truth,
)

__all__ = ["NOT_ASKED", "OUTSIDE", "Population", "areas", "draw", "files", "population", "truth"]

Row = Mapping[str, str | int]
PRINTED_WITH = 21
"""The seed that chose who answered the 2021 wave."""
LAST_WITH_BASE = 16
"""The 2021 report printed a base for its first figures only."""


def published() -> Iterator[Row]:
    """What the old report printed: whole per cents that agree, and who answered, by area of work.

    Columns are those of ``goldenthread check`` with the item, the answer and the base as a range. Where
    no base was printed, only the number who answered limits it.
    """
    everybody, people = population(), draw(PRINTED_WITH, wave="2021")
    asked = [target.item for target in targets() if "2021" in target.shares]
    for number, item in enumerate(asked, start=1):
        said = everybody.said["2021", item][people]
        base, count = int((said >= 0).sum()), int((said >= AGREE).sum())
        printed = number <= LAST_WITH_BASE or base < 0.9 * len(people)
        low, high = (base, base) if printed else (math.ceil(0.9 * len(people)), len(people))
        yield {
            **_figure(f"Q{number + 3}", item, "agree", _label(item), half_up(100 * count / base)),
            "base": base if printed else "",
            "base_low": low,
            "base_high": high,
        }
    counts = np.bincount(everybody.area[people], minlength=len(areas()))
    for each, count in zip(areas(), counts, strict=True):
        yield {
            **_figure("Q1", "area", each.code, each.label, half_up(100 * int(count) / len(people))),
            "part": "true",
            "numerator": int(count),
            **dict.fromkeys(("base", "base_low", "base_high"), len(people)),
        }


def _figure(number: str, item: str, answer: str, label: str, percent: int) -> Row:
    return {
        "id": f"{number}-{answer}",
        "group": number,
        "kind": "share",
        "of": "",
        "part": "false",
        "label": label,
        "percent": percent,
        "numerator": "",
        "base": "",
        "rounded_parts": 1,
        "wave": "2021",
        "item": item,
        "answer": answer,
        "base_low": "",
        "base_high": "",
    }


def _label(item: str) -> str:
    every = (part for question, _ in questions("2023") for part in parts(question))
    return str(next(part["label"] for part in every if part["item"] == item))


def headcount() -> Iterator[Row]:
    """Staff by area of work a month before each wave; one area could only give a range."""
    for wave in ("2023", "2025"):
        spread = [(each, 5 if each.code == "voluntary" else 0) for each in areas()]
        staff = sum(each.staff for each in areas())
        yield _counted(wave, None, staff - 5, staff + 5)
        for each, give in spread:
            yield _counted(wave, each, each.staff - give, each.staff + give)


def _counted(wave: str, area: Area | None, low: int, high: int) -> Row:
    return {
        "wave": wave,
        "grouping": "area" if area else "",
        "level": area.code if area else "",
        "number": low,
        "number_high": high if high > low else "",
        "date": f"{wave}-05-01",
        "source": "Staff lists of each service" if area else "Sum of the services",
        "all_invited": "yes",
    }


def files(*, self_selected: bool = False) -> dict[str, bytes]:
    """Every file the generator writes, by name."""
    return {
        "2021-figures.csv": _csv(list(published())),
        "2023-responses.csv": layouts.limesurvey("2023", self_selected=self_selected),
        "2025-responses.xlsx": layouts.forms("2025", self_selected=self_selected),
        "headcount.csv": _csv(list(headcount())),
        "truth.csv": _csv(list(truth())),
    }


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Write the raw files of Anyshire.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: this one)")
    parser.add_argument("--self-selected", action="store_true", help="the twin: people choose to answer")
    chosen = parser.parse_args(arguments)
    if chosen.self_selected and chosen.out.resolve() == HERE:
        parser.error("--self-selected needs --out, so that the example is not overwritten")
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name, content in files(self_selected=chosen.self_selected).items():
        (chosen.out / name).write_bytes(content)


if __name__ == "__main__":
    main()
