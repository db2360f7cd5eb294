"""Marks in a page for what is one person's own (respond/slots.py), and what a question says of itself."""

from __future__ import annotations

from typing import Any

from django import template

from goldenthread.analysis.definition.model import Question
from goldenthread.web.respond.slots import marked

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], kind: str, field: str = "", code: str = "") -> str:
    """The mark of one slot."""
    return marked(context["mark"], kind, field, code)


@register.filter
def says_all(question: Question) -> bool:
    """Whether the question's own words, or its help, end by asking for all that apply."""
    said = (question.text, question.help or "")
    return any(words.rstrip(" .)").casefold().endswith("all that apply") for words in said)
