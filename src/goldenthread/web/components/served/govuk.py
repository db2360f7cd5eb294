"""GOV.UK Frontend as we may serve it: no GDS Transport, no crest, no crown, and only the parts we use.

Services outside gov.uk use the Design System without its branding: its font, logos and crown. The
files in ``vendor/govuk-frontend`` are what was published; these functions are the whole change.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from goldenthread.web.components.served import css

VENDOR = Path(__file__).parents[1] / "vendor" / "govuk-frontend"
FAMILY = re.compile(r"GDS Transport, ?arial, ?sans-serif")
PARTS = frozenset(
    [
        *("breadcrumbs", "button", "character-count", "checkboxes", "date-input", "details", "drop-zone"),
        *("error-message", "error-summary", "fieldset", "file-upload", "form-group", "frontend-supported"),
        *("hint", "input", "label", "link", "list", "notification-banner", "pagination", "password-input"),
        *("radios", "select", "summary-list", "tag", "textarea", "visually-hidden"),
    ]
)
"""The blocks of GOV.UK Frontend that our components are made of; rules about any other are left out."""

SCRIPT_END = re.compile(r"export\{[\w,\s]*\};?\s*(//# sourceMappingURL=.*)?\s*$")
_CLASS = re.compile(r"\.govuk-([a-z0-9!]+(?:-[a-z0-9]+)*)")


@cache
def styles() -> str:
    """The style sheet, transformed; VENDOR holds its SHA-256."""
    taken = (VENDOR / "govuk-frontend.min.css").read_text("utf-8").removeprefix('@charset "UTF-8";')
    sheet = css.kept(css.small(taken), _wanted)
    return FAMILY.sub("var(--font)", sheet)


@cache
def script() -> str:
    """The script without its last line, so that ours can follow it in one file."""
    taken = (VENDOR / "govuk-frontend.min.js").read_text("utf-8")
    return SCRIPT_END.sub("", taken)


def _wanted(selector: str) -> bool:
    """Whether every block a selector speaks of is one we use."""
    if selector.startswith("@"):
        return selector not in ("@font-face", "@page")
    return all(block in PARTS for block in _CLASS.findall(selector))
