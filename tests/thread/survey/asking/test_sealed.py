"""What a page carries can be neither read, nor changed, nor taken elsewhere."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.thread.survey.asking.sealed import Carried, new_key, seal, unseal

SECRET, WAVE = "a secret of this installation", "7:3"
ANSWERS = {"team": "a", "helps": ("x", "y"), "more": "Ein langer Weg – naïve\n" * 200}
CARRIED = Carried("key", "part-2", "code", ANSWERS)

answers = st.dictionaries(
    st.text(min_size=1, max_size=8), st.text() | st.lists(st.text(), max_size=3).map(tuple)
)


@given(answers, st.text(), st.text())
def test_it_comes_back_as_it_was(answers: dict[str, object], section: str, code: str) -> None:
    carried = Carried(new_key(), section, code, answers)  # type: ignore[arg-type]
    assert unseal(seal(carried, wave=WAVE, secret=SECRET), wave=WAVE, secret=SECRET) == carried


def test_nothing_of_it_can_be_read() -> None:
    sealed = base64.urlsafe_b64decode(seal(CARRIED, wave=WAVE, secret=SECRET))
    assert b"naive" not in sealed
    assert b"team" not in sealed


def test_the_same_answers_never_look_the_same() -> None:
    assert seal(CARRIED, wave=WAVE, secret=SECRET) != seal(CARRIED, wave=WAVE, secret=SECRET)


@pytest.mark.parametrize(
    ("wave", "secret"), [("8:3", SECRET), ("7:4", SECRET), (WAVE, "another installation")]
)
def test_it_opens_nowhere_else(wave: str, secret: str) -> None:
    assert unseal(seal(CARRIED, wave=WAVE, secret=SECRET), wave=wave, secret=secret) is None


def test_a_change_anywhere_is_seen() -> None:
    sealed = seal(CARRIED, wave=WAVE, secret=SECRET)
    raw = bytearray(base64.urlsafe_b64decode(sealed))
    for place in range(0, len(raw), 37):
        changed = bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        text = base64.urlsafe_b64encode(changed).decode()
        assert unseal(text, wave=WAVE, secret=SECRET) is None


@given(st.text(max_size=200))
def test_what_is_not_ours_is_nothing(text: str) -> None:
    assert unseal(text, wave=WAVE, secret=SECRET) is None
