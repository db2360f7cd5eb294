"""What a .lss file holds besides its questions, and what becomes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from goldenthread.analysis.definition.formats.lss.document import Document, Row
from goldenthread.analysis.definition.formats.lss.tables import TEXTS, Group, Piece
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.analysis.problem import brief

PRIVATE = "goldenthread"
_READ = {*TEXTS, *(apart for apart, _ in TEXTS.values()), "question_attributes", "conditions", PRIVATE}
_ADMINISTRATION = {"surveys", "plugin_settings", "themes", "themes_inherited", "survey_url_parameters"}
_SHOWN = {
    "surveyls_welcometext": "the words before the first question",
    "surveyls_endtext": "the words after the last question",
    "surveyls_policy_notice": "the words on data protection",
    "surveyls_url": "the address people are sent to at the end",
}
_NAMED = {
    "quota": "quotas",
    "quota_members": "quotas",
    "quota_languagesettings": "quotas",
    "assessments": "assessments",
    "defaultvalues": "answers filled in beforehand",
    "defaultvalue_l10ns": "answers filled in beforehand",
}
_MARKS = {"", "0", "1"}


def besides(document: Document, groups: tuple[Group, ...], language: str) -> Iterator[Told]:
    """What is left out of everything that is no question."""
    yield from _tables(document)
    yield from _languages(document, language)
    yield from _shown(document, language)
    for group in groups:
        if group.row.get("description", "").strip():
            yield _group(group, "left out: the words under the title", lost=True)
        if group.row.get("randomization_group", "").strip():
            yield _group(group, "always in this place: there is no random order here", lost=True)
    if document.rows("surveys") and not document.rows(PRIVATE):
        yield Told(
            "the settings of the survey (dates, look, letters, how answers are kept) are no part of a "
            "questionnaire and are left out"
        )


def of_piece(piece: Piece) -> Iterator[Told]:
    """What is left out of a question that is held."""
    layout, usual, used = _attributes()
    for name, value in piece.attributes.items():
        if name not in used and value.strip() not in ("", usual.get(name, "")):
            yield _setting(f"{name} = {brief(value)}", is_layout=name in layout)
    if piece.row.get("preg", "").strip():
        yield Told("left out: the pattern that answers must match", lost=True)
    if piece.row.get("script", "").strip():
        yield Told("left out: a script", lost=True)
    for sub in piece.subs:
        if sub.get("relevance", "").strip() not in _MARKS:
            yield Told("left out: who is shown which line", lost=True)


def _setting(name: str, *, is_layout: bool) -> Told:
    if is_layout:
        return Told(f"the setting {quoted(name)} is a matter of look and is left out")
    return Told(f"left out: the setting {quoted(name)}", lost=True)


def _group(group: Group, message: str, *, lost: bool) -> Told:
    return Told(message, group.row.get("group_name", "").strip(), "group", lost=lost)


def _tables(document: Document) -> Iterator[Told]:
    for name in dict.fromkeys((*document.tables, *document.others)):
        if name in _NAMED:
            yield Told(f"left out: {_NAMED[name]}", lost=True)
        elif name in _ADMINISTRATION:
            continue
        elif name not in _READ and name != "surveys_languagesettings":
            yield Told(f"left out: the table {quoted(name)}", lost=True)


def _languages(document: Document, language: str) -> Iterator[Told]:
    said: dict[str, None] = dict.fromkeys(document.languages)
    said |= dict.fromkeys(
        row.get("surveyls_language", "") for row in document.rows("surveys_languagesettings")
    )
    others = [name for name in said if name not in ("", language)]
    if others:
        yield Told(
            f"left out: its words in {listed(others)}; a questionnaire here has one language, and "
            f"{language} is the survey's own",
            lost=True,
        )
    elif language != "en":
        yield Told(f"its words are in {language}; a questionnaire here does not say in which language it is")


def _shown(document: Document, language: str) -> Iterator[Told]:
    said = settings(document, language)
    for name, what in _SHOWN.items():
        if said.get(name, "").strip():
            yield Told(f"left out: {what}", lost=True)


def settings(document: Document, language: str) -> Row:
    """What is said of the survey in its own language."""
    rows = document.rows("surveys_languagesettings")
    return next((row for row in rows if row.get("surveyls_language", language) == language), {})


@cache
def _attributes() -> tuple[frozenset[str], Mapping[str, str], frozenset[str]]:
    """Settings that are matters of look; usual values; settings that are read."""
    read = tomllib.loads(files(__package__).joinpath("attributes.toml").read_text(encoding="utf-8"))
    return frozenset(read["look"]), read["usual"], frozenset(read["read"])
