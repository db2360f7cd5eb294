"""The two reference pages: their examples work as printed, and every key we read is on them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.analysis.definition.written import HEAD, SECTION, question, write

from goldenthread.analysis.definition.needs import usual_needs
from goldenthread.analysis.definition.read import read_questionnaire
from goldenthread.analysis.definition.study_file import read_study
from goldenthread.analysis.definition.variables import variables

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "goldenthread" / "analysis" / "definition"
BLOCK = re.compile(r"^```(?:toml|csv) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((PAGES / page).read_text(encoding="utf-8"))


def written(folder: Path) -> Path:
    for page in ("questionnaire-file.md", "study-file.md"):
        for name, text in blocks(page):
            if "." in name:
                write(folder / name, text)
    return folder


def test_the_questionnaire_on_the_page_is_read(tmp_path: Path) -> None:
    found = read_questionnaire(written(tmp_path) / "questionnaire-2025.toml")
    assert len(found.questions) == 7
    assert [each.id for each in variables(found)][2:5] == ["q4.a", "q4.b", "q4.c"]


def test_every_scale_to_copy_is_read(tmp_path: Path) -> None:
    scales = [text for name, text in blocks("questionnaire-file.md") if name == "scales"]
    assert len(scales) == 2
    for number, text in enumerate(scales):
        name = text.partition("]")[0].removeprefix("[scales.")
        asked = HEAD + text + SECTION + question("q1", "scale", f'scale = "{name}"')
        scale = read_questionnaire(write(tmp_path / f"{number}.toml", asked)).questions[0].scale
        assert scale is not None
        assert scale.headline is not None


def test_the_study_on_the_page_is_read(tmp_path: Path) -> None:
    found = read_study(written(tmp_path) / "study.toml")
    assert [wave.id for wave in found.waves] == ["2021", "2023", "2025"]
    items = {item.id: item for item in found.items}
    assert items["wait"].sources == {"2021": ("Q9",), "2023": ("q2",), "2025": ("q4.a",)}
    links = {(link.item, link.earlier): link for link in found.links}
    assert links["signs", "2023"].comparable
    assert links["signs", "2023"].reworded
    assert links["wait", "2023"].comparable
    assert len(found.headcount) == 5
    assert found.census is not None
    assert (found.census.total, found.census.pupils["hearing"]) == (600, 18)
    assert items["help.visit"].need == "language"


def test_the_page_lists_every_type_of_need() -> None:
    text = (PAGES / "study-file.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| `([\w-]+)` \| `([A-Z]+)` \| ([^|]+?)(?: \(a (catch-all)\))? \|$", re.MULTILINE)
    needs = [(need.code, need.census, need.label, "catch-all" * need.catch_all) for need in usual_needs()]
    assert row.findall(text) == needs


@pytest.mark.parametrize(
    ("page", "modules"),
    [
        ("questionnaire-file.md", ("read.py", "scales.py", "conditions.py")),
        (
            "study-file.md",
            (
                *("study_file.py", "wave_tables.py", "declared.py", "rules.py", "links.py"),
                *("headcount.py", "census.py", "need_tables.py", "no_figures.py"),
            ),
        ),
    ],
)
def test_every_key_we_read_is_explained(page: str, modules: tuple[str, ...]) -> None:
    text = (PAGES / page).read_text(encoding="utf-8")
    keys = {key for module in modules for key in keys_read(SOURCE / module)}
    assert keys
    ways = ("`{}`", "[[{}]]", "[[sections.{}]]", "[[waves.{}]]", "`[{}]`", "`[{}.NAME]`", "{} = ")
    assert sorted(key for key in keys if not any(way.format(key) in text for way in ways)) == []


def keys_read(module: Path) -> set[str]:
    """The words in every list of known keys or columns of a module."""
    return {
        each.value
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if _lists_keys(node)
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def _lists_keys(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "only"
    names = (
        [target.id for target in node.targets if isinstance(target, ast.Name)]
        if isinstance(node, ast.Assign)
        else []
    )
    return any(name.endswith(("KEYS", "COLUMNS", "COMMON")) for name in names)
