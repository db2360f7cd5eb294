"""What an expression means for our routing: a condition, or what cannot be said in one.

Programs agree on a blank: it is no answer, equal to no code and within no range, and unequal to each. So does
our ``not``: it holds for whoever left a question blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from goldenthread.analysis.definition.conditions import DEEPEST
from goldenthread.analysis.definition.formats.expression import (
    Call,
    Compare,
    Const,
    Every,
    Expression,
    NotHeld,
    Opposite,
    Ref,
    Some,
)
from goldenthread.analysis.definition.model import (
    All,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Not,
    Question,
)
from goldenthread.analysis.definition.words import quoted

Meaning = Condition | bool
"""A condition, or always, or never."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name stands for: a question (``name`` is its id), a row of it (``question.row``), or an
    ``option`` of a multiple, by its code."""

    name: str
    question: Question
    option: str | None = None


Find = Callable[[str], Meant]
"""Raises NotHeld for a name of nothing."""

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_COUNTS = {"count-selected", "string-length", "strlen", "count"}


def meaning(expression: Expression, find: Find) -> Meaning:
    """What ``expression`` means. Raises ``NotHeld`` where no condition of ours says it."""
    found = _meaning(expression, find)
    if not isinstance(found, bool) and _depth(found) > DEEPEST:
        raise NotHeld("it is nested too deeply")
    return found


def _depth(condition: Condition) -> int:
    if isinstance(condition, Not):
        return 1 + _depth(condition.part)
    return 1 + max(map(_depth, condition.parts)) if isinstance(condition, All | AnyOf) else 0


def _meaning(expression: Expression, find: Find) -> Meaning:
    if isinstance(expression, Every):
        return every([_meaning(part, find) for part in expression.parts])
    if isinstance(expression, Some):
        return some([_meaning(part, find) for part in expression.parts])
    if isinstance(expression, Opposite):
        return opposite(_meaning(expression.part, find))
    if isinstance(expression, Const) and isinstance(expression.value, float):
        return bool(expression.value)
    if isinstance(expression, Compare):
        return _compared(expression, find)
    if isinstance(expression, Call):
        return _called(expression, find)
    raise NotHeld("something is compared with nothing")


def opposite(found: Meaning) -> Meaning:
    """Where ``found`` does not hold."""
    if isinstance(found, bool):
        return not found
    return found.part if isinstance(found, Not) else Not(found)


def every(found: Sequence[Meaning]) -> Meaning:
    """Where all hold; two ends of one range are one range, and a range says that there is an answer."""
    if any(part is False for part in found):
        return False
    parts = _ranges([part for part in found if not isinstance(part, bool)])
    ranged = {part.question for part in parts if isinstance(part, Between)}
    left = [part for part in parts if not (isinstance(part, Answered) and part.question in ranged)]
    return True if not left else left[0] if len(left) == 1 else All(tuple(left))


def some(found: Sequence[Meaning]) -> Meaning:
    """Where any holds; several answers of one question are one test."""
    if any(part is True for part in found):
        return True
    parts: list[Condition] = []
    for part in found:
        if not isinstance(part, bool):
            _join(parts, part)
    return False if not parts else parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _join(parts: list[Condition], part: Condition) -> None:
    for at, before in enumerate(parts):
        if isinstance(before, Is) and isinstance(part, Is) and before.question == part.question:
            parts[at] = Is(part.question, tuple(dict.fromkeys((*before.codes, *part.codes))))
            return
    if part not in parts:
        parts.append(part)


def _ranges(parts: Sequence[Condition]) -> list[Condition]:
    found: list[Condition] = []
    for part in parts:
        last = found[-1] if found else None
        joined = _one_range(last, part)
        found[-1 if joined else len(found) :] = [joined or part]
    return found


def _one_range(first: Condition | None, second: Condition) -> Between | None:
    if not (isinstance(first, Between) and isinstance(second, Between)):
        return None
    if first.question == second.question and first.most is None and second.least is None:
        return Between(first.question, first.least, second.most)
    return None


def _compared(test: Compare, find: Find) -> Meaning:
    left, right, sign = test.left, test.right, test.sign
    if isinstance(left, Const):
        left, right, sign = right, left, _FLIPPED.get(sign, sign)
    for side in (left, right):
        if isinstance(side, Call) and side.name not in _COUNTS:
            raise NotHeld(f"it uses {side.name}()")
    if not isinstance(right, Const):
        raise NotHeld("two answers are compared with each other")
    if isinstance(left, Call):
        return _counted(left, sign, right.value, find)
    if not isinstance(left, Ref):
        raise NotHeld("a comparison of more than one answer")
    target = find(left.name)
    if right.value == "":
        return _blank(target, sign)
    return _tested(target, sign, right.value)


def _blank(target: Meant, sign: str) -> Meaning:
    """Compared with nothing: whether there is an answer."""
    if sign not in ("==", "!="):
        raise NotHeld(f"{quoted(target.name)} is compared with nothing")
    given = _given(target)
    return Not(given) if sign == "==" else given


def _given(target: Meant) -> Condition:
    if target.option is None:
        return Answered(target.name)
    return Is(target.name, (target.option,))


def _tested(target: Meant, sign: str, value: str | float) -> Meaning:
    question = target.question
    if target.option is not None:
        return _ticked(target, sign, value)
    if question.kind is Kind.NUMBER:
        return _in_range(target.name, sign, _number(target, value))
    if question.kind is Kind.MULTIPLE:
        return _only(target, sign, value)
    if question.scale is None:
        raise NotHeld(f"the words of {quoted(target.name)} are compared")
    if question.rows and target.name == question.id:
        raise NotHeld(f"{quoted(target.name)} has several rows")
    return _coded(target, sign, value)


def _ticked(target: Meant, sign: str, value: str | float) -> Meaning:
    if sign not in ("==", "!=") or value != "Y":
        raise NotHeld(f"an option of {quoted(target.name)} is compared with {quoted(_code(value))}")
    return _given(target) if sign == "==" else Not(_given(target))


def _number(target: Meant, value: str | float) -> float:
    if isinstance(value, str) and not _is_number(value):
        raise NotHeld(f"{quoted(target.name)} is compared with {quoted(value)}")
    return float(value)


def _in_range(name: str, sign: str, value: float) -> Meaning:
    """Our ranges hold their ends, so "more than" is an answer that is not "up to"."""
    if sign in ("==", "!="):
        exact = Between(name, value, value)
        return exact if sign == "==" else Not(exact)
    if sign in (">=", "<="):
        return Between(name, value, None) if sign == ">=" else Between(name, None, value)
    rest = Between(name, None, value) if sign == ">" else Between(name, value, None)
    return All((Answered(name), Not(rest)))


def _only(target: Meant, sign: str, value: str | float) -> Meaning:
    """A question that takes several, compared whole: this one and no other."""
    known = _codes(target.question)
    code = _known(target, _code(value))
    others = tuple(each for each in known if each != code)
    only: Condition = Is(target.name, (code,))
    if others:
        only = All((only, Not(Is(target.name, others))))
    if sign not in ("==", "!="):
        raise NotHeld(f"{quoted(target.name)} takes several answers and is compared by size")
    return only if sign == "==" else Not(only)


def _coded(target: Meant, sign: str, value: str | float) -> Meaning:
    if sign in ("==", "!="):
        test = Is(target.name, (_known(target, _code(value)),))
        return test if sign == "==" else Not(test)
    limit = _number(target, value)
    codes = [code for code in _codes(target.question) if _is_number(code)]
    if len(codes) < len(_codes(target.question)):
        raise NotHeld(f"the answers of {quoted(target.name)} are compared by size")
    chosen = tuple(code for code in codes if _HOLDS[sign](float(code), limit))
    return Is(target.name, chosen) if chosen else False


def _called(call: Call, find: Find) -> Meaning:
    if call.name in ("true", "false") and not call.arguments:
        return call.name == "true"
    if call.name == "not" and len(call.arguments) == 1:
        return opposite(_meaning(call.arguments[0], find))
    if call.name in ("is_empty", "empty") and len(call.arguments) == 1:
        return Not(_given(_named(call.arguments[0], find)))
    if call.name == "selected" and len(call.arguments) == 2:
        return _selected(call, find)
    raise NotHeld(f"it uses {call.name}()")


def _selected(call: Call, find: Find) -> Meaning:
    target, code = _named(call.arguments[0], find), call.arguments[1]
    if target.question.scale is None or not isinstance(code, Const):
        raise NotHeld("it uses selected() of something else than an answer on offer")
    return Is(target.name, (_known(target, _code(code.value)),))


def _counted(call: Call, sign: str, value: str | float, find: Find) -> Meaning:
    """Whether there is any answer, asked by how many there are or how long it is."""
    if len(call.arguments) != 1:
        raise NotHeld(f"it counts with {call.name}()")
    given = _given(_named(call.arguments[0], find))
    if (sign, value) in ((">", 0.0), (">=", 1.0), ("!=", 0.0)):
        return given
    if (sign, value) in (("==", 0.0), ("<", 1.0)):
        return Not(given)
    raise NotHeld(f"it counts with {call.name}()")


def _named(argument: Expression, find: Find) -> Meant:
    if not isinstance(argument, Ref):
        raise NotHeld("a call of something else than an answer")
    return find(argument.name)


def _known(target: Meant, code: str) -> str:
    if code not in _codes(target.question):
        raise NotHeld(f"{quoted(code)} is no answer of {quoted(target.name)}")
    return code


def _codes(question: Question) -> tuple[str, ...]:
    return tuple(answer.code for answer in question.scale.answers) if question.scale else ()


def _code(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def _is_number(code: str) -> bool:
    try:
        return isfinite(float(code))
    except ValueError:
        return False
