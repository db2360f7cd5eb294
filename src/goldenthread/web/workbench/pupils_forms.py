"""The forms of pupil numbers: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from goldenthread.ground.lists.queries import EntryFacts
from goldenthread.ground.pupils.given import PupilsGiven
from goldenthread.web.components.fields import DateParts

NEED = "need-"
"""What the fields of types of need begin with."""


@dataclass(frozen=True, slots=True)
class Group:
    """A broad area of need and the fields of its types."""

    name: str
    fields: tuple[BoundField, ...]


class PupilsForm(forms.Form):
    """How many pupils with SEN had each type of need on a day."""

    dated = DateParts(label="Which day were they counted?", help_text="For example, 16 1 2025.")
    source = forms.CharField(
        label="Where are the numbers from?", help_text="Such as the school census.", max_length=300
    )
    total = forms.IntegerField(
        label="All pupils with SEN",
        help_text="Those of no recorded type too. Without it, shares need a number for every type.",
        min_value=0,
        required=False,
    )
    published = forms.BooleanField(
        label="These numbers are published already, so reports need hide none of them", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        types: Sequence[EntryFacts],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.types = types
        for each in types:
            if not each.heading:
                field = forms.IntegerField(label=each.label, min_value=0, required=False)
                self.fields[f"{NEED}{each.code}"] = field

    def groups(self) -> Iterator[Group]:
        """The fields of types of need under their broad areas, in the order of the list."""
        under: dict[str, list[BoundField]] = {}
        names = {each.code: each.label for each in self.types if each.heading}
        for each in self.types:
            if not each.heading:
                under.setdefault(names.get(each.parent, ""), []).append(self[f"{NEED}{each.code}"])
        yield from (Group(name or "Other types", tuple(fields)) for name, fields in under.items())

    def given(self) -> PupilsGiven:
        """What was typed; a box left empty was not counted."""
        data = self.cleaned_data
        typed = {each.code: data[f"{NEED}{each.code}"] for each in self.types if not each.heading}
        return PupilsGiven(
            dated=data["dated"],
            source=data["source"],
            pupils={code: number for code, number in typed.items() if number is not None},
            total=data["total"],
            published=data["published"],
        )


class PupilsFileForm(forms.Form):
    """A file of numbers of pupils."""

    file = forms.FileField(
        label="A CSV file of numbers",
        help_text="With a heading row: need and pupils, and where you have them date and source.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )
