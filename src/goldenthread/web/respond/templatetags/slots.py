"""Marks in a page for what is one person's own (respond/slots.py)."""

from __future__ import annotations

from typing import Any

from django import template

from goldenthread.web.respond.slots import marked

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], kind: str, field: str = "", code: str = "") -> str:
    """The mark of one slot."""
    return marked(context["mark"], kind, field, code)
