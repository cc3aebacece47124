"""A PDF read page by page, with what the document says about itself marked as its own word."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kit.sources.extract.metadata.dating import dating_of_print
from kit.sources.extract.pdf_lines import part_pages, printed_lines
from kit.sources.extract.reading.html_tree import MAX_CHARACTERS, Unreadable
from kit.sources.extract.reading.page import Found, Offer, Page, TextRange, Warn
from kit.sources.extract.warnings import undated
from kit.text.printable import xml_text

MAX_BYTES = 80_000_000
MAX_PAGES = 3_000
#: Characters of a page in which its day is sought; how long a line is that runs on, against the longest, and its words.
_FRONT, _FULL, _WORDS = 20_000, 0.7, 6
_DATE = re.compile(r"^(?:D:)?((?:19|20)\d\d)(0[1-9]|1[0-2])?(0[1-9]|[12]\d|3[01])?")


def extract_pdf(data: bytes, url: str = "") -> Page:
    """The text of a PDF with each page's place in it (``lines``, labelled by page number), and its own metadata.

    Pages are parted by a form feed, so that what runs on over a page's end can be followed; running heads, page numbers
    and notes of all pages come after the last, each a block of its own with its page's number.

    The author and title of a PDF are whatever the program that made it wrote: ``how`` says so. Its date is the day that
    its first two pages or its last print as theirs; when the file was made is offered beside it, and never taken. A broken or
    locked file raises `Unreadable`, as does one over `MAX_BYTES`; pages beyond `MAX_PAGES`, or text beyond
    `MAX_CHARACTERS`, are left out and warned of. A page without text (a scan) is warned of too.
    """
    import pypdfium2

    if len(data) > MAX_BYTES:
        raise Unreadable(
            url, f"a PDF of {len(data):,} bytes is over the {MAX_BYTES:,} read", "split the file"
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            url, f"the PDF cannot be opened ({error})", "open it, and save or print it anew"
        ) from error
    try:
        pages, count = _pages(document, pypdfium2.PdfiumError)
        fields = _fields(document.get_metadata_dict(skip_empty=True), pages)
    finally:
        document.close()
    visible, spans = "", []
    for number, (running, _) in enumerate(pages, 1):
        visible += "\f" * (number > 1)
        spans.append(TextRange(len(visible), len(visible) + len(running), str(number)))
        visible += running
    for number, (_, around) in enumerate(pages, 1):
        if around:
            visible += "\n\n"
            spans.append(TextRange(len(visible), len(visible) + len(around), str(number)))
            visible += around
    spans = [span for span in spans if span.end > span.start]
    return Page(
        url=url, media_type="application/pdf", text=Found(_text(visible), "the PDF's text layer") if spans else Found(),
        visible=visible, lines=tuple(spans),
        warnings=(*undated(fields["date"]), *_warnings([running for running, _ in pages], count)), **fields,
    )  # fmt: skip


def _text(visible: str) -> str:
    return visible.replace("\f", "\n").replace("\n\n", "\n").strip()


def _pages(document: Any, broken: type[Exception]) -> tuple[list[tuple[str, str]], int]:
    """What runs on from page to page, and what stands around it, of each page read; and how many pages there are."""
    count, lines, room = len(document), [], MAX_CHARACTERS
    for index in range(min(count, MAX_PAGES)):
        try:
            found = printed_lines(document[index])
        except broken:
            found = []  # a page that cannot be drawn has no text to quote; the warning below counts it
        lines.append(found)
        room -= sum(len(line.text) for line in found)
        if room <= 0:
            break
    pages = [
        tuple("\n".join(xml_text(line, " ") for line in part) for part in page) for page in part_pages(lines)
    ]
    return [(running[:MAX_CHARACTERS], around) for running, around in pages], count


def _fields(stated: dict[str, str], pages: list[tuple[str, str]]) -> dict[str, Any]:
    made = "the PDF's own metadata"
    title = " ".join(stated.get("Title", "").split())[:500]
    author = " ".join(stated.get("Author", "").split())[:300]
    ends = [*pages[:2], *pages[2:][-1:]]
    when = dating_of_print("\n".join(_paragraphs(part) for page in ends for part in page), title)
    file = [
        (stated.get("CreationDate", ""), "when the file was made"),
        (stated.get("ModDate", ""), "when the file was last changed"),
    ]
    days = [
        Offer("-".join(filter(None, day.groups())), how) for text, how in file if (day := _DATE.match(text))
    ]
    days = days[: 1 + (days[0].value != days[-1].value)] if days else []
    return {
        "title": Found(title, made) if title else Found(),
        "authors": Found((author,), made) if author else Found(()),
        "date": replace(when.issued, others=(*when.issued.others, *days)),
        "printed": when.printed,
        "updated": when.updated,
        "description": Found(stated["Subject"][:2000], made) if stated.get("Subject") else Found(),
    }


def _paragraphs(text: str) -> str:
    """The lines of a page with those put together that run on: where a line is nearly as long as the longest, the next belongs to it."""
    found: list[str] = []
    lines = text[:_FRONT].split("\n")
    full = _FULL * max(map(len, lines))
    for before, line in zip(["", *lines], lines, strict=False):
        if found and len(before) >= full and len(before.split()) > _WORDS:
            found[-1] += f" {line}"
        else:
            found.append(line)
    return "\n".join(found)


def _warnings(texts: list[str], count: int) -> list[Warn]:
    empty = [str(number) for number, text in enumerate(texts, 1) if not text]
    found = []
    if empty:
        pages = ", ".join(empty[:10]) + (" and more" if len(empty) > 10 else "")
        found.append(Warn("no-text", f"no text on page {pages}: perhaps a scan, to be read by eye"))
    if len(texts) < count:
        found.append(Warn("cut", f"{len(texts):,} of {count:,} pages were read"))
    return found
