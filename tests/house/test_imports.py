"""Who may import whom, kept by import-linter, and that its contracts say what ARCHITECTURE promises."""

import subprocess
import sys
import tomllib
from pathlib import Path


def test_every_contract_is_kept(root: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_science_may_not_know_the_web(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    forbidden = [each for each in contracts if each["type"] == "forbidden"]
    assert any(
        "goldenthread.analysis" in each["source_modules"] and "django" in each["forbidden_modules"]
        for each in forbidden
    )


def test_no_room_of_the_science_is_left_out_of_the_order(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layered = {name for each in contracts if each["type"] == "layers" for name in _flat(each["layers"])}
    folder = root / "src" / "goldenthread" / "analysis"
    rooms = {f"goldenthread.analysis.{path.parent.name}" for path in folder.glob("*/__init__.py")}
    assert rooms - layered == set()


def _flat(layers: list[str]) -> list[str]:
    return [name.strip() for layer in layers for name in layer.replace(":", "|").split("|")]
