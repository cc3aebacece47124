"""The report of this very case in a browser: what a reader can do in it, and what nobody can do to it."""

from __future__ import annotations

import csv
import html
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image
from support.rule_faults import BOXES, RAID, Harbour

import kit
from kit.charts.figure import figure
from kit.evidence.checks.gate import check
from kit.evidence.prose.document import Document
from kit.evidence.prose.statements import CHART_FACTS, chart_data
from kit.factcheck import export
from kit.reporting.book.book import make_book
from kit.reporting.book.risk import with_risk
from kit.reporting.execution.kernel import notebooks, read_notebook
from kit.reporting.writers.html.site import write

pytestmark = pytest.mark.desk

NAMES = [path.stem for path in sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb"))]
PAGES = [
    *NAMES,
    "index",
    "evidence",
    "search",
    "profiles",
    "events/2025-08-01-nulty-statement",
    "actors/openai",
]
MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {
        "viewport": {"width": 360, "height": 780},
        "color_scheme": "light",
        "is_mobile": True,
        "has_touch": True,
    },
}


#: What only the editions for the desk have, and their packet.
DESK = ["index", "evidence", "risk", "fact-check", "01-the-dispute"]


def build(case: kit.Case, folder: Path, edition: str = "public") -> Path:
    """The pages of the case's notebooks as they were last saved."""
    folder.mkdir(exist_ok=True)
    write(make_book(case, [Document(read_notebook(path), path) for path in notebooks(case)], edition), folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The report of this case, from its committed notebooks."""
    return build(kit.open(project), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def legal(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The legal edition of this case, with its packet; of a copy without captures, since a packet writes a ledger."""
    copy, folder = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("legal")
    shutil.copytree(project / "data", copy / "data", ignore=shutil.ignore_patterns("captures"))
    shutil.copytree(project / "notebooks", copy / "notebooks")
    case = kit.open(copy)
    done = [Document(read_notebook(path), path) for path in notebooks(case)]
    book = with_risk(replace(make_book(case, done, "legal"), findings=check(case)))
    write(book, folder)
    export.write(book, folder)
    return folder


@pytest.fixture(scope="session")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a capture, with two passages marked that share words."""
    harbour = Harbour(tmp_path_factory.mktemp("captured") / "harbour")
    harbour.passage("on Monday morning", "carried 38")
    harbour.renew()
    case = kit.open(harbour.folder)
    path, folder = harbour.folder / "notebooks/01-the-raid.ipynb", tmp_path_factory.mktemp("report")
    cell = new_markdown_cell(f"# Raided?\n\nYes [@{RAID}], with boxes [@{BOXES}].")
    write(make_book(case, [Document(new_notebook(cells=[cell]), path)], "internal"), folder)
    (page,) = [path for path in (folder / "captures").iterdir() if "<mark>on Monday" in path.read_text()]
    return page


class Reader:
    """Opens pages, and remembers what they asked for and complained of."""

    def __init__(self, browser: Any) -> None:
        self.browser, self.asked, self.said, self.contexts = browser, [], [], []

    def open(self, path: Path, mode: str = "light", **options: Any) -> Any:
        context = self.browser.new_context(**MODES[mode], reduced_motion="reduce", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on(
            "console",
            lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(path.as_uri())
        return page


@pytest.fixture
def reader(browser: Any) -> Iterator[Reader]:
    """A reader whose pages must be silent and must ask nothing of the network."""
    one = Reader(browser)
    yield one
    for context in one.contexts:
        context.close()
    assert [url for url in one.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert one.said == []


def scroll_through(page: Any) -> None:
    """Bring each chart near, and wait until it is drawn."""
    for shown in page.locator("[data-chart]").all():
        shown.scroll_into_view_if_needed()
        shown.locator(".vega-embed svg").wait_for()


def violations(page: Any) -> list[str]:
    """What axe finds wrong, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(reader, site, name, mode):
    looked_at(reader, site / f"{name}.html", mode)


def looked_at(reader: Reader, path: Path, mode: str) -> Any:
    """The page, in which axe found nothing and nothing scrolled sideways, folded or unfolded."""
    page = reader.open(path, mode)
    scroll_through(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= MODES[mode]["viewport"]["width"]
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= MODES[mode]["viewport"]["width"]
    return page


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", DESK)
def test_axe_finds_nothing_in_what_only_the_desk_reads(reader, legal, name, mode):
    looked_at(reader, legal / f"{name}.html", mode)


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_the_words_of_a_capture(reader, captured, mode):
    page = looked_at(reader, captured, mode)
    assert page.locator("mark").count() > 2
    page.get_by_role("link", name="The evidence").click()
    assert page.get_by_role("link", name="our capture").count() > 2


def test_axe_finds_what_is_planted(reader, site):
    page = reader.open(site / "index.html")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><p style=\"color:#ccc;background:#fff\">pale</p>')"
    )
    assert {line.partition(":")[0] for line in violations(page)} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("name", NAMES)
def test_a_live_chart_says_what_its_picture_says(reader, site, name):
    still = reader.open(site / f"{name}.html", java_script_enabled=False)
    texts = "figures => figures.map(figure => [...figure.querySelectorAll('svg text')].map(text => text.textContent))"
    pictures = still.locator("figure").evaluate_all(texts)
    page = reader.open(site / f"{name}.html")
    scroll_through(page)
    live = page.locator("figure").evaluate_all(texts)
    assert [Counter(words) for words in live] == [Counter(words) for words in pictures]


def test_a_note_opens_by_keyboard_beside_its_number_and_escape_closes_it(reader, site):
    page = reader.open(site / "01-the-dispute.html")
    number = page.locator("a.footnote-ref").nth(1)
    number.focus()
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog", name="Note 2")
    note.wait_for()
    assert number.get_attribute("aria-expanded") == "true"
    assert note.evaluate("node => node === document.activeElement")
    assert "#:~:text=" in "".join(note.locator("a").evaluate_all("links => links.map(link => link.href)"))
    assert abs(note.bounding_box()["y"] - number.bounding_box()["y"]) < 900
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Close"
    page.keyboard.press("Escape")
    note.wait_for(state="hidden")
    assert number.evaluate("node => node === document.activeElement")
    assert number.get_attribute("aria-expanded") == "false"
    assert "#" not in page.url


def test_a_note_that_points_back_shows_what_it_points_to(reader, site):
    page = reader.open(site / "01-the-dispute.html")
    again = page.locator(".footnotes a[data-again]").first
    target = page.locator(again.get_attribute("href"))
    page.locator(f"a.footnote-ref[href='#{again.evaluate('link => link.closest(`li`).id')}']").click()
    shown = page.get_by_role("dialog").inner_text()
    assert " ".join(target.inner_text().split())[:80] in " ".join(shown.split())


def test_a_number_tells_by_keyboard_how_it_was_made(reader, site):
    page = reader.open(site / "01-the-dispute.html")
    page.locator("span.number").first.focus()
    page.keyboard.press("Enter")
    assert "computed: 82" in page.get_by_role("dialog", name="How this number was made").inner_text()


def test_without_scripts_notes_are_links_and_tables_are_tables(reader, site):
    page = reader.open(site / "01-the-dispute.html", java_script_enabled=False)
    page.locator("a.footnote-ref").first.click()
    assert page.url.endswith("#fn1")
    assert page.locator("#fn1 .footnote-back").count() == 1
    assert page.locator("figure svg").count() == page.locator("figure").count() > 4
    page = reader.open(site / "evidence.html", java_script_enabled=False)
    assert page.locator("#filters").is_hidden()
    assert page.locator("#evidence tbody tr").count() > 100


def test_the_contents_follow_the_reader(reader, site):
    page = reader.open(site / "01-the-dispute.html")
    here = page.locator(".contents [aria-current]")
    assert here.count() == 0
    last = page.locator(".contents a").nth(5)
    last.click()
    page.wait_for_function("document.querySelector('.contents [aria-current]')")
    assert here.inner_text() == last.inner_text()
    phone = reader.open(site / "01-the-dispute.html", "phone")
    assert phone.locator(".contents ol").is_hidden()
    phone.locator(".contents summary").click()
    phone.locator(".contents a").nth(5).click()
    assert phone.locator(".contents ol").is_hidden()
    phone.wait_for_function("document.querySelector('.current').textContent")
    assert phone.locator(".current").inner_text().removeprefix(": ") == last.inner_text()


def test_the_evidence_is_sorted_and_filtered(reader, site):
    page = reader.open(site / "evidence.html")
    column = "rows => rows.map(row => row.cells[5].textContent.trim())"
    rows = page.locator("#evidence tbody tr")
    before = rows.evaluate_all(column)
    head = page.get_by_role("columnheader", name="Source")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = rows.evaluate_all(column)
    assert sorted(up) == sorted(before) != up or up != before
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    down = rows.evaluate_all(column)
    assert down[0] == up[-1]
    assert page.locator("[aria-sort]").count() == 1

    page.get_by_label("Stance").select_option("disputes")
    shown = page.locator("#evidence tbody tr:not([hidden])")
    assert {
        row.strip() for row in shown.evaluate_all("rows => rows.map(row => row.cells[3].textContent)")
    } == {"disputes"}
    assert page.locator("#shown").inner_text() == f"{shown.count()} of {len(before)} rows"
    page.get_by_label("Words").fill("facebook voxer")
    assert all("voxer" in text.lower() for text in shown.all_inner_texts())


def test_what_is_at_risk_is_sorted_and_chosen_by_its_reasons(reader, legal):
    page = reader.open(legal / "evidence.html")
    rows = page.locator("#evidence tbody tr")
    order = "rows => rows.map(row => Number(row.querySelector('.risk').dataset.order))"
    assert rows.evaluate_all(order) == sorted(rows.evaluate_all(order))
    page.get_by_role("columnheader", name="Fact").get_by_role("button").click()
    head = page.get_by_role("columnheader", name="Why at risk")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    at_risk = [place for place in rows.evaluate_all(order) if place < 1_000_000]
    assert rows.evaluate_all(order)[: len(at_risk)] == sorted(at_risk)
    page.get_by_label("Why at risk").select_option(label="a source says otherwise than we do")
    shown = page.locator("#evidence tbody tr:not([hidden])")
    values = shown.evaluate_all(
        "rows => rows.map(row => row.querySelector('.risk').dataset.values.split(' '))"
    )
    assert values
    assert all("opposed" in reasons for reasons in values)
    shown.first.get_by_role("link", name="what was found").click()
    assert page.url.endswith(f"risk.html#{page.url.partition('#')[2]}")
    page.locator(":target").wait_for(state="visible")


def test_a_note_of_the_desk_says_whether_the_passage_holds(reader, legal):
    page = reader.open(legal / "01-the-dispute.html")
    page.locator("a.footnote-ref").nth(1).click()
    note = page.get_by_role("dialog", name="Note 2")
    states = note.locator(".verdict").all_inner_texts()
    assert states
    assert all(state.startswith(("Holds: ", "Not checked: ")) for state in states)


def test_a_mark_whose_passage_does_not_hold_stands_out(reader, tmp_path):
    harbour = Harbour(tmp_path / "harbour")
    harbour.passage("Police searched the harbour offices on Monday", "told of the search")
    harbour.renew()
    cell = new_markdown_cell(f"# Raided?\n\nYes [@{RAID}], with boxes [@{BOXES}]. Again [@{RAID}].")
    book = make_book(
        kit.open(harbour.folder), [Document(new_notebook(cells=[cell]), Path("00-raid.ipynb"))], "internal"
    )
    write(book, tmp_path)
    page = reader.open(tmp_path / "00-raid.html")
    marks = page.locator("a.footnote-ref")
    assert marks.evaluate_all("marks => marks.map(mark => mark.classList.contains('fails'))") == [
        True,
        False,
        True,
    ]
    marks.first.click()
    note = page.get_by_role("dialog", name="Note 1")
    assert note.locator(".verdict.fails").inner_text().startswith("Does not hold: the page has other words")
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_charts_are_dark_where_the_page_is(browser, site, scripts):
    seen = {}
    for mode in ("light", "dark"):
        one = Reader(browser)
        page = one.open(site / "03-the-enterprise-contrast.html", mode, java_script_enabled=scripts)
        if scripts:
            scroll_through(page)
        shown = page.locator("figure svg").first
        shown.scroll_into_view_if_needed()
        picture = Image.open(io.BytesIO(shown.screenshot())).convert("L")
        lights = sorted(picture.get_flattened_data())
        seen[mode] = lights[len(lights) // 2]
        one.contexts[0].close()
    assert seen["light"] > 240
    assert seen["dark"] < 40


def test_paper_holds_every_column_of_the_evidence(reader, legal):
    page = reader.open(legal / "evidence.html", "dark")
    page.emulate_media(media="print")
    table, room = page.evaluate(
        "[document.getElementById('evidence').scrollWidth, document.querySelector('main').clientWidth]"
    )
    assert table <= room
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(255, 255, 255)"


def test_a_chart_is_saved_as_picture_and_as_what_draws_it(reader, site):
    page = reader.open(site / "03-the-enterprise-contrast.html")
    scroll_through(page)
    fold = page.locator("details.data").first
    fold.locator("summary").click()
    saved = {}
    for name in ("PNG", "SVG", "Vega-Lite"):
        fold.get_by_role("button", name=name).focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        saved[name] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.startswith("03-the-enterprise-contrast-figure-")
    picture = Image.open(io.BytesIO(saved["PNG"]))
    assert picture.width >= 1300
    assert len(set(picture.convert("L").get_flattened_data())) > 20
    assert saved["SVG"].startswith(b"<svg")
    assert "layer" in str(json.loads(saved["Vega-Lite"]))


def test_the_download_holds_the_data_of_the_chart(reader, site):
    page = reader.open(site / "03-the-enterprise-contrast.html")
    data = page.locator("details.data").first
    data.locator("summary").click()
    with page.expect_download() as saved:
        data.get_by_role("link", name="Download as CSV").click()
    assert saved.value.suggested_filename == "03-the-enterprise-contrast-figure-1.csv"
    names, *rows = csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig")))
    shown = [
        output["data"]
        for cell in read_notebook(Path("notebooks/03-the-enterprise-contrast.ipynb"))["cells"]
        for output in cell.get("outputs", ())
        if CHART_FACTS in output.get("data", {})
    ]
    ours, theirs = chart_data(shown[0])
    assert names == ours
    assert len(rows) == len(theirs) == data.locator("tbody tr").count()
    assert [row[0] for row in rows] == [row[0] for row in theirs]


HOSTILE = (
    "<script>window.struck=1</script></script><img src=x onerror=window.struck=1>"
    '\u202eesrever\u2066 [x](javascript:window.struck=1) =HYPERLINK("http://evil.example")'
)


#: What an author's own cells may hold of it: a script or a picture that is not there is refused before any page is made.
WRITTEN = HOSTILE[HOSTILE.index("\u202e") :] + "<b onclick='window.struck=1'>b</b>"


def test_nothing_that_came_from_a_page_is_run(reader, edit, tmp_path):
    import pandas as pd

    def strike(raw: bytes) -> bytes:
        written = io.StringIO()
        csv.writer(written).writerow([HOSTILE])
        return raw.replace(b"Police raid the harbour office", written.getvalue().strip().encode())

    folder = edit("sources", strike)
    import altair as alt

    frame = pd.DataFrame({"what": [f"=cmd|' /C calc'!A0{HOSTILE}", "+1", "@x", "plain"], "n": [-1, 2, 3, 4]})
    drawn = figure(
        alt.Chart(frame).mark_bar().encode(x="n:Q", y="what:N", tooltip="what:N"),
        headline=f"A </script><script>window.struck=1</script> {HOSTILE}",
        source=HOSTILE,
        alt=HOSTILE,
    )
    shown = nbformat.v4.new_output("display_data", data=drawn._repr_mimebundle_())
    table = nbformat.v4.new_output(
        "display_data",
        data={
            "text/html": f"<table><tr><td>{html.escape(HOSTILE)}{WRITTEN}<a href='javascript:window.struck=1' onclick='window.struck=1'>x</a></td></tr></table>"
        },
    )
    cells = [
        new_markdown_cell(
            f"# Was it raided?\n\nIt was [@2021-03-01-raid-harbour], says [@harbour-post-2021-03-02-raid]. {WRITTEN}"
        ),
        new_code_cell("draw()", outputs=[shown, table]),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"c{number}"
    (folder / "notebooks").mkdir()
    nbformat.write(new_notebook(cells=cells), folder / "notebooks/00-raid.ipynb")
    pages = build(kit.open(folder), tmp_path / "hostile")
    for name in ("00-raid", "evidence", "index"):
        page = reader.open(pages / f"{name}.html")
        scroll_through(page)
        for link in page.locator("a.footnote-ref").all():
            link.click()
            page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        page.wait_for_timeout(200)
        assert page.evaluate("window.struck") is None
        assert (
            page.locator("main img, main script, a[href^='javascript:'], [onclick], [onerror]").count() == 0
        )
    page = reader.open(pages / "00-raid.html")
    page.locator("details.data summary").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download as CSV").click()
    cells = [row[0] for row in csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig")))][1:]
    assert [cell[:2] for cell in cells] == ["'=", "'+", "'@", "pl"]


def test_even_markup_that_slips_through_is_not_run(browser, site, tmp_path):
    text = (site / "00-start-here.html").read_text()
    (tmp_path / "slipped.html").write_text(
        text.replace(
            '<main id="main">',
            "<main id=\"main\"><script>window.struck=1</script><img src=x onerror='window.struck=1'><a href='javascript:window.struck=1' id=bait>x</a>",
        )
    )
    one = Reader(browser)
    page = one.open(tmp_path / "slipped.html")
    page.locator("#bait").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.struck") is None
    assert sum("Content Security Policy" in line for line in one.said) >= 3
    one.contexts[0].close()
