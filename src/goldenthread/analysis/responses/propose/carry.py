"""What was decided of one file, carried over to a corrected one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.words import fold_text, listed, quoted
from goldenthread.analysis.responses.propose.choose import item_of
from goldenthread.analysis.responses.propose.model import Choice, Proposal, Seen

Before = tuple[Seen, Choice]
Recoded = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Carried:
    """How the new file is read, and what is different about it, each by the question's words.

    ``new`` were not in the file before, ``gone`` are not in this one; ``doubtful`` are kept, but hold
    something that the decision does not cover. ``renamed`` are ids before that are others now.
    """

    proposals: tuple[Proposal, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


def carry(
    proposals: Sequence[Proposal], before: Sequence[Before], recoded: Recoded = MappingProxyType({})
) -> Carried:
    """The proposals for a new file, with what was decided before of every question that is still there.

    A question is the same where its code is, else where its words are (the first with the first, where
    several say the same). It keeps its item, label, kind, scale and net, and its id unless the new file
    has a code of its own for it. Ids and items of new questions are made different from those kept.
    ``recoded`` are the values that somebody decided on, by the question's id.
    """
    matched = _matched(proposals, before)
    ids = {before[place][0].id: _id(proposals[n].seen, before[place][0]) for n, place in matched.items()}
    taken = set(ids.values())
    items = {item for place in matched.values() for item in _items(before[place][1])}
    found = tuple(
        _kept(each, before[matched[number]], recoded) if number in matched else _apart(each, taken, items)
        for number, each in enumerate(proposals)
    )
    left = set(range(len(before))) - set(matched.values())
    return Carried(
        found,
        renamed={old: new for old, new in ids.items() if old != new},
        new=tuple(each.seen.text for number, each in enumerate(proposals) if number not in matched),
        gone=tuple(before[place][0].text for place in sorted(left)),
        doubtful=tuple(
            each.seen.text for number, each in enumerate(found) if number in matched and not each.sure
        ),
    )


def _matched(proposals: Sequence[Proposal], before: Sequence[Before]) -> dict[int, int]:
    """The place before of each place now."""
    found: dict[int, int] = {}
    for key in (_code, _words):
        free: dict[str, list[int]] = {}
        for place, (seen, _) in enumerate(before):
            if place not in found.values() and key(seen):
                free.setdefault(key(seen), []).append(place)
        for number, each in enumerate(proposals):
            if number not in found and free.get(key(each.seen)):
                found[number] = free[key(each.seen)].pop(0)
    return found


def _code(seen: Seen) -> str:
    """The question's own code; nothing where its id is only the letter of its column."""
    return "" if seen.id.startswith("column-") else seen.id


def _id(seen: Seen, old: Seen) -> str:
    return _code(seen) or old.id


def _words(seen: Seen) -> str:
    return fold_text(seen.text)


def _items(choice: Choice) -> Iterable[str]:
    return (choice.item, *choice.row_items)


def _apart(proposal: Proposal, taken: set[str], items: set[str]) -> Proposal:
    """A new question under an id and an item that no question kept has."""
    seen = replace(proposal.seen, id=_free(proposal.seen.id, taken))
    choice = replace(proposal.choice, id=seen.id)
    if items.intersection(_items(choice)):
        item = item_of(seen, items)
        rows = tuple(f"{item}.{code}" for code, _ in seen.parts) if choice.row_items else ()
        choice = replace(choice, item=item, row_items=rows)
    items.update(_items(choice))
    because = f"New in this file. {proposal.because}"
    return replace(proposal, seen=seen, choice=choice, sure=False, because=because)


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found


def _kept(proposal: Proposal, before: Before, recoded: Recoded) -> Proposal:
    old, decided = before
    seen = replace(proposal.seen, id=_id(proposal.seen, old))
    if bool(seen.parts) != bool(old.parts) and decided.kind is not None:
        return Proposal(
            seen,
            replace(proposal.choice, id=seen.id, item=decided.item, label=decided.label),
            sure=False,
            because="It was one column and is several now, or the other way round: say again how it is read.",
        )
    choice = replace(decided, id=seen.id, row_items=_row_items(seen, old, decided))
    doubts = tuple(_doubts(seen, old, choice, recoded.get(old.id, ())))
    if choice.kind is Kind.SINGLE and not choice.scale:
        choice = replace(choice, order=_longer(choice.order, seen), sides=())
    because = " ".join(doubts) if doubts else "As decided for the file before."
    return Proposal(seen, choice, sure=not doubts, because=because)


def _row_items(seen: Seen, old: Seen, decided: Choice) -> tuple[str, ...]:
    """The item of each statement: what was decided, by its code or else its words; new ones get their own."""
    if not decided.row_items:
        return ()
    by_code = {code: item for (code, _), item in zip(old.parts, decided.row_items, strict=True)}
    by_words: Mapping[str, str] = {
        fold_text(words): item for (_, words), item in zip(old.parts, decided.row_items, strict=True)
    }
    return tuple(
        by_words.get(fold_text(words)) or by_code.get(code) or f"{decided.item}.{code}"
        for code, words in seen.parts
    )


def _longer(order: tuple[str, ...], seen: Seen) -> tuple[str, ...]:
    return (*order, *(value.text for value in seen.values if value.text not in order))


def _doubts(seen: Seen, old: Seen, choice: Choice, recoded: Collection[str]) -> Iterable[str]:
    if choice.kind is None:
        return
    if _words(seen) != _words(old):
        yield f"Its words have changed: it was {quoted(old.text)}."
    known = {words for _, words in old.parts}
    rows = [words for _, words in seen.parts if words not in known]
    if rows:
        yield f"New in this file: {listed(map(quoted, rows[:3]))}."
    if choice.kind in (Kind.SCALE, Kind.MATRIX) and not choice.scale:
        held = {*choice.order, *choice.outside, *recoded}
        strange = [value.text for value in seen.values if value.text not in held]
        if strange:
            named = listed(map(quoted, strange[:3]))
            yield f"Answers new in this file: {named}. They have no place on its scale."
