"""A questionnaire read from an XLSForm."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from goldenthread.analysis.definition.formats.expression import NotHeld
from goldenthread.analysis.definition.formats.meaning import Meant
from goldenthread.analysis.definition.formats.names import as_id, free
from goldenthread.analysis.definition.formats.private import FIELDS, Read
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.formats.xlsform.columns import besides, wording
from goldenthread.analysis.definition.formats.xlsform.routing import Routing, expression
from goldenthread.analysis.definition.formats.xlsform.sheets import (
    CHOICES,
    PRIVATE,
    SETTINGS,
    SURVEY,
    Form,
    Line,
    read_form,
)
from goldenthread.analysis.definition.formats.xlsform.tree import Group, every, tree
from goldenthread.analysis.definition.formats.xlsform.types import Maker, name_of
from goldenthread.analysis.definition.model import All, Condition, Question, Questionnaire, Section

WORDS = "words"
"""In our own sheet: a line that only asks for the words behind "other" of a question."""

LONGEST = 200


def read_xlsform(file: str, data: bytes) -> Read:
    """The questionnaire in an XLSForm, as its questions stand there. Raises Refusal."""
    form = read_form(file, data)
    return _Reader(file, form).read()


@dataclass(slots=True)
class _Part:
    """A section as it grows: its conditions as they are written, its questions each with theirs."""

    name: str
    title: str
    shown: tuple[str, ...]
    questions: list[tuple[Question, str]] = field(default_factory=list)


class _Reader:
    """Walks the groups: each is a section; what stands between two groups of a group is one more."""

    def __init__(self, file: str, form: Form) -> None:
        self._file, self._form = file, form
        self._told: list[Told] = []
        self._words = wording(form)
        self._private = _private(form)
        self._maker = Maker(self._words, _choices(form), self._told)
        self._routing = Routing()
        self._parts: list[_Part] = []
        self._taken_sections: set[str] = set()
        self._taken_names: set[str] = set()

    def read(self) -> Read:
        said = next(iter(self._form.lines(SETTINGS)), Line(0, {}))
        title = said.get("form_title") or said.get("form_id") or "A survey"
        self._walk(tree(self._file, self._form.lines(SURVEY)), ("", title), ())
        sections = tuple(self._section(part) for part in self._parts)
        self._told += besides(self._form, self._words)
        whole = Questionnaire(said.get("form_id") or "form", title, sections)
        return Read(whole, tuple(self._told), tuple(row for row in self._private if row[0] != WORDS))

    def _walk(self, group: Group, named: tuple[str, str], shown: tuple[str, ...]) -> None:
        """Every question in a group, in sections by the innermost group around it."""
        has_groups = any(isinstance(each, Group) for each in group.inside)
        part = self._opened(named, shown) if group.line and not has_groups else None
        for each in group.inside:
            asked = self._asked(each)
            if asked is not None:
                part = part or self._opened(named, shown)
                part.questions.append(asked)
            elif isinstance(each, Group):
                self._inner(each, named, shown)
                part = None

    def _asked(self, each: Group | Line) -> tuple[Question, str] | None:
        """The question that a line, or a table of lines, asks, and when it is asked as it is written."""
        if isinstance(each, Group):
            found, head = self._maker.matrix(each), each.line or Line(0, {})
        else:
            found, head = None if self._is_words(each) else self._maker.question(each), each
        return None if found is None else (self._known(found, each), head.get("relevant"))

    def _is_words(self, line: Line) -> bool:
        return any(row[0] == WORDS and row[1] == line.get("name") for row in self._private)

    def _inner(self, group: Group, around: tuple[str, str], shown: tuple[str, ...]) -> None:
        line = group.line or Line(0, {})
        if group.not_held:
            message = f"left out: {group.not_held} ({name_of(line)}) cannot be held"
            self._told += (Told(message, name_of(each), lost=True) for each in every(group))
            return
        if around[0]:
            self._told.append(
                Told(f"a group within “{around[0]}” is a section of its own", name_of(line), "group")
            )
        title = self._words(line, "label") or around[1]
        own = line.get("relevant")
        self._walk(group, (name_of(line), title), (*shown, own) if own else shown)

    def _opened(self, named: tuple[str, str], shown: tuple[str, ...]) -> _Part:
        name = free(as_id(named[0], "s"), self._taken_sections, LONGEST, str)
        self._parts.append(_Part(name, named[1], shown))
        return self._parts[-1]

    def _known(self, question: Question, each: Group | Line) -> Question:
        """With ids of letters that ours have, each used once; expressions find it by the name it had."""
        name = free(as_id(question.id, "q"), self._taken_names, LONGEST, str)
        if name != question.id:
            self._told.append(Told(f"called “{name}” here", question.id))
        taken: set[str] = set()
        rows = tuple(replace(row, id=free(as_id(row.id, "r"), taken, LONGEST, str)) for row in question.rows)
        item = name if question.item == question.id else question.item
        known = replace(question, id=name, rows=rows, item=item)
        self._routing.names.setdefault(question.id, Meant(name, known))
        lines = every(each) if isinstance(each, Group) else []
        for row, line in zip(rows, lines, strict=False):
            self._routing.names.setdefault(name_of(line), Meant(f"{name}.{row.id}", known))
        return known

    def _section(self, part: _Part) -> Section:
        shown = [self._condition(text, part.name, "group") for text in part.shown]
        held = tuple(each for each in shown if each is not None)
        questions = (
            replace(question, show_if=self._condition(text, question.id, "question"))
            for question, text in part.questions
        )
        condition = None if not held else held[0] if len(held) == 1 else All(held)
        return Section(part.name, part.title, tuple(questions), condition)

    def _condition(self, text: str, about: str, noun: str) -> Condition | None:
        try:
            found = expression(text, self._routing)
        except NotHeld as why:
            message = f"shown to everybody: who is asked cannot be held ({why})"
            self._told.append(Told(message, about, noun, lost=True))
            return None
        if found is False:
            message = "shown to everybody: the form shows it to nobody, which cannot be held"
            self._told.append(Told(message, about, noun, lost=True))
        return None if isinstance(found, bool) else found


def _choices(form: Form) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in form.lines(CHOICES):
        found.setdefault(line.get("list_name"), []).append(line)
    return found


def _private(form: Form) -> tuple[tuple[str, ...], ...]:
    """The rows of our own sheet; one that is too long for its cells goes on in the next."""
    found: list[list[str]] = []
    for line in form.lines(PRIVATE):
        row = [line.get(name) for name in FIELDS]
        if found and found[-1][:4] == row[:4]:
            found[-1][4:] = [found[-1][4] + row[4], found[-1][5] + row[5]]
        else:
            found.append(row)
    return tuple(map(tuple, found))
