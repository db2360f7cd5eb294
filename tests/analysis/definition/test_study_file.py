"""A study file becomes a study, or every fault it has is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.analysis.definition.written import (
    HEAD,
    SECTION,
    THREE,
    question,
    single,
    study,
    study_faults,
    write,
)

from goldenthread.analysis.definition.study import AnswerOffRoute, Grouping, PrintedClass, Study, Thresholds
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal

TOP = 'title = "Skills"\narea = "Anyshire"\n'


def wave(name: str, more: str = "") -> str:
    files = f'questionnaire = "q{name}.toml"\nresponses = "r{name}.csv"'
    return f'[[waves]]\nid = "{name}"\n{files}\n{more}\n'


def asks(*parts: str) -> str:
    return "".join((HEAD, THREE, SECTION, *parts))


AREA = single("area", "n", "s", more='label = "Area of work"')
SURE = question("q2", "scale", 'scale = "three"\nitem = "sure-of-it"\nlabel = "Sure of it"')
FILES = {
    "q1_toml": asks(AREA, SURE),
    "r1_csv": "area,q2\n",
    "q2_toml": asks(AREA, SURE),
    "r2_csv": "area,q2\n",
}
BOTH = wave("1") + wave("2")


def with_files(folder: Path, text: str, **files: str) -> Study:
    return study(folder, **(FILES | {"study_toml": text} | files))


def faults_of(folder: Path, text: str, **files: str) -> list[str]:
    return study_faults(folder, **(FILES | {"study_toml": text} | files))


def test_the_least_a_study_needs(tmp_path: Path) -> None:
    found = with_files(tmp_path, TOP + BOTH)
    assert [each.id for each in found.waves] == ["1", "2"]
    assert [each.label for each in found.waves] == ["1", "2"]
    assert found.pairs == (("1", "2"),)
    assert [item.id for item in found.items] == ["area", "sure-of-it"]
    assert (found.thresholds, found.preset, found.off_route) == (
        Thresholds(),
        "staff-survey",
        AnswerOffRoute.LEAVE_OUT,
    )
    assert (found.people, found.mix, found.correct_changes, found.limits) == ("people", None, False, ())


def test_every_top_key_is_kept(tmp_path: Path) -> None:
    text = """
