"""The raw files of Anyshire as survey tools write them: LimeSurvey (2023) and Microsoft Forms (2025).

The answers of the people drawn are set out as their tool lays them out; then a few cells are spoiled
the way people spoil them (``spoiled.csv``), so that a reader has something to find.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import staff
import xlsxwriter
from staff import NOT_ASKED, OUTSIDE, Toml, Value, uniform

DRAWN_WITH = 11
"""The seed that chose who answered the committed waves."""
SKIPPED, LEFT_EARLY = 0.012, 0.04
"""The share of questions left blank, and of people who stop before the end."""
SAID = {
    OUTSIDE: "not-my-role",
    0: "strongly-disagree",
    1: "disagree-somewhat",
    2: "in-between",
    3: "agree-somewhat",
    4: "strongly-agree",
}
OPENED = {
    "2023": datetime.fromisoformat("2023-06-05T08:00"),
    "2025": datetime.fromisoformat("2025-06-02T08:00"),
}
SAVED = datetime.fromisoformat("2025-07-21T09:00")

Given = dict[str, Value]
Cell = str | int | datetime
Columns = dict[str, list[Cell]]


@dataclass(frozen=True)
class Tool:
    """How one tool writes: the heading of a part, the word for an answer, the cells of ticked options."""

    heading: Callable[[Toml, Toml], str]
    word: Callable[[Toml], str]
    ticked: Callable[[Toml, Sequence[Given], Mapping[str, str]], Columns]


def answers(wave: str, seed: int = DRAWN_WITH, *, self_selected: bool = False) -> list[Given]:
    """What each person drawn gave, by question id (``question.row`` in a matrix), in file order."""
    people = staff.draw(seed, wave=wave, self_selected=self_selected)
    people = people[np.argsort(uniform(f"order:{wave}", len(people)))]
    given: list[Given] = [{} for _ in people]
    asked = list(staff.questions(wave))
    stops = _stops(wave, len(people), len(asked))
    for place, (question, conditions) in enumerate(asked):
        for row, person in enumerate(people):
            shown = all(staff.holds(each, given[row]) for each in conditions)
            for part in staff.parts(question):
                value = _value(question, part, wave, int(person)) if shown and place < stops[row] else None
                given[row][key(question, part)] = value
        _skip(wave, question, given)
    _add_comments(wave, given)
    return given


def key(question: Toml, part: Toml) -> str:
    """The id answers are held under."""
    return f"{question['id']}.{part['id']}" if "rows" in question else str(question["id"])


def _stops(wave: str, people: int, asked: int) -> list[int]:
    """How many questions each person gets through: mostly all, for a few only the first part."""
    drawn = uniform(f"left early:{wave}", people)
    return [asked if each > LEFT_EARLY else 8 + int(asked * each / LEFT_EARLY / 2) for each in drawn]


def _skip(wave: str, question: Toml, given: Sequence[Given]) -> None:
    for part in staff.parts(question):
        for row, drawn in enumerate(uniform(f"skipped:{wave}:{part['item']}", len(given))):
            if drawn < SKIPPED:
                given[row][key(question, part)] = None


def _value(question: Toml, part: Toml, wave: str, person: int) -> Value:
    """What one person says to one question; None where they have nothing to say."""
    everybody = staff.population()
    said = everybody.said.get((wave, part["item"]))
    if said is not None:
        return None if said[person] == NOT_ASKED else SAID[int(said[person])]
    facts = everybody.facts.get((wave, part["item"]))
    return None if facts is None else _on_offer(question, facts[person])


def _on_offer(question: Toml, value: Value) -> Value:
    """The answer as this questionnaire offers it: an option it lacks cannot be chosen."""
    codes = [answer["code"] for answer in question.get("answers", ())]
    if isinstance(value, tuple):
        return tuple(code for code in value if code in codes) or (("none",) if "none" in codes else ())
    return value if value in codes or not codes else None


def _add_comments(wave: str, given: Sequence[Given]) -> None:
    """Comments spread over the file; in 2023 the longer ones say which team should read them."""
    ids = {question["item"]: question["id"] for question, _ in staff.questions(wave)}
    written = [row for row in staff.rows("comments.csv") if row["wave"] == wave]
    where = np.argsort(uniform(f"comments:{wave}", len(given)))
    for comment, row in zip(written, where, strict=False):
        given[row][ids[comment["item"]]] = comment["text"]
        if "team" in ids and len(comment["text"]) > 70:
            given[row][ids["team"]] = "Casework team"


def columns(wave: str, given: Sequence[Given], tool: Tool) -> Columns:
    """Every question's cells under its heading, in the questionnaire's order."""
    found: Columns = {}
    for question, _ in staff.questions(wave):
        words = {each["code"]: tool.word(each) for each in offered(wave, question)}
        if question["kind"] == "multiple":
            found.update(tool.ticked(question, given, words))
            continue
        for part in staff.parts(question):
            cells = [_cell(each[key(question, part)], words) for each in given]
            found[tool.heading(question, part)] = cells
    return found


def offered(wave: str, question: Toml) -> Sequence[Toml]:
    """The answers a question offers, its own or its scale's."""
    scale = staff.questionnaire(wave)["scales"].get(question.get("scale"), question)
    answers_offered: Sequence[Toml] = scale.get("answers", ())
    return answers_offered


