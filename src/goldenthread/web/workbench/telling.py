"""What a command refused, said on the form it came from; and who came second, shown both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.analysis.problem import Problem, folded
from goldenthread.ground.refused import Conflict, Refused
from goldenthread.web.access import AreaRequest
from goldenthread.web.components.parts import Cell, Column, Row
from goldenthread.web.workbench.frame import framed

UNSENT = ("csrfmiddlewaretoken", "version")


@dataclass(frozen=True, slots=True)
class Both:
    """One thing as it stands now and as somebody typed it."""

    name: str
    now: str
    mine: str


PROBLEMS = [Column("What is wrong"), Column("Left out", number=True)]


def problem_rows(problems: Iterable[Problem]) -> list[Row]:
    """What could not be read in a file, alike problems in one row, with how many rows it cost."""
    return [
        Row((Cell(fold.sentence()), Cell(f"{fold.count:,}" if fold.problems[0].lost else "None")))
        for fold in folded(problems)
    ]


def say(form: forms.Form, refused: Refused, prefix: str = "") -> None:
    """Put what was refused beside its field, or above the form where it has none: each line by itself."""
    names = (refused.field, f"{prefix}{refused.field}")
    field = next((name for name in names if name in form.fields), None)
    for line in str(refused).splitlines():
        form.add_error(field, line)


def conflicted(
    request: AreaRequest,
    conflict: Conflict,
    both: Sequence[Both],
    *,
    version: int,
    back: str,
    instead: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page for whoever saved second: what stands now, what they typed, and the choice between them.

    ``instead`` is sent in place of what they sent under the same name: what stands now, where that is
    not told by a version.
    """
    others = dict(instead or {})
    different = [each for each in both if each.now != each.mine]
    rows = [
        Row((Cell(each.name), Cell(each.now or "Nothing"), Cell(each.mine or "Nothing")))
        for each in different
    ]
    sent = [
        (name, value)
        for name in request.POST
        for value in request.POST.getlist(name)
        if name not in (*UNSENT, *others)
    ]
    context = framed(
        request,
        "",
        why=str(conflict),
        columns=[Column("What"), Column("As it stands now"), Column("As you typed it")],
        rows=rows,
        sent=[*sent, *others.items(), ("version", str(version))],
        back=back,
    )
    return render(request, "workbench/conflict.html", context, status=409)
