"""XLSForm's types of question, and what becomes of each here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.formats.xlsform.columns import Wording, of_line
from goldenthread.analysis.definition.formats.xlsform.sheets import Line
from goldenthread.analysis.definition.formats.xlsform.tree import Group, kind_of
from goldenthread.analysis.definition.model import Answer, Kind, Question, Row, Scale
from goldenthread.analysis.definition.read import usual_polarity
from goldenthread.analysis.definition.words import quoted

LIKERT, MULTILINE, TABLE = "likert", "multiline", "table-list"
OTHER = Answer("other", "Other", other=True)
_SELECT = re.compile(
    r"(?:select[_ ](?P<one>one)|select1|select[_ ]multiple|select all that apply)(?: from)? (?P<list>\S+)"
    r"(?P<other> or[_ ]other| or specify other)?"
)
_PLAIN: Mapping[str, Kind] = {
    **dict.fromkeys(("integer", "int", "decimal", "range"), Kind.NUMBER),
    "date": Kind.DATE,
    **dict.fromkeys(("text", "string"), Kind.SHORT_TEXT),
}
_BY_THE_PROGRAM = frozenset(
    (
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username"),
        *("email", "audit", "start-geopoint", "background-audio"),
    )
)
_NOT_HELD: Mapping[str, str] = {
    "note": "words between questions",
    "calculate": "a calculation",
    "hidden": "a hidden value",
    "rank": "a ranking",
    "acknowledge": "a box to be ticked",
    "trigger": "a box to be ticked",
    "datetime": "a date with a time",
    "time": "a time",
    "image": "a picture to be taken",
    "photo": "a picture to be taken",
    "audio": "a recording",
    "video": "a film",
    "file": "an upload of files",
    "barcode": "a barcode",
    **dict.fromkeys(("geopoint", "geotrace", "geoshape"), "a place on a map"),
}
_ALONE = re.compile(r"not\(selected\(\.,\s*'([^']*)'\)\s*and\s*count-selected\(\.\)\s*>\s*1\)")
_YES, _NO = ("yes", "true", "true()", "1"), ("no", "false", "false()", "0", "")


@dataclass(slots=True)
class Maker:
    """Makes questions of lines; what is to be told of each goes into ``told``."""

    words: Wording
    choices: Mapping[str, Sequence[Line]]
    told: list[Told]

    def question(self, line: Line) -> Question | None:
        """The question a line asks; None where it asks none that we hold."""
        kind = kind_of(line)
        select = _SELECT.fullmatch(kind)
        if select:
            return self._select(line, select)
        if kind in _PLAIN:
            return self._plain(line, _PLAIN[kind])
        self._not_held(line, kind)
        return None

    def matrix(self, group: Group) -> Question | None:
        """The question a group of one list's lines asks; None where it is no such group."""
        head, lines = group.line, [each for each in group.inside if isinstance(each, Line)]
        kinds = {kind_of(line) for line in lines}
        select = _SELECT.fullmatch(next(iter(kinds), ""))
        one_list = len(kinds) == 1 and len(lines) == len(group.inside) and select is not None
        if head is None or not one_list or not select or not select["one"] or select["other"]:
            return None
        if TABLE not in head.get("appearance").split():
            return None
        return self._matrix(head, lines, self._scale(select["list"], name_of(head)))

    def _matrix(self, head: Line, lines: Sequence[Line], scale: Scale) -> Question:
        self._tell(head, of_line(head))
        for line in lines:
            self._tell(line, of_line(line))
            if line.get("relevant"):
                self._tell(line, [Told("left out: who is shown this line of the table", lost=True)])
        name = name_of(head)
        polarity = usual_polarity(Kind.MATRIX)
        rows = ((name_of(line).removeprefix(f"{name}_"), self.words(line, "label")) for line in lines)
        made = self._made(head, Kind.MATRIX, scale)
        required = [self._required(line) for line in lines]
        return replace(
            made,
            rows=tuple(Row(row, text or row, f"{name}.{row}", polarity=polarity) for row, text in rows),
            required=all(required),
        )

    def _select(self, line: Line, select: re.Match[str]) -> Question:
        one = select["one"] is not None or line.get("type").lower().startswith("select1")
        likert = one and LIKERT in line.get("appearance").split()
        kind = Kind.SCALE if likert else Kind.SINGLE if one else Kind.MULTIPLE
        scale = self._scale(select["list"], name_of(line))
        if select["other"]:
            scale = replace(scale, answers=(*scale.answers, OTHER))
        alone = self._alone(line) if kind is Kind.MULTIPLE else None
        also = ("constraint_message",) if alone else ()
        self._tell(line, of_line(line, also))
        answers = tuple(replace(each, exclusive=each.code in (alone or ())) for each in scale.answers)
        return self._made(line, kind, replace(scale, answers=answers))

    def _plain(self, line: Line, kind: Kind) -> Question:
        if kind is Kind.SHORT_TEXT and MULTILINE in line.get("appearance").split():
            kind = Kind.LONG_TEXT
        self._tell(line, of_line(line))
        return self._made(line, kind, None)

    def _made(self, line: Line, kind: Kind, scale: Scale | None) -> Question:
        name = name_of(line)
        if line.get("constraint") and not (kind is Kind.MULTIPLE and self._alone(line)):
            self._tell(line, [Told("left out: what answers must meet (“constraint”)", lost=True)])
        return Question(
            id=name,
            kind=kind,
            text=self.words(line, "label") or name,
            item=name,
            scale=scale,
            polarity=usual_polarity(kind),
            required=self._required(line),
            help=self.words(line, "hint"),
        )

    def _scale(self, list_name: str, name: str) -> Scale:
        lines = self.choices.get(list_name, ())
        pairs = ((line.get("name"), self.words(line, "label")) for line in lines)
        return Scale(name, tuple(Answer(code, label or code) for code, label in pairs if code))

    def _required(self, line: Line) -> bool:
        said = line.get("required").strip().lower()
        if said not in (*_YES, *_NO):
            self._tell(line, [Told("not required here: when it must be answered cannot be held", lost=True)])
        return said in _YES

    def _alone(self, line: Line) -> frozenset[str] | None:
        """The answers that go with no other; None where the constraint says something else."""
        parts = line.get("constraint").split(") and not(")
        found = [_ALONE.fullmatch(part) for part in _closed(parts)]
        codes = [each[1] for each in found if each]
        return frozenset(codes) if codes and len(codes) == len(found) else None

    def _not_held(self, line: Line, kind: str) -> None:
        first = kind.partition(" ")[0]
        if kind in _BY_THE_PROGRAM:
            told = Told(f"left out: the program fills in {quoted(kind)} itself, and nobody is asked")
        elif not kind:
            told = Told(f"left out: row {line.number} of the sheet “survey” has no type", lost=True)
        else:
            what = _NOT_HELD.get(first, f"a question of the type {quoted(kind)}")
            told = Told(f"left out: {what} cannot be held", lost=True)
        self._tell(line, [told])

    def _tell(self, line: Line, told: Iterator[Told] | Sequence[Told]) -> None:
        self.told += (replace(each, about=name_of(line)) for each in told)


def name_of(line: Line) -> str:
    """The name of a line; where it has none, one by its row."""
    return line.get("name").strip() or f"row{line.number}"


def _closed(parts: Sequence[str]) -> Iterator[str]:
    """The pieces of ``not(…) and not(…)``, each whole again."""
    for place, part in enumerate(parts):
        start = "" if place == 0 else "not("
        end = "" if place == len(parts) - 1 else ")"
        yield f"{start}{part}{end}".strip()
