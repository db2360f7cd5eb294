"""The invented figures behind ``results_fixture``: estimates, changes and findings, by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from goldenthread.analysis.compare.model import Change, Finding, FindingKind, Verdict
from goldenthread.analysis.compare.verdict import Rule, because
from goldenthread.analysis.definition.model import Answer, Net, Polarity, Scale, Side
from goldenthread.analysis.estimate.model import Estimate

WAVES = ("2021", "2023", "2025")
GROUP = "work"
LEVELS = {
    "school": "School staff",
    "early": "Early years",
    "health": "Health",
    "social": "Social care and early help",
    "casework": "SEND casework team",
    "hub": "Parenting hub",
    "transport": "School transport",
    "employ": "Employment and training",
    "": "Did not say",
}
PEOPLE = {
    "2023": dict(zip(LEVELS, (196, 45, 52, 38, 33, 12, 10, 0, 12), strict=True)),
    "2025": dict(zip(LEVELS, (170, 44, 58, 40, 25, 7, 12, 0, 14), strict=True)),
}
HEADCOUNT = dict(zip(LEVELS, (1340, 260, 310, 240, 60, 30, 90, 80, None), strict=True))
HIDDEN = {"hub", "transport"}

ANSWERS = (
    Answer("1", "Strongly disagree", net="disagree"),
    Answer("2", "Disagree", net="disagree"),
    Answer("3", "Neither agree nor disagree", net="neither"),
    Answer("4", "Agree", net="agree"),
    Answer("5", "Strongly agree", net="agree"),
    Answer("9", "Not part of my role", outside=True),
)
NETS = (
    Net("disagree", "Disagree or strongly disagree", Side.LOW),
    Net("neither", "Neither", Side.MIDDLE),
    Net("agree", "Agree or strongly agree", Side.HIGH),
)
AGREEMENT = Scale("agreement", ANSWERS, NETS, "agree")
TICK = (Answer("no", "Not ticked"), Answer("yes", "Ticked"))


@dataclass(frozen=True)
class Row:
    """One invented item: its agreement in each wave (None: not asked) and what was made of it."""

    id: str
    label: str
    text: str
    kind: FindingKind
    percents: tuple[int | None, int | None, int]
    verdict: Verdict | None = None
    polarity: Polarity = Polarity.POSITIVE
    mix: tuple[float, Verdict] | None = None
    because: str = ""
    p_adjusted: float = 0.4
    neither: float = 0.5


K, V = FindingKind, Verdict
ROWS = (
    Row(
        "listen",
        "Listening to children",
        "I listen to what children and young people want.",
        K.STRENGTH,
        (90, 92, 93),
        V.SAME,
    ),
    Row(
        "needs",
        "Spotting needs early",
        "I can spot when a child may have additional needs.",
        K.STRENGTH,
        (None, 88, 91),
        V.FEW,
    ),
    Row(
        "legal",
        "The law on plans",
        "I understand the law on education, health and care plans.",
        K.FELL,
        (70, 74, 58),
        V.FELL,
        mix=(-14.2, V.FELL),
        p_adjusted=0.002,
    ),
    Row(
        "alone",
        "Left alone with complex cases",
        "When a case is complex I am left to deal with it alone.",
        K.FELL,
        (None, 48, 33),
        V.FELL,
        Polarity.NEGATIVE,
        (-13.0, V.FELL),
        p_adjusted=0.004,
    ),
    Row(
        "personal",
        "Personal budgets",
        "I can explain personal budgets to a family.",
        K.LOW_BUT_IMPROVING,
        (30, 32, 47),
        V.ROSE,
        mix=(13.8, V.ROSE),
        p_adjusted=0.003,
    ),
    Row(
        "coproduce",
        "Co-production",
        "I know how co-production differs from consultation.",
        K.ROSE,
        (61, 62, 76),
        V.ROSE,
        mix=(12.1, V.ROSE),
        p_adjusted=0.003,
    ),
    Row(
        "adult",
        "Preparing for adulthood",
        "I feel confident planning for adult life with young people.",
        K.MIXED,
        (40, 41, 53),
        V.ROSE,
        mix=(2.1, V.SAME),
        p_adjusted=0.01,
    ),
    Row(
        "transition",
        "Moves between schools",
        "I know who to call when a child moves school.",
        K.GAP,
        (52, 50, 48),
        V.FEW,
    ),
    Row(
        "graduated",
        "The graduated approach",
        "I use assess, plan, do, review with each child.",
        K.STEADY,
        (72, 73, 75),
        V.SAME,
    ),
    Row("strategy", "Our strategy", "I have read the local strategy.", K.TOO_FEW, (66, 71, 66), V.FEW),
    Row(
        "voice",
        "Children who do not speak",
        "I can find out what a child who does not speak wants.",
        K.NEW,
        (None, None, 68),
    ),
    Row(
        "supervise",
        "Time to reflect",
        "I have time set aside to reflect on my work.",
        K.NEW,
        (None, 60, 64),
        None,
        because="the scale changed from three points to five",
    ),
    Row("funding", "Funding (two questions)", "", K.TOO_FEW, (None, 64, 67), V.FEW),
)
TRAINING = (
    ("autism", "Autism", 62),
    ("behaviour", "Behaviour and feelings", 48),
    ("law", "The law", 41),
    ("speech", "Speech and language", 41),
    ("budgets", "Personal budgets", 22),
)
BECAUSE = "2023 asked this with another scale"


# Estimates


def wilson(count: float, base: float) -> tuple[float, float, float]:
    """Percent, lower and upper end (Wilson 1927, z = 1.96)."""
    p, z = count / base, 1.96
    centre = (p + z * z / 2 / base) / (1 + z * z / base)
    half = z * sqrt(p * (1 - p) / base + z * z / 4 / base**2) / (1 + z * z / base)
    return 100 * p, 100 * max(0.0, centre - half), 100 * min(1.0, centre + half)


def _spread(base: int, percent: float) -> tuple[float, ...]:
    """``base`` people over five answers so that about ``percent`` agree."""
    agree = round(base * percent / 100)
    strongly, rest = agree // 3, base - agree
    neither = rest // 2
    disagree = (rest - neither) * 2 // 3
    return (rest - neither - disagree, disagree, neither, agree - strongly, strongly)


def _counts(row: Row, wave: str) -> dict[str, tuple[float, ...]]:
    percent = row.percents[WAVES.index(wave)] or 0
    tilt = {"school": 2, "early": -3, "health": 0, "social": -6, "casework": 4, "": -2}
    return {
        level: _spread(max(0, people - people // 12), min(98, percent + tilt.get(level, 0)))
        for level, people in PEOPLE[wave].items()
        if people
    }


def estimates(row: Row) -> Iterable[Estimate]:
    if row.percents[0] is not None:
        yield from _published(row, row.percents[0])
    for wave in ("2023", "2025"):
        if row.percents[WAVES.index(wave)] is None:
            continue
        groups = _counts(row, wave)
        total = tuple(float(sum(c)) for c in zip(*groups.values(), strict=True))
        if row.id == "funding":
            total = (*total[:3], total[3] - 0.5, total[4] + 0.5)
        yield from _cells(row.id, wave, None, total)
        for level, counts in groups.items():
            yield from _group(row.id, wave, level, counts)


def _published(row: Row, agree: int) -> Iterable[Estimate]:
    disagree = (100 - agree) // 2
    for answer, percent in {"disagree": disagree, "neither": 100 - agree - disagree, "agree": agree}.items():
        _, low, high = wilson(percent * 4.12, 412)
        yield Estimate(
            row.id,
            "2021",
            None,
            None,
            answer,
            None,
            None,
            float(percent),
            low,
            high,
            published=True,
            base_low=371,
            base_high=412,
            flag="a" if row.id == "strategy" and answer == "agree" else None,
        )


def _group(item: str, wave: str, level: str, counts: tuple[float, ...]) -> Iterable[Estimate]:
    if level in HIDDEN:
        codes = ("1", "2", "3", "4", "5", "disagree", "neither", "agree")
        yield from (
            Estimate(item, wave, GROUP, level, a, None, None, None, None, None, flag="c") for a in codes
        )
        return
    if item == "listen" and level == "early" and wave == "2025":
        base = int(sum(counts))
        yield Estimate(item, wave, GROUP, level, "agree", None, base, None, None, None, bound="more than 95")
        yield Estimate(
            item, wave, GROUP, level, "disagree", None, base, None, None, None, bound="fewer than 5"
        )
        return
    yield from _cells(item, wave, level, counts)


def _cells(item: str, wave: str, level: str | None, counts: tuple[float, ...]) -> Iterable[Estimate]:
    base = int(sum(counts))
    nets = {"disagree": counts[0] + counts[1], "neither": counts[2], "agree": counts[3] + counts[4]}
    for answer, count in {**dict(zip("12345", counts, strict=True)), **nets}.items():
        yield _estimate(item, wave, level, answer, count, base)


def _estimate(item: str, wave: str, level: str | None, answer: str, count: float, base: int) -> Estimate:
    percent, low, high = wilson(count, base)
    group = None if level is None else GROUP
    return Estimate(
        item, wave, group, level, answer, count, base, percent, low, high, flag="u" if base < 30 else None
    )


def all_estimates() -> Iterable[Estimate]:
    for row in ROWS:
        yield from estimates(row)
    for code, _, percent in TRAINING:
        for wave, base in (("2023", 371), ("2025", 352)):
            count = round(base * (percent - (0 if wave == "2025" else 2)) / 100)
            yield _estimate(f"training-{code}", wave, None, "yes", count, base)
            yield _estimate(f"training-{code}", wave, None, "no", base - count, base)
    for wave in ("2023", "2025"):
        base = sum(PEOPLE[wave].values()) - PEOPLE[wave][""]
        yield from (_estimate(GROUP, wave, None, k, n, base) for k, n in PEOPLE[wave].items() if k)


# Changes and findings


def change(row: Row, earlier: Estimate, later: Estimate) -> Change:
    """One change by Newcombe's square-and-add, with the verdict the row declares."""
    d, low, high = newcombe(earlier, later)
    shared = {
        "item": row.id,
        "answer": "agree",
        "group": later.group,
        "level": later.level,
        "from_wave": earlier.wave,
        "to_wave": later.wave,
    }
    if row.verdict is None:
        return Change(
            **shared,
            points=None,
            low=None,
            high=None,
            p=None,
            p_adjusted=None,
            family=None,
            verdict=None,
            because=BECAUSE,
        )
    if row.id == "graduated" and later.group is None:
        d, low, high = 2.5, 0.3, 4.7
    mix = {}
    if row.mix and later.group is None and earlier.wave == "2023":
        points, verdict = row.mix
        mix = {
            "mix_by": GROUP,
            "mix_cells": 6,
            "mix_points": points,
            "mix_low": points - 6.0,
            "mix_high": points + 6.0,
            "mix_verdict": verdict,
            "conflict": row.kind is K.MIXED,
        }
    verdict = row.verdict if earlier.wave == "2023" and later.group is None else V.FEW
    return Change(
        **shared,
        points=d,
        low=low,
        high=high,
        p=row.p_adjusted / 3,
        p_adjusted=row.p_adjusted,
        family=f"{earlier.wave}-{later.wave}" if later.group is None else GROUP,
        verdict=verdict,
        because=because(verdict, (low, high), Rule(5.0, 0.1, 28)),
        detectable=10.4,
        from_published=earlier.published,
        **mix,
    )


