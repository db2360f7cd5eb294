"""Who agrees? One diverging bar for each group of a grouping, everybody last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldenthread.analysis.definition.model import Answer, Net, Side
from goldenthread.analysis.definition.study import Grouping, Item
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book, headline_label, substantive
from goldenthread.analysis.report.model import Bar, BarChart, Segment
from goldenthread.analysis.report.sentences.words import (
    base_words,
    bound_words,
    effective_words,
    join,
    level_words,
    percent,
    plural,
    quoted,
    range_words,
    value_words,
)

HIDDEN_WHY = "Hidden to protect people"
HIDDEN_NOTE = "[c] hidden to protect people: a group of fewer than 10, or a figure that would give one away."
FEW_NOTE = "[u] too few answers to rely on."
ROUGH_NOTE = "[a] worked out from rounded published figures: approximate."
ONE_PIECE = "Where the answers of one side cannot be shown apart, they are drawn in one piece."
SCALE = (1, 2, 3, 4, 5)
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
    return "Who agrees?" if label.lower().startswith("agree") else f"Who answered {quoted(label)}?"


def _group_bars(book: Book, item: Item, grouping: Grouping, wave: str) -> list[Bar]:
    """Shown groups with the highest first, then those that are hidden."""
    found = [
        (level, label, book.cells[item.id, wave, grouping.item, level])
        for level, label in book.levels(grouping)
        if (item.id, wave, grouping.item, level) in book.cells
    ]
    found.sort(key=lambda row: -_height(row[2].get(item.headline or "")))
    return [_bar(label, item, answers) for _, label, answers in found]


def _height(estimate: Estimate | None) -> float:
    if estimate is None or estimate.flag == "c":
        return -1.0
    if estimate.bound is not None:
        return 97.0 if estimate.bound.startswith("more") else 3.0
    return estimate.percent if estimate.percent is not None else -0.5


def _bar(name: str, item: Item, answers: Answers) -> Bar:
    estimate = answers.get(item.headline or "")
    if estimate is None or estimate.flag == "c":
        return Bar(name, "", "[c]", "", why=HIDDEN_WHY)
    base = _base(estimate)
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


def _base(estimate: Estimate) -> str:
    words = f"{base_words(estimate)} answers" if estimate.base != 1 else "1 answer"
    words += effective_words(estimate)
    return f"{words}, published" if estimate.published else words


def _segments(item: Item, answers: Answers) -> tuple[Segment, ...]:
    """Each answer as a segment, or a net as one where its answers are not known."""
    if not item.nets:
        return _plain_segments(item, answers)
    colours = _colours(item)
    parts: list[Segment] = []
    for net in sorted(item.nets, key=lambda n: list(Side).index(n.side)):
        own = [a for a in substantive(item) if a.net == net.id]
        drawn = [_segment(a, net.side, answers, colours[a.code]) for a in own]
        known = [s for s in drawn if s is not None]
        parts += known if known and len(known) == len(drawn) else _net_segment(item, net, answers)
    return tuple(parts)


def _segment(answer: Answer, side: Side, answers: Answers, step: int) -> Segment | None:
    estimate = answers.get(answer.code)
    if estimate is None or estimate.percent is None:
        return None
    return Segment(answer.label, step, side.value, estimate.percent)


def _net_segment(item: Item, net: Net, answers: Answers) -> list[Segment]:
    estimate = answers.get(net.id)
    if estimate is None or estimate.percent is None:
        return []
    pair = {each.side for each in item.nets} == {Side.LOW, Side.HIGH}
    step = PAIR[net.side] if pair else ALONE[net.side]
    return [Segment(net.label, step, net.side.value, estimate.percent)]


def _plain_segments(item: Item, answers: Answers) -> tuple[Segment, ...]:
    """An answer without nets is a share of one: drawn to the right of the line, alone."""
    estimate = answers.get(item.headline or "")
    if estimate is None or estimate.percent is None:
        return ()
    return (Segment(headline_label(item), 5, "high", estimate.percent),)


def _colours(item: Item) -> Mapping[str, int]:
    """The colour of each answer: its side's, by its place among that side's answers."""
    codes = {
        side: [a.code for net in item.nets if net.side is side for a in substantive(item) if a.net == net.id]
        for side in Side
    }
    places = steps({side: len(found) for side, found in codes.items()})
    return {code: step for side in Side for code, step in zip(codes[side], places[side], strict=True)}


def steps(counts: Mapping[Side, int]) -> Mapping[Side, tuple[int, ...]]:
    """Places on the five-step colour scale for the answers of each side, lowest first.

    Four answers without a middle take 1, 2, 4 and 5, three take 1, 3 and 5, two take 2 and 4. No two
    of five answers or fewer share a colour.
    """
    low, middle, high = (counts.get(side, 0) for side in (Side.LOW, Side.MIDDLE, Side.HIGH))
    if (low, middle, high) == (1, 0, 1):
        return {Side.LOW: (2,), Side.MIDDLE: (), Side.HIGH: (4,)}
    room = not middle and low + high <= len(SCALE)
    return {
        Side.LOW: _lows(low, room=room),
        Side.MIDDLE: (3,) * middle,
        Side.HIGH: tuple(6 - step for step in reversed(_lows(high, room=room))),
    }


def _lows(count: int, *, room: bool) -> tuple[int, ...]:
    """Colours for ``count`` answers left of the line; with ``room`` a third may take the middle one."""
    if count <= 2 or room:
        return SCALE[:count]
    return (1,) * (count // 2) + (2,) * (count - count // 2)


def _key(item: Item, bars: Sequence[Bar]) -> tuple[tuple[str, int], ...]:
    """Every colour drawn, once, with the names of its answers; a net's only where no answer is drawn."""
    drawn = {s.label: s.step for bar in bars for s in bar.segments}
    answers = [a.label for a in substantive(item) if a.label in drawn]
    sides = {net.id: net.side for net in item.nets}
    told = {sides.get(a.net or "") for a in item.answers if a.label in answers}
    nets = [n.label for n in item.nets if n.label in drawn and n.label not in answers and n.side not in told]
    named: dict[int, list[str]] = {}
    for label in (*answers, *nets) or tuple(drawn):
        named.setdefault(drawn[label], []).append(label)
    return tuple((", ".join(labels), step) for step, labels in sorted(named.items()))


