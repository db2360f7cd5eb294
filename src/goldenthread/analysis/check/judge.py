"""Can these printed percentages be true? Exact arithmetic on whole people.

After the GRIM test (Brown and Heathers 2017), carried to nets, averages and parts of a whole.
Rounding half up and half to even both pass. Weighted percentages cannot be judged so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from goldenthread.analysis.check.counts import (
    Span,
    as_printed,
    cut,
    empty,
    nearest_share,
    print_room,
    prints_as,
    room,
    slack,
    telling_shares,
)
from goldenthread.analysis.check.model import Figure, FigureKind, Judgement, Truth
from goldenthread.analysis.check.wholes import (
    Spans,
    adds_up,
    averages,
    bases,
    net_spans,
    rest_of_whole,
    shared_bases,
    spans,
    total,
)

CUT = "cut, not rounded"
ADDED = "added rounded parts"
AVERAGED = "averaged rounded parts"

Wholes = Mapping[tuple[str, str], tuple[Figure, ...]]


def judge(figures: tuple[Figure, ...]) -> tuple[Judgement, ...]:
    """One judgement for each figure, in order: the first that holds of wrong (has its own
    numerator), impossible, sum-impossible, possible.

    A whole is not judged where one of its parts is impossible: the fault is found already.
    """
    by_id = {figure.id: figure for figure in figures}
    found = {f.id: verdict for f in figures if (verdict := _alone(f, _parts(f, by_id)))}
    wholes = _wholes(figures)
    for figure in figures:
        verdict = found.get(figure.id) or _with_parts(figure, by_id, found, wholes)
        if verdict:
            found[figure.id] = verdict
    found = _sums(wholes, found) | found
    return tuple(found.get(figure.id, Judgement(figure.id, Truth.POSSIBLE)) for figure in figures)


def _parts(figure: Figure, by_id: Mapping[str, Figure]) -> tuple[Figure, ...]:
    return tuple(by_id[part] for part in figure.of if part in by_id)


def _wholes(figures: tuple[Figure, ...]) -> Wholes:
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.part:
            groups[figure.group, figure.wave].append(figure)
    return {key: tuple(parts) for key, parts in groups.items()}


def _alone(figure: Figure, parts: tuple[Figure, ...]) -> Judgement | None:
    """A figure by itself: against its own numerator, or against every count on its base."""
    if figure.percent is None or not bases(figure):
        return None
    if figure.numerator is not None:
        return _against_numerator(figure, figure.percent, figure.numerator, parts)
    if figure.kind is FigureKind.MEAN or print_room(figure.percent, figure.decimals).fits(bases(figure)):
        return None
    because = (
        ADDED if _added(figure, parts) else f"no whole number out of {_people(figure)} is this percentage"
    )
    return Judgement(figure.id, Truth.IMPOSSIBLE, because, _nearest(figure, (0, bases(figure)[-1])))


def _against_numerator(
    figure: Figure, percent: Fraction, numerator: int, parts: tuple[Figure, ...]
) -> Judgement | None:
    exact = telling_shares(percent, numerator, bases(figure))
    if any(prints_as(value, percent, figure.decimals) for value in exact):
        return None
    closest = min(exact, key=lambda value: abs(value - percent))
    return Judgement(
        figure.id,
        Truth.WRONG,
        _why_wrong(figure, percent, exact, parts),
        as_printed(closest, figure.decimals),
    )


def _why_wrong(
    figure: Figure, percent: Fraction, exact: tuple[Fraction, ...], parts: tuple[Figure, ...]
) -> str:
    if any(cut(value, figure.decimals) == percent for value in exact):
        return CUT
    if _added(figure, parts):
        return ADDED
    shown = as_printed(exact[0], figure.decimals + 2)
    return f"{figure.numerator} out of {_people(figure)} is {shown} %"


def _added(figure: Figure, parts: tuple[Figure, ...]) -> bool:
    """True where the figure is what adding the printed, rounded parts would give."""
    if figure.kind is FigureKind.MEAN or figure.percent is None:
        return False
    if parts:
        return len(parts) > 1 and figure.percent == _printed(parts)
    added = room(figure.percent, figure.decimals, figure.rounded_parts)
    return figure.rounded_parts > 1 and added.fits(bases(figure))


def _printed(parts: tuple[Figure, ...]) -> Fraction:
    return sum((part.percent or Fraction(0) for part in parts), Fraction(0))


def _people(figure: Figure) -> str:
    if figure.base is not None:
        return f"{figure.base}"
    return f"{figure.base_low} to {figure.base_high}"


def _nearest(figure: Figure, within: Span) -> str | None:
    """The nearest percentage some count within ``within`` would print as."""
    if figure.percent is None or empty(within):
        return None
    closest = nearest_share(figure.percent, bases(figure), within)
    return None if closest is None else as_printed(closest, figure.decimals)


def _with_parts(
    figure: Figure, by_id: Mapping[str, Figure], found: Mapping[str, Judgement], wholes: Wholes
) -> Judgement | None:
    """A net or an average against what its parts allow, unless a part is itself impossible."""
    parts = _parts(figure, by_id)
    if not parts or any(_impossible(part, found) for part in parts):
        return None
    if figure.kind is FigureKind.MEAN:
        return _mean(figure, parts)
    rest = rest_of_whole(parts, wholes)
    sound = not any(_impossible(part, found) for part in rest) and adds_up(parts + rest)
    return _net(figure, parts, rest if sound else ())


def _impossible(figure: Figure, found: Mapping[str, Judgement]) -> bool:
    verdict = found.get(figure.id)
    return verdict is not None and verdict.verdict is Truth.IMPOSSIBLE


def _net(figure: Figure, parts: tuple[Figure, ...], rest: tuple[Figure, ...]) -> Judgement | None:
    shared = shared_bases((figure, *parts))
    if shared is None:
        return _net_of_percents(figure, parts)
    own, added = spans(figure), net_spans(parts, rest)
    if not shared or any(_meet(own(base), added, base) for base in shared):
        return None
    allowed = added(shared[0])
    because = (
        ADDED if _added(figure, parts) else f"its parts allow {_range(allowed)} out of {_people(figure)}"
    )
    return Judgement(figure.id, Truth.IMPOSSIBLE, because, _nearest(figure, allowed))


def _meet(own: Span, added: Spans, base: int) -> bool:
    """Whether a net has a count in ``own`` that its parts allow as well."""
    if empty(own):
        return False
    least, most = added(base)
    return max(own[0], least) <= min(own[1], most)


def _net_of_percents(figure: Figure, parts: tuple[Figure, ...]) -> Judgement | None:
    give = slack(figure.decimals) + sum((slack(part.decimals) for part in parts), Fraction(0))
    if figure.percent is None or abs(figure.percent - _printed(parts)) <= give:
        return None
    because = f"its parts add to {float(_printed(parts)):g} %"
    return Judgement(figure.id, Truth.IMPOSSIBLE, because, as_printed(_printed(parts), figure.decimals))


def _range(allowed: Span) -> str:
    least, most = allowed
    return f"{least}" if least == most else f"{least} to {most}"


def _mean(figure: Figure, parts: tuple[Figure, ...]) -> Judgement | None:
    percent, decimals = figure.percent, figure.decimals
    if percent is None:
        return None
    closest = _closest_average(percent, averages(parts))
    if prints_as(closest, percent, decimals):
        return None
    if cut(closest, decimals) == percent:
        because = CUT
    elif prints_as(_printed(parts) / len(parts), percent, decimals):
        because = AVERAGED
    else:
        because = "the figures it averages do not give it"
    return Judgement(figure.id, Truth.IMPOSSIBLE, because, as_printed(closest, decimals))


def _closest_average(
    percent: Fraction, possible: tuple[Fraction, Fraction] | frozenset[Fraction]
) -> Fraction:
    if isinstance(possible, frozenset):
        return min(possible, key=lambda value: (abs(value - percent), value))
    return min(max(percent, possible[0]), possible[1])


def _sums(wholes: Wholes, found: Mapping[str, Judgement]) -> dict[str, Judgement]:
    """A judgement for every part of a whole that cannot add up."""
    verdicts: dict[str, Judgement] = {}
    for parts in wholes.values():
        if not any(_impossible(part, found) for part in parts) and not adds_up(parts):
            because = _why_not_whole(parts)
            verdicts |= {p.id: Judgement(p.id, Truth.SUM_IMPOSSIBLE, because) for p in parts}
    return verdicts


def _why_not_whole(parts: tuple[Figure, ...]) -> str:
    shared = shared_bases(parts)
    if shared is None:
        return f"the parts of this whole add to {float(_printed(parts)):g} %"
    if not shared:
        return "the parts of this whole have different bases"
    base = shared[0]
    least, most = total(spans(part)(base) for part in parts)
    gap = f"{base - most} too few" if most < base else f"{least - base} too many"
    return f"the parts of this whole add to {_range((least, most))} out of {base}: {gap}"
