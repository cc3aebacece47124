"""What we show of hostile pages, in JupyterLab, in a terminal and in a report, is only ever words."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from support import hostile
from support.markup import dangers

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.reporting.build import report
from kit.sources.demo import empty_case

pytestmark = pytest.mark.long

KEPT = [name for name, threat in hostile.THREATS.items() if threat.outcome == "kept" and threat.how == "keep"]


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """A process for each page, so that its memory is its own."""
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        yield pool


def displays(what: str, folder: Path) -> tuple[dict[str, str], dict[str, str], float]:
    """Everything shown of a page that is kept, read, put into the table and cited: as HTML, as text; and the memory."""
    case = empty_case(folder / "case")
    capture = kit.keep(case, what, tier="secondary", allow_private=True)
    pages, texts = {"capture": capture._repr_html_()}, {}
    try:
        page = kit.extract(capture)
        pages["page"], texts["page"] = page._repr_html_(), repr(page)
    except KitError as error:
        texts["page"] = str(error)
    citation = kit.cite(case, capture.source)
    pages["citation"], texts["citation"] = citation._repr_html_(), repr(citation)
    shell = CliRunner()
    for verb in (["keep", what, "--allow-private"], ["extract", capture.id], ["cite", capture.source]):
        done = shell.invoke(main, ["--case", str(case.path), *verb])
        texts[verb[0]] = done.output
    return pages, texts, hostile._peak()


@pytest.mark.parametrize("name", KEPT)
def test_what_is_shown_of_a_hostile_page_is_words(
    apart: ProcessPoolExecutor, name: str, tmp_path: Path
) -> None:
    with hostile.launched(name, tmp_path) as what:
        pages, texts, peak = apart.submit(displays, what, tmp_path).result(timeout=240)
    assert {where: found for where, page in pages.items() if (found := dangers(page))} == {}
    for where, text in texts.items():
        lines = text.split("\n")
        assert all(line.isprintable() for line in lines), (where, ascii(text))
        assert text.strip(), where
    assert peak < 500


def test_the_report_prints_hostile_sources_as_words(tmp_path: Path) -> None:
    case = empty_case(tmp_path / "case")
    for name in ("script in every field", "script in the page"):
        with hostile.launched(name, tmp_path) as what:
            kit.keep(case, what, source=f"hostile-{len(case.sources)}", tier="secondary", allow_private=True)
    marks = " ".join(f"[@{id}]" for id in case.sources.index)
    show = "import kit\nfrom pathlib import Path\nfrom kit.sources.capture import index\ncase = kit.open()\nknown = index.read_index(case.path)\n"
    show += "for _, row in known.iterrows():\n    capture = index.capture_of(case.path, row)\n    display(capture, kit.extract(capture), kit.cite(case, row['source']))"
    notebook = new_notebook(cells=[new_markdown_cell(f"# Hostile?\n\nSeen {marks}."), new_code_cell(show)])
    (case.path / "notebooks").mkdir()
    nbformat.write(notebook, case.path / "notebooks/00-hostile.ipynb")
    report(case, edition="internal", to="html")  # the public edition would refuse a link to a file
    page = (case.path / "reports/internal/00-hostile.html").read_text(encoding="utf-8")
    assert "Fifty boxes were carried away" in page
    own = re.compile(r"<(meta|style|script|link|svg|form)>|a href=[\w-]+\.html")  # the report's own furniture
    assert [found for found in dangers(page) if not own.fullmatch(found)] == []
    for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
        assert "alert(" not in script
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<img src=x>",
        "<a href='data:text/html,x'>",
    ],
)
def test_the_guard_sees_what_would_run(bad: str) -> None:
    assert dangers(f"<table><tr><td>{bad}</td></tr></table>")
