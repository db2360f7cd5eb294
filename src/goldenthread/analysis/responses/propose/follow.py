"""Which question of a new file continues which item of the waves before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from goldenthread.analysis.definition.words import fold_text
from goldenthread.analysis.responses.propose.model import Choice, Proposal

ALIKE = 0.72
"""How alike two wordings must be to be shown side by side as perhaps the same (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as an earlier wave asked it."""

    item: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A question of the new file, or one statement of it (``row``, else None)."""

    question: str
    row: int | None
    text: str


def follow(proposals: Sequence[Proposal], before: Iterable[Asked]) -> tuple[Proposal, ...]:
    """The proposals with the items of earlier waves where the words are the same or nearly so.

    The same words (case, spaces and punctuation aside) are the same item. Of wordings that are
    merely alike, each is matched once, the likest first, and marked for a person to look at.
    """
    known = {each.item: each for each in before}
    spots = [spot for proposal in proposals for spot in _spots(proposal)]
    same = _same(spots, known.values())
    taken = set(same.values())
    left = [spot for spot in spots if spot not in same]
    near = _near(left, [each for each in known.values() if each.item not in taken])
    return tuple(_followed(proposal, same, near, known) for proposal in proposals)


def _spots(proposal: Proposal) -> list[_Spot]:
    seen = proposal.seen
    if proposal.choice.kind is None:
        return []
    if proposal.choice.row_items:
        return [_Spot(seen.id, row, words) for row, (_, words) in enumerate(seen.parts)]
    return [_Spot(seen.id, None, seen.text)]


def _same(spots: Iterable[_Spot], before: Iterable[Asked]) -> dict[_Spot, str]:
    by_words = {fold_text(each.text): each.item for each in before}
    found: dict[_Spot, str] = {}
    for spot in spots:
        item = by_words.get(fold_text(spot.text))
        if item and item not in found.values():
            found[spot] = item
    return found


def _near(spots: Sequence[_Spot], before: Sequence[Asked]) -> dict[_Spot, str]:
    pairs = sorted(
        (
            (_alike(spot.text, each.text), place, spot, each.item)
            for place, spot in enumerate(spots)
            for each in before
        ),
        key=lambda pair: (-pair[0], pair[1], pair[3]),
    )
    found: dict[_Spot, str] = {}
    for ratio, _, spot, item in pairs:
        if ratio < ALIKE:
            break
        if spot not in found and item not in found.values():
            found[spot] = item
    return found


def _alike(one: str, two: str) -> float:
    """0 to 1: how much of two wordings is the same, word by word."""
    return SequenceMatcher(None, fold_text(one).split(), fold_text(two).split(), autojunk=False).ratio()


def _followed(
    proposal: Proposal, same: Mapping[_Spot, str], near: Mapping[_Spot, str], known: Mapping[str, Asked]
) -> Proposal:
    spots = _spots(proposal)
    items = {spot: same.get(spot) or near.get(spot) for spot in spots}
    choice = _with_items(proposal.choice, [items[spot] for spot in spots])
    doubtful = [known[near[spot]].text for spot in spots if spot in near]
    if not doubtful:
        return replace(proposal, choice=choice)
    return replace(proposal, choice=choice, sure=False, because=f"Asked before as “{doubtful[0]}”?")


def _with_items(choice: Choice, items: Sequence[str | None]) -> Choice:
    if choice.row_items:
        rows = tuple(found or own for found, own in zip(items, choice.row_items, strict=True))
        return replace(choice, row_items=rows)
    return replace(choice, item=items[0]) if items and items[0] else choice
