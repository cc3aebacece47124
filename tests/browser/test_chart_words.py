"""The words of every chart, in a browser whose letters are narrow and in one whose letters are wide, on a desk and a phone.

Where "Liberation Sans" and its like are not installed, a browser sets the words of a drawing in its own sans-serif;
DejaVu Sans, which many machines have, is an eighth wider, and a fifth in bold.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kit
from kit.evidence.prose.document import Document
from kit.evidence.prose.statements import CHART_FACTS, VEGALITE
from kit.reporting.book.book import make_book
from kit.reporting.execution.kernel import notebooks, read_notebook
from kit.reporting.writers.html.site import write

pytestmark = pytest.mark.desk

#: How wide "www" is in the bold letters of each, at a size of 100.
WIDTHS = {"Liberation": 234, "DejaVu": 276}
WINDOWS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True},
}
NAMES = [path.stem for path in sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb"))]
#: Words that leave their drawing, and words that lie on other words.
FAULTS = """svgs => svgs.flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim() && text.checkVisibility());
  const boxes = words.map(text => [text.textContent, text.getBoundingClientRect()]);
  const out = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(([text]) => "leaves its drawing: " + text);
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 3) out.push("lie on each other: " + one + " | " + other);
  }));
  return out;
})"""


@pytest.fixture(scope="module", params=WIDTHS)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser that knows one family of fonts only."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>'
        f"<cachedir>{folder}/cache</cachedir><selectfont><rejectfont><glob>*.*</glob></rejectfont>"
        f"<acceptfont><glob>*/{request.param}Sans*</glob></acceptfont></selectfont></fontconfig>"
    )
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
            env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        )
        page = started.new_page()
        wide = page.evaluate(
            """() => {
              const canvas = document.createElement("canvas").getContext("2d");
              canvas.font = "bold 100px sans-serif";
              return canvas.measureText("www").width;
            }"""
        )
        assert round(wide) == WIDTHS[request.param], "the fonts of this test are not installed"
        page.close()
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The report of this case, from its committed notebooks."""
    case, folder = kit.open(project), tmp_path_factory.mktemp("report")
    write(
        make_book(case, [Document(read_notebook(path), path) for path in notebooks(case)], "public"), folder
    )
    return folder


def charts(project: Path, name: str) -> list[dict[str, Any]]:
    """What the cells of a notebook show for JupyterLab, GitHub and the report, a chart each."""
    cells = read_notebook(project / f"notebooks/{name}.ipynb")["cells"]
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    return [data for data in shown if CHART_FACTS in data]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_chart_is_cut_on_its_page(reader: Any, site: Path, name: str, window: str) -> None:
    context = reader.new_context(**WINDOWS[window], reduced_motion="reduce")
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    assert page.locator("figure svg").evaluate_all(FAULTS) == [], "in the still pictures"
    for drawing in page.locator("[data-chart]").all():
        drawing.scroll_into_view_if_needed()
        drawing.locator(".vega-embed svg").wait_for()
    assert page.locator("figure svg").evaluate_all(FAULTS) == [], "in the live charts"
    around = page.locator("figure .headline, figure .subtitle, figcaption")
    assert (
        around.evaluate_all(
            "all => all.filter(it => it.scrollWidth > it.clientWidth).map(it => it.textContent)"
        )
        == []
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= WINDOWS[window]["viewport"]["width"]
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_words_around_a_chart_are_words_of_the_page(
    reader: Any, site: Path, project: Path, name: str
) -> None:
    page = reader.new_page()
    page.goto((site / f"{name}.html").as_uri())
    facts = [data[CHART_FACTS] for data in charts(project, name)]
    figures = page.locator("figure:has(.drawing[data-chart])")
    assert figures.locator(".headline").all_inner_texts() == [each["headline"] for each in facts]
    notes = [" ".join(text.split()) for text in figures.locator("figcaption").all_inner_texts()]
    assert notes == [f"{each['key']} Source: {each['source']}".strip() for each in facts]
    drawn = figures.locator("svg text").all_inner_texts()
    assert not {each["headline"] for each in facts} & {*drawn}
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_cut_where_a_picture_carries_its_own(
    reader: Any, site: Path, project: Path, name: str
) -> None:
    """As GitHub shows the picture, and as JupyterLab draws the specification."""
    page = reader.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "01-the-dispute.html").as_uri())
    for data in charts(project, name):
        page.evaluate("svg => { document.body.innerHTML = svg; }", "".join(data["image/svg+xml"]))
        assert page.locator("svg").evaluate_all(FAULTS) == []
        assert data[CHART_FACTS]["headline"].split()[-1] in page.locator("svg").inner_html()
        page.evaluate(
            "async spec => { document.body.innerHTML = '<div></div>';"
            "await vegaEmbed('div', JSON.parse(spec), { mode: 'vega-lite', actions: false, renderer: 'svg', ast: true }); }",
            json.dumps(data[VEGALITE]),
        )
        assert page.locator("svg").evaluate_all(FAULTS) == []
    page.close()
