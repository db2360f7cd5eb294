"""What is hidden, in words that follow the preset: no figure in them is typed."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.analysis.report.compose.read_back import RESULTS, composed, every_text, said_in

from goldenthread.analysis.definition.preset import Preset, preset
from goldenthread.analysis.report.model import Report
from goldenthread.analysis.report.sentences.marks import (
    counted_groups,
    explained,
    hidden_people,
    meanings,
    protection,
)

OTHER = Preset("other", "Another rule", "A source", "2026-01-01", smallest=5, bound=3, smallest_count=4)
NONE = Preset("none", "No rule", "A source", "2026-01-01", smallest=0, bound=0)


def under(name: str) -> Report:
    study = replace(RESULTS.study, preset=name, preset_because="the answers are public")
    return composed(study=study)


def test_a_mark_is_explained_only_where_it_stands() -> None:
    assert explained("63%", OTHER) == []
    assert explained("40 to 60 [u]", OTHER) == ["[u] too few answers to rely on."]
    (told,) = explained("[c]", OTHER)
    small = "a group of fewer than 5, an answer of fewer than 4"
    assert told == f"[c] hidden to protect people: {small}, or a figure that would give one away."


def test_every_figure_follows_the_preset() -> None:
    words = (protection(OTHER, ""), hidden_people(OTHER), counted_groups(OTHER), *meanings(OTHER).values())
    assert "“more than 97%” or “fewer than 3%”" in words[0]
    assert "An answer that fewer than 4 people gave" in words[0]
    assert "a group of fewer than 5, or one that would give it away" in words[1]
    assert "fewer than 5 people" in words[2]
    assert set(re.findall(r"\d+", " ".join(words))) == {"3", "4", "5", "97"}


def test_a_rule_that_is_off_is_not_told() -> None:
    assert protection(NONE, "Everything is public.") == "Nothing is hidden: Everything is public."
    assert set(meanings(NONE)) == {"[u]", "[a]"}
    assert counted_groups(NONE) == "Every group is counted, however small."
    groups = replace(NONE, smallest=5)
    assert "gave one answer" not in protection(groups, "")
    assert "A group of fewer than 5 people who answered" in protection(groups, "")


def test_the_report_tells_the_rules_of_its_own_study() -> None:
    usual, open_data, tre = (said_in("method", under(n)) for n in ("staff-survey", "open-data", "tre10"))
    assert "A group of fewer than 10 people who answered" in usual
    assert "fewer than 10 people gave" not in usual
    assert "Nothing is hidden: the answers are public." in open_data
    assert "A group of fewer than" not in open_data
    assert "An answer that fewer than 10 people gave" in tre


def test_no_preset_is_named_in_the_limits_but_one_the_study_chose() -> None:
    assert "Rules of disclosure" not in said_in("limits", under("staff-survey"))
    told = said_in("limits", under("tre10"))
    assert f"Rules of disclosure: t{preset('tre10').label[1:]}: the answers are public." in told


def test_where_nothing_is_hidden_no_table_speaks_of_groups_of_ten() -> None:
    shown = tuple(e for e in RESULTS.estimates if e.flag != "c")
    who = tuple(replace(t, rows=tuple(r for r in t.rows if r.count is not None)) for t in RESULTS.who)
    study = replace(RESULTS.study, preset="open-data", preset_because="Public")
    texts = list(every_text(composed(study=study, estimates=shown, who=who).chapters))
    assert any("Nothing is hidden" in text for text in texts)
    assert not [text for text in texts if re.search(r"fewer than 10\b|\[c\]", text)]
