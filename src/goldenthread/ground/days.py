"""Days as people write them, and as we write them back."""

from __future__ import annotations

from datetime import date, datetime

FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")


def read_day(text: str) -> date | None:
    """The day that "01/09/2026", "01-09-2026" or "2026-09-01" means; None for anything else."""
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def said(day: date) -> str:
    """A day as we write it: 1 September 2026."""
    return f"{day.day} {day:%B %Y}"


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return date(year, month + 1, 28)
