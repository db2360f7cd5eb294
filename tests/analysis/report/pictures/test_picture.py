"""Pictures show what their chart shows and nothing else, the same bytes every time."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import pytest
import vl_convert
from defusedxml.ElementTree import fromstring
from tests.analysis.report.files_made import results, secrets_in, unprotected
from tests.analysis.report.results_fixture import rich_results

from goldenthread.analysis.report.compose.report import compose
from goldenthread.analysis.report.model import (
    Bar,
    BarChart,
    ChangeChart,
    ChangeRow,
    Report,
    Segment,
    WaveChart,
    WavePoint,
)
from goldenthread.analysis.report.pictures import layout
from goldenthread.analysis.report.pictures.bar import BAR_HEIGHT, VALUES
from goldenthread.analysis.report.pictures.layout import AGREE, BAND, HAIRLINE, INK, RIGHT, WAVE, WIDTH
from goldenthread.analysis.report.pictures.letters import outlined
from goldenthread.analysis.report.pictures.picture import SCALE, Chart, png, svg
from goldenthread.analysis.report.pictures.png import smaller
from goldenthread.analysis.report.svg.bars import bar_rows

KEY = (("Disagree", 2), ("Neither", 3), ("Agree", 4), ("Strongly agree", 5))


def bar(name: str, percent: float, low: float, high: float) -> Bar:
    rest = 100 - percent
    segments = (
        Segment("Disagree", 2, "low", rest / 2),
        Segment("Neither", 3, "middle", rest / 2),
        Segment("Agree", 4, "high", percent - 10),
        Segment("Strongly agree", 5, "high", 10),
    )
    return Bar(name, "61 people", f"{percent:.0f}%", f"{low:.0f} to {high:.0f}", segments, percent, low, high)


BARS = BarChart(
    "bars",
    "Who agrees?",
    "Most do.",
    KEY,
    (
        bar("Casework & advice", 62, 57, 67),
        Bar("Parenting hub", "", "[c]", "", why="Hidden to protect people"),
        replace(bar("Everybody", 44, 42, 46), total=True),
    ),
    "",
    "",
)
WAVES = WaveChart(
    "waves",
    "How does each wave stand?",
    "",
    (
        WavePoint("2025", "342 people", "53%", "48 to 58", "now", 53, 48, 58),
        WavePoint("2023", "368 people", "41%", "36 to 46", "before", 41, 36, 46),
        WavePoint("2021", "", "–", "", "earlier", why="Not asked"),
    ),
    "",
    "",
)
CHANGES = ChangeChart(
    "changes",
    "What changed?",
    "",
    (
        ChangeRow("As answered", "everybody", "rose", "Rose", "+12 points (+5 to +19)", "better", 12, 5, 19),
        ChangeRow("Same mix", "", "too-few-to-tell", "Too few to tell", "+2 (−4 to +8)", "", 2, -4, 8),
        ChangeRow("Hub", "", None, "Fewer than 30 people", ""),
    ),
    5,
    "",
    "",
)
CHARTS = (BARS, WAVES, CHANGES)
ANCHORS = ("start", "middle", "end")


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_picture_is_larger_than_the_page_needs_and_the_same_each_time() -> None:
    for chart in CHARTS:
        first = png(chart)
        assert size(first)[0] == SCALE * WIDTH
        assert png(chart) == first


def shapes(chart: Chart, kind: str, **wanted: str) -> list[Element]:
    """The shapes of one kind in a chart's drawing, with these attributes (underlines for hyphens)."""
    names = {name.replace("_", "-"): value for name, value in wanted.items()}
    every = fromstring(svg(chart)).iter(f"{{http://www.w3.org/2000/svg}}{kind}")
    return [shape for shape in every if all(shape.get(name) == value for name, value in names.items())]


def at(shape: Element, *names: str) -> tuple[float, ...]:
    return tuple(float(shape.get(name, "nan")) for name in names)


def words(chart: Chart) -> list[str]:
    return [text.text or "" for text in shapes(chart, "text")]


