"""The forms of the workbench's surveys: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from goldenthread.analysis.definition.preset import preset, preset_names
from goldenthread.ground.files.store import plain_name

LARGEST_QUESTIONNAIRE = 2_000_000


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
        help_text="The rules you chose hide nothing. The report prints your reason.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """The reason is asked for only once rules that need one are chosen."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = str(self.data.get("preset_name", ""))
        if chosen not in preset_names() or not preset(chosen).needs_reason:
            del self.fields["because"]


class WaveForm(forms.Form):
    """A wave known by its answers."""

    label = forms.CharField(label="Which wave is it?", help_text="For example 2025.", max_length=60)
    opens = forms.DateField(label="First day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    closes = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    questionnaire = forms.FileField(
        label="Its questionnaire",
        help_text=(
            "A TOML file that says what was asked, if you have one. "
            "Without it you say how each column is read."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    file = forms.FileField(
        label="The file of answers",
        help_text=(
            "As your survey tool gives it: CSV or XLSX, one person a row. "
            "Names and e-mail addresses are not read."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm"}),
    )

    questionnaire_name = ""

    def clean_questionnaire(self) -> str:
        """Its text; what it says is checked where it is brought in."""
        given = self.cleaned_data["questionnaire"]
        if not given:
            return ""
        self.questionnaire_name = plain_name(given.name)
        if given.size > LARGEST_QUESTIONNAIRE:
            raise forms.ValidationError(f"{self.questionnaire_name} is too large for a questionnaire.")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            message = f"{self.questionnaire_name} is no text in UTF-8, so it is no questionnaire file."
            raise forms.ValidationError(message) from None


class ReplaceForm(forms.Form):
    """A corrected file in the place of a wave's."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(label="The corrected file")


class FiguresForm(forms.Form):
    """A wave known only by the percentages a report printed."""

    label = forms.CharField(label="Which wave is it?", help_text="For example 2021.", max_length=60)
    closes = forms.DateField(
        label="When did it close?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    answered = forms.IntegerField(
        label="How many people answered?", help_text="As the report prints it.", required=False, min_value=1
    )
    source = forms.CharField(label="Where are the figures printed?", max_length=200)
    table = forms.CharField(
        label="The figures, pasted from a table",
        help_text="A row for each figure: the question, the answer, the per cent, and of how many people.",
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
