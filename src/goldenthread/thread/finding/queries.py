"""Reading builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from goldenthread.thread.finding.models import Build
from goldenthread.thread.finding.place import builds_home

FILES = {
    "report.html": "text/html; charset=utf-8",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "tables.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "figures.json": "application/json",
}
"""The files a person may take away, and what each is."""


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """A build as pages list it.

    ``kinds`` counts findings by kind, one for each item asked in the newest wave; ``waves`` are (label,
    answered), ``files`` which file each was, by its code.
    """

    id: int
    survey: str
    title: str
    number: int
    state: str
    said: str
    who: str
    asked: datetime
    ended: datetime | None
    kinds: Mapping[str, int]
    waves: tuple[tuple[str, int | None], ...]
    files: Mapping[str, str]

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return sum(self.kinds.values())

    @property
    def busy(self) -> bool:
        """Whether it is still being made."""
        return self.state in ("waiting", "running")

    @property
    def took(self) -> timedelta | None:
        """How long it took, from being asked for."""
        return self.ended - self.asked if self.ended else None


def builds(area: int, survey: str) -> tuple[BuildFacts, ...]:
    """Every build of a survey, newest first."""
    found = Build.objects.filter(survey__area_id=area, survey__slug=survey).select_related("survey", "by")
    return tuple(map(_facts, found))


def build(area: int, survey: str, number: int | None = None) -> BuildFacts | None:
    """One build by its number, or the newest that is done."""
    found = Build.objects.filter(survey__area_id=area, survey__slug=survey).select_related("survey", "by")
    wanted = found.filter(state="done") if number is None else found.filter(number=number)
    first = wanted.first()
    return None if first is None else _facts(first)


def every_folder() -> tuple[Path, ...]:
    """The folder of each done build of every area: for a backup of it all."""
    found = Build.objects.filter(state="done").order_by("pk").values_list("folder", flat=True)
    return tuple(builds_home() / folder for folder in found)


def latest(area: int) -> BuildFacts | None:
    """The newest done build of any survey of the area."""
    found = Build.objects.filter(survey__area_id=area, state="done").select_related("survey", "by")
    first = found.order_by("-ended").first()
    return None if first is None else _facts(first)


def newest_of_each(area: int) -> tuple[BuildFacts, ...]:
    """The newest done build of every survey that has one, the one built last first."""
    found = Build.objects.filter(survey__area_id=area, state="done").select_related("survey", "by")
    newest: dict[int, Build] = {}
    for each in found.order_by("-ended", "-number"):
        newest.setdefault(each.survey_id, each)
    return tuple(map(_facts, newest.values()))


def file_of(area: int, survey: str, number: int, name: str) -> Path | None:
    """Where a file of a done build is; None where there is none of that name."""
    found = Build.objects.filter(
        survey__area_id=area, survey__slug=survey, number=number, state="done"
    ).first()
    if found is None or name not in FILES:
        return None
    path = builds_home() / found.folder / "report" / name
    return path if path.is_file() else None


def folder_of(build_id: int) -> Path:
    """The folder of a build; its cubes are unprotected counts and never leave this room."""
    return builds_home() / Build.objects.get(pk=build_id).folder


def _facts(found: Build) -> BuildFacts:
    return BuildFacts(
        id=found.pk,
        survey=found.survey.slug,
        title=found.survey.title,
        number=found.number,
        state=found.state,
        said=found.said,
        who=str(found.by) if found.by else "",
        asked=found.asked,
        ended=found.ended,
        kinds=found.headline,
        waves=tuple((each["label"], each["answered"]) for each in found.waves),
        files={each["code"]: each.get("file", "") for each in found.waves},
    )
