"""The headcount: how many people could have answered, from a dated CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.definition.answers import answer_code
from goldenthread.analysis.definition.cells import day, has_columns, whole
from goldenthread.analysis.definition.csv_rows import CsvRow, read_rows
from goldenthread.analysis.definition.shape import Faults
from goldenthread.analysis.definition.study import HeadcountRow, Item
from goldenthread.analysis.definition.words import meant, quoted

COLUMNS = ("wave", "grouping", "level", "number", "number_high", "date", "source", "all_invited")
NEEDED = ("wave", "number")
EVERYBODY = ("", "everybody")
DID_NOT_SAY = ""

_YES, _NO = ("", "yes", "true", "1"), ("no", "false", "0")


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
    if not has_columns(headings, COLUMNS, NEEDED, faults):
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
    number = whole(row, "number", "people", faults)
    if number is None and not row.text("number"):
        faults.add(row.at("number"), "there is no number")
    high = whole(row, "number_high", "people", faults)
    if number is not None and high is not None and high < number:
        faults.add(row.at("number_high"), f"{high} is below the number, {number}")
    return HeadcountRow(
        wave=wave,
        grouping=grouping,
        level=level,
        number=number or 0,
        number_high=high,
        dated=day(row, "date", faults),
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
    code = answer_code(grouping.answers, level)
    if code is not None:
        return code
    hint = meant(level, [answer.label for answer in grouping.answers])
    faults.add(row.at("level"), f"{quoted(level)} is no answer of {quoted(grouping.id)}{hint}")
    return level


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
