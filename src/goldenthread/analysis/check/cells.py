"""Cells of a figures file: exact numbers out of text, or a plain reason why not."""

from __future__ import annotations

import re
from fractions import Fraction

from goldenthread.analysis.check.model import FigureKind

PERCENT = re.compile(r"(\d+)(?:\.(\d+))?\s*%?")
COUNT = re.compile(r"\d+(?:\.0+)?|\d{1,3}(?:,\d{3})+")
YES = {"true", "yes", "1"}
NO = {"", "false", "no", "0"}
MOST_DECIMALS = 9
MOST_DIGITS = 12


def percent(text: str) -> tuple[Fraction, int]:
    """A percentage and its printed decimals. Raises ValueError with the reason."""
    match = PERCENT.fullmatch(text)
    if match is None:
        raise ValueError("not a percentage: write it as printed, such as 41.5")
    places = match[2] or ""
    if len(places) > MOST_DECIMALS or len(match[1]) > MOST_DIGITS:
        raise ValueError("has too many digits to have been printed")
    value = Fraction(f"{match[1]}.{places or 0}")
    if value > 100:
        raise ValueError("is more than 100 %")
    return value, len(places)


def count(text: str) -> int:
    """A whole number of people. Raises ValueError with the reason."""
    if COUNT.fullmatch(text) is None:
        raise ValueError("is not a whole number")
    digits = text.replace(",", "").split(".")[0]
    if len(digits) > MOST_DIGITS:
        raise ValueError("is too large to be a number of people")
    return int(digits)


def size(text: str) -> int:
    """A count of at least one. Raises ValueError with the reason."""
    number = count(text)
    if number == 0:
        raise ValueError("is nought; a base needs at least one person")
    return number


def truth(text: str) -> bool:
    """Yes or no; blank is no. Raises ValueError with the reason."""
    word = text.casefold()
    if word not in YES | NO:
        raise ValueError("is neither true nor false")
    return word in YES


def kind(text: str) -> FigureKind:
    """The kind of a figure; blank is a share. Raises ValueError with the reason."""
    word = text.casefold() or FigureKind.SHARE.value
    if word not in set(FigureKind):
        raise ValueError("is not a kind of figure: share, net or mean")
    return FigureKind(word)


def ids(text: str) -> tuple[str, ...]:
    """Figure ids, separated by spaces, commas or semicolons."""
    return tuple(part for part in re.split(r"[\s,;]+", text) if part)
