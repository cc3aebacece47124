"""The explorer in a real JupyterLab: what a reporter sees, and what the keyboard alone can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

import kit
from kit.desk.explorer import explore
from kit.desk.selection import Index, Selection

pytestmark = pytest.mark.desk


def notebook(lab: Any, name: str, case: Path, outputs: list[Any] | None = None) -> str:
    """A notebook that shows the explorer of the case, with the outputs it was saved with; its address."""
    cell = nbformat.v4.new_code_cell(
        f"import kit\ncase = kit.open({str(case)!r})\nkit.explore(case)",
        execution_count=1 if outputs else None,
        outputs=outputs or [],
    )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    written = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(written, lab.folder / name)
    return lab.address(name)


def run(page: Any, address: str) -> Any:
    """Open the notebook, run its cell, and give the explorer as it then stands."""
    page.goto(address)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_text("Python 3 (ipykernel) | Idle").or_(
        page.locator(".jp-NotebookKernelStatus")
    ).first.wait_for()
    page.keyboard.press("Shift+Enter")
    explorer = page.locator(".jp-OutputArea-output .jupyter-widgets.widget-vbox").first
    explorer.get_by_role("status").wait_for()
    return explorer


def fitting(case: kit.Case, **asked: Any) -> str:
    """What the line above the timeline must say."""
    index = Index(case)
    asked = {"since": index.days[0], "until": index.days[-1]} | asked
    fits = index.fits(Selection(**asked))
    return f"{int(fits.sum()):,} of {len(fits):,} events fit, {asked['since']:%Y-%m-%d} to {asked['until']:%Y-%m-%d}."


def test_every_view_follows_the_filters_by_keyboard_alone(page, lab, project):
    case = kit.open(project)
    explorer = run(page, notebook(lab, "explore.ipynb", project))
    line = explorer.get_by_role("status")
    assert line.inner_text() == fitting(case)

    words = explorer.get_by_label("Words")
    words.focus()
    page.keyboard.type("windsurf")
    explorer.get_by_text(fitting(case, text="windsurf")).wait_for()
    assert explorer.locator("tbody tr").count() == len(explore(case, text="windsurf").events)

    page.keyboard.press("Tab")
    assert explorer.get_by_label("Who").evaluate("node => node === document.activeElement")
    page.keyboard.type("OpenAI")
    explorer.get_by_text(fitting(case, text="windsurf", actor="openai")).wait_for()

    page.keyboard.press("Tab")
    assert explorer.get_by_label("Order").evaluate("node => node === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    ground = explorer.get_by_label("Ground")
    ground.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    explorer.get_by_text(fitting(case)).wait_for()
    assert words.input_value() == ""

    ground.focus()
    page.keyboard.press("ArrowDown")
    first = Index(case).facets["ground"][0]
    explorer.get_by_text(fitting(case, tags=(first,))).wait_for()
    assert page.locator(".jp-Notebook .jp-Cell").count() == 2, (
        "a key pressed in the explorer reached the notebook"
    )


def test_the_days_and_the_list_are_linked_to_timeline_and_table(page, lab, project):
    case = kit.open(project)
    explorer = run(page, notebook(lab, "days.ipynb", project))
    days = Index(case).days
    handle = explorer.get_by_role("slider").first
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    explorer.get_by_text(fitting(case, since=days[3])).wait_for()
    assert f"{days[3]:%Y-%m}" in explorer.locator("svg[role=img]").get_attribute("aria-label")

    events = explorer.get_by_label("Events", exact=True)
    events.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = explore(case, since=f"{days[3]:%Y-%m-%d}").events["title"].iloc[1]
    explorer.locator("tr.kit-chosen").get_by_text(second, exact=True).wait_for()
    explorer.get_by_role("region", name="The chosen event").get_by_role("heading", name=second).wait_for()
    assert explorer.locator('svg[role=img] rect[stroke="#d1570a"]').count() == 1


def test_before_it_is_run_the_saved_twin_is_shown(page, lab, project):
    still = explore(kit.open(project), text="windsurf").still()
    saved = nbformat.v4.new_output("execute_result", data=still, execution_count=1)
    page.goto(notebook(lab, "saved.ipynb", project, [saved]))
    page.locator(".jp-OutputArea-output canvas, .jp-OutputArea-output svg.marks").first.wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0


def test_what_a_page_says_is_shown_and_never_run(page, lab, edit):
    attack = b"<img src=x onerror=window.struck=1><script>window.struck=1</script>"
    folder = edit("events", lambda raw: raw.replace(b"Police search the harbour office", attack))
    explorer = run(page, notebook(lab, "hostile.ipynb", folder))
    explorer.get_by_label("Events", exact=True).focus()
    page.keyboard.press("ArrowDown")
    explorer.locator("tr.kit-chosen").wait_for()
    assert attack.decode() in explorer.get_by_role("region", name="The chosen event").inner_text()
    assert page.evaluate("window.struck") is None
