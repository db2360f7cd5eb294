"""Addresses every audience shares; they stand before an area's own, so no area can be called by them."""

from __future__ import annotations

from django.urls import register_converter

from goldenthread.web.access import ANYONE, NEVER, page
from goldenthread.web.components import gallery, pages


class ColourCode:
    """Six hexadecimal figures, small."""

    regex = "[0-9a-f]{6}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(ColourCode, "colour")

urlpatterns = [
    page("accessibility/", pages.accessibility, name="accessibility", may=ANYONE, post=NEVER),
    page("privacy/", pages.privacy, name="privacy", may=ANYONE, post=NEVER),
    page("numbers/", pages.numbers, name="numbers", may=ANYONE, post=NEVER),
    page("help/", pages.help_page, name="help", may=ANYONE, post=NEVER),
    page("look/<colour:code>.css", pages.area_colour, name="area_colour", may=ANYONE, post=NEVER),
    page("components/", gallery.components, name="components", may=ANYONE, post=NEVER),
    page("components/front-page/", gallery.front_page, name="sample_front_page", may=ANYONE, post=NEVER),
    page("components/finding/", gallery.finding, name="sample_finding", may=ANYONE, post=NEVER),
]
