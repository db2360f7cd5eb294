"""The forms of accounts: plain fields, checked by the commands they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from goldenthread.ground.people.roles import Role, roles


def role_choices() -> list[tuple[str, str]]:
    """Every role, in the table's order."""
    return [(role.code, role.name) for role in roles().values()]


class InviteForm(forms.Form):
    """Somebody to invite."""

    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label="What will they be?", widget=forms.RadioSelect, choices=role_choices)


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label="Another role")

    def __init__(self, data: Any = None, *, offered: Iterable[Role] = ()) -> None:  # noqa: ANN401
        super().__init__(data)
        choices = [(role.code, role.name) for role in offered]
        self.fields["role"].choices = [("", "Choose a role"), *choices]  # type: ignore[attr-defined]


class FactorsForm(forms.Form):
    """Which roles must give a code."""

    wanted = forms.MultipleChoiceField(
        label="Who must give a code from their phone, as well as a password?",
        help_text="Whoever learns somebody's password can then still not sign in.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=role_choices,
    )


class JoinForm(forms.Form):
    """Somebody who takes up an invitation."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="A password",
        help_text="At least 12 characters. Three words that have nothing to do with one another will do.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
