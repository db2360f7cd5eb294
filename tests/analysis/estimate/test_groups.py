"""No group of 1 to 9 people can be worked out from the levels left in sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldenthread.analysis.estimate.groups import Bases, Level, hidden_levels

Person = tuple[str, ...]
SMALLEST = 10


def bases(people: list[Person]) -> Bases:
    """One person a row: their level of each grouping (a, b, c)."""
    names = "abc"[: len(people[0]) if people else 0]
    levels = {g: dict(Counter(p[place] for p in people)) for place, g in enumerate(names)}
    profiles = [(tuple(zip(names, levels_of, strict=True)), n) for levels_of, n in Counter(people).items()]
    return Bases(len(people), levels, profiles)


def worked_out(people: list[Person], hidden: frozenset[Level]) -> Iterator[int]:
    """The size of everything that can be worked out, by making every set there is."""
    everybody = frozenset(range(len(people)))
    known = {everybody}
    for place, name in enumerate("abc"[: len(people[0])]):
        for level in {p[place] for p in people}:
            if (name, level) not in hidden:
                known.add(frozenset(n for n in everybody if people[n][place] == level))
    queue = list(known)
    while queue and len(known) < 600:
        one = queue.pop()
        for other in tuple(known):
            for new in (one | other if not one & other else one, one - other if other < one else one):
                if new not in known:
                    known.add(new)
                    queue.append(new)
    return (len(people_of) for people_of in known)


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    people = [("x",)] * 4 + [("y",)] * 30 + [("z",)] * 12
    assert hidden_levels([bases(people)], 10) == {("a", "x"), ("a", "z")}


def test_hiding_stops_once_enough_are_hidden() -> None:
    people = [("u",)] * 6 + [("v",)] * 5 + [("w",)] * 11 + [("y",)] * 30
    assert hidden_levels([bases(people)], 10) == {("a", "u"), ("a", "v")}


def test_a_level_nobody_is_in_hides_nothing() -> None:
    part = Bases(40, {"a": {"x": 0, "y": 40}})
    assert hidden_levels([part], 10) == frozenset()


def test_too_few_altogether_hides_every_level() -> None:
    assert hidden_levels([bases([("x",)] * 9)], 10) == {("a", "x")}


def test_too_few_altogether_keeps_what_was_hidden_already() -> None:
    """A level that nobody in the base belongs to may be hidden in the who-answered table all the same."""
    assert hidden_levels([bases([("x",)] * 9)], 10, [("a", "z")]) == {("a", "x"), ("a", "z")}


def test_a_group_just_inside_another_is_not_shown_beside_it() -> None:
    people = [("x", "k")] * 20 + [("y", "k")] * 3 + [("y", "l")] * 40 + [("z", "l")] * 50
    hidden = hidden_levels([bases(people)], 10)
    assert hidden
    assert all(size >= 10 for size in worked_out(people, hidden))
    plain = worked_out(people, frozenset())
    assert 3 in plain


def test_three_groupings_that_only_together_give_a_few_away() -> None:
    """Each asked of its own people only; five belong to none of the three."""
    asked = [("s", "", "")] * 20 + [("", "h", "")] * 20 + [("", "", "c")] * 20 + [("", "", "")] * 5
    people = asked
    assert 5 in set(worked_out(people, frozenset()))
    assert all(size >= 10 for size in worked_out(people, hidden_levels([bases(people)], 10)))


def test_what_is_hidden_already_stays_hidden() -> None:
    people = [("x",)] * 20 + [("y",)] * 30 + [("z",)] * 40
    assert ("a", "z") in hidden_levels([bases(people)], 10, [("a", "z")])


def test_parts_of_a_pool_are_protected_together() -> None:
    few = bases([("x",)] * 4 + [("y",)] * 30 + [("z",)] * 12)
    many = bases([("x",)] * 40 + [("y",)] * 30 + [("z",)] * 20)
    assert ("a", "x") in hidden_levels([many, few], 10)


def test_many_small_overlaps_give_nothing_away() -> None:
    people = [(f"s{n % 40}", f"r{n // 40 % 12}") for n in range(1500)]
    assert hidden_levels([bases(people)], 10) == frozenset()


def test_a_few_across_the_border_of_two_blocks_are_protected() -> None:
    """Forty schools and twelve roles in two blocks, and four people in both."""
    people = [(f"s{n % 40}", f"r{n % 2 * 6 + n // 40 % 6}") for n in range(1500)] + [("s0", "r7")] * 4
    hidden = hidden_levels([bases(people)], 10)
    assert 0 < len(hidden) < 12


def organisations(*, apart: bool) -> list[Person]:
    """Three thousand people in 150 organisations, by role and by years; in two blocks where ``apart``."""
    chance = Random(1)  # noqa: S311 - invented people, not secrets
    return [
        (f"o{n % 150}", f"r{chance.randrange(4) + (4 * (n % 2) if apart else 0)}", f"y{chance.randrange(5)}")
        for n in range(3000)
    ]


def test_many_organisations_across_other_groups_give_nothing_away() -> None:
    """Nor is anything hidden because there is too much to search."""
    assert hidden_levels([bases(organisations(apart=False))], 10) == frozenset()


def test_a_few_between_two_blocks_of_many_organisations_are_protected() -> None:
    people = [*organisations(apart=True), *[("o0", "r7", "y1")] * 4]
    hidden = hidden_levels([bases(people)], 10)
    assert {("a", "o0"), ("b", "r7")} & hidden
    assert len(hidden) < 12


spread = st.lists(
    st.tuples(st.sampled_from("vwxyz"), st.sampled_from("klm"), st.sampled_from("pq")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(spread, st.lists(st.integers(1, 25), min_size=12, max_size=12))
def test_nothing_small_can_be_worked_out(kinds: list[Person], sizes: list[int]) -> None:
    people = [kind for kind, size in zip(kinds, sizes, strict=False) for _ in range(size)]
    hidden = hidden_levels([bases(people)], 10)
    assert all(size >= 10 for size in worked_out(people, hidden)) or len(people) < 10


@settings(max_examples=50, deadline=None)
@given(spread, st.lists(st.integers(1, 25), min_size=12, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(kinds: list[Person], sizes: list[int], random: object) -> None:
    people = [kind for kind, size in zip(kinds, sizes, strict=False) for _ in range(size)]
    moved = sorted(people, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert hidden_levels([bases(moved)], 10) == hidden_levels([bases(people)], 10)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=14))
def test_what_is_hidden_leaves_every_hidden_count_open(counts: list[int]) -> None:
    """One word stands for all of them: each is 1 or more, and together they are everybody less the rest."""
    levels = {f"level {n}": count for n, count in enumerate(counts)}
    everybody = sum(counts)
    assume(everybody >= SMALLEST)
    hidden = hidden_levels([Bases(everybody, {"area": levels})], SMALLEST)
    unseen = [levels[level] for _, level in hidden]
    if unseen and len(unseen) < sum(count > 0 for count in counts):
        assert len(unseen) > 1
        assert sum(unseen) > len(unseen), "as many people as levels would be one in each"


def test_ten_groups_of_one_are_not_given_away_by_their_sum() -> None:
    levels = {f"level {n}": 1 for n in range(10)} | {"schools": 60, "health": 30}
    hidden = hidden_levels([Bases(100, {"area": levels})], SMALLEST)
    assert ("area", "health") in hidden
