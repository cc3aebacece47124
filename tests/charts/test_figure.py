"""What a figure insists on, how it shows itself, and how its labels are measured and kept clear of each other."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from kit import charts
from kit.charts.figure import named
from kit.charts.layout import Box, Shelf, spread
from kit.charts.look import PALETTE, PAPER, colours, one_line, width, wrap
from kit.charts.scales import amount, scale_for, scale_over
from kit.errors import KitError
from kit.evidence.prose.statements import chart_data

BARS = alt.Chart(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})).mark_bar().encode(x="a:Q", y="b:N")


def test_all_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(charts.Unlabelled) as caught:
        charts.figure(BARS, headline="", source=None, alt="\t")  # type: ignore[arg-type]
    assert isinstance(caught.value, charts.NotDrawn)
    said = str(caught.value)
    assert "3 problems to fix" in said
    assert "headline: is blank; state the point" in said
    assert "source: is not text (NoneType); say where the data come from" in said
    assert "alt: is blank; say what the chart shows" in said


def test_a_config_of_its_own_is_refused() -> None:
    with pytest.raises(KitError, match="leave configure"):
        charts.figure(BARS.configure_axis(grid=False), headline="H", source="S", alt="A")


def test_it_shows_itself_in_jupyterlab_and_without_it() -> None:
    figure = charts.figure(BARS, headline="H & H", source="S", alt="A", subtitle="Sub", key="Bars.")
    shown = figure._repr_mimebundle_()
    facts = "application/vnd.casebook.chart+json"
    assert list(shown) == ["application/vnd.vegalite.v5+json", "image/svg+xml", facts, "text/plain"]
    words = {"headline": "H & H", "subtitle": "Sub", "key": "Bars.", "source": "S", "alt": "A"}
    assert shown[facts] == {**words, "columns": ["a", "b"]}
    assert chart_data(shown) == (["a", "b"], [[1, "x"], [2, "y"]])
    assert shown["application/vnd.vegalite.v5+json"]["$schema"].endswith("/v5.json")
    assert shown["text/plain"] == "H & H\nA"
    assert figure.data.equals(BARS.data)
    assert figure.png(1)[:8] == b"\x89PNG\r\n\x1a\n"
    assert repr(figure) == "Figure('H & H')"


def test_the_picture_names_and_describes_itself() -> None:
    picture = ElementTree.fromstring(
        charts.figure(BARS, headline="A & B", source="S", alt="<two> bars").svg()
    )
    parts = {part.attrib["id"]: part.text for part in picture if part.tag.endswith(("title", "desc"))}
    assert picture.attrib["role"] == "img"
    assert [parts[i] for i in picture.attrib["aria-labelledby"].split()] == ["A & B", "<two> bars"]


def test_two_pictures_on_a_page_share_no_id() -> None:
    drawn = '<svg><g clip-path="url(#clip0)"><text>id="clip0"</text></g><clipPath id="clip0"/>{}</svg>'
    pictures = [ElementTree.fromstring(named(drawn.format(more), "T", "D")) for more in ("", "<g/>")]
    ids = [{part.attrib["id"] for part in picture.iter() if "id" in part.attrib} for picture in pictures]
    assert not ids[0] & ids[1]
    for picture, own in zip(pictures, ids, strict=True):
        group = picture.find("g[@clip-path]")
        assert group is not None
        assert group.attrib["clip-path"][5:-1] in own
        assert picture.findtext("g/text") == 'id="clip0"', "words that look like an id stay as they were"


def test_importing_the_kit_does_not_import_altair() -> None:
    run = "import sys, kit; dir(kit); kit.open; kit.check; sys.exit(len({'altair', 'vl_convert'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", run], timeout=120).returncode == 0


def test_an_unknown_chart_is_named_beside_those_there_are() -> None:
    with pytest.raises(AttributeError, match=r"no 'pie'; it has .*timeline"):
        charts.pie  # noqa: B018


def test_a_missing_column_is_named_beside_those_there_are() -> None:
    with pytest.raises(charts.NotDrawn, match="lacks claim, verdict and why; it has id and note"):
        charts.verdicts(pd.DataFrame({"id": ["a"], "note": [""]}), headline="H", source="S", alt="A")


@pytest.mark.parametrize("ink", PALETTE)
def test_every_ink_of_the_palette_can_be_read_on_paper(ink: str) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert (light(PAPER) + 0.05) / (light(ink) + 0.05) >= 4.0


def test_a_company_keeps_its_colour_whoever_else_is_there() -> None:
    order = ("anthropic", "openai")
    assert colours(["openai"], order)["openai"] == colours(["openai", "anthropic", "google"], order)["openai"]


@given(st.text(max_size=300), st.floats(20, 400))
def test_wrapped_lines_fit_and_no_word_is_lost(text: str, room: float) -> None:
    lines = wrap(text, room, 11)
    assert all(width(line, 11) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == one_line(text).replace(" ", "") or len(lines) == 40


@given(st.text(min_size=1, max_size=300), st.integers(1, 4))
def test_a_cut_label_ends_in_an_ellipsis(text: str, most: int) -> None:
    lines = wrap(text, 60, 11, most=most)
    assert len(lines) <= most
    if len(wrap(text, 60, 11)) > most:
        assert lines[-1].endswith("…")


def test_a_label_of_two_thousand_characters_stays_whole() -> None:
    assert len(one_line("a" * 2_000)) == len(one_line("a" * 2_001)) == 2_000


WRITTEN = [
    "Anthropic says benchmarking and safety access will continue",
    "WIRED, Illinois",
    "$1.4bn (alleged)",
]


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("size", [9.5, 10, 11, 17])
@pytest.mark.parametrize(("face", "bold"), [("Regular", False), ("Bold", True)])
def test_words_are_measured_no_narrower_than_the_letters_that_are_drawn(
    project: Path, text: str, size: float, face: str, bold: bool
) -> None:
    font = ImageFont.truetype(project / f"kit/reporting/fonts/Arimo-{face}.ttf", 1_000)
    drawn = font.getlength(text) * size / 1_000
    assert drawn <= width(text, size, bold) < drawn * 1.5


boxes = st.builds(
    lambda left, wide, rows: Box(left, left + wide, rows),
    st.floats(0, 500),
    st.floats(1, 200),
    st.integers(1, 4),
)


@given(st.lists(boxes, max_size=25))
def test_nothing_on_a_shelf_covers_anything_else(items: list[Box]) -> None:
    shelf = Shelf(row=10, gap=4)
    placed = [(item, shelf.put(item)) for item in items]
    for i, (one, y) in enumerate(placed):
        assert y + one.rows * 10 <= shelf.height
        for other, at in placed[i + 1 :]:
            apart = one.right + 4 <= other.left or other.right + 4 <= one.left
            assert apart or y + one.rows * 10 <= at or at + other.rows * 10 <= y


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12), st.floats(5, 30))
def test_labels_are_spread_in_their_order(wanted: list[float], room: float) -> None:
    places = spread(wanted, room, 0, 300)
    ordered = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert all(after - before >= room - 1e-6 for before, after in pairwise(ordered))
    assert min(places) >= 0


@settings(max_examples=60)
@given(st.dates(), st.integers(0, 40_000))
def test_ticks_keep_clear_of_each_other(start: object, days: int) -> None:
    first = pd.Timestamp(str(start))
    if not 1700 < first.year < 2100:
        first = first.replace(year=2000, day=1)
    scale = scale_over(first, first + pd.Timedelta(days=days), 100, 660)
    ticks, _ = scale.ticks()
    assert ticks
    assert all(scale.px(after) - scale.px(before) >= 45 for before, after in pairwise(ticks))


@given(st.lists(st.floats(0.01, 1e12), min_size=1, max_size=9), st.booleans())
def test_values_lie_inside_their_scale(values: list[float], log: bool) -> None:
    scale = scale_for(values, 300, 10, log)
    assert all(9.9 <= scale.px(value) <= 300.1 for value in values)
    assert all(9.9 <= scale.px(tick) <= 300.1 for tick in scale.ticks())


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0, "percent", "0%"),
        (56.13, "percent", "56.1%"),
        (0.2, "usd", "$0.20"),
        (2.5, "usd", "$2.50"),
        (20, "usd", "$20"),
        (87e6, "usd", "$87m"),
        (1.4e9, "usd", "$1.4bn"),
        (999_999, "users", "1m users"),
        (3, "days", "3 days"),
    ],
)
def test_amounts_are_written_as_a_reader_expects(value: float, unit: str, said: str) -> None:
    assert amount(value, unit) == said
