"""An invented area, for the page that shows every component. Nobody's figures."""

from __future__ import annotations

from goldenthread.analysis.report.model import Bar as Agreement
from goldenthread.analysis.report.model import BarChart, ChangeChart, ChangeRow, Segment
from goldenthread.web.components import parts
from goldenthread.web.components.parts import (
    Bar,
    Cell,
    Column,
    Crumb,
    Download,
    Fact,
    HeatCell,
    HeatRow,
    LooseEnd,
    NavLink,
    NextStep,
    Node,
    OpenNow,
    Option,
    RailLink,
    Row,
    SpineLink,
    Step,
    StrandLink,
    Tally,
)

HERE = "#main"
"""Every sample's link leads nowhere else."""


def nav() -> tuple[NavLink, ...]:
    """The masthead's links."""
    return tuple(NavLink(name, HERE) for name in ("Search", "Reports", "People", "Settings"))


def rail(here: str) -> tuple[RailLink, ...]:
    """The seven links; three of them begun, one of them without a page."""
    rows: tuple[tuple[str, parts.State, str], ...] = (
        ("Ask", "done", "2,046 people"),
        ("Find", "done", "61 findings"),
        ("Need", "done", "14 needs"),
        ("Plan", "done", "9 actions agreed"),
        ("Train", "part", "46 of 71 sessions run"),
        ("Measure", "part", "5 of 14 figures in"),
        ("Reply", "todo", "nothing published yet"),
    )
    return tuple(
        RailLink(name, None if state == "todo" else HERE, state, words, here=name == here)
        for name, state, words in rows
    )


def _loose(number: str, words: str) -> LooseEnd:
    return LooseEnd(number, HERE, words)


def spine() -> tuple[SpineLink, ...]:
    """The front page's thread."""
    return (
        SpineLink(
            *("Ask", HERE, "done", "staff answered, of about 6,336", "2,046", HERE),
            note=(
                "Staff survey, June to July 2026. That is 32%. Early years were too few, so we are asking "
                "again."
            ),
        ),
        SpineLink(
            *("Find", HERE, "done", "findings", "61", HERE),
            note="12 to celebrate, 9 that fell, 22 gaps, 18 about the same or too few to tell.",
            loose=(_loose("2 findings", "lead to no need"),),
        ),
        SpineLink(
            *("Need", HERE, "done", "needs, in order", "14", HERE),
            note="Agreed by the workforce group on 2 October, with the parent carer forum.",
            loose=(_loose("1 need", "has no action: deaf awareness in colleges"),),
        ),
        SpineLink(
            *("Plan", HERE, "done", "actions agreed", "9", HERE),
            note="£84,500 of £90,000 set aside for 2026 to 2027.",
        ),
        SpineLink(
            *("Train", HERE, "part", "of 71 sessions run", "46", HERE),
            note="812 people trained since January. 118 places free this term.",
            loose=(_loose("2 actions", "have no session yet"),),
        ),
        SpineLink(
            *("Measure", HERE, "part", "of 14 measures have a new figure", "5", HERE),
            note="Next: family confidence survey, due 27 November.",
        ),
        SpineLink(
            *("Reply", HERE, "part", "of 33 points answered", "27", HERE),
            note="Last published 12 October.",
            loose=(
                _loose("1 promise", "is late, by 74 days"),
                _loose("6 points", "still wait for an answer"),
            ),
        ),
    )


AGAIN = "June 2028, with this survey’s questions ready to compare"

NEXT = (
    NextStep(
        "Set a new date for the late promise", HERE, "“A list of caseworkers by school” was due on 31 July."
    ),
    NextStep("Find a session for two actions", HERE, "Three trainers are free before half term."),
    NextStep("Give deaf awareness an owner", HERE, "51 college staff are waiting on it."),
    NextStep("Remind childminders", HERE, "30 have answered; 186 would let us tell."),
)

OPEN = OpenNow(
    name="Early years top-up survey",
    url=HERE,
    answers="215",
    words="of 780 have answered so far.",
    left="17 days left",
    answers_url=HERE,
    bars=(
        Bar("Nurseries and pre-schools", "85 of 240", "35.4", "60"),
        Bar("Childminders", "30 of 310", "9.7", "60"),
        Bar("School nursery classes", "65 of 180", "36.1", "60"),
        Bar("Health visitors", "35 of 50", "70", "60"),
    ),
    note=(
        "The mark shows how many answers would be enough to tell. Counted each night and shown in "
        "fives, so that nobody can be picked out."
    ),
)

