"""Ask: a wave known only by printed percentages: typed, checked, and accepted."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, corrections, found, queries
from goldenthread.thread.survey.commands import WaveNews
from goldenthread.thread.survey.printed import Printed
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Download, Row
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.forms import FiguresForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.waves import reading_or_404

HEADINGS = ("question", "answer", "percent", "n")
EXAMPLE = (
    ("I know who to ask for advice", "Agree or strongly agree", "61", "138"),
    ("I know who to ask for advice", "Neither agree nor disagree", "24", "138"),
    ("I know who to ask for advice", "Disagree or strongly disagree", "15", "138"),
)
COLUMNS = [
    Column("Question and answer"),
    Column("As printed", number=True),
    Column("Of", number=True),
    Column("What is wrong"),
    Column("Nearest that could be", number=True),
]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?\s*%?")


def add(request: AreaRequest, survey: str) -> HttpResponse:
    """Type, paste or upload the percentages of a wave whose answers are gone."""
    about = survey_or_404(request, survey)
    form = FiguresForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        news = WaveNews(
            data["label"],
            closes=data["closes"],
            source=data["source"],
            published=True,
            answered=data["answered"],
        )
        stream = data["file"] or io.BytesIO(as_csv(data["table"]).encode())
        name = data["file"].name if data["file"] else "figures.csv"
        try:
            code = commands.bring_in(
                by=request.here.actor, now=now(), survey=survey, news=news, stream=stream, file_name=name
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("figures", area=request.here.area.slug, survey=survey, wave=code)
    explain(request, form)
    template = Download(
        "A table to fill in (CSV)", reverse("figures-template", args=[request.here.area.slug, survey])
    )
    context = framed(
        request, "ask", survey=about, form=form, template=[template], headings=HEADINGS, example=EXAMPLE
    )
    return render(request, "workbench/figures_new.html", context)


def template(request: AreaRequest, survey: str) -> HttpResponse:
    """An empty table with its headings and an example to write over."""
    survey_or_404(request, survey)
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *EXAMPLE])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return response


def figures(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """The figures as they were read and checked: say what they are of, correct them, or accept them."""
    about, facts = survey_or_404(request, survey), reading_or_404(request, survey, wave).wave
    if not facts.published:
        return redirect("problems", area=request.here.area.slug, survey=survey, wave=wave)
    if request.method == "POST":
        try:
            return _done(request, survey, facts)
        except Conflict as conflict:
            messages.error(request, f"{conflict} This is how it stands now.")
        except Refused as refused:
            messages.error(request, str(refused))
    rows = found.printed_figures(request.here.area.id, survey, wave)
    faulty = [row for row in rows if row.verdict != "possible"]
    context = framed(
        request,
        "ask",
        survey=about,
        wave=facts,
        busy=facts.busy,
        rows=rows,
        columns=COLUMNS,
        faulty=[_row(row) for row in faulty],
        fine=[_row(row) for row in rows if row.verdict == "possible"],
        strange=_strange(rows),
        items=[("", "Leave these figures out"), *queries.item_names(request.here.area.id, survey)],
        listed=found.problems(request.here.area.id, survey, wave),
    )
    return render(request, "workbench/figures.html", context)


def _done(request: AreaRequest, survey: str, wave: queries.WaveFacts) -> HttpResponse:
    post, area = request.POST, request.here.area.slug
    where: dict[str, Any] = {
        "by": request.here.actor,
        "now": now(),
        "survey": survey,
        "wave": wave.code,
        "version": typed.version(post),
    }
    if post.get("do") == "place":
        corrections.place_printed(**where, question=post.get("question", ""), item=post.get("item", ""))
        messages.success(request, "Said. The figures are being checked again.")
        return redirect("figures", area=area, survey=survey, wave=wave.code)
    commands.accept(**where)
    messages.success(request, f"{wave.label} takes part in builds from now on.")
    return redirect("survey", area=area, survey=survey)


def _row(row: Printed) -> Row:
    nearest = f"{row.nearest} %" if row.nearest else ""
    why = f"{row.because[:1].upper()}{row.because[1:]}." if row.because else ""
    return Row(
        (Cell(row.question, soft=row.words), Cell(row.percent), Cell(row.base), Cell(why), Cell(nearest))
    )


def _strange(rows: tuple[Printed, ...]) -> list[tuple[str, str, str]]:
    """(question, item, answers) of each question that no other wave asks, or whose answers none has."""
    found_: dict[str, list[Printed]] = {}
    for row in rows:
        if not row.item:
            found_.setdefault(row.question, []).append(row)
    return [
        (question, each[0].item, ", ".join(row.words for row in each)) for question, each in found_.items()
    ]


def as_csv(pasted: str) -> str:
    """Cells pasted from a spreadsheet (tabs between them) or written with commas, as CSV.

    Without a heading row the columns are taken to be question, answer, percent and n.
    """
    lines = [line for line in pasted.splitlines() if line.strip()]
    tabs = any("\t" in line for line in lines)
    rows = [line.split("\t") for line in lines] if tabs else list(csv.reader(lines))
    cells = [[cell.strip() for cell in row] for row in rows]
    if cells and len(cells[0]) >= 3 and _NUMBER.fullmatch(cells[0][2]):
        cells.insert(0, list(HEADINGS[: len(cells[0])]))
    text = io.StringIO()
    csv.writer(text).writerows(cells)
    return text.getvalue()
