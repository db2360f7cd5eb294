"""The [[need_types]] of a study file, and the questions that say which type of need they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from goldenthread.analysis.definition.declared import Declared
from goldenthread.analysis.definition.items import Asked
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.needs import NeedType, usual_needs
from goldenthread.analysis.definition.shape import Table
from goldenthread.analysis.definition.words import fold_label, listed, meant, quoted, repeated

TOTAL = "total"
"""How a census calls the row of all pupils recorded with SEN: no type may have this name."""

_KEYS = ("code", "label", "census", "aliases", "valid_from", "valid_until", "source", "catch_all")
_NEEDED = ("label", "valid_from", "source")


def read_need_types(top: Table) -> tuple[NeedType, ...]:
    """The usual types of need with what the study changes or adds, faults noted.

    A study that says ``usual_need_types = false`` has only those it names, and says all of each.
    """
    usual = usual_needs() if top.flag("usual_need_types", default=True) else ()
    found = {need.code: need for need in usual}
    tables = [table.called("need type", "code") for table in top.tables("need_types", "need type")]
    for code in repeated([code for _, code in tables if code]):
        top.fault(f"two [[need_types]] have the code {quoted(code)}")
    for table, code in tables:
        table.only(*_KEYS)
        found[code] = _edited(table, code, found.get(code))
    for fault in _shared_names(found.values()):
        top.fault(fault)
    return tuple(found.values())


def _edited(table: Table, code: str, usual: NeedType | None) -> NeedType:
    """A usual type keeps what the table does not say; a new one must say what it is and since when."""
    for key in () if usual else _NEEDED:
        if key not in table.values:
            table.fault(f"{quoted(key)} is missing")
    base = usual or NeedType(code, label=code, valid_from=date.min, source="")
    return replace(
        base,
        label=table.text("label", base.label) or base.label,
        census=table.name("census", base.census),
        aliases=table.names("aliases") or base.aliases,
        valid_from=table.day("valid_from") or base.valid_from,
        valid_until=table.day("valid_until") or base.valid_until,
        source=table.text("source", base.source),
        catch_all=table.flag("catch_all", default=base.catch_all),
    )


def by_name(needs: Iterable[NeedType]) -> dict[str, NeedType]:
    """Each type by every word a file may call it by, folded."""
    return {fold_label(name): need for need in needs for name in need.names}


def _shared_names(needs: Iterable[NeedType]) -> Iterator[str]:
    owners: dict[str, set[str]] = {fold_label(TOTAL): {"all pupils"}}
    for need in needs:
        for name in need.names:
            owners.setdefault(fold_label(name), set()).add(need.code)
    for name, codes in owners.items():
        if len(codes) > 1:
            yield f"[[need_types]]: {quoted(name)} stands for {listed(map(quoted, sorted(codes)))} at once"


def check_needs(needs: Iterable[NeedType], asked: Asked, declared: Iterable[Declared], top: Table) -> None:
    """Name every ``need`` of a question, an answer or an item that is no type of need."""
    known = {need.code: need for need in needs}
    for each in declared:
        if each.need is not None and each.need not in known:
            each.table.fault(_unknown(each.need, known))
    for by_wave in asked.variables.values():
        for wave, variable in by_wave.items():
            for place, need in _named(variable):
                if need not in known:
                    top.faults.add(f"wave {quoted(wave)}, {place}", _unknown(need, known))


def _named(variable: Variable) -> Iterator[tuple[str, str]]:
    place = f"question {quoted(variable.id)}"
    if variable.need is not None:
        yield place, variable.need
    for answer in variable.answers:
        if answer.need is not None:
            yield f"{place}, answer {quoted(answer.code)}", answer.need


def _unknown(need: str, known: Mapping[str, NeedType]) -> str:
    named = by_name(known.values()).get(fold_label(need))
    hint = f"; did you mean {quoted(named.code)}?" if named else meant(need, known)
    return f"unknown need type {quoted(need)}{hint}"
