"""The forms of the workbench's surveys: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from goldenthread.analysis.definition.preset import preset, preset_names


class SurveyForm(forms.Form):
    """A new survey."""

    title = forms.CharField(label="What is the survey called?", max_length=160)
    people = forms.CharField(
        label="Who answers it?",
        help_text="A word for reports, such as staff.",
        max_length=60,
        initial="staff",
    )
    preset_name = forms.ChoiceField(
        label="Which rules protect small groups?",
        choices=lambda: [(name, preset(name).label) for name in preset_names()],
    )
    because = forms.CharField(
        label="Why does nothing need hiding?",
        help_text="Only if you chose rules that hide nothing. The report prints it.",
        max_length=300,
        required=False,
    )


class WaveForm(forms.Form):
    """A wave known by its answers."""

    label = forms.CharField(label="Which wave is it?", help_text="For example 2025.", max_length=60)
    opens = forms.DateField(label="First day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    closes = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(
        label="The file of answers",
        help_text=(
            "As your survey tool gives it: CSV or XLSX, one person a row. "
            "Names and e-mail addresses are not read."
        ),
    )


class FiguresForm(forms.Form):
    """A wave known only by the percentages a report printed."""

    label = forms.CharField(label="Which wave is it?", help_text="For example 2021.", max_length=60)
    answered = forms.IntegerField(
        label="How many people answered?", help_text="As the report prints it.", required=False, min_value=1
    )
    source = forms.CharField(label="Where are the figures printed?", max_length=200)
    table = forms.CharField(
        label="The figures, pasted from a table",
        help_text=(
            "With a heading row: id, group, kind, label, percent, base and, where you can, item and answer."
        ),
        widget=forms.Textarea,
        required=False,
    )
    file = forms.FileField(label="Or a CSV file of them", required=False)

    def clean(self) -> dict[str, object]:
        """One of the two, and not both."""
        found: dict[str, object] = super().clean() or {}
        if bool(found.get("table")) == bool(found.get("file")):
            self.add_error("table", "Paste the figures or choose a file: one of the two.")
        return found


class GroupsForm(forms.Form):
    """What results are broken down by."""

    groups = forms.MultipleChoiceField(
        label="Break results down by", required=False, widget=forms.CheckboxSelectMultiple
    )
    mix = forms.ChoiceField(
        label="Compare for the same mix of",
        help_text=("Changes are then also worked out as if the same mix of people had answered both waves."),
        required=False,
    )

    def __init__(self, *args: object, items: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = list(items)
        self.fields["groups"].choices = choices  # type: ignore[attr-defined]
        self.fields["mix"].choices = [("", "Nothing"), *choices]  # type: ignore[attr-defined]
