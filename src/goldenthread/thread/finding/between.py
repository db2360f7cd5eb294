"""Two builds of a survey beside each other: what went in differently, and what came out differently.

Everything here is made of what the two builds show, already protected: a figure stands as its own page
has it, or as hidden. No difference between two figures is worked out, for a difference of few people
would be those people (rule D6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from goldenthread.analysis.definition.study import HeadcountRow, Item, Link, Study, Thresholds, Wave
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.kinds import list_title
from goldenthread.analysis.report.compose.tables import verdict_now
from goldenthread.analysis.report.sentences.words import HIDDEN, level_words
from goldenthread.thread.finding.explore import Opened
from goldenthread.thread.finding.queries import BuildFacts

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
    view: Opened

    @property
    def book(self) -> Book:
        """Its results."""
        return self.view.book


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


def between(one: Side, two: Side) -> Between:
    """``one`` and ``two`` beside each other."""
    causes = _Causes(one, two)
    ids = dict.fromkeys((*_pages(two.book), *_pages(one.book)))
    every = [_item(one.book, two.book, item, causes) for item in ids]
    told = tuple(each for each in every if each is not None)
    return Between(tuple(_inputs(one, two)), told, len(every) - len(told))


def _pages(book: Book) -> list[str]:
    return [item.id for item in book.items]


# What went in


def _inputs(one: Side, two: Side) -> Iterator[Changed]:
    yield from _waves(one, two)
    yield from _decisions(one.book.study, two.book.study)
    yield from _lines(one.book.study.thresholds, two.book.study.thresholds)
    yield from _groups(one.book.study, two.book.study)
    yield from _headcounts(one.book.study, two.book.study)
    yield from _rules(one.book, two.book)


def _waves(one: Side, two: Side) -> Iterator[Changed]:
    before, after = ({w.id: w for w in side.book.study.waves} for side in (one, two))
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        label = (new or old or _nobody()).label
        if old is None or new is None:
            yield Changed(label, "in it" if old else "not in it", "in it" if new else "not in it")
            continue
        if one.facts.files.get(code) != two.facts.files.get(code):
            yield Changed(label, "a file brought in before", "another file, brought in since")
        if _reading(old) != _reading(new):
            yield Changed(f"How {label} is read", "as it was", "another way")


def _nobody() -> Wave:
    return Wave("", "")


def _reading(wave: Wave) -> tuple[object, ...]:
    return wave.questionnaire, wave.weight, wave.stratum, wave.answered, wave.no_figures


def _decisions(one: Study, two: Study) -> Iterator[Changed]:
    labels = {item.id: item.label for item in (*one.items, *two.items)}
    before, after = _links(one), _links(two)
    names = {wave.id: wave.label for wave in (*one.waves, *two.waves)}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and _held(old) != _held(new):
            item, earlier, later = key
            what = f"{labels[item]}, {names[earlier]} and {names[later]}"
            yield Changed(what, _held(old), _held(new))


def _links(study: Study) -> Mapping[tuple[str, str, str], Link]:
    return {(each.item, each.earlier, each.later): each for each in study.links}


def _held(link: Link) -> str:
    return "comparable" if link.comparable else "not comparable"


def _lines(one: Thresholds, two: Thresholds) -> Iterator[Changed]:
    for field in fields(one):
        old, new = getattr(one, field.name), getattr(two, field.name)
        if old != new:
            what = LINES[field.name]
            yield Changed(f"{what[:1].upper()}{what[1:]}", f"{old:g}", f"{new:g}")


def _groups(one: Study, two: Study) -> Iterator[Changed]:
    old, new = (listed(g.label for g in study.groupings) or "nothing" for study in (one, two))
    if old != new:
        yield Changed("What results are broken down by", old, new)
    mixes = [_mix(study) for study in (one, two)]
    if mixes[0] != mixes[1]:
        yield Changed("The same mix is worked out by", *mixes)


def _mix(study: Study) -> str:
    return next((g.label for g in study.groupings if g.item == study.mix), "nothing")


def _headcounts(one: Study, two: Study) -> Iterator[Changed]:
    old, new = _counted(one), _counted(two)
    if old != new:
        yield Changed("The headcount", _whole(one), _whole(two))


def _counted(study: Study) -> frozenset[HeadcountRow]:
    return frozenset(study.headcount)


def _whole(study: Study) -> str:
    """Everybody in the newest wave's headcount."""
    newest = study.waves[-1].id
    found = next((r for r in study.headcount if r.wave == newest and r.grouping is None), None)
    if found is None:
        return "none for everybody" if study.headcount else "none"
    high = f" to {found.number_high:,}" if found.number_high and found.number_high > found.number else ""
    return f"{found.number:,}{high} people"


