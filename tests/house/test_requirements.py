"""The versions we stand on are pinned, hashed, complete and say nothing of where they came from."""

import re
import tomllib
from pathlib import Path

import pytest

GROUPS = ("run", "dev", "lock")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;]+)", re.MULTILINE)


def pins(root: Path, group: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in PIN.finditer((root / "requirements" / f"{group}.txt").read_text()):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ \[;]", each)[0].lower().replace("_", "-") for each in requirements}


@pytest.mark.parametrize("group", GROUPS)
def test_every_requirement_has_a_hash(root: Path, group: str) -> None:
    text = (root / "requirements" / f"{group}.txt").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("group", GROUPS)
def test_no_requirement_names_a_place(root: Path, group: str) -> None:
    text = (root / "requirements" / f"{group}.txt").read_text()
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|--trusted", text) == []


def test_everything_the_package_asks_for_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    run = names(project["project"]["dependencies"] + project["build-system"]["requires"])
    assert run <= pins(root, "run").keys()
    assert run | names(extras["test"] + extras["check"]) <= pins(root, "dev").keys()
    assert names(extras["lock"]) <= pins(root, "lock").keys()


def test_what_is_tested_is_what_runs(root: Path) -> None:
    run, dev = pins(root, "run"), pins(root, "dev")
    assert {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version} == {}
