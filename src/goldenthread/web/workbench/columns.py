"""Ask: how each column of a wave's file is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from goldenthread.analysis.definition.model import Kind, Side
from goldenthread.analysis.definition.words import counted, listed, quoted
from goldenthread.analysis.responses.propose.ladders import ladder
from goldenthread.analysis.responses.propose.make import own_answers
from goldenthread.analysis.responses.propose.model import Choice
from goldenthread.analysis.responses.propose.scales import as_met, known_scales
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.plans import choice_from_plain, choice_to_plain, seen_from_plain
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench import typed
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.waves import reading_or_404

KINDS = {
    "": "Leave it out",
    "scale": "One answer on a scale",
    "matrix": "Statements on one scale",
    "single": "One of a list",
    "multiple": "Tick any",
    "number": "A number",
    "date": "A date",
    "short-text": "A few words",
    "long-text": "A comment",
}
GOOD = (("yes", "More is better"), ("no", "More is worse"), ("", "Neither"))
OWN = "own"
SIDES = (
    (Side.LOW.value, "Low half"),
    (Side.MIDDLE.value, "Neither"),
    (Side.HIGH.value, "High half"),
    ("outside", "Outside: not counted, shown beside"),
    ("left", "No answer: left out"),
)
ORDERED = ("scale", "matrix")
MOST_STEPS = 12
"""Answers of more kinds than these are no scale that anybody can put in order on a page."""
AT_ONCE, LISTED = 10, 100
"""Questions that are decided on one page, of which each may have a dozen answers; and lines of a list."""

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a question with a scale of its own: its place, and where it stands."""

    number: int
    text: str
    times: int
    place: str
    side: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the file as the page shows it. ``halves`` are (which, answers) of its scale;
    ``theirs`` says how it stands where somebody else decided otherwise meanwhile."""

    id: str
    text: str
    kind: str
    kinds: tuple[tuple[str, str], ...]
    scale: str
    label: str
    good: str
    order: str
    steps: tuple[Step, ...]
    places: tuple[tuple[str, str], ...]
    halves: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, int], ...]
    more: int
    sure: bool
    because: str
    parts: tuple[str, ...]
    theirs: str = ""
    change: str = ""
    """The query at which it can be changed, where that is not on this page."""

    @property
    def read_as(self) -> str:
        """How it is read, in a few words."""
        known = known_scales().get(self.scale) if self.kind in (*ORDERED, "single") else None
        return f"{KINDS[self.kind]}, “{known.label}”" if known else KINDS[self.kind]


def columns(request: AreaRequest, survey: str, wave: str) -> HttpResponse:
    """Decide how each column is read."""
    found, reading = survey_or_404(request, survey), reading_or_404(request, survey, wave)
    if request.method != "POST":
        return _page(request, found, reading, reading.choices)
    mine = [_posted(request.POST, *both) for both in zip(reading.seen, reading.choices, strict=True)]
    unordered = _unordered(request.POST, reading.seen, mine)
    if unordered:
        named = listed([quoted(label) for label in unordered[:3]])
        problem = f"Say in which order the answers of {named} go, and which are its low and its high half."
        return _page(request, found, reading, mine, problem=problem)
    try:
        left = commands.decide(
            by=request.here.actor,
            now=now(),
            survey=survey,
            wave=reading.wave.code,
            version=typed.version(request.POST),
            choices=[choice_from_plain(each) for each in mine],
            looked=_looked(request.POST, reading),
        )
    except Conflict as conflict:
        problem = f"{conflict} Yours is below, and beside it how it stands now where the two differ."
        return _page(request, found, reading, mine, problem=problem, status=409, theirs=True)
    except Refused as refused:
        return _page(request, found, reading, mine, problem=str(refused), status=409)
    if left:
        messages.success(
            request, f"Kept. {counted(left, 'more column wants', 'more columns want')} your eye."
        )
        return redirect("columns", area=request.here.area.slug, survey=survey, wave=wave)
    messages.success(request, f"{reading.wave.label} is being read that way.")
    return redirect("survey", area=request.here.area.slug, survey=survey)


def _looked(post: QueryDict, reading: queries.Reading) -> frozenset[str]:
    """The questions that were on the page: all of few, else those it sent."""
    ids = (plain["id"] for plain in reading.choices)
    return frozenset(name for name in ids if _few(reading) or _sent(post, name))


def _few(reading: queries.Reading) -> bool:
    """Whether all questions are decided on one page."""
    return len(reading.choices) <= AT_ONCE


def _sent(post: QueryDict, name: str) -> bool:
    return f"kind-{name}" in post


def _page(
    request: AreaRequest,
    survey: queries.SurveyFacts,
    reading: queries.Reading,
    choices: Sequence[Plain],
    **more: object,
) -> HttpResponse:
    lines = [line(seen, choice) for seen, choice in zip(reading.seen, choices, strict=True)]
    if more.get("theirs"):
        lines = [_beside(mine, theirs) for mine, theirs in zip(lines, _lines(reading), strict=True)]
    context = framed(
        request,
        "ask",
        survey=survey,
        wave=reading.wave,
        total=len(lines),
        scales=[(name, known.label) for name, known in known_scales().items()] + [(OWN, "Its own answers")],
        goods=GOOD,
        sides=SIDES,
        problem=more.get("problem", ""),
        **_parted(request, lines, few=_few(reading)),
    )
    return render(request, "workbench/columns.html", context, status=int(str(more.get("status", 200))))


def _parted(request: AreaRequest, lines: Sequence[Line], *, few: bool) -> Mapping[str, object]:
    """The questions that are decided on this page, those that wait, and a list of those recognised."""
    unsure = [each for each in lines if not each.sure or each.theirs]
    here = {each.id for each in unsure} if few else _here(request, unsure)
    waiting = {each.id for each in unsure} - here
    known = [each for each in lines if each.id not in here | waiting]
    opened = request.GET.getlist("open")
    pages = Paginator(known, LISTED).get_page(request.GET.get("page"))
    return {
        "unsure": len(unsure),
        "sure": len(lines) - len(unsure),
        "asked": [each for each in lines if each.id in here],
        "more": len(waiting),
        "known": known if few else [_to_change(each, opened) for each in pages],
        "pages": pages,
        "query": "".join(f"{urlencode({'open': name})}&" for name in opened),
    }


def _here(request: AreaRequest, unsure: Sequence[Line]) -> set[str]:
    """Of many questions those on this page: the first that want an eye, and those somebody opened.

    Of a form that comes back, those that it had.
    """
    if request.method == "POST":
        sent = {name.removeprefix("kind-") for name in request.POST if name.startswith("kind-")}
        return sent | {each.id for each in unsure if each.theirs}
    return {*request.GET.getlist("open"), *(each.id for each in unsure[:AT_ONCE])}


def _to_change(each: Line, opened: Sequence[str]) -> Line:
    """A recognised question with where it can be changed."""
    return replace(each, change=urlencode([("open", name) for name in (*opened, each.id)]))


def _lines(reading: queries.Reading) -> list[Line]:
    return [line(seen, choice) for seen, choice in zip(reading.seen, reading.choices, strict=True)]


def _beside(mine: Line, theirs: Line) -> Line:
    """Mine, with how it stands where that is something else."""
    if (mine.kind, mine.scale, mine.label, mine.good, mine.order, mine.steps) == (
        theirs.kind,
        theirs.scale,
        theirs.label,
        theirs.good,
        theirs.order,
        theirs.steps,
    ):
        return mine
    halves = "; ".join(f"{which.lower()}: {answers}" for which, answers in theirs.halves)
    told = [KINDS[theirs.kind].lower(), f"called {quoted(theirs.label)}", *filter(None, [halves])]
    return replace(mine, theirs=f"{', '.join(told)}.")


def line(seen: Plain, choice: Plain) -> Line:
    """One question of the file for the page."""
    steps = tuple(_steps(seen, choice))
    several = bool(seen["parts"])
    return Line(
        id=seen["id"],
        text=seen["text"] or "(no heading)",
        kind=choice["kind"] or "",
        kinds=tuple((kind, words) for kind, words in KINDS.items() if kind in _possible(several)),
        scale=choice["scale"] or OWN,
        label=choice["label"],
        good={True: "yes", False: "no"}.get(choice["good"], ""),
        order="\n".join(choice["order"] or in_order(choice["scale"], seen)),
        steps=steps,
        places=tuple((str(place), str(place)) for place in range(1, len(steps) + 1)),
        halves=tuple(_halves(seen, choice)),
        values=tuple((value["text"], value["times"]) for value in seen["values"][:8]),
        more=max(0, seen["kinds"] - 8),
        sure=choice["sure"],
        because=choice["because"],
        parts=tuple(words for _, words in seen["parts"]),
    )


def in_order(scale: str, seen: Plain) -> list[str]:
    """The answers met, lowest first where a known scale or their own words say so; the rest come last."""
    met = [value["text"] for value in seen["values"]]
    if scale not in known_scales():
        steps = ladder(met)
        return list(steps.order) if steps else met
    answers = as_met(known_scales()[scale].scale, met).answers
    ranked = [answer.label for answer in answers if answer.label in met]
    return [*ranked, *(text for text in met if text not in ranked)]


def _steps(seen: Plain, choice: Plain) -> Iterable[Step]:
    """Every answer met of a question with a scale of its own, in the order decided; new ones last."""
    if choice["kind"] not in ORDERED or choice["scale"] or seen["kinds"] > MOST_STEPS:
        return
    decided = choice_from_plain(choice)
    if not decided.order:
        decided = replace(decided, order=tuple(in_order("", seen)))
    labels, sides = own_answers(seen_from_plain(seen), decided)
    stands = dict(zip(labels, sides, strict=True))
    times = {value["text"]: value["times"] for value in seen["values"]}
    every = dict.fromkeys((*labels, *decided.outside, *times))
    for number, text in enumerate(every):
        side = stands.get(text)
        where = side.value if side else "outside" if text in decided.outside else "left"
        yield Step(number, text, times.get(text, 0), str(number + 1), where)


def _halves(seen: Plain, choice: Plain) -> Iterable[tuple[str, str]]:
    """Which answers of a scale are its low half, its high half, or neither, as it is read."""
    if choice["kind"] not in ORDERED:
        return
    pairs: list[tuple[str, str]] = []
    if choice["scale"]:
        scale = as_met(known_scales()[choice["scale"]].scale, [v["text"] for v in seen["values"]])
        names = {net.id: net.side.value for net in scale.nets}
        pairs = [(names.get(answer.net or "", ""), answer.label) for answer in scale.answers]
    else:
        pairs = [(step.side, step.text) for step in _steps(seen, choice)]
    for side, words in SIDES[:3]:
        held = [label for where, label in pairs if where == side]
        if held:
            yield words, listed(held, "or")
    if choice["outside"]:
        yield "Not counted", listed(choice["outside"], "or")


def _possible(several: bool) -> tuple[str, ...]:  # noqa: FBT001 - a fact of the file
    return ("", "matrix", "multiple") if several else tuple(kind for kind in KINDS if kind != "matrix")


def _unordered(post: QueryDict, seen: Sequence[Plain], mine: Sequence[Plain]) -> list[str]:
    """Questions that have a scale of their own now, whose order the page has not shown yet."""
    return [
        choice["label"]
        for each, choice in zip(seen, mine, strict=True)
        if _sent(post, each["id"]) and f"side-{each['id']}-0" not in post
        if next(iter(_steps(each, choice)), None)
    ]


def _posted(post: QueryDict, seen: Plain, plain: Plain) -> Plain:
    """One question's choice from the page as JSON holds it; as it was, where the page had not got it."""
    if not _sent(post, seen["id"]):
        return plain
    given = chosen(post, seen, plain)
    return choice_to_plain(given, sure=bool(plain["sure"]), because=str(plain["because"]))


