"""Every address answers as declared, to everybody, and reading changes nothing.

The addresses come from the resolver; for each there is a thing of Anyshire, its twins (of another area, and
of another survey of the same area) and one that is nowhere, made by the application's own commands (the
registry in tests/web/states). Each role asks, and so do somebody signed out, the lead of another area,
somebody whose role has ended and somebody whose account is disabled. Then:

- the status is that of the table of roles, for reading and for sending a form that would do something;
- whoever is refused is answered alike whether the thing is there, somebody else's, or nowhere; and whoever
  is let in, alike for somebody else's and for nowhere;
- reading changes no table, nor does anything that is refused (every row of every table, before and after);
- a form without its token is refused; other methods are answered with 405; nothing is answered with 500;
- every answer carries its headers: a strict content policy, and no cache.

On SQLite, and on PostgreSQL where one answers (DATABASE_URL, or the server of this machine).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from tests.served.installation import installation, servers

FEW = ("lead", "practitioner", "nobody", "stranger", "ended", "disabled")
"""Who asks for others' things and for what is nowhere in the small run; the rest ask for their own."""


def check(*, full: bool) -> tuple[list[str], Counter[str]]:
    """Ask everything of the installation that is set up here; the faults, and what was counted."""
    from django.test.utils import override_settings  # noqa: PLC0415 - once Django is set up
    from tests.web.states.registry import faults as lacking  # noqa: PLC0415
    from tests.web.states.round import Round  # noqa: PLC0415
    from tests.web.states.world import QUICK, make_world  # noqa: PLC0415

    wrong, counts = lacking(), Counter[str]()
    with override_settings(**QUICK):
        Round(make_world(), FEW, full=full, wrong=wrong, counts=counts).go()
    return wrong, counts


def on_this_database(*, full: bool) -> int:
    """Check here, in a process whose environment names the database; faults, then counts as JSON."""
    import django  # noqa: PLC0415

    django.setup()
    wrong, counts = check(full=full)
    print(*wrong, sep="\n")
    print(json.dumps({"wrong": len(wrong), **counts}))
    return 0


def asked_on(name: str, server: str, *, full: bool) -> dict[str, int]:
    """Check on one database, in an installation of its own."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as home, installation(Path(home), server=server) as made:
        done = made.run(__file__, "--here", *(["--all"] if full else []))
    sys.stderr.write(done.stderr)
    lines = done.stdout.splitlines()
    counts: dict[str, int] = json.loads(lines[-1]) if done.returncode == 0 and lines else {"wrong": 1}
    said = [f"{name}: {line}" for line in lines[:-1] if line]
    print(*said, f"{name}: {counts} in {time.monotonic() - started:.0f} s", sep="\n")
    return counts


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--all", action="store_true", help="everybody asks for everything")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.here:
        return on_this_database(full=given.all)
    with ThreadPoolExecutor() as together:
        waited = {
            name: together.submit(asked_on, name, server, full=given.all)
            for name, server in servers().items()
        }
    found = {name: each.result() for name, each in waited.items()}
    holds = all(not counts["wrong"] for counts in found.values())
    total = sum((Counter(counts) for counts in found.values()), Counter[str]())
    answer = {
        "proof": "urls",
        "holds": holds,
        "databases": ", ".join(found),
        **total,
        "wrong": total["wrong"],
    }
    print(json.dumps(answer))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
