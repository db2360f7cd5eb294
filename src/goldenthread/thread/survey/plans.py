"""Seen and chosen, to and from the plain data a row keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.responses.propose.model import Choice, Seen, Value

Plain = dict[str, Any]


def seen_to_plain(seen: Seen) -> Plain:
    """What was seen, as JSON holds it."""
    return asdict(seen)


def seen_from_plain(plain: Mapping[str, Any]) -> Seen:
    """What was seen, from JSON."""
    values = tuple(Value(each["text"], each["times"]) for each in plain["values"])
    parts = tuple((code, words) for code, words in plain["parts"])
    return Seen(**{**plain, "headings": tuple(plain["headings"]), "values": values, "parts": parts})


def choice_to_plain(choice: Choice, *, sure: bool, because: str) -> Plain:
    """A choice with why it was proposed, as JSON holds it."""
    return {**asdict(choice), "kind": choice.kind and choice.kind.value, "sure": sure, "because": because}


def choice_from_plain(plain: Mapping[str, Any]) -> Choice:
    """A choice, from JSON."""
    fields = {key: value for key, value in plain.items() if key not in ("sure", "because")}
    lists = ("order", "outside", "row_items", "sides")
    fields |= {key: tuple(fields.get(key, ())) for key in lists}
    return Choice(**{**fields, "kind": Kind(plain["kind"]) if plain["kind"] else None})


def chosen(
    seen: Iterable[Mapping[str, Any]], choices: Iterable[Mapping[str, Any]]
) -> list[tuple[Seen, Choice]]:
    """What was seen with what was chosen of it, in the file's order."""
    by_id = {plain["id"]: choice_from_plain(plain) for plain in choices}
    return [(each, by_id[each.id]) for each in map(seen_from_plain, seen)]
