"""Two wordings side by side: what went is marked in the first, what came in the second."""

from __future__ import annotations

import pytest

from goldenthread.web.workbench.wording import Bit, compared


def told(before: str, after: str) -> tuple[str, str]:
    """Both wordings, marked words in brackets."""
    first, second = compared(before, after)
    return tuple(
        " ".join(f"[{b.mark} {b.words}]" if b.mark else b.words for b in each) for each in (first, second)
    )


@pytest.mark.parametrize(
    ("before", "after", "first", "second"),
    [
        ("I can use signs", "I can use signs", "I can use signs", "I can use signs"),
        ("I can use signs", "I CAN use signs.", "I can use signs", "I CAN use signs."),
        ("I can use signs", "I can use more signs", "I can use signs", "I can use [ins more] signs"),
        ("I can ever use signs", "I can use signs", "I can [del ever] use signs", "I can use signs"),
        ("Were you named", "Are you named", "[del Were] you named", "[ins Are] you named"),
        ("hand-over plan", "hand - over plan", "[del hand-over] plan", "[ins hand - over] plan"),
    ],
)
def test_changed_words_are_marked_and_nothing_else(before: str, after: str, first: str, second: str) -> None:
    assert told(before, after) == (first, second)


def test_every_word_of_both_is_still_there() -> None:
    first, second = compared("one two three", "three two four")
    assert " ".join(bit.words for bit in first) == "one two three"
    assert " ".join(bit.words for bit in second) == "three two four"
    assert compared("", "new") == ((), (Bit("new", "ins"),))
