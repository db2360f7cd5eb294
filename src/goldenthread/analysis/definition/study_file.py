"""A study read from its TOML file (docs/reference/study-file.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from goldenthread.analysis.definition.census import read_census
from goldenthread.analysis.definition.combinations import combine
from goldenthread.analysis.definition.declared import Declared, read_combinations, read_items
from goldenthread.analysis.definition.headcount import read_headcount
from goldenthread.analysis.definition.items import Asked, asked_items, build_items
from goldenthread.analysis.definition.links import Pair, build_links, read_decisions
from goldenthread.analysis.definition.model import Answer, Kind
from goldenthread.analysis.definition.need_tables import check_needs, read_need_types
from goldenthread.analysis.definition.needs import Census, NeedType
from goldenthread.analysis.definition.parents import read_parents
from goldenthread.analysis.definition.read import read_scales
from goldenthread.analysis.definition.rules import read_disclosure, read_thresholds
from goldenthread.analysis.definition.shape import Table, load_toml
from goldenthread.analysis.definition.study import (
    AnswerOffRoute,
    Grouping,
    HeadcountRow,
    Item,
    Link,
    Study,
    Wave,
)
from goldenthread.analysis.definition.wave_tables import Folders, Waves, attempt, find_file, read_waves
from goldenthread.analysis.definition.words import listed, meant, quoted, repeated
from goldenthread.analysis.problem import Refusal

_KEYS = (
    *("id", "title", "area", "purpose", "question", "people", "attribution", "limits"),
    *("disclosure", "thresholds", "mix", "off_route", "correct_changes", "headcount", "pairs"),
    *("waves", "groups", "crosswalk", "items", "combinations", "scales", "census", "need_types"),
    "usual_need_types",
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The waves of a study and the items they share, as read so far."""

    waves: Waves
    asked: Asked
    items: tuple[Item, ...]
    groupings: tuple[Grouping, ...]
    pairs: tuple[Pair, ...]
    needs: tuple[NeedType, ...]


def read_study(path: Path, data: Path | None = None, *, answers_gone: bool = False) -> Study:
    """The study in ``path``, with its questionnaires and headcount.

    ``answers_gone`` where cubes were kept and the files of answers need not be there any more.

    Answers and figures given by a relative path are looked for in ``data`` first, then beside the
    study file. Raises ``Refusal`` naming every fault, those of the questionnaires included.
    """
    if data is not None and not data.is_dir():
        raise Refusal(f"There is no folder {quoted(data)} to take the data from.")
    top = load_toml(path)
    top.only(*_KEYS)
    folders = Folders(path.parent, data, gone=answers_gone)
    parts = _parts(top, folders)
    study = _study(top, folders, parts)
    _check_mix(top, study)
    top.faults.refuse()
    return study


def _parts(top: Table, folders: Folders) -> _Parts:
    waves = read_waves(top, folders)
    names = [wave.id for wave in waves.waves]
    scales = read_scales(top)
    declared, wanted = read_items(top, scales, names), read_combinations(top, scales, names)
    asked = asked_items(waves.waves, waves.not_reported)
    needs = read_need_types(top)
    _check_names(declared, wanted, asked)
    check_needs(needs, asked, (*declared, *wanted), top)
    items = build_items(waves, asked, declared)
    if not items and names:
        top.fault("there is nothing to report: no wave has a question with answers")
    items = (*items, *combine(waves, items, wanted))
    return _Parts(waves, asked, items, _groupings(top, items, asked), _pairs(top, names), needs)


def _study(top: Table, folders: Folders, parts: _Parts) -> Study:
    preset, because = read_disclosure(top)
    links = build_links(parts.items, parts.asked, parts.pairs, read_decisions(top))
    off_route = top.choice("off_route", AnswerOffRoute, AnswerOffRoute.LEAVE_OUT)
    return Study(
        id=top.name("id", _usual_id(Path(top.faults.file))),
        title=top.text("title"),
        area=top.text("area"),
        waves=parts.waves.waves,
        items=parts.items,
        groupings=parts.groupings,
        pairs=parts.pairs,
        links=links,
        headcount=_headcount(top, folders, parts),
        thresholds=read_thresholds(top),
        preset=preset,
        preset_because=because,
        mix=top.name("mix", "") or None,
        off_route=off_route or AnswerOffRoute.LEAVE_OUT,
        correct_changes=top.flag("correct_changes"),
        purpose=top.text("purpose", ""),
        question=top.text("question", ""),
        people=top.text("people", "people"),
        attribution=top.text("attribution", ""),
        limits=(*top.names("limits"), *_own_limits(parts, links)),
        not_reported=parts.waves.not_reported,
        needs=parts.needs,
        census=_census(top, folders, parts.needs),
    )


def _usual_id(path: Path) -> str:
    name = path.resolve().parent.name if path.stem == "study" else path.stem
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "study"


def _check_names(declared: Iterable[Declared], wanted: Iterable[Declared], asked: Asked) -> None:
    entries = [*declared, *wanted]
    for name in repeated([entry.id for entry in entries if entry.id]):
        last = [entry for entry in entries if entry.id == name][-1]
        last.table.fault("another item or combination has this id")
    for entry in wanted:
        if entry.id in asked.variables:
            entry.table.fault("a question has this id as its item; a combination needs one of its own")


