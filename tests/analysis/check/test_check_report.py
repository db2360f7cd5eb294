"""Judgements as people and scripts read them."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Figure
from goldenthread.analysis.check.report import as_json, as_lines

WRONG = Figure("a", Fraction(6), 0, label="Availability", numerator=67, base_low=1222, base_high=1222)
RIGHT = Figure("b", Fraction(5), 0, numerator=67, base_low=1222, base_high=1222)


def test_the_list_a_script_reads() -> None:
    listed = json.loads(json.dumps(as_json(judge((WRONG, RIGHT)))))
    assert listed == [
        {"id": "a", "verdict": "wrong", "because": "67 out of 1222 is 5.48 %", "nearest": 5.0},
        {"id": "b", "verdict": "possible", "because": "", "nearest": None},
    ]


def test_the_lines_a_person_reads() -> None:
    lines = "\n".join(as_lines((WRONG, RIGHT), judge((WRONG, RIGHT))))
    assert "a, Availability: 6 % (67/1222): 67 out of 1222 is 5.48 %" in lines
    assert "nearest that could be printed: 5 %" in lines
    assert lines.endswith("1 of 2 figures cannot be true as printed; the rest could be.")
    assert as_lines((RIGHT,), judge((RIGHT,))) == ("The 1 figure could be true.",)
    assert as_lines((RIGHT, replace(RIGHT, id="c")), judge((RIGHT, replace(RIGHT, id="c")))) == (
        "All 2 figures could be true.",
    )
    alone = as_lines((WRONG,), judge((WRONG,)))
    assert alone[0] == "1 does not match the count and base printed beside it (wrong):"
    assert alone[-1] == "1 of 1 figure cannot be true as printed."
    assert as_lines((), ()) == ("No figures to check.",)


def test_a_whole_that_cannot_add_up_condemns_no_one_figure() -> None:
    parts = tuple(
        Figure(f"{group}{n}", Fraction(60), 0, group=group, part=True, base_low=100, base_high=100)
        for group in ("p", "q")
        for n in range(2)
    )
    one = as_lines((*parts[:2], RIGHT), judge((*parts[:2], RIGHT)))[-1]
    assert one == "1 group of 2 figures cannot all be true together; the rest could be."
    two = as_lines((*parts, WRONG), judge((*parts, WRONG)))[-1]
    assert two == (
        "1 of 5 figures cannot be true as printed; "
        "in each of 2 groups (4 figures) the parts cannot all be true together."
    )
