"""A survey of two waves by 60 items with four groupings, one of 150 organisations: its files, and a recount.

``write`` makes the files; ``recount`` counts them again with DuckDB alone, from the words in the cells. Of
the newest wave there is also a file as it stood earlier, with fewer people in it, and one with answers that
people typed instead of choosing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

WAVES = ("2023", "2025")
EARLY, TYPED = "2025-early", "2025-typed"
"""The newest wave before a fifth of it had answered; and a file in which some answers are typed."""
KINDS = 6
"""How many different things are typed in the place of an answer to one statement."""
FREQUENCY = ("Never", "Rarely", "Sometimes", "Often", "Always")
OUTSIDE = "Not part of my role"
STATEMENTS, TICKS = 50, 10
GROUPS = {"area": "Area of work", "phase": "Phase", "time": "Time in role", "place": "Organisation"}
"""The groupings: item, and the first words of each level."""
LEVELS = {"area": 8, "phase": 5, "time": 6}
"""How many levels each has; organisations are as many as are asked for."""
MIX = "area"
ITEMS = tuple(f"item-{n}" for n in range(STATEMENTS))
TICK_LIST = "help"


@dataclass(frozen=True)
class Figure:
    """How many gave the answer, of how many who count."""

    count: int
    base: int


def groups(places: int) -> dict[str, tuple[str, ...]]:
    """The levels of each grouping, of which one is by ``places`` organisations."""
    sizes = {**LEVELS, "place": places}
    return {item: tuple(f"{word} {n}" for n in range(1, sizes[item] + 1)) for item, word in GROUPS.items()}


def questionnaire(wave: str, places: int) -> str:
    """The questionnaire both waves asked."""
    scale = ", ".join(
        f'{{ code = "{n}", label = "{label}", net = "{"seldom" if n < 4 else "often"}" }}'
        for n, label in enumerate(FREQUENCY, 1)
    )
    begins = (
        f'id = "w{wave}"\ntitle = "A wide survey"\n[scales.often]\n'
        f'answers = [{scale}, {{ code = "9", label = "{OUTSIDE}", outside = true }}]\n'
        'nets = [{ id = "seldom", label = "Seldom", side = "low" },'
        ' { id = "often", label = "Often or always", side = "high" }]\nheadline = "often"\n'
        '[[sections]]\nid = "all"\ntitle = "All"\n'
    )
    singles = "".join(_single(item, levels) for item, levels in groups(places).items())
    return begins + singles + "".join(map(_matrix, range(0, STATEMENTS, 10))) + _multiple()


def _single(item: str, levels: tuple[str, ...]) -> str:
    answers = ", ".join(f'{{ code = "{n}", label = "{label}" }}' for n, label in enumerate(levels))
    return (
        f'[[sections.questions]]\nid = "{item}"\nkind = "single"\ntext = "Your {item}?"\n'
        f"answers = [{answers}]\n"
    )


def _matrix(start: int) -> str:
    rows = ",\n".join(
        f'{{ id = "r{n}", text = "Statement {n}", item = "item-{n}" }}' for n in range(start, start + 10)
    )
    return (
        f'[[sections.questions]]\nid = "m{start}"\nkind = "matrix"\ntext = "How often do you do this?"\n'
        f'scale = "often"\nrows = [\n{rows}\n]\n'
    )


def _multiple() -> str:
    answers = ", ".join(f'{{ code = "o{n}", label = "Help {n}" }}' for n in range(TICKS))
    return (
        f'[[sections.questions]]\nid = "help"\nkind = "multiple"\ntext = "What would help you most?"\n'
        f'item = "{TICK_LIST}"\nlabel = "Would help"\nanswers = [{answers}]\n'
    )


def write(folder: Path, people: int, places: int) -> None:
    """Each wave's questionnaire and answers, ``people`` a wave, the same for every run."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, wave in enumerate(WAVES):
        (folder / f"{wave}.toml").write_text(questionnaire(wave, places), encoding="utf-8")
        columns, drawn = ", ".join(_columns(place, groups(places))), _drawn(people, groups(places))
        with duckdb.connect() as connection:
            connection.execute(f"SET threads = 1; SELECT setseed(0.{place + 1})")
            connection.execute(f"COPY (SELECT {columns} FROM ({drawn})) TO '{folder / wave}.csv' (HEADER)")
    newest = folder / f"{WAVES[-1]}.csv"
    _begin(newest, newest.with_stem(EARLY), people * 4 // 5)
    _typed(newest, newest.with_stem(TYPED))


def _begin(whole: Path, part: Path, people: int) -> None:
    with whole.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as first:
        first.writelines(islice(lines, people + 1))


def _typed(whole: Path, into: Path) -> None:
    """The same answers, one in 50 typed, and every statement a question of its own."""
    statements = {
        f"m{number - number % 10}[r{number}]": f"Statement {number}" for number in range(STATEMENTS)
    }
    typed = f"'Typed ' || (1 + floor({KINDS} * random())::INT)"
    columns = (
        f'CASE WHEN random() < 0.02 THEN {typed} ELSE "{heading}" END AS "{words}"'
        for heading, words in statements.items()
    )
    others = ", ".join(f'"{heading}"' for heading in statements)
    chosen = f"SELECT * EXCLUDE ({others}), {', '.join(columns)} FROM read_csv('{whole}', all_varchar = true)"
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1; SELECT setseed(0.5)")
        connection.execute(f"COPY ({chosen}) TO '{into}' (HEADER)")


def _drawn(people: int, groups: Mapping[str, tuple[str, ...]]) -> str:
    """Each person's groups, and how much they tend to do."""
    drawn = ", ".join(f"1 + floor({len(v)} * random())::INT AS {k}" for k, v in groups.items())
    return f"SELECT random() lean, {drawn} FROM range({people})"


def _columns(place: int, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for item, levels in groups.items():
        yield f'{_pick(levels, item)} AS "{item}"'
    for number in range(STATEMENTS):
        drift = f"0.05 * {place} * ({number} % 3 - 1) + 0.02 * ({number} + area + place) % 5 / 5"
        answer = f"least(5, 1 + floor(5 * (0.25 * lean + 0.7 * random() + {drift})))::INT"
        yield (
            f"CASE WHEN random() < 0.04 THEN '' WHEN random() < 0.05 THEN '{OUTSIDE}'"
            f' ELSE {_pick(FREQUENCY, answer)} END AS "m{number - number % 10}[r{number}]"'
        )
    for number in range(TICKS):
        yield f"CASE WHEN random() < {0.1 + 0.03 * number} THEN 'Yes' ELSE 'No' END AS \"help[o{number}]\""


def _pick(words: tuple[str, ...], place: str) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"([{listed}])[{place}]"


def recount(path: Path, heading: str, by: str = "") -> Mapping[str, Figure]:
    """How many said Often or Always to one statement, of those whose answer counts, by level; "" is all."""
    often = f"count(*) FILTER (\"{heading}\" IN ('Often', 'Always'))"
    base = f'count(*) FILTER ("{heading}" IN ({", ".join(repr(word) for word in FREQUENCY)}))'
    group = f'"{by}"' if by else "''"
    query = f"SELECT {group}, {often}, {base} FROM read_csv('{path}', all_varchar = true) GROUP BY 1"
    with duckdb.connect() as connection:
        rows = connection.execute(query).fetchall()
    return {level: Figure(count, base) for level, count, base in rows}
