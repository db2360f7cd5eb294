"""How each question seems best read, and whether anybody needs to look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.analysis.responses.fold import heavy
from goldenthread.analysis.responses.propose.ladders import ladder
from goldenthread.analysis.responses.propose.model import Choice, Proposal, Seen
from goldenthread.analysis.responses.propose.scales import apart, fits, fitting, known_scales, outside_answers

MOST_ANSWERS = 40
LONG = 120
_TICKS = frozenset(
    ("yes", "y", "1", "true", "ticked", "selected", "checked", "no", "n", "0", "false", "not selected")
)
_NAMING = frozenset(
    (
        *("name", "your name", "full name", "first name", "forename", "last name", "surname", "staff name"),
        *(
            "email",
            "e mail",
            "email address",
            "e mail address",
            "your email",
            "work email",
            "user name",
            "username",
        ),
        *("phone", "phone number", "telephone", "telephone number", "mobile", "mobile number"),
        *(
            "ip",
            "ip address",
            "ipaddress",
            "ipaddr",
            "date of birth",
            "home address",
            "national insurance number",
        ),
        *("staff number", "staff id", "staff reference", "employee number", "employee id", "payroll number"),
    )
)
"""Headings of columns that say who somebody is, or from where they answered."""

_SLUG = re.compile(r"[^a-z0-9]+")


def propose(seen: Iterable[Seen]) -> tuple[Proposal, ...]:
    """A proposal for each question, no two with the same item."""
    found, items = [], set[str]()
    for each in seen:
        kind, scale, sure, because = _read_as(each)
        item = item_of(each, items)
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
        order=() if scale or kind not in (Kind.SINGLE, Kind.SCALE, Kind.MATRIX) else _ordered(seen, outside),
        outside=outside if ordered else (),
        row_items=tuple(f"{item}.{code}" for code, _ in seen.parts) if kind is Kind.MATRIX else (),
        good=_good(seen, scale) if ordered else None,
    )


def _good(seen: Seen, scale: str) -> bool | None:
    if scale:
        return known_scales()[scale].positive or None
    steps = ladder(_substantive(seen))
    return steps.positive if steps else None


def _ordered(seen: Seen, outside: tuple[str, ...]) -> tuple[str, ...]:
    """By their numbers or steps where these tell; else as they came, the commonest first, outside last."""
    labels = _substantive(seen)
    steps = ladder(labels)
    return (*(steps.order if steps else labels), *outside)


_Reading = tuple[Kind | None, str, bool, str]


def _read_as(seen: Seen) -> _Reading:
    """The kind, the known scale, whether it is sure, and why in words."""
    if not seen.filled:
        return None, "", True, "Nobody answered."
    if not seen.text:
        return None, "", True, "It has no heading, so it is not read."
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
        return Kind.SCALE, scale, False, _most(seen, scale)
    return None


def _most(seen: Seen, scale: str) -> str:
    """Which answers are none of the scale's, the commonest first."""
    known = known_scales()[scale]
    outside = {answer.label for answer in outside_answers(value.text for value in seen.values)}
    stray = [v for v in seen.values if not fits(known, v.text) and v.text not in outside]
    named = listed([f"{quoted(v.text)} ({v.times:,})" for v in stray[:3]])
    more = f" and {len(stray) - 3:,} others" if len(stray) > 3 else ""
    return f"Most answers are “{known.label}”, but not {named}{more}: say later what those mean."


def _nearly(seen: Seen) -> str | None:
    """The known scale that most answers belong to, where a few spellings do not."""
    for name, known in known_scales().items():
        held = sum(value.times for value in seen.values if fits(known, value.text))
        if name != "yes-no" and held >= 0.8 * seen.filled and apart(known, (v.text for v in seen.values)):
            return name
    return None


def _several(seen: Seen) -> _Reading:
    if all(heavy(value.text) in _TICKS for value in seen.values) or _own_words(seen):
        return Kind.MULTIPLE, "", True, "One column for each option, ticked or not."
    scale = fitting(_substantive(seen))
    if scale is not None:
        return Kind.MATRIX, scale, True, f"One column for each statement, by “{known_scales()[scale].label}”."
    if seen.kinds <= 12:
        return Kind.MATRIX, "", False, f"One column for each statement. {_guess(seen)}"
    return None, "", False, "Several columns with one name, and no answers that they share."


def _guess(seen: Seen) -> str:
    """How the order of answers that are no known scale was come by."""
    steps = ladder(_substantive(seen))
    order = (
        f"Their order is a guess, {steps.because}" if steps else "Their order is only how often each is met"
    )
    return f"These answers are no scale that we know. {order}, and so are the halves: look at both."


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
    found = _few(seen)
    if found is not None:
        return found
    long = seen.longest > LONG
    return (
        (Kind.LONG_TEXT if long else Kind.SHORT_TEXT),
        "",
        long,
        "People’s own words: counted, never printed.",
    )


def _few(seen: Seen) -> _Reading | None:
    """A scale of its own or a list, where the same few answers come again and again."""
    if _in_steps(seen):
        return Kind.SCALE, "", False, _guess(seen)
    if seen.kinds <= MOST_ANSWERS and seen.longest <= LONG and seen.filled >= 3 * seen.kinds:
        return Kind.SINGLE, "", seen.kinds <= 15, "The same few answers again and again."
    return None


def _in_steps(seen: Seen) -> bool:
    """Whether a few answers, met again and again, are steps of one thing."""
    labels = _substantive(seen)
    if not 3 <= len(labels) <= 11 or seen.filled < 3 * seen.kinds:
        return False
    steps = ladder(labels)
    return steps is not None and steps.steps


def _substantive(seen: Seen) -> list[str]:
    labels = [value.text for value in seen.values]
    outside = {answer.label for answer in outside_answers(labels)}
    return [label for label in labels if label not in outside]


def item_of(seen: Seen, items: set[str]) -> str:
    """A short name for what is asked, from the question's words; none of ``items``, and put among them."""
    words = _SLUG.sub("-", heavy(seen.text)).strip("-").split("-")
    name = "-".join(words[:8])[:60].strip("-") or seen.id.lower()
    found, number = name, 2
    while found in items:
        found, number = f"{name}-{number}", number + 1
    items.add(found)
    return found
