"""Which columns of a form are read, in which language, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.formats.xlsform.sheets import (
    CHOICES,
    PRIVATE,
    SETTINGS,
    SURVEY,
    Form,
    Line,
)
from goldenthread.analysis.definition.words import listed, quoted

READ = frozenset(("type", "name", "label", "hint", "required", "relevant", "appearance", "constraint"))
LOOK = frozenset(("constraint_message", "required_message", "disabled", "comment", "comments", "notes"))
_CHOICE_READ = frozenset(("list_name", "name", "label"))
_SETTINGS_READ = frozenset(("form_title", "form_id", "default_language"))
_APPEARANCES = frozenset(("multiline", "likert", "table-list", "field-list", ""))
_TRANSLATED = ("label", "hint")


@dataclass(frozen=True, slots=True)
class Wording:
    """Reads labels and hints in one language of a form; empty where its columns name none."""

    language: str

    def __call__(self, line: Line, heading: str) -> str:
        """The words of a line; those without a language where the language has none."""
        own = line.get(f"{heading}::{self.language}") if self.language else ""
        return own or line.get(heading)


def wording(form: Form) -> Wording:
    """The words of a form: in its default language, else without one, else in the first there is."""
    said = _languages(form)
    wanted = next((line.get("default_language") for line in form.lines(SETTINGS)), "")
    plain = any(line.get("label") for line in form.lines(SURVEY))
    chosen = next((each for each in said if wanted and _name(each) == _name(wanted)), "")
    return Wording(chosen or ("" if plain or not said else said[0]))


def besides(form: Form, words: Wording) -> Iterator[Told]:
    """What is left out of the form as a whole."""
    yield from form.told
    others = [each for each in _languages(form) if each != words.language]
    if others:
        yield Told(
            f"left out: its words in {listed(others)}; a questionnaire here has one language", lost=True
        )
    for name in form.sheets:
        if not name.startswith("_") and name not in (SURVEY, CHOICES, SETTINGS) and form.lines(name):
            yield Told(f"left out: the sheet {quoted(name)}", lost=True)
    more = {heading for line in form.lines(SETTINGS) for heading in line.cells} - _SETTINGS_READ
    if more and PRIVATE not in form.sheets:
        yield Told(
            "the settings of the form (version, server, look) are no part of a questionnaire and are left out"
        )
    yield from _of_choices(form)


def of_line(line: Line, also: Iterable[str] = ()) -> Iterator[Told]:
    """What is left out of a line that is held; ``also`` are columns that its type reads."""
    for heading in line.cells:
        name = heading.partition("::")[0]
        if name in READ or name in also or heading in also:
            continue
        if name in LOOK:
            yield Told(f"{quoted(heading)} is left out")
        else:
            yield Told(f"left out: {quoted(heading)}", lost=True)
    if not set(line.get("appearance").split()) <= _APPEARANCES:
        yield Told(f"the appearance {quoted(line.get('appearance'))} is a matter of look and is left out")
    if "${" in "".join(value for heading, value in line.cells.items() if heading.startswith(_TRANSLATED)):
        message = "a placeholder in the words is not filled in here: people would see it as it stands"
        yield Told(message, lost=True)


def _of_choices(form: Form) -> Iterator[Told]:
    headings = {heading for line in form.lines(CHOICES) for heading in line.cells}
    for heading in sorted(headings):
        if heading.partition("::")[0] not in _CHOICE_READ:
            yield Told(f"left out: the column {quoted(heading)} of the sheet “choices”", lost=True)


def _languages(form: Form) -> list[str]:
    headings = (
        heading
        for name in (SURVEY, CHOICES)
        for line in form.lines(name)
        for heading in line.cells
        if heading.partition("::")[0] in _TRANSLATED and "::" in heading
    )
    return list(dict.fromkeys(heading.partition("::")[2] for heading in headings))


def _name(language: str) -> str:
    return " ".join(language.lower().split())
