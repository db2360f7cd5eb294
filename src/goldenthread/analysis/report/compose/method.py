"""How the numbers were worked out, in plain English."""

from __future__ import annotations

from goldenthread.analysis.compare.mix import SMALLEST_CELL
from goldenthread.analysis.definition.model import Side
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.wilson import CONFIDENCE
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.counts import counts
from goldenthread.analysis.report.model import Block, Chapter, Heading, Paragraph
from goldenthread.analysis.report.sentences.marks import protection
from goldenthread.analysis.report.sentences.words import cited, one_in


def method(book: Book) -> Chapter:
    """A short account a reader can check against the figures."""
    blocks: tuple[Block, ...] = (
        Heading("Levels"),
        Paragraph(
            f"A base is everyone who was asked and gave an answer on the scale{_middle(book)}. People who "
            f"{_outside(book)}gave no answer that could be read or were not asked are outside it and "
            "counted beside it. Answers are added as counts of people, never as rounded percentages. "
            "Half-way figures round up."
        ),
        Heading("Ranges"),
        Paragraph(
            f"A range is a {CONFIDENCE}% interval by Wilson’s method (1927). “Give or take” is its longer "
            "arm. It shows the play of chance if those who answered are like the others in their group. "
            "It cannot show whether they are."
        ),
        *_changes(book),
        *_mix(book),
        *_protection(book),
    )
    return Chapter("method", "Find", "How we worked it out", blocks)


def _middle(book: Book) -> str:
    """``; “Neither” is in it``, by the scales' own words; empty where no scale has a middle."""
    nets = (net for item in book.items for net in item.nets if net.side is Side.MIDDLE)
    named = list(dict.fromkeys(cited(net.label) for net in nets))
    return f"; {listed(named)} {'is' if len(named) == 1 else 'are'} in it" if named else ""


def _outside(book: Book) -> str:
    """``said “Not part of my role”, ``, by the questionnaire's own words."""
    answers = (answer for item in book.items for answer in item.answers if answer.outside)
    named = list(dict.fromkeys(cited(answer.label) for answer in answers))
    return f"said {' or '.join(named)}, " if named else ""


def _changes(book: Book) -> tuple[Block, ...]:
    if len(book.wave_order) < 2:
        return ()
    lines = book.study.thresholds
    margin = f"{lines.margin:g}"
    return (
        Heading("Changes"),
        Paragraph(
            "The range of a change joins the ranges of the two waves (Newcombe, 1998). “About the same”: "
            f"the whole range is within {margin} points. “Rose” or “fell”: the range leaves out no "
            f"change, and it still stands when {_together(book)} judged together (Benjamini and "
            f"Hochberg, 1995), so that at most {one_in(lines.q)} of the changes marked should be chance. All "
            "else is “too few to tell”. No verdict is given on a base of fewer "
            f"than {lines.smallest_base} people in either wave. "
            "“Better” and “worse” are a second word: a fall in something unwelcome is better."
        ),
    )


def _together(book: Book) -> str:
    made = counts(book).comparisons
    return f"all {made} comparisons are" if made > 1 else "the comparisons are"


def _mix(book: Book) -> tuple[Block, ...]:
    if not any(c.mix_points is not None for c in book.results.changes):
        return ()
    by = book.alike
    return (
        Heading("The same mix"),
        Paragraph(
            "If more of one group answers, a figure can move while nobody changed. So we also compare "
            f"the waves as if both had the same shares by {by}. Small groups are joined{_within(book)} until "
            f"each has at least {SMALLEST_CELL} people in both waves. Where this tells another story than "
            "the change as answered, the page says so."
        ),
    )


def _within(book: Book) -> str:
    """``, first within “Early years”,``: where the study says what levels belong together."""
    parents = next((g.parents for g in book.study.groupings if g.item == book.study.mix), {})
    named = listed((cited(parent) for parent in dict.fromkeys(parents.values())), "or")
    return f", first within {named}," if named else ""


def _protection(book: Book) -> tuple[Block, ...]:
    told = protection(book.rules, book.study.preset_because)
    return Heading("Protecting people"), Paragraph(told)
