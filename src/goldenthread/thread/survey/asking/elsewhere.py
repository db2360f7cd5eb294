"""A wave's questions from a file of another program, and as a file for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from goldenthread.analysis.definition.formats.take import LARGEST, Format, Taken, codes_there, give, take
from goldenthread.analysis.definition.formats.told import told_lines
from goldenthread.analysis.definition.words import counted
from goldenthread.analysis.definition.write import questionnaire_text
from goldenthread.analysis.problem import Refusal
from goldenthread.ground.files.store import plain_name
from goldenthread.ground.people.actor import Actor, require
from goldenthread.ground.refused import Refused
from goldenthread.thread.survey.asking import commands
from goldenthread.thread.survey.asking.commands import Place
from goldenthread.thread.survey.editing.draft import Draft


@dataclass(frozen=True, slots=True)
class Came:
    """What came in with a file: how many questions, what was left out, what is otherwise than it was, and
    what is to be mended before it can be asked."""

    file: str
    questions: int
    lost: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def take_in(*, by: Actor, now: datetime, place: Place, name: str, stream: BinaryIO) -> Came:
    """Put the questions of a file in the place of the draft.

    Where the file does not say of which items they are, a question in the very words of the last wave
    stays its item. Raises as ``edit`` does, and Refused in a sentence for a file that cannot be used.
    """
    require(by, "survey.change", area=by.area)
    file = plain_name(name)
    taken = _taken(file, stream)
    many = counted(len(taken.whole.questions), "question", "questions")
    words = f"took in “{file}”, {many}"
    if taken.ours:
        text = questionnaire_text(taken.whole)
        commands.replace_draft(by=by, now=now, place=place, text=text, words=words)
    else:
        commands.edit(by=by, now=now, place=place, change=lambda _: taken.whole, words=words)
    lost, notes = (told_lines(t for t in taken.told if t.lost is wanted) for wanted in (True, False))
    return Came(file, len(taken.whole.questions), lost, notes, taken.faults)


def give_out(draft: Draft, kind: Format) -> bytes:
    """The draft as a file. Raises Refused where there is no question yet, or where one is to be mended
    before another program's file can be made."""
    _refuse_unfit(draft, kind)
    return give(draft.whole, kind).data


def to_know(draft: Draft, kind: Format) -> tuple[str, ...]:
    """What is otherwise in such a file. Raises Refused as ``give_out`` does."""
    _refuse_unfit(draft, kind)
    return told_lines(codes_there(draft.whole, kind))


def _refuse_unfit(draft: Draft, kind: Format) -> None:
    if not draft.whole.questions:
        raise Refused("There is no question yet.")
    if draft.faults and kind is not Format.TOML:
        raise Refused(f"Mend first what is listed with the questions: {draft.faults[0]}")


def _taken(file: str, stream: BinaryIO) -> Taken:
    try:
        return take(file, stream.read(LARGEST + 1))
    except Refusal as refusal:
        raise Refused(str(refusal), field="file") from refusal
