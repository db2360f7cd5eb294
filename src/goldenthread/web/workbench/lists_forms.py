"""The forms of lists: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from goldenthread.ground.lists.checks import EntryGiven
from goldenthread.ground.lists.commands import ListGiven
from goldenthread.ground.lists.fields import Field, FieldKind, shown
from goldenthread.ground.lists.names import SPELLINGS
from goldenthread.ground.lists.queries import EntryFacts, ListFacts
from goldenthread.web.components.fields import DateParts

DATA = "data-"
CORRECT, RENEW = "correct", "renew"
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry's form offers: the list's further fields, what to stand under, entries to point at."""

    fields: tuple[Field, ...]
    parents: Choices
    options: Mapping[str, Choices]


class ListForm(forms.Form):
    """What a list says of itself."""

    name = forms.CharField(label="Name", max_length=120)
    purpose = forms.CharField(label="What is it for?", max_length=400, required=False)
    source = forms.CharField(
        label="Where is it from?",
        help_text="A law, a report, or your own decision.",
        max_length=300,
        required=False,
    )
    dated = DateParts(label="When was it last checked?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def given(self) -> ListGiven:
        """What was typed."""
        data = self.cleaned_data
        return ListGiven(data["name"], data["purpose"], data["source"], data["dated"])


class EntryForm(forms.Form):
    """An entry, with the further fields that its list declares."""

    label = forms.CharField(label="What is it called?", max_length=200)
    aliases = forms.CharField(
        label="Other names for it",
        help_text="One a line. Files and old surveys that use one of them are understood.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    parent = forms.ChoiceField(label="Under", required=False)
    heading = forms.BooleanField(label="Only a heading: nobody chooses it", required=False)
    source = forms.CharField(label="Where is it from?", max_length=300, required=False)
    position = forms.IntegerField(
        label="Place in the list",
        help_text="Lower comes first. Leave it empty to put it last.",
        min_value=0,
        max_value=1_000_000,
        required=False,
    )
    valid_from = DateParts(
        label="First day it holds", help_text="Leave it empty if it always has.", required=False
    )
    valid_until = DateParts(
        label="Last day it holds", help_text="Leave it empty if it goes on.", required=False
    )

    def __init__(
        self, data: QueryDict | None, *, around: Around, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["parent"].choices = [("", "Nothing"), *around.parents]  # type: ignore[attr-defined]
        self.further = around.fields
        for field in self.further:
            self.fields[f"{DATA}{field.code}"] = _further(field, around.options)
        last = ("source", "position", "how", "valid_from", "valid_until", "version")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def given(self) -> EntryGiven:
        """What was typed."""
        data = self.cleaned_data
        return EntryGiven(
            label=data["label"],
            aliases=tuple(data["aliases"].splitlines()),
            parent=data["parent"],
            heading=data["heading"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            source=data["source"],
            position=data["position"],
            data={field.code: data[f"{DATA}{field.code}"] for field in self.further},
        )


class ChangeForm(EntryForm):
    """A change to an entry: put right what was wrong, or say something else from a day on."""

    how = forms.ChoiceField(
        label="What kind of change is it?",
        choices=(
            (CORRECT, "It was wrong: put it right for every day"),
            (RENEW, "It changes from a day on: keep what it said before, and give the first day below"),
        ),
        widget=forms.RadioSelect,
        initial=CORRECT,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    """The end of an entry."""

    valid_until = DateParts(label="What is the last day it holds?")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SpellingForm(forms.Form):
    """How the area writes SENCO."""

    spelling = forms.ChoiceField(
        label="How do you write it?", choices=[(each, each) for each in SPELLINGS], widget=forms.RadioSelect
    )


def list_initial(found: ListFacts) -> dict[str, object]:
    """A list as its form first shows it."""
    return {
        "name": found.name,
        "purpose": found.purpose,
        "source": found.source,
        "dated": found.dated,
        "version": found.version,
    }


def entry_initial(found: EntryFacts) -> dict[str, object]:
    """An entry as its form first shows it."""
    typed: dict[str, object] = {
        "label": found.label,
        "aliases": "\n".join(found.aliases),
        "parent": found.parent,
        "heading": found.heading,
        "source": found.source,
        "position": found.position,
        "valid_from": found.valid_from,
        "valid_until": found.valid_until,
        "version": found.version,
        "how": CORRECT,
    }
    return typed | {f"{DATA}{code}": shown(value) for code, value in found.data.items()}


def _further(field: Field, options: Mapping[str, Choices]) -> forms.Field:
    if field.kind is FieldKind.ENTRY:
        return forms.ChoiceField(
            label=field.label, required=False, choices=[("", "Nothing"), *options.get(field.of, ())]
        )
    if field.kind is FieldKind.FLAG:
        choices = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
        return forms.ChoiceField(label=field.label, required=False, choices=choices)
    return forms.CharField(label=field.label, required=False, max_length=300)
