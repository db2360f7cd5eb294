"""Numbers as words: levels, ranges and shares, printed half-up and hedged as method 1 asks.

Pure functions. Nothing here claims more than "of those who answered".
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from goldenthread.analysis.definition.words import counted, quoted
from goldenthread.analysis.estimate.model import Estimate

TENTHS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HIDDEN = "[c]"
FEW = "[u]"
APPROXIMATE = "[a]"
ALMOST_EVERYONE = "almost everyone answered"
NO_BASE = "no range: base not known"


def half_up(value: float, places: int = 0) -> Decimal:
    """``value`` rounded as people do it: 89.5 becomes 90, -0.5 becomes -1."""
    return Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def whole(value: float) -> int:
    """The whole number nearest to ``value``, half-up away from nought."""
    return int(half_up(value))


def percent(value: float, places: int = 0) -> str:
    """``63%``; a per cent is printed whole unless a table asks for more."""
    return f"{half_up(value, places)}%"


def number(value: float) -> str:
    """A count with thousands parted; halves, from a mean of questions, keep one decimal."""
    return f"{whole(value):,}" if abs(value - whole(value)) < 0.05 else f"{half_up(value, 1):,}"


def signed(value: float, places: int = 0) -> str:
    """``+6``, ``−28`` or ``0``, with a real minus sign."""
    rounded = half_up(value, places)
    if rounded == 0:
        return "0"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):,}"


def plural(count: int, word: str, words: str = "") -> str:
    """``1 answer``, ``2 answers``: a regular word needs no second form."""
    return counted(count, word, words or f"{word}s")


def to(low: float, high: float) -> str:
    """A range in words: ``42 to 46``; one figure where both ends print the same."""
    low_text, high_text = str(half_up(low)), str(half_up(high))
    return low_text if low_text == high_text else f"{low_text} to {high_text}"


def capital(text: str) -> str:
    """``text`` with its first letter raised."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """``text`` with its first letter lowered."""
    return text[:1].lower() + text[1:]


def cited(text: str) -> str:
    """The words of a question or an answer in quotation marks, without their full stop."""
    return quoted(text.strip().removesuffix("."))


def one_in(share: float) -> str:
    """A share as a count: 0.1 is ``one in 10``; ``none`` where there is none."""
    return f"one in {whole(1 / share)}" if share > 0 else "none"


def in_ten(value: float) -> str:
    """A per cent as a share anyone can picture, as printed: 58 is "nearly six in ten"."""
    printed = whole(value)
    if printed in {0, 100}:
        return "None" if printed == 0 else "All"
    if printed < 6:
        return "Fewer than one in ten"
    if printed > 95:
        return "Almost all"
    tenths = (printed + 4) // 10
    return _near("half" if tenths == 5 else f"{TENTHS[tenths]} in ten", printed - 10 * tenths)


def _near(share: str, over: int) -> str:
    if over < -1:
        return f"Nearly {share}"
    if over > 4:
        return f"More than {share}"
    return f"Just over {share}" if over > 1 else capital(share)


def longer_arm(value: float, low: float, high: float) -> int:
    """The longer arm of a range, so that nothing is promised that is not inside; never nought."""
    return max(1, whole(max(high - value, value - low)))


def give_or_take(value: float, low: float, high: float) -> str:
    """``give or take 9``."""
    return f"give or take {longer_arm(value, low, high)}"


def base_words(estimate: Estimate) -> str:
    """How many answers stand under a figure; for a published wave perhaps only a range."""
    if estimate.base is not None:
        return number(estimate.base)
    if estimate.base_low is None or estimate.base_high is None:
        return ""
    if estimate.base_low == estimate.base_high:
        return number(estimate.base_low)
    return f"{number(estimate.base_low)} to {number(estimate.base_high)}"


def effective_words(estimate: Estimate) -> str:
    """What a weighted base is worth: ``, worth 301 with weights``; empty without weights (method 3)."""
    if not estimate.weighted or estimate.effective_base is None:
        return ""
    return f", worth {number(whole(estimate.effective_base))} with weights"


def bound_words(bound: str) -> str:
    """``more than 95%``, from a bound with or without its sign (method 10, D3)."""
    return bound if "%" in bound else f"{bound}%"


def value_words(estimate: Estimate) -> str:
    """The figure as printed, or what stands in its place: ``63%``, ``more than 95%``, ``[c]``."""
    if estimate.flag == "c":
        return HIDDEN
    if estimate.bound is not None:
        return capital(bound_words(estimate.bound))
    if estimate.percent is None:
        return "no answers"
    return percent(estimate.percent)


def range_words(estimate: Estimate) -> str:
    """``57 to 67``, with ``[u]`` or ``[a]`` where the figure is shaky; empty where there is no figure."""
    if estimate.percent is None or estimate.flag == "c":
        return ""
    if estimate.low is None or estimate.high is None:
        return _no_range(estimate)
    marks = {"u": f" {FEW}", "a": f" {APPROXIMATE}"}
    return to(estimate.low, estimate.high) + marks.get(estimate.flag or "", "")


def _no_range(estimate: Estimate) -> str:
    """Why a figure has no range: nobody printed its base, or almost everyone answered (method 4 and 8)."""
    return ALMOST_EVERYONE if base_words(estimate) else NO_BASE


def spread_words(estimate: Estimate) -> str:
    """``give or take 5``; where almost everyone answered there is no play of chance to tell (method 4)."""
    if estimate.percent is None or estimate.low is None or estimate.high is None:
        return _no_range(estimate)
    return give_or_take(estimate.percent, estimate.low, estimate.high)


def level_words(estimate: Estimate) -> str:
    """``63% of 342, give or take 5``: a level with its base and its range."""
    if estimate.percent is None:
        return value_words(estimate)
    base = base_words(estimate)
    return f"{percent(estimate.percent)}{f' of {base}' if base else ''}, {spread_words(estimate)}"
