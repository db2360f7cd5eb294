"""The census: how many pupils are recorded with SEN, by primary type of need, from a dated CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goldenthread.analysis.definition.cells import day, has_columns, whole
from goldenthread.analysis.definition.csv_rows import CsvRow, read_rows
from goldenthread.analysis.definition.need_tables import TOTAL, by_name
from goldenthread.analysis.definition.needs import Census, NeedType
from goldenthread.analysis.definition.shape import Faults
from goldenthread.analysis.definition.words import fold_label, meant, quoted

COLUMNS = ("need", "pupils", "date", "source")


@dataclass(frozen=True, slots=True)
class _Count:
    """One row as read; ``need`` is a type's code, or ``TOTAL``. What could not be read is None."""

    row: CsvRow
    need: str | None
    pupils: int | None
    dated: date | None


def read_census(
    path: Path, needs: Iterable[NeedType], *, published: bool = False
) -> tuple[Census | None, Faults]:
    """The census, and every fault with its row and column; None where it has any.

    A type may be given by its code, its code in the census, its label or an alias. The row ``total`` counts
    all pupils recorded with SEN; without it they are the sum of the rows. Raises ``Refusal`` where
    the file cannot be read.
    """
    headings, rows = read_rows(path)
    faults = Faults(path.name)
    if not has_columns(headings, COLUMNS, COLUMNS, faults):
        return None, faults
    known = by_name(needs)
    counts = [_count(row, known, faults) for row in rows]
    for place, fault in (*_repeats(counts), *_days(counts, known), *_totals(counts)):
        faults.add(place, fault)
    return None if faults.lines else _census(counts, published=published), faults


def _count(row: CsvRow, known: dict[str, NeedType], faults: Faults) -> _Count:
    need = _need(row, known, faults)
    for column, missing in (("pupils", "number"), ("date", "date"), ("source", "source")):
        if not row.text(column):
            faults.add(row.at(column), f"there is no {missing}")
    return _Count(row, need, whole(row, "pupils", "pupils", faults), day(row, "date", faults))


def _need(row: CsvRow, known: dict[str, NeedType], faults: Faults) -> str | None:
    text = row.text("need")
    if fold_label(text) == TOTAL:
        return TOTAL
    if not text:
        faults.add(row.at("need"), "there is no need type")
        return None
    if fold_label(text) not in known:
        names = [name for need in known.values() for name in need.names]
        faults.add(row.at("need"), f"unknown need type {quoted(text)}{meant(text, [*names, TOTAL])}")
        return None
    return known[fold_label(text)].code


def _repeats(counts: Sequence[_Count]) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for each in counts:
        if each.need in seen:
            yield each.row.at("need"), f"{quoted(each.need)} was counted in row {seen[each.need]}"
        elif each.need is not None:
            seen[each.need] = each.row.number


def _days(counts: Sequence[_Count], known: dict[str, NeedType]) -> Iterator[tuple[str, str]]:
    """A census is of one day, and no type is counted before it was recorded or after."""
    dated = [(each, each.dated) for each in counts if each.dated is not None]
    for each, when in dated:
        first, earliest = dated[0]
        if when != earliest:
            yield each.row.at("date"), f"{when} is another day than {earliest}, in row {first.row.number}"
        need = known.get(each.need or "")
        if need is not None and when < need.valid_from:
            yield (
                each.row.at("need"),
                f"{quoted(need.code)} is recorded only since {need.valid_from}; this census is of {when}",
            )
        if need is not None and need.valid_until is not None and when > need.valid_until:
            yield (
                each.row.at("need"),
                f"{quoted(need.code)} was recorded only until {need.valid_until}; this census is of {when}",
            )


def _totals(counts: Sequence[_Count]) -> Iterator[tuple[str, str]]:
    """A total below its parts, or nobody at all; silent where a number could not be read."""
    if any(each.pupils is None for each in counts):
        return
    parts = _sum(counts)
    given = next((each for each in counts if each.need == TOTAL), None)
    if all(each.need == TOTAL for each in counts):
        yield "", "there is no row for a type of need"
    elif given is not None and (given.pupils or 0) < parts:
        yield given.row.at("pupils"), f"{given.pupils} is below the sum of the types, {parts}"
    elif not (given.pupils if given else parts):
        yield "", "no pupil is recorded, so there is nothing to take a share of"


def _sum(counts: Sequence[_Count]) -> int:
    return sum(each.pupils or 0 for each in counts if each.need != TOTAL)


def _census(counts: Sequence[_Count], *, published: bool) -> Census:
    total = next((each.pupils for each in counts if each.need == TOTAL), None)
    return Census(
        dated=next(each.dated for each in counts if each.dated is not None),
        pupils={each.need: each.pupils or 0 for each in counts if each.need and each.need != TOTAL},
        total=_sum(counts) if total is None else total,
        sources=tuple(dict.fromkeys(each.row.text("source") for each in counts)),
        published=published,
    )
