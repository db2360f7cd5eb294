"""Families of comparisons against the published procedure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from goldenthread.analysis.compare.family import adjusted, line

PS = st.lists(st.floats(0, 1), min_size=1, max_size=40)
BENJAMINI_HOCHBERG_1995 = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_example_of_the_paper() -> None:
    """Fifteen comparisons at q = 0.05: the first four are marked."""
    marked = [
        p
        for p, fitted in zip(BENJAMINI_HOCHBERG_1995, adjusted(BENJAMINI_HOCHBERG_1995), strict=True)
        if fitted <= 0.05
    ]
    assert marked == BENJAMINI_HOCHBERG_1995[:4]
    assert line(BENJAMINI_HOCHBERG_1995, 0.05) == 0.0095


@given(PS)
def test_agrees_with_scipy(ps: list[float]) -> None:
    expected = false_discovery_control(ps)
    assert all(abs(a - b) < 1e-12 for a, b in zip(adjusted(ps), expected, strict=True))


@given(PS, st.sampled_from([0.01, 0.05, 0.1, 0.2]))
def test_the_line_marks_exactly_what_the_adjusted_values_mark(ps: list[float], q: float) -> None:
    marked = [fitted <= q for fitted in adjusted(ps)]
    if any(marked):
        assert [p <= line(ps, q) for p in ps] == marked
    else:
        assert line(ps, q) == q / len(ps)


def test_a_family_of_one_and_of_none() -> None:
    assert adjusted([0.07]) == (0.07,)
    assert adjusted([]) == ()
    assert line([], 0.1) == 0.1
