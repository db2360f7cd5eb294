"""What an area may set for itself, and what it keeps: one page that leads to each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldenthread.web.access import AreaRequest
from goldenthread.web.workbench.frame import framed

PLACES = (
    ("headcount.see", "headcount", "Headcount", "How many people work where: what response rates stand on."),
    ("lists.see", "pupils", "Pupil numbers", "How many pupils have each type of need, and which few have."),
    ("organisations.see", "organisations", "Organisations", "Schools, nurseries, services and other bodies."),
    (
        "lists.see",
        "lists",
        "Lists and rules",
        "Staff groups, tiers, topics and every line we draw, with its source.",
    ),
    ("accounts.see", "accounts", "Accounts and roles", "Who may sign in, and what each role may do."),
    ("audit.see", "audit", "What was done", "Who did what and when, in words."),
    ("data-map.see", "data-map", "What is held", "Every piece of data: why it is held and for how long."),
)


def every(request: AreaRequest) -> HttpResponse:
    """The places this person may go to."""
    area, may = request.here.area.slug, request.here.actor.may
    places = [(reverse(name, args=[area]), title, words) for what, name, title, words in PLACES if may(what)]
    return render(request, "workbench/settings.html", framed(request, "", rail=None, places=places))
