"""The packet of an edition written in each of its forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kit.clock import today
from kit.factcheck.content.packet import make_packet
from kit.factcheck.writers.docx import word_bytes
from kit.factcheck.writers.html import html_bytes
from kit.factcheck.writers.xlsx import sheet_bytes

if TYPE_CHECKING:
    from kit.reporting.document.book import Book


def write(book: Book, folder: Path) -> list[Path]:
    """The packet of an edition as fact-check.docx, .html and .xlsx in ``folder``."""
    packet = make_packet(book.case, book.edition, book.documents, book.notes, today(), book.saved)
    made = {"docx": word_bytes, "html": html_bytes, "xlsx": sheet_bytes}
    paths = []
    for ending, content in made.items():
        path = folder / f"fact-check.{ending}"
        path.write_bytes(content(packet))
        paths.append(path)
    return paths
