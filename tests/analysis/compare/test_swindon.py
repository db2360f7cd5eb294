"""A council's published figures: every number it printed, and what may be said of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from goldenthread.analysis.check.judge import judge
from goldenthread.analysis.check.model import Truth
from goldenthread.analysis.check.read import read_figures
from goldenthread.analysis.compare.changes import compare_pair
from goldenthread.analysis.compare.findings import classify
from goldenthread.analysis.compare.model import Change, Finding, FindingKind, Verdict
from goldenthread.analysis.compare.published import measure_published
from goldenthread.analysis.definition.study import Study
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.estimate.model import WaveMeasures

FOLDER = Path(__file__).parents[3] / "examples" / "published" / "swindon"
FELL = {"Q34", "Q35", "Q44", "Q42+43", "Q28", "Q58"}


@pytest.fixture(scope="module")
def swindon() -> Study:
    return read_study(FOLDER / "study.toml")


@pytest.fixture(scope="module")
def waves(swindon: Study) -> dict[str, WaveMeasures]:
    return {wave.id: measure_published(swindon, wave) for wave in swindon.waves}


@pytest.fixture(scope="module")
def changes(swindon: Study, waves: dict[str, WaveMeasures]) -> tuple[Change, ...]:
    return tuple(c for a, b in swindon.pairs for c in compare_pair(swindon, waves[a], waves[b]))


@pytest.fixture(scope="module")
def findings(
    swindon: Study, waves: dict[str, WaveMeasures], changes: tuple[Change, ...]
) -> tuple[Finding, ...]:
    return classify(swindon, tuple(waves.values()), changes)


def number(study: Study, item: str, wave: str = "2023") -> str:
    return next(i.sources[wave][0] for i in study.items if i.id == item)


def since_2021(changes: tuple[Change, ...]) -> list[Change]:
    return [change for change in changes if change.from_wave == "2021"]


def test_twenty_eight_changes(swindon: Study, changes: tuple[Change, ...]) -> None:
    tested = [change for change in since_2021(changes) if change.verdict is not None]
    assert Counter(change.verdict for change in tested) == {Verdict.FELL: 6, Verdict.ROSE: 1, Verdict.FEW: 21}
    assert {number(swindon, c.item) for c in tested if c.verdict is Verdict.FELL} == FELL
    assert {number(swindon, c.item) for c in tested if c.verdict is Verdict.ROSE} == {"Q14"}
    assert {change.family for change in tested} == {"F1"}
    assert all(change.from_published for change in tested)


def test_six_strengths_by_the_printed_figure(swindon: Study, findings: tuple[Finding, ...]) -> None:
    kinds = {number(swindon, finding.item): finding.kind for finding in findings}
    strengths = {item for item, kind in kinds.items() if kind is FindingKind.STRENGTH}
    assert strengths == {"Q7+23", "Q8+9", "Q24+25", "Q30", "Q47+48", "Q57"}
    assert {item for item, kind in kinds.items() if kind is FindingKind.FELL} == FELL
    assert len(findings) == len(kinds) == 31


def test_every_local_offer_figure(waves: dict[str, WaveMeasures]) -> None:
    """15 current figures and 21 earlier ones, in three bands."""
    found = {
        wave: {(e.item, e.answer): e.percent for e in measures.estimates if e.item.startswith("lo-")}
        for wave, measures in waves.items()
    }
    assert [len(found[wave]) for wave in ("2023", "2021", "2019")] == [15, 15, 6]
    q14 = [found[wave]["lo-professionals", "agree"] for wave in ("2023", "2021", "2019")]
    assert q14 == [78.48, 67, 70]
    q16 = [found[wave]["lo-contributing", "disagree"] for wave in ("2023", "2021", "2019")]
    assert q16 == [16.99, 19, 10]
    for wave, figures in found.items():
        for item in {item for item, _ in figures}:
            bands = [percent or 0 for (name, _), percent in figures.items() if name == item]
            assert abs(sum(bands) - 100) <= 1.5, (wave, item)


def test_what_was_not_printed_is_never_nought(changes: tuple[Change, ...]) -> None:
    reasons = {(c.item, c.from_wave): c.because for c in changes if c.verdict is None}
    assert reasons["lo-families", "2019"] == "not asked, or not printed, in 2019"
    assert reasons["multi-agency", "2021"] == "not asked, or not printed, in 2021"
    assert reasons["lo-professionals", "2019"] == "printed without its base in 2019"
    assert all(c.points is None for c in changes if c.verdict is None)


def test_the_crosswalk_of_question_numbers(swindon: Study) -> None:
    crosswalk = {i.sources["2023"][0]: i.sources.get("2021", ("",))[0] for i in swindon.items}
    assert [crosswalk[q] for q in ("Q29", "Q42+43", "Q18+19", "Q21+22", "Q60")] == [
        "Q42",
        "Q28+29",
        "Q17+18",
        "Q34+35",
        "Q60",
    ]


def test_the_classes_the_report_printed_are_kept_beside_ours(swindon: Study) -> None:
    printed = Counter((p.heading, p.arrow) for item in swindon.items for p in item.printed)
    assert printed == {
        ("Local Offer", "↑"): 5,
        ("Positives", ""): 6,
        ("Less positive", "↓"): 14,
        ("Low, but improving", "↑"): 6,
    }


def test_who_answered(waves: dict[str, WaveMeasures]) -> None:
    assert waves["2023"].mix["area"]["education"] == 66
    assert sum(waves["2023"].mix["area"].values()) == 159
    assert sum(waves["2021"].mix["area"].values()) == 188
    assert waves["2023"].mix["area"]["logistics"] == 0
    stage = [e for e in waves["2023"].estimates if e.item == "stage"]
    assert [(e.percent, e.base_low, e.base_high) for e in stage] == [(p, 144, 159) for p in (24, 29, 27, 20)]


def test_the_mix_alone_cannot_be_told_apart(changes: tuple[Change, ...]) -> None:
    tested = [change for change in changes if change.verdict is not None]
    assert {change.mix_because for change in tested} == {"cannot be separated from who answered"}


def test_check_finds_188_people_among_187() -> None:
    figures, problems = read_figures(FOLDER / "figures-2021.csv")
    assert not problems
    whole = {found.id for found in judge(figures) if found.verdict is Truth.SUM_IMPOSSIBLE}
    assert whole == {figure.id for figure in figures if figure.item == "area"}


def test_every_row_of_every_file_is_used(waves: dict[str, WaveMeasures]) -> None:
    assert [measures.problems for measures in waves.values()] == [(), (), ()]
