"""What somebody typed into an address, as something a query can take."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

MOST_DIGITS = 9


def words(get: QueryDict, name: str, usual: str = "") -> str:
    """The words under a name, stripped; a NUL, which no database takes, is left out."""
    return get.get(name, usual).replace("\0", "").strip()


def number(text: str) -> int | None:
    """A whole number, 0 or more; None for anything else, and for more than a database holds."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def version(post: QueryDict) -> int:
    """The version a page was made from; 0, which nothing ever has, where it sent none that can be."""
    return number(words(post, "version")) or 0


def page(get: QueryDict) -> int:
    """Which page is asked for; the first where that is no number."""
    return number(words(get, "page", "1")) or 1


def day(text: str) -> date | None:
    """A day as a browser sends it; None for anything else, and for days before or after any of ours."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 9998 else None
