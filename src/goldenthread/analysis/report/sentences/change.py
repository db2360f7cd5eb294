"""Changes as words: verdicts, the three ways of not knowing, and the same mix of staff (method 7, 9)."""

from __future__ import annotations

from typing import Literal

from goldenthread.analysis.compare.findings import is_good
from goldenthread.analysis.compare.model import MOVED, Change, Verdict
from goldenthread.analysis.compare.verdict import small_move, too_few
from goldenthread.analysis.definition.study import Item
from goldenthread.analysis.report.sentences.words import give_or_take, plural, signed, whole

Judgement = Literal["better", "worse", ""]
SameMix = Literal["holds", "unsure", "conflict", "unknown"]

VERDICTS = {
    Verdict.ROSE: "Rose",
    Verdict.FELL: "Fell",
    Verdict.SAME: "About the same",
    Verdict.FEW: "Too few to tell",
}
NO_VERDICT = "No verdict"


def verdict_words(verdict: Verdict | None) -> str:
    """The verdict as a table or a chart prints it."""
    return NO_VERDICT if verdict is None else VERDICTS[verdict]


def points_words(points: float) -> str:
    """``6 points higher``, ``1 point lower`` or ``no change``."""
    size = abs(whole(points))
    if size == 0:
        return "no change"
    return f"{plural(size, 'point')} {'higher' if points > 0 else 'lower'}"


def signed_points(points: float) -> str:
    """``+6 points``: a change is never printed with a per cent sign."""
    return f"{signed(points)} {'point' if abs(whole(points)) == 1 else 'points'}"


def interval_words(low: float, high: float) -> str:
    """``−4 to +16``."""
    return signed(low) if whole(low) == whole(high) else f"{signed(low)} to {signed(high)}"


def size_words(points: float, low: float, high: float) -> str:
    """``6 points higher, give or take 9``."""
    return f"{points_words(points)}, {give_or_take(points, low, high)}"


def tidy(text: str) -> str:
    """A reason as a clause: no full stop, no capital, a per cent sign close to its figure."""
    text = text.strip().removesuffix(".").replace(" %", "%")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def change_sentence(change: Change, then: str, margin: float, *, new: bool = False) -> str:
    """One sentence without its full stop: what happened since ``then``, hedged.

    ``new`` is true where no earlier wave asked.
    """
    if change.verdict is None or change.points is None or change.low is None or change.high is None:
        return _not_compared(tidy(change.because) or "no figure", then, new=new)
    if change.verdict is Verdict.FEW:
        because = tidy(change.because)
        lead = because if because.startswith(("too few", "on its own")) else f"too few to tell: {because}"
        return f"Compared with {then}, {lead}"
    if change.verdict is Verdict.SAME:
        small = small_move((change.low, change.high), margin)
        size = size_words(change.points, change.low, change.high)
        return f"That is about the same as in {then}{f': {small}' if small else f' ({size})'}"
    points = points_words(change.points)
    return f"That is {points} than in {then}, {give_or_take(change.points, change.low, change.high)}"


def _not_compared(because: str, then: str, *, new: bool) -> str:
    if because.startswith("compared as"):
        return f"Its change since {then} is {because}"
    if new and because.startswith("not asked in"):
        return f"It is new: {because}"
    if because.startswith("not asked"):
        return f"There is nothing to compare it with: {because}"
    return f"It cannot be compared with {then}: {because}"


def same_mix_holds(change: Change) -> SameMix:
    """What the same mix of people makes of a rise or a fall (method 9)."""
    if change.conflict:
        return "conflict"
    if change.mix_points is None:
        return "unknown"
    return "holds" if change.mix_verdict is change.verdict else "unsure"


def mix_few_words(change: Change, margin: float, comparisons: int) -> str:
    """Why the same mix earns no verdict, by method 7's three sentences; empty where it earns one."""
    if change.mix_verdict is not Verdict.FEW or change.mix_low is None or change.mix_high is None:
        return ""
    return too_few((change.mix_low, change.mix_high), margin, comparisons)


def mix_sentence(change: Change, people: str) -> str:
    """The headline's second half where the same mix does not bear a rise or a fall out; else empty."""
    if change.verdict not in MOVED or change.mix_points is None:
        return ""
    if same_mix_holds(change) == "unsure":
        return f"For the same mix of {people} it cannot be told from chance"
    return _conflict(change, people) if change.conflict else ""


def _conflict(change: Change, people: str) -> str:
    """Where the same mix tells another story, which."""
    told = {
        Verdict.SAME: "it is about the same",
        Verdict.FEW: "it cannot be told from chance",
        Verdict.ROSE: "it rose",
        Verdict.FELL: "it fell",
        None: f"it is {points_words(change.mix_points or 0.0)}",
    }[change.mix_verdict]
    if change.mix_verdict is change.verdict:
        told = f"it is {points_words(change.mix_points or 0.0)}"
    return f"But different people answered: for the same mix of {people} {told}"


def judgement(item: Item, answer: str, verdict: Verdict | None) -> Judgement:
    """Whether a rise or fall is good: direction and judgement are two words (method 11)."""
    good = is_good(item, answer, verdict)
    if good is None:
        return ""
    return "better" if good else "worse"


def range_of_change(change: Change) -> str:
    """``−4 to +16`` for a table; empty where there is no figure."""
    if change.low is None or change.high is None:
        return ""
    return interval_words(change.low, change.high)


def mix_range(change: Change) -> str:
    """The range of the same-mix change for a table."""
    if change.mix_low is None or change.mix_high is None:
        return ""
    return interval_words(change.mix_low, change.mix_high)