def uprights(chart: Chart, colour: str, weight: str) -> list[tuple[float, ...]]:
    """Each upright line's place across, its top and its foot."""
    lines = shapes(chart, "line", stroke=colour, stroke_width=weight)
    return [at(line, "x1", "y1", "y2") for line in lines if line.get("x1") == line.get("x2")]


def levels(chart: Chart, colour: str) -> list[tuple[float, ...]]:
    """The ends of each range, and how far down it lies: level lines that do not cross the names."""
    lines = shapes(chart, "line", stroke=colour, stroke_width="2")
    places = [at(line, "x1", "x2", "y1", "y2") for line in lines]
    return [(left, right, y) for left, right, y, foot in places if y == foot and left > 0]


def nought(chart: Chart) -> float:
    (line,) = {x for x, *_ in uprights(chart, INK, "1.5") if _tall(chart, x)}
    return line


def _tall(chart: Chart, x: float) -> bool:
    return any(foot - top > 40 for place, top, foot in uprights(chart, INK, "1.5") if place == x)


def per_unit(chart: Chart, low: str, high: str, units: float) -> float:
    """Pixels to one unit of the axis, from where two of its labels stand."""
    ends = {text.text: float(text.get("x", "nan")) for text in shapes(chart, "text", text_anchor="middle")}
    return (ends[high] - ends[low]) / units


def test_a_picture_says_every_row_in_words() -> None:
    told = words(BARS)
    for text in (
        "Casework & advice",
        "61 people",
        "62%",
        "57 to 67",
        "[c]",
        "Hidden to protect people",
    ):
        assert text in told
    assert all(label in told for label, _ in KEY)
    assert "Not asked" in words(WAVES)
    assert "better" in words(CHANGES)


def test_agreement_lies_right_of_the_line_and_the_rest_left() -> None:
    line, unit = nought(BARS), per_unit(BARS, "0%", "75%", 75)
    first = [at(part, "x", "width") for part in shapes(BARS, "rect", height=f"{BAR_HEIGHT:.1f}")[:4]]
    colours = [part.get("fill") for part in shapes(BARS, "rect", height=f"{BAR_HEIGHT:.1f}")[:4]]
    ends = [(round((left - line) / unit), round((left + wide - line) / unit)) for left, wide in first]
    assert ends == [(-38, -19), (-19, 0), (0, 52), (52, 62)]
    assert colours == [AGREE[step] for _, step in KEY]


def test_a_share_is_rounded_in_the_picture_as_it_is_on_the_page() -> None:
    """Halves go up in both: 89.5% is 90, and the 10.5% beside it is 11."""
    halves = (Segment("Disagree", 2, "low", 10.5), Segment("Agree", 4, "high", 89.5))
    whole = Bar("Everybody", "200 people", "90%", "84 to 93", halves, 89.5, 84.4, 93.0)
    chart = replace(BARS, bars=(whole,))
    drawn = [text for text in words(chart) if text.isdigit()]
    assert drawn == re.findall(r">(\d+)</text>", str(bar_rows(chart)[0])) == ["11", "90"]


def test_the_colours_of_the_picture_are_those_of_the_page() -> None:
    css = (Path(layout.__file__).parents[1] / "static/tokens.css").read_text("utf-8")
    light = css.split("@media (prefers-color-scheme: dark)")[0]
    steps = range(7)
    assert tuple(re.search(rf"--agree-{n}: (#\w+)", light).group(1) for n in steps) == AGREE
    on = {re.search(rf"--on-agree-{n}: (#\w+)", light).group(1) for n in (0, 1, 5, 6)}
    assert on == {"#ffffff"}


def test_the_bracket_of_the_range_stands_below_the_bar() -> None:
    line, unit = nought(BARS), per_unit(BARS, "0%", "75%", 75)
    foot = at(shapes(BARS, "rect", height=f"{BAR_HEIGHT:.1f}")[0], "y")[0] + BAR_HEIGHT
    left, right, down = next(found for found in levels(BARS, INK) if found[2] > foot)
    assert [round((end - line) / unit) for end in (left, right)] == [57, 67]
    caps = [top for x, top, _ in uprights(BARS, INK, "1.5") if x in {left, right}]
    assert len(caps) == 2
    assert all(foot < top < down for top in caps)
    middles = [at(dot, "cx", "cy") for dot in shapes(BARS, "circle", fill=INK)]
    assert any(round((x - line) / unit) == 62 and y == down for x, y in middles)


