"""The nine kinds of finding: what each list is called and the rule that fills it (method 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.analysis.compare.model import FindingKind
from goldenthread.analysis.definition.study import Item, Thresholds
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.sentences.change import tidy


@dataclass(frozen=True, slots=True)
class KindWords:
    """A list's plain title, its rule with ``{celebrate}``, ``{low}``, ``{gap}`` and ``{margin}`` in it,
    and whether options of tick-lists are named in it."""

    title: str
    rule: str
    options: bool = True

    def rule_for(self, lines: Thresholds) -> str:
        """The rule with this study's own lines in it."""
        return self.rule.format(
            celebrate=lines.celebrate,
            low=lines.low,
            gap=lines.gap,
            margin=f"{lines.margin:g}",
            base=lines.smallest_base,
        )


KINDS = {
    FindingKind.STRENGTH: KindWords("Strengths", "At least {celebrate}%, as printed, where more is better."),
    FindingKind.GAP: KindWords("Gaps", "The whole range is under {gap}%, where more is better."),
    FindingKind.LOW_BUT_IMPROVING: KindWords("Low, but improving", "Under {low}%, as printed, and it rose."),
    FindingKind.FELL: KindWords(
        "Fell", "A fall that stands out from chance, and no other story for the same mix."
    ),
    FindingKind.ROSE: KindWords(
        "Rose", "A rise that stands out from chance, and no other story for the same mix."
    ),
    FindingKind.MIXED: KindWords(
        "Moved, but different people answered",
        "It rose or fell as answered, but for the same mix of people the story is another.",
    ),
    FindingKind.STEADY: KindWords(
        "About the same", "The whole range of the change is within {margin} points.", options=False
    ),
    FindingKind.NEW: KindWords(
        "New, or not comparable", "No earlier wave asked it in a comparable way.", options=False
    ),
    FindingKind.TOO_FEW: KindWords(
        "Too few to tell", "All others: no line is crossed that chance could not cross.", options=False
    ),
}
"""In the order a reader meets them: levels first, then changes."""

OF_CHANGE = frozenset(
    (
        FindingKind.LOW_BUT_IMPROVING,
        FindingKind.FELL,
        FindingKind.ROSE,
        FindingKind.MIXED,
        FindingKind.STEADY,
    )
)
"""Kinds that need an earlier wave."""

NOT_ASKED = "Not asked this time"
"""The list of items only earlier waves asked, whatever their kind."""

TOLD = {FindingKind.STRENGTH, FindingKind.GAP, FindingKind.LOW_BUT_IMPROVING, FindingKind.MIXED}
"""Kinds whose reason the change's own words have not already given."""

MATCHING = tuple(FindingKind)
"""The order in which an item is tried: it joins the first list that fits."""


def counted(book: Book) -> dict[str, int]:
    """How many items asked in the newest wave stand in each list, by kind; options of tick-lists in none."""
    found: dict[str, int] = {}
    for item in book.statements:
        if book.asked_now(item):
            kind = book.findings[item.id].kind.value
            found[kind] = found.get(kind, 0) + 1
    return found


def titled(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """(title, how many) of each list with anything in it, in the order a reader meets them."""
    return tuple((words.title, found[kind.value]) for kind, words in KINDS.items() if found.get(kind.value))


def list_title(book: Book, item: Item) -> str:
    """The one list an item or an option stands in."""
    return KINDS[book.findings[item.id].kind].title if book.asked_now(item) else NOT_ASKED


def list_reason(book: Book, item: Item) -> str:
    """Why an item stands in its list, as a clause; empty where the list's name says it all."""
    finding = book.findings[item.id]
    return tidy(finding.because) if book.asked_now(item) and finding.kind in TOLD else ""
