"""Answers of one person, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Given = str | tuple[str, ...]
"""A code, the codes ticked, or words. A number is as typed, tidied; a date is YYYY-MM-DD."""

Answers = Mapping[str, Given]
"""By field: ``q1``, ``q1.r2`` for a statement of a matrix, ``q1.other`` for words written in.

What was left blank is not there.
"""

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field, in words for the person who filled it in."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What was sent of some questions: the answers that can stand, the fields as they were typed (to
    be shown again), and what is wrong."""

    answers: Answers
    typed: Mapping[str, Given]
    faults: tuple[Fault, ...] = ()
