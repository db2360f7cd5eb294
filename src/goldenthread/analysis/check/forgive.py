"""Printed figures as people type them (question, answer, percent, n), as rows that ``check`` reads.

Headings may be other words for ours; a question stands once above its answers; "n = 138" is 138. Questions
and answers are found by their words among those that other waves ask.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldenthread.analysis.check.read import COLUMNS
from goldenthread.analysis.definition.answers import answer_code
from goldenthread.analysis.definition.csv_rows import CsvRow, CsvTable, read_table
from goldenthread.analysis.definition.model import Variable
from goldenthread.analysis.definition.words import fold_label, fold_text
from goldenthread.analysis.problem import Refusal

QUESTION = "question"
OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    QUESTION: ("statement", "item text", "the question", "survey question"),
    "answer": ("response", "option", "choice", "band"),
    "percent": ("%", "per cent", "percentage", "share", "figure", "result", "value"),
    "base": ("n", "number", "people", "answered", "responses", "respondents", "total", "base (n)"),
    "numerator": ("count", "number who said so"),
}
WHOLE = (95.0, 105.0)
"""Answers to one question that add to between these are taken to be all of its answers, in per cent."""

_PEOPLE = re.compile(r"\(?\s*(?:n\s*=\s*)?([\d,]+)\s*(?:people|answers|respondents)?\s*\)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:q(?:uestion)?\s*)?\d{1,3}[a-z]?\s*[.:)\]-]\s*(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*%?")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is read: the question as typed, and the cells of ``check``'s columns."""

    number: int
    question: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Forgiven:
    """A table of figures in ``check``'s columns; rows keep the numbers they had."""

    lines: tuple[Line, ...]

    def text(self) -> str:
        """As CSV, with an empty line for each that was empty, so that rows are still called the same."""
        written = io.StringIO()
        table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
        table.writeheader()
        above = 1
        for line in self.lines:
            written.write("\n" * (line.number - above - 1))
            table.writerow(line.cells)
            above = line.number
        return written.getvalue()


def forgiven(path: Path, asked: Sequence[Variable], chosen: Mapping[str, str] | None = None) -> Forgiven:
    """The table in ``path``, each row with the item and answer it is of where they are known.

    ``asked`` is what other waves ask, the newest first; ``chosen`` says the item of a question whose words
    (folded) are none of theirs. Cells that were filled in are left as they are. Raises Refusal where the
    file is no table or has no column of percentages.
    """
    table = read_table(path, "figures")
    names = _names(table)
    if not {"percent", "numerator"} & set(names.values()):
        raise Refusal(f"{path.name}: there is no column of percentages; head it “percent”.")
    rows = _filled_down([(row, _renamed(row, names)) for row in table.rows])
    known = _Known(asked, chosen or {})
    lines = [_line(row, cells, known) for row, cells in rows]
    return Forgiven(_as_wholes(lines, known))


def _names(table: CsvTable) -> Mapping[str, str]:
    """Our name of each heading. A heading that is ours already goes before other words for it."""
    ours = {heading: heading for heading in table.headings if heading in (*COLUMNS, QUESTION)}
    meant = {fold_label(word): name for name, words in OTHER_WORDS.items() for word in words}
    found = dict(ours)
    for heading in table.headings:
        name = meant.get(fold_label(heading))
        if heading not in found and name and name not in found.values():
            found[heading] = name
    return found


def _renamed(row: CsvRow, names: Mapping[str, str]) -> Cells:
    return {names.get(heading, heading): cell for heading, cell in row.cells.items()}


