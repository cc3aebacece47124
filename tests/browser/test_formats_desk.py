"""What other programs make of the formats: LibreOffice opens the Word file, JupyterLab's menu exports."""

from __future__ import annotations

import re
import shutil
import subprocess
import urllib.request

import nbformat
import pypdfium2
import pytest

import kit
from kit.evidence.prose.document import Document
from kit.reporting.book.book import make_book
from kit.reporting.writers.docx import writer

pytestmark = pytest.mark.desk

NAMES = ("casebook_html", "casebook_pdf", "casebook_docx", "casebook_md")


@pytest.fixture
def printed_notebook(case_folder):
    """A notebook of the small case with a note, a table and a chart, as it was saved."""
    drawn = kit.charts.timeline(
        kit.open(case_folder).events, headline="A raid, then a fine", source="The paper", alt="Two events."
    )
    outputs = [
        nbformat.v4.new_output("display_data", data=drawn._repr_mimebundle_()),
        nbformat.v4.new_output("display_data", data={"text/html": kit.open(case_folder).tags._repr_html_()}),
    ]
    cells = [
        nbformat.v4.new_markdown_cell(
            "# Was it raided?\n\nIt was[^own] [@2021-03-01-raid-harbour], yes [@2021-03-01-raid-harbour].\n\n"
            "[^own]: We asked."
        ),
        nbformat.v4.new_code_cell("", outputs=outputs),
    ]
    path = case_folder / "notebooks/00-raid.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_libreoffice_opens_the_word_file_and_shows_all_of_it(printed_notebook, tmp_path):
    case = kit.open(printed_notebook.parent.parent)
    writer.write(make_book(case, [Document(nbformat.read(printed_notebook, 4), printed_notebook)]), tmp_path)
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed: apt-get install libreoffice-writer"
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / writer.REPORT_DOCX)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    assert "The harbour raid" in pages[0]
    assert "Contents" in pages[1]
    rest = "\n".join(pages[2:]).replace("\xa0", " ")
    for said in (
        "Was it raided?",
        "Police searched the … on Monday morning",
        "The evidence, fact by fact",
        "Premises were searched.",
        "The harbour raid · public edition",
        "Sources",
    ):
        assert said in rest, said
    numbered = re.findall(r"^(\d)\s*(We asked|2021-03-01)", rest.replace("\r", ""), re.MULTILINE)
    assert [number for number, _ in numbered] == ["1", "2"]
    assert any(list(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))) for page in document)


def test_jupyterlab_offers_the_formats_and_gives_them_back(lab, printed_notebook):
    shutil.copytree(printed_notebook.parent.parent, lab.folder / "harbour")
    with urllib.request.urlopen(f"{lab.origin}/api/nbconvert?token={lab.token}", timeout=60) as answer:
        offered = answer.read().decode()
    assert [name for name in NAMES if f'"{name}"' not in offered] == []
    for name, start in (("casebook_pdf", b"%PDF"), ("casebook_docx", b"PK"), ("casebook_md", b"PK")):
        address = (
            f"{lab.origin}/nbconvert/{name}/harbour/notebooks/00-raid.ipynb?download=true&token={lab.token}"
        )
        with urllib.request.urlopen(address, timeout=90) as answer:
            assert answer.read(4).startswith(start), name
