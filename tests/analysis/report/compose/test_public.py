"""What may be said in public: hedged sentences, and nothing that too few stand behind."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.report.compose.read_back import (
    REPORT,
    RESULTS,
    blocks_of,
    chapter,
    composed,
    every_text,
)

from goldenthread.analysis.report.model import Bullets


def test_public_sentences_are_safe_and_carry_the_caveat() -> None:
    say, leave = (block.items for block in blocks_of(chapter("public"), Bullets))
    assert any(text.startswith("Nine in ten of the") for text in say)
    assert not [t for t in say if "who answered" not in t and "too few people answered" not in t]
    assert any("hidden" in text or "[c]" in text for text in leave)
    assert REPORT.caveat[0] in list(every_text(chapter("public")))


def test_no_figure_that_too_few_stand_behind_is_offered_as_a_sentence() -> None:
    """Marked [u], not one level or change is left to copy."""
    shaky = tuple(replace(e, flag="u") if e.group is None else e for e in RESULTS.estimates)
    report = composed(estimates=shaky)
    say, leave = (block.items for block in blocks_of(chapter("public", report), Bullets))
    assert say
    assert not any("%" in text or "point" in text or "in ten" in text for text in say)
    assert any("[u]" in text for text in leave)


def test_people_are_named_as_the_study_names_them() -> None:
    report = composed(study=replace(RESULTS.study, people="nursery staff"))
    assert "the views of all nursery staff" in " ".join(every_text(chapter("public", report)))
