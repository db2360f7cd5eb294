"""Ask: who is asked what. Questions and minutes for each role, a map of the routing, and dead questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.analysis.definition.model import Question, Questionnaire
from goldenthread.thread.survey.answering.minutes import Walk, walk
from goldenthread.thread.survey.answering.roles import BLANK, Role, Share, roles, share, telling
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Cell, Column, Option, Row
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.routing_words import dead
from goldenthread.web.workbench.surveys import survey_or_404

NOBODY = "Nobody can come here"


@dataclass(frozen=True, slots=True)
class Heading:
    """A role at the head of a column: its number in the list above, and its name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """What of a section a role is asked; ``level`` is ``all``, ``some`` or ``none``."""

    role: Heading
    level: str
    words: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """A section, and what each role is asked of it."""

    title: str
    cells: tuple[MapCell, ...]


def ways(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Who is asked what, by an answer that somebody picks or the one most questions hang on."""
    found = asking_or_404(request, survey, wave)
    whole = draft_of(found).whole
    walked = walk(whole) if whole.questions else None
    candidates = telling(whole)
    apart = _picked(candidates, request.GET.get("by", ""))
    every = roles(whole, apart) if apart and walked else ()
    context = framed(
        request,
        "ask",
        survey=survey_or_404(request, survey),
        asking=found,
        whole=whole,
        walked=walked,
        apart=apart,
        candidates=[Option(each.id, each.text, chosen=each is apart) for each in candidates],
        every=[each for each in every if each.code],
        span=_span([each.walk for each in every if each.walk]),
        role_columns=[Column("Role"), Column("Questions", number=True), Column("Minutes", number=True)],
        role_rows=[
            _role_row(_heading(number, role, apart), role, len(whole.questions))
            for number, role in enumerate(every, 1)
        ],
        headings=_headings(every),
        map_rows=_map(whole, every),
        dead=dead(whole, walked.ever) if walked else (),
    )
    return render(request, "workbench/ways.html", context)


def _picked(candidates: Sequence[Question], name: str) -> Question | None:
    return next((each for each in candidates if each.id == name), candidates[0] if candidates else None)


def _span(walks: Sequence[Walk]) -> tuple[str, str]:
    """Questions and minutes, from the least of any role to the most."""
    if not walks:
        return "", ""
    counts = min(each.fewest for each in walks), max(each.longest for each in walks)
    return _range(counts), _range((min(w.minutes[0] for w in walks), max(w.minutes[1] for w in walks)))


def _range(ends: tuple[int, int]) -> str:
    least, most = ends
    return f"{most}" if least == most else f"{least} to {most}"


def _heading(number: int, role: Role, apart: Question | None) -> Cell:
    """A role's name, which leads to its preview."""
    if not role.code or apart is None:
        return Cell(BLANK)
    chosen = urlencode({"by": apart.id, "as": role.code})
    return Cell(f"{number}. {role.label}", f"../../preview/?{chosen}" if role.walk else "")


def _role_row(name: Cell, role: Role, of: int) -> Row:
    if role.walk is None:
        return Row((name, Cell(NOBODY), Cell("")))
    asked = _range((role.walk.fewest, role.walk.longest))
    return Row((name, Cell(asked, soft=f"of {of}"), Cell(_range(role.walk.minutes))))


def _headings(every: Sequence[Role]) -> tuple[Heading, ...]:
    return tuple(Heading(number, role.label) for number, role in enumerate(every, 1) if role.code)


def _map(whole: Questionnaire, every: Sequence[Role]) -> list[MapRow]:
    """Sections down, roles across."""
    walks = [role.walk for role in every if role.code]
    return [
        MapRow(
            section.title,
            tuple(
                _cell(heading, share(section, walked) if walked else Share(0, 0, len(section.questions)))
                for heading, walked in zip(_headings(every), walks, strict=True)
            ),
        )
        for section in whole.sections
        if section.questions
    ]


def _cell(role: Heading, asked: Share) -> MapCell:
    if asked.surely == asked.of:
        return MapCell(role, "all", f"All {asked.of}" if asked.of > 1 else "All")
    if asked.surely + asked.perhaps == 0:
        return MapCell(role, "none", "None")
    if not asked.perhaps:
        return MapCell(role, "some", f"{asked.surely} of {asked.of}")
    if not asked.surely:
        return MapCell(role, "some", f"Perhaps {asked.perhaps} of {asked.of}")
    return MapCell(role, "some", f"{asked.surely} of {asked.of}, perhaps {asked.perhaps} more")
