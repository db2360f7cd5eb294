"""Standard errors are those R's ``survey`` gave for the same people, the whole way from their answers."""

from __future__ import annotations

import json

import pytest

import oracle


def test_all_600_standard_errors_of_r(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["oracle"])
    assert oracle.main() == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["widest_gap_in_standard_error"] < 1e-9
    assert said["widest_gap_in_share"] < 1e-9
    assert said["figures"] > 700
