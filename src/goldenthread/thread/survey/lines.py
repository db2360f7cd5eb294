"""Which line of a questionnaire file a fault is in, for whoever has to mend it."""

from __future__ import annotations

import re

_PLACE = re.compile(r"^(?:(?P<noun>section|question|scale) “(?P<name>[^”]+)”)?(?:.*?“(?P<key>\w+)”)?")


def with_lines(said: str, text: str) -> str:
    """What a refusal says, each fault behind the line it is in where the file tells it."""
    first, *faults = said.splitlines()
    return "\n".join([first, *(_with_line(fault, text.splitlines()) for fault in faults)])


def _with_line(fault: str, lines: list[str]) -> str:
    place = _PLACE.match(fault)
    if place is None or not place["name"]:
        return fault
    start = _opening(place["noun"], place["name"], lines)
    if start is None:
        return fault
    return f"line {_of_key(place['key'], start, lines) + 1}, {fault}"


def _opening(noun: str, name: str, lines: list[str]) -> int | None:
    """The line that names the section, question or scale, counted from 0."""
    quoted = re.escape(name)
    if noun == "scale":
        wanted = re.compile(rf"\s*\[scales\.[\"']?{quoted}[\"']?\]")
    else:
        wanted = re.compile(rf"\s*id\s*=\s*[\"']?{quoted}[\"']?\s*(?:#.*)?$")
    heads = {"section": "[[sections]]", "question": "[[sections.questions]]"}
    for number, line in enumerate(lines):
        if wanted.match(line) and (noun == "scale" or _under(number, lines) == heads[noun]):
            return number
    return None


def _under(number: int, lines: list[str]) -> str:
    """The table heading that a line stands under."""
    above = (line.strip() for line in reversed(lines[:number]))
    return next((line for line in above if line.startswith("[")), "")


def _of_key(key: str | None, start: int, lines: list[str]) -> int:
    """The line of a key in the same table; the line that names it where there is none."""
    first = max((n for n in range(start + 1) if lines[n].lstrip().startswith("[")), default=0)
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("[")), len(lines))
    own = re.compile(rf"\s*{re.escape(key)}\s*=") if key else None
    return next((n for n in range(first, end) if own and own.match(lines[n])), start)
