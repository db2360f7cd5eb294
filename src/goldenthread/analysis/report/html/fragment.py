"""Blocks of a report as a part of somebody else's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from goldenthread.analysis.report.html.page import environment
from goldenthread.analysis.report.model import BarChart, Block, Bullets, Heading, Paragraph, Table


def fragment(blocks: Sequence[Block], address: Callable[[str], str]) -> Markup:
    """``blocks`` as HTML for a page that brings the styles itself; ``address`` is an item's page.

    Each cell of a table names its column (``data-label``), for tables that stack on narrow screens.
    What drawings share is in it once: one fragment with drawings to a page.
    """
    made = (
        environment()
        .get_template("fragment.html")
        .render(
            shown=blocks,
            labels=None,
            address=address,
            bars=[block for block in blocks if isinstance(block, BarChart)],
            drawn=any(not isinstance(block, Paragraph | Bullets | Heading | Table) for block in blocks),
        )
    )
    return Markup(made)  # noqa: S704 - our own template, which escapes
