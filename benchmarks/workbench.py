"""Every ground page over HTTP with 5,000 staff of 150 organisations: the floor is a p95 of 300 ms.

    python benchmarks/workbench.py [--staff 5000] [--organisations 150] [--rounds 20]

An area is filled by the commands a person would use, in a home of its own, and served as ``goldenthread
serve`` serves it. Somebody signs in and fetches each page in turn. The peer is the server's own
health page, which asks the database one thing and draws nothing. Where DATABASE_URL names a
PostgreSQL server the area is made in a database of its own there, else in SQLite.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))
from tests.served.installation import AREA, NAME, PASSWORD, nothing_yet
from tests.served.person import Person
from tests.served.server import served

PEER = "/health/"
PAGES = (
    *("settings/", "lists/", "lists/of/roles/", "lists/of/topics/", "headcount/", "pupils/"),
    *("organisations/", "organisations/?page=3", "organisations/?text=school", "organisations/?kind=school"),
    *("people/", "people/?page=50", "people/?text=person", "people/?group=sencos", "people/?standing=left"),
    *("accounts/", "accounts/roles/", "audit/", "audit/?page=3", "data-map/", "organisations/register/"),
    "people/register/",
)
FLOOR_MS = 300


def main() -> None:
    """Fill an area, serve it, fetch every page, and print a table and one line of JSON."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder, nothing_yet(Path(folder) / "home") as here:
        here.enter()
        fill(given.staff, given.organisations)
        with served(here, log=Path(folder) / "log") as server:  # to write one is part of what serving takes
            lead = server.signed_in()
            found = {page: fetch(lead, f"/{AREA}/{page}", given.rounds) for page in PAGES}
            peer = p95(fetch(lead, PEER, given.rounds))
    for page, seconds in found.items():
        median = sorted(seconds)[len(seconds) // 2]
        print(f"{page:<32} p95 {1000 * p95(seconds):6.0f} ms   median {1000 * median:6.0f} ms")
    worst = max(found, key=lambda page: p95(found[page]))
    slowest = p95(found[worst])
    print(f"{PEER:<32} p95 {1000 * peer:6.0f} ms")
    figures = {"staff": given.staff, "organisations": given.organisations, "floor_ms": FLOOR_MS}
    said = {"slowest": worst, "p95_ms": 1000 * slowest, "of_health": slowest / peer}
    print(json.dumps({"benchmark": "workbench", **figures, **said}))


def fill(staff: int, organisations: int) -> None:
    """An area with its organisations, and its staff from one register."""
    from django.utils import timezone  # noqa: PLC0415 - only once Django is set up

    from goldenthread.ground.headcount.commands import add_count  # noqa: PLC0415
    from goldenthread.ground.headcount.given import CountGiven  # noqa: PLC0415
    from goldenthread.ground.lists.install import install_lists  # noqa: PLC0415
    from goldenthread.ground.lists.queries import choices  # noqa: PLC0415
    from goldenthread.ground.organisations.commands import OrganisationGiven, add_organisation  # noqa: PLC0415
    from goldenthread.ground.people.setup import found_area  # noqa: PLC0415
    from goldenthread.ground.pupils.commands import add_pupils  # noqa: PLC0415
    from goldenthread.ground.pupils.given import PupilsGiven  # noqa: PLC0415

    now = timezone.now()
    by, _ = found_area(slug=AREA, name=NAME, password=PASSWORD, now=now)
    install_lists(by=by, now=now)
    places = [
        add_organisation(
            by=by, now=now, given=OrganisationGiven(f"Any School {n}", "school", f"{990000 + n}")
        )
        for n in range(organisations)
    ]
    take_in(by, places[0], staff, organisations)
    for entry in choices(by.area, "areas-of-work", on=now.date()):
        add_count(by=by, now=now, given=CountGiven(400, date(2026, 5, 1), "Payroll", work=entry.code))
    pupils = {entry.code: 100 for entry in choices(by.area, "need-types", on=date(2026, 1, 15))}
    add_pupils(by=by, now=now, given=PupilsGiven(date(2026, 1, 15), "School census", pupils))


def take_in(by: object, owner: int, staff: int, organisations: int) -> None:
    """Everybody, by one staff register."""
    from django.utils import timezone  # noqa: PLC0415

    from goldenthread.ground.organisations.commands import record_basis  # noqa: PLC0415
    from goldenthread.ground.people.register.commands import keep_register, take_in_register  # noqa: PLC0415
    from goldenthread.ground.people.register.queries import plan_of  # noqa: PLC0415

    now = timezone.now()
    record_basis(by=by, now=now, organisation=owner, version=1, basis="public-task", note="Invented")
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["Staff reference", "Name", "Work e-mail", "Organisation", "Staff group", "Role", "Until"])
    roles = ("SENCO", "Class teacher", "Teaching assistant", "Social worker", "Governor")
    groups = (
        "SENCOs",
        "Teaching staff",
        "Teaching and learning support assistants",
        "Children's social care",
    )
    for n in range(staff):
        place, left = f"Any School {n % organisations}", "01/09/2026" if n % 10 == 0 else ""
        sheet.writerow(
            [f"S{n}", f"Person {n}", f"p{n}@any.example", place, groups[n % 4], roles[n % 5], left]
        )
    stream = io.BytesIO(text.getvalue().encode())
    kept = keep_register(
        by=by, now=now, owner=owner, name="staff.csv", stream=stream, as_of=now.date(), whole=True
    )
    plan = plan_of(by.area, kept, now=now)
    take_in_register(by=by, now=now, register=kept, shown=plan.fingerprint)


def fetch(lead: Person, path: str, rounds: int) -> list[float]:
    """Seconds for each of ``rounds`` fetches of a page, after one that does not count."""
    answers = [lead.get(path) for _ in range(rounds + 1)]
    assert {answer.status for answer in answers} == {200}, path
    return [answer.seconds for answer in answers[1:]]


def p95(seconds: list[float]) -> float:
    """The time that nineteen in twenty stay under."""
    return sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--staff", type=int, default=5000)
    parser.add_argument("--organisations", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
