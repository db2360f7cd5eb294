"""The further fields a list declares for its entries, such as a tier's number."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.analysis.definition.words import quoted
from goldenthread.ground.days import read_day
from goldenthread.ground.refused import Refused

Value = str | int | float | bool | None
KnowsEntry = Callable[[str, str], str | None]
"""From a list's code and a name to the code of that entry, or None where there is none."""

LONGEST_TEXT = 300


class FieldKind(StrEnum):
    """What a field holds. A day is kept as its ISO words, an entry as its code."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Field:
    """One further field. ``of`` is the list an ENTRY field points into."""

    code: str
    label: str
    kind: FieldKind
    needed: bool = False
    of: str = ""


def field_of(row: Mapping[str, object]) -> Field:
    """The field that ``row`` (JSON or TOML) describes."""
    return Field(
        code=str(row["code"]),
        label=str(row["label"]),
        kind=FieldKind(str(row["kind"])),
        needed=bool(row.get("needed", False)),
        of=str(row.get("of", "")),
    )


def read_fields(fields: Sequence[Field], given: Mapping[str, str], known: KnowsEntry) -> dict[str, Value]:
    """What was typed for each field, as values. Raises Refused naming the first field that is wrong."""
    return {field.code: _read(field, given.get(field.code, "").strip(), known) for field in fields}


def shown(value: object) -> str:
    """A value as a person types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).removesuffix(".0")


def _read(field: Field, text: str, known: KnowsEntry) -> Value:
    if not text:
        if field.needed:
            raise Refused(f"{field.label}: fill this in.", field=field.code)
        return "" if field.kind in (FieldKind.TEXT, FieldKind.ENTRY, FieldKind.DAY) else None
    if field.kind is FieldKind.ENTRY:
        return _entry(field, text, known)
    return _READERS[field.kind](field, text)


def _entry(field: Field, text: str, known: KnowsEntry) -> str:
    code = known(field.of, text)
    if code is None:
        raise Refused(f"{field.label}: {quoted(text)} is not on that list.", field=field.code)
    return code


def _text(field: Field, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(f"{field.label}: at most {LONGEST_TEXT} characters, not {len(text)}.", field=field.code)
    return text


def _whole(field: Field, text: str) -> int:
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise Refused(f"{field.label}: {quoted(text)} is not a whole number, 0 or more.", field=field.code)
    return int(digits)


def _number(field: Field, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(f"{field.label}: {quoted(text)} is not a number.", field=field.code)
    return number


def _day(field: Field, text: str) -> str:
    day = read_day(text)
    if day is None:
        raise Refused(f"{field.label}: {quoted(text)} is not a day such as 16/1/2025.", field=field.code)
    return day.isoformat()


def _flag(field: Field, text: str) -> bool:
    if text.casefold() not in ("yes", "no"):
        raise Refused(f"{field.label}: {quoted(text)} is neither yes nor no.", field=field.code)
    return text.casefold() == "yes"


_READERS: dict[FieldKind, Callable[[Field, str], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.WHOLE: _whole,
    FieldKind.NUMBER: _number,
    FieldKind.FLAG: _flag,
    FieldKind.DAY: _day,
}
