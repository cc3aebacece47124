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
    assert all("PDF's own metadata" in found.how for found in (page.title, page.authors))
    assert page.date.value == ""
    assert [(offer.value, offer.how) for offer in page.date.others] == [
        ("2025-08-04", "when the file was made")
    ]
    assert [warning.code for warning in page.warnings] == ["undated", "no-text"]


def test_a_page_without_text_is_pointed_out(filing: bytes) -> None:
    assert extract(filing).warnings[-1].says == "no text on page 2: perhaps a scan, to be read by eye"


AUDIT = """The clinic has looked into the books of the night ward and found that eleven beds had been let at half the price
that the tariff sets, in two years out of three. Nobody could say who had agreed to it, and the appeal will be heard on
24 September 2031 in the old hall. What the county published 3 May 2019 says no more of the matter than this."""


@pytest.mark.parametrize(
    ("top", "end", "day", "changed"),
    [
        ("Published 20 May 2024", "", "2024-05-20", ""),
        ("Date of issue: 20 May 2024", "", "2024-05-20", ""),
        ("20 May 2024", "", "2024-05-20", ""),
        ("Paris, le 20 mai 2024", "", "2024-05-20", ""),
        ("Berlin, den 20. Mai 2024", "", "2024-05-20", ""),
        ("Publicado el 20 de mayo de 2024", "", "2024-05-20", ""),
        ("Fecha: 20/05/2024", "", "2024-05-20", ""),
        ("May 2024", "", "2024-05", ""),
        ("", "Dated this 20th day of May 2024.", "2024-05-20", ""),
        ("Published 20 May 2024 \\ Updated 1 June 2024", "", "2024-05-20", "2024-06-01"),
        ("", "", "", ""),
        ("By Jane Roe", "Printed 4 June 2024", "", ""),
        ("Version 2, 20 May 2024", "", "", ""),
        ("Effective from 1 July 2024", "", "", ""),
    ],
)
def test_the_day_of_a_pdf_is_the_one_it_prints(top: str, end: str, day: str, changed: str) -> None:
    made = datetime(2024, 6, 3, tzinfo=UTC)
    head = '#set document(title: "Night ward", date: datetime(year: 2024, month: 6, day: 3))\n= Night ward'
    source = f"{head}\n\n{top}\n\n{AUDIT}\n\n{AUDIT}\n\n{end}"
    page = extract(typst.compile(source.encode(), timestamp=made), "https://clinic.example/audit.pdf")
    assert (page.date.value, page.updated.value) == (day, changed)
    assert ("2024-06-03", "when the file was made") in [
        (offer.value, offer.how) for offer in page.date.others
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
