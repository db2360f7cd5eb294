"""``figures.json``: every figure of a study as plain data, for other people's programs.

The shape is documented, key by key, in ``docs/reference/figures-json.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from goldenthread.analysis.compare.model import Change, Finding
from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.study import Item, Wave
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.estimate.protect import HIDDEN
from goldenthread.analysis.results import NeedTable, Results, WaveFacts

VERSION = 0
Entry = dict[str, object]

ESTIMATE_KEYS = (
    "item",
    "wave",
    "group",
    "level",
    "answer",
    "count",
    "base",
    "percent",
    "low",
    "high",
    "weighted_base",
    "effective_base",
    "weighted",
    "method",
    "flag",
    "published",
    "base_low",
    "base_high",
    "bound",
)
CHANGE_KEYS = (
    "item",
    "answer",
    "group",
    "level",
    "from_wave",
    "to_wave",
    "points",
    "low",
    "high",
    "p",
    "p_adjusted",
    "family",
    "verdict",
    "because",
    "detectable",
    "mix_by",
    "mix_cells",
    "mix_points",
    "mix_low",
    "mix_high",
    "mix_verdict",
    "mix_because",
    "conflict",
    "from_published",
)


def figures(results: Results, caveat: Sequence[str] = ()) -> Entry:
    """All figures as the reference page promises them (version 0): floats unrounded, percents 0 to 100.

    ``caveat`` is the standing caveat of the report, carried in ``study`` (method 1). The order is
    that of the study: its items, waves and answers.
    """
    study, place = results.study, _Places(results)
    low = {row.need: row.low_incidence for row in results.needs.rows} if results.needs else {}
    return {
        "version": VERSION,
        "study": _study(results, caveat),
        "waves": [_wave(study.wave(facts.id), facts) for facts in results.waves],
        "items": [_item(item, low) for item in study.items],
        "estimates": [estimate_entry(e) for e in sorted(results.estimates, key=place.of_estimate)],
        "changes": [change_entry(c) for c in sorted(results.changes, key=place.of_change)],
        "findings": [_finding(f) for f in sorted(results.findings, key=place.of_finding)],
        "limits": _limits(results),
    }


def figures_text(entries: Entry) -> str:
    """``figures`` as the text of a file. Raises ValueError on a number JSON cannot hold."""
    return json.dumps(entries, allow_nan=False, ensure_ascii=False, indent=1) + "\n"


def without_hidden(results: Results) -> Results:
    """The same results, in which a confidential estimate holds no figure, whatever it was given.

    The last guard before anything is written: no renderer can print what it does not have.
    """
    return replace(results, estimates=tuple(_bare(e) for e in results.estimates))


def _bare(estimate: Estimate) -> Estimate:
    if estimate.flag != "c":
        return estimate
    e = estimate
    return Estimate(
        e.item, e.wave, e.group, e.level, e.answer, None, None, None, None, None,
        weighted=e.weighted, method=HIDDEN, flag=e.flag, published=e.published,
    )  # fmt: skip


def estimate_entry(estimate: Estimate) -> Entry:
    """One estimate by key. A confidential one carries no figure."""
    shown = _bare(estimate)
    return {key: _plain(getattr(shown, key)) for key in ESTIMATE_KEYS}


def change_entry(change: Change) -> Entry:
    """One change by key."""
    return {key: _plain(getattr(change, key)) for key in CHANGE_KEYS}


class _Places:
    """Where an entry stands: by item, wave, group, level and answer, in the study's order."""

    def __init__(self, results: Results) -> None:
        study = results.study
        self._items = _order(item.id for item in study.items)
        self._waves = _order(wave.id for wave in study.waves)
        self._groups = _order(("", *(grouping.item for grouping in study.groupings)))
        self._levels = {item.id: _order(_codes(item)) for item in study.items}

    def of_estimate(self, e: Estimate) -> tuple[int, ...]:
        return (*self._item(e.item), _at(self._waves, e.wave), *self._group(e), self._answer(e))

    def of_change(self, c: Change) -> tuple[int, ...]:
        waves = (_at(self._waves, c.to_wave), _at(self._waves, c.from_wave))
        return (*self._item(c.item), *waves, *self._group(c), self._answer(c))

    def of_finding(self, f: Finding) -> tuple[int, ...]:
        return self._item(f.item)

    def _item(self, item: str) -> tuple[int]:
        return (_at(self._items, item),)

    def _group(self, of: Estimate | Change) -> tuple[int, int]:
        levels = self._levels.get(of.group or "", {})
        return _at(self._groups, of.group or ""), _at(levels, of.level or "")

    def _answer(self, of: Estimate | Change) -> int:
        return _at(self._levels.get(of.item, {}), of.answer)


def _order(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _at(order: dict[str, int], key: str) -> int:
    return order.get(key, len(order))


def _codes(item: Item) -> tuple[str, ...]:
    return (*(answer.code for answer in item.answers), *(net.id for net in item.nets))


def _study(results: Results, caveat: Sequence[str]) -> Entry:
    study = results.study
    return {
        "id": study.id,
        "title": study.title,
        "area": study.area,
        "people": study.people,
        "purpose": study.purpose,
        "preset": study.preset,
        "preset_because": study.preset_because,
        "thresholds": asdict(study.thresholds),
        "groups": [{"item": g.item, "label": g.label} for g in study.groupings],
        "mix": study.mix,
        "attribution": study.attribution,
        "census": _census(results.needs),
        "caveat": list(caveat),
    }


def _wave(wave: Wave, facts: WaveFacts) -> Entry:
    return {
        "id": facts.id,
        "label": facts.label,
        "opens": _day(wave.opens),
        "closes": _day(wave.closes),
        "published": facts.published,
        "source": wave.source,
        "answered": facts.answered,
        "invited": facts.invited,
        "invited_high": facts.invited_high,
        "rate": _plain(facts.rate),
        "shift_if_others_differ_by_10": _plain(facts.shift_if_others_differ_by_10),
        "matches": list(facts.matches),
        "does_not_match": {group: list(levels) for group, levels in facts.does_not_match.items()},
    }


def _census(table: NeedTable | None) -> Entry | None:
    """The census as it may be shown; None where the study names none."""
    if table is None:
        return None
    keys = ("need", "label", "pupils", "percent", "low_incidence", "catch_all")
    return {
        "date": _day(table.dated),
        "sources": list(table.sources),
        "total": table.total,
        "types": [{key: _plain(getattr(row, key)) for key in keys} for row in table.rows],
    }


def _item(item: Item, low: Mapping[str, bool | None]) -> Entry:
    return {
        "item": item.id,
        "label": item.label,
        "topic": item.topic,
        "polarity": item.polarity.value,
        "need": item.need,
        "low_incidence": low.get(item.need or ""),
        "sources": {wave: list(sources) for wave, sources in item.sources.items()},
        "answers": [_answer(answer) for answer in item.answers],
        "nets": [{"code": net.id, "label": net.label} for net in item.nets],
    }


def _answer(answer: Answer) -> Entry:
    return {
        "code": answer.code,
        "label": answer.label,
        "aliases": list(answer.aliases),
        "net": answer.net,
    }


def _finding(finding: Finding) -> Entry:
    return {
        "item": finding.item,
        "kind": finding.kind.value,
        "direction": None if finding.direction is None else finding.direction.value,
        "good": finding.good,
        "because": finding.because,
    }


def _limits(results: Results) -> list[str]:
    return list(dict.fromkeys((*results.limits, *results.study.limits)))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: object) -> object:
    """A value JSON can hold: text and whole numbers as they are, every other number a float."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
