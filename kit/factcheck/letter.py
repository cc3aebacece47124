"""A letter that asks for comment, as a Word document to be read over, signed and sent."""

from __future__ import annotations

from kit.evidence.replies import Letter
from kit.reporting.writers.docx.elements import blank_document, document_bytes
from kit.text.printable import xml_text

_STYLES = {"title": "Title", "heading": "Heading 2", "text": "Normal", "item": "List Bullet"}


def letter_bytes(letter: Letter, language: str = "en") -> bytes:
    """The letter as a .docx file; the same letter gives the same bytes."""
    document = blank_document(f"Request for comment: {letter.case}", letter.name, language)
    for kind, words in letter.lines():
        document.add_paragraph(xml_text(words, ""), style=_STYLES[kind])
    return document_bytes(document)
