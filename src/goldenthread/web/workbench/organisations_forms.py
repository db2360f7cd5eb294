"""The forms of organisations: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from goldenthread.ground.organisations.columns import STATUSES
from goldenthread.ground.organisations.commands import COLUMNS, OrganisationGiven
from goldenthread.ground.organisations.queries import OrganisationFacts
from goldenthread.web.components.fields import DateParts

Choices = Sequence[tuple[str, str]]
NO_BASIS = "none-of-these"


class OrganisationForm(forms.Form):
    """An organisation."""

    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind")
    urn = forms.CharField(
        label="URN",
        help_text="The number that Get Information about Schools gives a school.",
        max_length=8,
        required=False,
    )
    la = forms.CharField(
        label="Local authority", help_text="Its three-digit code, such as 301.", max_length=3, required=False
    )
    phase = forms.ChoiceField(label="Phase", required=False)
    school_type = forms.ChoiceField(label="School type", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    trust = forms.CharField(label="Trust or parent body", max_length=200, required=False)
    town = forms.CharField(label="Town", max_length=100, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    status = forms.ChoiceField(
        label="Status",
        choices=[(code, words.capitalize()) for code, words in STATUSES.items()],
        initial="open",
    )
    opened = DateParts(label="When did it open?", required=False)
    closed = DateParts(label="When did it close?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        choices: Mapping[str, Choices],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for name, some in choices.items():
            empty = "Choose a kind" if name == "kind" else "Not said"
            self.fields[name].choices = [("", empty), *some]  # type: ignore[attr-defined]

    def given(self) -> OrganisationGiven:
        """What was typed."""
        return OrganisationGiven(**{name: self.cleaned_data[name] for name in COLUMNS})


class BasisForm(forms.Form):
    """Why staff of an organisation may be held."""

    basis = forms.ChoiceField(
        label="What is the lawful basis for holding data about its staff?", widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Where is that written down?",
        help_text="For example, the agreement and its date.",
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, bases: Choices, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        none = (NO_BASIS, "There is none: no staff of it are held")
        self.fields["basis"].choices = [*bases, none]  # type: ignore[attr-defined]

    def code(self) -> str:
        """The code of the basis; "" where there is none."""
        chosen = str(self.cleaned_data["basis"])
        return "" if chosen == NO_BASIS else chosen


class RegisterForm(forms.Form):
    """A file of the national register."""

    authorities = forms.CharField(
        label="Your local authority",
        help_text="Its three-digit code, such as 301. Schools of other authorities are left out.",
        max_length=60,
        required=False,
    )
    file = forms.FileField(
        label="The file from Get Information about Schools",
        help_text="A CSV, for one authority or the whole country. Names of heads are not read.",
    )


def organisation_initial(found: OrganisationFacts) -> dict[str, object]:
    """An organisation as its form first shows it."""
    return {name: getattr(found, name) for name in (*COLUMNS, "version")}