TRAIL = (
    Step("Finding 23, a gap", HERE),
    Step("Need 2, planning for adult life", HERE),
    Step("Action 4", HERE),
    Step("6 sessions", HERE),
    Step("no reply yet", loose=True),
)

STRAND = (
    StrandLink(
        "Ask",
        (
            Node("Staff survey, item D1", HERE, "1,590 answers", "done"),
            Node("Families’ survey, question 9", HERE, "214 answers", "done", second=True),
        ),
    ),
    StrandLink(
        "Find",
        (
            Node("Finding 23, a gap", HERE, "44% confident (42 to 46)", "done", turn="merge"),
            Node(
                *("Finding 41", HERE, "38 families: “no one talked about work until Year 11”", "done"),
                second=True,
                turn="rises",
            ),
        ),
    ),
    StrandLink(
        "Need",
        (Node("Planning for adult life", None, "3,410 staff; place 2, could be 1 to 3", "done", here=True),),
    ),
    StrandLink(
        "Plan",
        (
            Node(
                *("Action 4", HERE, "An adult life lead in every secondary, by 31 March 2027", "done"),
                turn="split",
            ),
            Node(
                *("Action 7", HERE, "Visits to employers, by 30 April 2027", "done"),
                second=True,
                turn="falls",
            ),
        ),
    ),
    StrandLink(
        "Train",
        (
            Node("Half-day course", HERE, "4 of 6 sessions run; 96 people", "part"),
            Node("Visit to a supported internship", HERE, "No date yet", "todo", second=True, turn="far"),
        ),
    ),
    StrandLink(
        "Measure",
        (
            Node(
                "Measure 3",
                HERE,
                "Year 9 reviews with a plan for work: was 31%, aim 60%, new figure due January",
                "todo",
            ),
        ),
    ),
    StrandLink(
        "Reply",
        (
            Node("Staff point 4", HERE, "Not answered yet", "todo"),
            Node("Families’ point 12", HERE, "Not answered yet", "todo", second=True),
        ),
    ),
)

TALLY = (
    Tally("16", "done"),
    Tally("7", "we will, by a date"),
    Tally("3", "we can’t, because"),
    Tally("1", "late", concern=True),
    Tally("6", "still to answer"),
)

FACTS = (
    Fact("When", "Wednesday 4 November, 3.45 to 5.15 pm"),
    Fact("Where", "Larkfield Primary, your own hall"),
    Fact("Cost", "Free; your school is paid for cover"),
    Fact("Places", "7 of 30 left"),
)

CRUMBS = (Crumb("Surveys", HERE), Crumb("Staff survey", HERE), Crumb("Summer 2026", HERE))

OPTIONS = (
    Option("school", "A school", "Maintained, academy, special or independent."),
    Option("nursery", "A nursery or childminder"),
    Option("health", "A health service", chosen=True),
    Option("college", "A college", disabled=True),
)

BY = (
    ("group", "Staff group"),
    ("kind", "Kind of setting"),
    ("district", "District"),
)
WHERE = (("", "All settings"), ("schools", "Schools"), ("health", "Health"))
WAVES = (("2024", "2024"), ("2022", "2022"), ("", "No comparison"))

DOWNLOADS = (
    Download("Spreadsheet", HERE, "18 KB"),
    Download("CSV", HERE),
    Download("Charts as pictures", HERE),
    Download("Word", HERE),
    Download("Every figure, for other programs (JSON)", HERE),
)

COLUMNS = (
    Column("Staff group"),
    *(Column(words, number=True) for words in ("Base", "Strongly agree", "Agree", "Neither")),
    *(Column(words, number=True) for words in ("Disagree", "Strongly disagree", "All who agree (range)")),
    Column("Not part of my role", number=True),
)
_SHARES = (
    ("SEND casework team", 61, (8, 13, 16, 39, 23), 62, 57, 67, 6),
    ("SENCOs", 214, (3, 10, 14, 49, 24), 73, 70, 75, 7),
    ("Social care and early help", 162, (5, 19, 25, 38, 14), 51, 45, 58, 24),
    ("Health", 188, (5, 20, 24, 37, 14), 51, 45, 56, 31),
    ("Teachers and teaching assistants", 870, (11, 30, 28, 24, 7), 31, 28, 34, 171),
    ("All staff", 1590, (8, 23, 24, 32, 12), 44, 42, 46, 250),
)
_NAMES = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
_SIDES = ("low", "low", "middle", "high", "high")


