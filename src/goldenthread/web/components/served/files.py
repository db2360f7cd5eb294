"""The few files a page links, each made of its sources. What the report has too is taken from there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from goldenthread.analysis import report
from goldenthread.web.components.served import css, govuk

OURS = Path(__file__).parents[1]
REPORT = Path(report.__file__).parent / "static"
FONT = REPORT / "vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-wght-normal.woff2"

SHARED_FIRST = ("tokens", "base")
SHARED = (
    "components/thread",
    "components/words",
    "components/figure",
    "components/table",
    "components/blocks",
)
STYLES = (
    *("rhythm", "frame", "rail", "spine", "strand", "words", "buttons", "forms", "filters"),
    "notices",
    *("tables", "heat", "figures", "offer", "work", "bringing", "results", "answering", "print"),
)
"""Our sheets in ``styles``, in the order a page meets them."""

STACKS = {"gt-table--stack": "46rem", "gt-table--few": "30rem", "gt-table--many": "54rem"}
"""The report's rules for a table as blocks, for the width at which each kind of table becomes them."""

FONT_FACE = (
    '@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:200 800;'
    'font-display:swap;src:url("font.woff2") format("woff2")}'
)


@cache
def files() -> dict[str, bytes]:
    """What is served under ``look/``, by name."""
    return {
        "look.css": _styles().encode(),
        "look.js": _script().encode(),
        "font.woff2": FONT.read_bytes(),
        "icon.svg": (OURS / "styles" / "icon.svg").read_bytes(),
    }


def put(folder: Path) -> None:
    """Write the files where they are not there as they should be; each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            part = folder / f".{name}.{os.getpid()}"
            part.write_bytes(content)
            part.replace(path)


def _styles() -> str:
    first = [css.small(_read(REPORT / f"{name}.css")) for name in SHARED_FIRST]
    bridge = [css.small(_read(OURS / "styles" / f"{name}.css")) for name in ("more-tokens", "bridge")]
    shared = [css.small(_read(REPORT / f"{name}.css")) for name in SHARED]
    ours = [css.small(_read(OURS / "styles" / f"{name}.css")) for name in STYLES]
    return "\n".join([FONT_FACE, govuk.styles(), *first, *bridge, *shared, *_stacks(), *ours])


def _stacks() -> Iterator[str]:
    """A cell says its column itself here; in the report a class says it."""
    sheet = css.small(_read(REPORT / "components" / "stack.css")).replace(
        'var(--label,"")', "attr(data-label)"
    )
    for kind, width in STACKS.items():
        yield sheet.replace("gt-table--stack", kind).replace("38rem", width)


def _script() -> str:
    return f"{govuk.script()}\n{_read(OURS / 'scripts' / 'page.js')}"


def _read(path: Path) -> str:
    return path.read_text("utf-8")