def chosen(post: QueryDict, seen: Plain, plain: Plain) -> Choice:
    """One question's choice from the page, the rest as it was proposed."""
    name = plain["id"]
    kind = str(post.get(f"kind-{name}", plain["kind"] or ""))
    scale = str(post.get(f"scale-{name}", plain["scale"]))
    order = tuple(bit.strip() for bit in post.get(f"order-{name}", "").splitlines() if bit.strip())
    choice = Choice(
        id=name,
        kind=Kind(kind) if kind in set(Kind) else None,
        item=plain["item"],
        label=str(post.get(f"label-{name}", plain["label"])).strip()[:200] or plain["label"],
        scale=scale if scale in known_scales() and kind in (*ORDERED, "single") else "",
        order=order or tuple(plain["order"]),
        outside=tuple(plain["outside"]),
        good={"yes": True, "no": False}.get(post.get(f"good-{name}", "")),
        row_items=tuple(plain["row_items"]),
        sides=tuple(plain.get("sides", ())),
    )
    return _stepped(post, seen, plain, choice)


def _stepped(post: QueryDict, seen: Plain, plain: Plain, choice: Choice) -> Choice:
    """The choice with the order and the halves that the page was sent."""
    shown = list(_steps(seen, {**plain, "kind": choice.kind and choice.kind.value, "scale": choice.scale}))
    if not shown or f"side-{choice.id}-0" not in post:
        return choice
    sent = []
    for step in shown:
        place = post.get(f"place-{choice.id}-{step.number}", "")
        side = post.get(f"side-{choice.id}-{step.number}", step.side)
        where = typed.number(place)
        sent.append((step.number if where is None else where, step.number, side, step.text))
    ordered = [(side, text) for _, _, side, text in sorted(sent) if side in set(Side)]
    return replace(
        choice,
        order=tuple(text for _, text in ordered),
        sides=tuple(side for side, _ in ordered),
        outside=tuple(text for _, _, side, text in sent if side == "outside"),
    )
