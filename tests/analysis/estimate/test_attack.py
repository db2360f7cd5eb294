"""Somebody who knows who belongs where works out no group of 1 to 9 people from a report's files."""

from __future__ import annotations

import disclosure as proof
from hypothesis import given, settings
from hypothesis import strategies as st

SEEDS = st.integers(20_000, 2_000_000_000)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_no_union_or_difference_gives_a_few_away(seed: int) -> None:
    found = proof.Found()
    proof.attack(*proof.random_study(seed), found)
    assert found.groups
    assert not found.faults, found


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_no_file_says_more_than_figures_json_and_all_together_give_nobody_away(seed: int) -> None:
    found = proof.Found()
    proof.attack(*proof.random_study(seed), found, files=True)
    assert min(found.json_facts, found.html_facts, found.docx_facts, found.xlsx_facts) > 0
    assert not found.faults, found


def test_attack_and_reading_find_what_is_given_away_where_less_is_hidden() -> None:
    """By the first rule alone; and in every file where no rule is kept."""
    found = proof.attacked(range(3), each=1)
    assert found.by_first_rule
    assert min(found.html_unprotected, found.docx_unprotected, found.xlsx_unprotected) > 0
    assert found.bites
    assert not proof.Found().bites
