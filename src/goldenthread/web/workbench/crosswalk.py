"""Ask: which question of one wave continues which of another, wording beside wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.analysis.definition.words import fold_text
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.thread.survey import commands, queries
from goldenthread.thread.survey.queries import CrosswalkRow, Decision, Place
from goldenthread.web.access import AreaRequest, now
from goldenthread.web.workbench.frame import framed
from goldenthread.web.workbench.surveys import survey_or_404
from goldenthread.web.workbench.telling import Both, conflicted
from goldenthread.web.workbench.wording import Wording, as_it_is, compared

FILTERS = (
    ("", "Every item"),
    ("changed", "Changed words"),
    ("undecided", "Changed, nobody has decided"),
    ("once", "Not asked in every wave"),
    ("decided", "Decided"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as one wave asks it; no wording where it does not."""

    label: str
    wave: str
    number: str
    question: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the list: its wording in each wave, and what is decided."""

    item: str
    label: str
    asked: tuple[Asked, ...]
    section: str
    kinds: frozenset[str]
    decision: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two waves an item is asked in, one after the other: both wordings, and the decision that stands."""

    earlier: Place
    later: Place
    before: Wording
    after: Wording
    changed: bool
    decision: Decision | None

    @property
    def was(self) -> str:
        """The decision that stands, as a form carries it."""
        return (
            ""
            if self.decision is None
            else f"{'yes' if self.decision.comparable else 'no'}:{self.decision.because}"
        )


def crosswalk(request: AreaRequest, survey: str) -> HttpResponse:
    """Every item, its wording in each wave side by side."""
    found = survey_or_404(request, survey)
    waves = [wave for wave in found.waves if not wave.published]
    lines = [_line(row, waves, found) for row in queries.crosswalk(request.here.area.id, survey)]
    show, section = request.GET.get("show", ""), request.GET.get("section", "")
    find = request.GET.get("find", "").strip()
    in_section = [line for line in lines if section in ("", line.section) and _found(line, find)]
    context = framed(
        request,
        "ask",
        survey=found,
        waves=waves,
        lines=[line for line in in_section if not show or show in line.kinds],
        show=show,
        section=section,
        find=find,
        filters=[(code, f"{words} ({_many(in_section, code)})") for code, words in FILTERS],
        sections=_sections(lines),
        total=len(lines),
        undecided=_many(lines, "undecided"),
    )
    return render(request, "workbench/crosswalk.html", context)


def question(request: AreaRequest, survey: str, wave: str, question: str) -> HttpResponse:
    """The item a wave's question is about, by its number or its id: what it continues is beside it."""
    survey_or_404(request, survey)
    wanted = question.casefold().removeprefix("q")
    for row in queries.crosswalk(request.here.area.id, survey):
        for place in row.places:
            names = {place.number.casefold().removeprefix("q"), place.question.casefold().removeprefix("q")}
            if place.wave == wave and wanted in names:
                return redirect("crosswalk-item", area=request.here.area.slug, survey=survey, item=row.item)
    raise Http404


def item(request: AreaRequest, survey: str, item: str) -> HttpResponse:
    """One item: link another question to it, part it from one, or decide whether it may be compared."""
    found = survey_or_404(request, survey)
    rows = queries.crosswalk(request.here.area.id, survey)
    row = next((row for row in rows if row.item == item), None)
    if row is None:
        return redirect("crosswalk", area=request.here.area.slug, survey=survey)
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request, found, row))
        except Conflict as conflict:
            return _conflicted(request, conflict, found, row)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            return redirect("crosswalk", area=request.here.area.slug, survey=survey)
    context = framed(
        request,
        "ask",
        survey=found,
        row=row,
        labels={wave.code: wave.label for wave in found.waves},
        places=[(place, _label(found, place.wave)) for place in row.places],
        missing=[(wave, _free(rows, wave.code, row)) for wave in _without(found, row)],
        pairs=[(_label(found, p.earlier.wave), _label(found, p.later.wave), p) for p in _pairs(row)],
        sent=request.POST,
    )
    return render(request, "workbench/crosswalk_item.html", context)


