"""A questionnaire written as a .lss file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from goldenthread.analysis.definition.formats.lss.document import Row, document_bytes
from goldenthread.analysis.definition.formats.lss.html import to_html
from goldenthread.analysis.definition.formats.lss.leftover import PRIVATE
from goldenthread.analysis.definition.formats.lss.routing import relevance
from goldenthread.analysis.definition.formats.lss.types import OTHER, OTHER_OF_SEVERAL
from goldenthread.analysis.definition.formats.names import Names, Part, free, letters
from goldenthread.analysis.definition.formats.private import FIELDS
from goldenthread.analysis.definition.model import Answer, Condition, Kind, Question, Questionnaire, Section
from goldenthread.analysis.definition.routing import asked

DATABASE = 261
"""LimeSurvey 2.6: every version since reads it."""

LANGUAGE = "en"
LONGEST_CODE, LONGEST_ANSWER = 20, 5
RESERVED = (
    *("lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"),
    *("and", "or", "eq", "ne", "lt", "le", "gt", "ge"),
)
RESERVED_LINES = ("time", "other")
WITH_OTHER = (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE)
TYPES = {
    Kind.SINGLE: "L",
    Kind.SCALE: "L",
    Kind.MULTIPLE: "M",
    Kind.MATRIX: "F",
    Kind.NUMBER: "N",
    Kind.DATE: "D",
    Kind.SHORT_TEXT: "S",
    Kind.LONG_TEXT: "T",
}
_OURS = re.compile(r"survey-([1-9]\d{0,8})")


def lss_names(whole: Questionnaire) -> Names:
    """Codes as LimeSurvey has them: letters and figures, 20 for a question or a line, 5 for an answer."""
    taken = set(RESERVED)
    rows: dict[Part, str] = {}
    codes: dict[Part, str] = {}
    questions = {each.id: free(_lettered(each.id), taken, LONGEST_CODE) for each in whole.questions}
    for question in whole.questions:
        lines = set(RESERVED_LINES)
        rows |= {
            (question.id, row.id): free(letters(row.id) or "SQ", lines, LONGEST_CODE) for row in question.rows
        }
        codes |= {(question.id, old): new for old, new in _codes(question)}
    sections = {section.id: f"g{number}" for number, section in enumerate(whole.sections, 1)}
    return Names(sections, questions, rows, codes)


def lss_bytes(whole: Questionnaire, private: Sequence[Sequence[str]] = ()) -> bytes:
    """The file of a questionnaire under the names of ``lss_names``; ``private`` is our own table."""
    own = [dict(zip(FIELDS, row, strict=True)) for row in private]
    return document_bytes({**_Tables(whole).filled(), PRIVATE: own}, LANGUAGE, DATABASE)


class _Tables:
    """Fills LimeSurvey's tables; every row has a number of its own, as there."""

    def __init__(self, whole: Questionnaire) -> None:
        self._whole, self._known = whole, asked(whole)
        self._sid = _survey_number(whole.id)
        self._last = 0
        self._found: dict[str, list[Row]] = {
            name: [] for name in ("answers", "groups", "questions", "subquestions", "question_attributes")
        }

    def filled(self) -> dict[str, list[Row]]:
        """Every table."""
        for number, section in enumerate(self._whole.sections, 1):
            self._group(number, section)
            for place, question in enumerate(section.questions, 1):
                self._question(number, place, question)
        return {**self._found, **_survey(self._whole, self._sid)}

    def _group(self, number: int, section: Section) -> None:
        row = {
            "gid": str(number),
            "sid": self._sid,
            "group_name": to_html(section.title),
            "group_order": str(number),
            "description": "",
            "language": LANGUAGE,
            "randomization_group": "",
            "grelevance": self._relevance(section.show_if, ""),
        }
        self._found["groups"].append(row)

    def _question(self, group: int, place: int, question: Question) -> None:
        answers = question.scale.answers if question.scale else ()
        other = native_other(question)
        lines = [(row.id, row.text) for row in question.rows]
        listed = [(each.code, each.label) for each in answers if each is not other]
        row = self._line(group, question.id, question.text, place, TYPES[question.kind])
        row |= {
            "help": to_html(question.help),
            "other": "Y" if other else "N",
            "mandatory": "Y" if question.required else "N",
            "relevance": self._relevance(question.show_if, "1"),
        }
        self._found["questions"].append(row)
        under = lines if question.kind is not Kind.MULTIPLE else listed
        self._subquestions(group, row["qid"], under)
        self._answers(row["qid"], listed if question.kind is not Kind.MULTIPLE else [])
        self._settings(row["qid"], question, other)

    def _subquestions(self, group: int, parent: str, lines: Sequence[tuple[str, str]]) -> None:
        for place, (code, text) in enumerate(lines, 1):
            row = self._line(group, code, text, place, "T") | {"parent_qid": parent}
            self._found["subquestions"].append(row)

    def _line(self, group: int, code: str, text: str, place: int, kind: str) -> dict[str, str]:
        self._last += 1
        return {
            "qid": str(self._last),
            "parent_qid": "0",
            "sid": self._sid,
            "gid": str(group),
            "type": kind,
            "title": code,
            "question": to_html(text),
            "preg": "",
            "help": "",
            "other": "N",
            "mandatory": "N",
            "question_order": str(place),
            "language": LANGUAGE,
            "scale_id": "0",
            "same_default": "0",
            "relevance": "1",
            "modulename": "",
        }

    def _answers(self, question: str, listed: Sequence[tuple[str, str]]) -> None:
        self._found["answers"] += (
            {
                "qid": question,
                "code": code,
                "answer": to_html(label),
                "sortorder": str(place),
                "assessment_value": "0",
                "language": LANGUAGE,
                "scale_id": "0",
            }
            for place, (code, label) in enumerate(listed, 1)
        )

    def _settings(self, question: str, held: Question, other: Answer | None) -> None:
        alone = _alone(held, other)
        said = [("other_replace_text", to_html(other.label), LANGUAGE)] if other else []
        said += [("exclude_all_others", alone, "")] if alone else []
        self._found["question_attributes"] += (
            {"qid": question, "attribute": name, "value": value, "language": language}
            for name, value, language in said
        )

    def _relevance(self, condition: Condition | None, usual: str) -> str:
        return usual if condition is None else relevance(condition, self._known)


