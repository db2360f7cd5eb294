"""Every count and base of the research-software study, counted again by other means.

The report is made as anybody would make it; then the published files are counted with the standard
library alone: ``csv``, ``Counter`` and the questionnaires read as plain TOML. Nothing of the code that
reads, counts or measures is used. Every figure of every item and group must agree, and none be missing.

    python proofs/recount.py --data DIR     the folder with the published files
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.problem import Refusal
from goldenthread.analysis.report.figures import figures, figures_text
from goldenthread.analysis.run import analyse

STUDY = Path(__file__).parents[1] / "examples" / "research-software" / "study.toml"
HEADING = re.compile(r"(\w+)(?:\[(\w+)\])?\. ")
SHOWN_DIFFERENCES = 20

Toml = Mapping[str, Any]
Person = dict[str, str]
"""What one person said, by item: an answer's code; an item is missing where nothing was said."""
Key = tuple[str, str, str | None, str | None, str]
"""Item, wave, group, level and answer, as in figures.json."""
Figure = tuple[float, int]
"""A count and its base."""
Recount = dict[Key, Figure]


@dataclass(frozen=True)
class Wave:
    """One wave: its people, and for each of its items the answers' codes and nets."""

    id: str
    people: list[Person]
    answers: Mapping[str, Toml]


def main(arguments: list[str] | None = None) -> int:
    """Compare the report's figures with ours; print the differences, then one line of JSON."""
    parser = argparse.ArgumentParser(description="Count the research-software study again.")
    parser.add_argument("--data", type=Path, help="the folder that holds the published files")
    chosen, _ = parser.parse_known_args(arguments)
    if chosen.data is None:
        print("The published answers are not part of this repository: give their folder with --data.")
        return _say({"holds": None, "needs": "--data DIR"})
    try:
        reported, ours = reported_figures(chosen.data), recount(chosen.data)
    except Refusal as refusal:
        print(refusal)
        return _say({"holds": False, "mismatches": None})
    found = list(differences(reported, ours))
    for difference in found[:SHOWN_DIFFERENCES]:
        print(difference)
    return _say(
        {
            "holds": not found and len(ours) > 0,
            "cells": sum(base > 0 for _, base in ours.values()),
            "reported": len(reported),
            "mismatches": len(found),
        }
    )


def _say(found: Mapping[str, object]) -> int:
    print(json.dumps({"proof": "recount", **found}))
    return 1 if found["holds"] is False else 0


def reported_figures(data: Path) -> Recount:
    """Counts and bases from the figures.json of a report on the data."""
    written = figures_text(figures(analyse(read_study(STUDY, data))))
    estimates = json.loads(written)["estimates"]
    return {
        (each["item"], each["wave"], each["group"], each["level"], each["answer"]): (
            each["count"],
            each["base"],
        )
        for each in estimates
    }


def differences(reported: Recount, ours: Recount) -> Iterator[str]:
    """A figure with no base may be left out of a report; every other must be there and agree."""
    for key in sorted(reported.keys() | ours.keys(), key=str):
        theirs, mine = reported.get(key), ours.get(key, (0.0, 0))
        if not mine[1] and (theirs is None or not theirs[1]):
            continue
        if theirs is None or theirs[1] != mine[1] or abs(theirs[0] - mine[0]) > 1e-9:
            yield f"{key}: the report says {theirs}, the recount {mine}"


def recount(data: Path) -> Recount:
    """Every count and base of the study, by the keys of figures.json."""
    study = _toml(STUDY)
    found: Recount = {}
    for entry in study["waves"]:
        wave = _read(_toml(STUDY.parent / entry["questionnaire"]), data / entry["responses"], entry["id"])
        left_out = set(entry.get("not_reported", ()))
        for group, level, people in _groups(study, wave):
            place = (wave.id, group, level)
            found.update(_items(wave, people, left_out, place))
            for combination in study.get("combinations", ()):
                if all(part in wave.answers for part in combination["parts"]):
                    found.update(_combined(wave, people, combination, place))
    return found


def _groups(study: Toml, wave: Wave) -> Iterator[tuple[str | None, str | None, list[Person]]]:
    """Everybody, then the people of each level; those who gave no answer are a level of their own."""
    yield None, None, wave.people
    for grouping in study["groups"]:
        levels: dict[str, list[Person]] = defaultdict(list)
        for person in wave.people:
            levels[person.get(grouping["item"], "")].append(person)
        for level, people in levels.items():
            yield grouping["item"], level, people


def _items(
    wave: Wave, people: Iterable[Person], left_out: set[str], place: tuple[str, str | None, str | None]
) -> Recount:
    """Figures of every item that is reported; a grouping is not broken down by itself."""
    people = list(people)
    found: Recount = {}
    for item, offered in wave.answers.items():
        if offered["question"] not in left_out and item != place[1]:
            said = Counter(person[item] for person in people if item in person)
            base = sum(said.values())
            for answer, codes in _shown(offered).items():
                found[item, *place, answer] = (float(sum(said[code] for code in codes)), base)
    return found


