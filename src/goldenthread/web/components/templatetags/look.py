"""What the templates of components ask Python for. Nothing here makes markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.template.context import Context

from goldenthread.web.components import fields, parts
from goldenthread.web.components.area_colour import colour_code

register = template.Library()


@register.simple_tag
def facts(field: forms.BoundField) -> fields.FieldFacts:
    """The facts of a bound field."""
    return fields.facts(field)


@register.simple_tag(takes_context=True)
def page_problems(context: Context) -> tuple[parts.Problem, ...]:
    """What is wrong with the page's ``form`` or ``forms``, and what its view says in ``problems``."""
    bound = [*(context.get("forms") or ()), context.get("form")]
    given = context.get("problems") or ()
    return (*given, *fields.problems(form for form in bound if isinstance(form, forms.BaseForm)))


@register.simple_tag
def options(
    given: Iterable[Any], value: object = "", values: Iterable[Any] | None = ()
) -> tuple[parts.Option, ...]:
    """Choices as components show them, from Options or from (value, words) or (value, words, hint)."""
    chosen = {str(each) for each in values or ()} | {str(value)}
    return tuple(
        each if isinstance(each, parts.Option) else _option(*each, chosen=chosen) for each in given or ()
    )


def _option(value: object, words: object, hint: object = "", *, chosen: set[str]) -> parts.Option:
    return parts.Option(str(value), str(words), str(hint), chosen=str(value) in chosen)


@register.simple_tag
def pages(page: Any) -> tuple[int | None, ...]:  # noqa: ANN401 - a Django Page, or what looks like one
    """The numbers a pagination shows; None where some are left out."""
    wanted = sorted({1, page.paginator.num_pages} | {page.number + step for step in (-1, 0, 1)})
    shown = [number for number in wanted if 1 <= number <= page.paginator.num_pages]
    found: list[int | None] = []
    for number in shown:
        if found and found[-1] is not None and number - found[-1] > 1:
            found.append(number - 1 if number - found[-1] == 2 else None)
        found.append(number)
    return tuple(found)


@register.filter
def state_words(state: str) -> str:
    """A knot's state in words: “begun”."""
    return parts.STATES.get(state, "")


@register.filter
def colour_of(area: object) -> str:
    """The six figures of an area's colour; nothing where it keeps ours."""
    return colour_code(str(getattr(area, "colour", "") or ""))


@register.filter
def beside(row: Iterable[Any], columns: Iterable[Any]) -> tuple[tuple[Any, Any], ...]:
    """Each cell of a row with its column."""
    return tuple(zip(columns, row, strict=True))


@register.filter
def words_joined(first: object, second: object) -> str:
    """Two ids, or the one that is there, for ``aria-describedby``."""
    return " ".join(str(each) for each in (first, second) if each)


@register.filter
def upto(number: object) -> range:
    """1, 2 and so on to ``number``."""
    return range(1, int(str(number)) + 1)
