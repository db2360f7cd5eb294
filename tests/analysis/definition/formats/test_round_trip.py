"""Whatever a questionnaire holds, written in any format and read again it is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.analysis.definition.formats.made import questionnaires, unnamed

from goldenthread.analysis.definition.conditions import DEEPEST
from goldenthread.analysis.definition.formats.take import Format, give, take
from goldenthread.analysis.definition.formats.told import anything_lost
from goldenthread.analysis.definition.model import All, Condition, Not, Question, Questionnaire, Section
from goldenthread.analysis.definition.read import read_questionnaire

ROOT = Path(__file__).parents[4]
FILES = sorted(path for name in ("examples", "tests") for path in (ROOT / name).rglob("questionnaire-*.toml"))
SLOW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", Format)
@given(whole=questionnaires())
@SLOW
def test_any_questionnaire(whole: Questionnaire, kind: Format) -> None:
    given_out = give(whole, kind)
    again = take(f"again{kind}", given_out.data)
    assert unnamed(again.whole) == unnamed(whole)
    assert again.faults == ()
    assert not anything_lost(given_out.told)
    assert not anything_lost(again.told)


@pytest.mark.parametrize("kind", Format)
def test_conditions_as_deep_as_they_may_be(kind: Format) -> None:
    whole = read_questionnaire(next(path for path in FILES if path.stem == "questionnaire-2025"))
    test = next(each.show_if for each in whole.questions if each.show_if)
    last = whole.sections[-1].questions[-1]
    for deep in (Not, lambda part: All((part, part))):
        condition: Condition = test
        for _ in range(DEEPEST - 1 if deep is Not else 8):
            condition = deep(condition)
        sections = (*whole.sections[:-1], _with_last(whole.sections[-1], replace(last, show_if=condition)))
        again = take(f"again{kind}", give(replace(whole, sections=sections), kind).data)
        assert again.whole.questions[-1].show_if == condition
        assert not anything_lost(again.told)


def _with_last(section: Section, question: Question) -> Section:
    return replace(section, questions=(*section.questions[:-1], question))


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_questionnaire_here(path: Path, kind: Format) -> None:
    whole = read_questionnaire(path)
    assert unnamed(take(f"again{kind}", give(whole, kind).data).whole) == unnamed(whole)
