"""Our own components, each against the markup a page is promised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import TemplateDoesNotExist
from tests.web.components.rendering import drawn, tree

from goldenthread.web.components import gallery, parts

EXPECTED = [
    each.partition("\n---\n")[::2]
    for each in (Path(__file__).parent / "expected.txt").read_text("utf-8").split("\n=====\n")
]
"""A source and what it draws, from ``expected.txt``."""
COTTON = Path(gallery.__file__).parent / "templates" / "cotton"
EVIL = '"><script>alert(1)</script>{{ 701|add:707 }}'
TYPED = ("steps", "field", "pagination")
"""What these are given is a number, a field or a page; text makes no sense to them."""
INLINE = ("link-evidence", "verdict", "status", "tag", "knot")


def context() -> dict[str, Any]:
    return {
        "rail": [
            parts.RailLink("Find", "/find/", "done", "61 findings", here=True),
            parts.RailLink("Need", None, "todo", "no needs yet"),
        ],
        "spine": [
            parts.SpineLink(
                *("Find", "/find/", "done", "findings", "61", "/61/", "12 to celebrate."),
                loose=(parts.LooseEnd("2 findings", "/2/", "lead to no need"),),
            )
        ],
        "trail": [parts.Step("Action 4", "/4/"), parts.Step("no reply yet", loose=True)],
        "columns": [parts.Column("Group"), parts.Column("Base", number=True)],
        "rows": [
            parts.Row((parts.Cell("Health"), parts.Cell("188", "/188/", evidence=True, soft="now"))),
            parts.Row((parts.Cell("All"), parts.Cell("", mark="[c]")), total=True),
        ],
        "by": [("a", "A"), ("b", "B")],
        "names": ["SENCOs", "Health"],
        "heat": [
            parts.HeatRow("Autism", (parts.HeatCell("27", "±4", 1, "/e/"), parts.HeatCell("", mark="c")))
        ],
    }


@pytest.mark.parametrize(("source", "html"), EXPECTED, ids=lambda each: re.findall(r"<c?-?([\w-]+)", each)[0])
def test_a_component_draws_what_is_promised(source: str, html: str) -> None:
    assert tree(drawn(source, **context())) == tree(html)


@pytest.mark.parametrize("name", INLINE)
def test_a_component_inside_a_sentence_leaves_no_space_around_it(name: str) -> None:
    html = drawn(f"(<c-{name}>x</c-{name}>)")
    assert html.startswith("(<")
    assert html.endswith(">)")


def variables(path: Path, *, lists: bool = False) -> list[str]:
    """The words a component takes as attributes and, asked for, its lists and flags."""
    found = re.search(r"<c-vars(.*?)/>", path.read_text(), re.DOTALL)
    pattern = r'\s:?([\w-]+)="' if lists else r'\s([\w-]+)="'
    return re.findall(pattern, found[1]) if found else []


@pytest.mark.parametrize("path", sorted(COTTON.glob("*.html")), ids=lambda path: path.stem)
def test_text_given_to_a_component_is_never_markup(path: Path) -> None:
    if not variables(path) or path.stem in TYPED:
        return
    given = " ".join(f':{name}="evil"' for name in variables(path) if name not in ("level", "slot"))
    for slot in ("", "words"):
        html = drawn(
            f"<c-{path.stem.replace('_', '-')} {given}>{slot}</c-{path.stem.replace('_', '-')}>", evil=EVIL
        )
        assert "<script" not in html
        assert "1408" not in html


def test_no_component_hands_its_attributes_on_unread() -> None:
    # what {{ attrs }} prints is not escaped
    assert [path.name for path in COTTON.glob("*.html") if "{{ attrs" in path.read_text()] == []


def test_a_component_sees_only_what_it_is_given() -> None:
    assert "leaked" not in drawn(
        "<c-empty title='x'>y</c-empty><c-input name='n' />", do="leaked", error="leaked"
    )


def test_a_component_nobody_wrote_is_a_fault_at_once() -> None:
    with pytest.raises(TemplateDoesNotExist):
        drawn("<c-nothing />")


def test_every_component_is_on_the_living_page() -> None:
    folder = COTTON.parent
    shown = "\n".join(
        path.read_text()
        for path in (
            *folder.glob("components/*.html"),
            *folder.glob("*.html"),
            *folder.glob("look/*.html"),
            *COTTON.glob("*.html"),
        )
    )
    used = set(re.findall(r"<c-([\w-]+)", shown)) - {"vars", "slot"}
    names = {path.stem.replace("_", "-") for path in COTTON.glob("*.html")}
    assert sorted(names - used - {"refresh", "hidden", "link-evidence", "title"}) == []
    assert sorted(used - names) == []


def test_every_component_and_each_of_its_attributes_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "components.md").read_text("utf-8")
    entries = {
        found[1]: found[0]
        for found in re.finditer(r"^- `<c-([\w-]+)>`:.*?(?=^- `<c-|^#|\Z)", page, re.M | re.S)
    }
    names = {path.stem.replace("_", "-"): path for path in COTTON.glob("*.html")}
    assert sorted(set(names) ^ set(entries)) == []
    missing = {
        name: [
            each for each in variables(path, lists=True) if f"`{each.replace('_', '-')}`" not in entries[name]
        ]
        for name, path in names.items()
    }
    assert {name: each for name, each in missing.items() if each} == {}
