"""A questionnaire written as an XLSForm.

Words are guarded against being run as a formula the way all our tables are (``plain_cells``), and read back
as they were: our own sheet says that it was us.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest

from xlsxwriter import Workbook

from goldenthread.analysis.definition.formats.names import Names, Part, free, letters
from goldenthread.analysis.definition.formats.private import FIELDS
from goldenthread.analysis.definition.formats.xlsform.read import LONGEST, WORDS
from goldenthread.analysis.definition.formats.xlsform.routing import relevant
from goldenthread.analysis.definition.formats.xlsform.sheets import CHOICES, PRIVATE, SETTINGS, SURVEY
from goldenthread.analysis.definition.formats.xlsform.types import LIKERT, MULTILINE, TABLE
from goldenthread.analysis.definition.model import Answer, Condition, Kind, Question, Questionnaire, Section
from goldenthread.analysis.definition.routing import asked
from goldenthread.analysis.plain_cells import guarded

COLUMNS = ("type", "name", "label", "hint", "required", "relevant", "appearance", "constraint")
WORDED = ("label", "hint", "form_title")
RESERVED = ("meta", "data")
LONGEST_WORDS, LONGEST_PIECE = 16_000, 12_000
"""Characters in a cell: a spreadsheet takes 32,767, and a guard may add to them."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_KEPT = "A-Za-z0-9_.-"
_EARLIEST = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - the file format holds no zone

Cells = dict[str, str]


def form_names(whole: Questionnaire) -> Names:
    """Names as XML has them, each once in the form: of sections, questions and the rows of a matrix."""
    taken = set(RESERVED)
    sections = {each.id: free(_named(each.id, "s"), taken, LONGEST) for each in whole.sections}
    questions = {each.id: free(_named(each.id, "q"), taken, LONGEST) for each in whole.questions}
    rows: dict[Part, str] = {}
    codes: dict[Part, str] = {}
    for question in whole.questions:
        stem = f"{questions[question.id]}_"
        rows |= {
            (question.id, row.id): free(f"{stem}{row.id}", taken, LONGEST).removeprefix(stem)
            for row in question.rows
        }
        used: set[str] = set()
        for answer in question.scale.answers if question.scale else ():
            codes[question.id, answer.code] = free(_coded(answer.code), used, LONGEST, str)
    return Names(sections, questions, rows, codes)


def form_bytes(whole: Questionnaire, private: Sequence[Sequence[str]] = ()) -> bytes:
    """The file of a questionnaire under the names of ``form_names``; ``private`` goes into our own sheet."""
    made = _Form(whole)
    lines = list(made.lines())
    sheets: dict[str, tuple[Sequence[str], Sequence[Cells]]] = {
        SURVEY: (COLUMNS, lines),
        CHOICES: (("list_name", "name", "label"), list(_choices(whole))),
        SETTINGS: (("form_title", "form_id"), [{"form_title": whole.title, "form_id": _form_id(whole)}]),
        PRIVATE: (FIELDS, [*made.words, *_pieces(private)]),
    }
    return _workbook(sheets)


class _Form:
    """Writes the survey sheet, a group for each section."""

    def __init__(self, whole: Questionnaire) -> None:
        self._whole, self._known = whole, asked(whole)
        self.words: list[Cells] = []
        self._taken = {
            *RESERVED,
            *(section.id.lower() for section in whole.sections),
            *(question.id.lower() for question in whole.questions),
            *(f"{q.id}_{row.id}".lower() for q in whole.questions for row in q.rows),
        }

    def lines(self) -> Iterator[Cells]:
        """Every line."""
        for section in self._whole.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Cells]:
        shown = self._relevant(section.show_if)
        yield {"type": "begin_group", "name": section.id, "label": section.title, "relevant": shown}
        for question in section.questions:
            yield from self._question(question)
        yield {"type": "end_group"}

    def _question(self, question: Question) -> Iterator[Cells]:
        line = {
            "name": question.id,
            "label": question.text,
            "hint": question.help,
            "required": "yes" if question.required else "",
            "relevant": self._relevant(question.show_if),
        }
        if question.kind is Kind.MATRIX:
            yield from _table(question, line)
        else:
            yield line | _type(question) | {"constraint": _alone(question)}
            yield from self._own_words(question)

    def _own_words(self, question: Question) -> Iterator[Cells]:
        """A line for the words behind "other", which our own sheet tells from a question."""
        for answer in _others(question):
            name = free(f"{question.id}_other", self._taken, LONGEST)
            self.words.append(dict(zip(FIELDS, (WORDS, name, question.id, "", "", ""), strict=True)))
            several = question.kind is Kind.MULTIPLE
            test = f"selected(${{{question.id}}}, '{answer.code}')"
            shown = test if several else f"${{{question.id}}} = '{answer.code}'"
            yield {"type": "text", "name": name, "label": answer.label, "relevant": shown}

    def _relevant(self, condition: Condition | None) -> str:
        return "" if condition is None else relevant(condition, self._known)


