"""Signing in, which is allauth's in our words; and the pages everybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from tests.web.states.model import Send, State, nothing, sending
from tests.web.states.people import PASSWORD

KEY = {"uidb36": "=1", "key": "=a-spent-link"}
SHOWN_AS = {"uidb36": "uid:lost", "key": "key:lost"}
WRONG = {"login": "lead@anyshire.example", "password": "not it at all"}


@dataclass(frozen=True, slots=True)
class Answers:
    """How an address of allauth's answers a reader: signed out, and signed in with any role."""

    nobody: int
    member: int


LOGIN = 302
ANSWERS = {
    "account_login": Answers(200, 302),
    "account_logout": Answers(302, 200),
    "account_inactive": Answers(200, 200),
    "account_signup": Answers(200, 302),
    "account_reauthenticate": Answers(LOGIN, 200),
    "account_change_password": Answers(LOGIN, 200),
    "account_set_password": Answers(LOGIN, 302),
    "account_reset_password": Answers(200, 200),
    "account_reset_password_done": Answers(200, 200),
    "account_reset_password_from_key": Answers(200, 200),
    "account_reset_password_from_key_done": Answers(200, 200),
    "mfa_index": Answers(LOGIN, 200),
    "mfa_authenticate": Answers(LOGIN, 302),
    "mfa_reauthenticate": Answers(LOGIN, 302),
    "mfa_activate_totp": Answers(LOGIN, 302),
    "mfa_deactivate_totp": Answers(LOGIN, 404),
    "mfa_view_recovery_codes": Answers(LOGIN, 404),
    "mfa_generate_recovery_codes": Answers(LOGIN, 302),
    "mfa_download_recovery_codes": Answers(LOGIN, 404),
}

STATES = (
    State("account_login", "before anything is typed", who="nobody"),
    State("account_login", "sent empty", sends=nothing, who="nobody"),
    State("account_login", "a wrong password", sends=lambda _: WRONG, who="nobody"),
    State("account_logout", "asked"),
    State("account_inactive", "told", who="nobody"),
    State("account_signup", "closed", who="nobody"),
    State("account_reauthenticate", "asked", who="signed-in-now"),
    State("account_reauthenticate", "a wrong password", sends=lambda _: WRONG, who="signed-in-now"),
    State("account_change_password", "before anything is typed"),
    State("account_change_password", "sent empty", sends=nothing),
    State("account_set_password", "a first password", who="without-password"),
    State("account_set_password", "too short", sends=sending(password1="x"), who="without-password"),
    State("account_reset_password", "before anything is typed", who="nobody"),
    State("account_reset_password", "sent empty", sends=nothing, who="nobody"),
    State("account_reset_password_done", "told", who="nobody"),
    State("account_reset_password_from_key", "a link that is spent", KEY, who="nobody"),
    State("account_reset_password_from_key", "a link that works", SHOWN_AS, who="nobody"),
    State("account_reset_password_from_key_done", "told", who="nobody"),
    State("mfa_index", "nothing set up"),
    State("mfa_index", "a code is asked of this role", area="codeton"),
    State("mfa_index", "an app set up", who="with-code"),
    State("mfa_authenticate", "a code is asked", who="half-way"),
    State("mfa_authenticate", "a wrong code", sends=sending(code="123"), who="half-way"),
    State("mfa_reauthenticate", "a code is asked again", who="with-code"),
    State("mfa_activate_totp", "a new app", who="signed-in-now"),
    State("mfa_activate_totp", "a wrong code", sends=sending(code="000000"), who="signed-in-now"),
    State("mfa_deactivate_totp", "asked", who="with-code"),
    State("mfa_view_recovery_codes", "ten", who="with-code"),
    State("mfa_generate_recovery_codes", "asked", who="with-code"),
    State("mfa_download_recovery_codes", "a file", who="with-code", shown=False),
    State("health", "alive", who="nobody", shown=False),
    State("ready", "ready", who="nobody", shown=False),
    State("accessibility", "the statement", who="nobody"),
    State("privacy", "the notice", who="nobody"),
    State("numbers", "how they are made", who="nobody"),
    State("help", "where to turn", who="nobody"),
    State("area_colour", "a style sheet", {"code": "=0a5a61"}, who="nobody", shown=False),
    State("components", "every component", who="nobody"),
    State("components", "a form with mistakes", query="wrong=1", who="nobody"),
    State("sample_front_page", "an invented area", who="nobody"),
    State("sample_finding", "an invented finding", who="nobody"),
)

SENDS = (
    Send("account_login", sending(login="signed-in-now@anyshire.example", password=PASSWORD), who="nobody"),
    Send("account_logout", nothing),
    Send("account_reauthenticate", sending(password=PASSWORD), who="signed-in-now"),
    Send(
        "account_change_password",
        sending(oldpassword=PASSWORD, password1="four words quite plain"),
        who="signed-in-now",
    ),
    Send("account_set_password", sending(password1="four words quite plain"), who="without-password"),
    Send("account_reset_password", sending(email="lead@anyshire.example"), who="nobody"),
    Send("mfa_deactivate_totp", nothing, who="with-code"),
    Send("mfa_generate_recovery_codes", nothing, who="with-code"),
)
