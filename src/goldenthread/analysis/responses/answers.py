"""Reading one cell as one of a question's answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from goldenthread.analysis.definition.model import Answer, Recode
from goldenthread.analysis.responses import fold

OTHER_CODE = "-oth-"
"""What LimeSurvey writes for "other" in a list of which one is chosen."""

_SPLITS = (
    re.compile(r"(?P<code>\S{1,12}?)\s*[-–—.:=)]+\s+(?P<label>\S.*)", re.DOTALL),
    re.compile(r"(?P<code>\S{1,12})\s*[(\[](?P<label>.+)[)\]]", re.DOTALL),
    re.compile(r"(?P<label>.+\S)\s*[(\[]\s*(?P<code>[^\s()\[\]]{1,12})\s*[)\]]", re.DOTALL),
    re.compile(r"(?P<code>\d{1,4})\s+(?P<label>\S.*)", re.DOTALL),
)
_WHOLE = re.compile(r"([+-]?\d+)[.,]0+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Which answer a text stands for: its position, and whether it had to be folded to see it.

    ``silent`` where somebody decided that the text is no answer at all.
    """

    position: int | None
    folded: bool = False
    silent: bool = False


NOTHING = Reading(None)
SILENT = Reading(None, silent=True)


@dataclass(frozen=True, slots=True)
class AnswerIndex:
    """Answers by every name they go by, exactly and folded; a name two answers share is dropped.

    ``decided`` are texts that somebody said how to read, folded lightly.
    """

    exact: Mapping[str, int]
    light: Mapping[str, int]
    heavy: Mapping[str, int]
    decided: Mapping[str, Reading] = field(default_factory=dict)

    def read(self, text: str) -> Reading:
        """The answer ``text`` names: as it stands, as decided, folded, as "5.0", or "5 - Strongly agree"."""
        if text in self.exact:
            return Reading(self.exact[text])
        if self.decided and decided_key(text) in self.decided:
            return self.decided[decided_key(text)]
        position = self.find(text)
        whole = _WHOLE.fullmatch(text)
        if position is None and whole:
            position = self.find(whole.group(1))
        if position is None:
            position = self._coded(text)
        return Reading(position, folded=True) if position is not None else NOTHING

    def find(self, text: str) -> int | None:
        """The answer whose code, label or alias is ``text`` once both are folded."""
        light = self.light.get(fold.light(text))
        return light if light is not None else self.heavy.get(fold.heavy(text))

    def _coded(self, text: str) -> int | None:
        """A code and a label that agree, or a number before a label where codes are not numbers."""
        for match in filter(None, (split.fullmatch(text) for split in _SPLITS)):
            code, label = self.find(match["code"]), self.find(match["label"])
            if label is not None and (code == label or (code is None and match["code"].isdecimal())):
                return label
        return None


def answer_index(answers: tuple[Answer, ...], recode: Iterable[Recode] = ()) -> AnswerIndex:
    """The names of ``answers``; in a clash a code beats a label and a label an alias.

    ``recode`` says how other texts are read; one that means an answer not among these is passed over.
    """
    tiers = (
        [(answer.code, position) for position, answer in enumerate(answers)],
        [(answer.label, position) for position, answer in enumerate(answers)],
        [(alias, position) for position, answer in enumerate(answers) for alias in _aliases(answer)],
    )
    return AnswerIndex(
        _names(tiers, str), _names(tiers, fold.light), _names(tiers, fold.heavy), _decided(answers, recode)
    )


def decided_key(text: str) -> str:
    """What is alike in the spellings of one text that somebody decided on; "." stays "."."""
    return fold.light(text) or text


def _decided(answers: tuple[Answer, ...], recode: Iterable[Recode]) -> Mapping[str, Reading]:
    places = {answer.code: position for position, answer in enumerate(answers)}
    return {
        decided_key(each.value): SILENT if each.answer is None else Reading(places[each.answer], folded=True)
        for each in recode
        if each.answer is None or each.answer in places
    }


def _aliases(answer: Answer) -> Iterator[str]:
    yield from answer.aliases
    if answer.other:
        yield OTHER_CODE


def _names(tiers: tuple[list[tuple[str, int]], ...], folded: Callable[[str], str]) -> Mapping[str, int]:
    names: dict[str, int] = {}
    for tier in tiers:
        found: dict[str, set[int]] = {}
        for name, position in tier:
            found.setdefault(folded(name), set()).add(position)
        shared = {name for name, positions in found.items() if len(positions) > 1}
        names = {
            name: next(iter(positions)) for name, positions in found.items() if name not in shared
        } | names
    return {name: position for name, position in names.items() if name}
