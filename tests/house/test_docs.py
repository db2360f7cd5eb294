"""Every page can be reached, every link leads somewhere, and every rule is written down."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from goldenthread.analysis.compare.model import FindingKind, Verdict
from goldenthread.analysis.definition.preset import preset, preset_names
from goldenthread.analysis.definition.study import Thresholds

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
SHOUTING = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"}


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text())


def links(page: Path) -> Iterator[str]:
    return (one or other for one, other in LINK.findall(prose(page)))


def slugs(page: Path) -> set[str]:
    """The anchors of a page's headings, as the places that show Markdown make them."""
    found = set()
    for title in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower())
        found.add(words.strip().replace(" ", "-"))
    return found


def leads_nowhere(page: Path, link: str) -> bool:
    if re.match(r"(https?|mailto):", link):
        return False
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in slugs(target)


def test_every_link_leads_somewhere(root: Path, pages: tuple[Path, ...]) -> None:
    broken = [
        f"{page.relative_to(root)}: {link}"
        for page in pages
        for link in links(page)
        if leads_nowhere(page, link)
    ]
    assert broken == []


def test_every_page_is_listed(root: Path, pages: tuple[Path, ...]) -> None:
    contents = root / "docs" / "README.md"
    listed = {(contents.parent / link.partition("#")[0]).resolve() for link in links(contents)}
    written = {page for page in pages if root / "docs" in page.parents and page != contents}
    assert sorted(str(page.relative_to(root)) for page in written - listed) == []


def test_the_pages_a_visitor_looks_for_are_there(root: Path) -> None:
    assert sorted(name for name in {*SHOUTING, "LICENSE"} if not (root / name).read_text().strip()) == []


def test_decisions_are_named_by_day_and_subject(root: Path) -> None:
    wrong = []
    for page in sorted((root / "docs" / "decisions").glob("*.md")):
        match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*\.md", page.name)
        if not match or not date.fromisoformat(match[1]):
            wrong.append(page.name)
    assert wrong == []


def test_every_rule_of_the_method_has_its_heading(root: Path) -> None:
    written = re.findall(r"^## (\d+)\. ", (root / "docs/explanation/method.md").read_text(), re.MULTILINE)
    assert [int(number) for number in written] == list(range(1, 13))


def test_every_rule_of_disclosure_has_its_heading(root: Path) -> None:
    text = (root / "docs/explanation/disclosure.md").read_text()
    written = re.findall(r"^## (D\d+)\. ", text, re.MULTILINE)
    assert written == [f"D{number}" for number in range(1, 11)]


def test_the_code_cites_only_rules_that_exist(root: Path) -> None:
    code = "\n".join(path.read_text() for path in (root / "src").rglob("*.py"))
    methods = {int(number) for number in re.findall(r"\b[Mm]ethod (\d+)", code)}
    disclosure = {int(number) for number in re.findall(r"\bD(\d+)\b", code)}
    assert methods <= set(range(1, 13))
    assert disclosure <= set(range(1, 11))
    assert re.findall(r"\b[Dd]esign \d+", code) == []


def test_every_threshold_is_written_down_with_its_value(root: Path) -> None:
    text = (root / "docs/explanation/method.md").read_text()
    table = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", text, re.MULTILINE))
    assert {name: float(value) for name, value in table.items()} == dataclasses.asdict(Thresholds())


def test_every_disclosure_preset_is_written_down_with_its_numbers(root: Path) -> None:
    text = (root / "docs/explanation/disclosure.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| (\d*) ?\| (\d*)(?: %)? ?\| (\d*) ?\|", text, re.MULTILINE)
    written = {name: tuple(int(number or 0) for number in numbers) for name, *numbers in rows}
    presets = [preset(name) for name in preset_names()]
    assert written == {each.name: (each.smallest, each.bound, each.smallest_count) for each in presets}


def test_every_verdict_and_kind_of_finding_is_explained(root: Path) -> None:
    text = (root / "docs/explanation/method.md").read_text()
    assert [word for word in (*Verdict, *FindingKind) if f"`{word}`" not in text] == []
