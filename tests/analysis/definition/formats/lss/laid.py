"""Surveys laid out as LimeSurvey lays them out, in both of its ways, by nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.analysis.definition.formats.take import Taken, take
from goldenthread.analysis.definition.formats.told import told_lines
from goldenthread.analysis.definition.model import Question

Rows = list[dict[str, str]]
TEXTS = {
    "questions": ("question", "help"),
    "subquestions": ("question", "help"),
    "groups": ("group_name", "description"),
}


@dataclass
class Asked:
    """A question as somebody set it up there: type, code, text, and what hangs on it."""

    type: str
    code: str
    text: str = "What about it?"
    subs: Sequence[tuple[str, str]] = ()
    answers: Sequence[tuple[str, str]] = ()
    second: Sequence[tuple[str, str]] = ()
    settings: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)


@dataclass
class Laid:
    """A survey of one group, or of several."""

    groups: list[list[Asked]]
    group: dict[str, str] = field(default_factory=dict)
    survey: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Rows] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    kind: str = "Survey"

    def bytes(self, *, newer: bool = False) -> bytes:
        """The file; ``newer`` is how versions from 4 on keep texts, in tables of their own."""
        tables = self.rows()
        head = {"LimeSurveyDocType": self.kind, "DBVersion": "486" if newer else "261"}
        head["languages"] = "".join(f"<language>{each}</language>" for each in self.languages)
        parts = [f" <{name}>{value}</{name}>\n" for name, value in head.items()]
        parts += (_table(name, rows) for name, rows in (_apart(tables) if newer else tables).items() if rows)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n' + "".join(parts) + "</document>\n"
        ).encode()

    def rows(self) -> dict[str, Rows]:
        """Its tables as versions up to 3 keep them."""
        found: dict[str, Rows] = {
            "answers": [],
            "groups": [],
            "questions": [],
            "subquestions": [],
            "question_attributes": [],
        }
        number = 10
        for gid, group in enumerate(self.groups, 1):
            found["groups"].append(
                {
                    "gid": str(gid),
                    "sid": "77",
                    "group_name": f"Part {gid}",
                    "group_order": str(gid),
                    "description": "",
                    "language": "en",
                    "grelevance": "",
                    **self.group,
                }
            )
            for place, asked in enumerate(group):
                number = _lay(found, asked, gid, place, number)
        found["surveys"] = [{"sid": "77", "language": "en", **self.survey}]
        found["surveys_languagesettings"] = [
            {
                "surveyls_survey_id": "77",
                "surveyls_language": "en",
                "surveyls_title": "Staff survey",
                **self.said,
            }
        ]
        return {**found, **self.tables}


def _lay(found: dict[str, Rows], asked: Asked, gid: int, place: int, number: int) -> int:
    qid = str(number)
    base = {
        "sid": "77",
        "gid": str(gid),
        "language": "en",
        "relevance": "1",
        "scale_id": "0",
        "help": "",
        "preg": "",
    }
    own = {
        "qid": qid,
        "parent_qid": "0",
        "type": asked.type,
        "title": asked.code,
        "question": asked.text,
        "other": "N",
        "mandatory": "N",
        "question_order": str(place),
    }
    found["questions"].insert(0, {**base, **own, **asked.more})
    for order, (code, text) in enumerate(asked.subs):
        number += 1
        row = {
            "qid": str(number),
            "parent_qid": qid,
            "type": "T",
            "title": code,
            "question": text,
            "question_order": str(order),
        }
        found["subquestions"].insert(0, {**base, **row})
    for scale, answers in enumerate((asked.answers, asked.second)):
        for order, (code, text) in enumerate(answers):
            found["answers"].insert(
                0,
                {
                    "qid": qid,
                    "code": code,
                    "answer": text,
                    "sortorder": str(order),
                    "language": "en",
                    "scale_id": str(scale),
                },
            )
    found["question_attributes"] += (
        {"qid": qid, "attribute": name, "value": value} for name, value in asked.settings.items()
    )
    return number + 1


def _apart(tables: dict[str, Rows]) -> dict[str, Rows]:
    texts: dict[str, Rows] = {"group_l10ns": [], "question_l10ns": [], "answer_l10ns": []}
    made: dict[str, Rows] = {}
    for name, rows in tables.items():
        made[name] = [dict(row) for row in rows]
        for aid, row in enumerate(made[name]):
            if name in TEXTS:
                key = "gid" if name == "groups" else "qid"
                told = {each: row.pop(each, "") for each in (*TEXTS[name], "language")}
                texts["group_l10ns" if name == "groups" else "question_l10ns"].append({key: row[key], **told})
            elif name == "answers":
                row["aid"] = str(aid)
                texts["answer_l10ns"].append(
                    {"aid": str(aid), "answer": row.pop("answer"), "language": row.pop("language")}
                )
    return {**made, **texts}


def _table(name: str, rows: Rows) -> str:
    fields = "".join(
        f"   <fieldname>{each}</fieldname>\n" for each in dict.fromkeys(key for row in rows for key in row)
    )
    lines = "".join(
        "   <row>\n"
        + "".join(f"    <{key}><![CDATA[{value}]]></{key}>\n" for key, value in row.items())
        + "   </row>\n"
        for row in rows
    )
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{lines}  </rows>\n </{name}>\n"


def read(*asked: Asked, newer: bool = False, **more: object) -> Taken:
    """What is taken of a survey of one group."""
    return take("survey.lss", Laid([list(asked)], **more).bytes(newer=newer))  # type: ignore[arg-type]


def questions(*asked: Asked) -> tuple[Question, ...]:
    return read(*asked).whole.questions


def lines(*asked: Asked, **more: object) -> tuple[str, ...]:
    """What is told of it, but for the note on settings that every survey has."""
    found = told_lines(read(*asked, **more).told)
    return tuple(line for line in found if not line.startswith("The settings of the survey"))
