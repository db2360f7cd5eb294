"""Questions that no answers can lead to.

The reasoning is small and sound: it may miss a question that can never be shown, and never accuses
one that can. It writes a question's conditions as alternatives ("this and this, or that and not
this"), adds to each alternative what it takes to be shown the questions it needs answered, and
strikes out an alternative that asks one question for two things at once: two different answers of
a question that takes one, numbers in ranges that do not meet, an answer and no answer, an answer
and not that answer. A question with no alternative left can never be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from goldenthread.analysis.definition.conditions import Leaf, leaves
from goldenthread.analysis.definition.model import (
    All,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Questionnaire,
)
from goldenthread.analysis.definition.model import Not as Negated
from goldenthread.analysis.definition.routing import Asked, asked
from goldenthread.analysis.definition.variables import shown_if
from goldenthread.analysis.definition.words import listed, quoted

Demand = tuple[Leaf, bool]
"""A test of one question, and whether it must hold or must not."""

Route = frozenset[Demand]
"""Demands that must all be met."""

MOST_ROUTES = 400
"""Beyond this many alternatives a question is taken to be reachable."""

_ANY_ROUTE: tuple[Route, ...] = (frozenset(),)


def unreachable_faults(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """A fault for each question that can never be shown."""
    known = asked(questionnaire)
    routes: dict[str, tuple[Route, ...]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            conditions = shown_if(section, question)
            found = _routes(conditions, routes, known)
            routes.setdefault(question.id, found)
            if not found:
                yield f"question {quoted(question.id)}", _reason(conditions, routes, known)


def _routes(
    conditions: tuple[Condition, ...],
    earlier: Mapping[str, tuple[Route, ...]],
    known: Mapping[str, Asked],
) -> tuple[Route, ...]:
    """Every consistent way to be shown a question; one that asks nothing where we cannot tell."""
    if not conditions:
        return _ANY_ROUTE
    own = alternatives(All(conditions))
    if own is None:
        return _ANY_ROUTE
    grown: dict[Route, None] = {}
    for route in own:
        wider = _with_earlier(route, earlier, known)
        if wider is None or len(grown) + len(wider) > MOST_ROUTES:
            return _ANY_ROUTE
        grown.update(dict.fromkeys(r for r in wider if _consistent(r, known)))
    return tuple(grown)


def alternatives(condition: Condition, *, holds: bool = True) -> tuple[Route, ...] | None:
    """``condition`` (or its opposite) as alternatives; None where there are too many."""
    if isinstance(condition, Negated):
        return alternatives(condition.part, holds=not holds)
    if not isinstance(condition, All | AnyOf):
        return (frozenset({(condition, holds)}),)
    parts = [alternatives(part, holds=holds) for part in condition.parts]
    either = isinstance(condition, AnyOf) == holds
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return _either(known) if either else _together(known)


def _either(parts: list[tuple[Route, ...]]) -> tuple[Route, ...] | None:
    routes = tuple(dict.fromkeys(route for part in parts for route in part))
    return routes if len(routes) <= MOST_ROUTES else None


def _together(parts: list[tuple[Route, ...]]) -> tuple[Route, ...] | None:
    joined: tuple[Route, ...] = _ANY_ROUTE
    for part in parts:
        if len(joined) * len(part) > MOST_ROUTES:
            return None
        joined = tuple(dict.fromkeys(a | b for a, b in product(joined, part)))
    return joined


def _with_earlier(
    route: Route, earlier: Mapping[str, tuple[Route, ...]], known: Mapping[str, Asked]
) -> tuple[Route, ...] | None:
    """``route`` with what it takes to be shown every question it needs answered."""
    needed = dict.fromkeys(
        known[leaf.question].question.id for leaf, holds in route if holds and leaf.question in known
    )
    return _together([(route,), *(earlier.get(name, _ANY_ROUTE) for name in needed)])


def _consistent(route: Route, known: Mapping[str, Asked]) -> bool:
    by_question: dict[str, list[Demand]] = {}
    for demand in route:
        by_question.setdefault(demand[0].question, []).append(demand)
    return all(_possible(demands, known.get(name)) for name, demands in by_question.items())


def _possible(demands: list[Demand], target: Asked | None) -> bool:
    """Whether one question can be answered so that every demand is met."""
    if not any(holds for _, holds in demands):
        return True  # left blank, or never shown
    if any(isinstance(leaf, Answered) and not holds for leaf, holds in demands):
        return False
    if target is None or target.question.scale is None:
        return _number_possible(demands)
    codes = frozenset(answer.code for answer in target.question.scale.answers)
    if not codes or (target.question.kind is Kind.MATRIX and not target.row):
        return True
    return _codes_possible(demands, codes, several=target.question.kind is Kind.MULTIPLE)


def _codes_possible(demands: list[Demand], codes: frozenset[str], *, several: bool) -> bool:
    wanted = [frozenset(leaf.codes) for leaf, holds in demands if isinstance(leaf, Is) and holds]
    barred = {code for leaf, holds in demands if isinstance(leaf, Is) and not holds for code in leaf.codes}
    open_codes = codes - barred
    if several:
        return bool(open_codes) and all(want & open_codes for want in wanted)
    return bool(open_codes.intersection(*wanted))


def _number_possible(demands: list[Demand]) -> bool:
    ranges = [_ends(leaf) for leaf, holds in demands if isinstance(leaf, Between) and holds]
    least = max((low for low, _ in ranges), default=float("-inf"))
    most = min((high for _, high in ranges), default=float("inf"))
    barred = [_ends(leaf) for leaf, holds in demands if isinstance(leaf, Between) and not holds]
    return least <= most and not any(low <= least and most <= high for low, high in barred)


def _ends(leaf: Between) -> tuple[float, float]:
    least = float("-inf") if leaf.least is None else leaf.least
    return least, float("inf") if leaf.most is None else leaf.most


def _reason(
    conditions: tuple[Condition, ...], routes: Mapping[str, tuple[Route, ...]], known: Mapping[str, Asked]
) -> str:
    names = dict.fromkeys(leaf.question for condition in conditions for leaf in leaves(condition))
    owners = dict.fromkeys(known[name].question.id for name in names if name in known)
    closed = [quoted(owner) for owner in owners if not routes.get(owner, _ANY_ROUTE)]
    if closed:
        return f"can never be shown: it depends on {listed(closed)}, which can never be shown either"
    return "can never be shown: its conditions contradict one another"