def _answer(book: Book, item: Item, grouping: Grouping | None, wave: str) -> str:
    """What the bars say, without reading an order into ranges that overlap."""
    everybody = book.headline(item, wave)
    total = "" if everybody is None else f"Everybody: {level_words(everybody)}."
    shown = _shown(book, item, grouping, wave) if grouping else []
    if len(shown) < 2:
        return total
    (top, high), (bottom, low) = shown[0], shown[-1]
    ends = f"{_figure(high)} in {top}, {_figure(low)} in {bottom}"
    if _bottom(high) > _top(low):
        return f"From {_figure(low)} in {bottom} to {_figure(high)} in {top}. {total}"
    return f"{ends}: the ranges overlap, so the order of the groups could be chance. {total}"


def _bottom(estimate: Estimate) -> float:
    return estimate.low if estimate.low is not None else estimate.percent or 0.0


def _top(estimate: Estimate) -> float:
    return estimate.high if estimate.high is not None else estimate.percent or 0.0


def _shown(book: Book, item: Item, grouping: Grouping, wave: str) -> list[tuple[str, Estimate]]:
    found = [
        (label, estimate)
        for level, label in book.levels(grouping)
        if (estimate := book.headline(item, wave, grouping.item, level)) is not None
        and estimate.percent is not None
        and estimate.flag != "u"
    ]
    return sorted(found, key=lambda pair: -(pair[1].percent or 0))


def _figure(estimate: Estimate) -> str:
    return percent(estimate.percent or 0)


def _note(book: Book, item: Item, wave: str, bars: Sequence[Bar]) -> str:
    parts = [asked_words(item), besides_words(book, item, wave), _one_piece(item, bars)]
    return " ".join(part for part in (*parts, *marks(bars)) if part)


def asked_words(item: Item) -> str:
    """The statement, after the question it stood under."""
    if not item.text:
        return ""
    return f"Asked under {quoted(item.stem)}: {quoted(item.text)}." if item.stem else f"{quoted(item.text)}."


def _one_piece(item: Item, bars: Sequence[Bar]) -> str:
    """Said where some bars show the answers of a side and others only their sum."""
    drawn = {s.label for bar in bars for s in bar.segments}
    several = [n for n in item.nets if n.label in drawn and len(item.net_codes(n.id)) > 1]
    answers = {a.label for a in substantive(item) for n in several if a.net == n.id}
    return ONE_PIECE if answers & drawn else ""


def marks(bars: Sequence[Bar]) -> list[str]:
    """Explanations of the marks these bars carry, each only where it stands."""
    hidden = [bar.name for bar in bars if bar.value == "[c]"]
    notes = [f"{join(hidden)}: hidden to protect people."] if hidden else []
    ranges = " ".join(bar.range for bar in bars)
    return [*notes, *([FEW_NOTE] if "[u]" in ranges else []), *([ROUGH_NOTE] if "[a]" in ranges else [])]


def besides_words(book: Book, item: Item, wave: str) -> str:
    """Who is left out of the base, in words."""
    beside = book.besides(item, wave)
    if beside is None:
        return ""
    outside = join(quoted(a.label) for a in item.answers if a.outside)
    parts = [
        (beside.outside, f"said {outside}" if outside else "gave an answer outside the scale"),
        (beside.blank, "gave no answer that could be read"),
        (beside.not_shown, "were not asked"),
    ]
    told = [f"{plural(n, 'person', 'people')} {what}" for n, what in parts if n]
    told = [words.replace("1 person were", "1 person was") for words in told]
    return f"Left out: {join(told)}." if told else ""


def _alt(bar: Bar) -> str:
    if bar.why and not bar.segments:
        return f"{bar.name}: {bar.value}, {bar.why[:1].lower()}{bar.why[1:]}."
    spread = f" ({bar.range})" if bar.range else ""
    return f"{bar.name}, {bar.base}: {bar.value}{spread}."
