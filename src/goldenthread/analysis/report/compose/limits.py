"""Limits: everything that makes these numbers weaker, and every answer that was left out."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.analysis.definition.preset import preset_names
from goldenthread.analysis.definition.study import AnswerOffRoute
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.cover import standing_caveat
from goldenthread.analysis.report.model import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Table,
)
from goldenthread.analysis.report.problems import Found, found_in, totals
from goldenthread.analysis.report.sentences.words import capital, lowered, number, percent, plural

LISTED = 40


def limits(book: Book) -> Chapter:
    """What to hold against these numbers, and what was found in the files."""
    return Chapter("limits", "Find", "Limits", (*standing(book), *_problems(book.results.problems)))


def standing(book: Book) -> tuple[Block, ...]:
    """What to hold against these numbers, whatever was found in the files."""
    told = dict.fromkeys(_sentence(text) for text in (*book.study.limits, *_own(book), *book.results.limits))
    return (*(Paragraph(text, "caveat") for text in standing_caveat(book)), Bullets(tuple(told)))


def _sentence(text: str) -> str:
    return f"{text.strip().removesuffix('.').replace(' %', '%')}."


def _own(book: Book) -> Iterable[str]:
    yield "People chose to answer. Nobody was drawn by lot, so chance is only part of the doubt"
    yield from _rate(book)
    yield from _published(book)
    yield from _routing(book)
    yield from _cells(book)
    if len(book.wave_order) > 1:
        yield (
            "Waves are treated as if different people had answered each; where the same people answered "
            "both, the ranges of change are usually too wide"
        )


def _rate(book: Book) -> Iterable[str]:
    unknown = [facts.label for facts in book.results.waves if facts.rate is None and not facts.published]
    if unknown:
        yield f"We do not know how many people could have answered in {listed(unknown)}"
    for facts in book.results.waves:
        if facts.rate is not None and facts.rate < 30:
            yield f"{percent(facts.rate)} of those who could answer did so in {facts.label}: most did not"


def _published(book: Book) -> Iterable[str]:
    named = [facts.label for facts in book.results.waves if facts.published]
    if named:
        yield (
            f"{listed(named)} {'is' if len(named) == 1 else 'are'} known only from published percentages. "
            "Counts are those their rounding allows, and groups cannot be compared"
        )
    if any(e.flag == "a" for e in book.results.estimates):
        yield "Published figures that fit no whole number of people are marked [a], approximate"


def _routing(book: Book) -> Iterable[str]:
    unknown = [
        w for w in book.study.waves if w.questionnaire is not None and not w.questionnaire.routing_known
    ]
    for wave in unknown:
        yield (
            f"Nobody recorded who was shown which question in {book.label(wave.id)}, so a base is "
            "everyone who answered, and “not asked” cannot be told from “left blank”"
        )
    if book.study.off_route is AnswerOffRoute.KEEP:
        yield "Answers to questions a person should not have been shown were kept, as the study asks"


def _cells(book: Book) -> Iterable[str]:
    hidden = {(e.item, e.wave, e.group, e.level) for e in book.results.estimates if e.flag == "c"}
    few = {(e.item, e.wave, e.group, e.level) for e in book.results.estimates if e.flag == "u"}
    if hidden:
        count = plural(len(hidden), "place")
        yield f"In {count} the answers of a group to an item or option are hidden to protect people: [c]"
    if few:
        count = plural(len(few), "place")
        yield (
            f"In {count} fewer than {book.study.thresholds.smallest_base} people of a group answered an item "
            "or option: [u], too few to rely on, and never given a verdict"
        )
    if book.rules.name != preset_names()[0] and not _told(book, book.study.preset_because):
        because = f": {book.study.preset_because}" if book.study.preset_because else ""
        yield f"Rules of disclosure: {lowered(book.rules.label)}{because}"


def _told(book: Book, text: str) -> bool:
    """True where the analysis has said so itself."""
    return bool(text) and any(text.removesuffix(".") in limit for limit in book.results.limits)


def _problems(problems: tuple[Problem, ...]) -> tuple[Block, ...]:
    """A count for each file and column of what was found. A row is a person: none is named here."""
    if not problems:
        return Heading("What we found in the files"), Paragraph("Every row and every answer could be read.")
    found = found_in(problems)
    sums = totals(problems)
    figures = f"{plural(sums.figures, 'figure')} could not be computed; " if sums.figures else ""
    lead = (
        f"{plural(sums.left_out, 'answer or row', 'answers or rows')} left out; {figures}"
        f"{plural(sums.notes, 'note')}."
    )
    columns = (Column("File"), Column("Column"), Column("What was found"), Column("Times", numeric=True))
    rows = tuple(_problem_row(each) for each in found[:LISTED])
    rest = len(found) - LISTED
    more = f"And {plural(rest, 'more kind', 'more kinds')}, in the workbook of tables." if rest > 0 else ""
    return (
        Heading("What we found in the files"),
        Paragraph(lead),
        Table("problems", "By file", columns, rows, more),
    )


def _stopped(message: str) -> str:
    return message if message.endswith(("?", "!")) else f"{message.removesuffix('.')}."


def _problem_row(found: Found) -> tuple[Cell, ...]:
    return (
        Cell(found.file),
        Cell(found.column),
        Cell(_stopped(capital(found.message))),
        Cell(number(found.times)),
    )
