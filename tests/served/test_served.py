"""What proofs, tests and benchmarks are served by: quiet unless asked, and gone when its block ends."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.served.installation import installation, nothing_yet, twin
from tests.served.server import served


def nobody_listens(address: str) -> bool:
    parts = urlsplit(address)
    with socket.socket() as line:
        return line.connect_ex((parts.hostname, parts.port)) != 0


def test_it_is_quiet_and_killed_hard_it_leaves_nothing_running(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    with nothing_yet(tmp_path / "home", server="") as here, served(here) as server:
        assert server.visitor().get("/account/login/").status == 200
        assert len(server.processes()) >= 4
        server.kill()
        assert server.processes() == {}
    assert nobody_listens(server.address)
    assert capfd.readouterr() == ("", "")


def failing(home: Path) -> None:
    """Something that goes wrong while an installation is served."""
    with nothing_yet(home, server="") as here, served(here, beside=(), log=home.with_name("log")) as server:
        server.visitor().get("/account/login/")
        assert set(server.processes().values()) == {"web"}
        raise LookupError(server.address)


def test_what_fails_inside_its_block_stops_it_and_is_told_with_its_logs(tmp_path: Path) -> None:
    with pytest.raises(LookupError) as failed:
        failing(tmp_path / "home")
    assert nobody_listens(str(failed.value))
    assert '"route": "/account/login/"' in failed.value.__notes__[0]


def test_a_twin_holds_the_same_and_goes_its_own_way(tmp_path: Path) -> None:
    changed = "from goldenthread.ground.area.models import Area\nArea.objects.create(slug='x', name='X')"
    with installation(tmp_path / "one") as one:
        one.python(changed)
        with twin(one, tmp_path / "two") as two:
            assert two.ask("SELECT slug FROM area") == [("x",)]
            two.python(changed.replace("'x'", "'y'"))
            assert len(two.ask("SELECT slug FROM area")) == 2
        assert one.ask("SELECT slug FROM area") == [("x",)]
