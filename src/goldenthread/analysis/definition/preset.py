"""Disclosure presets: the numbers behind the rules, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.analysis.problem import Refusal


@dataclass(frozen=True, slots=True)
class Preset:
    """One set of disclosure rules.

    ``smallest`` is the least number of people a group may have, or differ by (D1, D2, D5); ``bound``
    the per cent under which "none" hides, and over 100 less which "all" hides (D3);
    ``smallest_count`` the least count of any one answer, for everybody too. 0 turns a rule off. A
    study that uses one with ``needs_reason`` must say why.
    """

    name: str
    label: str
    source: str
    dated: str
    smallest: int = 10
    bound: int = 5
    smallest_count: int = 0
    needs_reason: bool = False


def preset_names() -> tuple[str, ...]:
    """The names of all presets; the first is the one a study has that names none."""
    return tuple(_presets())


def preset(name: str) -> Preset:
    """The preset called ``name``. Raises Refusal, naming those there are, where there is none."""
    known = _presets()
    if name not in known:
        raise Refusal(f"There is no disclosure preset “{name}”; there are {', '.join(sorted(known))}.")
    return known[name]


@cache
def _presets() -> dict[str, Preset]:
    text = files(__package__).joinpath("presets.toml").read_text(encoding="utf-8")
    return {name: Preset(name, **fields) for name, fields in tomllib.loads(text).items()}