id = "skills-26"
title = "Skills"
area = "Anyshire"
purpose = "To learn."
question = "What can staff do?"
people = "staff"
attribution = "CC BY, Anyshire"
limits = ["Agency staff were not asked."]
mix = "area"
off_route = "keep"
correct_changes = true
[disclosure]
preset = "open-data"
because = "Published by its owner."
[thresholds]
celebrate = 80
margin = 2.5
[[groups]]
item = "area"
label = "Where people work"
"""
    found = with_files(tmp_path, text + BOTH)
    assert (found.id, found.purpose, found.question, found.people) == (
        "skills-26",
        "To learn.",
        "What can staff do?",
        "staff",
    )
    assert (found.attribution, found.limits) == ("CC BY, Anyshire", ("Agency staff were not asked.",))
    assert (found.mix, found.off_route, found.correct_changes) == ("area", AnswerOffRoute.KEEP, True)
    assert (found.preset, found.preset_because) == ("open-data", "Published by its owner.")
    assert found.thresholds == Thresholds(celebrate=80, margin=2.5)
    assert found.groupings == (Grouping("area", "Where people work"),)


def test_a_study_is_called_after_its_file_or_folder(tmp_path: Path) -> None:
    with_files(tmp_path / "North Area", TOP + BOTH)
    assert read_study(tmp_path / "North Area" / "study.toml").id == "north-area"
    (tmp_path / "North Area" / "study.toml").rename(tmp_path / "North Area" / "skills.toml")
    assert read_study(tmp_path / "North Area" / "skills.toml").id == "skills"


def test_waves_keep_dates_and_columns(tmp_path: Path) -> None:
    more = 'label = "Spring"\nopens = 2025-03-01\ncloses = "2025-03-31"\nsource = "HR"'
    more += '\nweight = "w"\nstratum = "s"'
    found = with_files(tmp_path, TOP + wave("1") + wave("2", more)).wave("2")
    assert (found.opens, found.closes) == (date(2025, 3, 1), date(2025, 3, 31))
    assert (found.label, found.weight, found.stratum, found.source) == ("Spring", "w", "s", "HR")
    assert found.questionnaire is not None
    assert (found.published, found.responses) == (False, tmp_path / "r2.csv")


VERSIONS = wave("1").replace('"r1.csv"', '["r1.csv", "health.csv"]')


def test_a_wave_may_have_a_file_for_each_version(tmp_path: Path) -> None:
    found = with_files(tmp_path, TOP + VERSIONS + wave("2"), health_csv="area,q2\n")
    assert found.wave("1").responses == tmp_path / "r1.csv"
    assert found.wave("1").versions == (tmp_path / "r1.csv", tmp_path / "health.csv")
    assert (found.wave("2").versions, found.wave("2").files) == ((), (tmp_path / "r2.csv",))


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        ('["r1.csv", "gone.csv"]', "there is no file “gone.csv” in {}"),
        ('["r1.csv", "r2.csv", "./r1.csv"]', "“./r1.csv” is listed twice"),
    ],
)
def test_a_version_that_is_missing_or_listed_twice_is_named(tmp_path: Path, listed: str, fault: str) -> None:
    found = faults_of(tmp_path, TOP + wave("1").replace('"r1.csv"', listed))
    assert found == [f"wave “1”: “responses”: {fault.format(tmp_path)}"]


@pytest.mark.parametrize("listed", ["[]", '["r1.csv", 3]', '["r1.csv", ""]'])
def test_versions_are_a_list_of_file_names(tmp_path: Path, listed: str) -> None:
    (found,) = faults_of(tmp_path, TOP + wave("1").replace('"r1.csv"', listed))
    assert found.endswith("“responses” must be the name of a file, or a list of such names")


def test_answers_are_looked_for_among_the_data_first(tmp_path: Path) -> None:
    with_files(tmp_path, TOP + BOTH)
    write(tmp_path / "data" / "r2.csv", "q2,area\n")
    found = read_study(tmp_path / "study.toml", tmp_path / "data")
    assert [each.responses for each in found.waves] == [tmp_path / "r1.csv", tmp_path / "data" / "r2.csv"]


def test_a_data_folder_that_is_not_there(tmp_path: Path) -> None:
    with_files(tmp_path, TOP + BOTH)
    with pytest.raises(Refusal, match="There is no folder"):
        read_study(tmp_path / "study.toml", tmp_path / "nowhere")


def test_a_file_that_is_not_there_says_where_it_was_looked_for(tmp_path: Path) -> None:
    lines = faults_of(tmp_path, TOP + BOTH.replace("r2.csv", "gone.csv"))
    assert lines == [f"wave “2”: “responses”: there is no file “gone.csv” in {tmp_path}"]


def test_a_name_no_file_can_have_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    (line,) = faults_of(tmp_path, TOP + BOTH.replace("r2.csv", "r" * 5000))
    assert line.startswith("wave “2”: “responses”: there is no file “rrr")


def test_a_study_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"study\.toml cannot be read: there is no such file"):
        read_study(tmp_path / "study.toml")


def test_the_faults_of_questionnaires_are_named_with_the_study_s_own(tmp_path: Path) -> None:
    bad = asks(AREA, SURE.replace("three", "tree"))
    assert faults_of(tmp_path, TOP + 'colour = "red"\n' + BOTH, q2_toml=bad) == [
        "unknown key “colour”",
        "q2.toml, question “q2”: unknown scale “tree”; did you mean “three”?",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TOP, "there is no wave: add [[waves]]"),
        (BOTH, "“title” is missing"),
        (TOP + wave("1") + wave("1"), "two waves have the id “1”"),
        (TOP + wave("1", 'figures = "r1.csv"'), "wave “1”: has both “responses” and “figures”; give one"),
        (TOP + '[[waves]]\nid = "1"\n', "wave “1”: has neither “responses” nor “figures”"),
        (
            TOP + '[[waves]]\nid = "1"\nresponses = "r1.csv"\n',
            "wave “1”: has “responses”, so it needs a “questionnaire” to read them by",
        ),
        (
            TOP + wave("1", "answered = 5"),
            "wave “1”: “answered” is for a wave of figures; here the answers are counted",
        ),
        (
            TOP + '[[waves]]\nid = "1"\nfigures = "r1.csv"\nweight = "w"\n',
            "wave “1”: “weight” names a column of answers, but this wave has figures only",
        ),
        (
            TOP + wave("1", "opens = 2025-05-12\ncloses = 2025-05-06"),
            "wave “1”: closes on 2025-05-06, before it opens on 2025-05-12",
        ),
        (
            TOP + wave("1", "opens = 2025-05-12") + wave("2", "closes = 2023-06-01"),
            "wave “2”: is dated 2023-06-01, not after wave “1” (2025-05-12); list waves oldest first",
        ),
        (
            TOP + wave("1", "opens = 2025-05-12") + wave("2", "opens = 2025-05-12"),
            "wave “2”: is dated 2025-05-12, not after wave “1” (2025-05-12); list waves oldest first",
        ),
        (
            TOP + wave("1", 'opens = "May"'),
            "wave “1”: “opens” must be a date such as 2025-06-02, not the text “May”",
        ),
        (TOP + wave("1", 'wieght = "w"'), "wave “1”: unknown key “wieght”; did you mean “weight”?"),
        (TOP + "pairs = 3\n" + BOTH, '“pairs” must be a list of pairs, such as [["2023", "2025"]]'),
        (TOP + 'pairs = [["1"]]\n' + BOTH, 'pairs, number 1: must be two waves, such as ["2023", "2025"]'),
        (TOP + 'pairs = [["1", "3"]]\n' + BOTH, "pairs, number 1: unknown wave “3”"),
        (TOP + 'pairs = [["2", "1"]]\n' + BOTH, "pairs, number 1: the earlier wave comes first"),
        (TOP + BOTH + '[[groups]]\nitem = "arae"\n', "group 1: unknown item “arae”; did you mean “area”?"),
        (
            TOP + BOTH + '[[groups]]\nitem = "sure-of-it"\n',
            "group 1: “sure-of-it” is not a single question, so nobody belongs to just one of its groups",
        ),
        (
            TOP + BOTH + '[[groups]]\nitem = "area"\n[[groups]]\nitem = "area"\n',
            "two groups stand on the item “area”",
        ),
        (TOP + 'mix = "area"\n' + BOTH, "“mix” is “area”, which is not one of the [[groups]]"),
        (TOP + 'off_route = "drop"\n' + BOTH, "“off_route” is “drop”, but must be “leave-out” or “keep”"),
        (
            TOP + BOTH + '[disclosure]\npreset = "open-data"\n',
            "disclosure: the preset “open-data” hides nothing, so it needs a reason: add “because”",
        ),
        (
            TOP + BOTH + '[disclosure]\npreset = "open"\n',
            "disclosure: “preset” is “open”, but must be “staff-survey”, “open-data” or “tre10”",
        ),
        (TOP + BOTH + "[thresholds]\nq = 10\n", "thresholds: “q” must be above 0 and at most 1, not 10"),
        (
            TOP + BOTH + "[thresholds]\ngap = 110\n",
            "thresholds: “gap” must be a whole number, 0 to 100, not 110",
        ),
        (TOP + BOTH + "[thresholds]\nlow = 95\n", "thresholds: “low” (95) is above “celebrate” (90)"),
        (
            TOP + BOTH + '[[items]]\nid = "new"\nlabel = "N"\nanswers = [{ code = "a", label = "A" }]\n',
            "item “new”: no wave has this item: no questionnaire asks it, no figures file names it",
        ),
        (
            TOP + BOTH + '[[items]]\nid = "sure-of-it"\nanswers = [{ code = "a", label = "A" }]\n',
            "item “sure-of-it”: its answers come from the questionnaire; leave out the scale here",
        ),
        (
            TOP + BOTH + '[[items]]\nid = "area"\nsources = { 2 = ["Q1"], 7 = ["Q1"] }\n',
            "item “area”, sources: unknown wave “7”",
        ),
        (
            TOP + BOTH + '[[items]]\nid = "area"\nsources = { 2 = ["Q1"] }\n',
            "item “area”: sources: wave “2” has answers; its questionnaire says what they are",
        ),
        (
            TOP + BOTH + '[[items]]\nid = "area"\nprinted = [{ wave = "9" }]\n',
            "item “area”, printed 1: unknown wave “9”",
        ),
        (
            TOP
            + BOTH
            + '[[combinations]]\nid = "c"\nlabel = "C"\nmethod = "mean"\nparts = ["area", "sur-of-it"]\n',
            "combination “c”: unknown part “sur-of-it”; did you mean “sure-of-it”?",
        ),
        (
            TOP + BOTH + '[[combinations]]\nid = "c"\nlabel = "C"\nmethod = "sum"\nparts = ["sure-of-it"]\n',
            "combination “c”: “method” is “sum”, but must be “mean” or “pooled”",
        ),
        (
            TOP
            + BOTH
            + '[[combinations]]\nid = "c"\nlabel = "C"\nmethod = "mean"\nparts = ["sure-of-it", "area"]\n',
            "combination “c”: its parts “sure-of-it” and “area” do not share a scale",
        ),
        (
            TOP
            + BOTH
            + '[[combinations]]\nid = "area"\nlabel = "C"\nmethod = "mean"\nparts = ["area", "area"]\n',
            "combination “area”: a question has this id as its item; a combination needs one of its own",
        ),
        (
            TOP + BOTH + '[[crosswalk]]\nitem = "area"\nfrom = "1"\nto = "2"\nbecause = "x"\n',
            "crosswalk, item “area”: “comparable” is missing",
        ),
        (
            TOP
            + BOTH
            + '[[crosswalk]]\nitem = "area"\nfrom = "2"\nto = "1"\nbecause = "x"\ncomparable = true\n',
            "crosswalk, item “area”: “2” and “1” are not a pair of waves this study compares",
        ),
        (
            TOP
            + BOTH
            + '[[crosswalk]]\nitem = "aera"\nfrom = "1"\nto = "2"\nbecause = "x"\ncomparable = true\n',
            "crosswalk, item “aera”: this item was not asked in both waves; did you mean “area”?",
        ),
    ],
)
def test_each_fault_of_a_study(tmp_path: Path, text: str, fault: str) -> None:
    assert fault in faults_of(tmp_path, text)


def test_a_published_wave_takes_its_items_from_its_figures(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nfigures = "f_0.csv"\nanswered = 90\n' + BOTH
    figures = "id,group,percent,wave,item,answer\nx,Q7,61,0,sure-of-it,sure\ny,Q8,20,9,area,n\n"
    found = with_files(tmp_path, text, f_0_csv=figures)
    assert found.wave("0").published
    assert found.wave("0").answered == 90
    sources = {item.id: dict(item.sources) for item in found.items}
    assert sources == {
        "area": {"1": ("area",), "2": ("area",)},
        "sure-of-it": {"0": ("sure-of-it",), "1": ("q2",), "2": ("q2",)},
    }


def test_declared_sources_and_classes_go_with_a_published_wave(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nfigures = "f_0.csv"\n' + BOTH
    text += """
