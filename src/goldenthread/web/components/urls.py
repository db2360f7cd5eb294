"""Addresses every audience shares; they stand before an area's own, so no area can be called by them."""

from __future__ import annotations

from django.urls import register_converter

from goldenthread.web.access import ANYONE, page
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
    page("accessibility/", pages.accessibility, name="accessibility", may=ANYONE),
    page("privacy/", pages.privacy, name="privacy", may=ANYONE),
    page("numbers/", pages.numbers, name="numbers", may=ANYONE),
    page("help/", pages.help_page, name="help", may=ANYONE),
    page("look/<colour:code>.css", pages.area_colour, name="area_colour", may=ANYONE),
    page("components/", gallery.components, name="components", may=ANYONE),
    page("components/front-page/", gallery.front_page, name="sample_front_page", may=ANYONE),
    page("components/finding/", gallery.finding, name="sample_finding", may=ANYONE),
]
