"""Ask: a wave's questions brought from another program, and taken to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from goldenthread.analysis.definition.formats.take import Format
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey.asking.commands import Place
from goldenthread.thread.survey.asking.elsewhere import give_out, take_in, to_know
from goldenthread.thread.survey.asking.queries import AskingFacts
from goldenthread.thread.survey.editing.draft import Draft
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.asking import asking_or_404, draft_of
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import say

PROGRAMS = {
    Format.LSS: ("LimeSurvey", "survey structure, .lss", "application/xml"),
    Format.XLSX: (
        "KoboToolbox or ODK",
        "XLSForm, .xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Format.TOML: ("Golden Thread", "all there is, .toml", "application/toml"),
}


class TakeInForm(forms.Form):
    """A questionnaire file."""

    file = forms.FileField(
        label="The questionnaire file",
        help_text="From LimeSurvey (.lss), from KoboToolbox or ODK (.xlsx), or one of ours (.toml).",
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A file the questions can be taken away as. ``why_not`` where they cannot, yet."""

    program: str
    what: str
    url: str
    notes: Sequence[str] = ()
    why_not: str = ""


def elsewhere(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Bring a file's questions in, or take the questions away as a file."""
    found = asking_or_404(request, survey, wave)
    form = TakeInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        came = _taken_in(request, found, form)
        if came is not None:
            return came
    explain(request, form)
    draft = draft_of(found)
    context = _framed(
        request,
        found,
        form=form,
        held=len(draft.whole.questions),
        ways=_ways(request, found, draft),
        may_take=request.here.actor.may("survey.change") and found.state == "draft",
    )
    return render(request, "workbench/elsewhere.html", context)


def file(request: AreaRequest, survey: str, wave: str, kind: str) -> HttpResponse:
    """The questions as a file of one format."""
    found = asking_or_404(request, survey, wave)
    if f".{kind}" not in set(Format):
        raise Http404
    wanted = Format(f".{kind}")
    try:
        data = give_out(draft_of(found), wanted)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("elsewhere", area=request.here.area.slug, survey=survey, wave=wave)
    response = HttpResponse(data, content_type=PROGRAMS[wanted][2])
    response["Content-Disposition"] = f'attachment; filename="{found.survey}-{found.wave}{wanted}"'
    add_never_cache_headers(response)
    return response


def _taken_in(request: AreaRequest, found: AskingFacts, form: TakeInForm) -> HttpResponse | None:
    """The page of what came in; None where the form says why nothing did."""
    chosen = form.cleaned_data["file"]
    place = Place(found.survey, found.wave, typed.version(request.POST))
    try:
        came = take_in(by=request.here.actor, now=now(), place=place, name=chosen.name, stream=chosen)
    except Conflict:
        form.add_error(
            None, "Somebody changed the questions meanwhile. Choose the file again to replace them."
        )
    except Refused as refused:
        say(form, refused)
    else:
        stands = asking_or_404(request, found.survey, found.wave)
        return render(request, "workbench/elsewhere_came.html", _framed(request, stands, came=came))
    return None


def _ways(request: AreaRequest, found: AskingFacts, draft: Draft) -> list[Way]:
    return [_way(request, found, draft, kind) for kind in PROGRAMS] if draft.whole.questions else []


def _way(request: AreaRequest, found: AskingFacts, draft: Draft, kind: Format) -> Way:
    program, what, _ = PROGRAMS[kind]
    where = [request.here.area.slug, found.survey, found.wave, kind.removeprefix(".")]
    url = reverse("elsewhere-file", args=where)
    try:
        return Way(program, what, url, to_know(draft, kind))
    except Refused as refused:
        return Way(program, what, url, why_not=str(refused))


def _framed(request: AreaRequest, found: AskingFacts, **context: object) -> dict[str, object]:
    return framed(request, "ask", survey=survey_or_404(request, found.survey), asking=found, **context)
