"""What one item says, as the sentence its page opens with."""

from __future__ import annotations

from goldenthread.analysis.compare.model import Change
from goldenthread.analysis.definition.study import Combining, Item
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, headline_label
from goldenthread.analysis.report.sentences.change import change_sentence, mix_sentence
from goldenthread.analysis.report.sentences.words import (
    base_words,
    bound_words,
    capital,
    cited,
    in_ten,
    level_words,
    lowered,
    percent,
    spread_words,
)


def said(book: Book, item: Item) -> str:
    """The verb and its object: ``agree with “I can …”``, ``ticked “Autism”``, ``said “often” to “…”``."""
    if book.option_of(item) is not None:
        return f"ticked {cited(book.option_label(item))}"
    label = headline_label(item)
    agrees = label.lower().startswith("agree")
    verb = "agree" if agrees else f"said {cited(lowered(label))}"
    joined = _over(item) or ("with" if agrees else "to")
    return f"{verb} {joined} {cited(item.text or item.label)}{_pooled(item)}"


def _over(item: Item) -> str:
    """``on average over the two items of``, where a label names several items nobody was asked as one."""
    if item.combining is None:
        return ""
    average = "on average " if item.combining is Combining.MEAN else ""
    return f"{average}over the {_parts(item)} items of"


def _pooled(item: Item) -> str:
    return " together" if item.combining is Combining.POOLED else ""


def share_words(book: Book, item: Item, wave: str) -> str:
    """``Of those who answered in 2025, the share who agree with “…”``; pooled items count answers."""
    if item.combining is Combining.POOLED:
        return f"Of the answers given in {wave}, the share that {said(book, item)}"
    return f"Of those who answered in {wave}, the share who {said(book, item)}"


def level_sentence(book: Book, item: Item, estimate: Estimate) -> str:
    """``Six in ten of the 342 who answered agree with “…” (63%, give or take 5)``; no full stop."""
    words = level_in_words(book, item, estimate)
    if estimate.percent is None:
        return words
    return f"{words} ({percent(estimate.percent)}, {spread_words(estimate)})"


def level_in_words(book: Book, item: Item, estimate: Estimate) -> str:
    """``Six in ten of the 342 who answered agree with “…”``; no full stop."""
    if estimate.bound is not None:
        return f"{capital(bound_words(estimate.bound))} of those who answered {said(book, item)}"
    if estimate.percent is None:
        return f"No figure can be given for {cited(item.label)}"
    return f"{in_ten(estimate.percent)} of {who_words(book, item, estimate)} {said(book, item)}"


def who_words(book: Book, item: Item, estimate: Estimate) -> str:
    """``the 342 who answered``, and in which wave if not the newest; pooled items count answers."""
    base = base_words(estimate)
    when = "" if estimate.wave == book.newest.id else f" in {book.label(estimate.wave)}"
    if item.combining is Combining.POOLED:
        return f"{f'the {base}' if base else 'the'} answers given{when}"
    return f"{f'the {base}' if base else 'those'} who answered{when}"


def counted_base(item: Item, estimate: Estimate) -> str:
    """``53 people``, or ``106 answers`` where questions are pooled; empty where no base is known."""
    base = base_words(estimate)
    one = "answer" if item.combining is Combining.POOLED else "person"
    return f"{base} {one if base == '1' else based_on(item)}" if base else ""


def based_on(item: Item) -> str:
    """What a base counts: people, but answers where questions are pooled, as one person gives several."""
    return "answers" if item.combining is Combining.POOLED else "people"


def headline_sentence(book: Book, item: Item) -> str:
    """The level first, then what changed, then what the same mix of people says."""
    wave = book.last_asked(item)
    estimate = book.headline(item, wave)
    if estimate is None:
        return f"{item.label}: no figure can be given."
    gone = "" if book.asked_now(item) else f"Not asked in {book.newest.label}"
    parts = [gone, level_in_words(book, item, estimate), *change_parts(book, item)]
    return " ".join(f"{part.removesuffix('.')}." for part in parts if part)


def change_parts(book: Book, item: Item) -> list[str]:
    """What changed, and what the same mix of people makes of it: none, one or two sentences."""
    change = book.change(item)
    if change is None:
        return []
    return [capital(moved(book, change)), mix_sentence(change, book.people)]


def moved(book: Book, change: Change) -> str:
    """The change in one sentence, named by the wave before."""
    then = book.label(change.from_wave)
    told = change_sentence(change, then, book.study.thresholds.margin, new=_new(book, change))
    said_so = f"{told}; reworded since" if change.verdict is not None and book.reworded(change) else told
    return said_so if change.to_wave == book.newest.id else said_so.replace("That is ", "That was ", 1)


def _new(book: Book, change: Change) -> bool:
    """Whether only the newest wave asked, as far as anyone knows."""
    item = next((i for i in book.items if i.id == change.item), None)
    return item is not None and set(item.sources) == {book.newest.id}


def short_sentence(book: Book, item: Item) -> str:
    """A finding in a list: its level, its base, its range, and what changed."""
    estimate = book.headline(item, book.last_asked(item))
    if estimate is None:
        return "No figure can be given."
    if not book.asked_now(item):
        wave = book.label(book.last_asked(item))
        return f"Not asked in {book.newest.label}; last asked in {wave}: {level_words(estimate)}."
    parts = [level_sentence_short(book, item, estimate), *change_parts(book, item)]
    return " ".join(f"{part.removesuffix('.')}." for part in parts if part)


def level_sentence_short(book: Book, item: Item, estimate: Estimate) -> str:
    """``63% of the 342 who answered, give or take 5``."""
    if estimate.percent is None:
        return capital(bound_words(estimate.bound)) if estimate.bound else "No figure can be given"
    who = who_words(book, item, estimate)
    return f"{percent(estimate.percent)} of {who}, {spread_words(estimate)}"


def _parts(item: Item) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(len(item.parts), str(len(item.parts)))


def combined_words(item: Item) -> str:
    """How several questions became one figure, and on which base; empty for a single question."""
    if item.combining is None:
        return ""
    count = _parts(item)
    if item.combining is Combining.MEAN:
        return (
            f"This is the mean of {count} items. The base is the people who answered all of them; each "
            "counts by the share of the items they answered this way, so a count may end in a part."
        )
    return (
        f"This is {count} items pooled: their counts and their bases are added, so the base is answers, "
        "not people. The range uses the smallest base of any of them."
    )
