"""What went into a build and what came out of it, in few words: by it two builds are held beside each other.

It is worked out once, when a build ends, and kept beside it: the figures of a hundred organisations are
too many to read and put into words each time somebody compares. Only what the build shows is in it, and
of its groups no figure: a mark of their words says whether they are the same in another build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from goldenthread import __version__
from goldenthread.analysis.definition.study import Item, Link, Study, Wave
from goldenthread.analysis.definition.words import listed
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.book import Book
from goldenthread.analysis.report.compose.kinds import list_title
from goldenthread.analysis.report.compose.tables import verdict_now
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.report.sentences.words import HIDDEN, level_words
from goldenthread.analysis.results import Results

SUMMARY = "summary.json"

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WaveSummary:
    """A wave that went in; ``reading`` is a mark of how its answers were read."""

    id: str
    label: str
    reading: str


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """Whether an item was compared between two waves; ``mark`` stands for all that was decided about it."""

    item: str
    earlier: str
    later: str
    label: str
    comparable: bool
    mark: str


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """An item as its page has it: where that is, everybody's headline in each wave, its list and verdict.

    ``asked`` are the waves it stands on; ``groups`` holds a mark of all its groups' figures in each wave.
    """

    id: str
    label: str
    page: str
    asked: tuple[str, ...]
    figures: Mapping[str, str]
    groups: Mapping[str, str]
    in_list: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One build: the waves, decisions, lines, groups, headcount and rules that went in, and every item."""

    waves: tuple[WaveSummary, ...]
    links: tuple[LinkSummary, ...]
    lines: Mapping[str, float]
    groupings: str
    mix: str
    headcount: str
    headcount_mark: str
    rules: str
    rules_label: str
    items: tuple[ItemSummary, ...]


def keep_summary(results: Results, folder: Path) -> None:
    """Write the summary of what ``results`` may show.

    It holds words, which another version of us might choose otherwise: so it says by which it was written.
    """
    kept = {"by": __version__, **asdict(summary(Book(without_hidden(results))))}
    (folder / SUMMARY).write_text(json.dumps(kept), encoding="utf-8")


def kept_summary(folder: Path) -> Summary | None:
    """The summary kept beside a build; None where there is none, or another version of us wrote it."""
    path = folder / SUMMARY
    try:
        plain: Plain = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return _read(plain) if plain.pop("by", None) == __version__ else None
    except (KeyError, TypeError, ValueError):
        return None  # torn, or a field was added or taken away since: it can be worked out again


def _read(plain: Plain) -> Summary:
    waves = tuple(WaveSummary(**each) for each in plain["waves"])
    links = tuple(LinkSummary(**each) for each in plain["links"])
    items = tuple(ItemSummary(**{**each, "asked": tuple(each["asked"])}) for each in plain["items"])
    return Summary(**{**plain, "waves": waves, "links": links, "items": items})


def summary(book: Book) -> Summary:
    """The summary of what a build shows."""
    study = book.study
    marks = _marks_of_groups(book)
    return Summary(
        waves=tuple(WaveSummary(w.id, w.label, _mark([_reading(w)])) for w in study.waves),
        links=tuple(_links(study)),
        lines=asdict(study.thresholds),
        groupings=listed(each.label for each in study.groupings),
        mix=next((each.label for each in study.groupings if each.item == study.mix), ""),
        headcount=_whole(study),
        headcount_mark=_mark(sorted(map(repr, set(study.headcount)))),
        rules=book.rules.name,
        rules_label=book.rules.label,
        items=tuple(_item(book, item, marks.get(item.id, {})) for item in book.items),
    )


def _mark(words: Iterable[str]) -> str:
    """A few letters that are the same only where all the words are."""
    return blake2b("\n".join(words).encode(), digest_size=12).hexdigest()


def _reading(wave: Wave) -> str:
    return repr((wave.questionnaire, wave.weight, wave.stratum, wave.answered, wave.no_figures))


def _links(study: Study) -> Iterable[LinkSummary]:
    labels = {item.id: item.label for item in study.items}
    return (_link(each, labels.get(each.item, each.item)) for each in study.links)


def _link(link: Link, label: str) -> LinkSummary:
    mark = _mark([repr(link)])
    return LinkSummary(link.item, link.earlier, link.later, label, link.comparable, mark)


def _whole(study: Study) -> str:
    """Everybody in the newest wave's headcount."""
    newest = study.waves[-1].id
    found = next((r for r in study.headcount if r.wave == newest and r.grouping is None), None)
    if found is None:
        return "none for everybody" if study.headcount else "none"
    high = f" to {found.number_high:,}" if found.number_high and found.number_high > found.number else ""
    return f"{found.number:,}{high} people"


def _item(book: Book, item: Item, groups: Mapping[str, str]) -> ItemSummary:
    headlines = ((wave, book.headline(item, wave)) for wave in book.wave_order)
    return ItemSummary(
        id=item.id,
        label=item.label,
        page=book.page_of(item),
        asked=tuple(item.sources),
        figures={wave: _words(estimate) for wave, estimate in headlines if estimate is not None},
        groups=groups,
        in_list=list_title(book, item),
        verdict=verdict_now(book, item),
    )


def _words(estimate: Estimate) -> str:
    return f"{HIDDEN} hidden to protect people" if estimate.flag == "c" else level_words(estimate)


def _marks_of_groups(book: Book) -> Mapping[str, Mapping[str, str]]:
    """By item and wave, a mark of every figure of every group as shown."""
    lines: dict[str, dict[str, list[str]]] = {}
    for e in book.results.estimates:
        if e.group is not None:
            line = repr((e.group, e.level, e.answer, _words(e)))
            lines.setdefault(e.item, {}).setdefault(e.wave, []).append(line)
    return {
        item: {wave: _mark(sorted(each)) for wave, each in waves.items()} for item, waves in lines.items()
    }
