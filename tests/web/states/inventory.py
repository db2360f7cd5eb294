"""Every URL the resolver knows, with its rule. What is not here is not served."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from goldenthread.web.access import ANYONE, SIGNED_IN

OTHERS = "account/"
"""Where allauth's own addresses begin. Their rules are said here; how each answers, in signing_in."""

RULES = {
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_signup": ANYONE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "account_reset_password_from_key_done": ANYONE,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True, slots=True)
class Url:
    """A URL: its name, route, what a role must allow to read it and to send it a form, its parameters."""

    name: str
    route: str
    rule: str
    post: str
    parameters: tuple[str, ...]
    ours: bool

    @property
    def in_area(self) -> bool:
        """Whether it stands under an area's slug."""
        return "area" in self.parameters


@cache
def inventory() -> dict[str, Url]:
    """Every URL by its name. Raises ValueError where two have one name or one has none."""
    found: dict[str, Url] = {}
    for route, pattern in patterns():
        if not pattern.name or pattern.name in found:
            raise ValueError(f"“{route}” has no name of its own.")
        found[pattern.name] = _url(route, pattern)
    return found


def patterns(found: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address, with what stands before it."""
    for each in (found or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


def _url(route: str, pattern: URLPattern) -> Url:
    ours = not route.startswith(OTHERS)
    rule = getattr(pattern.callback, "rule", "") if ours else RULES.get(pattern.name or "", "")
    post = getattr(pattern.callback, "post", "") if ours else rule
    parameters = tuple(match["name"] for match in _PARAMETER.finditer(route))
    return Url(pattern.name or "", route, rule, post, parameters, ours)