def _table(question: Question, line: Cells) -> Iterator[Cells]:
    yield {**line, "required": "", "type": "begin_group", "appearance": TABLE}
    for row in question.rows:
        name = f"{question.id}_{row.id}"
        yield {
            "type": f"select_one {question.id}",
            "name": name,
            "label": row.text,
            "required": line["required"],
        }
    yield {"type": "end_group"}


def _type(question: Question) -> Cells:
    kinds = {
        Kind.SINGLE: (f"select_one {question.id}", ""),
        Kind.SCALE: (f"select_one {question.id}", LIKERT),
        Kind.MULTIPLE: (f"select_multiple {question.id}", ""),
        Kind.NUMBER: ("decimal", ""),
        Kind.DATE: ("date", ""),
        Kind.SHORT_TEXT: ("text", ""),
        Kind.LONG_TEXT: ("text", MULTILINE),
    }
    kind, appearance = kinds[question.kind]
    return {"type": kind, "appearance": appearance}


def _alone(question: Question) -> str:
    if question.kind is not Kind.MULTIPLE or question.scale is None:
        return ""
    codes = (each.code for each in question.scale.answers if each.exclusive)
    return " and ".join(f"not(selected(., '{code}') and count-selected(.) > 1)" for code in codes)


def _others(question: Question) -> Iterator[Answer]:
    yield from (each for each in (question.scale.answers if question.scale else ()) if each.other)


def _choices(whole: Questionnaire) -> Iterator[Cells]:
    for question in whole.questions:
        for answer in question.scale.answers if question.scale else ():
            yield {"list_name": question.id, "name": answer.code, "label": answer.label}


def _pieces(rows: Sequence[Sequence[str]]) -> Iterator[Cells]:
    """Our own rows; what is too long for a cell goes on in the next row."""
    for *place, was, value in rows:
        for one, other in zip_longest(_cut(was), _cut(value), fillvalue=""):
            yield dict(zip(FIELDS, (*place, one, other), strict=True))


def _cut(text: str) -> list[str]:
    return [text[at : at + LONGEST_PIECE] for at in range(0, len(text), LONGEST_PIECE)] or [""]


def _workbook(sheets: Mapping[str, tuple[Sequence[str], Sequence[Cells]]]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": _EARLIEST})
        for name, (columns, lines) in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(columns), 24)
            for row, cells in enumerate(({each: each for each in columns}, *lines)):
                for column, heading in enumerate(columns):
                    text = _cell(heading, cells.get(heading, ""))
                    if text:
                        page.write_string(row, column, text)
    return out.getvalue()


def _cell(heading: str, text: str) -> str:
    """Words cut to what a cell holds, with nothing in them that a program fills in or runs."""
    plain = text.replace("${", "$ {") if heading in WORDED else text
    return guarded(plain[:LONGEST_WORDS])


def _named(name: str, stem: str) -> str:
    return name if name[:1].isalpha() else f"{stem}{name}"


def _coded(code: str) -> str:
    return code if _CODE.fullmatch(code) else f"c{letters(code, _KEPT)}"


def _form_id(whole: Questionnaire) -> str:
    return letters(whole.id, _KEPT) or "form"
