"""A questionnaire read from a TOML file (docs/reference/questionnaire-file.md)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from goldenthread.analysis.definition.conditions import read_condition
from goldenthread.analysis.definition.model import (
    Kind,
    Polarity,
    Question,
    Questionnaire,
    Recode,
    Row,
    Scale,
    Section,
)
from goldenthread.analysis.definition.scales import SCALE_KEYS, read_scale
from goldenthread.analysis.definition.shape import Faults, Table, load_toml, parse_toml
from goldenthread.analysis.definition.validate import structure_faults
from goldenthread.analysis.definition.words import meant, quoted

ORDERED = (Kind.SCALE, Kind.MATRIX)

_QUESTION_KEYS = (
    *("id", "number", "kind", "text", "help", "label", "item", "topic", "polarity", "scale"),
    *("rows", "required", "show_if", "need", "recode", *SCALE_KEYS),
)


class Routing(StrEnum):
    """Whether the routing people were sent along is written down in the questionnaire."""

    KNOWN = "known"
    UNKNOWN = "unknown"


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire in ``path``. Raises ``Refusal`` naming every fault it has."""
    questionnaire, faults = load_questionnaire(path)
    faults.refuse()
    return questionnaire


def load_questionnaire(path: Path) -> tuple[Questionnaire, Faults]:
    """The questionnaire as far as it can be read, and its faults.

    Raises ``Refusal`` only where the file is no readable TOML at all.
    """
    return _loaded(load_toml(path))


def load_text(text: str, file: str) -> tuple[Questionnaire, Faults]:
    """The same of the text of a file called ``file``."""
    return _loaded(parse_toml(text, file))


def _loaded(top: Table) -> tuple[Questionnaire, Faults]:
    questionnaire = _questionnaire(top)
    for place, message in structure_faults(questionnaire):
        top.faults.add(place, message)
    return questionnaire, top.faults


def _questionnaire(top: Table) -> Questionnaire:
    top.only("id", "title", "purpose", "routing", "scales", "sections")
    return Questionnaire(
        id=top.name("id"),
        title=top.text("title"),
        purpose=top.text("purpose", ""),
        routing_known=top.choice("routing", Routing, Routing.KNOWN) is not Routing.UNKNOWN,
        sections=_sections(top, read_scales(top)),
    )


def _sections(top: Table, scales: Mapping[str, Scale]) -> tuple[Section, ...]:
    sections = tuple(_section(each, scales) for each in top.tables("sections", "section"))
    if not any(section.questions for section in sections):
        top.fault("there is no question: add [[sections]] with [[sections.questions]]")
    return sections


def read_scales(top: Table) -> Mapping[str, Scale]:
    """The named scales of a file, by name."""
    tables = top.table("scales")
    return {name: _named_scale(tables, name) for name in tables.values}


def _named_scale(tables: Table, name: str) -> Scale:
    table = tables.table(name).at(f"scale {quoted(name)}")
    table.only(*SCALE_KEYS)
    return read_scale(table, name)


def _section(table: Table, scales: Mapping[str, Scale]) -> Section:
    table, section_id = table.called("section")
    table.only("id", "title", "show_if", "questions")
    return Section(
        id=section_id,
        title=table.text("title"),
        show_if=read_condition(table),
        questions=tuple(_question(each, scales) for each in table.tables("questions", "question")),
    )


def _question(table: Table, scales: Mapping[str, Scale]) -> Question:
    table, question_id = table.called("question")
    table.only(*_QUESTION_KEYS)
    kind = table.choice("kind", Kind, None) or _likely_kind(table)
    topic, polarity = table.text("topic", "") or None, _polarity(table, usual_polarity(kind))
    item = table.name("item", "") or question_id
    return Question(
        id=question_id,
        kind=kind,
        text=table.text("text"),
        item=item,
        label=table.text("label", ""),
        scale=question_scale(table, scales, question_id),
        rows=tuple(_row(each, item, topic, polarity) for each in table.tables("rows", "row")),
        topic=topic,
        polarity=polarity,
        show_if=read_condition(table),
        required=table.flag("required"),
        number=table.name("number", ""),
        need=table.name("need", "") or None,
        recode=tuple(_recode(each) for each in table.tables("recode", "recode")),
        help=table.text("help", ""),
    )


def _recode(table: Table) -> Recode:
    table.only("value", "answer")
    return Recode(table.name("value"), table.name("answer", "") or None)


def _likely_kind(table: Table) -> Kind:
    """A stand-in for an unknown kind, so that one fault does not look like three."""
    if "rows" in table.values:
        return Kind.MATRIX
    coded = "scale" in table.values or "answers" in table.values
    return Kind.SINGLE if coded else Kind.LONG_TEXT


def usual_polarity(kind: Kind) -> Polarity:
    """Whether more is good news, where a file does not say."""
    return Polarity.POSITIVE if kind in ORDERED else Polarity.NONE


def _polarity(table: Table, usual: Polarity) -> Polarity:
    return table.choice("polarity", Polarity, usual) or usual


def question_scale(table: Table, scales: Mapping[str, Scale], inline_id: str) -> Scale | None:
    """The scale a table names or writes out; None where it does neither."""
    inline = [key for key in SCALE_KEYS if key in table.values]
    if "scale" not in table.values:
        return read_scale(table, inline_id) if inline else None
    if inline:
        table.fault(f"has both {quoted('scale')} and {quoted(inline[0])}; give one or the other")
    name = table.name("scale")
    if name and name not in scales:
        table.fault(f"unknown scale {quoted(name)}{meant(name, scales)}")
    return scales.get(name, Scale(name, ()))


def _row(table: Table, item: str, topic: str | None, polarity: Polarity) -> Row:
    table.only("id", "text", "item", "label", "topic", "polarity", "need")
    row_id = table.name("id")
    return Row(
        id=row_id,
        text=table.text("text"),
        item=table.name("item", "") or f"{item}.{row_id}",
        label=table.text("label", ""),
        topic=table.text("topic", "") or topic,
        polarity=_polarity(table, polarity),
        need=table.name("need", "") or None,
    )
