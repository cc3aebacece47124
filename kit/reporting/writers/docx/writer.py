"""The book as one Word document that an editor can work in: styles, real footnotes, tables, captions, alt text."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.files import write_whole
from kit.reporting.document.document import Book
from kit.reporting.transforms.bidi import FROM_RIGHT
from kit.reporting.transforms.book_notes import counted_on
from kit.reporting.transforms.column_widths import with_narrow_widths
from kit.reporting.transforms.long_notes import FINE
from kit.reporting.transforms.paper import LEAD, printed, printed_pictures
from kit.reporting.transforms.rasterize import dots, size_on_page
from kit.reporting.writers.docx.finish import finished
from kit.reporting.writers.docx.styles import FINE_STYLE, LEAD_STYLE, reference
from kit.text.pandoc import document, pandoc_bytes, rewrite

NAME = "report.docx"
#: A PNG of one dot; with its key behind it, it holds a picture's place until the document is put together.
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA05RTSgAAAABJRU5ErkJggg=="
)


def write(book: Book, folder: Path) -> list[Path]:
    """The Word document of the book, written whole to ``report.docx`` in ``folder``.

    Letters of a chart that no font has are drawn as a box and told in ``book.warnings``.
    """
    write_whole(folder / NAME, word_bytes(book))
    return [folder / NAME]


def word_bytes(book: Book) -> bytes:
    """The Word document of the book; twice the same book gives the same bytes."""
    sizes = {key: size_on_page(picture) for key, picture in printed_pictures(book).items()}
    blocks = counted_on([blocks for _, blocks in printed(book)])
    tree = document(rewrite(blocks, _in_word(sizes)))
    with tempfile.TemporaryDirectory() as folder:
        (styles := Path(folder, "reference.docx")).write_bytes(reference())
        made = pandoc_bytes(
            tree, "json", "docx+native_numbering", "--reference-doc", str(styles), "--output", "-"
        )
    return finished(made, book, {_DOT + key.encode(): content for key, content in dots(book).items()})


def _in_word(sizes: Mapping[str, tuple[float, float]]):
    def change(kind: str, content: Any) -> Any:
        if kind == "Image":
            key = content[2][0]
            wide, high = sizes[key]
            stand_in = "data:image/png;base64," + base64.b64encode(_DOT + key.encode()).decode()
            size = [["width", f"{wide:.1f}mm"], ["height", f"{high:.1f}mm"]]
            return {"t": kind, "c": [["", [], size], content[1], [stand_in, ""]]}
        if kind == "Table":
            return with_narrow_widths({"t": kind, "c": content})
        if kind == "Div":
            styles = {LEAD: LEAD_STYLE, FINE: FINE_STYLE, "csl-entry": "Bibliography"}
            named = [["custom-style", styles[name]] for name in content[0][1] if name in styles]
            begins = [["dir", "rtl"]] if FROM_RIGHT in content[0][1] else []
            return {"t": kind, "c": [[content[0][0], [], [*named, *begins]], content[1]]}
        return None

    return change