def _rules(one: Book, two: Book) -> Iterator[Changed]:
    if one.rules.name != two.rules.name:
        yield Changed("The rules of disclosure", one.rules.label, two.rules.label)


# What came out


def _item(one: Book, two: Book, item: str, causes: _Causes) -> ItemChanged | None:
    """What of one item is not as it was; None where all of it is."""
    old, new = (next((i for i in book.items if i.id == item), None) for book in (one, two))
    waves = [wave for wave in two.wave_order if wave in one.wave_order]
    changes = [c for wave in waves if (c := _figure(one, two, item, wave)) is not None]
    pairs = (("List", _list(one, old), _list(two, new)), ("Verdict", _verdict(one, old), _verdict(two, new)))
    changes += [Changed(what, before, after) for what, before, after in pairs if before != after]
    groups = _by_group(one, item, waves) != _by_group(two, item, waves)
    if not changes and not groups:
        return None
    found = new or old
    label = found.label if found else item
    page = (two if new else one).page_of(found) if found else item
    return ItemChanged(page, label, tuple(changes), causes.of(old, new, changes), groups)


def _figure(one: Book, two: Book, item: str, wave: str) -> Changed | None:
    """The headline of everybody in a wave of both, as each build has it."""
    old, new = _shown(one, item, wave), _shown(two, item, wave)
    return None if old == new else Changed(two.label(wave), old, new)


def _shown(book: Book, item: str, wave: str) -> str:
    found = next((i for i in book.study.items if i.id == item), None)
    estimate = book.headline(found, wave) if found else None
    return _words(estimate)


def _words(estimate: Estimate | None) -> str:
    if estimate is None:
        return NOT_THERE
    return f"{HIDDEN} hidden to protect people" if estimate.flag == "c" else level_words(estimate)


def _list(book: Book, item: Item | None) -> str:
    return list_title(book, item) if item else NOT_THERE


def _verdict(book: Book, item: Item | None) -> str:
    return verdict_now(book, item) if item else NOT_THERE


def _by_group(book: Book, item: str, waves: Sequence[str]) -> Mapping[tuple[object, ...], str]:
    """Every figure of every group in some waves, as shown."""
    return {
        (e.wave, e.group, e.level, e.answer): _words(e)
        for (of, *_), found in book.cells.items()
        if of == item
        for e in found.values()
        if e.wave in waves
        if e.group is not None
    }


class _Causes:
    """Why an item is not as it was: what went in differently that it stands on."""

    def __init__(self, one: Side, two: Side) -> None:
        self._one, self._two = one, two
        before, after = one.book.study, two.book.study
        self._waves = {w.id: w.label for w in (*before.waves, *after.waves)}
        self._moved = {c.what for c in _waves(one, two)}
        both = _links(before).keys() & _links(after).keys()
        self._links = {key[0] for key in both if _links(before)[key] != _links(after)[key]}
        self._lines = before.thresholds != after.thresholds

    def of(self, old: Item | None, new: Item | None, changes: list[Changed]) -> str:
        """The causes known, in words; empty where none is."""
        item = new or old
        if item is None:
            return ""
        waves = {wave for each in (old, new) if each is not None for wave in each.sources}
        return "; ".join((*self._of_waves(waves), *self._told(item, changes)))

    def _of_waves(self, waves: Collection[str]) -> Iterator[str]:
        for wave, label in self._waves.items():
            if wave in waves and label in self._moved:
                yield f"{label} is not the same file, or not in both"
            if wave in waves and f"How {label} is read" in self._moved:
                yield f"{label} is read another way"

    def _told(self, item: Item, changes: list[Changed]) -> Iterator[str]:
        if item.id in self._links:
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
        if changes and judged and not self._lines and item.id not in self._links:
            yield "what it is compared with, or judged among, changed; its figures are the same"
