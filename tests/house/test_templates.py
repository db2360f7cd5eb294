"""What a browser is given can live under a strict content policy: no styling or script inside tags."""

import re
from pathlib import Path

INSIDE_A_TAG = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


def templates(root: Path) -> list[Path]:
    kinds = {".html", ".jinja", ".j2", ".svg"}
    return sorted(path for path in (root / "src").rglob("*") if path.suffix in kinds)


def test_there_are_templates_to_keep(root: Path) -> None:
    assert templates(root)


def test_no_template_styles_or_scripts_inside_a_tag(root: Path) -> None:
    found = [path.name for path in templates(root) if INSIDE_A_TAG.search(path.read_text())]
    assert found == []


def test_no_template_carries_a_script_of_its_own(root: Path) -> None:
    assert [path.name for path in templates(root) if SCRIPT.search(path.read_text())] == []


def test_no_template_calls_on_another_machine(root: Path) -> None:
    # a report is one file that opens without a network; addresses in namespaces fetch nothing
    fetched = re.compile(r"(?:src|href)=\"(?:https?:)?//|url\(['\"]?(?:https?:)?//|@import", re.IGNORECASE)
    shown = [*templates(root), *sorted((root / "src").rglob("*.css"))]
    assert [path.name for path in shown if fetched.search(path.read_text())] == []
