"""The lists we ship hold together: they can be installed, found and trusted for their sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goldenthread.analysis.definition.study import Thresholds
from goldenthread.ground.lists.checks import LONGEST_LABEL, LONGEST_SOURCE, overlap
from goldenthread.ground.lists.fields import FieldKind, field_of
from goldenthread.ground.lists.names import fold
from goldenthread.ground.lists.packaged import ShippedEntry, ShippedList, shipped_lists

ROOT = Path(__file__).parents[3]
LISTS = {each.code: each for each in shipped_lists()}
NEEDED = {
    "staff-groups",
    "tiers",
    "topics",
    "stages",
    "areas-of-work",
    "need-types",
    "school-types",
    "roles",
    "rules",
}


def spans(each: ShippedList) -> dict[str, list[ShippedEntry]]:
    found: dict[str, list[ShippedEntry]] = {}
    for entry in each.entries:
        found.setdefault(entry.code, []).append(entry)
    return found


def test_every_list_that_others_stand_on_is_there() -> None:
    assert LISTS.keys() >= NEEDED


@pytest.mark.parametrize("code", sorted(LISTS))
def test_a_list_says_what_it_is_for_and_where_it_comes_from(code: str) -> None:
    each = LISTS[code]
    assert each.name
    assert each.purpose.endswith(".")
    assert 0 < len(each.source) <= LONGEST_SOURCE
    assert len(each.purpose) <= 400
    assert isinstance(each.dated, date)


@pytest.mark.parametrize("code", sorted(LISTS))
def test_entries_fit_their_columns_and_their_headings(code: str) -> None:
    each = LISTS[code]
    codes = {entry.code for entry in each.entries}
    headings = {entry.code for entry in each.entries if entry.heading}
    assert [e.code for e in each.entries if len(e.label) > LONGEST_LABEL or len(e.code) > 60] == []
    assert [e.code for e in each.entries if e.parent and e.parent not in codes] == []
    assert headings <= {entry.parent for entry in each.entries}


@pytest.mark.parametrize("code", sorted(LISTS))
def test_no_name_stands_for_two_entries_on_one_day(code: str) -> None:
    entries = LISTS[code].entries
    clashes = [
        (one.code, other.code)
        for i, one in enumerate(entries)
        for other in entries[:i]
        if overlap((one.valid_from, one.valid_until), (other.valid_from, other.valid_until))
        and (names(one) & names(other) or one.code == other.code)
    ]
    assert clashes == []


def names(entry: ShippedEntry) -> set[str]:
    return {fold(name) for name in (entry.label, *entry.aliases)}


@pytest.mark.parametrize("code", sorted(LISTS))
def test_the_fields_of_each_entry_are_filled_as_declared(code: str) -> None:
    each = LISTS[code]
    kinds = {FieldKind.WHOLE: int, FieldKind.NUMBER: int | float, FieldKind.FLAG: bool}
    wrong = []
    for field in map(field_of, each.fields):
        for entry in each.entries:
            value = entry.data[field.code]
            if entry.heading or (value is None and not field.needed):
                continue
            fits = isinstance(value, kinds.get(field.kind, str))
            if field.kind is FieldKind.ENTRY:
                fits = value in {e.code for e in LISTS[field.of].entries if not e.heading}
            if not fits:
                wrong.append((entry.code, field.code, value))
    assert wrong == []


def test_primary_roles_are_twenty_three_in_six_groups() -> None:
    groups = ("senior-leaders", "sen-management", "teachers", "assistants", "specialists", "other-roles")
    roles = [entry for entry in LISTS["roles"].entries if entry.parent in groups]
    assert len(roles) == 23
    assert {entry.parent for entry in roles} == set(groups)


def test_school_types_are_thirteen_in_four_groups_and_ages_seven() -> None:
    types = [entry for entry in LISTS["school-types"].entries if not entry.heading]
    assert len(types) == 13
    assert len({entry.parent for entry in types}) == 4
    assert len(LISTS["ages"].entries) == 7


def test_twelve_areas_of_work_are_a_list_of_their_own_beside_four_stages() -> None:
    assert len(LISTS["areas-of-work"].entries) == 12
    assert [entry.label for entry in LISTS["stages"].entries] == [
        "Early years",
        "Primary",
        "Secondary",
        "Post-16",
    ]


@pytest.mark.parametrize(
    ("tier", "roles"),
    [
        ("tier-1", "SEN officers, SENCOs, Early Years workers, Post-16 officers, Independent Supporters"),
        ("tier-2", "social workers, therapists, community nurses, specialist nurses, other health providers"),
        (
            "tier-3",
            "senior managers, school leader, heads of service, commissioners, directors, housing, finance",
        ),
    ],
)
def test_each_role_of_a_tier_has_that_tier(tier: str, roles: str) -> None:
    by_name = {name: entry for entry in LISTS["roles"].entries for name in names(entry)}
    found = {role: by_name[fold(role)].data["tier"] for role in roles.split(", ")}
    assert set(found.values()) == {tier}, found


def test_settings_and_audiences_reach_beyond_schools() -> None:
    kinds = {name for entry in LISTS["organisation-kinds"].entries for name in names(entry)}
    audiences = {name for entry in LISTS["staff-groups"].entries for name in names(entry)}
    settings = ("Nurseries", "Schools", "Colleges", "General practice", "Health commissioner", "Family hub")
    assert {fold(each) for each in (*settings, "Adult social care", "Residential care setting")} <= kinds
    assert {fold(each) for each in ("Housing", "Transport", "Finance", "Libraries", "Catering")} <= kinds
    wider = (
        "Finance",
        "Transport",
        "Catering",
        "Libraries",
        "Governors",
        "Elected members",
        "Non-executive directors",
    )
    assert {fold(each) for each in wider} <= audiences


def test_shipped_rules_are_the_ones_the_method_uses() -> None:
    number = {entry.code: entry.data["number"] for entry in LISTS["rules"].entries}
    usual = Thresholds()
    method = {
        "celebrate": usual.celebrate,
        "low": usual.low,
        "gap": usual.gap,
        "margin": usual.margin,
        "false-discovery": usual.q * 100,
        "small-base": usual.smallest_base,
        "low-incidence": usual.low_incidence,
    }
    assert {code: number[code] for code in method} == method


AREAS_OF_WORK = (
    "Education; Early Years; Children's Services; Health; Social Care; Early Help; Youth Offending; "
    "Parenting Hub; SEN Transport; Commissioned Charity; Logistics; Employment/training"
)
ROLES = {
    "senior-leaders": {"Headteachers": 51, "Assistant/ deputy head teachers": 81, "Head of Service": 11},
    "sen-management": {"SENCOs": 466, "Aspiring SENCO": 46, "Inclusion Manager": 86},
    "teachers": {
        "Class teachers": 114,
        "Learning support lead": 18,
        "Curriculum Lead": 15,
        "Pastoral Tutor": 4,
    },
    "assistants": {"Assistant teachers": 39},
    "specialists": {
        "Specialist teacher for sensory impairment": 34,
        "Qualified teacher for Vision Impaired": 8,
        "Qualified Teacher for Hearing Impaired": 10,
        "Qualified Teacher for Multi-Sensory Impaired": 5,
        "Habilitation specialist": 2,
        "Speech and Language Therapists": 3,
        "Specialist support Assistant": 4,
        "Qualified Dyslexia Practitioner": 11,
        "Specialist Teacher for Physical Disability": 63,
        "Educational Audiologist": 3,
        "Community Support Worker": 1,
    },
    "other-roles": {"Other": 103},
}
"""Table A1 of the UCL study of SEND-related CPD, 2019 (Open Government Licence 3.0)."""

AGES = {
    "All ages": 244,
    "Infant": 9,
    "Junior": 24,
    "Primary": 605,
    "Secondary": 275,
    "Post-16": 20,
    "No response": 1,
}
"""Table A3 of the same study."""


def named(code: str) -> dict[str, ShippedEntry]:
    return {name: entry for entry in LISTS[code].entries if not entry.heading for name in names(entry)}


def test_the_areas_of_work_a_survey_printed_are_twelve_of_ours() -> None:
    known = named("areas-of-work")
    assert len({known[fold(name)].code for name in AREAS_OF_WORK.split("; ")}) == 12


def test_the_roles_a_study_printed_add_up_by_our_groups() -> None:
    known, total = named("roles"), 0
    for group, counts in ROLES.items():
        assert {known[fold(name)].parent for name in counts} == {group}
        total += sum(counts.values())
    assert [sum(counts.values()) for counts in ROLES.values()] == [143, 598, 151, 39, 144, 103]
    assert len({known[fold(name)].code for counts in ROLES.values() for name in counts}) == 23
    assert total == 1178


def test_the_ages_a_study_printed_are_ours() -> None:
    known = named("ages")
    assert len({known[fold(name)].code for name in AGES}) == 7
    assert sum(AGES.values()) == 1178


def test_every_list_is_described_with_its_fields() -> None:
    text = (ROOT / "docs" / "reference" / "lists.md").read_text(encoding="utf-8")
    lacking = [code for code in LISTS if f"| `{code}` |" not in text]
    assert lacking == []
    fields = {f"`{field['code']}`" for each in LISTS.values() for field in each.fields}
    assert {field for field in fields if field not in text} == set()
