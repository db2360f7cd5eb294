"""A build's protected results as a file beside it, so that a process opens them without working them out.

Only what may be shown is in it (``without_hidden``); the study is read from its own files. The rows of
each table are lists in the order of their fields: there may be a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from goldenthread.analysis.compare.model import Change, Finding, FindingKind, Verdict
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.estimate.needs import need_table
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.results import Besides, Results, WaveFacts, WhoRow, WhoTable

RESULTS = "results.json"
VERSION = 1

Row = TypeVar("Row")
Plain = dict[str, Any]
Readers = Mapping[str, Callable[[Any], Any]]

_WORDS: Readers = {"verdict": Verdict, "mix_verdict": Verdict, "kind": FindingKind, "direction": Verdict}
"""Fields that hold one of a few words; None stays None."""


def keep_results(results: Results, folder: Path) -> None:
    """Write what ``results`` may show."""
    shown = without_hidden(results)
    plain = {
        "version": VERSION,
        "waves": [asdict(wave) for wave in shown.waves],
        "who": [asdict(table) for table in shown.who],
        "estimates": _table(Estimate, shown.estimates),
        "changes": _table(Change, shown.changes),
        "findings": _table(Finding, shown.findings),
        "besides": _table(Besides, shown.besides),
        "limits": shown.limits,
    }
    (folder / RESULTS).write_text(json.dumps(plain), encoding="utf-8")


def kept_results(study: Study, folder: Path) -> Results | None:
    """The results of a build of ``study``; None where it kept none, or another version of us did."""
    path = folder / RESULTS
    plain: Plain = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if plain.get("version") != VERSION:
        return None
    try:
        return _read(study, plain)
    except (TypeError, ValueError):
        return None  # a field was added or taken away since: they can be worked out again


def _read(study: Study, plain: Plain) -> Results:
    return Results(
        study=study,
        waves=tuple(_wave(each) for each in plain["waves"]),
        who=tuple(_who(each) for each in plain["who"]),
        estimates=_rows(Estimate, plain["estimates"]),
        changes=_rows(Change, plain["changes"]),
        findings=_rows(Finding, plain["findings"]),
        besides=_rows(Besides, plain["besides"]),
        limits=tuple(plain["limits"]),
        needs=need_table(study),
    )


def _table(kind: type[Row], rows: Sequence[Row]) -> Plain:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return {"fields": names, "rows": list(map(attrgetter(*names), rows))}


def _rows(kind: type[Row], table: Plain) -> tuple[Row, ...]:
    """Raises TypeError where the fields are no longer those."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    if table["fields"] != names:
        raise TypeError(f"{kind.__name__} has other fields")
    words = [(place, _WORDS[name]) for place, name in enumerate(names) if name in _WORDS]
    rows: list[list[Any]] = table["rows"]
    for place, reader in words:
        for row in rows:
            row[place] = None if row[place] is None else reader(row[place])
    return tuple(kind(*row) for row in rows)


def _wave(plain: Plain) -> WaveFacts:
    unlike = {name: tuple(found) for name, found in plain["does_not_match"].items()}
    return WaveFacts(**{**plain, "matches": tuple(plain["matches"]), "does_not_match": unlike})


def _who(plain: Plain) -> WhoTable:
    return WhoTable(**{**plain, "rows": tuple(WhoRow(**row) for row in plain["rows"])})
