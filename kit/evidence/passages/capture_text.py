"""The text of a capture: how it is read out of the kept bytes, evened out for searching, and what its parts are."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.index import PAGE
from kit.sources.capture.web.politeness import capture_software
from kit.sources.extract.reading.lines import BLOCK_END, CELL_END
from kit.sources.extract.reading.page import TextRange
from kit.text.normalise import Normal, normalise

if TYPE_CHECKING:
    from kit.case import Case

#: Goes up when captures are read otherwise than before, so that those in an index are read again.
_READING = 5
#: Warnings of the reader that say a page was not seen whole, so that it proves no absence.
_PARTLY = {"stub", "paywall", "too-much", "no-text", "cut"}


@dataclass(frozen=True)
class CaptureText:
    """The text of one capture; ``excerpt`` also where a wall or a limit hid the rest.

    ``structure`` names stretches of the text: what `kit.sources.extract.reading.visible.Seen` has, ``page 2`` of a PDF,
    and what no reader of the page sees as it stands: ``hidden``, ``deleted``, and ``data`` that only scripts show.
    ``instead`` is the kind of what the site showed in place of the page (`kit.sources.extract.interstitial.detection.INTERSTITIALS`):
    its words prove nothing, unless a person names the capture. ``language`` is that of the page, as far as it is known. ``stamp`` tells whether a capture need be read again; ``known`` is the text evened out, where it was before.
    """

    id: str
    source: str
    captured_at: datetime
    excerpt: bool
    text: str
    stamp: str = ""
    structure: tuple[TextRange, ...] = ()
    language: str = ""
    instead: str = ""
    known: Normal | None = field(default=None, repr=False, compare=False)

    @cached_property
    def normal(self) -> Normal:
        """The text evened out, in which passages are searched."""
        return self.known or normalise(self.text)

    def labels(self, start: int, stop: int) -> list[str]:
        """What the stretch of the text evened out is, or stands within, the widest first."""
        first, last = self.normal.origin(start, stop)
        return [span.label for span in self.structure if span.start <= first and last <= span.end]

    def original(self, start: int, stop: int) -> str:
        """The characters as they were captured, of a stretch of the text evened out."""
        first, last = self.normal.origin(start, stop)
        return self.text[first:last]


def read_capture(capture: Capture) -> CaptureText:
    """What a capture says: all visible words of a page, a PDF's text with a form feed between pages, or the text.

    What has no words, or none that can be read within bounds (an image, a locked PDF), is an empty excerpt: it
    proves nothing. A file whose bytes are not those of the ledger raises `BadWarc`, a missing one `NoCapture`.
    """
    # Slow to load, and a check of what is indexed already needs none of it.
    from kit.sources.extract.article import guessed_language
    from kit.sources.extract.documents import extract
    from kit.sources.extract.reading.html_tree import Unreadable

    read = partial(CaptureText, capture.id, capture.source, capture.captured_at, stamp=stamp_of(capture))
    try:
        page = extract(capture)
    except Unreadable:
        return read(True, "")
    codes = {warning.code for warning in page.warnings}
    text, structure = page.visible, list(page.structure)
    if page.media_type == "application/pdf":
        structure += [TextRange(line.start, line.end, f"page {line.label}") for line in page.lines]
    data_of_scripts = [("data", line) for line in page.text.value.split("\n")] if "embedded" in codes else []
    for label, words in (*page.unseen, *data_of_scripts):
        start = len(text) + 2
        text += f"\n\n{words}"
        structure.append(TextRange(start, len(text), label))
    language = str(page.language.value or guessed_language(text).value)
    partly = capture.excerpt == "yes" or bool(page.instead or codes & _PARTLY) or not text.strip()
    return read(partly, text, structure=tuple(structure), language=language, instead=page.instead)


def stamp_of(capture: Capture) -> str:
    """Changes when the capture's text, or how we read it, may be another."""
    return f"{capture.source} {capture.sha256} {capture.excerpt} {way_of_reading()}"


def way_of_reading() -> str:
    """Changes when captures are read otherwise than before."""
    return f"{capture_software()} {_READING}"


def captures_here(case: Case) -> list[Capture]:
    """The captures of the ledger that hold a page and whose files are here, in the order of their ids.

    The news that a page is gone (a capture with status 404, say) is no new text of that page.
    """
    rows = index.read_index(case.path)
    rows = rows[rows["status"].str.match(PAGE)]
    try:
        with os.scandir(case.path / CAPTURES) as entries:
            files = {entry.name for entry in entries if entry.is_file()}
    except FileNotFoundError:
        return []
    return list(index.captures_of(case.path, rows[rows["warc"].isin(files)]))


