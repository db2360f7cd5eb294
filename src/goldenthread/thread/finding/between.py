"""Two builds of a survey beside each other: what went in differently, and what came out differently.

Everything here is made of what the two builds show, already protected: a figure stands as its own page
has it, or as hidden. No difference between two figures is worked out, for a difference of few people
would be those people (rule D6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from goldenthread.analysis.report.sentences.words import HIDDEN
from goldenthread.thread.finding.explore import opened
from goldenthread.thread.finding.queries import BuildFacts, folder_of
from goldenthread.thread.finding.summary import (
    ItemSummary,
    LinkSummary,
    Summary,
    WaveSummary,
    kept_summary,
    summary,
)

KEPT_READ = 64
"""Summaries a process keeps: some tens of kilobytes each."""
NOT_THERE = "not there"
LINES = {
    "celebrate": "the line for strengths",
    "low": "the line for “low, but improving”",
    "gap": "the line for gaps",
    "margin": "the change that is too small to matter",
    "q": "how much chance is allowed among the changes marked",
    "smallest_base": "the fewest answers a verdict may rest on",
    "low_incidence": "the line for low incidence",
}
"""What each threshold is called."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two builds."""

    facts: BuildFacts
    summary: Summary


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that is not as it was: what it is called, how each build has it, and why, where known."""

    what: str
    one: str
    two: str


@dataclass(frozen=True, slots=True)
class ItemChanged:
    """An item of which something is not as it was; ``groups`` where figures of groups changed too."""

    item: str
    label: str
    changes: tuple[Changed, ...]
    why: str
    groups: bool


@dataclass(frozen=True, slots=True)
class Between:
    """What went in differently, what came out differently, and how many items came out the same."""

    inputs: tuple[Changed, ...]
    items: tuple[ItemChanged, ...]
    same: int


def beside(one: BuildFacts, two: BuildFacts) -> Between:
    """Two done builds beside each other. Raises Refusal where the folder of one was taken away."""
    return between(*(Side(build, _summary(build.id, folder_of(build.id))) for build in (one, two)))


@lru_cache(maxsize=KEPT_READ)
def _summary(build: int, folder: Path) -> Summary:
    """As it was kept when the build ended; else worked out from what the build shows."""
    return kept_summary(folder) or summary(opened(build).book)


def between(one: Side, two: Side) -> Between:
    """``one`` and ``two`` beside each other."""
    causes = _Causes(one, two)
    before, after = ({item.id: item for item in side.summary.items} for side in (one, two))
    waves = _in_both(one.summary, two.summary)
    pairs = [(before.get(item), after.get(item)) for item in dict.fromkeys((*after, *before))]
    every = [_item(*pair, waves, causes) for pair in pairs]
    told = tuple(each for each in every if each is not None)
    return Between(tuple(_inputs(one, two)), told, len(every) - len(told))


def _in_both(one: Summary, two: Summary) -> Mapping[str, str]:
    """The label of each wave of both."""
    before = {wave.id for wave in one.waves}
    return {wave.id: wave.label for wave in two.waves if wave.id in before}


# What went in


def _inputs(one: Side, two: Side) -> Iterator[Changed]:
    yield from _waves(one, two)
    yield from _decisions(one.summary, two.summary)
    yield from _lines(one.summary, two.summary)
    yield from _groups(one.summary, two.summary)
    yield from _headcounts(one.summary, two.summary)
    if one.summary.rules != two.summary.rules:
        yield Changed("The rules of disclosure", one.summary.rules_label, two.summary.rules_label)


def _waves(one: Side, two: Side) -> Iterator[Changed]:
    before, after = ({w.id: w for w in side.summary.waves} for side in (one, two))
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        if old is not None and new is not None:
            yield from _wave(old, new, same=one.facts.files.get(code) == two.facts.files.get(code))
        elif new is not None:
            yield Changed(new.label, "not in it", "in it")
        elif old is not None:
            yield Changed(old.label, "in it", "not in it")


def _wave(old: WaveSummary, new: WaveSummary, *, same: bool) -> Iterator[Changed]:
    """A wave of both builds; ``same`` where its file is."""
    if not same:
        yield Changed(new.label, "a file brought in before", "another file, brought in since")
    if old.reading != new.reading:
        yield Changed(f"How {new.label} is read", "as it was", "another way")


def _decisions(one: Summary, two: Summary) -> Iterator[Changed]:
    names = {wave.id: wave.label for wave in (*one.waves, *two.waves)}
    for old, new in _both(one, two):
        if _held(old) != _held(new):
            what = f"{new.label}, {names[new.earlier]} and {names[new.later]}"
            yield Changed(what, _held(old), _held(new))


def _both(one: Summary, two: Summary) -> Iterator[tuple[LinkSummary, LinkSummary]]:
    """What each build held of the pairs of waves that an item is in, in both."""
    after = {(each.item, each.earlier, each.later): each for each in two.links}
    for old in one.links:
        new = after.get((old.item, old.earlier, old.later))
        if new is not None:
            yield old, new


def _held(link: LinkSummary) -> str:
    return "comparable" if link.comparable else "not comparable"


def _lines(one: Summary, two: Summary) -> Iterator[Changed]:
    for name, old in one.lines.items():
        new = two.lines[name]
        if old != new:
            what = LINES[name]
            yield Changed(f"{what[:1].upper()}{what[1:]}", f"{old:g}", f"{new:g}")


def _groups(one: Summary, two: Summary) -> Iterator[Changed]:
    if one.groupings != two.groupings:
        yield Changed("What results are broken down by", *_or_nothing(one.groupings, two.groupings))
    if one.mix != two.mix:
        yield Changed("The same mix is worked out by", *_or_nothing(one.mix, two.mix))


def _or_nothing(*words: str) -> Iterator[str]:
    return (each or "nothing" for each in words)


def _headcounts(one: Summary, two: Summary) -> Iterator[Changed]:
    if one.headcount_mark != two.headcount_mark:
        yield Changed("The headcount", one.headcount, two.headcount)


# What came out


def _item(
    old: ItemSummary | None, new: ItemSummary | None, waves: Mapping[str, str], causes: _Causes
) -> ItemChanged | None:
    """What of one item is not as it was; None where all of it is."""
    found = new or old
    changes = [change for change in _told(old, new, waves) if change.one != change.two]
    groups = _by_group(old, waves) != _by_group(new, waves)
    if found is None or not (changes or groups):
        return None
    why = causes.of(old, new, changes)
    return ItemChanged(found.page, found.label, tuple(changes), why, groups)


def _told(old: ItemSummary | None, new: ItemSummary | None, waves: Mapping[str, str]) -> Iterator[Changed]:
    """The headline of everybody in each wave of both, its list and its verdict, as each build has them."""
    for wave, label in waves.items():
        shown = (each.figures.get(wave, NOT_THERE) if each else NOT_THERE for each in (old, new))
        yield Changed(label, *shown)
    yield Changed("List", *(each.in_list if each else NOT_THERE for each in (old, new)))
    yield Changed("Verdict", *(each.verdict if each else NOT_THERE for each in (old, new)))


def _by_group(item: ItemSummary | None, waves: Collection[str]) -> Mapping[str, str]:
    return {wave: mark for wave, mark in item.groups.items() if wave in waves} if item else {}


class _Causes:
    """Why an item is not as it was: what went in differently that it stands on."""

    def __init__(self, one: Side, two: Side) -> None:
        self._one, self._two = one, two
        before, after = one.summary, two.summary
        self._waves = {w.id: w.label for w in (*before.waves, *after.waves)}
        self._moved = {c.what for c in _waves(one, two)}
        self._links = {new.item for old, new in _both(before, after) if old.mark != new.mark}
        self._lines = before.lines != after.lines

    def of(self, old: ItemSummary | None, new: ItemSummary | None, changes: list[Changed]) -> str:
        """The causes known, in words; empty where none is."""
        items = [each for each in (old, new) if each is not None]
        waves = {wave for each in items for wave in each.asked}
        return "; ".join((*self._of_waves(waves), *self._told(items[-1].id, changes)))

    def _of_waves(self, waves: Collection[str]) -> Iterator[str]:
        for wave, label in self._waves.items():
            if wave in waves and label in self._moved:
                yield f"{label} is not the same file, or not in both"
            if wave in waves and f"How {label} is read" in self._moved:
                yield f"{label} is read another way"

    def _told(self, item: str, changes: list[Changed]) -> Iterator[str]:
        if item in self._links:
            yield "somebody decided about comparing it"
        sorted_anew = any(change.what in ("List", "Verdict") for change in changes)
        if sorted_anew and self._lines:
            yield "the lines it is sorted by changed"
        if any(HIDDEN in change.two and HIDDEN not in change.one for change in changes):
            yield (
                f"hidden in build {self._two.facts.number}: beside build {self._one.facts.number} it would "
                "give a few people away"
            )
        judged = all(change.what in ("List", "Verdict") for change in changes)
        if changes and judged and not self._lines and item not in self._links:
            yield "what it is compared with, or judged among, changed; its figures are the same"
