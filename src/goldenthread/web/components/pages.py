"""The pages of the footer, and an area's colour as a style sheet."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from goldenthread.web.components.area_colour import style_sheet

A_YEAR = 31_536_000


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with the parts the law asks for."""
    return _statement(request, "accessibility")


def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return _statement(request, "privacy")


def numbers(request: HttpRequest) -> HttpResponse:
    """How the numbers are made, in plain words."""
    return _statement(request, "numbers")


def help_page(request: HttpRequest) -> HttpResponse:
    """Where to turn."""
    return _statement(request, "help")


@cache_control(public=True, max_age=A_YEAR, immutable=True)
def area_colour(request: HttpRequest, code: str) -> HttpResponse:
    """An area's colour. The address holds the colour, so that it never changes and tells nothing."""
    del request
    return HttpResponse(style_sheet(code), content_type="text/css; charset=utf-8")


def _statement(request: HttpRequest, name: str) -> HttpResponse:
    context = {**statements(), "contact": getattr(settings, "CONTACT", "")}
    return render(request, f"statements/{name}.html", context)


@cache
def statements() -> dict[str, Any]:
    """What the statements say that changes with time (statements.toml)."""
    return tomllib.loads(files(__package__).joinpath("statements.toml").read_text(encoding="utf-8"))