def _label(survey: queries.SurveyFacts, code: str) -> str:
    return next((wave.label for wave in survey.waves if wave.code == code), code)


def _many(lines: Sequence[Line], show: str) -> int:
    return sum(not show or show in line.kinds for line in lines)


def _sections(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The sections that items stand in, each with how many; none where no questionnaire names any."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.section:
            counts[line.section] = counts.get(line.section, 0) + 1
    named = [(title, f"{title} ({many})") for title, many in counts.items()]
    return [("", "Every section"), *named] if len(named) > 1 else []


def _found(line: Line, find: str) -> bool:
    """Whether a line holds the words, or a question with the number, that somebody looks for."""
    words = fold_text(find)
    number = find.casefold().removeprefix("q")
    text = fold_text(" ".join([line.label, *(bit.words for each in line.asked for bit in each.wording)]))
    return not find or words in text or any(number == each.number.casefold() for each in line.asked)


def _line(row: CrosswalkRow, waves: Sequence[queries.WaveFacts], survey: queries.SurveyFacts) -> Line:
    places = {place.wave: place for place in row.places}
    wordings = _wordings(row)
    told = [f"{_label(survey, d.earlier)} and {_label(survey, d.later)}: {_judged(d)}" for d in row.decisions]
    return Line(
        row.item,
        row.label,
        tuple(_asked(wave, places.get(wave.code), wordings) for wave in waves),
        row.places[-1].section,
        _kinds(row, len(waves)),
        "; ".join(told),
    )


def _judged(decision: Decision) -> str:
    return "comparable" if decision.comparable else "not comparable"


def _asked(wave: queries.WaveFacts, place: Place | None, wordings: Mapping[str, Wording]) -> Asked:
    if place is None:
        return Asked(wave.label, wave.code, "", "", ())
    return Asked(wave.label, wave.code, place.number, place.question, wordings[wave.code])


def _wordings(row: CrosswalkRow) -> dict[str, Wording]:
    """Each wave's wording with what is new in it marked, and what went in the next marked in the first."""
    found = {place.wave: as_it_is(place.text) for place in row.places}
    for pair in _pairs(row):
        found[pair.later.wave] = pair.after
    pairs = _pairs(row)
    if pairs:
        found[pairs[0].earlier.wave] = pairs[0].before
    return found


def _kinds(row: CrosswalkRow, waves: int) -> frozenset[str]:
    pairs = _pairs(row)
    changed = [pair for pair in pairs if pair.changed]
    kinds = {
        "changed": bool(changed),
        "undecided": any(pair.decision is None for pair in changed),
        "once": len(row.places) < waves,
        "decided": bool(row.decisions),
    }
    return frozenset(kind for kind, holds in kinds.items() if holds)


def _pairs(row: CrosswalkRow) -> list[Pair]:
    decided = {(d.earlier, d.later): d for d in row.decisions}
    return [
        Pair(
            one,
            two,
            *compared(one.text, two.text),
            changed=fold_text(one.text) != fold_text(two.text),
            decision=decided.get((one.wave, two.wave)),
        )
        for one, two in pairwise(row.places)
    ]


def _without(survey: queries.SurveyFacts, row: CrosswalkRow) -> list[queries.WaveFacts]:
    """The waves of answers that do not ask the item."""
    asked = {place.wave for place in row.places}
    return [wave for wave in survey.waves if wave.code not in asked and not wave.published]


def _free(rows: tuple[CrosswalkRow, ...], wave: str, but: CrosswalkRow) -> list[tuple[str, str]]:
    """The questions of a wave that might be this item, those of no other wave first; each with what it
    is about now."""
    found = [
        (len(row.places), place, row.item)
        for row in rows
        for place in row.places
        if place.wave == wave and row.item != but.item
    ]
    found.sort(key=lambda each: (each[0] > 1, each[1].text))
    return [
        (f"{place.question}:{place.row}|{item}", f"{f'Q{place.number} ' if place.number else ''}{place.text}")
        for _, place, item in found
    ]


def _carry_out(request: AreaRequest, survey: queries.SurveyFacts, row: CrosswalkRow) -> str:
    """Do what the page was sent; what to say of it. Raises Conflict or Refused."""
    post, by, moment = request.POST, request.here.actor, now()
    if post.get("do") == "judge":
        commands.judge_link(
            by=by,
            now=moment,
            survey=survey.slug,
            decision=_decision(post, row.item),
            was=_was(post, row.item),
        )
        return "Your decision stands. The next build uses it."
    wave, _, rest = post.get("place", "").partition("/")
    spot, _, was = rest.partition("|")
    question, _, part = spot.partition(":")
    own = f"{row.item}-{wave}" if post.get("do") == "part" else row.item
    commands.link(
        by=by,
        now=moment,
        survey=survey.slug,
        place=Place(wave, question, part, ""),
        was=was,
        item=own[:80],
    )
    return "Linked." if own == row.item else "Parted: it is an item of its own now."


def _decision(post: QueryDict, item: str) -> Decision:
    earlier, _, later = post.get("pair", "").partition("/")
    return Decision(item, earlier, later, post.get("comparable") == "yes", post.get("because", ""))


def _was(post: QueryDict, item: str) -> Decision | None:
    """The decision that stood when the page was made; what a conflict's page sends stands in its place."""
    given = post.get("was", "")
    if not given:
        return None
    word, _, because = given.partition(":")
    earlier, _, later = post.get("pair", "").partition("/")
    return Decision(item, earlier, later, word == "yes", because)


def _conflicted(
    request: AreaRequest, conflict: Conflict, survey: queries.SurveyFacts, row: CrosswalkRow
) -> HttpResponse:
    """Both versions, and the choice between them: nothing that was typed is lost."""
    back = reverse("crosswalk-item", args=[request.here.area.slug, survey.slug, row.item])
    if request.POST.get("do") != "judge":
        return _linked_meanwhile(request, conflict, (survey.slug, row), back)
    mine = _decision(request.POST, row.item)
    stands = next((d for d in row.decisions if (d.earlier, d.later) == (mine.earlier, mine.later)), None)
    both = [
        Both("May they be compared?", _yes(stands), _yes(mine)),
        Both("Why", stands.because if stands else "", mine.because),
    ]
    was = f"{'yes' if stands.comparable else 'no'}:{stands.because}" if stands else ""
    return conflicted(request, conflict, both, version=0, back=back, instead={"was": was})


def _yes(decision: Decision | None) -> str:
    return "" if decision is None else "Yes, it asks the same" if decision.comparable else "No"


def _linked_meanwhile(
    request: AreaRequest, conflict: Conflict, asked: tuple[str, CrosswalkRow], back: str
) -> HttpResponse:
    """Somebody linked the same question elsewhere: what it is about now, and what was asked for."""
    wave, _, rest = request.POST.get("place", "").partition("/")
    spot = rest.partition("|")[0]
    survey, row = asked
    rows = queries.crosswalk(request.here.area.id, survey)
    now_of = next(
        (
            (each, place)
            for each in rows
            for place in each.places
            if (place.wave, f"{place.question}:{place.row}") == (wave, spot)
        ),
        None,
    )
    about = now_of[0].label if now_of else ""
    parts = request.POST.get("do") == "part"
    wanted = "an item of its own" if parts else row.label
    both = [Both(now_of[1].text if now_of else spot, f"about “{about}”", f"about “{wanted}”")]
    place = f"{wave}/{spot}|{now_of[0].item if now_of else ''}"
    return conflicted(request, conflict, both, version=0, back=back, instead={"place": place})
