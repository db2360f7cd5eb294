"""The results, opened where a report needs them: by item, wave, group and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from goldenthread.analysis.compare.model import Change, Finding, FindingKind
from goldenthread.analysis.definition.model import Answer, Kind, Question
from goldenthread.analysis.definition.preset import Preset, preset
from goldenthread.analysis.definition.study import Grouping, Item, Study, Wave
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.results import Besides, Results, WaveFacts

DID_NOT_SAY = ""
"""The level of those who gave no answer to a grouping."""

Cell = tuple[str, str, str | None, str | None]
"""(item, wave, grouping or None, level or None)."""


@dataclass(frozen=True, slots=True)
class TickList:
    """A multiple-answer question with its options, in the study's order: one page together."""

    question: Question
    options: tuple[Item, ...]

    @property
    def id(self) -> str:
        return self.question.item

    @property
    def label(self) -> str:
        return self.question.label or self.question.text


@dataclass(frozen=True)
class Book:
    """Look-ups over one study's results. Computes no figure of its own.

    ``only`` are the levels of the groupings to tell of; all of them where it is empty.
    """

    results: Results
    only: frozenset[str] = frozenset()

    def over(self, results: Results, only: frozenset[str] = frozenset()) -> Book:
        """A book over ``results`` that have the same items and estimates, which are not sorted out again."""
        made = replace(self, results=results, only=only)
        vars(made).update(cells=self.cells, items=self.items, _besides=self._besides)
        return made

    @property
    def study(self) -> Study:
        return self.results.study

    @property
    def rules(self) -> Preset:
        """The study's rules of disclosure."""
        return preset(self.study.preset)

    @property
    def people(self) -> str:
        """Whom the survey asked, as the study names them."""
        return self.study.people

    @cached_property
    def cells(self) -> Mapping[Cell, Mapping[str, Estimate]]:
        """Estimates by cell, then by answer or net."""
        found: dict[Cell, dict[str, Estimate]] = {}
        for e in self.results.estimates:
            found.setdefault((e.item, e.wave, e.group, e.level), {})[e.answer] = e
        return found

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Items with a headline and at least one figure: statements, and options of tick-lists."""
        asked = {e.item for e in self.results.estimates}
        return tuple(i for i in self.study.items if i.headline is not None and i.id in asked)

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        """A finding for every item with a page; none is lost even where none was made."""
        made = {f.item: f for f in self.results.findings}
        none = {i.id: Finding(i.id, FindingKind.TOO_FEW, None, None, "") for i in self.items}
        return {item.id: made.get(item.id, none[item.id]) for item in self.items}

    @cached_property
    def wave_order(self) -> tuple[str, ...]:
        return tuple(w.id for w in self.study.waves)

    @cached_property
    def facts(self) -> Mapping[str, WaveFacts]:
        return {f.id: f for f in self.results.waves}

    @property
    def newest(self) -> WaveFacts:
        """The wave the report leads with."""
        return self.results.waves[-1]

    def wave(self, wave_id: str) -> Wave:
        return self.study.wave(wave_id)

    def label(self, wave_id: str) -> str:
        """A wave's name as a reader knows it."""
        return self.facts[wave_id].label if wave_id in self.facts else self.wave(wave_id).label

    def headline(
        self, item: Item, wave: str, group: str | None = None, level: str | None = None
    ) -> Estimate | None:
        """The figure a page leads with, or None where the wave did not ask or cannot say."""
        return self.cells.get((item.id, wave, group, level), {}).get(item.headline or "")

    def asked(self, item: Item) -> tuple[str, ...]:
        """Waves with a headline figure for everybody, oldest first."""
        return tuple(w for w in self.wave_order if self.headline(item, w) is not None)

    def last_asked(self, item: Item) -> str:
        """The newest wave that asked."""
        asked = self.asked(item)
        return asked[-1] if asked else self.newest.id

    def asked_now(self, item: Item) -> bool:
        """Whether the newest wave asked the item."""
        return self.last_asked(item) == self.newest.id

    @cached_property
    def _changes(self) -> Mapping[tuple[str, str | None, str | None], tuple[Change, ...]]:
        found: dict[tuple[str, str | None, str | None], tuple[Change, ...]] = {}
        for c in self.results.changes:
            key = (c.item, c.group, c.level)
            found[key] = (*found.get(key, ()), c)
        return found

    def changes(self, item: Item, group: str | None = None, level: str | None = None) -> tuple[Change, ...]:
        """Every change of an item in one group, newest pair first."""
        place = {wave: n for n, wave in enumerate(self.wave_order)}
        found = self._changes.get((item.id, group, level), ())
        return tuple(sorted(found, key=lambda c: (-place[c.to_wave], -place[c.from_wave])))

    def change(self, item: Item, group: str | None = None, level: str | None = None) -> Change | None:
        """The change of the headline into the newest wave that asked.

        From the nearest earlier wave that earned a verdict, else from the nearest there is.
        """
        last = self.last_asked(item)
        every = self.changes(item, group, level)
        found = [c for c in every if c.answer == item.headline and c.to_wave == last]
        return next((c for c in found if c.verdict is not None), found[0] if found else None)

    def change_now(self, item: Item) -> Change | None:
        """The change into the newest wave; None where that did not ask."""
        change = self.change(item)
        return change if change is not None and change.to_wave == self.newest.id else None

    @cached_property
    def compared(self) -> tuple[tuple[Item, Change], ...]:
        """Every item or option whose headline was compared with an earlier wave, with that change.

        This is family F1 of method 6: the parts of a combined item are compared as that item.
        """
        found = ((item, self.change_now(item)) for item in self.items)
        return tuple((item, c) for item, c in found if c is not None and c.verdict is not None)

    def reworded(self, change: Change) -> bool:
        """Whether the item's wording changed between the two waves that a change holds together."""
        return (change.item, change.from_wave, change.to_wave) in self._reworded

    @cached_property
    def _reworded(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((each.item, each.earlier, each.later) for each in self.study.links if each.reworded)

    @cached_property
    def _families(self) -> Mapping[tuple[str | None, str, str, str | None], int]:
        sizes: dict[tuple[str | None, str, str, str | None], int] = {}
        for c in self.results.changes:
            if c.p_adjusted is not None and c.answer == self._headlines.get(c.item):
                key = (c.family, c.from_wave, c.to_wave, c.group)
                sizes[key] = sizes.get(key, 0) + 1
        return sizes

    @cached_property
    def _headlines(self) -> Mapping[str, str | None]:
        return {item.id: item.headline for item in self.study.items}

    def comparisons(self, change: Change) -> int:
        """How many comparisons share this change's family (method 6)."""
        return self._families.get((change.family, change.from_wave, change.to_wave, change.group), 0)

    @cached_property
    def _besides(self) -> Mapping[Cell, Besides]:
        return {(b.item, b.wave, b.group, b.level): b for b in self.results.besides}

    def besides(
        self, item: Item, wave: str, group: str | None = None, level: str | None = None
    ) -> Besides | None:
        return self._besides.get((item.id, wave, group, level))

    def levels(self, grouping: Grouping) -> tuple[tuple[str, str], ...]:
        """A grouping's levels in the order of the questionnaire, those who did not say last."""
        item = next((i for i in self.study.items if i.id == grouping.item), None)
        named = tuple((a.code, a.label) for a in item.answers) if item else ()
        every = (*named, (DID_NOT_SAY, "Did not say"))
        return tuple(pair for pair in every if pair[0] in self.only) if self.only else every

    def levels_of(self, item: Item, grouping: Grouping, wave: str) -> tuple[tuple[str, str], ...]:
        """The levels that one wave has figures of an item for, shown or hidden."""
        places = ((level, (item.id, wave, grouping.item, level)) for level, _ in self.levels(grouping))
        found = {level for level, place in places if place in self.cells}
        return tuple(pair for pair in self.levels(grouping) if pair[0] in found)

    @cached_property
    def _level_labels(self) -> Mapping[tuple[str, str], str]:
        named = {(g.item, code): label for g in self.study.groupings for code, label in self.levels(g)}
        return named | {(t.grouping, r.level): r.label for t in self.results.who for r in t.rows}

    def level_label(self, grouping: str, level: str) -> str:
        """A level's name; a name is returned as it is."""
        return self._level_labels.get((grouping, level), level)

    def grouping_label(self, grouping: str) -> str:
        return next((g.label for g in self.study.groupings if g.item == grouping), grouping)

    @property
    def alike(self) -> str:
        """The variable answers are compared within ("area of work"), in lower case; may be empty."""
        mix = self.study.mix or (self.study.groupings[0].item if self.study.groupings else "")
        return self.grouping_label(mix).lower() if mix else ""

    def question(self, item: Item, wave: str) -> Question | None:
        """The question an item stands on in one wave, where the questionnaire is known."""
        sources = item.sources.get(wave, ())
        return self.question_at(sources[0], wave) if sources else None

    def question_at(self, source: str, wave: str) -> Question | None:
        """The question a variable belongs to, where the wave's questionnaire is known."""
        sheet = self.wave(wave).questionnaire
        asked = sheet.questions if sheet is not None else ()
        return next((q for q in asked if source == q.id or source.startswith(f"{q.id}.")), None)

    @cached_property
    def _lists(self) -> Mapping[str, Question]:
        """The multiple-answer question of each option, by item."""
        newest_first = tuple(reversed(self.wave_order))
        asked = ((i, self.question(i, w)) for i in self.items for w in newest_first)
        found = {i.id: q for i, q in reversed(list(asked)) if q is not None}
        return {item: q for item, q in found.items() if q.kind is Kind.MULTIPLE}

    def option_of(self, item: Item) -> Question | None:
        """The multiple-answer question this item is an option of, if it is one."""
        return self._lists.get(item.id)

    @cached_property
    def statements(self) -> tuple[Item, ...]:
        """Items with a page of their own: all but the options of tick-lists."""
        return tuple(item for item in self.items if item.id not in self._lists)

    @cached_property
    def tick_lists(self) -> tuple[TickList, ...]:
        """The multiple-answer questions, each with its options."""
        grouped: dict[str, list[Item]] = {}
        for item in self.items:
            if item.id in self._lists:
                grouped.setdefault(self._lists[item.id].item, []).append(item)
        return tuple(TickList(self._lists[items[0].id], tuple(items)) for items in grouped.values())

    def page_of(self, item: Item) -> str:
        """The page that tells of an item: its own, or its tick-list's."""
        question = self.option_of(item)
        return item.id if question is None else question.item

    def option_label(self, item: Item) -> str:
        """An option's own name, without its question's in front."""
        question = self.option_of(item)
        return item.label.removeprefix(f"{question.label}: ") if question is not None else item.label


def substantive(item: Item) -> tuple[Answer, ...]:
    """Answers that count towards a base, lowest first."""
    return tuple(a for a in item.answers if not a.outside)


def answer_labels(item: Item) -> dict[str, str]:
    """What each answer and each net is called, by code or id."""
    return {a.code: a.label for a in item.answers} | {net.id: net.label for net in item.nets}


def headline_label(item: Item) -> str:
    """The words of the answer or net a page leads with."""
    return answer_labels(item).get(item.headline or "", item.headline or "")
