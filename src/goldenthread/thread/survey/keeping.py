"""Keeping what the worker found in a wave's file, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from goldenthread.analysis.problem import Problem
from goldenthread.analysis.responses.propose.carry import Carried, carry
from goldenthread.analysis.responses.propose.model import Proposal
from goldenthread.ground.files.disk import NO_ROOM
from goldenthread.ground.files.store import forget
from goldenthread.thread.survey.models import Wave, WaveProblem
from goldenthread.thread.survey.plans import choice_to_plain, chosen, seen_to_plain
from goldenthread.thread.survey.recodes import meanings, to_plain
from goldenthread.thread.survey.spans import packed

MOST_PROBLEMS, MOST_ROWS, MOST_NAMED = 5_000, 50, 2_000_000
CHECKED = "checked"
READ_BY = ("file", "seen", "choices", "recodes", "questionnaire", "answered")
WAITING = ("reading", "checking")
UNFORESEEN = (
    "Reading the file failed on something that nobody foresaw. Nothing else was changed. Begin again; if it "
    "fails again, tell whoever looks after this system."
)
PASSING = (UNFORESEEN, NO_ROOM)
"""Why reading fails that may go well another time, with the same file."""
NOT_LISTED = "more of other kinds, not listed one by one: there are too many."


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file of answers was recognised as: its layout, its rows, and how each question seems read."""

    layout: str
    people: int
    proposals: tuple[Proposal, ...]


@transaction.atomic
def proposals(wave: Wave, looked: Looked) -> None:
    """Keep how a new wave's file seems read; it waits for somebody to look."""
    found = _locked(wave, state="reading")
    if found is None:
        return
    _put(found, looked.proposals)
    found.layout, found.people, found.state, found.said = looked.layout, looked.people, "mapping", ""
    _end(found)


@transaction.atomic
def problems(
    wave: Wave,
    people: int | None,
    met: Iterable[Problem],
    layout: str,
    printed: dict[str, Any] | None = None,
) -> None:
    """Keep what was met while reading every answer; the wave waits for somebody to accept it.

    What was read as ``wave`` no longer says is dropped, and read again where nobody else will.
    """
    found = _locked(wave)
    if found is None or _overtaken(wave, found):
        return
    found.problems.all().delete()
    WaveProblem.objects.bulk_create(_lines(found, list(met)), batch_size=500)
    found.people, found.layout, found.state, found.said = people, layout, "checking", CHECKED
    if printed is not None:
        found.printed = printed
    if found.replaced:
        found.replaced = {**found.replaced, "after": people}
    _end(found)


@transaction.atomic
def exchanged(wave: Wave, headings: tuple[Sequence[str], Sequence[str]] = ((), ())) -> None:
    """Put the incoming file in its place; the worker then reads every answer in it as before.

    ``headings`` are those of the two files, where columns are matched to a questionnaire.
    """
    found = _locked(wave, incoming=wave.incoming)
    if found is None:
        return
    before, after = headings
    new, gone = _only(after, before), _only(before, after)
    _exchange(found, Carried((), new=new if before else (), gone=gone))
    _check_next(found)


@transaction.atomic
def carried_over(wave: Wave, looked: Looked) -> None:
    """Put the incoming file in its place with what was decided of the file before.

    Where something in it wants an eye, it waits for somebody to look; else every answer is read.
    """
    found = _locked(wave, incoming=wave.incoming)
    if found is None:
        return
    recoded: dict[str, list[str]] = {}
    for each in meanings(found.recodes):
        recoded.setdefault(each.question, []).append(each.value)
    carried = carry(looked.proposals, chosen(found.seen, found.choices), recoded)
    renamed = (
        replace(m, question=carried.renamed.get(m.question, m.question)) for m in meanings(found.recodes)
    )
    found.recodes = to_plain(renamed)
    never_decided = found.state in ("mapping", "failed") or not found.choices
    _exchange(found, carried)
    _put(found, carried.proposals)
    found.layout, found.people = looked.layout, looked.people
    if never_decided or carried.doubtful or carried.new:
        found.state, found.said = "mapping", ""
        _end(found)
    else:
        _check_next(found)


