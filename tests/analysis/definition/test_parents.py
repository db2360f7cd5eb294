"""What the levels of a group are merged under, by code or by words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.analysis.definition.written import HEAD, SECTION, THREE, question, study, study_faults

from goldenthread.analysis.definition.answers import answer_code
from goldenthread.analysis.definition.model import Answer

TOP = 'title = "Skills"\narea = "Anyshire"\n'
WAVES = "".join(
    f'[[waves]]\nid = "{n}"\nquestionnaire = "q{n}.toml"\nresponses = "r{n}.csv"\n' for n in (1, 2)
)
GROUP = '[[groups]]\nitem = "place"\n'
NAMES = {"nursery": "Nursery", "minder": "Childminder", "school": "School"}
SURE = question("q2", "scale", 'scale = "three"\nitem = "sure-of-it"\nlabel = "Sure of it"')


def asks(**places: str) -> str:
    answers = ", ".join(f'{{ code = "{code}", label = "{label}" }}' for code, label in places.items())
    return "".join((HEAD, THREE, SECTION, question("place", "single", f"answers = [{answers}]"), SURE))


FILES = {
    "q1_toml": asks(**NAMES, forest="Forest school"),
    "q2_toml": asks(**NAMES),
    "r1_csv": "place,q2\n",
    "r2_csv": "place,q2\n",
}


def faults_of(folder: Path, parents: str) -> list[str]:
    return study_faults(folder, **FILES, study_toml=f"{TOP}{WAVES}{GROUP}parents = {parents}\n")


def test_levels_are_named_by_code_or_words_and_may_be_of_an_earlier_wave(tmp_path: Path) -> None:
    parents = '{ nursery = "Early years", "CHILDMINDER" = "Early years", forest = "Early years" }'
    found = study(tmp_path, **FILES, study_toml=f"{TOP}{WAVES}{GROUP}parents = {parents}\n")
    early = dict.fromkeys(("nursery", "minder", "forest"), "Early years")
    assert found.groupings[0].parents == early
    plain = study(tmp_path, **FILES, study_toml=f"{TOP}{WAVES}{GROUP}")
    assert plain.groupings[0].parents == {}


@pytest.mark.parametrize(
    ("parents", "fault"),
    [
        (
            '{ nursery = "Early", minder = "Early", "Schol" = "Early" }',
            "group 1, parents: “Schol” is no answer of “place”; did you mean “School”?",
        ),
        (
            '{ nursery = "Early", Nursery = "Late", minder = "Early" }',
            "group 1, parents: “Nursery” was given a parent further up",
        ),
        (
            '{ nursery = "Early", minder = "Early", school = "Erl" }',
            "group 1, parents: “Erl” stands over one level only, so it merges nothing; did you mean “Early”?",
        ),
        (
            '{ nursery = true, minder = "E", school = "E" }',
            "group 1, parents: “nursery” must be text, not “true”",
        ),
        ('{ nursery = "", minder = "E", school = "E" }', "group 1, parents: “nursery” is empty"),
        ('"Early years"', "group 1: “parents” must be a table, not the text “Early years”"),
    ],
)
def test_what_is_wrong_with_parents_is_one_sentence(tmp_path: Path, parents: str, fault: str) -> None:
    assert faults_of(tmp_path, parents) == [fault]


def test_a_code_goes_before_words() -> None:
    answers = (Answer("one", "Two"), Answer("two", "Three", aliases=("Third – of three",)))
    assert answer_code(answers, "two") == "two"
    assert answer_code(answers, "TWO") == "one"
    assert answer_code(answers, "third  - of Three") == "two"
    assert answer_code(answers, "four") is None
