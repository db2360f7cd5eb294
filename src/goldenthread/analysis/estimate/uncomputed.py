"""Items a wave asked of which no figure for everybody could be computed."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.analysis.definition.study import Item, Study, Wave
from goldenthread.analysis.estimate.model import Estimate, WaveMeasures
from goldenthread.analysis.problem import Problem


def uncomputed(study: Study, wave: Wave, measures: WaveMeasures) -> tuple[Problem, ...]:
    """A problem for each item without a figure to lead with, though ``wave`` asked it.

    Of answers that is an item with nobody in its base; of a printed report, one whose headline was
    not printed and cannot be added. Only figures for everybody are looked at, as they may be shown:
    what is hidden is not missing, and no group is spoken of.
    """
    return tuple(
        Problem(_file(wave), _why(wave, item), (), ", ".join(item.sources[wave.id]), figure=True)
        for item in study.items
        if wave.id in item.sources and _absent(item, wave, measures.estimates)
    )


def _absent(item: Item, wave: Wave, estimates: Iterable[Estimate]) -> bool:
    """Whether the figure to lead with is not there; without a headline, whether no answer has one."""
    own = [e for e in estimates if e.item == item.id and e.group is None]
    leading = [e for e in own if item.headline in (None, e.answer)]
    if not leading:
        return wave.published and item.headline is not None
    return all(e.base == 0 for e in leading)


def _file(wave: Wave) -> str:
    return ", ".join(path.name for path in (*wave.files, *filter(None, [wave.figures])))


def _why(wave: Wave, item: Item) -> str:
    if wave.published:
        return f"the headline of “{item.label}” was not printed, and cannot be added from what was"
    return f"nobody gave an answer that counts, so “{item.label}” has no figure"
