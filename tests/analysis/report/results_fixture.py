"""A rich set of results made by hand, for every test of a written report.

Three waves (2021 known only as published percentages), one grouping with hidden, small and
all-but-agreeing groups, a conflict with the same mix, every kind of finding, a combined item, a
multi-select, a changed scale and a negative item. Nothing here calls the analysis it stands in for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.analysis.report.results_figures import (
    AGREEMENT,
    ANSWERS,
    GROUP,
    HEADCOUNT,
    HIDDEN,
    LEVELS,
    NETS,
    PEOPLE,
    ROWS,
    TICK,
    TRAINING,
    WAVES,
    K,
    Row,
    all_changes,
    all_estimates,
    estimates,
    findings,
)

from goldenthread.analysis.compare.model import Finding
from goldenthread.analysis.definition.model import (
    Answer,
    Kind,
    Polarity,
    Question,
    Questionnaire,
    Scale,
    Section,
)
from goldenthread.analysis.definition.study import (
    Combining,
    Grouping,
    HeadcountRow,
    Item,
    Link,
    PrintedClass,
    Study,
    Wave,
)
from goldenthread.analysis.problem import Problem
from goldenthread.analysis.results import Besides, Results, WaveFacts, WhoRow, WhoTable


def rich_results() -> Results:
    """The whole invented study."""
    study = _study()
    return Results(
        study=study,
        waves=_facts(),
        who=tuple(_who(wave) for wave in ("2021", "2023", "2025")),
        estimates=tuple(all_estimates()),
        changes=tuple(all_changes()),
        findings=tuple(findings()),
        besides=tuple(_besides()),
        limits=("Ten answers to “Our strategy” in 2021 rest on a base known only as between 371 and 412.",),
        problems=(
            Problem("answers-2025.csv", "not an answer on offer; left blank", (14,), "Q7", "agree??"),
            Problem("answers-2025.csv", "not an answer on offer; left blank", (18,), "Q7", "n/k"),
            Problem("answers-2023.csv", "read as “Agree”", (3,), "Q2", "AGREE ", lost=False),
        ),
        comments={"2025:Q40": 118},
    )


def plain_results() -> Results:
    """One wave, no headcount, no grouping, one item: the least a report can stand on."""
    row = ROWS[0]
    item = _item(row)
    item = Item(item.id, item.label, ANSWERS, NETS, "agree", {"2025": ("Q2",)}, text=row.text)
    wave = Wave("2025", "2025", responses=Path("answers-2025.csv"))
    shown = tuple(e for e in estimates(row) if e.wave == "2025" and e.group is None)
    return Results(
        study=Study("plain", "A plain survey", "Anyshire", (wave,), (item,)),
        waves=(WaveFacts("2025", "2025", published=False, answered=370),),
        who=(),
        estimates=shown,
        changes=(),
        findings=(Finding("listen", K.STRENGTH, None, None, "93 % printed, line 90 %"),),
    )


def _study() -> Study:
    items = (*(_item(r) for r in ROWS), *(_option(*t) for t in TRAINING), _work_item())
    return Study(
        id="anyshire",
        title="SEND workforce survey 2025",
        area="Anyshire SEND Partnership",
        waves=(
            Wave("2021", "2021", figures=Path("figures-2021.csv"), answered=412, source="Report of May 2021"),
            Wave(
                "2023",
                "2023",
                date(2023, 6, 5),
                date(2023, 7, 7),
                _questionnaire("2023"),
                Path("answers-2023.csv"),
            ),
            Wave(
                "2025",
                "2025",
                date(2025, 6, 9),
                date(2025, 7, 11),
                _questionnaire("2025"),
                Path("answers-2025.csv"),
            ),
        ),
        items=items,
        groupings=(Grouping(GROUP, "Area of work"),),
        pairs=(("2023", "2025"), ("2021", "2023")),
        links=(
            Link("supervise", "2023", "2025", comparable=False, because="the scale changed"),
            Link("legal", "2023", "2025", reworded=True, because="“EHCPs” spelled out in full"),
        ),
        headcount=_headcount(),
        mix=GROUP,
        purpose="To find out what staff can do and what they need to learn.",
        question="What staff can do, and what they need to learn",
        people="staff",
        attribution="Anyshire is invented. Text and figures may be copied freely.",
        limits=("The survey went out by e-mail, so staff without a work e-mail address may have missed it.",),
        not_reported={"2025": ("Q39",), "2023": ("Q39", "Q41")},
    )


def _headcount() -> tuple[HeadcountRow, ...]:
    dated, source = date(2025, 1, 16), "Workforce census"
    levels = [
        HeadcountRow("2025", GROUP, k, n, dated=dated, source=source) for k, n in HEADCOUNT.items() if n
    ]
    return (HeadcountRow("2025", None, None, 2410, dated=dated, source=source), *levels)


def _questionnaire(wave: str) -> Questionnaire:
    asked = [row for row in ROWS if row.percents[WAVES.index(wave)] is not None and row.id != "funding"]
    questions = tuple(
        Question(f"Q{number}", Kind.SCALE, row.text, row.id, row.label, AGREEMENT, number=str(number))
        for number, row in enumerate(asked, 2)
    )
    text = (
        Question("Q39", Kind.NUMBER, "How many years have you worked here?", "years", number="39"),
        Question("Q40", Kind.LONG_TEXT, "What else should we know?", "comments", number="40"),
    )
    work = Question(
        "Q1",
        Kind.SINGLE,
        "Which area do you work in?",
        GROUP,
        "Area of work",
        Scale(GROUP, _work_item().answers),
        number="1",
    )
    train = Question(
        "Q30",
        Kind.MULTIPLE,
        "What would you like training in?",
        "training",
        "Training interests",
        Scale("training", tuple(Answer(c, label) for c, label, _ in TRAINING)),
        number="30",
    )
    sections = (
        Section("you", "About you", (work,)),
        Section("work", "Your work", (*questions, train, *text)),
    )
    return Questionnaire(wave, f"SEND workforce survey {wave}", sections)


def _item(row: Row) -> Item:
    sources = {w: (f"Q{_number(row, w)}",) for w, p in zip(WAVES, row.percents, strict=True) if p is not None}
    if row.id == "funding":
        sources = dict.fromkeys(("2023", "2025"), ("Q28", "Q29"))
    printed = (PrintedClass("2023", "↓", "What was less positive"),) if row.id == "transition" else ()
    combining, parts = (Combining.MEAN, ("funding-a", "funding-b")) if row.id == "funding" else (None, ())
    return Item(
        id=row.id,
        label=row.label,
        answers=ANSWERS,
        nets=NETS,
        headline="agree",
        sources=sources,
        topic="practice",
        polarity=row.polarity,
        text=row.text,
        combining=combining,
        parts=parts,
        printed=printed,
    )


def _number(row: Row, wave: str) -> int:
    asked = [r.id for r in ROWS if r.percents[WAVES.index(wave)] is not None]
    return 2 + asked.index(row.id)


def _option(code: str, label: str, _percent: int) -> Item:
    sources = dict.fromkeys(("2023", "2025"), (f"Q30.{code}",))
    text = "What would you like training in?"
    return Item(f"training-{code}", label, TICK, (), "yes", sources, "training", Polarity.NONE, text)


def _work_item() -> Item:
    answers = tuple(Answer(code, label) for code, label in LEVELS.items() if code)
    sources = dict.fromkeys(("2023", "2025"), ("Q1",))
    return Item(
        GROUP,
        "Area of work",
        answers,
        (),
        None,
        sources,
        polarity=Polarity.NONE,
        text="Which area do you work in?",
    )


# People


def _facts() -> tuple[WaveFacts, ...]:
    return (
        WaveFacts("2021", "2021", published=True, answered=412),
        WaveFacts("2023", "2023", published=False, answered=398, format="plain CSV"),
        WaveFacts(
            "2025",
            "2025",
            published=False,
            answered=370,
            invited=2410,
            rate=100 * 370 / 2410,
            shift_if_others_differ_by_10=8.46,
            matches=(),
            does_not_match={GROUP: ("Early years", "SEND casework team")},
            format="plain CSV",
        ),
    )


def _who(wave: str) -> WhoTable:
    people = PEOPLE.get(wave, {**dict.fromkeys(LEVELS, 0), "school": 280, "health": 90, "social": 43})
    base = 412 if wave == "2021" else sum(people.values())
    rows = tuple(_who_row(wave, level, n, base) for level, n in people.items())
    note = "The rows add to 413, not 412, as printed in the report." if wave == "2021" else ""
    return WhoTable(wave, GROUP, "Area of work", base, rows, note)


def _who_row(wave: str, level: str, n: int, base: int) -> WhoRow:
    headcount = HEADCOUNT[level] if wave == "2025" else None
    if wave != "2021" and level in HIDDEN:
        return WhoRow(level, LEVELS[level], None, None, headcount, shown_as="not shown")
    share = (n / 370) / (headcount / 2410) if headcount else None
    rate = 100 * n / headcount if headcount else None
    return WhoRow(level, LEVELS[level], n, 100 * n / base, headcount, rate, share)


def _besides() -> Iterable[Besides]:
    for row in ROWS:
        for wave in ("2023", "2025"):
            if row.percents[WAVES.index(wave)] is None:
                continue
            yield Besides(row.id, wave, None, None, 24, 9, 0)
            groups: Mapping[str, int] = PEOPLE[wave]
            for level, n in groups.items():
                hidden = level in HIDDEN or n // 12 < 10
                yield Besides(
                    row.id, wave, GROUP, level, None if hidden else n // 12, None if level in HIDDEN else 1, 0
                )
