"""What a report says of words that were corrected while people were answering."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime

from goldenthread.analysis.definition.words import quoted
from goldenthread.thread.survey.models import Wave


def corrected(wave: Wave) -> Iterator[str]:
    """A sentence for each correction after which the wave cannot be compared with those before it."""
    for each in wave.amendments.filter(comparable=False):
        day = localtime(each.made).date()
        words = f"{quoted(each.before)} was corrected to {quoted(each.after)}"
        when = f"on {day.day} {day:%B %Y}, while people were answering"
        yield f"{wave.label}: {words} {when}. It is not compared with earlier waves: {each.because}"