def test_a_hidden_row_has_no_bar_no_dot_and_no_range() -> None:
    rows = {at(text, "y") for text in shapes(BARS, "text", x=f"{RIGHT:.1f}", font_weight="bold")}
    assert len(rows) == 3
    bars = {at(part, "y") for part in shapes(BARS, "rect", height=f"{BAR_HEIGHT:.1f}")}
    assert len(bars) == 2
    key = 1
    assert len(shapes(BARS, "circle")) == key + 2
    assert len(shapes(WAVES, "circle")) == 2
    assert len(levels(WAVES, WAVE["now"])) + len(levels(WAVES, WAVE["before"])) == 2


def test_what_is_hidden_leaves_no_trace_in_any_picture() -> None:
    """Neither in words nor in where a shape lies: the drawing is the same whatever was hidden."""
    bare, told = charts(compose(rich_results())), charts(compose(results()))
    assert any("[c]" in svg(chart) for chart in told)
    assert [svg(chart) for chart in told] == [svg(chart) for chart in bare]
    assert secrets_in(" ".join(svg(chart) for chart in charts(compose(unprotected()))))
    assert not secrets_in(" ".join(svg(chart) for chart in told))


def charts(report: Report) -> list[Chart]:
    parts = (*report.chapters, *report.items)
    return [block for part in parts for block in part.blocks if isinstance(block, Chart)]


def test_the_newest_wave_is_solid_and_the_others_hollow() -> None:
    (now,) = shapes(WAVES, "circle", stroke=WAVE["now"])
    (before,) = shapes(WAVES, "circle", stroke=WAVE["before"])
    assert now.get("fill") == WAVE["now"]
    assert before.get("fill") == "#ffffff"


def test_the_band_of_changes_too_small_to_matter_is_shaded() -> None:
    (band,) = shapes(CHANGES, "rect", fill=BAND)
    unit = per_unit(CHANGES, "−20", "+20", 40)
    left, wide = at(band, "x", "width")
    assert [round((end - nought(CHANGES)) / unit) for end in (left, left + wide)] == [-5, 5]


def test_a_direction_has_an_arrow_and_too_few_a_broken_ring() -> None:
    assert len(shapes(CHANGES, "path")) == 1
    assert len(shapes(CHANGES, "circle", stroke_dasharray="2 2")) == 1


def test_the_axis_reaches_every_range() -> None:
    wide = replace(CHANGES, rows=(replace(CHANGES.rows[0], low=-71, high=83),))
    grid = [x for x, *_ in uprights(wide, HAIRLINE, "1")]
    (left, right, _), *_ = levels(wide, WAVE["now"])
    assert min(grid) <= left < right <= max(grid)
    told = words(wide)
    assert "+100" in told
    assert "−100" in told


def test_a_long_reason_is_told_whole_inside_the_picture() -> None:
    reason = "Compared as part of “Listening before decisions”, of which this is one question"
    long = replace(CHANGES, rows=(replace(CHANGES.rows[0], verdict=None, verdict_text=reason),))
    lines = shapes(long, "text", font_weight="bold")
    assert " ".join(line.text or "" for line in lines) == reason
    assert all(float(line.get("x", "nan")) + 7.2 * len(line.text or "") <= WIDTH for line in lines)
    foot = float(fromstring(svg(long)).get("height", "nan"))
    assert all(at(line, "y")[0] < foot for line in lines)


def test_a_value_in_words_stays_out_of_the_plot() -> None:
    said = replace(BARS, bars=(replace(BARS.bars[0], value="More than 95%"),))
    (value,) = (text for text in shapes(said, "text", font_weight="bold") if text.text == "More than 95%")
    assert at(value, "x")[0] - 0.56 * at(value, "font-size")[0] * len("More than 95%") >= WIDTH - VALUES


