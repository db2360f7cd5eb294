"""Links: which items may be compared between two waves, and what a person decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from goldenthread.analysis.definition.items import Asked, on_offer, same_labels
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.study import Item, Link
from goldenthread.analysis.definition.variables import stem
from goldenthread.analysis.definition.words import fold_text, meant, quoted

RESCALED = "the answers on offer changed"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wrote in [[crosswalk]]."""

    table: Table
    item: str
    pair: Pair
    comparable: bool
    because: str


def read_decisions(top: Table) -> tuple[Decision, ...]:
    """Every [[crosswalk]] entry, faults noted."""
    return tuple(_decision(table) for table in top.tables("crosswalk", "decision"))


def _decision(table: Table) -> Decision:
    table, item = table.called("crosswalk, item", "item")
    table.only("item", "from", "to", "comparable", "because")
    if "comparable" not in table.values:
        table.fault("“comparable” is missing")
    pair = (table.name("from"), table.name("to"))
    return Decision(table, item, pair, table.flag("comparable", default=True), table.text("because"))


def build_links(
    items: Iterable[Item], asked: Asked, pairs: tuple[Pair, ...], decisions: tuple[Decision, ...]
) -> tuple[Link, ...]:
    """A link for every pair of waves and item asked in both; a decision always wins.

    ``items`` hold the parts of a combination before the combination.
    """
    decided = {(each.item, each.pair): each for each in decisions}
    found: dict[tuple[str, Pair], Link] = {}
    for item in items:
        for pair in pairs:
            if all(wave in item.sources for wave in pair):
                decision = decided.get((item.id, pair))
                found[item.id, pair] = _ruled(_link(item, pair, asked, found), decision)
    for position, decision in enumerate(decisions):
        _check(decision, found, pairs)
        if any((each.item, each.pair) == (decision.item, decision.pair) for each in decisions[:position]):
            decision.table.fault("this item and pair of waves have a decision already")
    return tuple(found.values())


def _ruled(link: Link, decision: Decision | None) -> Link:
    if decision is None:
        return link
    return replace(link, comparable=decision.comparable, because=decision.because)


def _check(decision: Decision, found: dict[tuple[str, Pair], Link], pairs: tuple[Pair, ...]) -> None:
    if (decision.item, decision.pair) in found:
        return
    if decision.pair not in pairs:
        first, second = map(quoted, decision.pair)
        decision.table.fault(f"{first} and {second} are not a pair of waves this study compares")
    else:
        items = {item for item, _ in found}
        hint = "" if decision.item in items else meant(decision.item, items)
        decision.table.fault(f"this item was not asked in both waves{hint}")


def _link(item: Item, pair: Pair, asked: Asked, found: dict[tuple[str, Pair], Link]) -> Link:
    if item.parts:
        return _combined(item, pair, [found[part, pair] for part in item.parts if (part, pair) in found])
    before, after = (asked.in_wave(item.id, wave) for wave in pair)
    if before is None or after is None:
        return Link(item.id, *pair)
    changed = rescaled(before, after)
    return Link(
        item.id,
        *pair,
        comparable=not changed,
        because=RESCALED if changed else "",
        reworded=reworded(before, after),
    )


def _combined(item: Item, pair: Pair, parts: list[Link]) -> Link:
    """A combination is no more comparable than the least comparable of its parts."""
    apart = next((part for part in parts if not part.comparable), None)
    return Link(
        item.id,
        *pair,
        comparable=apart is None,
        because=apart.because if apart else "",
        reworded=any(part.reworded for part in parts),
    )


def reworded(before: Variable, after: Variable) -> bool:
    """Whether the words differ, case, spaces and punctuation aside.

    A statement asked in a matrix one year and alone the next reads the same to the person answering.
    """
    stems = {fold_text(stem(each)) for each in (before, after)} - {""}
    return fold_text(before.text) != fold_text(after.text) or len(stems) > 1


def rescaled(before: Variable, after: Variable) -> bool:
    """Whether the answers that count, their labels or their nets differ."""
    alike = on_offer(before.answers) == on_offer(after.answers)
    return not (alike and same_labels(before.answers, after.answers))
