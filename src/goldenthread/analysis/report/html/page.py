"""One self-contained HTML page: its style and its font inside it, no script, no network."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from goldenthread.analysis.report.html.labels import label_classes, label_rules, stack_kind, stack_rules
from goldenthread.analysis.report.html.sheets import chapter_sheets, item_sheets
from goldenthread.analysis.report.model import BarChart, Report
from goldenthread.analysis.report.svg.bars import bar_axis, bar_grids, bar_rows
from goldenthread.analysis.report.svg.changes import change_axis, change_rows, wave_axis, wave_grid, wave_rows
from goldenthread.analysis.report.svg.draw import arrow, marks

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
STYLES = (
    "tokens",
    "base",
    "components/thread",
    "components/words",
    "components/figure",
    "components/table",
    "components/report",
    "page",
    "components/blocks",
    "print",
)
FONT = "vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-wght-normal.woff2"


def html(report: Report) -> str:
    """``report`` as one page of HTML that needs no other file."""
    labels = label_classes(report)
    css = style() + Markup(label_rules(labels))  # noqa: S704 - escaped as CSS strings
    template = environment().get_template("report.html")
    return template.render(
        report=report,
        style=css,
        policy=policy(css),
        labels=labels,
        address="#item-{}".format,
        bars=[block for block in report.blocks if isinstance(block, BarChart)],
        chapters=chapter_sheets(report),
        items=item_sheets(report),
    )


@cache
def style() -> Markup:
    """Every style sheet the report needs, with the font inside."""
    stacks = stack_rules(_sheet("components/stack"))
    sheets = [_font_face(), *(_sheet(name) for name in STYLES), stacks]
    return Markup("\n".join(sheets))  # noqa: S704 - our own files, no data in them


def _sheet(name: str) -> str:
    return (STATIC / f"{name}.css").read_text("utf-8")


def _font_face() -> str:
    data = b64encode((STATIC / FONT).read_bytes()).decode("ascii")
    return (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:200 800;'
        f'font-display:swap;src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


def policy(css: str) -> str:
    """A content policy that allows this page's own style and font, and nothing else."""
    digest = b64encode(sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def tied(text: str) -> str:
    """A range that does not break across lines."""
    return text.replace(" to ", "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}")


@cache
def environment() -> Environment:
    """The templates, with what they draw by."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["tied"] = tied
    environment.globals |= {
        "arrow": arrow,
        "marks": marks,
        "stack_kind": stack_kind,
        "wave_grid": wave_grid,
        "bar_rows": bar_rows,
        "bar_axis": bar_axis,
        "bar_grids": bar_grids,
        "wave_rows": wave_rows,
        "wave_axis": wave_axis,
        "change_rows": change_rows,
        "change_axis": change_axis,
    }
    return environment
