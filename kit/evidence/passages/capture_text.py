"""The text of a capture: how it is read out of the kept bytes, and evened out for searching."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kit.sources.capture import index
from kit.sources.capture.capture import Capture
from kit.sources.capture.index import PAGE
from kit.sources.capture.web.politeness import capture_software
from kit.text.normalise import Normal, normalise

if TYPE_CHECKING:
    from kit.case import Case

#: Goes up when captures are read otherwise than before, so that those in an index are read again.
_READING = 2
#: Warnings of the reader that say a page was not seen whole, so that it proves no absence.
_PARTLY = {"stub", "paywall", "too-much", "no-text", "cut"}


@dataclass(frozen=True)
class CaptureText:
    """The text of one capture; ``excerpt`` also where a wall or a limit hid the rest.

    ``stamp`` tells whether a capture need be read again; ``known`` is the text evened out, where it was before.
    """

    id: str
    source: str
    captured_at: datetime
    excerpt: bool
    text: str
    stamp: str = ""
    known: Normal | None = field(default=None, repr=False, compare=False)

    @cached_property
    def normal(self) -> Normal:
        """The text evened out, in which passages are searched."""
        return self.known or normalise(self.text)

    def original(self, start: int, stop: int) -> str:
        """The characters as they were captured, of a stretch of the text evened out."""
        first, last = self.normal.origin(start, stop)
        return self.text[first:last]


def read_capture(capture: Capture) -> CaptureText:
    """What a capture says: all visible words of a page, a PDF's text with a form feed between pages, or the text.

    What has no words, or none that can be read within bounds (an image, a locked PDF), is an empty excerpt: it
    proves nothing. A file whose bytes are not those of the ledger raises `BadWarc`, a missing one `NoCapture`.
    """
    data, kind = capture.page()
    text, whole = _words(capture, data, kind)
    excerpt = capture.excerpt == "yes" or not whole or not text.strip()
    return CaptureText(capture.id, capture.source, capture.captured_at, excerpt, text, stamp_of(capture))


def _words(capture: Capture, data: bytes, kind: str) -> tuple[str, bool]:
    """The text, and whether all of it was seen: read as `kit.sources.extract.documents` reads it, any kind of plain text too."""
    # Slow to load, and a check of what is indexed already needs none of it.
    from kit.sources.extract.documents import read_page
    from kit.sources.extract.reading.html_tree import Unreadable

    charset = "utf-8" if capture.how == "pasted" else capture.charset()
    plain = kind.startswith("text/") and kind != "text/html"
    try:
        page = read_page(data, "text/plain" if plain else kind, capture.final_url or capture.url, charset)
    except Unreadable:
        return "", False
    codes = {warning.code for warning in page.warnings}
    text = page.visible
    if page.media_type == "application/pdf":
        pages = {int(span.label): text[span.start : span.end] for span in page.lines}
        text = "\f".join(pages.get(number, "") for number in range(1, max(pages, default=0) + 1))
    elif "embedded" in codes:  # the article is in the page's data, not among the words it shows
        text = f"{text}\n\n{page.text.value}"
    return text, not codes & _PARTLY


def stamp_of(capture: Capture) -> str:
    """Changes when the capture's text, or how we read it, may be another."""
    return f"{capture.source} {capture.sha256} {capture.excerpt} {capture_software()} {_READING}"


def captures_here(case: Case) -> list[Capture]:
    """The captures of the ledger that hold a page and whose files are here, in the order of their ids.

    The news that a page is gone (a capture with status 404, say) is no new text of that page.
    """
    rows = index.read_index(case.path)
    rows = rows[rows["status"].str.match(PAGE)]
    captures = (index.capture_of(case.path, row) for _, row in rows.iterrows())
    return [capture for capture in captures if capture.path.is_file()]
