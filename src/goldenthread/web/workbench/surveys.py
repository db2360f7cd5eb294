"""Ask: the surveys of an area, and bringing their waves in."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.finding.queries import builds
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.commands import SurveyNews, WaveNews
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.uploads import explain
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.forms import GroupsForm, SurveyForm, WaveForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.telling import Both, conflicted, say

STATES = {
    "asking": "Asked here",
    "reading": "Being read",
    "mapping": "Look at its columns",
    "checking": "Wants your word",
    "ready": "Ready",
    "failed": "Could not be used",
}
AGAIN = "Reading failed"
"""Instead of the last, where nothing is wrong with the file."""


def every(request: AreaRequest) -> HttpResponse:
    """The area's surveys."""
    found = queries.surveys(request.here.area.id)
    return render(request, "workbench/surveys.html", framed(request, "ask", surveys=found))


def new(request: AreaRequest) -> HttpResponse:
    """A new survey."""
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slug = commands.make_survey(
                by=request.here.actor, now=now(), news=SurveyNews(**form.cleaned_data)
            )
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("survey", area=request.here.area.slug, survey=slug)
    return render(request, "workbench/survey_new.html", framed(request, "ask", form=form))


def one(request: AreaRequest, survey: str) -> HttpResponse:
    """A survey: its waves with what to do about each, its groups, its builds."""
    found = survey_or_404(request, survey)
    made = builds(request.here.area.id, survey)
    context = framed(
        request,
        "ask",
        survey=found,
        waves=[(wave, AGAIN if wave.again else STATES[wave.state]) for wave in found.waves],
        ready=any(wave.state == "ready" for wave in found.waves),
        busy=any(wave.busy for wave in found.waves),
        builds=made,
        may_change=request.here.actor.may("survey.change"),
    )
    return render(request, "workbench/survey.html", context)


def add_wave(request: AreaRequest, survey: str) -> HttpResponse:
    """Bring in a file of answers."""
    found = survey_or_404(request, survey)
    form = WaveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        news = WaveNews(
            data["label"],
            data["opens"],
            data["closes"],
            questionnaire=data["questionnaire"],
            questionnaire_name=form.questionnaire_name,
        )
        try:
            commands.bring_in(
                by=request.here.actor,
                now=now(),
                survey=survey,
                news=news,
                stream=data["file"],
                file_name=data["file"].name,
            )
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("survey", area=request.here.area.slug, survey=survey)
    explain(request, form)
    return render(request, "workbench/wave_new.html", framed(request, "ask", survey=found, form=form))


def groups(request: AreaRequest, survey: str) -> HttpResponse:
    """Choose what results are broken down by."""
    found = survey_or_404(request, survey)
    items = queries.groupable(request.here.area.id, survey)
    first = {"groups": [item for item, _ in found.groupings], "mix": found.mix}
    form = GroupsForm(request.POST or None, initial=first, items=items)
    if request.method == "POST" and form.is_valid():
        chosen = [(item, label) for item, label in items if item in form.cleaned_data["groups"]]
        try:
            commands.set_groups(
                by=request.here.actor,
                now=now(),
                survey=survey,
                version=typed.version(request.POST),
                groups=chosen,
                mix=form.cleaned_data["mix"],
            )
        except Conflict as conflict:
            return _groups_conflicted(request, conflict, survey, (chosen, form.cleaned_data["mix"]))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The groups are set. The next build uses them.")
            return redirect("survey", area=request.here.area.slug, survey=survey)
    context = framed(request, "ask", survey=found, form=form, items=items)
    return render(request, "workbench/groups.html", context)


def _groups_conflicted(
    request: AreaRequest, conflict: Conflict, survey: str, mine: tuple[Sequence[tuple[str, str]], str]
) -> HttpResponse:
    """The groups as somebody set them meanwhile, beside those just chosen."""
    stands, (chosen, mix) = survey_or_404(request, survey), mine
    names = dict((*stands.groupings, *chosen))
    both = [
        Both("Break results down by", _listed(stands.groupings), _listed(chosen)),
        Both("Compare for the same mix of", names.get(stands.mix, ""), names.get(mix, "")),
    ]
    back = reverse("groups", args=[request.here.area.slug, survey])
    return conflicted(request, conflict, both, version=stands.version, back=back)


def _listed(groups: Sequence[tuple[str, str]]) -> str:
    return ", ".join(label for _, label in groups)


def survey_or_404(request: AreaRequest, slug: str) -> queries.SurveyFacts:
    """The survey of this area. Raises Http404."""
    found = queries.survey(request.here.area.id, slug)
    if found is None:
        raise Http404
    return found
