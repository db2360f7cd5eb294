"""Somebody who knows who belongs where works out no group of 1 to 9 people from figures.json."""

from __future__ import annotations

import disclosure as proof
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(20_000, 2_000_000_000))
def test_no_union_or_difference_gives_a_few_away(seed: int) -> None:
    found = proof.Found()
    proof.attack(*proof.random_study(seed), found)
    assert found.given_away == 0
    assert found.who_undone == 0
    assert found.bounds_undone == 0
    assert (found.own_item, found.beside, found.same_mix, found.beyond_mean) == (0, 0, 0, 0)


def test_the_attack_finds_what_the_first_rule_alone_gives_away() -> None:
    found = proof.Found()
    for seed in range(5):
        proof.attack(*proof.random_study(seed), found)
    assert found.by_first_rule > 0
