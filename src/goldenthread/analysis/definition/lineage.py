"""What became of each question: from one wave to the next, and within a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.links import rescaled
from goldenthread.analysis.definition.model import Kind, Question, Questionnaire, Variable
from goldenthread.analysis.definition.no_figures import numbers_in
from goldenthread.analysis.definition.study import Link, Study, Wave
from goldenthread.analysis.definition.variables import shown_if, ticked_option, variables
from goldenthread.analysis.definition.words import fold_text


class Fate(StrEnum):
    """What became of an item between two waves.

    ``NOT_KNOWN``: one wave has it, and of the other only its printed figures are known.
    """

    KEPT = "kept"
    DROPPED = "dropped"
    NEW = "new"
    NOT_KNOWN = "not-known"


class Use(StrEnum):
    """What a report does with a question."""

    ITEM = "item"
    GROUPING = "grouping"
    TEXT = "text"
    ROUTING = "routing"
    NOT_REPORTED = "not-reported"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One item between two waves.

    ``numbers_before`` and ``numbers_after`` are question numbers as printed (ids where there are
    none), empty where the wave did not ask. ``other`` is "removed" or "added" where the answer in
    one's own words went or came. ``comparable`` and ``because`` are what holds in the report, a
    person's decision included; an item asked only once is not comparable.
    """

    item: str
    label: str
    earlier: str
    later: str
    numbers_before: tuple[str, ...]
    numbers_after: tuple[str, ...]
    fate: Fate
    reworded: bool = False
    rescaled: bool = False
    other: str = ""
    comparable: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Accounted:
    """One numbered question of one wave, and what the report does with it.

    ``beside`` are the numbers one printed figure stands on as well. ``because`` says why there is no
    figure, where a person wrote it down.
    """

    wave: str
    number: str
    text: str
    use: Use
    items: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item as one wave asked it; ``text`` is empty where only its figures are known."""

    numbers: tuple[str, ...]
    text: str = ""
    label: str = ""
    variable: Variable | None = None


_Entries = Mapping[str, _Entry]


def change_log(study: Study) -> tuple[LogRow, ...]:
    """For each pair of waves compared, every item of either: the later wave's order, then dropped ones.

    Questions in words and numbers are followed like any other. Combinations are left out: their
    parts are there.
    """
    return tuple(row for pair in study.pairs for row in _pair_log(study, *pair))


def _pair_log(study: Study, earlier: str, later: str) -> Iterator[LogRow]:
    waves = study.wave(earlier), study.wave(later)
    before, after = (_entries(study, wave) for wave in waves)
    labels = {item.id: item.label for item in study.items}
    links = {link.item: link for link in study.links if (link.earlier, link.later) == (earlier, later)}
    for item in dict.fromkeys((*after, *before)):
        old, new = before.get(item), after.get(item)
        either = new or old
        yield LogRow(
            item=item,
            label=labels.get(item) or (either.label if either else item),
            earlier=earlier,
            later=later,
            numbers_before=old.numbers if old else (),
            numbers_after=new.numbers if new else (),
            fate=_fate(old, new, waves),
            reworded=_reworded(old, new),
            rescaled=_rescaled(old, new),
            other=_other(old, new, before, after),
            comparable=_held(links.get(item), old, new),
            because=links[item].because if item in links else "",
        )


def _entries(study: Study, wave: Wave) -> dict[str, _Entry]:
    found = dict(_questioned(wave.questionnaire)) if wave.questionnaire else {}
    for item in study.items:
        if wave.id in item.sources and not item.parts:
            found.setdefault(item.id, _Entry(item.sources[wave.id], label=item.label))
    return found


def _questioned(questionnaire: Questionnaire) -> Iterator[tuple[str, _Entry]]:
    coded: dict[str, list[Variable]] = {}
    for variable in variables(questionnaire):
        coded.setdefault(variable.question.id, []).append(variable)
    for question in questionnaire.questions:
        if question.id not in coded:
            label = question.label or question.text
            yield question.item, _Entry((_number(question),), question.text, label)
        for variable in coded.get(question.id, []):
            numbers = (_number(question, variable.part),)
            yield variable.item, _Entry(numbers, variable.text, variable.label, variable)


def _number(question: Question, part: str | None = None) -> str:
    number = question.number or question.id
    return number if part is None else f"{number}.{part}"


def _fate(old: _Entry | None, new: _Entry | None, waves: tuple[Wave, Wave]) -> Fate:
    if old and new:
        return Fate.KEPT
    without = waves[0] if old is None else waves[1]
    if without.questionnaire is None:
        return Fate.NOT_KNOWN
    return Fate.NEW if old is None else Fate.DROPPED


def _reworded(old: _Entry | None, new: _Entry | None) -> bool:
    if not (old and new and old.text and new.text):
        return False
    return fold_text(old.text) != fold_text(new.text)


def _rescaled(old: _Entry | None, new: _Entry | None) -> bool:
    if not (old and new and old.variable and new.variable):
        return False
    return rescaled(old.variable, new.variable)


def _other(old: _Entry | None, new: _Entry | None, before: _Entries, after: _Entries) -> str:
    """Whether "other" went or came, of a question that both waves asked."""
    had, has = _offers_other(old), _offers_other(new)
    if old and new:
        return "" if had == has else ("removed" if had else "added")
    if had and _asks_question_of(old, after):
        return "removed"
    return "added" if has and _asks_question_of(new, before) else ""


def _offers_other(entry: _Entry | None) -> bool:
    if entry is None or entry.variable is None:
        return False
    option = ticked_option(entry.variable)
    return option.other if option else any(answer.other for answer in entry.variable.answers)


def _asks_question_of(entry: _Entry | None, entries: _Entries) -> bool:
    """Whether ``entries`` hold another option of the same question."""
    wanted = entry.variable.question.item if entry and entry.variable else None
    return any(each.variable and each.variable.question.item == wanted for each in entries.values())


def _held(link: Link | None, old: _Entry | None, new: _Entry | None) -> bool:
    if old is None or new is None:
        return False
    return link.comparable if link else not _rescaled(old, new)


def accounting(study: Study, wave: Wave) -> tuple[Accounted, ...]:
    """Every question of a wave and what became of it, in the questionnaire's order.

    Where a wave's questionnaire is not known: every number its figures stand on or the study gives, in
    the order of the numbers, then the figures that were printed without one.
    """
    if wave.questionnaire is None:
        return tuple(sorted(_from_figures(study, wave), key=_place))
    used = _items_by_source(study, wave)
    groupings = {grouping.item for grouping in study.groupings}
    routing = _routing(wave.questionnaire)
    silent = frozenset(study.not_reported.get(wave.id, ()))
    return tuple(
        _accounted(wave, question, used.get(question.id, ()), groupings, routing, silent)
        for question in wave.questionnaire.questions
    )


def _items_by_source(study: Study, wave: Wave) -> dict[str, tuple[str, ...]]:
    """Question id -> the items of this wave that stand on it."""
    found: dict[str, tuple[str, ...]] = {}
    owners = {v.item: v.question.id for v in variables(wave.questionnaire)} if wave.questionnaire else {}
    for item in study.items:
        if wave.id in item.sources and item.id in owners:
            owner = owners[item.id]
            found[owner] = (*found.get(owner, ()), item.id)
    return found


def _routing(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of questions some condition asks about."""
    return frozenset(
        leaf.question.partition(".")[0]
        for section in questionnaire.sections
        for question in section.questions
        for condition in shown_if(section, question)
        for leaf in leaves(condition)
    )


