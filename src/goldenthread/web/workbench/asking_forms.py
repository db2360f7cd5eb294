"""The forms of waves that are asked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms

from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking.commands import Plan

MODES = (
    (
        "personal-code",
        "Anonymous, by a personal code. Each person you invite can answer once; nobody can see who has.",
    ),
    (
        "open-link",
        "Anonymous, by an open link. Anybody with it can answer; twice is asked against, not prevented.",
    ),
)


class BeginForm(forms.Form):
    """A wave to be asked here."""

    label = forms.CharField(label="Which wave is it?", help_text="For example 2027.", max_length=60)
    opens = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    closes = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ChoiceField(
        label="How do people answer?", choices=MODES, widget=forms.RadioSelect, initial="open-link"
    )
    start = forms.ChoiceField(label="Which questions does it begin with?", widget=forms.RadioSelect)

    def __init__(self, *args: object, waves: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        copies = [(code, f"Those of {label}") for code, label in waves]
        self.fields["start"].choices = [*copies, ("", "None: write them afresh")]  # type: ignore[attr-defined]
        self.fields["start"].required = False
        self.fields["start"].initial = copies[0][0] if copies else ""

    def plan(self) -> Plan:
        """What the form says of the wave."""
        data = self.cleaned_data
        return Plan(data["label"], data["opens"], data["closes"], data["mode"])


class LastDayForm(forms.Form):
    """Another last day."""

    closes = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))

    def day(self) -> date:
        """The day. Raises Refused where none was given."""
        found = self.cleaned_data.get("closes")
        if not isinstance(found, date):
            raise Refused("Write a day.")
        return found


class LinkForm(forms.Form):
    """A link for one partner's mailing."""

    label = forms.CharField(
        label="Whose mailing is it?", help_text="For example a union or a trust.", max_length=80
    )


class PeopleForm(forms.Form):
    """People to invite, pasted or from a file."""

    people = forms.CharField(
        label="One person a line",
        help_text="Their address, and their name if you like: ana@example.org, Ana Smith",
        widget=forms.Textarea,
        required=False,
    )
    file = forms.FileField(
        label="Or a file",
        help_text="CSV or XLSX, one person a row, with an address in each.",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm"}),
    )

    def clean(self) -> dict[str, object]:
        """One of the two, and not both."""
        found: dict[str, object] = super().clean() or {}
        if bool(found.get("people")) == bool(found.get("file")):
            raise forms.ValidationError("Write people down, or choose a file: one of the two.")
        return found

    def given(self) -> tuple[bytes, str]:
        """The list's bytes, and what to call it."""
        file = self.cleaned_data.get("file")
        return (file.read(), file.name) if file else (self.cleaned_data["people"].encode(), "The list")


class WithdrawForm(forms.Form):
    """Somebody who is to be sent nothing more."""

    address = forms.EmailField(label="Their address", max_length=254)
