"""Question numbers as a reader may see them."""

from __future__ import annotations

import re

_LETTER = re.compile(r"column-[a-z]+(?:-\d+)?(?:\..*)?")


def read_number(number: str) -> str:
    """A question's number or code; nothing where it is only the place of a column in somebody's file.

    Such a name is made where a file of answers has words for headings and no codes.
    """
    return "" if _LETTER.fullmatch(number) else number
