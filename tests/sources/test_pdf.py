"""PDFs page by page, made by Typst for the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.extract.documents import extract
from kit.sources.extract.reading.html_tree import Unreadable

SOURCE = """
#set document(title: "Order in the matter of berth nine", author: "Registry", date: datetime(year: 2025, month: 8, day: 4))
The court orders that the berth stay open until the hearing.
#pagebreak()
#pagebreak()
It is so ordered.
"""


@pytest.fixture(scope="module")
def filing() -> bytes:
    """A court paper of three pages, the second of them empty."""
    return typst.compile(SOURCE.encode(), timestamp=datetime(2025, 8, 4, tzinfo=UTC))


def test_text_has_its_page(filing: bytes) -> None:
    page = extract(filing, "https://court.example/order.pdf")
    said = {span.label: page.visible[span.start : span.end] for span in page.lines}
    assert said == {
        "1": "The court orders that the berth stay open until the hearing.",
        "3": "It is so ordered.",
    }
    assert page.media_type == "application/pdf"
    assert page.text.how == "the PDF's text layer"


def test_what_the_document_says_of_itself_is_marked_as_its_own_word(filing: bytes) -> None:
    page = extract(filing, "https://court.example/order.pdf")
    assert page.title.value == "Order in the matter of berth nine"
    assert page.authors.value == ("Registry",)
    assert page.date.value == "2025-08-04"
    assert all("PDF's own metadata" in found.how for found in (page.title, page.authors, page.date))


def test_a_page_without_text_is_pointed_out(filing: bytes) -> None:
    assert [warning.says for warning in extract(filing).warnings] == [
        "no text on page 2: perhaps a scan, to be read by eye"
    ]


@pytest.mark.parametrize("cut", [10, 500, 2000])
def test_a_broken_file_is_refused_with_a_remedy(filing: bytes, cut: int) -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        extract(filing[:cut], "https://court.example/order.pdf")


@given(st.binary(max_size=400))
def test_anything_that_calls_itself_a_pdf_is_read_or_refused(rest: bytes) -> None:
    with pytest.raises(Unreadable):
        extract(b"%PDF-1.7\n" + rest)
