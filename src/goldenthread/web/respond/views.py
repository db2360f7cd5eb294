"""Answering: one address, on which each page carries what came before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goldenthread.analysis.definition.model import Question, Questionnaire, Section
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.answering.minutes import walk
from goldenthread.thread.survey.answering.model import Answers, Taken
from goldenthread.thread.survey.answering.roles import leading_to, telling
from goldenthread.thread.survey.answering.route import fields, kept, shown_sections
from goldenthread.thread.survey.answering.take import take
from goldenthread.thread.survey.asking import queries
from goldenthread.thread.survey.asking.lost import ask_again
from goldenthread.thread.survey.asking.minting import enter
from goldenthread.thread.survey.asking.queries import LinkFacts
from goldenthread.thread.survey.asking.sealed import Carried, new_key, seal, unseal
from goldenthread.thread.survey.asking.submit import Outcome, Sending, submit
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.components.parts import Option, Problem
from goldenthread.web.respond.after import AFTER
from goldenthread.web.respond.pages import Filling, said, section_page, whole_sheet

REVIEW = "."
"""The page on which answers are looked through, in place of a section's id."""

CODES = "personal-code"
GO = "go."


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is looked through."""

    id: str
    title: str
    answers: list[tuple[str, str]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, code: str) -> HttpResponse:
    """The survey a link leads to: its first page, or the next by what was sent."""
    link = queries.link(code, today=_today())
    if link is None:
        return _none(request)
    if link.standing != "open":
        return _not_open(request, link)
    if request.method != "POST":
        return _start(request, link)
    if request.POST.get("do") == "start":
        return _begin(request, link)
    carried = unseal(request.POST.get("sealed", ""), wave=_name(link), secret=settings.SECRET_KEY)
    if carried is None:
        return _lost(request, link)
    return _go_on(request, link, carried)


@never_cache
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and what happens next. It says nothing of who came, and may be opened by anybody."""
    link = queries.link(code, today=_today())
    if link is None:
        return _none(request)
    return render(request, "respond/sent.html", {"link": link, "heading": "Thank you", "after": AFTER})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for another code by address. The answer is the same whether the address was invited."""
    link = queries.link(code, today=_today())
    if link is None or link.mode != CODES:
        return _none(request)
    if link.standing != "open":
        return _not_open(request, link)
    if request.method != "POST":
        return _lost_code(request, link)
    try:
        ask_again(channel=code, address=request.POST.get("address", ""), today=_today())
    except Refused as refused:
        return _lost_code(request, link, str(refused))
    return render(request, "respond/lost_sent.html", {"link": link, "heading": "Your code"})


def _begin(request: HttpRequest, link: LinkFacts) -> HttpResponse:
    """The first section, once a code that may be used was typed where one is asked for."""
    code = ""
    if link.mode == CODES:
        try:
            code = enter(link.asking, request.POST.get("code", ""))
        except Refused as refused:
            return _start(request, link, str(refused))
    return _section(request, link, Carried(new_key(), _first(link, {}), code))


def _lost_code(request: HttpRequest, link: LinkFacts, fault: str = "") -> HttpResponse:
    context = {
        "link": link,
        "heading": "Another code",
        "fault": fault,
        "typed": request.POST.get("address", ""),
        "problems": [Problem(fault, "#address")] if fault else [],
        "csrf": _csrf(request),
    }
    return render(request, "respond/lost.html", context)


@never_cache
def preview(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """The pages as people will meet them, beginning with a role chosen. Nothing is kept and nothing sent."""
    link = queries.preview(request.here.area.id, survey, wave)
    if link is None:
        raise Http404
    if not shown_sections(whole_sheet(link), {}):
        return _nothing_yet(request, link)
    if request.method != "POST":
        return _start(request, link, "", **_roles(whole_sheet(link), request.GET))
    if request.POST.get("do") == "start":
        answers = _as_role(whole_sheet(link), request.POST.get("as", ""))
        return _section(request, link, Carried(new_key(), _first(link, answers), answers=answers))
    carried = unseal(request.POST.get("sealed", ""), wave=_name(link), secret=settings.SECRET_KEY)
    return _go_on(request, link, carried) if carried else _lost(request, link)


def _roles(whole: Questionnaire, asked: Mapping[str, str]) -> dict[str, object]:
    """Whom somebody may begin as: the answers of the question that tells people apart."""
    candidates = telling(whole)
    apart = next((q for q in candidates if q.id == asked.get("by")), candidates[0] if candidates else None)
    if apart is None or apart.scale is None:
        return {}
    chosen = asked.get("as", "")
    offered = [Option(f"{apart.id}:{a.code}", a.label, chosen=a.code == chosen) for a in apart.scale.answers]
    return {"apart": apart, "begin_as": [Option("", "Nobody in particular"), *offered]}


def _as_role(whole: Questionnaire, chosen: str) -> Answers:
    name, _, code = chosen.partition(":")
    return leading_to(whole, name, code) if code else {}


def _nothing_yet(request: HttpRequest, link: LinkFacts) -> HttpResponse:
    context = {"link": link, "heading": "Nothing to look at yet", "words": "Write the first question."}
    return render(request, "respond/shut.html", context)


def _go_on(request: HttpRequest, link: LinkFacts, carried: Carried) -> HttpResponse:
    do = request.POST.get("do", "next")
    if carried.section == REVIEW:
        return _from_review(request, link, carried, do)
    section = _shown(link, carried.answers, carried.section)
    if section is None:
        return _section(request, link, replace(carried, section=_first(link, carried.answers)))
    taken = take(section.questions, _posted(request))
    if taken.faults and do != "back":
        return _section(request, link, carried, taken)
    answers = _with(link, carried.answers, section, taken)
    again = _shown(link, answers, section.id)
    opened = tuple(each for each in again.questions if each not in section.questions) if again else ()
    if opened and do != "back":
        return _section(request, link, replace(carried, answers=answers), opened=opened)
    step = -1 if do == "back" else 1
    return _section(
        request, link, replace(carried, answers=answers, section=_beside(link, answers, section, step))
    )


def _from_review(request: HttpRequest, link: LinkFacts, carried: Carried, do: str) -> HttpResponse:
    if do == "send":
        return _send(request, link, carried)
    shown = [section.id for section in shown_sections(whole_sheet(link), carried.answers)]
    wanted = do.removeprefix(GO)
    if do == "back" and shown:
        wanted = shown[-1]
    return _section(request, link, replace(carried, section=wanted if wanted in shown else REVIEW))


def _send(request: HttpRequest, link: LinkFacts, carried: Carried) -> HttpResponse:
    if link.is_preview:
        return render(request, "respond/previewed.html", {"link": link, "heading": "The end of the preview"})
    answers = kept(whole_sheet(link), carried.answers)
    outcome = submit(sending=Sending(link.code, carried.key, answers, carried.code), today=_today())
    if outcome in (Outcome.STORED, Outcome.ALREADY):
        return redirect("respond-sent", code=link.code)
    if outcome is Outcome.CODE_SPENT:
        return _spent(request, link)
    return _not_open(request, replace(link, standing="over"))


def _section(
    request: HttpRequest,
    link: LinkFacts,
    carried: Carried,
    taken: Taken | None = None,
    opened: tuple[Question, ...] = (),
) -> HttpResponse:
    shown = shown_sections(whole_sheet(link), carried.answers)
    places = [section.id for section in shown]
    if carried.section not in places:
        return _review(request, link, replace(carried, section=REVIEW))
    here = places.index(carried.section)
    filling = Filling(
        csrf=get_token(request),
        sealed=_seal(link, carried),
        answers=carried.answers,
        typed=taken.typed if taken else {},
        faults=taken.faults if taken else (),
        here=here + 1,
        of=len(places) + 1,
        opened=opened,
    )
    return HttpResponse(section_page(link, shown[here], filling))


def _review(request: HttpRequest, link: LinkFacts, carried: Carried) -> HttpResponse:
    answers = carried.answers
    parts = [
        Part(section.id, section.title, [line for each in section.questions for line in said(each, answers)])
        for section in shown_sections(whole_sheet(link), answers)
    ]
    context = {
        "link": link,
        "heading": "Look through your answers",
        "parts": parts,
        "sealed": _seal(link, carried),
        "csrf": _csrf(request),
    }
    return render(request, "respond/review.html", context)


def _start(request: HttpRequest, link: LinkFacts, fault: str = "", **more: object) -> HttpResponse:
    sheet = whole_sheet(link)
    required = sum(question.required for question in sheet.questions)
    context = {
        "link": link,
        "heading": "Start",
        "sheet": sheet,
        "minutes": _minutes(link),
        "required": required,
        "fault": fault,
        "typed": request.POST.get("code", ""),
        "problems": [Problem(fault, "#code")] if fault else [],
        "csrf": _csrf(request),
        **more,
    }
    return render(request, "respond/start.html", context)


def _minutes(link: LinkFacts) -> str:
    found = walk(whole_sheet(link))
    if found is None:
        return "as long as you like"
    least, most = found.minutes
    if least == most:
        return f"about {most} minute{'s' if most > 1 else ''}"
    return f"about {least} to {most} minutes"


def _not_open(request: HttpRequest, link: LinkFacts) -> HttpResponse:
    if link.standing == "soon" and link.opens:
        heading, words = "Not open yet", f"This survey opens on {_day(link.opens)}."
    else:
        heading, words = "This survey is closed", "Thank you for wanting to answer. Nothing more is taken."
    return render(
        request, "respond/shut.html", {"link": link, "heading": heading, "words": words}, status=410
    )


def _spent(request: HttpRequest, link: LinkFacts) -> HttpResponse:
    """The code was good when they began, and was used since."""
    heading, words = (
        "This code has been used",
        (
            "Answers were sent with it after this page was opened, most likely by you in another window. "
            "Those are in; these were not taken."
        ),
    )
    context = {"link": link, "heading": heading, "words": words}
    return render(request, "respond/shut.html", context, status=409)


def _none(request: HttpRequest) -> HttpResponse:
    words = "It may have lost a letter: please look at it again. If it came like this, tell whoever sent it."
    context = {"link": {"named": "Golden Thread"}, "heading": "This link leads to no survey", "words": words}
    return render(request, "respond/shut.html", context, status=404)


def _lost(request: HttpRequest, link: LinkFacts) -> HttpResponse:
    context = {
        "link": link,
        "heading": "This page cannot go on",
        "words": "It was changed on its way, or the survey was. Nothing of it was sent.",
        "again": request.path,
        "again_words": "Begin again",
    }
    return render(request, "respond/shut.html", context, status=400)


def _with(link: LinkFacts, before: Answers, section: Section, taken: Taken) -> Answers:
    """The answers with those of one page in place of what it held before, by the routing they now make."""
    own = {name for question in section.questions for name in fields(question)}
    others = {name: value for name, value in before.items() if name not in own}
    return kept(whole_sheet(link), {**others, **taken.answers})


def _shown(link: LinkFacts, answers: Answers, section: str) -> Section | None:
    found = (each for each in shown_sections(whole_sheet(link), answers) if each.id == section)
    return next(found, None)


def _beside(link: LinkFacts, answers: Answers, section: Section, step: int) -> str:
    """The section after or before one, as these answers lead; the last is followed by the review."""
    order = [each.id for each in whole_sheet(link).sections]
    shown = {each.id for each in shown_sections(whole_sheet(link), answers)}
    place = order.index(section.id)
    found = order[place + 1 :] if step > 0 else list(reversed(order[:place]))
    return next((each for each in found if each in shown), REVIEW if step > 0 else section.id)


def _first(link: LinkFacts, answers: Answers) -> str:
    return shown_sections(whole_sheet(link), answers)[0].id


def _posted(request: HttpRequest) -> dict[str, list[str]]:
    """What was sent in the fields of questions; their names begin with ``a.``."""
    return {name[2:]: values for name, values in request.POST.lists() if name.startswith("a.")}


def _seal(link: LinkFacts, carried: Carried) -> str:
    return seal(carried, wave=_name(link), secret=settings.SECRET_KEY)


def _name(link: LinkFacts) -> str:
    return f"preview of {link.asking}" if link.is_preview else f"{link.asking}"


def _csrf(request: HttpRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _today() -> date:
    return localtime(now()).date()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
