"""The area's types of need and its numbers of pupils, as a study reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from goldenthread.analysis.definition.needs import Census, NeedType
from goldenthread.ground.pupils.queries import census, need_types
from goldenthread.thread.survey.models import Wave

HEADINGS = ("need", "pupils", "date", "source")
OWN = ("census", "need_types")
"""What a survey may bring of its own; one that brings either keeps what it has."""

FILE = "pupils.csv"


def pupils_told(area: int, waves: Sequence[Wave]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a study file says of pupils, and the tables it names, as of the newest wave's last day.

    Empty where the area has no types of need; without a census where no share can be said.
    """
    on = waves[-1].last_day
    types = need_types(area, on=on)
    if not types:
        return {}, {}
    said: dict[str, Any] = {"usual_need_types": False, "need_types": [_table(each) for each in types]}
    known = census(area, on=on)
    if known is None:
        return said, {}
    counted = {"census": {"file": FILE, "published": known.published}}
    return said | counted, {FILE: _text(known, {each.code for each in types})}


def _table(each: NeedType) -> dict[str, Any]:
    """A type of need with what is known of it; a study wants a source of every type."""
    until = {"valid_until": each.valid_until} if each.valid_until else {}
    census_code = {"census": each.census} if each.census else {}
    return {
        "code": each.code,
        "label": each.label,
        "valid_from": each.valid_from,
        "source": each.source or "The area's own list",
        "aliases": list(each.aliases),
        "catch_all": each.catch_all,
        **census_code,
        **until,
    }


def _text(known: Census, codes: set[str]) -> str:
    day, source = known.dated, "; ".join(known.sources)
    rows = [(code, number, day, source) for code, number in known.pupils.items() if code in codes]
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows, ("total", known.total, day, source)])
    return text.getvalue()
