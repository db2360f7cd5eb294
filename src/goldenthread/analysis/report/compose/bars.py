"""Who agrees? One diverging bar for each group of a grouping, everybody last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldenthread.analysis.definition.model import Answer, Net, Side
from goldenthread.analysis.definition.study import Grouping, Item
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import DID_NOT_SAY, Book, headline_label, substantive
from goldenthread.analysis.report.model import Bar, BarChart, Segment
from goldenthread.analysis.report.sentences.item import based_on, counted_base
from goldenthread.analysis.report.sentences.marks import explained
from goldenthread.analysis.report.sentences.words import (
    HIDDEN,
    bound_words,
    cited,
    effective_words,
    level_words,
    lowered,
    percent,
    plural,
    range_words,
    value_words,
)

HIDDEN_WHY = "Hidden to protect people"
ONE_PIECE = "Where the answers of one side cannot be shown apart, they are drawn in one piece."
MOST = 7
LOWS = ((), (1,), (1, 2), (0, 1, 2), (0, 1, 2, 3))
"""Colours of one to four answers left of the line, lowest first; a fourth takes the middle one."""
ALONE = {Side.LOW: 1, Side.MIDDLE: 3, Side.HIGH: 5}
PAIR = {Side.LOW: 2, Side.HIGH: 4}
"""Colours of a whole side in one piece: on a scale with a middle, and on one with two sides alone."""
Answers = Mapping[str, Estimate]


def bar_chart(book: Book, item: Item, grouping: Grouping | None, wave: str) -> BarChart:
    """The chart for one grouping, or for everybody alone."""
    groups = _group_bars(book, item, grouping, wave) if grouping else []
    everybody = replace(_bar("Everybody", item, book.cells[item.id, wave, None, None]), total=True)
    bars = (*groups, everybody)
    by = f", by {grouping.label.lower()}" if grouping else ""
    answer = _answer(book, item, grouping, wave)
    return BarChart(
        id=f"{item.id}-{grouping.item if grouping else 'all'}-bars",
        question=f"{_who_question(item)} {book.label(wave)}{by}",
        answer=answer,
        key=_key(item, bars),
        bars=bars,
        note=_note(book, item, wave, bars),
        alt=f"{_who_question(item)} {answer} " + " ".join(_alt(bar) for bar in bars),
    )


def _who_question(item: Item) -> str:
    label = headline_label(item)
    return "Who agrees?" if label.lower().startswith("agree") else f"Who answered {cited(label)}?"


def _group_bars(book: Book, item: Item, grouping: Grouping, wave: str) -> list[Bar]:
    """Shown groups with the highest first, then those who did not say, then those that are hidden."""
    found = [
        (level, label, book.cells[item.id, wave, grouping.item, level])
        for level, label in book.levels_of(item, grouping, wave)
    ]
    found.sort(key=lambda row: _place(row[0], row[2].get(item.headline or "")))
    return [_bar(label, item, answers) for _, label, answers in found]


def _place(level: str, estimate: Estimate | None) -> tuple[bool, bool, float]:
    hidden = estimate is None or estimate.flag == "c"
    return hidden, level == DID_NOT_SAY, -_height(estimate)


def _height(estimate: Estimate | None) -> float:
    if estimate is None:
        return -1.0
    if estimate.bound is not None:
        return 100.0 if estimate.bound.startswith("more") else 0.0
    return estimate.percent if estimate.percent is not None else -0.5


def _bar(name: str, item: Item, answers: Answers) -> Bar:
    estimate = answers.get(item.headline or "")
    if estimate is None or estimate.flag == "c":
        return Bar(name, "", HIDDEN, "", why=HIDDEN_WHY)
    base = _base(item, estimate)
    segments = _segments(item, answers)
    if estimate.percent is None:
        why = "" if segments else _bound_why(estimate)
        return Bar(name, base, value_words(estimate), "", segments, why=why)
    return Bar(
        name, base, percent(estimate.percent), range_words(estimate), segments,
        estimate.percent, estimate.low, estimate.high,
    )  # fmt: skip


def _bound_why(estimate: Estimate) -> str:
    return bound_words(estimate.bound) if estimate.bound else "Nobody answered"


def _base(item: Item, estimate: Estimate) -> str:
    words = counted_base(item, estimate) + effective_words(estimate)
    return ", ".join(each for each in (words, "published" if estimate.published else "") if each)


def _segments(item: Item, answers: Answers) -> tuple[Segment, ...]:
    """Each answer as a segment, or a net as one where its answers are not known."""
    if not item.nets:
        return _plain_segments(item, answers)
    colours = _colours(item)
    parts: list[Segment] = []
    for net in sorted(item.nets, key=lambda n: list(Side).index(n.side)):
        own = [a for a in substantive(item) if a.net == net.id]
        drawn = [_segment(a, net.side, answers, colours[a.code]) for a in own if a.code in colours]
        known = [s for s in drawn if s is not None]
        parts += known if known and len(known) == len(own) else _net_segment(item, net, answers)
    return tuple(parts)


def _segment(answer: Answer, side: Side, answers: Answers, step: int) -> Segment | None:
    estimate = answers.get(answer.code)
    if estimate is None or estimate.percent is None:
        return None
    return Segment(answer.label, step, side.value, estimate.percent)


def _net_segment(item: Item, net: Net, answers: Answers) -> list[Segment]:
    """A whole side in one piece: the milder colour of its answers, so that none of them is named for it."""
    estimate = answers.get(net.id)
    if estimate is None or estimate.percent is None:
        return []
    if _apart(item, net):
        own = [_colours(item)[code] for code in item.net_codes(net.id)]
        return [Segment(_together(net), min(own, key=_extreme), net.side.value, estimate.percent)]
    pair = {each.side for each in item.nets} == {Side.LOW, Side.HIGH}
    step = PAIR[net.side] if pair else ALONE[net.side]
    return [Segment(net.label, step, net.side.value, estimate.percent)]


def _apart(item: Item, net: Net) -> bool:
    """Whether a net has several answers, each with a colour: where they are known, they are drawn apart."""
    codes = item.net_codes(net.id)
    return len(codes) > 1 and _colours(item).keys() >= set(codes)


def _together(net: Net) -> str:
    return f"{net.label}, together"


def _extreme(step: int) -> int:
    """How far a colour is from the middle one."""
    return abs(step - 3)


def _plain_segments(item: Item, answers: Answers) -> tuple[Segment, ...]:
    """An answer without nets is a share of one: drawn to the right of the line, alone."""
    estimate = answers.get(item.headline or "")
    if estimate is None or estimate.percent is None:
        return ()
    return (Segment(headline_label(item), 5, "high", estimate.percent),)


def _colours(item: Item) -> Mapping[str, int]:
    """The colour of each answer that can be told apart: its side's, by its place on that side."""
    codes = _codes(item)
    places = steps({side: len(found) for side, found in codes.items()})
    return {code: step for side in Side for code, step in zip(codes[side], places[side], strict=False)}


