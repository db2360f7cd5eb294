"""Who answered, as words: the standing caveat, the match with the workforce, and dates (method 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.report.sentences.words import capital, half_up, number, percent, plural
from goldenthread.analysis.results import WaveFacts

UNKNOWN = (
    "We do not know how many people could have answered, so we give no response rate "
    "and nothing here describes the whole workforce."
)


def caveat(facts: WaveFacts, alike: str) -> tuple[str, ...]:
    """The standing caveat of method 1, word for word.

    ``alike`` names the variable the answers are compared within ("area of work"); without one
    the sentence asks only that those who did not answer are like those who did.
    """
    if facts.answered is None or facts.invited is None or facts.rate is None:
        return (f"{answered_words(facts)} {UNKNOWN}" if facts.answered is not None else UNKNOWN,)
    within = f" in the same {alike}" if alike else ""
    chance = (
        f"The ranges show chance only, and hold if people who did not answer are like those who did{within}."
    )
    return (f"{answered_words(facts)} {chance} We cannot check that. {shift_words(facts)}".strip(),)


def answered_words(facts: WaveFacts) -> str:
    """``159 of about 1,200 people answered (13%).``; an uncertain number is given as its range."""
    answered = number(facts.answered or 0)
    if facts.invited is None or facts.rate is None:
        return f"{capital(plural(facts.answered or 0, 'person', 'people'))} answered."
    of = f"{answered} of {invited_words(facts)} answered"
    if facts.invited_high is not None and facts.invited_high > facts.invited:
        both = sorted(100 * (facts.answered or 0) / n for n in (facts.invited, facts.invited_high))
        return f"{of} ({rates(both[0], both[1])})."
    return f"{of} ({percent(facts.rate)})."


def invited_words(facts: WaveFacts) -> str:
    """``about 1,200 people``, ``about 215 to 225 people``; empty where nobody knows."""
    if facts.invited is None:
        return ""
    high = facts.invited_high
    upper = f" to {number(high)}" if high is not None and high > facts.invited else ""
    return f"about {number(facts.invited)}{upper} people"


def rates(low: float, high: float) -> str:
    """``15%`` or ``15% to 17%``."""
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def headcount_words(low: int, high: int | None) -> str:
    """``1,200`` or ``215 to 225``."""
    return f"{number(low)} to {number(high)}" if high is not None and high > low else number(low)


def rate_words(answered: int, low: int, high: int | None) -> str:
    """``15%`` or ``15% to 17%``: the response rate, by both ends of a headcount given as a range."""
    both = sorted(100 * answered / invited for invited in (low or 1, high or low or 1))
    return rates(min(both[0], 100), min(both[1], 100))


def shift_words(facts: WaveFacts) -> str:
    """By how much a figure for everybody would move if the others differed by 10 points."""
    if facts.rate is None or facts.shift_if_others_differ_by_10 is None:
        return ""
    shift = half_up(facts.shift_if_others_differ_by_10, 1)
    shown = str(shift).removesuffix(".0")
    return (
        "If the others differed by 10 points, the figure for the whole workforce would move by about "
        f"(1 − {half_up(facts.rate / 100, 2)}) × 10 = {shown} {'point' if shown == '1' else 'points'}."
    )


def match_words(grouping: str, outside: Iterable[str]) -> str:
    """``The answers match the workforce by area of work, except …`` (method 1's rule of 0.8 to 1.25)."""
    named = list(outside)
    except_words = f", except {listed(named)}" if named else ""
    return f"The mix of answers matches the workforce by {grouping}{except_words}."


def day(when: date) -> str:
    """``Monday 9 June 2025``."""
    return f"{when:%A} {when.day} {when:%B %Y}"


def dates(opens: date | None, closes: date | None) -> str:
    """When a wave ran, with its weekdays and its length; plain where a date is not known."""
    if opens is not None and closes is not None:
        return f"{day(opens)} to {day(closes)} ({length(opens, closes)})"
    if opens is not None:
        return f"from {day(opens)}"
    return "dates not known" if closes is None else f"until {day(closes)}"


def length(opens: date, closes: date) -> str:
    """How long a wave was open, both days counted."""
    weeks, days = divmod((closes - opens).days + 1, 7)
    parts = [plural(n, word) for n, word in ((weeks, "week"), (days, "day")) if n]
    return listed(parts)
