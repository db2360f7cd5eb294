"""A field of a form as components show it, and what is wrong with a form, in the order of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget

from goldenthread.web.components.parts import Option, Problem


class DateWidget(forms.Widget):
    """Three boxes: day, month and year; a browser sends ``closes-day`` and its like."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401
        """What was typed, as it was typed."""
        del files
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in self.PARTS)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ANN401
        """Whether no box was sent at all."""
        del files
        return not any(f"{name}-{part}" in data for part in self.PARTS)


class DateParts(forms.Field):
    """A date typed in three boxes. What is wrong is said of the box it is wrong in."""

    widget = DateWidget

    def to_python(self, value: Any) -> date | None:  # noqa: ANN401
        """The date. Raises ValidationError."""
        typed = tuple(value or ())
        if not any(typed):
            return None
        missing = [part for part, text in zip(DateWidget.PARTS, typed, strict=True) if not text]
        if missing:
            raise ValidationError(f"Add the {' and the '.join(missing)}.", "part")
        if not all(text.isdecimal() and text.isascii() for text in typed):
            raise ValidationError("Write the date in numbers, like 27 3 2027.", "numbers")
        return _real(*(int(text[:5]) for text in typed))


def _real(day: int, month: int, year: int) -> date:
    if not 1900 <= year <= 9998:
        raise ValidationError("Write the year with four figures, like 2027.", "year")
    if not 1 <= month <= 12:
        raise ValidationError("The month is a number from 1 to 12.", "month")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError("There is no such day in that month.", "day") from None


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a widget was told about its own tag; empty where it was told nothing."""

    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: str = ""
    maxlength: str = ""
    rows: str = "5"
    accept: str = ""
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """Everything a component needs of a bound field. ``kind`` names the component."""

    kind: str
    name: str
    id: str
    label: str
    hint: str
    error: str
    value: object
    required: bool
    options: tuple[Option, ...]
    type: str
    attributes: Attributes


def facts(field: forms.BoundField) -> FieldFacts:
    """The facts of a bound field."""
    return FieldFacts(
        kind=_kind(field.field.widget),
        name=field.html_name,
        id=field.id_for_label or field.auto_id or field.html_name,
        label=str(field.label or ""),
        hint=str(field.help_text or ""),
        error=" ".join(errors(field)),
        value=_shown(field),
        required=field.field.required,
        options=_options(field),
        type=str(getattr(field.field.widget, "input_type", "text")),
        attributes=_attributes(field.field),
    )


MISSING = {
    "radios": "Choose an answer for “{}”.",
    "select": "Choose an answer for “{}”.",
    "checkboxes": "Choose one or more for “{}”.",
    "checkbox": "Tick “{}”.",
    "file": "Choose a file for “{}”.",
    "date": "Give a date for “{}”.",
}


def errors(field: forms.BoundField) -> tuple[str, ...]:
    """What is wrong with a field. Django's “This field is required.” names no field; ours does."""
    bare = str(forms.Field.default_error_messages["required"])
    words = MISSING.get(_kind(field.field.widget), "Fill in “{}”.").format(field.label)
    return tuple(words if str(error) == bare else str(error) for error in field.errors)


def problems(bound: Iterable[forms.BaseForm]) -> tuple[Problem, ...]:
    """What is wrong with the forms: of each, its fields in order, then what is wrong with the whole."""
    return tuple(found for form in bound for found in _problems(form))


def _problems(form: forms.BaseForm) -> Iterator[Problem]:
    if not form.is_bound:
        return
    for field in form:
        for error in errors(field):
            yield Problem(error, "" if field.is_hidden else f"#{_target(field)}")
    yield from (Problem(str(error)) for error in form.non_field_errors())


def _target(field: forms.BoundField) -> str:
    """The id of the first thing in a field that can be typed in or chosen."""
    found = facts(field)
    return f"{found.id}-day" if found.kind == "date" else found.id


def _kind(widget: forms.Widget) -> str:
    """Which component shows a widget."""
    if isinstance(widget, forms.HiddenInput) or widget.is_hidden:
        return "hidden"
    kinds = (
        (DateWidget, "date"),
        (forms.Textarea, "textarea"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.CheckboxInput, "checkbox"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
        (forms.PasswordInput, "password"),
    )
    return next((kind for widgets, kind in kinds if isinstance(widget, widgets)), "input")


def _shown(field: forms.BoundField) -> object:
    """The value as text; of a date its three parts; of a password or a file nothing."""
    kind, value = _kind(field.field.widget), field.value()
    if kind in ("password", "file"):
        return ""
    if kind == "date":
        return (value.day, value.month, value.year) if isinstance(value, date) else tuple(value or ("",) * 3)
    if kind == "checkbox":
        return bool(value)
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return "" if value is None else str(field.field.prepare_value(value))


def _options(field: forms.BoundField) -> tuple[Option, ...]:
    widget = field.field.widget
    if not isinstance(widget, ChoiceWidget):
        return ()
    value = field.value()
    held = value if isinstance(value, list | tuple | set) else [value]
    chosen = {"" if each is None else str(each) for each in held}
    return tuple(
        Option(value=str(code), words=str(words), chosen=str(code) in chosen)
        for code, words in widget.choices
        if not isinstance(words, list | tuple)
    )


def _attributes(field: forms.Field) -> Attributes:
    told = {"maxlength": getattr(field, "max_length", None), **field.widget.attrs}
    named = {each.name for each in dataclass_fields(Attributes)} - {"multiple"}
    words = {name: str(value) for name, value in told.items() if name in named and value is not None}
    return Attributes(**words, multiple=bool(told.get("multiple")))
