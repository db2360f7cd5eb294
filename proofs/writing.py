"""Somebody at work while a backup is taken: changes through the application's own commands, so many a second.

Each change is noted in a file outside the database once its command has returned: that is when whoever
asked for it is told that it was done. Each note says when, what, its name, and how long it took.
"""

from __future__ import annotations

import io
import itertools
import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils import timezone

from goldenthread.ground.people.actor import Actor
from goldenthread.ground.people.setup import found_area
from goldenthread.thread.survey.commands import SurveyNews, WaveNews, bring_in, drop_wave, make_survey

A_SECOND = 20
ANSWERS = "Where do you work?,I can use signs\nNursery,Agree\nNursery,Disagree\nSchool,Agree\n"
LASTS = 10
"""A wave is dropped after so many others were brought in."""


def main(path: str, *kinds: str) -> None:
    """Change things until asked to stop, and note them in a file; with the word ``files`` uploads too.

    Imported inside an installation (``tests.served.installation.Installation.doing``).
    """
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    with Path(path).open("w", encoding="utf-8") as notes:
        changes = _changes(with_files="files" in kinds)
        began = time.monotonic()
        for number in itertools.count():
            if stopped:
                return
            time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
            _note(notes, changes)


def _note(notes: IO[str], changes: Iterator[tuple[str, str]]) -> None:
    before = time.perf_counter()
    what, name = next(changes)
    took = time.perf_counter() - before
    notes.write(json.dumps({"at": time.time(), "what": what, "name": name, "took": took}) + "\n")
    notes.flush()


def _changes(*, with_files: bool) -> Iterator[tuple[str, str]]:
    """Make a change, and say what was made or taken away."""
    lead: Actor = found_area(slug="anyshire", name="Anyshire", password="", now=timezone.now())[0]
    into = make_survey(by=lead, now=timezone.now(), news=SurveyNews("Waves that come and go"))
    yield "made", into
    for number in itertools.count():
        if not with_files or number % 2:
            news = SurveyNews(f"Survey {number}")
            yield "made", make_survey(by=lead, now=timezone.now(), news=news)
            continue
        code, old = f"w{number}", f"w{number - 2 * LASTS}"
        stream = io.BytesIO(f"{ANSWERS}School {number},Agree\n".encode())
        bring_in(
            by=lead, now=timezone.now(), survey=into, news=WaveNews(code), stream=stream, file_name="a.csv"
        )
        yield "brought in", code
        if number >= 2 * LASTS:
            drop_wave(by=lead, now=timezone.now(), survey=into, wave=old)
            yield "dropped", old
