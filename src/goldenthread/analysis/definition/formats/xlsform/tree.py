"""The survey sheet as groups within groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.analysis.definition.formats.xlsform.sheets import Line
from goldenthread.analysis.problem import Refusal

DEEPEST = 20
_REPEATS = ("begin repeat", "begin loop")


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what stands in it; ``line`` is the one that begins it, None for the form itself."""

    line: Line | None
    inside: list[Group | Line] = field(default_factory=list)

    @property
    def not_held(self) -> str:
        """What it is, where it is more than a group; else nothing."""
        kind = kind_of(self.line) if self.line else "begin group"
        if kind == "begin group":
            return ""
        return "what is asked several times" if kind in _REPEATS else f"a “{kind.removeprefix('begin ')}”"


def tree(file: str, lines: Sequence[Line]) -> Group:
    """The form with its groups. Raises Refusal where one has no end, or an end no beginning."""
    whole = Group(None)
    around = [whole]
    for line in lines:
        kind = kind_of(line)
        if kind.startswith("end "):
            if len(around) == 1:
                raise Refusal(
                    f"{file}, sheet “survey”, row {line.number}: the end of a group that has no beginning."
                )
            around.pop()
        elif kind.startswith("begin "):
            group = Group(line)
            around[-1].inside.append(group)
            around.append(group)
        else:
            around[-1].inside.append(line)
        if len(around) > DEEPEST:
            raise Refusal(
                f"{file}, sheet “survey”, row {line.number}: groups stand more than {DEEPEST} deep."
            )
    if len(around) > 1 and around[-1].line:
        raise Refusal(f"{file}, sheet “survey”, row {around[-1].line.number}: a group that has no end.")
    return whole


def kind_of(line: Line) -> str:
    """What a line is, in small letters with single spaces: ``begin group``, ``select_one places``."""
    first, *rest = line.get("type").split() or [""]
    first = first.lower()
    if first.partition("_")[0] in ("begin", "end"):
        return " ".join((*first.split("_"), *map(str.lower, rest)))
    return " ".join((first, *rest))


def every(group: Group) -> list[Line]:
    """Every line in a group, however deep."""
    found: list[Line] = []
    for each in group.inside:
        found += every(each) if isinstance(each, Group) else [each]
    return found