def failed(wave: Wave, kept: str, said: str) -> None:
    """Keep why a file cannot be used. A corrected one is put aside: the file before it stands."""
    with transaction.atomic():
        found = _locked(wave)
        if found is None:
            return
        if kept == found.incoming:
            forget(found.survey.area_id, found.incoming)
            found.replaced = {"refused": said[:500], "file": found.incoming_name}
            found.incoming = found.incoming_name = ""
        else:
            if _overtaken(wave, found):
                return
            found.state, found.said = "failed", said[:500]
        _end(found)


def _overtaken(wave: Wave, found: Wave) -> bool:
    """Whether ``found``, the wave as it stands, would be read by something else than ``wave`` says."""
    if all(getattr(wave, name) == getattr(found, name) for name in READ_BY) and _items(wave) == _items(found):
        return False
    if found.state in WAITING and found.said != CHECKED and found.file == wave.file:
        _read_again(found)
    return True


def _items(wave: Wave) -> object:
    return wave.printed.get("items", {})


def _read_again(wave: Wave) -> None:
    from goldenthread.thread.survey import tasks  # noqa: PLC0415 - tasks stand on this module

    (tasks.look_at if wave.state == "reading" else tasks.check).enqueue(wave.pk)


def _locked(wave: Wave, **only: str) -> Wave | None:
    waves = Wave.objects.select_for_update(of=("self",)).select_related("survey")
    return waves.filter(pk=wave.pk, **only).first()


def _end(wave: Wave) -> None:
    wave.step, wave.percent = "", None
    wave.version += 1
    wave.save()


def _put(wave: Wave, found: Iterable[Proposal]) -> None:
    found = list(found)
    wave.seen = [seen_to_plain(each.seen) for each in found]
    wave.choices = [choice_to_plain(each.choice, sure=each.sure, because=each.because) for each in found]


def _exchange(wave: Wave, carried: Carried) -> None:
    wave.replaced = {
        "file": wave.file_name,
        "before": wave.people,
        "new": list(carried.new),
        "gone": list(carried.gone),
        "doubtful": list(carried.doubtful),
    }
    forget(wave.survey.area_id, wave.file)
    wave.file, wave.file_name = wave.incoming, wave.incoming_name
    wave.incoming = wave.incoming_name = ""


def _check_next(wave: Wave) -> None:
    from goldenthread.thread.survey.tasks import check  # noqa: PLC0415 - tasks stand on this module

    wave.state, wave.said = "checking", ""
    _end(wave)
    check.enqueue(wave.pk)


def _only(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    known = {" ".join(each.split()).casefold() for each in those}
    return tuple(each for each in these if each and " ".join(each.split()).casefold() not in known)


def _lines(wave: Wave, met: list[Problem]) -> list[WaveProblem]:
    """What was left out first, as far as there is room; the rest in one line each of lost and noted."""
    met.sort(key=lambda problem: not problem.lost)
    room = MOST_NAMED
    lines = []
    for problem in met[:MOST_PROBLEMS]:
        lines.append(_line(wave, problem, room))
        room = max(0, room - len(problem.rows))
    rest = met[MOST_PROBLEMS:]
    for lost in (True, False):
        times = sum(problem.count for problem in rest if problem.lost == lost)
        if times:
            lines.append(WaveProblem(wave=wave, message=NOT_LISTED, lost=lost, times=times))
    return lines


def _line(wave: Wave, problem: Problem, room: int) -> WaveProblem:
    return WaveProblem(
        wave=wave,
        rows=list(problem.rows[:MOST_ROWS]),
        column=(problem.column or "")[:200],
        question=(problem.question or "")[:80],
        value=(problem.value or "")[:200],
        message=problem.message[:400],
        lost=problem.lost,
        times=problem.count,
        every=packed(problem.rows, room),
    )
