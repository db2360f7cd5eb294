"""Leaving rules out of a style sheet changes nothing else in it."""

from __future__ import annotations

import pytest

from goldenthread.web.components.served import css

SHEET = """
/* a comment ; } */
:root { --a: "; } /* kept */"; }
.one > .two , .three:is(.x, .y) { color : red ; }
@media (min-width: 40em) { .one { top: 0 } .gone { top: 1px } }
@supports not (x: y) { .gone { top: 0 } }
"""


def test_small_keeps_what_stands_in_quotes() -> None:
    assert css.small('a { content: " ; x , /* no */ " ; } /* c */ b > c , d {x:y;}') == (
        'a{content: " ; x , /* no */ "}b>c,d{x:y}'
    )


def test_reading_and_writing_again_loses_nothing() -> None:
    small = css.small(SHEET)
    assert css.written(css.rules(small)) == small


def test_only_wanted_selectors_stay_and_empty_rules_go() -> None:
    left = css.kept(css.small(SHEET), lambda selector: ".gone" not in selector and ".one>" not in selector)
    assert ".gone" not in left
    assert "@supports" not in left
    assert ".three:is(.x,.y){color : red}" in left
    assert "@media (min-width: 40em){.one{top: 0}}" in left


@pytest.mark.parametrize(
    ("head", "parts"), [("a", ["a"]), ("a, b", ["a", "b"]), (":is(a,b),c", [":is(a,b)", "c"])]
)
def test_a_comma_inside_brackets_parts_nothing(head: str, parts: list[str]) -> None:
    assert list(css.selectors(head)) == parts
