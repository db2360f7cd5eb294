"""What a report says of a wave answered by personal codes: how many did, and what is not sure of it."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.analysis.definition.words import counted
from goldenthread.thread.survey.models import Wave

FEWEST = 10
"""Of fewer who answered nothing is told (D1)."""


def rate(answered: int, invited: int) -> str:
    """How many of the invited answered, with the whole per cent, half up."""
    percent = (200 * answered + invited) // (2 * invited)
    return f"{answered:,} of {counted(invited, 'person', 'people')} invited answered ({percent} %)"


def doubles(number: int) -> str:
    """How many answers could be second ones."""
    if not number:
        return "Nobody was sent more than one code, so none of the answers is a second one."
    return (
        f"At most {number:,} could be doubles: so many codes were sent again, or may have been, and each "
        "could have been used beside the first."
    )


def said(wave: Wave) -> Iterator[str]:
    """The sentences for a report; none for a wave answered in another way, or by too few."""
    asking = getattr(wave, "asking", None)
    if asking is None or asking.mode != "personal-code" or not asking.invited:
        return
    if wave.people is not None and wave.people >= FEWEST:
        yield f"{wave.label}: {rate(wave.people, asking.invited)}. {doubles(asking.doubles or 0)}"
