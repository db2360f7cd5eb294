"""How far the worker is with a wave, for the pages that wait for it."""

from __future__ import annotations

from goldenthread.analysis.definition.text_table import Share
from goldenthread.thread.survey.models import Wave


def telling(wave: int, step: str, start: int = 0, end: int = 100) -> Share:
    """Begin a step of the work on a wave, from ``start`` to ``end`` per cent; what it returns hears how much
    of the step is done, 0 to 1."""
    last = start
    _keep(wave, step, start)

    def tell(share: float) -> None:
        nonlocal last
        percent = start + int(share * (end - start))
        if percent > last:
            last = percent
            _keep(wave, step, percent)

    return tell


def _keep(wave: int, step: str, percent: int) -> None:
    Wave.objects.filter(pk=wave).update(step=step, percent=percent)
