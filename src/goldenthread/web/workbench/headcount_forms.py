"""The forms of the headcount: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from goldenthread.ground.headcount.given import CountGiven
from goldenthread.ground.headcount.queries import CountFacts
from goldenthread.web.components.fields import DateParts

Choices = Sequence[tuple[str, str]]


class CountForm(forms.Form):
    """How many people, where, when, and by whose word."""

    work = forms.ChoiceField(label="Area of work", required=False)
    kind = forms.ChoiceField(label="Kind of organisation", required=False)
    number = forms.IntegerField(label="How many people?", min_value=0)
    number_high = forms.IntegerField(
        label="Or up to how many?",
        help_text="Only if you know no more than a range. Reports then use the upper end, the careful side.",
        min_value=0,
        required=False,
    )
    dated = DateParts(label="When were they counted?")
    source = forms.CharField(
        label="Where is the number from?", help_text="Such as the payroll.", max_length=300
    )
    all_invited = forms.TypedChoiceField(
        label="Were all of them sent the survey?",
        help_text="If only some were, the number counts for the response rate and makes no range narrower.",
        choices=(("yes", "Yes, all of them"), ("no", "No, only some")),
        widget=forms.RadioSelect,
        initial="yes",
        coerce=lambda value: value == "yes",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        works: Choices,
        kinds: Choices,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["work"].choices = [("", "All areas of work"), *works]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "All kinds"), *kinds]  # type: ignore[attr-defined]

    def given(self) -> CountGiven:
        """What was typed."""
        data = self.cleaned_data
        return CountGiven(
            number=data["number"],
            dated=data["dated"],
            source=data["source"],
            work=data["work"],
            kind=data["kind"],
            number_high=data["number_high"],
            all_invited=data["all_invited"],
        )


class CountFileForm(forms.Form):
    """A file of counts."""

    file = forms.FileField(
        label="A CSV file of counts",
        help_text=(
            "With a heading row: area of work, kind of organisation, number, upper end, date, source, "
            "all invited."
        ),
    )


def count_initial(found: CountFacts) -> dict[str, object]:
    """A count as its form first shows it."""
    return {
        "work": found.work,
        "kind": found.kind,
        "number": found.number,
        "number_high": found.number_high,
        "dated": found.dated,
        "source": found.source,
        "all_invited": "yes" if found.all_invited else "no",
        "version": found.version,
    }
