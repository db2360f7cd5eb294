"""The files of the rich results, rendered once for all tests that read them back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.estimate.model import Estimate
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.figures import without_hidden
from goldenthread.analysis.report.model import Report
from goldenthread.analysis.report.write import rendered
from goldenthread.analysis.results import Results

SECRET = {
    "count": 737192846.0,
    "base": 829304157,
    "percent": 61.234579,
    "low": 51.345791,
    "high": 71.456813,
    "bound": "more than 91.5",
}
"""Figures of a hidden cell that nobody was to see; no other figure is like them."""
SECRETS = (
    "737192846", "737,192,846", "829304157", "829,304,157", "61.234579", "0.61234579",
    "51.345791", "0.51345791", "71.456813", "0.71456813", "91.5",
)  # fmt: skip


@cache
def results() -> Results:
    """The rich results, with figures left by mistake in every hidden estimate."""
    found = rich_results()
    return replace(found, estimates=tuple(_left_in(e) for e in found.estimates))


def _left_in(estimate: Estimate) -> Estimate:
    return replace(estimate, **SECRET) if estimate.flag == "c" else estimate


@cache
def report() -> Report:
    return compose(without_hidden(results()))


@cache
def made() -> Mapping[str, bytes]:
    """Each file's bytes by name."""
    return rendered(results())


def parts(data: bytes) -> dict[str, str]:
    """The text of every part of a zip, or of the one file there is."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data.decode()}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
