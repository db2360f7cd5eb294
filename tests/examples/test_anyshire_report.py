"""Anyshire's report shows everything a report can say, and says what is true."""

from __future__ import annotations

from collections.abc import Iterator

import generate
import pytest
import staff
from tests.examples.conftest import ANYSHIRE

from goldenthread.analysis.compare.model import Change, FindingKind, Verdict
from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.responses.read import read_responses
from goldenthread.analysis.results import Results
from goldenthread.analysis.run import analyse

Truth = dict[tuple[str, str, str], float]

SPOILED = list(staff.rows("spoiled.csv"))


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The Anyshire where the confident answer more often, read by the same study."""
    data = tmp_path_factory.mktemp("twin")
    generate.main(["--self-selected", "--out", str(data)])
    return analyse(read_study(ANYSHIRE / "study.toml", data))


@pytest.fixture(scope="module")
def truth() -> Truth:
    rows = [row for row in generate.truth() if row["percent"] != ""]
    return {(str(r["item"]), str(r["wave"]), str(r["area"])): float(r["percent"]) for r in rows}


def headlines(results: Results, earlier: str, later: str) -> Iterator[Change]:
    headline = {item.id: item.headline for item in results.study.items}
    for change in results.changes:
        pair = (change.from_wave, change.to_wave) == (earlier, later)
        if pair and change.group is None and change.answer == headline[change.item]:
            yield change


@pytest.mark.parametrize("kind", list(FindingKind))
def test_every_kind_of_finding_appears(anyshire: Results, kind: FindingKind) -> None:
    assert any(finding.kind is kind for finding in anyshire.findings)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_appears(anyshire: Results, verdict: Verdict) -> None:
    assert any(change.verdict is verdict for change in headlines(anyshire, "2023", "2025"))


@pytest.mark.parametrize("reason", ["not asked", "wording or scale changed", "fewer than 30", "hidden"])
def test_every_reason_for_giving_no_verdict_appears(anyshire: Results, reason: str) -> None:
    untold = [c for c in headlines(anyshire, "2023", "2025") if c.verdict is None]
    assert any(reason in change.because for change in untold)


def test_what_fell_truly_fell_and_what_rose_truly_rose(anyshire: Results, truth: Truth) -> None:
    told = {FindingKind.FELL: -1, FindingKind.ROSE: 1, FindingKind.LOW_BUT_IMPROVING: 1}
    checked = 0
    for finding in anyshire.findings:
        both = [truth.get((finding.item, wave, "")) for wave in ("2023", "2025")]
        if finding.kind in told and None not in both:
            checked += 1
            assert (both[1] - both[0]) * told[finding.kind] > 5
    assert checked >= 10


def test_a_rise_that_only_the_mix_made_is_called_mixed(anyshire: Results, truth: Truth) -> None:
    """Nobody learnt who else is involved; more of those who always knew answered."""
    assert truth["team-who", "2023", ""] == truth["team-who", "2025", ""]
    kinds = {finding.item: finding.kind for finding in anyshire.findings}
    change = next(c for c in headlines(anyshire, "2023", "2025") if c.item == "team-who")
    assert change.verdict is Verdict.ROSE
    assert change.conflict
    assert abs(change.mix_points or 0) < 2
    assert kinds["team-who"] is FindingKind.MIXED


def test_a_rise_in_something_bad_is_not_good(anyshire: Results) -> None:
    waiting = next(finding for finding in anyshire.findings if finding.item == "wait-longer")
    assert (waiting.kind, waiting.direction, waiting.good) == (FindingKind.ROSE, Verdict.ROSE, False)


def covered(results: Results, truth: Truth) -> list[bool]:
    """Whether the range of each headline in each area holds the true share."""
    return [
        each.low <= truth[each.item, each.wave, each.level] <= each.high
        for each in results.estimates
        if (each.item, each.wave, each.level or "") in truth
        and each.group == "area"
        and each.level
        and each.answer == "agree"
        and each.low is not None
        and each.high is not None
        and each.bound is None
        and not each.published
    ]


def test_ranges_hold_the_truth_about_as_often_as_they_should(anyshire: Results, truth: Truth) -> None:
    held = covered(anyshire, truth)
    assert len(held) > 500
    assert 0.93 <= sum(held) / len(held) <= 0.99


def test_in_the_twin_they_do_not(twin: Results, truth: Truth) -> None:
    held = covered(twin, truth)
    assert len(held) > 500
    assert sum(held) / len(held) < 0.75


@pytest.mark.parametrize("row", SPOILED, ids=[f"{row['wave']} {row['now'].strip()}" for row in SPOILED])
def test_every_spoiled_cell_is_listed_but_for_a_stray_space(anyshire: Results, row: dict[str, str]) -> None:
    found = [p for p in anyshire.problems if p.column == row["column"] and p.file.startswith(row["wave"])]
    only_spaces = row["now"] != row["now"].strip()
    assert found or only_spaces


def test_spoiled_answers_are_lost_and_odd_spellings_are_only_notes(anyshire: Results) -> None:
    lost = {problem.value for problem in anyshire.problems if problem.lost}
    noted = {problem.value for problem in anyshire.problems if not problem.lost}
    assert {"A9", "about 6", "twelve", "Agreed", "Makaton", "2 or 3"} <= lost
    assert {"a4", "strongly agree", "A PERSON TO ASK"} <= noted


def test_small_areas_are_hidden_and_one_more_with_them(anyshire: Results) -> None:
    """Post-16 has far more than ten answers in 2025; shown, it would give away who did not say."""
    table = next(t for t in anyshire.who if (t.wave, t.grouping) == ("2025", "ages"))
    hidden = {row.label for row in table.rows if row.count is None}
    assert hidden == {"Post-16", "Did not say"}
    areas = next(t for t in anyshire.who if (t.wave, t.grouping) == ("2025", "area"))
    assert {row.level for row in areas.rows if row.count is None} >= {"youth-justice", "transport"}
    assert next(row.count for row in areas.rows if row.level == "skills") == 0


def test_the_headcount_gives_a_response_rate_for_each_area(anyshire: Results) -> None:
    facts = {wave.id: wave for wave in anyshire.waves}
    assert (facts["2025"].invited, facts["2025"].invited_high) == (2407, 2417)
    assert facts["2025"].rate == pytest.approx(785 / 2417 * 100)
    assert facts["2021"].rate is None


def test_the_waves_are_read_as_the_tools_that_wrote_them(anyshire: Results) -> None:
    formats = {}
    for wave in anyshire.study.waves:
        if wave.responses:
            formats[wave.id] = read_responses(wave.responses, wave, anyshire.study.off_route).format
    assert formats == {"2023": "LimeSurvey, codes as headings", "2025": "Microsoft Forms"}


def test_forty_agreement_items_are_linked_and_their_changes_of_wording_marked(anyshire: Results) -> None:
    study = anyshire.study
    agreement = [item for item in study.items if item.headline == "agree" and not item.parts]
    assert len([item for item in agreement if {"2023", "2025"} <= item.sources.keys()]) >= 40
    assert len([item for item in agreement if "2021" in item.sources]) >= 30
    reworded = {link.item for link in study.links if link.reworded}
    assert {"graduated-explain", "autism-place", "review-voice"} <= reworded
    assert [item.combining for item in study.items if item.parts] == ["pooled", "mean"]
    assert all(item.topic for item in agreement)


def test_the_questionnaires_use_every_kind_of_question(anyshire: Results) -> None:
    kinds = {
        q.kind for wave in anyshire.study.waves if wave.questionnaire for q in wave.questionnaire.questions
    }
    assert kinds == set(Kind)


def test_comments_are_counted_and_never_carried(anyshire: Results) -> None:
    assert anyshire.comments["2025:q31"] == 22
    assert "Ottoline" not in repr(anyshire)
