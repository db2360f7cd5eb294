"""Any questionnaire that ours can be: every kind, every key, and words of every sort."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from goldenthread.analysis.definition.model import (
    All,
    Answer,
    Answered,
    AnyOf,
    Between,
    Condition,
    Is,
    Kind,
    Net,
    Not,
    Polarity,
    Question,
    Questionnaire,
    Recode,
    Row,
    Scale,
    Section,
    Side,
)
from goldenthread.analysis.definition.read import load_text
from goldenthread.analysis.definition.write import questionnaire_text

ODD = st.sampled_from(
    (
        *(
            "=1+1",
            "'=1",
            "-5 to 0",
            "+44",
            "@x",
            "a;=b",
            "a\t=b",
            "\ufeff=x",
            "<b>bold</b>",
            "<i",
            "a < b & c",
        ),
        *("&amp;", "&", "{q1}", "\\{", "two\nlines", "two\r\nlines", " edges ", "two  spaces", "tab\there"),
        *(
            "\x00",
            "\x01\x1f",
            "\ufffe",
            "_x0041_",
            "${q1}",
            "<!-- no -->",
            "<script>x</script>",
            "1.0",
            "TRUE",
        ),
        *('=HYPERLINK("x")', "😀", "ŵ ŷ", "\u2028", "\xa0", "''", '"', "-oth-", "other", "x" * 40),
    )
)
WORDS = st.one_of(st.text(min_size=1, max_size=12), ODD, st.sampled_from(("Yes", "No", "Never")))
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,7}", fullmatch=True) | st.sampled_from(
    ("q1", "Q1", "1", "meta", "time", "sid", "other", "q1_a", "q1-a", "self", "data", "q" * 30)
)
CODES = st.one_of(
    st.sampled_from(("1", "2", "3", "-1", "-oth-", "other", "A B", "a;b", "long-answer-code", "ü", "'", '"')),
    st.text(min_size=1, max_size=6),
)
CODED = (Kind.SINGLE, Kind.SCALE, Kind.MATRIX, Kind.MULTIPLE)
FILLED = WORDS.filter(lambda text: bool(text.strip()))
ENDS = ((1.0, None), (None, 7.5), (-2.0, 1e300), (3, 3))
FEW = st.integers(0, 2)
COIN = st.booleans()
NAMES = st.lists(IDS, min_size=1, max_size=5, unique=True)
ANSWERS = st.lists(CODES.filter(str.strip), min_size=1, max_size=4, unique_by=str.casefold)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire without a fault, as it is read from its own TOML."""
    made: list[Question] = []
    for number, name in enumerate(draw(NAMES)):
        made.append(_question(draw, name, number, made))
    cut = draw(st.integers(0, len(made)))
    parts = [(0, made[:cut]), (cut, made[cut:])] if draw(COIN) else [(0, made)]
    sections = tuple(
        Section(f"{draw(IDS)}{number}", draw(FILLED), tuple(part), _maybe(draw, made[:start]))
        for number, (start, part) in enumerate(parts)
    )
    purpose = draw(WORDS) if draw(COIN) else ""
    whole = Questionnaire(draw(FILLED), draw(FILLED), sections, purpose, draw(COIN))
    read, faults = load_text(questionnaire_text(whole), "made.toml")
    assume(not faults.lines)
    return read


def codes(question: Question) -> tuple[str, ...]:
    """The codes of its answers."""
    return tuple(answer.code for answer in question.scale.answers) if question.scale else ()


def unnamed(whole: Questionnaire) -> Questionnaire:
    """Without the names of scales: in a file each question holds its own."""
    sections = (
        replace(
            section,
            questions=tuple(replace(q, scale=q.scale and replace(q.scale, id="")) for q in section.questions),
        )
        for section in whole.sections
    )
    return replace(whole, sections=tuple(sections))


def _words(draw: st.DrawFn) -> str:
    """Some words, or none."""
    return draw(FILLED) if draw(COIN) else ""


def _question(draw: st.DrawFn, name: str, number: int, before: list[Question]) -> Question:
    kind = draw(st.sampled_from(Kind))
    scale = _scale(draw, kind) if kind in CODED else None
    label = _words(draw)
    return Question(
        id=name,
        kind=kind,
        text=draw(FILLED),
        item=f"{draw(FILLED)} {number}" if draw(COIN) else name,
        label=f"{label} {number}" if label else "",
        scale=scale,
        rows=_rows(draw, number) if kind is Kind.MATRIX else (),
        topic=_words(draw) or None,
        polarity=draw(st.sampled_from(Polarity)),
        show_if=_maybe(draw, before),
        required=draw(COIN),
        number=_words(draw),
        need=_words(draw) or None,
        recode=_recode(draw, scale) if scale else (),
        help=_words(draw),
    )


def _recode(draw: st.DrawFn, scale: Scale) -> tuple[Recode, ...]:
    meant = (None, *(answer.code for answer in scale.answers))
    return tuple(Recode(f"stray {n} {draw(WORDS)}", draw(st.sampled_from(meant))) for n in range(draw(FEW)))


def _scale(draw: st.DrawFn, kind: Kind) -> Scale:
    names = draw(ANSWERS)
    nets = draw(COIN) and kind is not Kind.MULTIPLE
    other = draw(st.sampled_from((None, *names)))
    answers = tuple(
        Answer(
            code,
            f"{draw(FILLED)} lab{n}",
            aliases=tuple(f"{draw(WORDS)} al{n}{m}" for m in range(draw(FEW))),
            net="all" if nets and n == 0 else None,
            outside=n > 0 and draw(COIN),
            exclusive=draw(COIN),
            other=code == other,
            need=_words(draw) or None,
        )
        for n, code in enumerate(names)
    )
    net = (Net("all", draw(FILLED), draw(st.sampled_from(Side))),) if nets else ()
    return Scale("", answers, net, "all" if nets else None)


def _rows(draw: st.DrawFn, number: int) -> tuple[Row, ...]:
    return tuple(
        Row(
            name,
            f"{draw(FILLED)} row{number}{n}",
            f"{draw(FILLED)} item{number}{n}",
            label=f"{draw(WORDS)} rowlab{number}" if n == 0 else "",
            topic=_words(draw) or None,
            polarity=draw(st.sampled_from(Polarity)),
            need=_words(draw) or None,
        )
        for n, name in enumerate(draw(NAMES)[:3])
    )


def _maybe(draw: st.DrawFn, before: list[Question]) -> Condition | None:
    return _condition(draw, before, 3) if before and draw(COIN) else None


def _condition(draw: st.DrawFn, before: list[Question], deep: int) -> Condition:
    form = draw(st.sampled_from((All, AnyOf, Not, None, None, None))) if deep else None
    if form is None:
        return _leaf(draw, draw(st.sampled_from(before)))
    if form is Not:
        return Not(_condition(draw, before, deep - 1))
    return form(tuple(_condition(draw, before, deep - 1) for _ in range(1 + draw(FEW))))


def _leaf(draw: st.DrawFn, question: Question) -> Condition:
    names = [question.id, *(f"{question.id}.{row.id}" for row in question.rows)]
    if question.kind is Kind.NUMBER and draw(COIN):
        return Between(question.id, *draw(st.sampled_from(ENDS)))
    if question.scale is None or draw(COIN):
        return Answered(draw(st.sampled_from(names)))
    offered = st.sampled_from(codes(question))
    chosen = tuple(draw(offered) for _ in range(1 + draw(FEW)))
    return Is(draw(st.sampled_from(names[1:] or names)), chosen)
