"""How it was worked out, in the words of the questionnaire and with the study's own figures."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import RESULTS, composed, said_in, with_items

from goldenthread.analysis.definition.model import Side
from goldenthread.analysis.report.compose.report import compose


def test_the_method_uses_the_words_of_the_questionnaire() -> None:
    said = said_in("method")
    assert "“Neither” is in it" in said
    assert "said “Not part of my role”, gave no answer that could be read" in said
    without = (
        replace(
            item,
            nets=tuple(n for n in item.nets if n.side is not Side.MIDDLE),
            answers=tuple(a for a in item.answers if not a.outside),
        )
        for item in RESULTS.study.items
    )
    plain = said_in("method", compose(with_items(*without)))
    assert "A base is everyone" in plain
    assert "Neither" not in plain
    assert "role" not in plain


def test_what_small_groups_are_joined_within_is_named() -> None:
    study = RESULTS.study
    (work,) = study.groupings
    parents = {"school": "Education", "early": "Education", "health": "Care", "social": "Care"}
    within = composed(replace(RESULTS, study=replace(study, groupings=(replace(work, parents=parents),))))
    said = said_in("method", within)
    assert "Small groups are joined, first within “Education” or “Care”, until each has at least 10" in said
    assert "Small groups are joined until each has at least 10" in said_in("method")
