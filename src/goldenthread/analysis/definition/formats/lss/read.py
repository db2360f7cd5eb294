"""A questionnaire read from a .lss file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldenthread.analysis.definition.formats.expression import NotHeld
from goldenthread.analysis.definition.formats.lss.document import Document, Row, read_document
from goldenthread.analysis.definition.formats.lss.html import from_html
from goldenthread.analysis.definition.formats.lss.leftover import PRIVATE, besides, of_piece, settings
from goldenthread.analysis.definition.formats.lss.routing import (
    Routing,
    depends_on,
    equation,
    is_safe_bare,
    older,
)
from goldenthread.analysis.definition.formats.lss.tables import Group, Piece, base_language, groups
from goldenthread.analysis.definition.formats.lss.types import Taken, taken
from goldenthread.analysis.definition.formats.meaning import Meaning
from goldenthread.analysis.definition.formats.names import as_id, free
from goldenthread.analysis.definition.formats.private import FIELDS, Read
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.model import Condition, Question, Questionnaire, Section
from goldenthread.analysis.definition.words import quoted

LONGEST = 60
_ALWAYS = ("", "1")


def read_lss(file: str, data: bytes) -> Read:
    """The questionnaire in a .lss file, as its questions stand there. Raises Refusal."""
    document = read_document(file, data)
    language = base_language(document)
    return _Reader(document, language).read()


class _Reader:
    """Reads the groups in their order: first every question, then who is asked what."""

    def __init__(self, document: Document, language: str) -> None:
        self._document, self._language = document, language
        self._told: list[Told] = []
        self._routing = Routing()
        self._taken_names: set[str] = set()
        self._sometimes: set[str] = set()
        self._conditions = _by_question(document.rows("conditions"))

    def read(self) -> Read:
        found = groups(self._document, self._language)
        made = [(group, [(piece, self._take(piece)) for piece in group.pieces]) for group in found]
        sections = tuple(self._section(group, pieces) for group, pieces in made)
        self._told += besides(self._document, found, self._language)
        private = tuple(tuple(row.get(name, "") for name in FIELDS) for row in self._document.rows(PRIVATE))
        return Read(self._survey(sections), tuple(self._told), private)

    def _survey(self, sections: tuple[Section, ...]) -> Questionnaire:
        said = settings(self._document, self._language)
        number = next((row.get("sid", "") for row in self._document.rows("surveys")), "")
        title, purpose = (from_html(said.get(f"surveyls_{name}", "")) for name in ("title", "description"))
        self._told += (*title.besides, *purpose.besides)
        return Questionnaire(
            id=f"survey-{number or 1}",
            title=title.text or "A survey",
            sections=tuple(each for each in sections if each.questions or each.title),
            purpose=purpose.text,
        )

    def _take(self, piece: Piece) -> Taken:
        found = taken(piece)
        self._say(piece.code, *found.told)
        if found.questions:
            self._say(piece.code, *of_piece(piece))
        found.questions = [self._named(each) for each in found.questions]
        self._routing.add(piece, found.questions)
        return found

    def _named(self, question: Question) -> Question:
        """With an id that no other question has, and of letters that ours have."""
        name = free(as_id(question.id, "q"), self._taken_names, LONGEST, str)
        if name != question.id:
            self._say(question.id, Told(f"called {quoted(name)} here"))
        return replace(question, id=name, item=name if question.item == question.id else question.item)

    def _section(self, group: Group, pieces: Sequence[tuple[Piece, Taken]]) -> Section:
        name = from_html(group.row.get("group_name", ""))
        number = group.row.get("gid", "")
        show_if = self._condition(group.row.get("grelevance", ""), (), name.text or number, "group")
        section = Section(f"g{number}", name.text or f"Part {number}", (), show_if)
        self._say(section.title, *name.besides, noun="group")
        questions = [each for piece, found in pieces for each in self._asked(piece, found, section)]
        return replace(section, questions=tuple(questions))

    def _asked(self, piece: Piece, found: Taken, section: Section) -> Iterator[Question]:
        if not found.questions:
            return
        rows = self._conditions.get(piece.row.get("qid", ""), ())
        condition = self._condition(piece.row.get("relevance", ""), rows, piece.code, "question")
        for question in found.questions:
            if condition is not None or section.show_if is not None:
                self._sometimes.add(question.id)
            yield replace(question, show_if=condition)

    def _condition(self, text: str, rows: Sequence[Row], about: str, noun: str) -> Condition | None:
        """Who is asked, by the equation or, where there is none, by the older conditions."""
        self._routing.bare.clear()
        try:
            equals = text.strip() not in _ALWAYS
            found = equation(text, self._routing) if equals else older(rows, self._routing) if rows else True
        except NotHeld as why:
            message = f"shown to everybody: who is asked cannot be held ({why})"
            self._say(about, Told(message, lost=True), noun=noun)
            return None
        return self._held(found, about, noun)

    def _held(self, found: Meaning, about: str, noun: str) -> Condition | None:
        if found is False:
            message = "shown to everybody: LimeSurvey shows it to nobody, which cannot be held"
            self._say(about, Told(message, lost=True), noun=noun)
        if isinstance(found, bool):
            return None
        doubtful = self._routing.bare & self._sometimes & depends_on(found)
        if doubtful and not is_safe_bare(found):
            message = (
                "LimeSurvey does not ask those who were not asked "
                f"{quoted(sorted(doubtful)[0])} (there is no .NAOK); here the condition alone decides"
            )
            self._say(about, Told(message, lost=True), noun=noun)
        return found

    def _say(self, about: str, *told: Told, noun: str = "question") -> None:
        self._told += (replace(each, about=about, noun=noun) for each in told)


def _by_question(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get("qid", ""), []).append(row)
    return found
