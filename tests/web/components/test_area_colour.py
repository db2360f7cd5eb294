"""An area's colour can be seen by day and by night, whatever it is."""

from __future__ import annotations

import pytest
from django.test import Client

from goldenthread.web.components import area_colour
from goldenthread.web.components.area_colour import contrast, on, until_seen

COLOURS = ("000000", "ffffff", "ffff00", "7a1f5c", "0a5a61", "16212b", "808080")


@pytest.mark.parametrize("code", COLOURS)
def test_it_is_seen_on_paper_and_in_the_dark_and_so_is_what_is_drawn_on_it(code: str) -> None:
    for ground, towards in ((area_colour.LIGHT, "000000"), (area_colour.DARK, "ffffff")):
        shown = until_seen(code, ground, towards)
        assert contrast(shown, ground) >= area_colour.SEEN
        assert contrast(shown, on(shown)) >= area_colour.SEEN


def test_a_colour_that_can_be_seen_is_left_alone() -> None:
    assert until_seen("7a1f5c", area_colour.LIGHT, "000000") == "7a1f5c"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("given", "code"), [("#0A5A61", "0a5a61"), ("", ""), ("red", ""), ("#fff;}", "")])
def test_what_is_no_colour_is_none(given: str, code: str) -> None:
    assert area_colour.colour_code(given) == code


def test_its_sheet_is_kept_for_a_year_and_holds_nothing_else(client: Client) -> None:
    answer = client.get("/look/7a1f5c.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content.decode().startswith(":root{--area-colour:#7a1f5c;--on-area:#ffffff}")
    assert client.get("/look/7a1f5cff.css").status_code == 404
