"""Every field says why it is held, on what basis, for how long, how sensitive it is, and what is given."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from goldenthread.ground.files.purposes import purposes
from goldenthread.ground.people.models import Person
from goldenthread.ground.retention import datamap
from goldenthread.ground.retention.datamap import columns, data_map, faults, models, terms
from goldenthread.ground.retention.round import purges


def test_no_field_is_missing_and_none_is_left_over() -> None:
    if faults():
        pytest.fail("The data map is not whole:\n" + "\n".join(faults()))


def test_a_mapped_table_has_an_entry_for_each_column_and_no_other() -> None:
    ours = [each for each in data_map() if each.room != "others"]
    mapped = {(each.name, field.name) for each in ours for field in each.fields}
    held = {
        (model.__name__, column)
        for model in models()
        if model.__name__ in {each.name for each in ours}
        for column in columns(model)
    }
    assert mapped == held


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ('name = "So that', 'nome = "So that', "[Person] lacks the field name"),
        ('name = "So that', 'nome = "So that', "[Person] has the field nome, which is gone"),
        ("[Person", "[Persona", "[Person] is missing"),
        ("[Person", "[Persona", "[Persona] is no table of this room"),
        ('about = "Somebody on', 'aboot = "Somebody on', "[Person] says nothing under “about”"),
        ('name = "So that a manager finds their own staff."', 'name = ""', "[Person] name: no purpose"),
        ('retention = "person"', 'retention = "forever"', "[Person] id: “forever” is no word for retention"),
        ('basis = "of-the-organisation"', 'basis = "because"', "[Post] ends: “because” is no word for basis"),
    ],
)
def test_what_a_map_lacks_is_named_exactly(before: str, after: str, line: str) -> None:
    written = Path(datamap.__file__).parents[1] / "people" / "data_map.toml"
    text = written.read_text(encoding="utf-8")
    assert before in text
    changed = tomllib.loads(text.replace(before, after))
    assert f"ground/people/data_map.toml: {line}" in faults({"ground/people": changed})


def test_every_term_with_days_has_somebody_who_deletes_and_the_other_way_round() -> None:
    counted = {code for code, term in terms().items() if term.days is not None}
    assert {each.term for each in purges()} == counted


def test_every_term_is_used() -> None:
    used = {field.retention for table in data_map() for field in table.fields}
    assert set(terms()) - used == {"stray-bytes"}  # bytes on the disk have no field


def test_secrets_are_never_given() -> None:
    entries = [field for table in data_map() for field in table.fields]
    assert {field.request for field in entries if field.sensitivity == "secret"} == {"described"}


def test_people_are_held_as_their_organisation_recorded() -> None:
    [people] = [each for each in data_map() if each.name == Person.__name__]
    assert {field.basis for field in people.fields} == {"of-the-organisation"}


def test_every_purpose_of_a_file_says_how_long_and_why() -> None:
    assert [each.code for each in purposes().values() if not each.why] == []
