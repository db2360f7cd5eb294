"""The headcount: how many people could have answered, from a dated CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goldenthread.analysis.definition.csv_rows import CsvRow, read_rows
from goldenthread.analysis.definition.shape import Faults
from goldenthread.analysis.definition.study import HeadcountRow, Item
from goldenthread.analysis.definition.words import fold_label, listed, meant, quoted

COLUMNS = ("wave", "grouping", "level", "number", "number_high", "date", "source", "all_invited")
NEEDED = ("wave", "number")
EVERYBODY = ("", "everybody")
DID_NOT_SAY = ""

_YES, _NO = ("", "yes", "true", "1"), ("no", "false", "0")
_WHOLE = re.compile(r"\d+|\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True)
class _Known:
    waves: tuple[str, ...]
    groupings: Mapping[str, Item]


def read_headcount(
    path: Path, waves: Iterable[str], groupings: Mapping[str, Item]
) -> tuple[tuple[HeadcountRow, ...], Faults]:
    """The rows of the headcount and every fault, each with its row and column.

    A level may be given by code or by label. Raises ``Refusal`` where the file cannot be read.
    """
    headings, rows = read_rows(path)
    faults = Faults(path.name)
    for heading in headings:
        if heading and heading not in COLUMNS:
            faults.add("row 1", f"unknown column {quoted(heading)}{meant(heading, COLUMNS)}")
    missing = [column for column in NEEDED if column not in headings]
    if missing:
        faults.add("row 1", f"there is no column {listed(map(quoted, missing))}")
        return (), faults
    known = _Known(tuple(waves), groupings)
    counted = tuple(_row(row, known, faults) for row in rows)
    _check_repeats(rows, counted, faults)
    return counted, faults


def _row(row: CsvRow, known: _Known, faults: Faults) -> HeadcountRow:
    wave = row.text("wave")
    if wave not in known.waves:
        faults.add(row.at("wave"), f"unknown wave {quoted(wave)}{meant(wave, known.waves)}")
    grouping, level = _group(row, known, faults)
    number = _whole(row, "number", faults)
    if number is None and not row.text("number"):
        faults.add(row.at("number"), "there is no number")
    high = _whole(row, "number_high", faults)
    if number is not None and high is not None and high < number:
        faults.add(row.at("number_high"), f"{high} is below the number, {number}")
    return HeadcountRow(
        wave=wave,
        grouping=grouping,
        level=level,
        number=number or 0,
        number_high=high,
        dated=_day(row, faults),
        source=row.text("source"),
        all_invited=_flag(row, faults),
    )


def _group(row: CsvRow, known: _Known, faults: Faults) -> tuple[str | None, str | None]:
    name, level = row.text("grouping"), row.text("level")
    if name.casefold() in EVERYBODY:
        if level and level.casefold() not in EVERYBODY:
            faults.add(row.at("level"), f"{quoted(level)} is a level of no grouping")
        return None, None
    grouping = known.groupings.get(name)
    if grouping is None:
        hint = meant(name, known.groupings)
        faults.add(row.at("grouping"), f"{quoted(name)} is not one of the study’s [[groups]]{hint}")
        return name, level
    return name, _level(row, grouping, faults)


def _level(row: CsvRow, grouping: Item, faults: Faults) -> str:
    level = row.text("level")
    for answer in grouping.answers:
        if level == answer.code:
            return answer.code
    for answer in grouping.answers:
        if fold_label(level) in {fold_label(name) for name in (answer.label, *answer.aliases)}:
            return answer.code
    hint = meant(level, [answer.label for answer in grouping.answers])
    faults.add(row.at("level"), f"{quoted(level)} is no answer of {quoted(grouping.id)}{hint}")
    return level


def _whole(row: CsvRow, column: str, faults: Faults) -> int | None:
    text = row.text(column)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        faults.add(row.at(column), f"{quoted(text)} is not a whole number of people")
        return None
    return int(text.replace(",", ""))


def _day(row: CsvRow, faults: Faults) -> date | None:
    text = row.text("date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.add(row.at("date"), f"{quoted(text)} is not a date such as 2025-06-02")
        return None


def _flag(row: CsvRow, faults: Faults) -> bool:
    text = row.text("all_invited").casefold()
    if text not in _YES + _NO:
        faults.add(row.at("all_invited"), f"{quoted(text)} is neither yes nor no")
    return text not in _NO


def _check_repeats(rows: tuple[CsvRow, ...], counted: tuple[HeadcountRow, ...], faults: Faults) -> None:
    seen: set[tuple[str, str | None, str | None]] = set()
    for row, count in zip(rows, counted, strict=True):
        key = (count.wave, count.grouping, count.level)
        if key in seen:
            faults.add(f"row {row.number}", "this wave, grouping and level were counted further up")
        seen.add(key)