def test_why_nothing_is_drawn_is_not_struck_through_by_the_line() -> None:
    (why,) = (text for text in shapes(BARS, "text") if text.text == "Hidden to protect people")
    assert at(why, "x")[0] > nought(BARS)


def test_names_like_markup_are_words() -> None:
    odd = replace(BARS, bars=(replace(BARS.bars[0], name="<b>&amp;</b>"),))
    assert "<b>&amp;</b>" in words(odd)


def test_packing_loses_no_pixel() -> None:
    drawn = bytes(vl_convert.svg_to_png(svg(BARS), scale=SCALE))
    packed = smaller(drawn)
    assert len(packed) < len(drawn) / 3
    assert size(packed) == size(drawn)
    assert (_paletted_pixels(packed) == _filtered_pixels(drawn)).all()


def test_a_picture_of_many_shades_is_packed_with_shades_the_eye_cannot_tell_apart() -> None:
    shade = '<rect x="{}" width="1" height="9" fill="rgb({},{},0)"/>'
    strip = "".join(shade.format(n, n % 251, n // 2) for n in range(400))
    many = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="9">{strip}</svg>'
    drawn = bytes(vl_convert.svg_to_png(many.replace("<rect", '<rect shape-rendering="crispEdges"'), scale=1))
    packed = smaller(drawn)
    assert b"PLTE" in packed
    told = _paletted_pixels(packed).astype(int) - _filtered_pixels(drawn)
    assert np.abs(told).max() <= 5


def _paletted_pixels(picture: bytes) -> np.ndarray:
    parts = dict(_chunks(picture))
    width, height = size(picture)
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + width)
    return np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)[lines[:, 1:]]


def _filtered_pixels(picture: bytes) -> np.ndarray:
    """Undo PNG's filter 1 (each byte less the one a pixel to its left), and leave out the alpha."""
    width, height = size(picture)
    data = b"".join(body for name, body in _chunks(picture) if name == b"IDAT")
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + 4 * width)
    assert (lines[:, 0] == 1).all()
    left = np.zeros((height, 4), np.uint8)
    out = np.zeros((height, width, 3), np.uint8)
    for column in range(width):
        left = left + lines[:, 1 + 4 * column : 5 + 4 * column]
        out[:, column] = left[:, :3]
    return out


def _chunks(picture: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        found.append((picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def test_what_is_not_understood_is_left_as_it_came() -> None:
    packed = smaller(bytes(vl_convert.svg_to_png(svg(WAVES), scale=1)))
    assert smaller(packed) == packed
    edge = '<rect x="9" width="31" height="9" fill="#16212b"/>'
    drawn = bytes(vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="40">{edge}</svg>'))
    assert smaller(drawn) == drawn


def test_words_are_painted_as_outlines_of_our_own_face() -> None:
    painted = outlined(svg(WAVES))
    assert "<text" not in painted
    assert painted.count("<path") >= sum(len(point.label) for point in WAVES.points)


def test_a_word_with_a_letter_the_face_lacks_stays_a_word() -> None:
    there, lacking = (
        replace(WAVES, points=(replace(WAVES.points[0], label=label),)) for label in ("abc", "中文")
    )
    assert "<text" not in outlined(svg(there))
    assert ">中文</text>" in outlined(svg(lacking))


def test_a_word_that_ends_at_a_place_ends_there() -> None:
    text = '<text x="100" y="20" text-anchor="{}" font-size="10" fill="#000000">nn</text>'
    drawn = (outlined(f'<svg xmlns="http://www.w3.org/2000/svg">{text.format(a)}</svg>') for a in ANCHORS)
    starts = [float(re.findall(r"translate\(([\d.]+)", each)[0]) for each in drawn]
    assert starts[0] == 100
    assert 100 - starts[1] == pytest.approx((100 - starts[2]) / 2, abs=0.02)
    assert 5 < 100 - starts[2] < 20