def _cell(value: Value, words: Mapping[str, str]) -> Cell:
    if value is None or isinstance(value, tuple):
        return ""
    return value if isinstance(value, int) else words.get(value, value)


def _chosen(given: Given, question: Toml) -> tuple[str, ...]:
    value = given[question["id"]]
    return value if isinstance(value, tuple) else ()


def _a_column_each(question: Toml, given: Sequence[Given], words: Mapping[str, str]) -> Columns:
    """LimeSurvey: a column for each option, Y where it is ticked."""
    return {
        f"{question['id']}[{code}]": ["Y" if code in _chosen(each, question) else "" for each in given]
        for code in words
    }


def _in_one_cell(question: Toml, given: Sequence[Given], words: Mapping[str, str]) -> Columns:
    """Microsoft Forms: the labels in one cell, a semicolon after each."""
    cells = ["".join(f"{words[code]};" for code in _chosen(each, question)) for each in given]
    return {question["text"]: list(cells)}


LIMESURVEY = Tool(
    heading=lambda question, part: key(question, part).replace(".", "[") + "]" * ("rows" in question),
    word=lambda answer: str(answer.get("aliases", [answer["code"]])[0]),
    ticked=_a_column_each,
)
FORMS = Tool(
    heading=lambda _question, part: str(part["text"]),
    word=lambda answer: str(answer["label"]),
    ticked=_in_one_cell,
)


def spoil(wave: str, table: Columns) -> None:
    """Overwrite the cells ``spoiled.csv`` names: the nth filled, or nth empty, cell of a column."""
    for fault in staff.rows("spoiled.csv"):
        if fault["wave"] == wave:
            how, number = fault["cell"].split()
            cells = table[fault["column"]]
            places = [place for place, cell in enumerate(cells) if (cell != "") == (how == "filled")]
            cells[places[int(number) - 1]] = fault["now"]


def _times(wave: str, people: int) -> list[tuple[datetime, datetime]]:
    """When each person began and sent: office hours over six weeks, in the order of the file."""
    days = np.sort(uniform(f"day:{wave}", people) * 42)
    took = [timedelta(minutes=5 + int(9 * each)) for each in uniform(f"minutes:{wave}", people)]
    begun = [OPENED[wave] + timedelta(days=int(day), minutes=int(day % 1 * 600)) for day in days]
    return [(start, start + length) for start, length in zip(begun, took, strict=True)]


def limesurvey(wave: str, *, self_selected: bool = False) -> bytes:
    """The wave as LimeSurvey exports it: byte order mark, code headings, all cells quoted, CRLF."""
    given = answers(wave, self_selected=self_selected)
    table = columns(wave, given, LIMESURVEY)
    spoil(wave, table)
    first: Columns = {
        "id": [number + 1 for number in range(len(given))],
        "submitdate": [str(sent) for _, sent in _times(wave, len(given))],
        "lastpage": [len(staff.questionnaire(wave)["sections"])] * len(given),
        "startlanguage": ["en"] * len(given),
    }
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*first, *table])
    writer.writerows(zip(*first.values(), *table.values(), strict=True))
    return ("\ufeff" + text.getvalue() + "\r\n").encode()


def forms(wave: str, *, self_selected: bool = False) -> bytes:
    """The wave as Microsoft Forms exports it: one sheet, question texts as headings, labels."""
    given = answers(wave, self_selected=self_selected)
    table = columns(wave, given, FORMS)
    spoil(wave, table)
    times = _times(wave, len(given))
    first: Columns = {
        "ID": [number + 1 for number in range(len(given))],
        "Start time": [begun for begun, _ in times],
        "Completion time": [sent for _, sent in times],
        "Email": ["anonymous"] * len(given),
        "Name": [""] * len(given),
    }
    return _workbook({**first, **table})


def _workbook(table: Columns) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": SAVED})
    moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    sheet = book.add_worksheet("Sheet1")
    for place, (heading, cells) in enumerate(table.items()):
        sheet.write_string(0, place, heading)
        for row, cell in enumerate(cells, 1):
            if isinstance(cell, datetime):
                sheet.write_datetime(row, place, cell, moment)
            elif cell != "":
                sheet.write(row, place, cell)
    book.close()
    return file.getvalue()
