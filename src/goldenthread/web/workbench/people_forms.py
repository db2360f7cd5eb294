"""The forms of people and staff registers: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from goldenthread.web.components.fields import DateParts

Choices = Sequence[tuple[str, str]]


class RegisterForm(forms.Form):
    """A staff register. The file comes last: see web.uploads."""

    owner = forms.ChoiceField(
        label="Whose staff register is it?",
        help_text="Only organisations with a lawful basis on record are offered.",
    )
    as_of = DateParts(label="Which day is it right for?", help_text="For example, 27 3 2027.")
    whole = forms.BooleanField(
        label="It has everybody: whoever is not in it has left",
        help_text="Leave this empty for part of a register. Nobody is then said to have left.",
        required=False,
    )
    file = forms.FileField(
        label="The file",
        help_text="CSV or XLSX, one post a row: staff reference or work e-mail, name, staff group or role.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, owners: Choices, today: date) -> None:  # noqa: ANN401
        super().__init__(data, files, initial={"as_of": today})
        self.fields["owner"].choices = [("", "Choose an organisation"), *owners]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a post."""

    ends = DateParts(label="Which day was, or will be, the last?", help_text="For example, 27 3 2027.")


class TierForm(forms.Form):
    """A tier of a post's own."""

    tier = forms.ChoiceField(label="Which tier is this post?", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why does it differ from the role?",
        help_text="For example: a manager who assesses.",
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, tiers: Choices, initial: dict[str, str]) -> None:  # noqa: ANN401
        super().__init__(data, initial=initial)
        self.fields["tier"].choices = [*tiers, ("", "As its role")]  # type: ignore[attr-defined]
