"""One build, opened: its protected results, as the explorer's pages need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.limits import standing
from goldenthread.analysis.report.compose.who import who
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.report.model import Block, Heading, Paragraph
from goldenthread.analysis.report.sentences.who import answered_words
from goldenthread.analysis.run import analyse_kept
from goldenthread.thread.finding.earlier import with_earlier
from goldenthread.thread.finding.kept import kept_results
from goldenthread.thread.finding.queries import folder_of

KEPT_OPEN = 8
"""Builds a process keeps open: a few megabytes each."""

Address = Callable[[str], str]
"""Where an item's page is."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A build's results, already protected: nothing in it may not be shown. One a build and process."""

    build: int
    book: Book


def opened(build: int) -> Opened:
    """The results of a done build. Raises Refusal where its folder was taken away."""
    return _opened(build, folder_of(build))


@lru_cache(maxsize=KEPT_OPEN)
def _opened(build: int, folder: Path) -> Opened:
    study = with_earlier(read_study(folder / "study" / "study.toml", answers_gone=True), folder)
    results = kept_results(study, folder)
    return Opened(build, Book(results or without_hidden(analyse_kept(study, folder / "cubes"))))


@dataclass(frozen=True, slots=True)
class Who:
    """Who answered: the answer, and everything under it, the standing caveat first and once."""

    answer: str
    blocks: tuple[Block, ...]


def who_answered(view: Opened) -> Who:
    """Who answered, against the headcount; then what these results cannot show.

    What was found in the files is not here: that is with each wave, for those who may see it.
    """
    book = view.book
    known = book.newest.answered is not None
    answer = (
        answered_words(book.newest) if known else f"How many answered in {book.newest.label} is not known"
    )
    limits = (block for block in standing(book) if not isinstance(block, Paragraph))
    told = (_but(block, answer) for block in who(book).blocks)
    return Who(answer, (*told, Heading("Limits"), *limits))


def _but(block: Block, said: str) -> Block:
    """A caveat without its opening words, where the page has said them above it."""
    if not isinstance(block, Paragraph) or not block.text.startswith(f"{said} "):
        return block
    return replace(block, text=block.text.removeprefix(f"{said} "))


def has_mix(view: Opened) -> bool:
    """Whether changes are also worked out for the same mix of people."""
    return view.book.study.mix is not None