[[items]]
id = "sure-of-it"
label = "Sure"
sources = { 0 = ["Q7", "Q8"] }
printed = [{ wave = "0", arrow = "down", heading = "Less positive" }]
"""
    found = with_files(tmp_path, text, f_0_csv="id,group,percent\nx,Q7,61\n")
    item = next(item for item in found.items if item.id == "sure-of-it")
    assert item.sources["0"] == ("Q7", "Q8")
    assert (item.label, item.printed) == ("Sure", (PrintedClass("0", "down", "Less positive"),))


def test_sources_no_figure_stands_behind_are_a_fault(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nfigures = "f_0.csv"\n' + BOTH
    text += '[[items]]\nid = "sure-of-it"\nsources = { 0 = ["Q9"] }\n'
    assert faults_of(tmp_path, text, f_0_csv="id,group,percent\nx,Q7,61\n") == [
        "item “sure-of-it”: sources: the figures of wave “0” have no row for this item"
    ]


def test_a_study_of_published_waves_alone(tmp_path: Path) -> None:
    text = (
        TOP
        + THREE
        + """
[[waves]]
id = "2021"
figures = "old.csv"
[[waves]]
id = "2023"
figures = "new.csv"
[[items]]
id = "funding"
label = "Knows how funding works"
scale = "three"
topic = "money"
method = "mean"
sources = { 2021 = ["28", "29"], 2023 = ["42", "43"] }
"""
    )
    rows = "id,percent,item,answer\na,61,funding,sure\n"
    found = study(tmp_path, study_toml=text, old_csv=rows, new_csv=rows)
    (item,) = found.items
    assert (item.headline, item.topic, item.combining) == ("sure", "money", "mean")
    assert item.sources == {"2021": ("28", "29"), "2023": ("42", "43")}
    assert [link.comparable for link in found.links] == [True]


def test_waves_that_share_nothing_are_named_among_the_limits(tmp_path: Path) -> None:
    other = asks(single("place", "x", "y"), question("z", "scale", 'scale = "three"'))
    found = with_files(tmp_path, TOP + BOTH, q1_toml=other)
    assert found.limits == (
        "1 and 2 share no question with any other wave, so nothing from there is compared.",
    )
    assert found.links == ()


def test_an_unread_questionnaire_is_named_among_the_limits_unless_decided(tmp_path: Path) -> None:
    text = TOP + '[[waves]]\nid = "0"\nlabel = "Old"\nfigures = "f_0.csv"\n' + BOTH
    figures = "id,percent\nsure-of-it,61\n"
    assert with_files(tmp_path, text, f_0_csv=figures).limits == (
        (
            "The questionnaire of Old is not in this study: "
            "nothing here checks that questions were worded alike."
        ),
    )
    decided = '[[crosswalk]]\nitem = "sure-of-it"\nfrom = "0"\nto = "1"\n'
    decided += 'comparable = true\nbecause = "Read both."\n'
    assert with_files(tmp_path, text + decided, f_0_csv=figures).limits == ()
