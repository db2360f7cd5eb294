"""What the levels of a group are merged under, where one of them is too small (method 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.analysis.definition.answers import answer_code
from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.words import meant, quoted


def read_parents(group: Table, item: str, answers: Sequence[Answer]) -> Mapping[str, str]:
    """The ``parents`` of a [[groups]] entry, by the code of each level; faults noted."""
    table = group.table("parents")
    found: dict[str, str] = {}
    for level in table.values:
        code, parent = answer_code(answers, level), table.name(level).strip()
        if code is None:
            hint = meant(level, [answer.label for answer in answers])
            table.fault(f"{quoted(level)} is no answer of {quoted(item)}{hint}")
        elif code in found:
            table.fault(f"{quoted(level)} was given a parent further up")
        else:
            found[code] = parent
    _check_alone(table, found)
    return found


def _check_alone(table: Table, parents: Mapping[str, str]) -> None:
    """A parent of one level merges nothing: most often its name was written in two ways."""
    named = [parent for parent in parents.values() if parent]
    for parent in (parent for parent in named if named.count(parent) == 1):
        hint = meant(parent, [other for other in named if other != parent])
        table.fault(f"{quoted(parent)} stands over one level only, so it merges nothing{hint}")
