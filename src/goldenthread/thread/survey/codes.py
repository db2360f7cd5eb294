"""The short name of a wave, by which addresses and files know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from django.utils.text import slugify

from goldenthread.analysis.definition.words import fold_text
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.models import Survey

LONGEST_CODE = 20


def wave_code(survey: Survey, label: str, opens: date | None, closes: date | None, code: str = "") -> str:
    """A code for a wave of these days that no other wave of the survey has: ``code``, else its label's.

    Raises Refused, in words, for a label that makes none or that another wave has, and for days in the
    wrong order.
    """
    wanted = slugify(code or label)[:LONGEST_CODE].strip("-_")
    if not wanted:
        raise Refused("Give the wave a name, such as 2025.")
    if opens and closes and closes < opens:
        raise Refused("The wave closes before it opens: look at the two dates.")
    held = dict(survey.waves.values_list("code", "label"))
    if code in held or fold_text(label) in map(fold_text, held.values()):
        raise Refused(f"“{survey.title}” already has a wave called {label}: take that one out first.")
    return next(each for each in _codes(wanted) if each not in held)


def _codes(wanted: str) -> Iterator[str]:
    """The code itself, then with a number behind it, never longer than a code may be."""
    yield wanted
    for number in count(2):
        end = f"-{number}"
        yield f"{wanted[: LONGEST_CODE - len(end)].rstrip('-')}{end}"