def _pairs(top: Table, waves: list[str]) -> tuple[Pair, ...]:
    """The pairs of waves to compare: those listed, or each wave with the next."""
    if "pairs" not in top.values:
        return tuple(pairwise(waves))
    listed_pairs = top.values["pairs"]
    if not isinstance(listed_pairs, list):
        top.fault('“pairs” must be a list of pairs, such as [["2023", "2025"]]')
        return ()
    found = (_pair(top, pair, position, waves) for position, pair in enumerate(listed_pairs, start=1))
    return tuple(dict.fromkeys(pair for pair in found if pair is not None))


def _pair(top: Table, pair: object, position: int, waves: list[str]) -> Pair | None:
    words = Table({"pair": pair}, f"pairs, number {position}", top.faults)
    ids = words.names("pair")
    if len(ids) != 2:
        words.fault('must be two waves, such as ["2023", "2025"]')
        return None
    for name in (name for name in ids if name not in waves):
        words.fault(f"unknown wave {quoted(name)}{meant(name, waves)}")
    if not set(ids) <= set(waves):
        return None
    if waves.index(ids[0]) >= waves.index(ids[1]):
        words.fault("the earlier wave comes first")
        return None
    return ids[0], ids[1]


def _groupings(top: Table, items: tuple[Item, ...], asked: Asked) -> tuple[Grouping, ...]:
    known = {item.id: item for item in items}
    found = []
    for table in top.tables("groups", "group"):
        table.only("item", "label", "parents")
        name = table.name("item")
        _check_grouping(table, name, known, asked)
        usual = known[name].label if name in known else name
        parents = read_parents(table, name, _answers(known[name], asked)) if name in known else {}
        found.append(Grouping(name, table.text("label", usual), parents))
    for name in repeated([grouping.item for grouping in found if grouping.item]):
        top.fault(f"two groups stand on the item {quoted(name)}")
    return tuple(found)


def _answers(item: Item, asked: Asked) -> tuple[Answer, ...]:
    """Those of the newest wave first; an earlier wave may have had levels of its own."""
    every = (variable.answers for variable in asked.variables.get(item.id, {}).values())
    return (*item.answers, *chain.from_iterable(every))


def _check_grouping(table: Table, name: str, known: dict[str, Item], asked: Asked) -> None:
    if name and name not in known:
        table.fault(f"unknown item {quoted(name)}{meant(name, known)}")
    kinds = {variable.question.kind for variable in asked.variables.get(name, {}).values()}
    if kinds - {Kind.SINGLE} or (name in known and known[name].parts):
        table.fault(f"{quoted(name)} is not a single question, so nobody belongs to just one of its groups")


def _headcount(top: Table, folders: Folders, parts: _Parts) -> tuple[HeadcountRow, ...]:
    path = find_file(top, "headcount", folders)
    if path is None:
        return ()
    items = {item.id: item for item in parts.items}
    groupings = {g.item: items[g.item] for g in parts.groupings if g.item in items}
    waves = [wave.id for wave in parts.waves.waves]
    counted = attempt(top, partial(read_headcount, path, waves, groupings))
    if counted is None:
        return ()
    top.faults.adopt(counted[1])
    return counted[0]


def _census(top: Table, folders: Folders, needs: tuple[NeedType, ...]) -> Census | None:
    if "census" not in top.values:
        return None
    table = top.table("census")
    table.only("file", "published")
    if "file" not in table.values:
        table.fault("“file” is missing")
    path = find_file(table, "file", folders)
    published = table.flag("published")
    read = attempt(table, partial(read_census, path, needs, published=published)) if path else None
    if read is None:
        return None
    top.faults.adopt(read[1])
    return read[0]


def _check_mix(top: Table, study: Study) -> None:
    names = [grouping.item for grouping in study.groupings]
    if study.mix is not None and study.mix not in names:
        top.fault(
            f"“mix” is {quoted(study.mix)}, which is not one of the [[groups]]{meant(study.mix, names)}"
        )


def _own_limits(parts: _Parts, links: tuple[Link, ...]) -> Iterator[str]:
    """What a reader must be told about waves that cannot be set side by side."""
    waves = parts.waves.waves
    alone = [wave for wave in waves if len(waves) > 1 and not _shares(wave, parts.items)]
    if alone:
        named = listed(wave.label for wave in alone)
        verb = "shares no question" if len(alone) == 1 else "share no question"
        yield f"{named} {verb} with any other wave, so nothing from there is compared."
    unread = [wave for wave in waves if _unchecked(wave, links)]
    if unread:
        yield _unread([wave.label for wave in unread])


def _unread(labels: list[str]) -> str:
    subject = "The questionnaire of {} is" if len(labels) == 1 else "The questionnaires of {} are"
    named = subject.format(listed(labels))
    return f"{named} not in this study: nothing here checks that questions were worded alike."


def _shares(wave: Wave, items: tuple[Item, ...]) -> bool:
    return any(wave.id in item.sources and len(item.sources) > 1 for item in items)


def _unchecked(wave: Wave, links: tuple[Link, ...]) -> bool:
    touching = [link for link in links if wave.id in (link.earlier, link.later)]
    return wave.questionnaire is None and any(not link.because for link in touching)
