"""Ask: a wave that is asked here, from its first question to its last answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.answering.minutes import walk
from goldenthread.thread.survey.asking import commands, days, people, queries
from goldenthread.thread.survey.asking.inviting import REMINDERS
from goldenthread.thread.survey.editing.draft import Draft, read_draft
from goldenthread.thread.survey.invited import FEWEST, doubles, rate
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Cell, Column, Row
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.asking_forms import BeginForm, LastDayForm, LinkForm
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import say
from goldenthread.web.workbench.wording import Wording, compared

OPENED = {"open-link": "Its link can go out.", "personal-code": "The codes can go out."}


def begin(request: AreaRequest, survey: str) -> HttpResponse:
    """A new wave, with the questions of an earlier one or with none."""
    found = survey_or_404(request, survey)
    known = queries.questionnaires(request.here.area.id, survey)
    copies = [(each.wave, each.label) for each in known]
    form = BeginForm(request.POST or None, waves=copies, initial=_proposed(request, survey))
    if request.method == "POST" and form.is_valid():
        texts = {each.wave: each.text for each in known}
        try:
            code = commands.begin(
                by=request.here.actor,
                now=now(),
                survey=survey,
                plan=form.plan(),
                questionnaire=texts.get(form.cleaned_data["start"], ""),
            )
        except Refused as refused:
            say(form, refused)
        else:
            return redirect("asking", area=request.here.area.slug, survey=survey, wave=code)
    return render(request, "workbench/asking_new.html", framed(request, "ask", survey=found, form=form))


def _proposed(request: AreaRequest, survey: str) -> dict[str, object]:
    """What the form of a new wave begins with: the next one as the survey's rhythm has it."""
    found = days.proposed(request.here.area.id, survey, today=localtime(now()).date())
    if found is None:
        return {}
    return {"label": found.label, "opens": found.opens.isoformat(), "closes": found.closes.isoformat()}


def one(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """A wave asked here: how far it is, its links, and the one thing to do next."""
    found = asking_or_404(request, survey, wave)
    draft = draft_of(found)
    walked = walk(draft.whole) if draft.whole.questions else None
    context = framed(
        request,
        "ask",
        survey=survey_or_404(request, survey),
        asking=found,
        draft=draft,
        corrections=[_correction(each) for each in found.amendments],
        weeks=days.weeks(found.opens, found.closes),
        clashes=_clashes(request, found),
        questions=len(draft.whole.questions),
        minutes=walked.minutes if walked else None,
        may_change=request.here.actor.may("survey.change"),
        **_people(request, found),
        link_columns=[Column("Whose mailing"), Column("Link"), Column("Answers", number=True)],
        link_rows=[_link_row(request, found, each) for each in found.channels],
    )
    return render(request, "workbench/asking.html", context)


def _clashes(request: AreaRequest, found: queries.AskingFacts) -> tuple[days.Clash, ...]:
    """What else runs meanwhile, while that can still be changed."""
    if found.state == "closed":
        return ()
    return days.clashes(request.here.area.id, found.survey, found.opens, found.closes)


def _people(request: AreaRequest, found: queries.AskingFacts) -> dict[str, object]:
    """What a wave with personal codes says of the invited."""
    facts = people.invited(request.here.area.id, found.survey, found.wave)
    if facts is None:
        return {}
    told = facts.invited and (found.answered or 0) >= FEWEST
    return {
        "people": facts,
        "came": sum(each.came for each in found.channels),
        "rate": rate(found.answered or 0, facts.invited) if told else "",
        "doubles": doubles(facts.doubles),
        "most_reminders": REMINDERS,
    }


def open_wave(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Open a wave, once its questions can stand."""
    found = asking_or_404(request, survey, wave)
    if request.method == "POST":
        try:
            commands.open_wave(
                by=request.here.actor, now=now(), survey=survey, wave=wave, version=_version(request)
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{found.label} is open. {OPENED[found.mode]}")
    return _back(request, survey, wave)


def close(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Close a wave; asked once more before."""
    found = asking_or_404(request, survey, wave)
    if request.method != "POST":
        context = framed(request, "ask", survey=survey_or_404(request, survey), asking=found)
        return render(request, "workbench/asking_close.html", context)
    try:
        commands.close(by=request.here.actor, now=now(), survey=survey, wave=wave)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found.label} is closed. Its answers are being made ready.")
    return _back(request, survey, wave)


def last_day(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Move the last day of an open wave."""
    found = asking_or_404(request, survey, wave)
    form = LastDayForm(request.POST or None, initial={"closes": found.closes})
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_last_day(
                by=request.here.actor,
                now=now(),
                survey=survey,
                wave=wave,
                version=_version(request),
                closes=form.day(),
            )
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, "The last day is moved.")
            return _back(request, survey, wave)
    context = framed(request, "ask", survey=survey_or_404(request, survey), asking=found, form=form)
    return render(request, "workbench/asking_last_day.html", context)


def add_link(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """A link of its own for one partner's mailing."""
    found = asking_or_404(request, survey, wave)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"]
        try:
            commands.add_channel(by=request.here.actor, now=now(), survey=survey, wave=wave, label=label)
        except Refused as refused:
            say(form, refused)
        else:
            messages.success(request, f"There is a link for {label}.")
            return _back(request, survey, wave)
    context = framed(request, "ask", survey=survey_or_404(request, survey), asking=found, form=form)
    return render(request, "workbench/asking_link.html", context)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with the words that changed marked in each wording."""

    made: datetime
    by: str
    before: Wording
    after: Wording
    comparable: bool
    because: str


def _correction(each: queries.AmendmentFacts) -> Corrected:
    return Corrected(each.made, each.by, *compared(each.before, each.after), each.comparable, each.because)


def asking_or_404(request: AreaRequest, survey: str, wave: str) -> queries.AskingFacts:
    """The wave of this area that is asked here. Raises Http404."""
    found = queries.asking(request.here.area.id, survey, wave)
    if found is None:
        raise Http404
    return found


def draft_of(found: queries.AskingFacts) -> Draft:
    """Its questionnaire as far as it is written."""
    return read_draft(found.draft, title=found.title, name=found.wave)


def _link_row(request: AreaRequest, found: queries.AskingFacts, each: queries.ChannelFacts) -> Row:
    url = request.build_absolute_uri(reverse("respond", args=[each.code]))
    came = f"{each.came:,} or more" if each.came else f"Fewer than {queries.STEP} so far"
    if found.state == "draft":
        came = "Not open"
    return Row((Cell(each.label), Cell(url, url), Cell(came)))


def _version(request: AreaRequest) -> int:
    return typed.version(request.POST)


def _back(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    return redirect("asking", area=request.here.area.slug, survey=survey, wave=wave)