def _combined(
    wave: Wave, people: Iterable[Person], combination: Toml, place: tuple[str, str | None, str | None]
) -> Recount:
    """A mean counts each person who answered every part by the share of parts; pooled adds the parts."""
    parts = combination["parts"]
    if combination["method"] == "mean":
        people = [person for person in people if all(part in person for part in parts)]
        weight, bases = 1 / len(parts), [len(people)]
    else:
        people = list(people)
        weight, bases = 1.0, [sum(part in person for person in people) for part in parts]
    said = Counter(person[part] for person in people for part in parts if part in person)
    return {
        (combination["id"], *place, answer): (weight * sum(said[code] for code in codes), sum(bases))
        for answer, codes in _shown(wave.answers[parts[0]]).items()
    }


def _shown(offered: Toml) -> dict[str, list[str]]:
    """The codes each answer and each net counts; answers outside the base are left out."""
    counted = [answer for answer in offered["answers"] if not answer.get("outside")]
    alone = {answer["code"]: [answer["code"]] for answer in counted}
    nets = {
        net["id"]: [answer["code"] for answer in counted if answer.get("net") == net["id"]]
        for net in offered.get("nets", ())
    }
    return {**alone, **nets}


def _read(questionnaire: Toml, path: Path, wave: str) -> Wave:
    """One wave's people, item by item, with answers to questions they were led past left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *lines = csv.reader(file)
    columns = {(m[1], m[2]): place for place, text in enumerate(heading) if (m := HEADING.match(text))}
    questions = [(q, section) for section in questionnaire["sections"] for q in section["questions"]]
    readers = [_reader(questionnaire, question, columns) for question, _ in questions]
    people = []
    for line in lines:
        person: Person = {}
        by_question: dict[str, str] = {}
        for (question, section), read in zip(questions, readers, strict=True):
            if all(_holds(each["show_if"], by_question) for each in (section, question) if "show_if" in each):
                said = read(line)
                person.update(said)
                by_question[question["id"]] = said.get(question["item"], "")
        people.append(person)
    return Wave(wave, people, _answers(questionnaire))


def _reader(
    questionnaire: Toml, question: Toml, columns: Mapping[tuple[str, str | None], int]
) -> Callable[[list[str]], Person]:
    """What reads one question's cells from a line into answers by item."""
    name, kind = question["id"], question["kind"]
    offered = _offered(questionnaire, question)
    codes = {
        _bare(word): "" if answer.get("outside") else answer["code"]
        for answer in offered.get("answers", ())
        for word in (answer["code"], answer["label"], *answer.get("aliases", ()))
    }
    if kind == "multiple":
        ticks = {f"{question['item']}.{a['code']}": columns[name, a["code"]] for a in offered["answers"]}
        return lambda line: _ticked(line, ticks)
    parts = {row["item"]: columns[name, row["id"]] for row in question.get("rows", ())}
    if not parts and codes:
        parts = {question["item"]: next(place for (code, _), place in columns.items() if code == name)}
    return lambda line: _coded(line, parts, codes)


def _coded(line: list[str], parts: Mapping[str, int], codes: Mapping[str, str]) -> Person:
    """An answer's code for each part; nothing for a blank or an answer outside the base."""
    said = {item: codes[_bare(line[place])] for item, place in parts.items() if _bare(line[place])}
    return {item: code for item, code in said.items() if code}


def _ticked(line: list[str], ticks: Mapping[str, int]) -> Person:
    """Yes or no for each option, from people who ticked any; from the others nothing."""
    chosen = {item: "yes" if line[place] == "Yes" else "no" for item, place in ticks.items()}
    return chosen if "yes" in chosen.values() else {}


def _bare(cell: str) -> str:
    return cell.strip().casefold()


def _holds(condition: Toml, said: Mapping[str, str]) -> bool:
    """The only form of condition this study uses: one question, one of some answers."""
    return said.get(condition["question"]) in condition["is"]


def _answers(questionnaire: Toml) -> dict[str, Toml]:
    """For each item the answers on offer, their nets, and the question it belongs to."""
    found: dict[str, Toml] = {}
    for section in questionnaire["sections"]:
        for question in section["questions"]:
            offered = {**_offered(questionnaire, question), "question": question["id"]}
            if question["kind"] == "multiple":
                ticks = {"question": question["id"], "answers": [{"code": "no"}, {"code": "yes"}]}
                found.update({f"{question['item']}.{a['code']}": ticks for a in offered["answers"]})
            elif "answers" in offered:
                found.update({row["item"]: offered for row in question.get("rows", [question])})
    return found


def _offered(questionnaire: Toml, question: Toml) -> Toml:
    scale: Toml = questionnaire["scales"][question["scale"]] if "scale" in question else question
    return {key: scale[key] for key in ("answers", "nets") if key in scale}


def _toml(path: Path) -> Toml:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
