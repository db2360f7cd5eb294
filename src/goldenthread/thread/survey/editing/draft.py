"""A questionnaire as it is being written: read with its faults, not refused for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from goldenthread.analysis.definition.model import Questionnaire
from goldenthread.analysis.definition.read import load_questionnaire
from goldenthread.analysis.definition.write import questionnaire_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A questionnaire and what must be mended before it can be asked, each as a sentence with its place."""

    whole: Questionnaire
    faults: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is kept."""
        return questionnaire_text(self.whole)


def read_draft(text: str, *, title: str, name: str) -> Draft:
    """The draft kept as ``text``; an empty one, called ``name``, where nothing is written yet.

    Raises Refusal only where the text is no questionnaire file at all.
    """
    if not text:
        return Draft(Questionnaire(name, title, ()), ("There is no question yet.",))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "questionnaire.toml"
        path.write_text(text, encoding="utf-8")
        whole, faults = load_questionnaire(path)
    return Draft(whole, tuple(faults.lines))
