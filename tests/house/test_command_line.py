"""Every command and option is written down, and ``dev`` asks only for those that exist."""

import re
from pathlib import Path

import pytest
import typer.main

from goldenthread.site.cli import app

COMMANDS = typer.main.get_command(app).commands


def section(root: Path, name: str) -> str:
    """What the reference page says of one command; empty where it says nothing."""
    page = (root / "docs/reference/command-line.md").read_text()
    found = re.split(r"^## ", page, flags=re.MULTILINE)
    return next((each for each in found if each.startswith(f"`goldenthread {name}`")), "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(root: Path, name: str) -> None:
    wanted = [word for each in COMMANDS[name].params for word in each.opts if word.startswith("-")]
    wanted += [str(each.metavar) for each in COMMANDS[name].params if each.param_type_name == "argument"]
    assert [word for word in wanted if word not in section(root, name)] == []
    assert section(root, name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_explains_itself(name: str) -> None:
    assert COMMANDS[name].help
    assert [each.name for each in COMMANDS[name].params if not getattr(each, "help", None)] == []


def test_the_page_documents_no_command_that_is_not_there(root: Path) -> None:
    page = (root / "docs/reference/command-line.md").read_text()
    assert set(re.findall(r"^## `goldenthread (\w+)`", page, re.MULTILINE)) == set(COMMANDS)


def test_dev_run_asks_demo_only_for_what_it_knows() -> None:
    known = {word for option in COMMANDS["demo"].params for word in option.opts}
    assert {"--port", "--host"} <= known
