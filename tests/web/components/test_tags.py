"""The numbers of a pagination, and what a page says is wrong."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import Context
from tests.web.components.rendering import drawn

from goldenthread.web.components.gallery import Sample
from goldenthread.web.components.parts import Problem
from goldenthread.web.components.templatetags.look import page_problems, pages


@pytest.mark.parametrize(
    ("here", "of", "numbers"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (3, 5, (1, 2, 3, 4, 5)),
        (1, 40, (1, 2, None, 40)),
        (9, 40, (1, None, 8, 9, 10, None, 40)),
        (40, 40, (1, None, 39, 40)),
        (4, 40, (1, 2, 3, 4, 5, None, 40)),
    ],
)
def test_pages_left_out_are_a_gap_of_more_than_one(
    here: int, of: int, numbers: tuple[int | None, ...]
) -> None:
    assert pages(Paginator(range(of), 1).page(here)) == numbers


def test_one_page_draws_no_pagination() -> None:
    assert drawn('<c-pagination :page="page" />', page=Paginator([], 10).page(1)).strip() == ""


def test_what_stands_before_the_number_is_kept() -> None:
    html = drawn(
        '<c-pagination :page="page" query="{{ query }}" />', page=Paginator(range(9), 1).page(2), query="q=a&"
    )
    assert 'href="?q=a&amp;page=3"' in html


def test_a_page_gathers_problems_of_its_view_and_its_forms() -> None:
    given = Problem("The file is being read by somebody else.")
    found = page_problems(Context({"problems": [given], "form": Sample({}), "forms": [Sample()]}))
    assert found[0] == given
    assert len(found) > 5
    assert page_problems(Context({"form": "not a form"})) == ()
