"""The forms of the questionnaire editor: each kind of question asks only for what it needs."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from goldenthread.analysis.definition.model import (
    All,
    AnyOf,
    Condition,
    Is,
    Kind,
    Not,
    Question,
    Questionnaire,
)
from goldenthread.analysis.responses.propose.scales import known_scales
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.editing.questions import ON_A_SCALE, WITH_ANSWERS, Wording

KINDS: tuple[tuple[Kind, str, str], ...] = (
    (Kind.MATRIX, "Several statements", "Each answered on the same scale, such as agreement."),
    (Kind.SCALE, "One statement", "Answered on a scale."),
    (Kind.SINGLE, "One answer of several", "For example where somebody works."),
    (Kind.MULTIPLE, "Any number of answers", "All that apply."),
    (Kind.LONG_TEXT, "Own words", "A few lines."),
    (Kind.SHORT_TEXT, "A few words", "One line."),
    (Kind.NUMBER, "A number", "For example years in post."),
    (Kind.DATE, "A date", "Day, month and year."),
)
KEEP = ""


class SectionForm(forms.Form):
    """A section."""

    title = forms.CharField(label="What is the section called?", max_length=120)


class QuestionForm(forms.Form):
    """A question of one kind."""

    text = forms.CharField(label="The question", widget=forms.Textarea(attrs={"rows": 2}), max_length=600)
    help = forms.CharField(
        label="Help under it",
        help_text="Where people may wonder what is meant.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
        required=False,
    )
    rows = forms.CharField(label="The statements", help_text="One a line.", widget=forms.Textarea)
    scale = forms.ChoiceField(label="How do people answer?", required=False)
    answers = forms.CharField(label="The answers on offer", help_text="One a line.", widget=forms.Textarea)
    other = forms.BooleanField(label="People can write something else under the last answer", required=False)
    not_my_role = forms.BooleanField(label="Offer “Not part of my role”", required=False)
    more_is_better = forms.BooleanField(label="Agreeing more is better", required=False, initial=True)
    label = forms.CharField(
        label="A short name for reports", help_text="Two to five words.", required=False, max_length=60
    )
    required = forms.BooleanField(label="It must be answered", required=False)

    def __init__(self, *args: object, kind: Kind, has_scale: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.kind = kind
        keep = [(KEEP, "As it is now")] if has_scale else []
        scales = [(name, f"{each.label}: {_ends(name)}") for name, each in known_scales().items()]
        self.fields["scale"].choices = [*keep, *scales]  # type: ignore[attr-defined]
        for name in self._unasked():
            del self.fields[name]
        if kind is Kind.MATRIX:
            self.fields["text"].label = "The words above the statements"

    def wording(self) -> Wording:
        """What the form says of the question."""
        said = self.cleaned_data
        return Wording(
            kind=self.kind,
            text=said["text"],
            help=said.get("help", ""),
            label=said.get("label", ""),
            answers=said.get("answers", "").splitlines(),
            rows=said.get("rows", "").splitlines(),
            scale=said.get("scale", ""),
            not_my_role=said.get("not_my_role", False),
            other=said.get("other", False),
            required=said.get("required", False),
            more_is_better=said.get("more_is_better", True),
        )

    def _unasked(self) -> set[str]:
        unasked = set() if self.kind is Kind.MATRIX else {"rows"}
        if self.kind not in ON_A_SCALE:
            unasked |= {"scale", "more_is_better"}
        if self.kind not in WITH_ANSWERS:
            unasked |= {"answers", "other"}
        if self.kind not in (*ON_A_SCALE, *WITH_ANSWERS):
            unasked.add("not_my_role")
        return unasked


class ShownForm(forms.Form):
    """To whom a question is shown: everybody, or those whose earlier answers say so."""

    how = forms.ChoiceField(
        label="Who is asked this?",
        choices=[
            ("everybody", "Everybody"),
            ("any", "Those who gave any of the answers ticked below"),
            ("all", "Those who gave one of the answers ticked below in each question"),
            ("none", "Those who gave none of the answers ticked below"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, before: Iterable[Question] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.asked = [question for question in before if question.scale and not question.rows]
        for question in self.asked:
            offered = question.scale.answers if question.scale else ()
            self.fields[f"of-{question.id}"] = forms.MultipleChoiceField(
                label=question.text,
                choices=[(answer.code, answer.label) for answer in offered],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def condition(self) -> Condition | None:
        """The condition picked; None for everybody. Raises Refused where nothing is ticked."""
        how = self.cleaned_data["how"]
        if how == "everybody":
            return None
        picked = [(each.id, self.cleaned_data.get(f"of-{each.id}") or []) for each in self.asked]
        tests = tuple(Is(name, tuple(codes)) for name, codes in picked if codes)
        if not tests:
            raise Refused("Tick the answers that lead to this question.")
        either: Condition = tests[0] if len(tests) == 1 else (All if how == "all" else AnyOf)(tests)
        return Not(either) if how == "none" else either


def first_wording(question: Question) -> dict[str, object]:
    """What the form of a question begins with."""
    offered = question.scale.answers if question.scale else ()
    return {
        "text": question.text,
        "help": question.help,
        "label": question.label,
        "rows": "\n".join(row.text for row in question.rows),
        "answers": "\n".join(answer.label for answer in offered if not answer.outside),
        "other": any(answer.other for answer in offered),
        "not_my_role": any(answer.outside for answer in offered),
        "required": question.required,
        "more_is_better": question.polarity.value != "negative",
    }


def first_shown(shown: Condition | None) -> dict[str, object]:
    """What the form of a routing begins with, as far as picking can say it."""
    how = "any"
    if shown is None:
        return {"how": "everybody"}
    if isinstance(shown, Not):
        how, shown = "none", shown.part
    if isinstance(shown, All):
        how = "all"
    parts = shown.parts if isinstance(shown, All | AnyOf) else (shown,)
    picked = {f"of-{part.question}": list(part.codes) for part in parts if isinstance(part, Is)}
    return {"how": how, **picked}


def asked_before(whole: Questionnaire, name: str) -> list[Question]:
    """The questions asked before one."""
    order = [question.id for question in whole.questions]
    return list(whole.questions[: order.index(name)]) if name in order else []


def asked_before_section(whole: Questionnaire, name: str) -> list[Question]:
    """The questions of the sections before one."""
    order = [section.id for section in whole.sections]
    before = whole.sections[: order.index(name)] if name in order else ()
    return [question for section in before for question in section.questions]


def _ends(name: str) -> str:
    answers = known_scales()[name].scale.answers
    return f"{answers[0].label} to {answers[-1].label.lower()}"
