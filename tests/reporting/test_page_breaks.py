"""Where a PDF breaks its pages: no heading alone, no note and no row cut off."""

from __future__ import annotations

import re

import pandas as pd
import pypdfium2
import pytest
from support.books import book_of, table

import kit
from kit.reporting.transforms.annex import note_lines, with_long_notes
from kit.reporting.writers import pdf

LINE = "The harbour office said nothing of it, and the paper went on counting boxes all the same, day after day. "
MANY = "Officers counted boxes, papers and chairs on each of the floors. "


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


def pages_of(book):
    """The text of each page, the title page and the contents left out."""
    document = pypdfium2.PdfDocument(pdf.pdf_bytes(book))
    return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in document][2:]


@pytest.mark.parametrize("room", range(20, 32, 2))
def test_a_heading_is_never_left_alone_at_the_foot_of_a_page(case, room):
    filled = "# T\n\n" + "A line of its own.\n\n" * room
    noted = "## Boxes\n\nPolice came[^1] and went.\n\n[^1]: " + MANY * 14
    pages = pages_of(book_of(case, filled + noted))
    (holding,) = [page for page in pages if "Police came" in page]
    assert "Boxes" in holding.split("Police came")[0][-8:]


def test_a_row_stays_whole_and_one_that_no_page_holds_is_printed_to_its_end(case):
    words = [f"word{n}" for n in range(3000)]
    frame = pd.DataFrame(
        {"a": ["x " * 40] * 60, "b": [f"row {n} begins {LINE * 3} row {n} ends" for n in range(60)]}
    )
    with pd.option_context("display.max_colwidth", None):
        cells = [table(frame)], [table(pd.DataFrame({"a": ["y"] * 14, "b": [" ".join(words), *"n" * 13]}))]
    pages = pages_of(book_of(case, "# T", *cells))
    for n in range(60):
        assert sum(f"row {n} begins" in page and f"row {n} ends" in page for page in pages) == 1
    assert re.findall(r"word\d+", " ".join(pages)) == words


def note_of(pieces, head="Fact."):
    item = [{"t": "Para", "c": [{"t": "Str", "c": "x" * 200}]}]
    listed = [{"t": "BulletList", "c": [item] * pieces}] if pieces else []
    return {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": head}]}, *listed]}


def test_a_note_too_long_for_the_foot_of_a_page_is_printed_whole_at_the_end_under_its_number():
    long = note_of(20)
    kept, *rest = with_long_notes([{"t": "Para", "c": [note_of(1), long]}])
    assert kept["c"][0] == note_of(1)
    assert note_lines(kept["c"][1]["c"]) == 1
    assert "#note-2" in str(kept)
    assert [block["t"] for block in rest] == ["Header", "Header", "Div"]
    assert rest[1]["c"][1][0] == "note-2"
    assert rest[2]["c"][1] == long["c"]
