"""Whatever a file holds, it is read or refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.definition.written import HEAD, SECTION, single, write

from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.definition.variables import variables
from goldenthread.analysis.problem import Refusal

Json = object

NAMES = st.sampled_from(
    ["", "a", "b", "q1", "q1.a", "1", "yes", "three", "single", "matrix", "multiple", "number"]
)
PLAIN = st.one_of(NAMES, st.booleans(), st.integers(-2, 3), st.floats(allow_nan=True))

ANSWER = ["code", "label", "aliases", "net", "outside", "other"]
SCALE = ["answers", "nets", "headline"]
QUESTION = ["id", "number", "kind", "text", "label", "item", "scale", "rows", "show_if", *SCALE]
LEAF = ["question", "is", "answered", "at_least", "at_most", "all", "any", "not"]
STUDY = ["title", "area", "mix", "pairs", "limits", "headcount", "thresholds", "disclosure"]
WAVE = ["id", "questionnaire", "responses", "figures", "answered", "opens", "not_reported", "no_figures"]
ITEM = ["id", "label", "scale", "sources", "printed", "parts", "method", "item", "from", "to", "comparable"]
FILES = st.sampled_from(["q.toml", "r.csv", "none.csv", "1", "2"])


def table(keys: list[str], inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.dictionaries(st.sampled_from(keys), inner, max_size=7)


def nested(keys: list[str], plain: st.SearchStrategy[Json] = PLAIN) -> st.SearchStrategy[Json]:
    """Tables of these keys and lists, inside one another."""

    def wider(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        return st.one_of(table(keys, inner), st.lists(inner, max_size=3))

    return st.recursive(plain, wider, max_leaves=12)


def toml(value: Json) -> str:
    """A value as TOML writes it inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value) if isinstance(value, float) else json.dumps(value)


def lines(values: Json) -> str:
    assert isinstance(values, dict)
    return "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in values.items())


def refusal_of(read: Callable[[], object]) -> str | None:
    try:
        read()
    except Refusal as refusal:
        return str(refusal)
    return None


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(
    asked=st.lists(table(QUESTION, nested([*ANSWER, *LEAF, "id", "side", "text", "item"])), max_size=3),
    scales=nested([*SCALE, *ANSWER, "three", "side"]),
    more=table(["show_if", "title", "id"], nested(LEAF)),
)
@QUICK
def test_any_questionnaire(asked: list[Json], scales: Json, more: Json) -> None:
    section = {"id": "s1", "title": "One", "questions": [{"id": "q1", "text": "T", **each} for each in asked]}
    text = HEAD + lines({"scales": scales, "sections": [section | more]})
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "q.toml", text)
        said = refusal_of(lambda: variables(read_questionnaire(path)))
    assert said is None or said.startswith(f"{path} cannot be used: ")


@given(
    top=table(STUDY, nested([*ITEM, "celebrate", "q", "preset"])),
    waves=st.lists(table(WAVE, st.one_of(FILES, PLAIN)), max_size=3),
    entries=st.dictionaries(
        st.sampled_from(["items", "combinations", "crosswalk", "groups", "scales"]),
        st.one_of(st.lists(table(ITEM, nested([*ITEM, *SCALE, "1", "2"])), max_size=2), PLAIN),
    ),
)
@QUICK
def test_any_study(top: dict[str, Json], waves: list[Json], entries: dict[str, Json]) -> None:
    usual = {"questionnaire": "q.toml", "responses": "r.csv"}
    both = [{"id": str(number), **usual, **each} for number, each in enumerate(waves, start=1)]
    with TemporaryDirectory() as folder:
        write(Path(folder) / "q.toml", HEAD + SECTION + single("q1"))
        write(Path(folder) / "r.csv", "wave,number,item,id\n1,5,q1,a\n")
        study = {"title": "T", "area": "A", **top, "waves": both, **entries}
        path = write(Path(folder) / "study.toml", lines(study))
        said = refusal_of(lambda: read_study(path))
    assert said is None or said.startswith(f"{path} cannot be used: ")
