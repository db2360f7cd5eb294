"""Ask: what became of every question, and what changed in the questionnaire."""

from __future__ import annotations

from pathlib import Path

from tests.analysis.report.compose.read_back import blocks_of, chapter, rows_of, table_of

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import Paragraph
from goldenthread.analysis.run import analyse

ROOT = Path(__file__).parents[4]


def test_every_question_is_accounted_for() -> None:
    told = " ".join(b.text for b in blocks_of(chapter("ask"), Paragraph))
    assert "2025, 16 questions:" in told
    fates = {row[0]: row[-1] for row in rows_of(table_of(chapter("ask"), "account-2025"))}
    assert len(fates) == 16
    assert fates["1"] == "Used to group answers"
    assert fates["39"] == "Not reported"
    assert fates["40"] == "118 comments, not printed here"


def test_the_crosswalk_names_each_wave_and_never_a_nought_for_not_asked() -> None:
    rows = {row[0]: row[1:] for row in rows_of(table_of(chapter("crosswalk"), "crosswalk"))}
    assert rows["Children who do not speak"][:3] == ["12", "not asked", "not printed, or not asked"]
    assert rows["Children who do not speak"][3].startswith("New in 2025")


def test_every_number_of_a_form_known_only_by_its_printed_figures_is_accounted_for() -> None:
    """Swindon's form had 67 numbers: reported, combined, only told in words, or not mentioned."""
    study = read_study(ROOT / "examples/published/swindon/study.toml")
    ask = chapter("ask", compose(analyse(study)))
    *numbered, last = rows_of(table_of(ask, "account-2023"))
    assert [row[0] for row in numbered] == [str(n) for n in range(1, 68)]
    assert last == ["not known", "Stage of education", "Reported"]
    fates = {row[0]: row[2] for row in numbered}
    assert fates["5"] == "Not reported: printed as a chart without figures"
    assert fates["7"] == "Reported, combined with 23"
    assert fates["62"] == "In people’s own words: printed as themes and quotations"
    unsaid = "Not reported: the printed report says nothing of it"
    assert sum(fate == unsaid for fate in fates.values()) == 21
    assert rows_of(table_of(ask, "waves"))[0][2] == "67"
    told = " ".join(b.text for b in blocks_of(ask, Paragraph))
    assert "2023, 67 questions: 38 reported (14 of them combined with another), 1 used to group" in told
    assert "22 not reported (21: the printed report says nothing of it; 1: printed as a chart" in told
    assert "1 more figure was printed without a number." in told
