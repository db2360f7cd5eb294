"""Whether an item may be compared between two waves, and if not, why (method 7, rule 0)."""

from __future__ import annotations

from goldenthread.analysis.definition.study import Item, Link, Study


def not_comparable(study: Study, item: Item, earlier: str, later: str) -> str:
    """Why ``item`` cannot be compared between two waves; nothing where it can."""
    for wave in (study.wave(earlier), study.wave(later)):
        if wave.id not in item.sources:
            missing = "not asked, or not printed," if wave.published else "not asked"
            return f"{missing} in {wave.label}"
    broken = broken_link(study, item.id, earlier, later)
    if broken is None:
        return ""
    return f"wording or scale changed: {broken.because}" if broken.because else "wording or scale changed"


def broken_link(study: Study, item: str, earlier: str, later: str) -> Link | None:
    """The link that says these waves cannot be compared, if any.

    A link between exactly these waves decides. Failing that, a break anywhere within the stretch
    between them breaks it.
    """
    order = {wave.id: place for place, wave in enumerate(study.waves)}
    links = [link for link in study.links if link.item == item]
    exact = [link for link in links if (link.earlier, link.later) == (earlier, later)]
    within = [
        link for link in links if order[earlier] <= order[link.earlier] and order[link.later] <= order[later]
    ]
    return next((link for link in exact or within if not link.comparable), None)
