"""Books made of a few cells, and what their PDF and Word files say."""

from __future__ import annotations

import base64
import ctypes
import io
import zipfile

import altair
import pandas as pd
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import kit
from kit.evidence.prose.document import Document
from kit.reporting.book.book import make_book

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA05RTSgAAAABJRU5ErkJggg=="
)


PROSE = (
    "# Was it *raided*?\n\nIt was: [38](#=boxes) boxes went [@2021-03-01-raid-harbour], says "
    "[@harbour-post-2021-03-02-raid].\n\n## What went\n\n- Boxes [@2021-03-01-raid-harbour]\n\nThe chart follows."
)


BARS = (
    altair.Chart(pd.DataFrame({"boxes": [38, 4], "day": ["Mon", "Tue"]}))
    .mark_bar()
    .encode(x="boxes:Q", y="day:N")
)


def shown(data, **metadata):
    return new_output("display_data", data=data, metadata=metadata)


def chart(headline="Most boxes went on Monday", alt="Two bars: 38 boxes on Monday, 4 on Tuesday."):
    drawn = kit.charts.figure(BARS, headline=headline, source="The paper", alt=alt)
    return shown(drawn._repr_mimebundle_())


def table(frame):
    return shown({"text/html": frame._repr_html_(), "text/plain": repr(frame)})


NUMBER = shown(kit.record("boxes", 38, unit="boxes", base="one search").bundle())


ROWS = table(pd.DataFrame({"day": ["Mon", "Tue"], "boxes": [38, 4]}))


def notebook(*cells):
    """A notebook as it was saved: prose as text, code as its outputs, or a whole cell."""
    made = [
        cell
        if isinstance(cell, dict)
        else new_markdown_cell(cell)
        if isinstance(cell, str)
        else new_code_cell("x = 1", outputs=list(cell))
        for cell in cells
    ]
    return new_notebook(cells=made)


def book_of(case, *cells, name="00-raid", edition="public"):
    return make_book(case, [Document(notebook(*cells), case.path / f"notebooks/{name}.ipynb")], edition)


def pdf_text(content):
    document = pypdfium2.PdfDocument(content)
    return (
        "\n".join(page.get_textpage().get_text_range() for page in document)
        .replace("\r", "")
        .replace("\xa0", " ")
        .replace("\u200b", "")
    )


def pdf_alts(content):
    """The alternative texts in the tree of a tagged PDF."""
    found = []

    def visit(element):
        size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        if size:
            buffer = (ctypes.c_char * size)()
            pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
            found.append(bytes(buffer).decode("utf-16-le").rstrip("\0"))
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, number):
                visit(child)

    document = pypdfium2.PdfDocument(content)
    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            if child := pdfium.FPDF_StructTree_GetChildAtIndex(tree, number):
                visit(child)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def word_part(content, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def word_text(content):
    body = word_part(content, "word/document.xml")
    return "\n".join(
        "".join(t.text or "" for t in p.iter(f"{W}t")).replace("\xa0", " ") for p in body.iter(f"{W}p")
    )
