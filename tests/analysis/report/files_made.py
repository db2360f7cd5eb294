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

FIGURE = {"count": 737192846.0, "base": 829304157, "percent": 737.0, "low": 688.0, "high": 791.0}
"""Figures of a hidden cell. No per cent is above 100, so that whole ones are like no other figure."""
BOUND = {"base": 829304157, "bound": "more than 637"}
"""The same of a group that all but agrees."""
SECRETS = frozenset(
    {
        "737,192,846", "737192846", "829,304,157", "829304157", "737%",
        "688 to 791", "688\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}791", "more than 637", "More than 637%",
        ">7.37<", ">6.88<", ">7.91<", '"percent": 737', '"low": 688', '"high": 791',
    }
)  # fmt: skip
"""Those figures as the files print them."""


def secrets_in(text: str) -> frozenset[str]:
    """The secrets that stand in a text."""
    return frozenset(secret for secret in SECRETS if secret in text)


@cache
def results() -> Results:
    """The rich results, with figures left by mistake in every hidden estimate."""
    found = rich_results()
    return replace(found, estimates=tuple(_left_in(e) for e in found.estimates))


def _left_in(estimate: Estimate) -> Estimate:
    if estimate.flag != "c":
        return estimate
    return replace(estimate, **(BOUND if estimate.level == "transport" else FIGURE))


@cache
def unprotected() -> Results:
    """The same where nothing is hidden: what the tests of hiding would find, did nothing hide."""
    found = results()
    return replace(found, estimates=tuple(_shown(e) for e in found.estimates))


def _shown(estimate: Estimate) -> Estimate:
    return replace(estimate, flag=None) if estimate.flag == "c" else estimate


@cache
def report() -> Report:
    return compose(without_hidden(results()))


@cache
def made() -> Mapping[str, bytes]:
    """Each file's bytes by name."""
    return rendered(results())


def secrets_of(data: bytes) -> frozenset[str]:
    """The secrets in any part of a file."""
    return frozenset().union(*(secrets_in(text) for text in parts(data).values()))


def parts(data: bytes) -> dict[str, str]:
    """The text of every part of a zip, or of the one file there is."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data.decode()}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
