"""Inline SVG: per cent across, pixels down, so text keeps its true size at every width.

No viewBox on a plot, no style attribute anywhere: classes and presentation attributes only. What lies
at one height in every row gets it from ``figure.css``: a report has thousands of such parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

HEIGHT = 52

ARROWS = {
    "rose": "M6 11V1.5M2 5.5l4-4 4 4",
    "fell": "M6 1v9.5M2 6.5l4 4 4-4",
    "about-the-same": "M1 4.2h10M1 7.8h10",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a number falls between ``least`` and ``most``, as per cent across the plot."""

    least: float
    most: float

    def place(self, value: float) -> float:
        return 100 * (value - self.least) / (self.most - self.least)

    def at(self, value: float) -> str:
        """``46.3%``"""
        return across(self.place(value))

    def ticks(self, step: int) -> tuple[int, ...]:
        """Multiples of ``step`` inside the scale."""
        first = -int(-self.least // step) * step
        return tuple(n for n in range(first, int(self.most) + 1, step) if self.least <= n <= self.most)


def across(share: float) -> str:
    """A length or place as per cent of the plot's width, to a tenth."""
    return f"{round(share, 1):g}%"


def tag(name: str, body: object = None, **attributes: object) -> Markup:
    """One element; a trailing underscore in a name is dropped and other underscores become hyphens."""
    inside = "".join(f' {hyphened(k)}="{escape(v)}"' for k, v in attributes.items() if v is not None)
    text = f"<{name}{inside}/>" if body is None else f"<{name}{inside}>{escape(body)}</{name}>"
    return Markup(text)  # noqa: S704 - every value was escaped above


@cache
def hyphened(name: str) -> str:
    """``aria_hidden`` as markup spells it: ``aria-hidden``; ``class_`` as ``class``."""
    return name.rstrip("_").replace("_", "-")


def drawn(parts: Iterable[Markup]) -> Markup:
    """Several elements one after another."""
    return Markup("").join(parts)


def plot(parts: Iterable[Markup], kind: str = "") -> Markup:
    """A plot, hidden from screen readers: the words beside it say the same."""
    return tag("svg", drawn(parts), class_=f"gt-plot{kind}", aria_hidden="true")


def upright(scale: Scale, value: float, kind: str, bottom: int = HEIGHT) -> Markup:
    """A line from top to bottom."""
    x = scale.at(value)
    return tag("line", class_=kind, x1=x, x2=x, y2=bottom)


def whisker(scale: Scale, low: float, high: float, kind: str = "whisker") -> Markup:
    """A range as a level line."""
    return tag("line", class_=kind, x1=scale.at(low), x2=scale.at(high))


def words(text: str, x: str, kind: str) -> Markup:
    """A label inside a plot; the table repeats it."""
    return tag("text", text, class_=kind, x=x)


def reuse(name: str) -> Markup:
    """Draw again what was drawn once under ``name``: a page of bars repeats its grid on every row."""
    return tag("use", href=f"#{name}")


def kept(name: str, parts: Iterable[Markup]) -> Markup:
    """Parts kept under ``name``, drawn only where they are used."""
    return tag("defs", tag("g", drawn(parts), id=name))


def arrow(verdict: str | None) -> Markup:
    """The mark of a verdict: an arrow, two level lines, or a dotted ring."""
    if verdict is None:
        return Markup("")
    return tag("svg", reuse(f"mark-{verdict}"), class_="gt-arrow", viewBox="0 0 12 12", aria_hidden="true")


def marks() -> Markup:
    """Every verdict's mark, kept once at the head of the page."""
    paths = (tag("path", id=f"mark-{verdict}", d=path) for verdict, path in ARROWS.items())
    ring = tag("circle", id="mark-too-few-to-tell", cx="6", cy="6", r="4.4", stroke_dasharray="1.2 2.6")
    return unseen([tag("defs", drawn([*paths, ring, tick()]))])


def unseen(parts: Iterable[Markup]) -> Markup:
    """Parts that are kept to be used again, and not drawn where they stand."""
    return tag("svg", drawn(parts), class_="gt-marks", width="0", height="0", aria_hidden="true")


def tick() -> Markup:
    """The end of a range: a short upright line."""
    line = tag("path", class_="whisker", d="M4 0v8")
    units = {
        "markerWidth": "8",
        "markerHeight": "8",
        "refX": "4",
        "refY": "4",
        "markerUnits": "userSpaceOnUse",
    }
    return tag("marker", line, id="tick", **units)
