"""Ask: what was found in a wave's file, another file in its place, and taking it out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, corrections, found, queries
from goldenthread.thread.survey.found import Stray
from goldenthread.thread.survey.recodes import Meaning
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Download, Option
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.forms import ReplaceForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404

LISTED = 100
LEAVE, NO_ANSWER, OUTSIDE, ANSWER = "", "none", "outside", "answer:"


def problems(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """What could not be read of a wave: say what it means, accept it, or go back to its columns."""
    about, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    if reading.wave.published:
        return redirect("figures", area=request.here.area.slug, survey=survey, wave=wave)
    if request.method == "POST":
        try:
            return _done(request, survey, reading.wave)
        except Refused as refused:
            messages.error(request, str(refused))
    return _problems_page(request, about, reading.wave)


def _problems_page(request: AreaRequest, about: queries.SurveyFacts, wave: queries.WaveFacts) -> HttpResponse:
    where = request.here.area.id, about.slug, wave.code
    total = found.how_many(*where)
    pages = Paginator(range(total), LISTED).get_page(request.GET.get("page"))
    strays = found.strays(*where)
    context = framed(
        request,
        "ask",
        survey=about,
        wave=wave,
        strays=[(number, each, _options(each, request.POST)) for number, each in enumerate(strays.open)],
        more=strays.more,
        decided=strays.decided,
        listed=found.problems(*where, start=(pages.number - 1) * LISTED, limit=LISTED),
        total=total,
        pages=pages,
        downloads=[
            Download(
                _every_kind(total),
                reverse("problem-file", args=[request.here.area.slug, about.slug, wave.code]),
                "Names rows and repeats what people wrote: keep it as private as the answers.",
            )
        ],
    )
    return render(request, "workbench/problems.html", context)


def _every_kind(total: int) -> str:
    return "Every row it was found in (CSV)" if total == 1 else f"All {total:,} kinds, in every row (CSV)"


def _options(stray: Stray, post: QueryDict) -> list[Option]:
    """What a stray value may be read as: the answer most like it first; what was chosen stays chosen."""
    chosen = next(
        (
            post.get(f"as-{number}", LEAVE)
            for number in _numbers(post)
            if (post.get(f"question-{number}"), post.get(f"value-{number}")) == (stray.question, stray.value)
        ),
        LEAVE,
    )
    answers = sorted(stray.answers, key=lambda each: each[0] != stray.likely)
    every = [
        (LEAVE, "Leave it out"),
        *((f"{ANSWER}{code}", f"Read it as “{label}”") for code, label in answers),
        (NO_ANSWER, "Read it as no answer"),
        (OUTSIDE, "Not counted, shown beside in its own words"),
    ]
    return [Option(value, words, chosen=value == chosen) for value, words in every]


def _numbers(post: QueryDict) -> Sequence[str]:
    return [name.removeprefix("value-") for name in post if name.startswith("value-")]


def _done(request: AreaRequest, survey: str, wave: queries.WaveFacts) -> HttpResponse:
    """Carry out what the page was sent. Raises Refused."""
    post, by, version = request.POST, request.here.actor, typed.version(request.POST)
    where: dict[str, Any] = {"by": by, "now": now(), "survey": survey, "wave": wave.code, "version": version}
    if post.get("do") == "undo":
        undone = Meaning(post.get("question", ""), post.get("value", ""))
        corrections.undo_recode(**where, undone=undone)
        messages.success(request, f"Taken back. {wave.label} is being read again.")
    elif post.get("do") == "recode":
        decided = [each for number in _numbers(post) if (each := _meaning(post, number)) is not None]
        if not decided:
            raise Refused("Choose what at least one of the values is read as.")
        corrections.recode(**where, decided=decided)
        messages.success(request, f"{wave.label} is being read again that way.")
    else:
        commands.accept(**where)
        messages.success(request, f"{wave.label} takes part in builds from now on.")
    return redirect("survey", area=request.here.area.slug, survey=survey)


def _meaning(post: QueryDict, number: str) -> Meaning | None:
    said = post.get(f"as-{number}", LEAVE)
    question, value = post.get(f"question-{number}", ""), post.get(f"value-{number}", "")
    if said == LEAVE:
        return None
    return Meaning(
        question, value, said.removeprefix(ANSWER) if said.startswith(ANSWER) else "", said == OUTSIDE
    )


def problem_file(request: AreaRequest, survey: str, wave: str) -> HttpResponseBase:
    """Every problem in every row, as CSV."""
    survey_or_404(request, survey)
    facts = reading_or_404(request, survey, wave).wave
    rows = found.problem_table(request.here.area.id, survey, wave)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{facts.code}.csv"'
    return response


def _csv(rows: Iterator[tuple[object, ...]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()


def replace_file(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Bring in a corrected file for a wave."""
    about, facts = survey_or_404(request, survey), reading_or_404(request, survey, wave).wave
    form = ReplaceForm(request.POST or None, request.FILES or None, initial={"version": facts.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            corrections.replace_file(
                by=request.here.actor,
                now=now(),
                survey=survey,
                wave=wave,
                version=data["version"] or 0,
                stream=data["file"],
                file_name=data["file"].name,
            )
        except Conflict as conflict:
            form = ReplaceForm(initial={"version": facts.version})
            messages.error(
                request, f"{conflict} Look at {facts.label} as it stands, then choose your file again."
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "The new file is being read. Until then the one before it stands.")
            return redirect("survey", area=request.here.area.slug, survey=survey)
    explain(request, form)
    context = framed(request, "ask", survey=about, wave=facts, form=form)
    return render(request, "workbench/wave_replace.html", context)


def read_again(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Have a wave's file read once more, where that failed."""
    survey_or_404(request, survey)
    facts = reading_or_404(request, survey, wave).wave
    if request.method == "POST":
        where: dict[str, Any] = {"by": request.here.actor, "now": now(), "survey": survey, "wave": wave}
        try:
            corrections.read_again(**where, version=typed.version(request.POST))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{facts.label} is being read again.")
    return redirect("survey", area=request.here.area.slug, survey=survey)


def drop(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Ask whether to take a wave out, and do it."""
    about, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    if request.method == "POST":
        try:
            commands.drop_wave(by=request.here.actor, now=now(), survey=survey, wave=wave)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{reading.wave.label} was taken out.")
        return redirect("survey", area=request.here.area.slug, survey=survey)
    return render(
        request, "workbench/wave_drop.html", framed(request, "ask", survey=about, wave=reading.wave)
    )


def reading_or_404(request: AreaRequest, survey: str, wave: str) -> queries.Reading:
    """What a wave's file holds. Raises Http404."""
    reading = queries.reading(request.here.area.id, survey, wave)
    if reading is None:
        raise Http404
    return reading
