"""A bound field as components show it; errors name their field and the remedy; dates typed in three boxes."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from tests.web.components.rendering import drawn

from goldenthread.web.components import fields
from goldenthread.web.components.fields import DateParts, facts, problems
from goldenthread.web.components.gallery import Sample
from goldenthread.web.components.parts import Problem

KINDS = {
    "name": "input",
    "email": "input",
    "kind": "radios",
    "district": "select",
    "groups": "checkboxes",
    "closes": "date",
    "why": "textarea",
    "password": "password",
    "agree": "checkbox",
    "file": "file",
    "secret": "hidden",
}


class When(forms.Form):
    closes = DateParts(label="When does it close?")


def when(day: str, month: str, year: str) -> When:
    return When({"closes-day": day, "closes-month": month, "closes-year": year})


def test_every_kind_of_field_has_its_component() -> None:
    assert {field.name: facts(field).kind for field in Sample()} == KINDS


def test_facts_hold_what_a_component_needs() -> None:
    found = facts(Sample({"email": "a@b.example", "kind": "schools"})["email"])
    assert (found.name, found.id, found.label, found.value) == (
        "email",
        "id_email",
        "E-mail address",
        "a@b.example",
    )
    assert (found.type, found.attributes.autocomplete, found.attributes.maxlength) == (
        "email",
        "email",
        "320",
    )
    chosen = facts(Sample({"kind": "schools"})["kind"])
    assert [(each.value, each.chosen) for each in chosen.options] == [("schools", True), ("health", False)]


def test_a_password_is_never_shown_again() -> None:
    assert facts(Sample({"password": "a secret of mine"})["password"]).value == ""
    assert "a secret of mine" not in drawn(
        '<c-form :form="form" />', form=Sample({"password": "a secret of mine"})
    )


def test_problems_come_in_order_and_lead_to_their_fields() -> None:
    form = Sample({"email": "x", "closes-day": "31", "closes-month": "2", "closes-year": "2027"})
    assert problems([form]) == (
        Problem("Fill in “Name of the organisation”.", "#id_name"),
        Problem("Enter a valid email address.", "#id_email"),
        Problem("Choose an answer for “What kind is it?”.", "#id_kind"),
        Problem("Choose one or more for “Which staff work there?”.", "#id_groups"),
        Problem("There is no such day in that month.", "#id_closes-day"),
        Problem("Fill in “Password”.", "#id_password"),
        Problem("Tick “I have checked this with the organisation”.", "#id_agree"),
        Problem("Choose a file for “Its list of staff”.", "#id_file"),
    )


def test_every_problem_leads_to_something_on_the_page() -> None:
    form = Sample({"closes-day": "x"})
    html = drawn('<c-form :form="form" />', form=form)
    assert [each.href for each in problems([form]) if f'id="{each.href[1:]}"' not in html] == []


def test_a_wrong_field_is_joined_to_its_error() -> None:
    html = drawn('<c-field :field="form.name" hint="As on its letters." />', form=Sample({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'id="id_name-error" class="govuk-error-message"' in html
    assert "govuk-input--error" in html


def test_words_of_our_own_for_a_missing_field_are_kept() -> None:
    class Own(forms.Form):
        sum = forms.CharField(error_messages={"required": "Write the sum."})

    assert [each.text for each in problems([Own({})])] == ["Write the sum."]


def test_a_form_nobody_sent_has_no_problems() -> None:
    assert problems([Sample()]) == ()


def test_an_optional_field_says_so_and_a_file_changes_how_a_form_is_sent() -> None:
    html = drawn('<c-form :form="form" button="Add" />', form=Sample())
    assert "Why is it added? (optional)" in html
    assert 'enctype="multipart/form-data"' in html
    assert "novalidate" in html


def test_a_date_is_read_and_shown_again_as_typed() -> None:
    form = when("27", "3", "2027")
    assert form.is_valid()
    assert form.cleaned_data["closes"] == date(2027, 3, 27)
    assert facts(when("31", "02", "x")["closes"]).value == ("31", "02", "x")
    assert facts(When(initial={"closes": date(2027, 3, 27)})["closes"]).value == (27, 3, 2027)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Give a date for “When does it close?”."),
        (("27", "", ""), "Add the month and the year."),
        (("27", "March", "2027"), "Write the date in numbers, like 27 3 2027."),
        (("27", "3", "27"), "Write the year with four figures, like 2027."),
        (("27", "13", "2027"), "The month is a number from 1 to 12."),
        (("31", "2", "2027"), "There is no such day in that month."),
        (("9" * 400, "1", "2027"), "There is no such day in that month."),
        (("²", "1", "2027"), "Write the date in numbers, like 27 3 2027."),
    ],
)
def test_a_wrong_date_says_what_is_wrong_with_it(typed: tuple[str, str, str], said: str) -> None:
    assert fields.errors(when(*typed)["closes"]) == (said,)
