"""The application as a person starts and stops it: served, with its worker and its tick, and gone again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.served.installation import nothing_yet
from tests.served.server import served


@pytest.fixture
def interrupted() -> Iterator[None]:
    """Ctrl+C reaches those we start, even where we were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_leaves_nothing_running(tmp_path: Path, number: signal.Signals) -> None:
    log = tmp_path / "log"
    with nothing_yet(tmp_path / "home", server="") as here, served(here, log=log) as server:
        assert "Sign in" in server.visitor().get("/account/login/").text
        assert set(server.processes().values()) == {"web", "worker", "tick"}
        assert server.stop(number) in (0, 128 + number)
        assert server.processes() == {}
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAIL_URL", "post://there", "MAIL_URL must read scheme://host:port"),
        ("DATABASE_URL", "shelf://there", "DATABASE_URL must begin with postgres:// or sqlite:///."),
        (
            "DATABASE_URL",
            "postgres://nobody@127.0.0.1:1/x",
            "The database that DATABASE_URL names cannot be used",
        ),
        ("LARGEST_UPLOAD_MB", "many", "LARGEST_UPLOAD_MB must be a whole number above 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is “loud”"),
    ],
)
def test_a_setting_that_means_nothing_is_said_in_one_sentence(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with nothing_yet(tmp_path / "home", server="", **{name: value}) as here:
        done = here.command("serve", "--port", "0")
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) <= 2