def newcombe(earlier: Estimate, later: Estimate) -> tuple[float, float, float]:
    """Points, low and high (Newcombe 1998)."""
    p1, l1, u1 = _three(earlier)
    p2, l2, u2 = _three(later)
    d = p2 - p1
    return d, d - sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2), d + sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)


def _three(e: Estimate) -> tuple[float, float, float]:
    assert e.percent is not None
    assert e.low is not None
    assert e.high is not None
    return e.percent, e.low, e.high


def all_changes() -> Iterable[Change]:
    for row in ROWS:
        found = {
            (e.wave, e.level): e for e in estimates(row) if e.answer == "agree" and e.percent is not None
        }
        for earlier, later in (("2023", "2025"), ("2021", "2023")):
            for level in (None, *LEVELS):
                pair = found.get((earlier, level)), found.get((later, level))
                if pair[0] and pair[1]:
                    yield change(row, pair[0], pair[1])


def findings() -> Iterable[Finding]:
    for row in ROWS:
        good = _good(row)
        yield Finding(row.id, row.kind, row.verdict, good, row.because)
    for code, _, _ in TRAINING:
        yield Finding(f"training-{code}", K.TOO_FEW, None, None, "no line is set for training interests")


def _good(row: Row) -> bool | None:
    if row.verdict not in {V.ROSE, V.FELL} or row.polarity is Polarity.NONE:
        return None
    return (row.verdict is V.ROSE) == (row.polarity is Polarity.POSITIVE)
