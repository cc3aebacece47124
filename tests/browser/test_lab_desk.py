"""The desk in a real JupyterLab: what a reporter types, sees and mends, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from support.jupyter import Lab
from support.small_case import ROWS, write_rows

from kit.evidence.prose.records import RECORD_MIMETYPE

pytestmark = pytest.mark.desk

_RECORD = {"name": "share", "value": 37.2, "unit": "percent", "base": "72 coded cases"}
_ATTACK = "<img src=x onerror=window.struck=1><b>Police</b>"


@pytest.fixture
def harbour(lab: Lab) -> Path:
    """A case in the folder that JupyterLab shows."""
    folder = lab.folder / "harbour"
    shutil.rmtree(folder, ignore_errors=True)
    return write_rows(folder, ROWS)


@pytest.fixture
def opened(page: Any, lab: Lab, harbour: Path) -> Callable[..., Any]:
    """Open a notebook of the case with these Markdown cells, behind a code cell that recorded a number."""

    def open_cells(*cells: str, around: bool = False) -> Any:
        data = {RECORD_MIMETYPE: _RECORD, "text/plain": "share = 37.2"}
        recorded = new_code_cell(
            "kit.record(...)", execution_count=1, outputs=[new_output("display_data", data)]
        )
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        made = new_notebook(cells=[recorded, *map(new_markdown_cell, cells)], metadata={"kernelspec": kernel})
        (harbour / "notebooks").mkdir(exist_ok=True)
        nbformat.write(made, harbour / "notebooks/01-story.ipynb")
        address = lab.within if around else lab.address
        page.goto(address("harbour/notebooks/01-story.ipynb"))
        page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
        return page

    return open_cells


def write(page: Any, words: str, cell: int = 1) -> None:
    """Type in a Markdown cell."""
    page.locator(".jp-Notebook .jp-Cell").nth(cell).click(position={"x": 300, "y": 8})
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook.jp-mod-editMode").wait_for()
    page.keyboard.press("Control+End")
    page.keyboard.type(words, delay=20)


def take(page: Any, key: str = "Enter") -> None:
    """Take what the list offers; a list that has just come up takes no key, so that nobody takes what he has not seen."""
    page.wait_for_timeout(200)
    page.keyboard.press(key)


def text(page: Any, cell: int = 1) -> str:
    return page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".cm-content").inner_text().strip()


def test_a_mark_is_completed_by_words_and_keyboard(opened):
    page = opened("")
    write(page, "Police came [@papers away")
    offer = page.get_by_role("option", name="Police search the harbour office")
    offer.wait_for()
    assert "1 source, passage not looked up" in offer.inner_text()
    take(page)
    page.keyboard.type(".")
    assert text(page) == "Police came [@2021-03-01-raid-harbour]."


def test_a_number_is_completed_with_its_value(opened):
    page = opened("")
    write(page, "It was [37%](#=sh")
    offer = page.get_by_role("option", name="share")
    offer.wait_for()
    assert "37.2 percent" in offer.inner_text()
    take(page, "Tab")
    assert text(page) == "It was [37%](#=share)"


def test_escape_closes_the_list_and_stays_in_the_cell(opened):
    page = opened("")
    write(page, "See [@raid")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    page.keyboard.type("!")
    assert text(page) == "See [@raid!"


@pytest.mark.parametrize("words", ["A mail to jane@raid", "An array[0] @raid", "Code [x](#share"])
def test_what_is_no_mark_opens_no_list(opened, words):
    page = opened("")
    write(page, words)
    page.wait_for_timeout(600)
    assert page.get_by_role("listbox").count() == 0


def test_a_markdown_file_is_completed_too(page, lab, harbour):
    (harbour / "text.md").write_text("First.\n")
    page.goto(lab.address("harbour/text.md"))
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("[@digest", delay=20)
    page.get_by_role("option").first.wait_for()
    take(page)
    assert "[@" in page.locator(".cm-content").inner_text().strip()
    assert (
        "-raid]" in page.locator(".cm-content").inner_text().strip()
        or "c01]" in page.locator(".cm-content").inner_text().strip()
    )


def test_marks_are_shown_as_the_report_numbers_them(opened):
    page = opened(
        "Searched [@2021-03-01-raid-harbour; @digest-c01], `[@code]`.",
        "Lost [@digest-c10], fined [@2021-06-fine-paid].",
    )
    page.locator(".casebook-note[data-lost]").wait_for()
    notes = page.locator(".casebook-note")
    assert notes.all_inner_texts() == ["1", "2", "@digest-c10", "3"]
    assert page.locator("code", has_text="[@code]").count() == 1


def test_a_card_says_who_when_which_words_and_what_became_of_them(opened):
    page = opened("Searched [@2021-03-01-raid-harbour].")
    note = page.get_by_role("button", name="Note 1: 2021-03-01-raid-harbour")
    note.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="The note")
    card.wait_for()
    for said in (
        "Harbour Post, 2021-03-02",
        "“Police searched the … on Monday morning”",
        "Not checked",
        "one original report",
    ):
        assert said in card.inner_text()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert note.evaluate("node => node === document.activeElement")


def test_a_wrong_number_and_a_wrong_id_are_marked_and_mended_in_place(opened):
    page = opened("A share of [38%](#=share), [37%](#=share) [@2021-03-01-raid-habour].")
    wrong = page.locator(".casebook-number[data-state=fails]")
    wrong.wait_for()
    assert wrong.inner_text() == "38%"
    assert page.locator(".casebook-number[data-state=holds]").inner_text() == "37%"
    wrong.hover()
    card = page.get_by_role("dialog", name="The note")
    card.get_by_text("printed 38, computed 37.2").wait_for()
    assert "72 coded cases" in card.inner_text()
    page.locator(".casebook-note[data-lost]").click()
    card.get_by_role("button", name="2021-03-01-raid-harbour").click()
    page.get_by_role("button", name="Note 1: 2021-03-01-raid-harbour").wait_for()


def test_what_tables_say_is_shown_and_never_run(page, lab, harbour, opened):
    path = harbour / "data/manual/events.csv"
    path.write_bytes(path.read_bytes().replace(b"Police search the harbour office", _ATTACK.encode()))
    opened("Searched [@2021-03-01-raid-harbour].", around=True)
    page.locator(".casebook-note").first.click()
    page.get_by_role("dialog", name="The note").get_by_role("heading", name=_ATTACK).wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-id=casebook-case]").click()
    page.locator(".casebook-item", has_text=_ATTACK).first.wait_for()
    write(page, "[@papers away")
    page.get_by_role("option", name=_ATTACK).wait_for()
    assert page.evaluate("window.struck") is None


def test_the_side_bar_leads_to_what_fails_and_follows_a_save(opened):
    page = opened("A share of [38%](#=share) [@2021-03-01-raid-harbour].", around=True)
    page.locator("[data-id=casebook-case]").click()
    panel = page.get_by_role("region", name="The case")
    panel.get_by_text("Errors (1)").wait_for()
    assert "1 error" in page.locator(".casebook-status").inner_text()
    panel.locator("details", has_text="Print what was computed").locator("summary").click()
    panel.get_by_role("button", name="cell 2").click()
    page.locator(".jp-Notebook .jp-Cell.jp-mod-active .casebook-number[data-state=fails]").wait_for()

    write(page, "")
    page.keyboard.press("Control+a")
    page.keyboard.type("A share of [37%](#=share) [@2021-03-01-raid-harbour].")
    page.keyboard.press("Control+s")
    page.locator(".casebook-status").get_by_text("0 errors").wait_for()
    assert panel.get_by_text("Errors (1)").count() == 0


def test_a_mark_is_put_in_from_the_side_bar(opened):
    page = opened("Searched.", around=True)
    page.locator("[data-id=casebook-case]").click()
    panel = page.get_by_role("region", name="The case")
    panel.get_by_label("Search").fill("papers away")
    panel.get_by_role("button", name="Police search the harbour office").click()
    page.locator(".jp-Notebook .jp-Cell").nth(1).click()
    panel.get_by_role("button", name="Insert mark").click()
    assert "Searched.[@2021-03-01-raid-harbour]" in text(page)


def select(page: Any, words: str) -> None:
    """Select these words in the reader, as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('.casebook-text'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
        }""",
        words,
    )
    page.locator(".casebook-text").dispatch_event("mouseup")


def test_a_file_is_kept_read_and_cited_without_a_terminal(page, harbour, opened):
    """Keep, read, pick, add, cite: what a reporter does with a page."""
    (harbour / "notice.html").write_text(
        "<html lang=en><head><title>Berth nine is closed</title></head><body><article><h1>Berth nine is closed</h1>"
        "<p>The council closed berth nine on 4 May 2021 after a count of rotten planks, its clerk wrote.</p>"
        "<script>window.struck = 1</script></article></body></html>"
    )
    opened("It closed.", around=True)
    page.locator("[data-id=casebook-case]").click()
    panel = page.get_by_role("region", name="The case")
    panel.get_by_role("button", name="Keep a page").click()
    page.get_by_label("Address or file").fill("harbour/notice.html")
    page.get_by_role("button", name="Keep", exact=True).click()
    form = page.locator(".casebook-form form")
    form.get_by_label("Title *").wait_for()
    assert form.get_by_label("Title *").input_value() == "Berth nine is closed"
    form.get_by_label("Publisher *").fill("Harbour Council")
    form.get_by_label("Read *").select_option("full")
    form.get_by_role("button", name="Save", exact=True).click()
    form.get_by_text("Saved: ").wait_for()
    assert "Harbour Council" in (harbour / "data/manual/sources.csv").read_text()

    panel.get_by_role("button", name="Berth nine is closed").click()
    panel.get_by_role("button", name="Read", exact=True).click()
    page.locator(".casebook-text", has_text="rotten planks").wait_for()
    select(page, "The council closed berth nine on 4 May 2021")
    page.get_by_role("button", name="New event").click()
    form = page.get_by_role("form", name="New: event")
    for label, value in (
        ("Date *", "2021-05-04"), ("Title *", "The council closes berth nine"), ("Summary *", "The council closed berth nine."),
    ):  # fmt: skip
        form.get_by_label(label).fill(value)
    form.get_by_text("Tuesday 4 May 2021").wait_for()
    form.get_by_label("Status *").select_option("confirmed")
    form.get_by_label("Confidence *").select_option("high")
    form.get_by_role("button", name="Save", exact=True).click()
    form.get_by_text("Saved: ").wait_for()
    assert "The council closed berth,on 4 May 2021" in (harbour / "data/manual/evidence.csv").read_text()

    page.get_by_role("tab", name="01-story.ipynb").click()
    write(page, " So [@council closes berth")
    page.get_by_role("option", name="The council closes berth nine").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    page.locator(".casebook-note[data-state=holds]").wait_for()
    assert page.evaluate("window.struck") is None


def test_the_panel_and_the_card_have_nothing_that_axe_objects_to(opened):
    from axe_playwright_python.sync_playwright import Axe

    page = opened("Searched [@2021-03-01-raid-harbour].", around=True)
    page.locator("[data-id=casebook-case]").click()
    page.get_by_role("region", name="The case").get_by_text("To mend").wait_for()
    page.locator(".casebook-note").first.click()
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate(
            "theme => document.body.setAttribute('data-jp-theme-light', String(theme.endsWith('Light')))",
            theme,
        )
        for part in (".casebook-desk", ".casebook-card", ".casebook-status"):
            found = Axe().run(page, context=part)
            assert found.response["violations"] == [], found.generate_report()
