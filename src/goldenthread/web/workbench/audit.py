"""Who did what, newest first."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime

from goldenthread.ground.audit.queries import A_PAGE, SYSTEM, Happening, doers, trail
from goldenthread.ground.days import said
from goldenthread.web.access import AreaRequest
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed

Day = tuple[str, list[tuple[str, Happening]]]


def every(request: AreaRequest) -> HttpResponse:
    """What happened in the area, by person and by day."""
    area = request.here.area.id
    sent = {name: typed.words(request.GET, name) for name in ("who", "day")}
    day = typed.day(sent["day"])
    found = trail(area, who=typed.number(sent["who"]), day=day, page=typed.page(request.GET))
    chosen = {name: value for name, value in sent.items() if value}
    people = [(str(account), name) for account, name in doers(area)]
    context = framed(
        request,
        "",
        listing=found,
        days=_by_day(found.rows),
        page=Paginator(range(found.total), A_PAGE).get_page(found.number),
        query=f"{urlencode(chosen)}&" if chosen else "",
        asked=sent,
        chosen=bool(chosen),
        unread=bool(sent["day"]) and day is None,
        people=[("", "Anybody"), *people, ("0", SYSTEM)],
    )
    return render(request, "workbench/audit.html", context)


def _by_day(rows: tuple[Happening, ...]) -> list[Day]:
    """The happenings under their days, each with its time of day."""
    days: dict[date, list[tuple[str, Happening]]] = {}
    for each in rows:
        days.setdefault(localdate(each.at), []).append((f"{localtime(each.at):%H:%M}", each))
    return [(said(day), some) for day, some in days.items()]
