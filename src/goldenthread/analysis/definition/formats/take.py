"""The doors: a questionnaire taken from the bytes of a file in any format, and given out in any."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from goldenthread.analysis.definition.conditions import leaves
from goldenthread.analysis.definition.formats.lss.read import read_lss
from goldenthread.analysis.definition.formats.lss.write import lss_bytes, lss_names
from goldenthread.analysis.definition.formats.names import Names, renamed
from goldenthread.analysis.definition.formats.private import Read, kept_apart, private, restored
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.formats.xlsform.read import read_xlsform
from goldenthread.analysis.definition.formats.xlsform.write import form_bytes, form_names
from goldenthread.analysis.definition.model import Condition, Questionnaire, Section
from goldenthread.analysis.definition.read import load_text
from goldenthread.analysis.definition.routing import asked
from goldenthread.analysis.definition.words import listed, quoted
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.analysis.problem import Refusal

LARGEST = 20_000_000
"""Bytes of a file: a survey of 1,000 questions in five languages has four million."""


class Format(StrEnum):
    """What a file is, by its suffix."""

    TOML = ".toml"
    XLSX = ".xlsx"
    LSS = ".lss"


@dataclass(frozen=True, slots=True)
class Program:
    """A program whose format it is: how its files are read, what codes it allows, how they are written."""

    name: str
    read: Callable[[str, bytes], Read]
    names: Callable[[Questionnaire], Names]
    write: Callable[[Questionnaire, Sequence[Sequence[str]]], bytes]


PROGRAMS: Mapping[Format, Program] = {
    Format.XLSX: Program("XLSForm", read_xlsform, form_names, form_bytes),
    Format.LSS: Program("LimeSurvey", read_lss, lss_names, lss_bytes),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A questionnaire as far as it could be taken; ``faults`` are to be mended before it can be used.

    ``ours`` where the file says what only we know, such as of which item each question is.
    """

    whole: Questionnaire
    told: tuple[Told, ...] = ()
    faults: tuple[str, ...] = ()
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """A file, and what it does not say to everybody."""

    data: bytes
    told: tuple[Told, ...] = ()


def take(file: str, data: bytes) -> Taken:
    """The questionnaire in a file called ``file``.

    Raises Refusal, in a sentence, for a file that is none, of another kind than its name says, larger
    than any questionnaire, or hostile; and for TOML with any fault.
    """
    kind = recognised(file, data)
    if kind is Format.TOML:
        whole, faults = load_text(_text(file, data), file)
        faults.refuse()
        return Taken(whole)
    read = PROGRAMS[kind].read(file, data)
    whole, told = restored(read.whole, read.private)
    if not whole.questions:
        raise Refusal(f"{file} holds no question that can be held here.")
    kept, faults = load_text(questionnaire_text(whole), file)
    return Taken(kept, (*read.told, *told), tuple(faults.lines), ours=bool(read.private))


def give(whole: Questionnaire, kind: Format) -> Given:
    """The file of a questionnaire, and notes on what stands in it for us alone or under another name."""
    if kind is Format.TOML:
        return Given(questionnaire_text(whole).encode())
    program = PROGRAMS[kind]
    whole, lost = _sound(whole)
    names = program.names(whole)
    safe = renamed(whole, names)
    back = program.read(f"questionnaire{kind}", program.write(safe, ()))
    rows = private(whole, names, back.whole)
    told = (*lost, *_called(names), *kept_apart(rows, program.name))
    return Given(program.write(safe, rows), told)


def codes_there(whole: Questionnaire, kind: Format) -> tuple[Told, ...]:
    """Which codes are others in a file of a format: answers collected there come with those."""
    return () if kind is Format.TOML else _called(PROGRAMS[kind].names(whole))


def recognised(file: str, data: bytes) -> Format:
    """What a file is by its suffix, where what it holds does not say otherwise. Raises Refusal."""
    kind = format_of(file)
    if not data.strip():
        raise Refusal(f"{file} is empty.")
    if len(data) > LARGEST:
        raise Refusal(
            f"{file} was not opened: it is larger than {LARGEST // 1_000_000} MB, as no questionnaire is."
        )
    holds, words = _holds(data)
    if holds is not kind:
        raise Refusal(f"{file} was not opened: its name ends in {kind}, but it holds {words}.")
    return kind


def format_of(file: str) -> Format:
    """The format a file's name says. Raises Refusal for any other ending."""
    suffix = PurePath(file).suffix.lower()
    if suffix not in set(Format):
        ends = listed((quoted(each.value) for each in Format), "or")
        raise Refusal(f"{file}: a questionnaire's file name ends in {ends}.")
    return Format(suffix)


def _holds(data: bytes) -> tuple[Format | None, str]:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return Format.LSS, "XML, as a survey of LimeSurvey (.lss) does"
    if data.startswith(b"PK\x03\x04"):
        return Format.XLSX, "a zip file, as a workbook (.xlsx) is"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return None, "an old .xls workbook, or one with a password: save it as .xlsx without one"
    if b"\x00" in data:
        return None, "what is no text, or damaged text"
    return Format.TOML, "text, as a questionnaire file (.toml) does"


def _text(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{file} is not UTF-8 text; save it as UTF-8 and try again.") from None


def _called(names: Names) -> tuple[Told, ...]:
    found: dict[str, list[str]] = {}
    for noun, owner, old, new in names.changed():
        if noun != "section":
            place = f"{quoted(f'{owner}.{old}')}" if owner else quoted(old)
            found.setdefault(noun, []).append(f"{place} is {quoted(new)}")
    return tuple(Told(f"codes that differ there: {noun} {listed(each)}") for noun, each in found.items())


def _sound(whole: Questionnaire) -> tuple[Questionnaire, tuple[Told, ...]]:
    """Without conditions on what is not there, which no program could follow."""
    known, told = asked(whole), list[Told]()

    def kept(condition: Condition | None, name: str, noun: str) -> Condition | None:
        if condition is None or all(leaf.question in known for leaf in leaves(condition)):
            return condition
        told.append(Told("shown to everybody: the condition names what is not there", name, noun, lost=True))
        return None

    def section_kept(section: Section) -> Section:
        questions = (replace(q, show_if=kept(q.show_if, q.id, "question")) for q in section.questions)
        shown = kept(section.show_if, section.id, "section")
        return replace(section, show_if=shown, questions=tuple(questions))

    return replace(whole, sections=tuple(map(section_kept, whole.sections))), tuple(told)
