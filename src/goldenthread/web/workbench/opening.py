"""The build a page is of: the newest, or the one its address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from goldenthread.analysis.problem import Refusal
from goldenthread.thread.finding import explore, queries
from goldenthread.web.access import AreaRequest
from goldenthread.web.workbench import typed


@dataclass(frozen=True, slots=True)
class Seen:
    """An opened build. ``newest`` is the survey's newest number; ``asked`` where the address named it."""

    build: queries.BuildFacts
    view: explore.Opened
    newest: int
    asked: bool

    @property
    def query(self) -> str:
        """What keeps the next page with this build: ``?build=1``, or nothing."""
        return f"?{urlencode(self.kept)}" if self.kept else ""

    @property
    def kept(self) -> dict[str, str]:
        """The same as the parts of a question."""
        return {"build": str(self.build.number)} if self.asked else {}

    @property
    def older(self) -> bool:
        """Whether a newer build stands beside it."""
        return self.build.number < self.newest


def seen(request: AreaRequest, survey: str) -> Seen | None:
    """The build the address asks for; None where the survey has none yet, or its figures are gone.

    Raises Http404 for a number that is no done build of the survey.
    """
    asked = typed.words(request.GET, "build")
    newest = queries.build(request.here.area.id, survey)
    if newest is None:
        return None
    build = newest
    if asked:
        number = typed.number(asked)
        found = None if number is None else queries.build(request.here.area.id, survey, number)
        if found is None or found.state != "done":
            raise Http404
        build = found
    try:
        return Seen(build, explore.opened(build.id), newest.number, asked=bool(asked))
    except Refusal:
        return None


def item_address(request: AreaRequest, survey: str, query: str) -> Callable[[str], str]:
    """Where each item's page is, with the same build."""
    return lambda item: reverse("item", args=[request.here.area.slug, survey, item]) + query
