"""The forms of signing in, in our words. What they do is allauth's; what they say is here.

A password is asked once: a button beside it shows what was typed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as app
from django import forms

NEW = (
    "At least 12 characters. Three words that do not belong together are easy to remember and hard to guess."
)
CODE = "Six figures from your authenticator app, or one of your recovery codes."
ADDRESS = "Write the whole e-mail address, like ana@anyshire.example."

ERRORS = {
    "account_inactive": "This account is closed. Ask the workforce lead of your area.",
    "email_password_mismatch": "The e-mail address or the password is not right. Check both.",
    "enter_current_password": "This is not your password now. Check it.",
    "incorrect_password": "This is not your password. Check it.",
    "invalid_login": "The e-mail address or the password is not right. Check both.",
    "invalid_password_reset": "This link no longer works. Get another.",
    "rate_limited": "Too many tries. Wait five minutes, then try again.",
    "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
}
"""What allauth's adapter says, by its own codes."""
CODE_ERRORS = {
    "incorrect_code": "The code is not right, or is too old. Use the newest one.",
    "rate_limited": ERRORS["rate_limited"],
}


class _Said:
    """Labels, hints and the autocomplete of fields by name; a field named in ``gone`` is not asked."""

    says: ClassVar[dict[str, tuple[str, str, str]]]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on as they come
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, (label, hint, autocomplete) in self.says.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs["autocomplete"] = autocomplete
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = ADDRESS


class Login(_Said, account.LoginForm):  # type: ignore[misc]
    """Sign in."""

    says: ClassVar = {
        "login": ("E-mail address", "", "username"),
        "password": ("Password", "", "current-password"),
    }


class Reauthenticate(_Said, account.ReauthenticateForm):  # type: ignore[misc]
    """Show that it is still you, by password."""

    says: ClassVar = {"password": ("Password", "", "current-password")}


class ChangePassword(_Said, account.ChangePasswordForm):  # type: ignore[misc]
    """Change a password."""

    says: ClassVar = {
        "oldpassword": ("Your password now", "", "current-password"),
        "password1": ("New password", NEW, "new-password"),
    }


class SetPassword(_Said, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    says: ClassVar = {"password1": ("Password", NEW, "new-password")}


class AskLink(_Said, account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to set a password."""

    says: ClassVar = {"email": ("E-mail address", "", "email")}


class FromLink(_Said, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Set a password, come by a link."""

    says: ClassVar = {"password1": ("New password", NEW, "new-password")}


class Code(_Said, second.AuthenticateForm):  # type: ignore[misc]
    """The second thing asked when signing in."""

    says: ClassVar = {"code": ("Code", CODE, "one-time-code")}


class CodeAgain(_Said, second.ReauthenticateForm):  # type: ignore[misc]
    """Show that it is still you, by code."""

    says: ClassVar = {"code": ("Code", CODE, "one-time-code")}


class ActivateApp(_Said, app.ActivateTOTPForm):  # type: ignore[misc]
    """Turn an authenticator app on."""

    says: ClassVar = {"code": ("Code", "Six figures.", "one-time-code")}


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """What a second factor says when it is wrong."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **CODE_ERRORS}
