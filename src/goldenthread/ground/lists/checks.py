"""What must hold before an entry is written; each failing is one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.ground.days import said
from goldenthread.ground.lists.models import Entry
from goldenthread.ground.lists.names import fold, stored
from goldenthread.ground.refused import Refused

LONGEST_LABEL, LONGEST_SOURCE, MOST_ALIASES = 200, 300, 40
Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class EntryGiven:
    """An entry as a person gives it. ``data`` is what they typed in each of the list's fields."""

    label: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    heading: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    position: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)


def tidy(given: EntryGiven) -> EntryGiven:
    """``given`` with its words on one line, no alias twice. Raises Refused for what is never right."""
    label, source = stored(given.label), " ".join(given.source.split())
    aliases = tuple(dict.fromkeys(filter(None, map(stored, given.aliases))))
    if not label:
        raise Refused("Label: say what it is called.", field="label")
    for name, words, most in (("label", label, LONGEST_LABEL), ("source", source, LONGEST_SOURCE)):
        if len(words) > most:
            told = f"{name.capitalize()}: at most {most} characters, not {len(words)}."
            raise Refused(told, field=name)
    if len(aliases) > MOST_ALIASES or any(len(alias) > LONGEST_LABEL for alias in aliases):
        told = f"Other names: at most {MOST_ALIASES}, each of at most {LONGEST_LABEL} characters."
        raise Refused(told, field="aliases")
    if given.valid_from and given.valid_until and given.valid_until < given.valid_from:
        told = f"Last day: {said(given.valid_until)} is before the first, {said(given.valid_from)}."
        raise Refused(told, field="valid_until")
    return replace(given, label=label, aliases=aliases, source=source)


def check_place(given: EntryGiven, code: str, others: Iterable[Entry]) -> None:
    """Raises Refused where the dates, the names or the heading do not fit with the list's other rows."""
    others = tuple(others)
    _check_dates(given, code, others)
    _check_names(given, code, others)
    _check_parent(given, code, others)


def check_no_children(code: str, last_day: date, others: Iterable[Entry]) -> None:
    """Raises Refused where something stands under ``code`` after its last day."""
    under = [each.label for each in others if each.parent == code and _goes_on(each, last_day)]
    if under:
        raise Refused(f"{listed(map(quoted, under[:3]))} would stand under nothing: end or move them first.")


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a day; both ends belong to a span, None is no end."""
    (first, last), (begin, end) = one, other
    return (last is None or begin is None or begin <= last) and (end is None or first is None or first <= end)


def _span(each: Entry | EntryGiven) -> Span:
    return each.valid_from, each.valid_until


def _goes_on(each: Entry, last_day: date) -> bool:
    return each.valid_until is None or each.valid_until > last_day


def _check_dates(given: EntryGiven, code: str, others: tuple[Entry, ...]) -> None:
    for each in others:
        if each.code == code and overlap(_span(given), _span(each)):
            told = f"Dates: {quoted(each.label)} already holds on some of these days."
            raise Refused(told, field="valid_from")


def _check_names(given: EntryGiven, code: str, others: tuple[Entry, ...]) -> None:
    mine = {fold(name): name for name in (given.label, *given.aliases)}
    for each in others:
        if each.code == code or not overlap(_span(given), _span(each)):
            continue
        for name in (each.label, *each.aliases):
            if fold(name) in mine:
                field = "label" if fold(name) == fold(given.label) else "aliases"
                raise Refused(_taken(mine[fold(name)], each.label), field=field)


def _taken(name: str, label: str) -> str:
    if name == label:
        return f"{quoted(name)} is on this list already."
    return f"{quoted(name)} already stands for {quoted(label)}."


def _check_parent(given: EntryGiven, code: str, others: tuple[Entry, ...]) -> None:
    if not given.parent:
        return
    above = {each.code: each.parent for each in others if overlap(_span(given), _span(each))}
    if given.parent not in above:
        raise Refused("Under: choose an entry that holds on the same days.", field="parent")
    step = given.parent
    while step and step != code:
        step = above.pop(step, "")
    if step == code:
        raise Refused("Under: an entry cannot stand under itself.", field="parent")