#: What nobody sees on the page as it stands, in words; and what is another's, or stands beside the article.
UNSEEN = {
    "hidden": "the page hides it", "deleted": "the page has struck it out",
}  # fmt: skip
FOREIGN = {
    "quotation": "in a quotation set apart, so another's words", "comments": "among comments", "menu": "in a menu",
    "related": "among links to other pages", "footer": "in the foot of the page", "aside": "in a box beside the text",
    "advertisement": "in an advertisement or a notice of the site",
}  # fmt: skip
#: What only scripts show: a reader sees it, but where is not known.
_DATA = "data"


@dataclass(frozen=True)
class Block:
    """A paragraph, item, heading or row of a page as it was captured, and an offset in it.

    ``before`` is the block's text up to the offset. ``row`` has a row's cells, each with the head of its column, or ''.
    """

    text: str
    before: str
    row: tuple[tuple[str, str], ...] = ()


def block_at(page: CaptureText, at: int) -> Block:
    """The block that has the offset ``at`` of the page's text evened out.

    >>> from datetime import datetime
    >>> from kit.sources.extract.reading.page import TextRange
    >>> text = "Fees\\n\\nQuay \\t2021\\n\\nNorth \\t1,400"
    >>> parts = (TextRange(6, 28, "table"), TextRange(6, 10, "head"), TextRange(12, 16, "head"))
    >>> page = CaptureText("c-1", "s", datetime(2021, 3, 1), False, text, structure=parts)
    >>> block_at(page, page.normal.text.find("1,400")).row
    (('Quay', 'North'), ('2021', '1,400'))
    """
    place = page.normal.origin(at, min(at + 1, len(page.normal.text)))[0]
    start, stop = _block(page.text, place)
    cells = page.text[start:stop].split(CELL_END)
    row = zip(_heads(page, start, len(cells)), cells, strict=True) if len(cells) > 1 else ()
    return Block(page.text[start:stop], page.text[start:place], tuple(row))


def _block(text: str, place: int) -> tuple[int, int]:
    start, stop = text.rfind(BLOCK_END, 0, place), text.find(BLOCK_END, place)
    return start + len(BLOCK_END) if start >= 0 else 0, stop if stop >= 0 else len(text)


def _heads(page: CaptureText, start: int, count: int) -> list[str]:
    """The heads of the columns of the table that has the row at ``start``: its first row, where it is made of heads."""
    tables = [span for span in page.structure if span.label == "table" and span.start <= start < span.end]
    if tables and (table := tables[-1]).start != start:
        first = _block(page.text, table.start)
        heads = [
            span for span in page.structure if span.label == "head" and first[0] <= span.start < first[1]
        ]
        cells = page.text[first[0] : first[1]].split(CELL_END)
        if len(heads) > 1 and len(cells) <= count:
            return [""] * (count - len(cells)) + cells
    return [""] * count


def rank(page: CaptureText, start: int, stop: int) -> int:
    """How far from the article a stretch stands: 0 in it, 1 beside it, 2 where nobody sees it, or only in data."""
    labels = set(page.labels(start, stop))
    return 2 if labels & {*UNSEEN, _DATA} else 1 if labels & FOREIGN.keys() else 0


def part_of_page(page: CaptureText, start: int, stop: int) -> tuple[str, str]:
    """What to tell of where a stretch stands: ``unseen`` or ``foreign``, and in words; blank where there is nothing.

    >>> from datetime import datetime
    >>> from kit.sources.extract.reading.page import TextRange
    >>> parts = (TextRange(0, 9, "comments"),)
    >>> page = CaptureText("c-1", "s", datetime(2021, 3, 1), False, "I saw it.", structure=parts)
    >>> part_of_page(page, 0, 5)
    ('foreign', 'among comments')
    """
    labels = page.labels(start, stop)
    if unseen := [UNSEEN[label] for label in labels if label in UNSEEN]:
        return "unseen", unseen[0]
    if foreign := [FOREIGN[label] for label in labels if label in FOREIGN]:
        return "foreign", foreign[-1]
    return "", ""


def page_numbers(page: CaptureText, at: int) -> set[int]:
    """The numbers of the PDF's page that has the offset: its place in the file, and those that stand at its edge.

    A capture that is not of pages has none.
    """
    place = page.normal.origin(at, min(at + 1, len(page.normal.text)))[0]
    pages = [span for span in page.structure if span.label.startswith("page ")]
    here = next((span.label for span in pages if span.start <= place < span.end), "")
    if not here:
        return set()
    around = [page.text[span.start : span.end].split("\n") for span in pages if span.label == here]
    edges = [word.strip("-–. ") for lines in around[1:] for line in lines for word in line.split()]
    return {
        int(number) for number in (here.removeprefix("page "), *edges) if re.fullmatch("[0-9]{1,4}", number)
    }
