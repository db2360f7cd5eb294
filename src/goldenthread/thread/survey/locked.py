"""Surveys and waves, locked for a command that is about to change them."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.models import Survey, Wave

CHANGED = "Somebody changed this while you were looking at it. Nothing of yours was saved yet."


def save(wave: Wave, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(wave, name, value)
    wave.version += 1
    wave.save(update_fields=[*fields, "version"])


def survey_named(area: int, slug: str, *, lock: bool = False) -> Survey:
    surveys = Survey.objects.select_for_update() if lock else Survey.objects.all()
    found = surveys.filter(area_id=area, slug=slug).first()
    if found is None:
        raise Refused("There is no such survey.")
    return found


def survey_locked(area: int, slug: str) -> Survey:
    return survey_named(area, slug, lock=True)


def wave_locked(area: int, survey: str, code: str, version: int | None) -> Wave:
    found = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("survey")
        .filter(survey__area_id=area, survey__slug=survey, code=code)
        .first()
    )
    if found is None:
        raise Refused("There is no such wave.")
    if version is not None:
        same_version(found.version, version)
    return found


def same_version(stands: int, given: int) -> None:
    if stands != given:
        raise Conflict(CHANGED)
