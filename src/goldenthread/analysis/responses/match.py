"""Which column answers which question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.words import counted
from goldenthread.analysis.problem import Problem, Refusal, brief
from goldenthread.analysis.responses import fold
from goldenthread.analysis.responses.cells import is_blank, letter
from goldenthread.analysis.responses.grid import Grid
from goldenthread.analysis.responses.layouts.column import Column
from goldenthread.analysis.responses.notes import Place, note
from goldenthread.analysis.responses.targets import Names, Role, Target, names_of


@dataclass(frozen=True, slots=True)
class Matched:
    """The column of each target that has one, and what is worth saying about columns that have none.

    ``strays`` are the columns that answer no question.
    """

    columns: Mapping[Target, Column]
    strays: tuple[Column, ...]
    doubtful: tuple[Problem, ...]
    unread: tuple[Problem, ...]


def match_columns(
    grid: Grid, columns: Sequence[Column], questionnaire: Questionnaire, besides: frozenset[int] = frozenset()
) -> Matched:
    """Match columns to questions, rows and options by id, number, text or label.

    ``besides`` are columns with a use of their own (a weight, a stratum). Raises Refusal where two
    columns answer one question, or no column answers any.
    """
    names = names_of(questionnaire)
    found: dict[Target, Column] = {}
    strays: list[Column] = []
    doubtful: list[Problem] = []
    for column in (c for c in columns if not c.own and c.index not in besides):
        targets = _targets(column, names, columns)
        if not targets:
            strays.append(column)
        elif len(targets) > 1:
            doubtful.append(_doubt(grid, column, targets))
        else:
            _claim(grid.file, found, targets[0], column)
    if not found:
        raise Refusal(
            f"{grid.file}: no heading matches a question of the questionnaire “{questionnaire.title}”."
        )
    return Matched(found, tuple(strays), tuple(doubtful), _strays(grid, strays))


def find_column(grid: Grid, name: str) -> int:
    """The column with this heading, however it is spaced and cased. Raises Refusal where there is none."""
    wanted = fold.light(name)
    found = [index for index, heading in enumerate(grid.headings) if fold.light(heading) == wanted]
    if not found:
        raise Refusal(f"{grid.file} has no column “{name}”, which the study names.")
    return found[0]


def _targets(column: Column, names: Names, columns: Sequence[Column]) -> tuple[Target, ...]:
    found = next((targets for targets in map(names.find, column.names) if targets), ())
    if column.turn and not found:
        return _in_turn(column, column.turn, names, columns)
    if len(found) > 1 and any(fold.heavy(c.turn) == fold.heavy(column.heading) for c in columns if c.turn):
        return _in_turn(column, column.heading, names, columns)
    return found


def _in_turn(column: Column, name: str, names: Names, columns: Sequence[Column]) -> tuple[Target, ...]:
    """Repeats of one text, numbered by the system, belong to its questions in their order."""
    key = fold.heavy(name)
    repeats = [c.index for c in columns if not c.own and key in (fold.heavy(c.turn), fold.heavy(c.heading))]
    targets = names.find(name)
    if len(repeats) != len(targets):
        return targets if len(targets) > 1 else ()
    place = repeats.index(column.index)
    return targets[place : place + 1]


def _claim(file: str, found: dict[Target, Column], target: Target, column: Column) -> None:
    other = found.setdefault(target, column)
    if other is not column:
        part = f", “{target.part}”" if target.part else ""
        raise Refusal(
            f"{file}: columns {letter(other.index)} “{brief(other.heading)}” and {letter(column.index)} "
            f"“{brief(column.heading)}” both answer the question “{target.question}”{part}; remove one."
        )


def _doubt(grid: Grid, column: Column, targets: tuple[Target, ...]) -> Problem:
    ids = ", ".join(f"“{t.question}.{t.part}”" if t.part else f"“{t.question}”" for t in targets)
    filled = sum(not is_blank(cell) for cell in grid.columns[column.index])
    message = f"the heading fits {ids} alike and the column was left out; head it with the question's id."
    return Problem(grid.file, message, (), column.heading, each=max(1, filled))


def _strays(grid: Grid, strays: list[Column]) -> tuple[Problem, ...]:
    """One note naming every column that holds something and answers no question."""
    filled = [c for c in strays if c.heading or not all(map(is_blank, grid.columns[c.index]))]
    if not filled:
        return ()
    named = "; ".join(
        f"{letter(c.index)} {f'“{brief(c.heading)}”' if c.heading else '(no heading)'}" for c in filled
    )
    said = counted(len(filled), "column answers no question and was", "columns answer no question and were")
    return (note(Place(grid.file), f"{said} not read: {named}."),)


def answer_column(
    matched: Matched, question: str, part: str | None = None, role: Role = Role.ANSWER
) -> Column | None:
    """The column of a question, row or option, or None."""
    return matched.columns.get(Target(question, part, role))
