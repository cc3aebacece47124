"""PDFs page by page, made by Typst for the test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.passages.matching import Passage, places
from kit.sources.extract.documents import extract
from kit.sources.extract.reading.html_tree import Unreadable
from kit.text.normalise import normalise

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


ORDER = """
#set page(width: 12cm, height: 6cm, margin: 1.4cm, header: [Harbour Court #h(1fr) Order 14], footer: context align(center, counter(page).display()), columns: 2)
#set text(hyphenate: true, lang: "en", size: 9pt)
#set par(justify: true)
The harbour authority may not refuse administrative cooperation with neighbouring organisations.#footnote[Minutes of 4 May, page 12.]
Notwithstanding the aforementioned considerations, the effectiveness of the proceedings depends upon an uninterrupted
investigation of the circumstances, and the authority acknowledged its responsibility for the misunderstanding between
the representatives. The self-rule of Anglo-Saxon ports, of 10#super[6] tonnes, remains unaffected: the officials
flagged off-finance affiliates and efficient staff in the first instance, without any qualification whatsoever, and the
commissioners unanimously disregarded the recommendations of the independent examination.
"""


def test_what_runs_over_lines_columns_and_pages_is_found() -> None:
    page = extract(typst.compile(ORDER.encode(), timestamp=datetime(2025, 8, 4, tzinfo=UTC)))
    assert "-\n" in page.visible
    assert page.visible.count("\f") >= 1
    text = normalise(page.visible)
    for words in (
        "refuse administrative cooperation with neighbouring organisations.",
        "organisations. Notwithstanding the aforementioned considerations, the effectiveness of the proceedings depends upon an"
        " uninterrupted investigation of the circumstances, and the authority acknowledged its responsibility for the"
        " misunderstanding between the representatives.",
        "The self-rule of Anglo-Saxon ports, of 10⁶ tonnes, remains unaffected: the officials flagged off-finance affiliates",
        "unanimously disregarded the recommendations of the independent examination.",
        "Minutes of 4 May, page 12.",
    ):
        assert list(places(text, Passage("e-1", "s", words))), words
    around = page.visible.partition("\n\n")[2]
    assert "Harbour Court Order 14" in " ".join(around.split())
    assert "Harbour Court" not in page.visible.partition("\n\n")[0]