def native_other(question: Question) -> Answer | None:
    """The answer that LimeSurvey words and places itself; None where it is one among the others there."""
    answers = question.scale.answers if question.scale else ()
    others = [answer for answer in answers if answer.other]
    return others[0] if len(others) == 1 and question.kind in WITH_OTHER else None


def _codes(question: Question) -> Iterator[tuple[str, str]]:
    several, other = question.kind is Kind.MULTIPLE, native_other(question)
    taken = {OTHER_OF_SEVERAL} if several else set[str]()
    for answer in question.scale.answers if question.scale else ():
        if answer is other:
            yield answer.code, OTHER_OF_SEVERAL if several else OTHER
        else:
            longest = LONGEST_CODE if several else LONGEST_ANSWER
            yield answer.code, free(letters(answer.code) or "A", taken, longest)


def _alone(question: Question, other: Answer | None) -> str:
    if question.kind is not Kind.MULTIPLE or question.scale is None:
        return ""
    codes = (each.code for each in question.scale.answers if each.exclusive and each is not other)
    return ";".join(codes)


def _lettered(name: str) -> str:
    stem = letters(name)
    return stem if stem[:1].isalpha() else f"q{stem}"


def _survey_number(name: str) -> str:
    """The number in an id that was read from a .lss file, else one made of the id."""
    found = _OURS.fullmatch(name)
    return found[1] if found else str(100_000 + zlib.crc32(name.encode("utf-8", "replace")) % 900_000)


def _survey(whole: Questionnaire, number: str) -> dict[str, list[Row]]:
    """The survey itself, set up as privately as LimeSurvey can: no names, times or addresses of devices."""
    settings = {
        "sid": number,
        "admin": "",
        "adminemail": "",
        "anonymized": "Y",
        "format": "G",
        "savetimings": "N",
        "language": LANGUAGE,
        "additional_languages": "",
        "datestamp": "N",
        "allowprev": "Y",
        "ipaddr": "N",
        "refurl": "N",
        "showwelcome": "Y",
        "showprogress": "Y",
    }
    said = {
        "surveyls_survey_id": number,
        "surveyls_language": LANGUAGE,
        "surveyls_title": to_html(whole.title),
        "surveyls_description": to_html(whole.purpose),
        "surveyls_welcometext": "",
        "surveyls_endtext": "",
    }
    return {"surveys": [settings], "surveys_languagesettings": [said]}