def _filled_down(rows: Iterable[tuple[CsvRow, Cells]]) -> list[tuple[CsvRow, Cells]]:
    """The question, and the base of all its answers, where they stand only beside the first."""
    question = base = ""
    found = []
    for row, cells in rows:
        if cells.get(QUESTION):
            question, base = cells[QUESTION], ""
        base = cells.get("base") or base
        more = {QUESTION: question, "base": base} if QUESTION in cells else {}
        found.append((row, {**cells, **more}))
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What other waves ask, to be found by its words."""

    asked: Sequence[Variable]
    chosen: Mapping[str, str]

    def item(self, question: str) -> str:
        """The item a question is about; nothing where no wave asks it in these words."""
        for words in (question, _NUMBERED.sub("", question, count=1)):
            folded = fold_text(words)
            if folded in self.chosen:
                return self.chosen[folded]
            for each in self.asked:
                if folded and folded in {fold_text(each.text), fold_text(each.label), fold_text(each.item)}:
                    return each.item
        return ""

    def of(self, item: str) -> Variable | None:
        return next((each for each in self.asked if each.item == item), None)

    def answer(self, item: str, words: str, *, named: bool) -> tuple[str, bool]:
        """The code of an answer, or the id of a net (then True), by its words.

        Where the item itself is ``named``, so may the answer be: "agree" is then the net of that id, and
        not the answer "Agree".
        """
        each = self.of(item)
        if each is None or not words:
            return "", False
        if named and words in {net.id for net in each.nets} - {answer.code for answer in each.answers}:
            return words, True
        nets = {net.id: {fold_label(net.id), fold_label(net.label)} for net in each.nets}
        net = next((name for name, called in nets.items() if fold_label(words) in called), "")
        code = answer_code(each.answers, words)
        return (code, False) if code else (net, bool(net))


def _line(row: CsvRow, cells: Cells, known: _Known) -> Line:
    question = cells.get(QUESTION, "")
    item = cells.get("item") or (known.item(question) if question else "")
    answer, net = known.answer(item, cells.get("answer", ""), named=bool(cells.get("item")))
    people = _PEOPLE.fullmatch(cells.get("base", ""))
    own = {name: cells.get(name, "") for name in COLUMNS}
    own |= {
        "id": own["id"] or f"row-{row.number}",
        "group": own["group"] or question,
        "kind": own["kind"] or ("net" if net else ""),
        "label": own["label"] or cells.get("answer", ""),
        "base": people.group(1) if people else own["base"],
        "item": item,
        "answer": answer or own["answer"],
    }
    return Line(row.number, question, own)


def _as_wholes(lines: Sequence[Line], known: _Known) -> tuple[Line, ...]:
    """The answers to one question that add to a whole are parts of it; a net is of the answers it sums."""
    by_group: dict[str, list[Line]] = {}
    for line in lines:
        if line.question:
            by_group.setdefault(line.cells["group"], []).append(line)
    whole = {line.number for group in by_group.values() for line in _parts(group)}
    ids = {
        (line.cells["item"], line.cells["answer"]): line.cells["id"] for line in lines if line.cells["item"]
    }
    return tuple(
        Line(
            line.number,
            line.question,
            {
                **line.cells,
                "part": line.cells["part"] or ("yes" if line.number in whole else ""),
                "of": line.cells["of"] or _of(line, known, ids),
            },
        )
        for line in lines
    )


def _parts(group: Sequence[Line]) -> Sequence[Line]:
    shares = [line for line in group if line.cells["kind"] in ("", "share")]
    sizes = [match for line in shares if (match := _NUMBER.fullmatch(line.cells["percent"]))]
    total = sum(float(size.group(1)) for size in sizes)
    return shares if len(sizes) > 1 and WHOLE[0] <= total <= WHOLE[1] else ()


def _of(line: Line, known: _Known, ids: Mapping[tuple[str, str], str]) -> str:
    """The ids of the figures a net sums, where all of them are printed."""
    item = known.of(line.cells["item"])
    if line.cells["kind"] != "net" or item is None:
        return ""
    codes = [answer.code for answer in item.answers if answer.net == line.cells["answer"]]
    found = [ids.get((item.item, code), "") for code in codes]
    return ";".join(found) if found and all(found) else ""
