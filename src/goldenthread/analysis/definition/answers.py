"""An answer found by its code or its words, however they were typed."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.analysis.definition.model import Answer
from goldenthread.analysis.definition.words import fold_label


def answer_code(answers: Sequence[Answer], words: str) -> str | None:
    """The code of the answer that has ``words`` as its code, else as its label or an alias; or None."""
    by_code = (answer.code for answer in answers if answer.code == words)
    by_words = (answer.code for answer in answers if fold_label(words) in folded_names(answer))
    return next(by_code, None) or next(by_words, None)


def folded_names(answer: Answer) -> set[str]:
    """Everything it may be called but its code, as ``fold_label`` compares words."""
    return {fold_label(name) for name in (answer.label, *answer.aliases)}
