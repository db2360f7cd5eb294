"""The marks beside figures, and what is hidden to protect people, in words (method 10).

Every figure in these words is the preset's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.analysis.definition.preset import Preset
from goldenthread.analysis.report.sentences.words import APPROXIMATE, FEW, HIDDEN, capital

FEW_WORDS = "too few answers to rely on"
ROUGH_WORDS = "worked out from rounded published figures: approximate"


def explained(shown: str, rules: Preset) -> list[str]:
    """An explanation of each mark that stands in ``shown``."""
    return [f"{mark} {words}." for mark, words in _words(rules).items() if mark in shown]


def meanings(rules: Preset) -> dict[str, str]:
    """Each mark that may stand beside a figure, with its meaning."""
    told = {mark: f"{capital(words)}." for mark, words in _words(rules).items()}
    return {mark: words for mark, words in told.items() if mark != HIDDEN or not hides_nothing(rules)}


def _words(rules: Preset) -> dict[str, str]:
    small = {"a group": rules.smallest, "an answer": rules.smallest_count}
    hidden = _hidden(small, "a figure that would give one away")
    return {HIDDEN: hidden, FEW: FEW_WORDS, APPROXIMATE: ROUGH_WORDS}


def hidden_people(rules: Preset) -> str:
    """What ``[c]`` says where people are counted."""
    away = "one that would give it away"
    return f"{HIDDEN} {_hidden({'a group': rules.smallest}, away)}."


def _hidden(small: Mapping[str, int], otherwise: str) -> str:
    """``hidden to protect people: a group of fewer than 10, or …``; a size of 0 is a rule turned off."""
    told = [f"{what} of fewer than {least}" for what, least in small.items() if least]
    because = f": {', '.join(told)}, or {otherwise}" if told else ""
    return f"hidden to protect people{because}"


def hides_nothing(rules: Preset) -> bool:
    """True where no rule is on that hides a figure."""
    return not (rules.smallest or rules.bound or rules.smallest_count)


def protection(rules: Preset, because: str) -> str:
    """How people are protected; ``because`` is the study's reason for a preset that hides nothing."""
    if hides_nothing(rules):
        return f"Nothing is hidden: {because.removesuffix('.') or 'the study gives no reason'}."
    told = (_of_groups(rules.smallest), _of_answers(rules.smallest_count), _of_bounds(rules.bound))
    return " ".join(text for text in told if text)


def _of_groups(smallest: int) -> str:
    if not smallest:
        return ""
    return (
        f"A group of fewer than {smallest} people who answered shows no figure, and a second group is hidden "
        "where the first could be worked out by taking away."
    )


def _of_answers(smallest: int) -> str:
    if not smallest:
        return ""
    return (
        f"An answer that fewer than {smallest} people gave shows no figure, for everybody too, and a second "
        "answer is hidden where the first could be worked out."
    )


def _of_bounds(bound: int) -> str:
    if not bound:
        return ""
    return (
        f"Where a whole group gave one answer, only “more than {100 - bound}%” or “fewer than {bound}%” is "
        "printed."
    )


def counted_groups(rules: Preset) -> str:
    """Which groups a table of people leaves uncounted."""
    if not rules.smallest:
        return "Every group is counted, however small."
    return (
        f"Groups of fewer than {rules.smallest} people are not counted here, nor a second group where one "
        "could be worked out."
    )
