"""A survey written as a study: the very files that ``goldenthread report`` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomli_w

from goldenthread.analysis.definition.model import Kind
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.ground.area.models import Area
from goldenthread.ground.files.store import kept_as, plain_name
from goldenthread.ground.lists.rules import thresholds
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.amended import corrected
from goldenthread.thread.survey.asked import asked
from goldenthread.thread.survey.headcounts import headcount_text
from goldenthread.thread.survey.invited import said
from goldenthread.thread.survey.models import Survey, Wave
from goldenthread.thread.survey.printed import as_ours, faults
from goldenthread.thread.survey.pupils import OWN, pupils_told

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a study was written, and the kept file of each of its waves, by its code."""

    path: Path
    files: Mapping[str, str]


def write_study(survey: int, folder: Path, answers: Path) -> Written:
    """The survey's ready waves as a study in ``folder``: its study.toml, and what went in.

    The files of answers and figures go into ``answers``, so that the definition can be kept without
    them. Raises Refused where no wave is ready.
    """
    found = Survey.objects.get(pk=survey)
    waves = list(found.waves.filter(state="ready"))
    if not waves:
        raise Refused("No wave is ready yet: bring one in, and accept what could not be read of it.")
    folder.mkdir(parents=True)
    answers.mkdir(parents=True, exist_ok=True)
    study = _study(found, waves)
    study.setdefault("thresholds", _thresholds(found.area_id, waves[-1]))
    study.setdefault("pairs", _pairs([wave.code for wave in waves]))
    names = _names(waves)
    study["waves"] = [_wave(found, wave, names[wave.code], (folder, answers)) for wave in waves]
    study["crosswalk"] = [each for each in study["crosswalk"] if [each["from"], each["to"]] in study["pairs"]]
    told = [*study.get("limits", ()), *(words for wave in waves for words in _told(wave))]
    if told:
        study["limits"] = told
    tables = _tables(found, waves, study)
    for name, text in tables.items():
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(tomli_w.dumps(study), encoding="utf-8")
    return Written(path, {wave.code: wave.file for wave in waves})


def _told(wave: Wave) -> tuple[str, ...]:
    """What a report must say of a wave."""
    return (*faults(wave), *said(wave), *corrected(wave))


def _tables(survey: Survey, waves: list[Wave], study: Shape) -> dict[str, str]:
    """The small tables of a study by file name, and ``study`` told of those that are the area's.

    A survey that brings a table of its own keeps it.
    """
    tables = dict(survey.tables)
    if "headcount" not in study:
        counted = headcount_text(survey.area_id, waves, [each["item"] for each in study["groups"]])
        if counted:
            study["headcount"], tables["headcount.csv"] = "headcount.csv", counted
    if not any(key in study for key in OWN):
        said, files = pupils_told(survey.area_id, waves)
        study.update(said)
        tables.update(files)
    return tables


def _study(survey: Survey, waves: list[Wave]) -> Shape:
    codes = {wave.code for wave in waves}
    links = [link for link in survey.links.order_by("pk") if {link.earlier, link.later} <= codes]
    singles = _singles(waves) | {each["id"] for each in survey.more.get("items", ()) if "answers" in each}
    groups = [each for each in survey.groupings if each["item"] in singles]
    mix = {"mix": survey.mix} if survey.mix in {each["item"] for each in groups} else {}
    reason = {"because": survey.preset_because} if survey.preset_because else {}
    return {
        **survey.more,
        "id": survey.slug,
        "title": survey.title,
        "area": Area.objects.get(pk=survey.area_id).name,
        "people": survey.people,
        **mix,
        "disclosure": {"preset": survey.preset, **reason},
        "groups": groups,
        "crosswalk": [
            {
                "item": link.item,
                "from": link.earlier,
                "to": link.later,
                "comparable": link.comparable,
                "because": link.because or "Decided by the survey's owner.",
            }
            for link in links
        ],
    }


def _thresholds(area: int, newest: Wave) -> Shape:
    """The area's lines as they stood when the newest wave was made ready."""
    return asdict(thresholds(area, on=newest.last_day))


def _pairs(codes: list[str]) -> list[list[str]]:
    """Each wave with the next, and every earlier one with the newest."""
    newest = [[code, codes[-1]] for code in codes[:-1]]
    return [*([one, two] for one, two in pairwise(codes) if two != codes[-1]), *newest]


def _singles(waves: list[Wave]) -> frozenset[str]:
    """The items that results can be broken down by."""
    sheets = (asked(wave) for wave in waves)
    return frozenset(q.item for sheet in sheets if sheet for q in sheet.questions if q.kind is Kind.SINGLE)


def _names(waves: list[Wave]) -> dict[str, str]:
    """What each wave's file is called in a report: as it was when it came, told apart where two are alike."""
    names = {wave.code: plain_name(wave.file_name) for wave in waves}
    alike = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {
        code: f"{Path(name).stem} ({code}){Path(name).suffix}" if name in alike else name
        for code, name in names.items()
    }


def _wave(survey: Survey, wave: Wave, name: str, folders: tuple[Path, Path]) -> Shape:
    folder, answers = folders
    path = (folder if wave.published else answers) / wave.code / name
    path.parent.mkdir(parents=True, exist_ok=True)
    kept_as(survey.area_id, wave.file, path)
    dates = {key: value for key, value in (("opens", wave.opens), ("closes", wave.closes)) if value}
    told: Shape = {**wave.more, "id": wave.code, "label": wave.label, **dates}
    if wave.source:
        told["source"] = wave.source
    file = f"{wave.code}/{name}"
    if wave.published:
        as_ours(wave, path)
        known = {"answered": wave.answered} if wave.answered else {}
        return {**told, "figures": file, **known}
    sheet = asked(wave)
    if sheet is None:
        raise Refused(f"Nobody has said yet how {wave.label} is read.")
    definition = f"questionnaire-{wave.code}.toml"
    (folder / definition).write_text(questionnaire_text(sheet), encoding="utf-8")
    return {**told, "questionnaire": definition, "responses": file}