def _codes(item: Item) -> Mapping[Side, list[str]]:
    """The answers of each side, lowest first."""
    return {
        side: [a.code for net in item.nets if net.side is side for a in substantive(item) if a.net == net.id]
        for side in Side
    }


def steps(counts: Mapping[Side, int]) -> Mapping[Side, tuple[int, ...]]:
    """Places on the colour scale, 0 to 6 with 3 in the middle, for the answers of each side, lowest first.

    Five answers take 1 to 5, four without a middle 1, 2, 4 and 5, three 1, 3 and 5, two 2 and 4; six
    and seven reach out to 0 and 6. No two answers share a colour: a side with more answers than it has
    colours, and every side of a scale of more than seven, has no places and is drawn in one piece.
    """
    low, middle, high = (counts.get(side, 0) for side in (Side.LOW, Side.MIDDLE, Side.HIGH))
    if (low, middle, high) == (1, 0, 1):
        return {Side.LOW: (2,), Side.MIDDLE: (), Side.HIGH: (4,)}
    many = low + middle + high > MOST
    taken = bool(middle)
    lows = () if many else _lows(low, taken=taken)
    highs = () if many else _lows(high, taken=taken or 3 in lows)
    return {
        Side.LOW: lows,
        Side.MIDDLE: (3,) if middle == 1 else (),
        Side.HIGH: tuple(6 - step for step in reversed(highs)),
    }


def _lows(count: int, *, taken: bool) -> tuple[int, ...]:
    """Colours for ``count`` answers of one side; none where there are too many, the middle ``taken``."""
    return () if count > len(LOWS) - 1 or (taken and count == len(LOWS) - 1) else LOWS[count]


def _key(item: Item, bars: Sequence[Bar]) -> tuple[tuple[str, int], ...]:
    """Every colour drawn with the names of its answers; a net's only where no answer is drawn.

    A side drawn in one piece to protect people has an entry of its own, after the answer of its colour.
    """
    drawn = {s.label: s.step for bar in bars for s in bar.segments}
    answers = [a.label for a in substantive(item) if a.label in drawn]
    sides = {net.id: net.side for net in item.nets}
    told = {sides.get(a.net or "") for a in item.answers if a.label in answers}
    nets = [n.label for n in item.nets if n.label in drawn and n.label not in answers and n.side not in told]
    merged = {_together(n): drawn[_together(n)] for n in item.nets if _together(n) in drawn}
    named: dict[int, list[str]] = {}
    for label in (*answers, *nets) or (each for each in drawn if each not in merged):
        named.setdefault(drawn[label], []).append(label)
    alone = [(", ".join(labels), step) for step, labels in named.items()]
    return tuple(sorted((*alone, *merged.items()), key=lambda entry: entry[1]))