def _accounted(
    wave: Wave,
    question: Question,
    items: tuple[str, ...],
    groupings: set[str],
    routing: frozenset[str],
    silent: frozenset[str],
) -> Accounted:
    left_out = bool({question.number, question.id} & silent)
    use = Use.NOT_REPORTED if left_out else _use(question, items, groupings, routing)
    return Accounted(wave.id, _number(question), question.text, use, () if left_out else items)


def _use(question: Question, items: tuple[str, ...], groupings: set[str], routing: frozenset[str]) -> Use:
    if groupings & set(items):
        return Use.GROUPING
    if items:
        return Use.ITEM
    if question.kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT):
        return Use.TEXT
    return Use.ROUTING if question.id in routing else Use.NOT_REPORTED


def _from_figures(study: Study, wave: Wave) -> Iterator[Accounted]:
    groupings = {grouping.item for grouping in study.groupings}
    used: dict[str, list[str]] = {}
    for item in study.items:
        for source in item.sources.get(wave.id, ()):
            used.setdefault(source, []).append(item.id)
    for source, items in used.items():
        text = next(item.text or item.label for item in study.items if item.id == items[0])
        use = Use.GROUPING if groupings & set(items) else Use.ITEM
        numbers = numbers_in(source)
        for number in numbers:
            beside = tuple(other for other in numbers if other != number)
            yield Accounted(wave.id, number, text, use, tuple(items), beside)
    yield from _without_figures(study, wave, {number for source in used for number in numbers_in(source)})


def _without_figures(study: Study, wave: Wave, used: set[str]) -> Iterator[Accounted]:
    for entry in wave.no_figures:
        use = Use.TEXT if entry.own_words else Use.NOT_REPORTED
        for number in entry.numbers:
            yield Accounted(wave.id, number, entry.label, use, because=entry.because)
    for number in study.not_reported.get(wave.id, ()):
        if not used & set(numbers_in(number)):
            yield Accounted(wave.id, number, "", Use.NOT_REPORTED)


def _place(row: Accounted) -> tuple[bool, int, str]:
    """Numbers in their order, then names in the order they came."""
    digits = re.match(r"\d+", row.number)
    return (False, int(digits[0]), row.number) if digits else (True, 0, "")
