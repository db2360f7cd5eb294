"""The table in a file that only we read: what its format has no place for (``formats``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.analysis.definition.formats.facts import NAME, Key, as_json, fact_of, facts, with_facts
from goldenthread.analysis.definition.formats.names import Names, renamed
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.words import listed

FIELDS = ("of", "name", "part", "key", "was", "value")

Private = tuple[str, str, str, str, str, str]
"""A fact by its place in the file, what everybody else reads there (as JSON; empty for nothing), and
what it is."""


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in a file for everybody, what was left out of it, and the rows that only we read."""

    whole: Questionnaire
    told: tuple[Told, ...]
    private: tuple[tuple[str, ...], ...] = ()


_WORDS = {
    "id": "codes",
    "kind": "scales told from lists",
    "routing_known": "whether routing is known",
    "show_if": "the exact form of conditions",
    "aliases": "other words for answers",
    "outside": "answers outside the base",
    "exclusive": "answers that go with no other",
    "other": "the answer with a space for words",
    "need": "types of need",
    "order": "the order of answers",
    "text": "the exact spacing of words",
    "title": "the exact spacing of words",
    "item": "items",
    "label": "short names",
    "topic": "topics",
    "polarity": "whether more is good news",
    "number": "numbers people saw",
    "recode": "recoding",
    "nets": "nets",
    "net": "nets",
    "headline": "headlines",
    "help": "the exact spacing of words",
    "purpose": "the purpose",
    "required": "what must be answered",
}


def private(whole: Questionnaire, names: Names, back: Questionnaire) -> tuple[Private, ...]:
    """All that is lost of ``whole`` where ``back`` is read from its file, in which it has ``names``."""
    stands = facts(back)
    wanted = facts(renamed(whole, names)) | dict(_true_names(names))
    return tuple(
        (*key, stands.get(key, ""), value) for key, value in wanted.items() if stands.get(key) != value
    )


def kept_apart(rows: Iterable[Private], program: str) -> Iterator[Told]:
    """A note on what only we read in a file."""
    kinds = dict.fromkeys(_WORDS[key] for _, _, _, key, _, _ in rows)
    if kinds:
        yield Told(
            f"{program} has no place for {listed(kinds)}; the file keeps them for Golden Thread alone, "
            "until another program takes it in and writes it out again"
        )


def restored(back: Questionnaire, rows: Sequence[Sequence[str]]) -> tuple[Questionnaire, tuple[Told, ...]]:
    """What was written, from what is read of the file and its private table, and what of it cannot be.

    A row whose place holds something else by now is passed over: it was changed elsewhere.
    """
    stands, told = facts(back), list[Told]()
    taken: dict[Key, Any] = {}
    for of, name, part, key, was, value in rows:
        place = (of, name, part, key)
        said = _passed_over(place, stands.get(place), was)
        if said is None:
            said = _take(place, value, taken)
        told += () if said is None else (said,)
    try:
        whole = with_facts(back, taken)
    except ValueError:
        return back, (*told, Told("left out: what the file keeps for Golden Thread alone does not fit it"))
    return renamed(whole, _names(taken)), tuple(told)


def _true_names(names: Names) -> Iterator[tuple[Key, str]]:
    for of, owner, old, new in names.changed():
        place = (of, names.questions.get(owner, owner), new) if owner else (of, new, "")
        yield (*place, NAME), as_json(old)


def _passed_over(place: Key, stands: str | None, was: str) -> Told | None:
    of, name, part, key = place
    if (stands or "") == was and stands is not None:
        return None
    noun = of if part == "" else f"{of} “{part}” of question"
    if stands is None:
        return Told("no longer there: what was kept of it for Golden Thread alone is left out", name, noun)
    words = _WORDS.get(key, key)
    return Told(f"changed elsewhere, and taken as it is now ({words})", name, noun)


def _take(place: Key, value: str, taken: dict[Key, Any]) -> Told | None:
    try:
        taken[place] = fact_of(place, value)
    except ValueError:
        return Told(
            "left out: what was kept of it for Golden Thread alone cannot be read", place[1], place[0]
        )
    return None


def _names(taken: dict[Key, Any]) -> Names:
    found = {place[:3]: value for place, value in taken.items() if place[3] == NAME}
    return Names(
        sections={name: value for (of, name, _), value in found.items() if of == "section"},
        questions={name: value for (of, name, _), value in found.items() if of == "question"},
        rows={(name, part): value for (of, name, part), value in found.items() if of == "row"},
        codes={(name, part): value for (of, name, part), value in found.items() if of == "answer"},
    )