def _answer(book: Book, item: Item, grouping: Grouping | None, wave: str) -> str:
    """What the bars say, without reading an order into ranges that overlap."""
    everybody = book.headline(item, wave)
    total = "" if everybody is None else f"Everybody: {level_words(everybody)}."
    shown = _shown(book, item, grouping, wave) if grouping else []
    if len(shown) < 2:
        return total
    (top, high), (bottom, low) = shown[0], shown[-1]
    few = _few_words(book, item, grouping, wave)
    ends = f"{_figure(high)} in {top}, {_figure(low)} in {bottom}"
    if _bottom(high) > _top(low):
        return f"{few or 'From'} {_figure(low)} in {bottom} to {_figure(high)} in {top}. {total}"
    apart = "the ranges overlap, so the order of the groups could be chance"
    return f"{few.removesuffix(' from')}{' ' if few else ''}{ends}: {apart}. {total}"


def _few_words(book: Book, item: Item, grouping: Grouping | None, wave: str) -> str:
    """Said where groups too small to rely on are left out of the sentence; empty where none is."""
    if grouping is None:
        return ""
    levels = (level for level, _ in book.levels(grouping) if level != DID_NOT_SAY)
    found = (book.headline(item, wave, grouping.item, level) for level in levels)
    if not any(e is not None and e.flag == "u" for e in found):
        return ""
    return f"Of the groups with {book.study.thresholds.smallest_base} {based_on(item)} or more, from"


def _bottom(estimate: Estimate) -> float:
    return estimate.low if estimate.low is not None else estimate.percent or 0.0


def _top(estimate: Estimate) -> float:
    return estimate.high if estimate.high is not None else estimate.percent or 0.0


def _shown(book: Book, item: Item, grouping: Grouping, wave: str) -> list[tuple[str, Estimate]]:
    """Groups whose figures can be relied on, highest first; those who did not say are no group."""
    found = [
        (label, estimate)
        for level, label in book.levels(grouping)
        if level != DID_NOT_SAY
        and (estimate := book.headline(item, wave, grouping.item, level)) is not None
        and estimate.percent is not None
        and estimate.flag not in {"u", "c"}
    ]
    return sorted(found, key=lambda pair: -(pair[1].percent or 0))


def _figure(estimate: Estimate) -> str:
    return percent(estimate.percent or 0)


def _note(book: Book, item: Item, wave: str, bars: Sequence[Bar]) -> str:
    parts = [asked_words(item), besides_words(book, item, wave), _folded(item), _one_piece(item, bars)]
    return " ".join(part for part in (*parts, *_marks(book, bars)) if part)


def asked_words(item: Item) -> str:
    """The statement, after the question it stood under."""
    if not item.text:
        return ""
    return f"Asked under {cited(item.stem)}: {cited(item.text)}." if item.stem else f"{cited(item.text)}."


def _folded(item: Item) -> str:
    """Said where a side has more answers than colours: which nets are drawn in one piece."""
    codes, colours = _codes(item), _colours(item)
    sides = [side for side in Side if len(codes[side]) > 1 and not set(codes[side]) & set(colours)]
    nets = [cited(net.label) for net in item.nets if net.side in sides]
    if not nets:
        return ""
    drawn = f"{listed(nets)} {'is' if len(nets) == 1 else 'are'} drawn in one piece"
    return f"There are more answers than colours can tell apart: {drawn}. The tables show each."


def _one_piece(item: Item, bars: Sequence[Bar]) -> str:
    """Said where some bars show the answers of a side and others only their sum."""
    drawn = {s.label for bar in bars for s in bar.segments}
    several = [n for n in item.nets if _together(n) in drawn]
    answers = {a.label for a in substantive(item) for n in several if a.net == n.id}
    return ONE_PIECE if answers & drawn else ""


def _marks(book: Book, bars: Sequence[Bar]) -> list[str]:
    """Explanations of the marks these bars carry, each only where it stands."""
    hidden = [bar.name for bar in bars if bar.value == HIDDEN]
    notes = [f"{listed(hidden)}: hidden to protect people."] if hidden else []
    return [*notes, *explained(" ".join(bar.range for bar in bars), book.rules)]


def besides_words(book: Book, item: Item, wave: str) -> str:
    """Who is left out of the base, in words."""
    beside = book.besides(item, wave)
    if beside is None:
        return ""
    outside = listed(cited(a.label) for a in item.answers if a.outside)
    parts = [
        (beside.outside, f"said {outside}" if outside else "gave an answer outside the scale"),
        (beside.blank, "gave no answer that could be read"),
        (beside.not_shown, "were not asked"),
    ]
    told = [f"{plural(n, 'person', 'people')} {what}" for n, what in parts if n]
    told = [words.replace("1 person were", "1 person was") for words in told]
    return f"Left out: {listed(told)}." if told else ""


def _alt(bar: Bar) -> str:
    if bar.why and not bar.segments:
        return f"{bar.name}: {bar.value}, {lowered(bar.why)}."
    spread = f" ({bar.range})" if bar.range else ""
    return f"{bar.name}, {bar.base}: {bar.value}{spread}."
