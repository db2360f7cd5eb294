"""Our standard errors are those of R's ``survey``, and our ranges those of ``prop.test`` and of print.

The figures of R were made once by ``tests/oracle/make.R`` and are committed beside it: nothing here needs
R. 159 people, three strata with a headcount, unequal weights, domains, items with blanks; each figure
of ours comes the whole way, from typed answers through the cube.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

from goldenthread.analysis.cube.build import build_cube
from goldenthread.analysis.cube.coding import codings
from goldenthread.analysis.definition.model import (
    Answer,
    Kind,
    Net,
    Question,
    Questionnaire,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.definition.study import Grouping, HeadcountRow, Item, Study, Wave
from goldenthread.analysis.estimate.design import designs
from goldenthread.analysis.estimate.share import share_of
from goldenthread.analysis.estimate.tally import tally
from goldenthread.analysis.estimate.wilson import wilson
from goldenthread.analysis.responses.model import Responses

ORACLE = Path(__file__).parents[1] / "tests" / "oracle"
ITEMS = ("q1", "q2", "q3", "q4")
ROLES = ("teach", "assist", "lead", "health")
HEADCOUNT = {"north": 900, "south": 700, "town": 400}

DESIGNS = {
    "weighted-stratified-finite": ("weight", "region", True),
    "weighted-stratified": ("weight", "region", False),
    "stratified-finite": (None, "region", True),
    "weighted": ("weight", None, False),
    "weighted-lonely": ("weight", "alone", False),
}
"""Each design of make.R: its weight, its stratum, and whether it uses the headcount."""

PRINTED = (
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
)
"""Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3 (four decimals, 95 %)."""

Row = Mapping[str, str]


def main() -> int:
    """Compare every figure; print the widest gaps."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    shares, errors = _widest(list(_against_survey()))
    ranges = max(_against_prop_test())
    printed = max(_against_print())
    holds = shares < 1e-9 and errors < 1e-9 and ranges < 1e-9 and printed <= 5.1e-5
    figures = {
        "figures": len(_rows("errors.csv")) + len(_rows("wilson.csv")) + len(PRINTED),
        "widest_gap_in_share": shares,
        "widest_gap_in_standard_error": errors,
        "widest_gap_in_wilson": ranges,
        "widest_gap_from_print": printed,
    }
    print(json.dumps({"proof": "oracle", "holds": holds, **figures}))
    return 0 if holds else 1


def _against_survey() -> Iterator[tuple[float, float]]:
    """Gaps in share and in standard error."""
    ours = {(name, *place): figure for name in DESIGNS for place, figure in _ours(name).items()}
    for row in _rows("errors.csv"):
        share, error = ours[row["design"], row["item"], row["role"], row["answer"]]
        yield abs(share - float(row["share"])), abs(error - float(row["error"]))


def _ours(name: str) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Share and standard error by item, role ("" everybody) and answer."""
    study, wave, responses = survey(name)
    cube = build_cube(study, wave, responses)
    design = designs(study, wave, cube)
    found = {}
    for item, coding in codings(study, wave).items():
        for role in ("", *ROLES):
            cells = [c for c in cube.of(item, "role" if role else None) if c.level == role]
            counts = tally(coding, cells, design.of("role" if role else None))
            for answer, codes in coding.members.items():
                variance = (counts.variances or {})[answer]
                found[item, role, answer] = (share_of(counts, answer, codes).p, sqrt(variance))
    return found


def survey(name: str) -> tuple[Study, Wave, Responses]:
    """The people of ``people.csv`` as a study of ours, under one of ``DESIGNS``."""
    weight, stratum, finite = DESIGNS[name]
    rows = _rows("people.csv")
    scale = Scale("five", tuple(Answer(str(n), str(n), net="top2" if n > 3 else None) for n in range(1, 6)))
    scale = Scale("five", scale.answers, (Net("top2", "Top two", Side.HIGH),), "top2")
    roles = Scale("roles", tuple(Answer(role, role) for role in ROLES))
    questions = [Question(item, Kind.SCALE, item, item, scale=scale) for item in ITEMS]
    questions.append(Question("role", Kind.SINGLE, "Role", "role", scale=roles))
    paper = Questionnaire("council", "Council", (Section("all", "All", tuple(questions)),))
    wave = Wave("w", "W", questionnaire=paper, weight=weight, stratum=stratum)
    items = tuple(Item(i, i, scale.answers, scale.nets, "top2", {"w": (i,)}) for i in ITEMS)
    dated = date(2025, 5, 1)
    register = [HeadcountRow("w", "region", level, n, dated=dated) for level, n in HEADCOUNT.items()]
    study = Study(
        *("council", "Council", "Anyshire"),
        waves=(wave,),
        items=items,
        groupings=(Grouping("role", "Role"),),
        headcount=tuple(register) if finite else (),
    )
    return study, wave, _responses(rows, weight, stratum)


def _responses(rows: list[Row], weight: str | None, stratum: str | None) -> Responses:
    codes: dict[str, Any] = {
        item: np.array([int(row[item]) - 1 if row[item] else -1 for row in rows], dtype=np.int16)
        for item in ITEMS
    }
    codes["role"] = np.array([ROLES.index(row["role"]) for row in rows], dtype=np.int16)
    return Responses(
        wave="w",
        people=len(rows),
        codes=codes,
        weight=np.array([float(row[weight]) for row in rows]) if weight else None,
        stratum=tuple(row[stratum] for row in rows) if stratum else None,
    )


def _against_prop_test() -> Iterator[float]:
    """R takes z from the normal distribution; our reports take 1.96 (method 3)."""
    z = NormalDist().inv_cdf(0.975)
    for row in _rows("wilson.csv"):
        low, high = wilson(int(row["x"]) / int(row["n"]), int(row["n"]), z)
        yield max(abs(low - float(row["low"])), abs(high - float(row["high"])))


def _against_print() -> Iterator[float]:
    for x, n, printed_low, printed_high in PRINTED:
        low, high = wilson(x / n, n)
        yield max(abs(low - printed_low), abs(high - printed_high))


def _widest(gaps: list[tuple[float, float]]) -> tuple[float, float]:
    return max(share for share, _ in gaps), max(error for _, error in gaps)


def _rows(name: str) -> list[Row]:
    with (ORACLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    sys.exit(main())
