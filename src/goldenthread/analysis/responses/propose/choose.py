"""How each question seems best read, and whether anybody needs to look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.responses.fold import heavy
from goldenthread.analysis.responses.propose.model import Choice, Proposal, Seen
from goldenthread.analysis.responses.propose.scales import fits, fitting, known_scales, outside_answers

MOST_ANSWERS = 40
LONG = 120
_TICKS = frozenset(
    ("yes", "y", "1", "true", "ticked", "selected", "checked", "no", "n", "0", "false", "not selected")
)
_NAMING = frozenset(("name", "your name", "full name", "email", "e mail", "email address", "e mail address"))
_SLUG = re.compile(r"[^a-z0-9]+")


def propose(seen: Iterable[Seen]) -> tuple[Proposal, ...]:
    """A proposal for each question, no two with the same item."""
    found, items = [], set[str]()
    for each in seen:
        kind, scale, sure, because = _read_as(each)
        item = _item(each, items)
        found.append(Proposal(each, _choice(each, kind, scale, item), sure, because))
    return tuple(found)


def _choice(seen: Seen, kind: Kind | None, scale: str, item: str) -> Choice:
    labels = [value.text for value in seen.values]
    outside = tuple(answer.label for answer in outside_answers(labels))
    ordered = kind in (Kind.SCALE, Kind.MATRIX)
    return Choice(
        id=seen.id,
        kind=kind,
        item=item,
        label=seen.text,
        scale=scale,
        order=() if scale or kind not in (Kind.SINGLE, Kind.SCALE, Kind.MATRIX) else _ordered(labels),
        outside=outside if ordered else (),
        row_items=tuple(f"{item}.{code}" for code, _ in seen.parts) if kind is Kind.MATRIX else (),
        good=(known_scales()[scale].positive or None) if ordered and scale else None,
    )


def _ordered(labels: list[str]) -> tuple[str, ...]:
    """Numbers by size; words as they came, the commonest first."""
    if all(re.fullmatch(r"-?\d+(?:\.\d+)?", label) for label in labels):
        return tuple(sorted(labels, key=float))
    return tuple(labels)


_Reading = tuple[Kind | None, str, bool, str]


def _read_as(seen: Seen) -> _Reading:
    """The kind, the known scale, whether it is sure, and why in words."""
    if not seen.filled:
        return None, "", True, "Nobody answered."
    if seen.addresses * 2 > seen.filled or heavy(seen.text) in _NAMING:
        return None, "", True, "It seems to name people, so it is not read."
    if seen.parts:
        return _several(seen)
    return _scaled(seen) or _alone(seen)


def _scaled(seen: Seen) -> _Reading | None:
    """By a known scale, where all or nearly all answers are of it."""
    scale = fitting(_substantive(seen))
    if scale == "yes-no":
        return Kind.SINGLE, scale, True, "Every answer is yes or no."
    if scale is not None:
        return Kind.SCALE, scale, True, f"Every answer is one of “{known_scales()[scale].label}”."
    scale = _nearly(seen)
    if scale is not None:
        return (
            Kind.SCALE,
            scale,
            False,
            f"Most answers are “{known_scales()[scale].label}”; others stay unread.",
        )
    return None


def _nearly(seen: Seen) -> str | None:
    """The known scale that most answers belong to, where a few spellings do not."""
    for name, known in known_scales().items():
        held = sum(value.times for value in seen.values if fits(known, value.text))
        if name != "yes-no" and held >= 0.8 * seen.filled:
            return name
    return None


def _several(seen: Seen) -> _Reading:
    if all(heavy(value.text) in _TICKS for value in seen.values) or _own_words(seen):
        return Kind.MULTIPLE, "", True, "One column for each option, ticked or not."
    scale = fitting(_substantive(seen))
    if scale is not None:
        return Kind.MATRIX, scale, True, f"One column for each statement, by “{known_scales()[scale].label}”."
    if seen.kinds <= 12:
        return Kind.MATRIX, "", False, "One column for each statement; the order of the answers is a guess."
    return None, "", False, "Several columns with one name, and no answers that they share."


def _own_words(seen: Seen) -> bool:
    """Whether each ticked cell repeats the words of its option."""
    words = {heavy(text) for _, text in seen.parts}
    return bool(words) and all(heavy(value.text) in words for value in seen.values)


def _alone(seen: Seen) -> _Reading:
    if seen.dates == seen.filled:
        return Kind.DATE, "", True, "Every answer is a date."
    if seen.numbers == seen.filled:
        few = seen.kinds <= 11
        return (
            Kind.NUMBER,
            "",
            not few,
            "Numbers that could be codes." if few else "Every answer is a number.",
        )
    if seen.numbers * 20 >= seen.filled * 19 and seen.kinds > 11:
        return Kind.NUMBER, "", False, "Nearly every answer is a number; others stay unread."
    if seen.joined * 5 > seen.filled and seen.longest <= LONG * 10:
        return Kind.MULTIPLE, "", True, "Several answers in one cell, with semicolons between."
    if seen.kinds <= MOST_ANSWERS and seen.longest <= LONG and seen.filled >= 3 * seen.kinds:
        return Kind.SINGLE, "", seen.kinds <= 15, "The same few answers again and again."
    long = seen.longest > LONG
    return (
        (Kind.LONG_TEXT if long else Kind.SHORT_TEXT),
        "",
        long,
        "People’s own words: counted, never printed.",
    )


def _substantive(seen: Seen) -> list[str]:
    labels = [value.text for value in seen.values]
    outside = {answer.label for answer in outside_answers(labels)}
    return [label for label in labels if label not in outside]


def _item(seen: Seen, items: set[str]) -> str:
    """A short name for what is asked, from the question's words; no two alike."""
    words = _SLUG.sub("-", heavy(seen.text)).strip("-").split("-")
    name = "-".join(words[:8])[:60].strip("-") or seen.id.lower()
    found, number = name, 2
    while found in items:
        found, number = f"{name}-{number}", number + 1
    items.add(found)
    return found
