"""LimeSurvey's types of question, and what becomes of each here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.analysis.definition.formats.lss.document import Row as TableRow
from goldenthread.analysis.definition.formats.lss.html import from_html
from goldenthread.analysis.definition.formats.lss.tables import Piece
from goldenthread.analysis.definition.formats.told import Told
from goldenthread.analysis.definition.model import Answer, Kind, Question, Row, Scale
from goldenthread.analysis.definition.read import usual_polarity
from goldenthread.analysis.definition.words import fold_label

OTHER, OTHER_OF_SEVERAL = "-oth-", "other"
"""What stands for "other" in LimeSurvey's answers: as a code, and as an option of several."""

OTHER_LABEL = "Other"

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys("L!OYG", Kind.SINGLE),
    "5": Kind.SCALE,
    **dict.fromkeys("MP", Kind.MULTIPLE),
    **dict.fromkeys("ABCEFH1", Kind.MATRIX),
    **dict.fromkeys("NK", Kind.NUMBER),
    "D": Kind.DATE,
    **dict.fromkeys("SQ", Kind.SHORT_TEXT),
    **dict.fromkeys("TU", Kind.LONG_TEXT),
}
SPLIT = "QK"
"""One question for each line of these."""

NOT_HELD: Mapping[str, str] = {
    "R": "a ranking",
    "|": "an upload of files",
    "X": "words between questions",
    "*": "an equation",
    "I": "a choice of language",
    ":": "a table of numbers",
    ";": "a table of words",
}
_FIXED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Y": (("Y", "Yes"), ("N", "No")),
    "G": (("F", "Female"), ("M", "Male")),
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
    **{
        letter: tuple((str(n), str(n)) for n in range(1, most + 1))
        for letter, most in zip("5AB", (5, 5, 10), strict=True)
    },
}
"""Answers that LimeSurvey words itself."""


@dataclass(slots=True)
class Taken:
    """The questions one of LimeSurvey's became, and what is to be told of it."""

    questions: list[Question]
    told: list[Told]


def taken(piece: Piece) -> Taken:
    """What becomes of a question; no question at all where we cannot hold it."""
    found = Taken([], [])
    if piece.attributes.get("hidden") == "1":
        found.told.append(Told("left out: hidden, so nobody was asked", lost=True))
    elif piece.type not in KINDS:
        what = NOT_HELD.get(piece.type, f"a question of the type “{piece.type}”")
        found.told.append(Told(f"left out: {what} cannot be held", lost=True))
    else:
        found.questions += _questions(piece, _Wording(found.told))
        found.told += _of_its_type(piece)
    return found


@dataclass(frozen=True, slots=True)
class _Wording:
    """Reads texts, and notes what stood in them besides words."""

    told: list[Told]

    def __call__(self, text: str | None) -> str:
        words = from_html(text or "")
        self.told.extend(words.besides)
        return words.text


def _questions(piece: Piece, words: _Wording) -> Iterator[Question]:
    text = words(piece.row.get("question")) or piece.code
    help_ = words(piece.row.get("help"))
    if piece.type in SPLIT:
        yield from _lines(piece, text, help_, words)
    elif piece.type == "1":
        for number, header in ((0, "dualscale_headerA"), (1, "dualscale_headerB")):
            head = words(piece.attributes.get(header))
            scale = _listed(piece.scale(number), words)
            yield _question(piece, f"{piece.code}_{number + 1}", _under(text, head), help_, scale, words)
    else:
        yield _question(piece, piece.code, text, help_, _answers(piece, words), words)


def _question(
    piece: Piece, name: str, text: str, help_: str, answers: tuple[Answer, ...], words: _Wording
) -> Question:
    kind = KINDS[piece.type]
    polarity = usual_polarity(kind)
    lines = piece.subs if kind is Kind.MATRIX else ()
    rows = ((each.get("title", "").strip(), words(each.get("question"))) for each in lines)
    return Question(
        id=name,
        kind=kind,
        text=text,
        item=name,
        scale=Scale(name, answers) if answers else None,
        rows=tuple(Row(code, said or code, f"{name}.{code}", polarity=polarity) for code, said in rows),
        polarity=polarity,
        required=piece.row.get("mandatory") == "Y",
        help=help_,
    )


def _lines(piece: Piece, text: str, help_: str, words: _Wording) -> Iterator[Question]:
    """Several lines to fill in are as many questions; a single one is the question itself."""
    slider = piece.attributes.get("slider_layout") == "1"
    for each in piece.subs:
        raw = each.get("question", "")
        own, *ends = raw.split(piece.attributes.get("slider_separator") or "|") if slider else [raw]
        if any(end.strip() for end in ends):
            words.told.append(Told("left out: the words at the ends of the slider", lost=True))
        alone = len(piece.subs) == 1
        name = piece.code if alone else f"{piece.code}_{each.get('title', '').strip()}"
        yield _question(piece, name, _under(text, words(own)), help_, (), words)


def _under(text: str, own: str) -> str:
    return f"{text} – {own}" if own else text


def _answers(piece: Piece, words: _Wording) -> tuple[Answer, ...]:
    kind = KINDS[piece.type]
    if piece.type in _FIXED:
        return tuple(Answer(code, label) for code, label in _FIXED[piece.type])
    if kind is Kind.MULTIPLE:
        return _with_other(piece, tuple(_options(piece, words)), OTHER_OF_SEVERAL, words)
    if kind in (Kind.SINGLE, Kind.MATRIX):
        return _with_other(piece, _listed(piece.scale(0), words), OTHER, words)
    return ()


def _listed(rows: Iterable[TableRow], words: _Wording) -> tuple[Answer, ...]:
    pairs = ((each.get("code", "").strip(), words(each.get("answer"))) for each in rows)
    return tuple(Answer(code, label or code) for code, label in pairs)


def _options(piece: Piece, words: _Wording) -> Iterator[Answer]:
    alone = set(piece.attributes.get("exclude_all_others", "").replace(" ", "").split(";"))
    for each in piece.subs:
        code = each.get("title", "").strip()
        yield Answer(code, words(each.get("question")) or code, exclusive=code in alone)


def _with_other(piece: Piece, listed: Sequence[Answer], code: str, words: _Wording) -> tuple[Answer, ...]:
    """The answers and, where people may write their own, one for that, under words of its own."""
    if piece.row.get("other") != "Y" or KINDS[piece.type] is Kind.MATRIX:
        return tuple(listed)
    label = words(piece.attributes.get("other_replace_text")) or OTHER_LABEL
    if fold_label(label) in {fold_label(each.label) for each in listed}:
        words.told.append(
            Told(f"two answers are called “{label}”; the one in people's own words says so here")
        )
        label = f"{label}, in your own words"
    return (*listed, Answer(code, label, other=True))


def _of_its_type(piece: Piece) -> Iterator[Told]:
    """What a type has besides that no question of ours has."""
    if piece.type in "OP":
        yield Told("left out: the comment beside the answers", lost=True)
    if piece.type in SPLIT and not piece.subs:
        yield Told("left out: there is no line to fill in", lost=True)
    if piece.type in SPLIT and len(piece.subs) > 1:
        yield Told("taken as one question for each line")
    if piece.type == "1":
        yield Told("taken as two questions, one for each scale")
    if piece.type in "YGCE":
        yield Told("answers that LimeSurvey words itself stand here in English")
    if piece.row.get("mandatory") == "S":
        yield Told("not required here: LimeSurvey only asks people once more", lost=True)