def rows() -> tuple[Row, ...]:
    """The table under the chart; two groups of it hidden."""
    shown = [_row(*share) for share in _SHARES]
    hidden = [
        Row((Cell(name), *[Cell("", mark="[c]")] * (len(COLUMNS) - 1))) for name in ("Early years", "Post-16")
    ]
    return (*shown[:-1], *hidden, shown[-1])


def _row(name: str, base: int, shares: tuple[int, ...], net: int, low: int, high: int, apart: int) -> Row:
    cells = [Cell(f"{share}%") for share in reversed(shares)]
    total = Cell(f"{net}%", soft=f"({low}–{high})")
    return Row((Cell(name), Cell(f"{base:,}"), *cells, total, Cell(str(apart))), total=name == "All staff")


def agreement() -> BarChart:
    """Who feels confident?"""
    bars = tuple(
        Agreement(
            name=name,
            base=f"{base:,} people",
            value=f"{net}%",
            range=f"{low} to {high}",
            segments=tuple(
                Segment(label, step, side, float(share))  # type: ignore[arg-type]
                for step, (label, side, share) in enumerate(zip(_NAMES, _SIDES, shares, strict=True), 1)
            ),
            percent=float(net),
            low=float(low),
            high=float(high),
            total=name == "All staff",
        )
        for name, base, shares, net, low, high, _ in _SHARES
    )
    return BarChart(
        id="sample",
        question="Who feels confident?",
        answer="Most SENCOs and caseworkers do. Three in ten teachers and teaching assistants do.",
        key=tuple((name, step) for step, name in enumerate(_NAMES, 1)),
        bars=bars,
        note=(
            "Right of the line is agreement. 250 people said “not part of my role”; they are outside these "
            "figures. Early years and post-16 are hidden to protect people: early years because it is small, "
            "post-16 because it would give early years away."
        ),
        alt="",
    )


def changes() -> ChangeChart:
    """Did staff change, or did the people who answered change?"""
    return ChangeChart(
        id="mix",
        question="Did staff change, or did the people who answered change?",
        answer="The people who answered changed. SENCOs were 6% of answers in 2024 and 13% in 2026.",
        rows=(
            ChangeRow(
                *("As answered", "everyone, both waves", "rose", "Rose", "+4 points (+1 to +7)", "better"),
                points=4,
                low=1,
                high=7,
            ),
            ChangeRow(
                *("Same mix of staff", "both waves, the same shares", "about-the-same", "About the same"),
                "0 points (−3 to +3)",
                points=0,
                low=-3,
                high=3,
            ),
        ),
        margin=5,
        note="The shaded band is 5 points either way: a change inside it is too small to matter here.",
        alt="",
    )


HEAT_COLUMNS = (
    *("Teachers and teaching assistants", "SENCOs", "Early years", "Health"),
    *("Social care and early help", "SEND casework team", "Post-16"),
)
_HEAT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Planning for adult life", ("69 3", "27 4", "c", "49 6", "49 7", "35 8", "31 8")),
    ("Annual reviews and plans", ("61 3", "18 4", "58 9", "44 6", "57 7", "12 8", "38 8")),
    ("Autism in the classroom", ("47 3", "21 4", "52 9", "33 6", "41 7", "blank", "44 8")),
    ("Deaf awareness", ("74 3", "52 4", "66 9", "35 6", "61 u", "40 8", "72 u")),
    ("Being a lead professional", ("blank", "33 4", "46 9", "42 6", "35 7", "c", "blank")),
)
_STEPS = (20, 30, 40, 50, 65)


def heat() -> tuple[HeatRow, ...]:
    """Where staff are not yet confident."""
    return tuple(HeatRow(name, tuple(_heat_cell(each) for each in cells)) for name, cells in _HEAT)


def _heat_cell(text: str) -> HeatCell:
    if text == "blank":
        return HeatCell("", mark="blank")
    if text == "c":
        return HeatCell("", mark="c")
    figure, give = text.split()
    if give == "u":
        return HeatCell(figure, mark="u", url=HERE)
    return HeatCell(figure, f"±{give}", sum(int(figure) >= step for step in _STEPS), HERE)
