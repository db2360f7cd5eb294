"""What a machine lacks is said plainly at the end of a test run, or fails it under ``--require-all``."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Need(NamedTuple):
    """Something outside Python that the tests with a marker cannot do without."""

    name: str
    commands: tuple[str, ...]
    remedy: str


NEEDS = {"browser": Need("Chromium", ("chromium",), "sudo apt-get install chromium")}

Report = pytest.TestReport | pytest.CollectReport


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one file."""
    from tests.served.browser import chromium  # noqa: PLC0415 - only where Playwright is there

    with chromium() as started:
        yield started


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-all", action="store_true", help="a test that cannot run here is a failure")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, need in NEEDS.items():
        if item.get_closest_marker(marker) and not any(map(shutil.which, need.commands)):
            pytest.skip(f"needs {need.name}: {need.remedy}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Report, Report]:
    return _as_required(item.config, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Report, Report]:
    return _as_required(collector.config, (yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what did not run and what would make it run; pytest's own closing line still comes last."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if not reasons:
        return
    terminalreporter.section("not run on this machine")
    for reason, count in sorted(reasons.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"{tests}: {reason}")


def _as_required(config: pytest.Config, report: Report) -> Report:
    if report.skipped and config.getoption("--require-all") and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        report.outcome = "failed"
        report.longrepr = f"Everything was to run, and this did not: {reason}"
    return report


def _reason(report: Report) -> str:
    told = report.longrepr
    words = str(told[2]) if isinstance(told, tuple) else str(told)
    return words.removeprefix("Skipped: ")
