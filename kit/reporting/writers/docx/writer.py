"""The book as one Word document that an editor can work in: styles, real footnotes, tables, captions, alt text."""

from __future__ import annotations

import base64
import copy
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from kit.files import write_whole
from kit.reporting.book.book import Book
from kit.reporting.book.editions import built_for
from kit.reporting.book.front import logo_of
from kit.reporting.book.note_numbers import counted_through
from kit.reporting.transforms.annex import FINE
from kit.reporting.transforms.bidi import FROM_RIGHT
from kit.reporting.transforms.column_widths import with_narrow_widths
from kit.reporting.transforms.paper import LEAD, on_paper, paper_pictures, title_lines
from kit.reporting.transforms.pictures import rasterize, size_on_page
from kit.reporting.writers.docx.elements import (
    bookmark,
    document_bytes,
    element,
    field,
    inner_link,
    paragraph,
    text_run,
)
from kit.reporting.writers.docx.styles import CELL_STYLE, FINE_STYLE, LEAD_STYLE, reference
from kit.text.pandoc import div, document_json, image, pandoc_bytes, rewrite

REPORT_DOCX = "report.docx"
#: A PNG of one dot; with its key behind it, it holds a picture's place until the document is put together.
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA05RTSgAAAABJRU5ErkJggg=="
)
_STYLES = {LEAD: LEAD_STYLE, FINE: FINE_STYLE, "csl-entry": "Bibliography"}
#: The logo's height in millimetres.
_LOGO_HIGH = 14
#: A table of so many rows stays on one page.
_KEPT_ROWS = 8
#: Twentieths of a point between a table and the text below it.
_AFTER_TABLE = "180"
#: Bookmarks of the contents are numbered from here, pandoc's own from 1.
_BOOKMARKS = 900_000


def write(book: Book, folder: Path) -> list[Path]:
    """The Word document of the book, written whole to ``report.docx`` in ``folder``.

    Letters of a chart that no font has are drawn as a box and named in ``book.warnings``.
    """
    write_whole(folder / REPORT_DOCX, word_bytes(book))
    return [folder / REPORT_DOCX]


def word_bytes(book: Book) -> bytes:
    """The Word document of the book; twice the same book gives the same bytes."""
    sizes = {key: size_on_page(key, picture) for key, picture in paper_pictures(book).items()}
    blocks = counted_through((blocks for _, blocks in on_paper(book)), book.notes.say)
    tree = document_json(rewrite(blocks, _in_word(sizes)))
    with tempfile.TemporaryDirectory() as folder:
        (styles := Path(folder, "reference.docx")).write_bytes(reference())
        made = pandoc_bytes(
            tree, "json", "docx+native_numbering", "--reference-doc", str(styles), "--output", "-"
        )
    document = Document(io.BytesIO(made))
    _put_pictures(document, {_DOT + key.encode(): content for key, content in rasterize(book).items()})
    _lay_out_tables(document)
    titles = _break_into_sections(document)
    _put_front(document, book)
    _put_logo(document, book)
    _put_heads(document, book, titles)
    _put_properties(document, book)
    return document_bytes(document)


def _in_word(sizes: Mapping[str, tuple[float, float]]):
    def change(kind: str, content: Any) -> Any:
        if kind == "Image":
            key = content[2][0]
            wide, high = sizes[key]
            stand_in = "data:image/png;base64," + base64.b64encode(_DOT + key.encode()).decode()
            return image(content[1], stand_in, width=f"{wide:.1f}mm", height=f"{high:.1f}mm")
        if kind == "Table":
            return with_narrow_widths({"t": kind, "c": content})
        if kind == "Div":
            (identity, classes, _), blocks = content
            styles = [_STYLES[name] for name in classes if name in _STYLES]
            named = {"custom-style": styles[0]} if styles else {}
            return div(blocks, identity, **named, **({"dir": "rtl"} if FROM_RIGHT in classes else {}))
        return None

    return change


# What pandoc leaves to do: pictures, tables, sections, title page, contents, running heads, properties


def _put_pictures(document: Any, pictures: Mapping[bytes, bytes]) -> None:
    """Put each picture in the place of its stand-in."""
    for part in document.part.package.iter_parts():
        if part.blob in pictures:
            part._blob = pictures[part.blob]
    for shape in document.element.body.iter(qn("pic:cNvPr")):
        # Pandoc puts the stand-in's address there; the alt text is in the element above it.
        shape.set("descr", "")


def _lay_out_tables(document: Any) -> None:
    """Rows stay whole, a short table stays on one page, and its texts have a style of their own."""
    style = document.styles[CELL_STYLE]
    for table in document.tables:
        after = table._tbl.getnext()
        if after is not None and after.tag == qn("w:p"):
            after.get_or_add_pPr().get_or_add_spacing().set(qn("w:before"), _AFTER_TABLE)
        rows = table._tbl.tr_lst
        for number, row in enumerate(rows):
            row.get_or_add_trPr().append(element("cantSplit"))
            for text in row.iter(qn("w:p")):
                properties = text.get_or_add_pPr()
                properties.style = style.style_id
                if len(rows) <= _KEPT_ROWS and number < len(rows) - 1:
                    properties.get_or_add_keepNext()


def _break_into_sections(document: Any) -> list[str]:
    """The titles of the chapters, each of which then is a section of its own, with its own running head."""
    last = document.element.body.sectPr
    # Notes count through: LibreOffice makes each a 0 where they begin anew with a section.
    for restart in last.findall(qn("w:footnotePr")):
        last.remove(restart)
    starts = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    for start in starts[1:]:
        before = start._p.getprevious()
        while before.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            before = before.getprevious()
        if before.tag != qn("w:p"):
            before.addnext(before := element("p"))
        before.get_or_add_pPr().append(copy.deepcopy(last))
    return [start.text for start in starts]


def _put_front(document: Any, book: Book) -> None:
    """Put the title page and the contents before the first chapter, in a section of their own."""
    body = document.element.body
    headings = [p for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    lines = [("Title", book.case.title), *(("Subtitle", line) for line in title_lines(book))]
    front = [
        _paragraph(document, style, text_run(text))
        for style, text in [*lines, ("TOC Heading", book.notes.say("Contents"))]
    ]
    front[-1].pPr.get_or_add_pageBreakBefore()
    entries = []
    for number, heading in enumerate(headings, start=1):
        name = f"_Toc{number:08}"
        heading._p.extend(bookmark(name, _BOOKMARKS + number, *[*heading._p][1:]))
        entry = inner_link(name, text_run(heading.text))
        entry.set(qn("w:history"), "1")
        entries.append(_paragraph(document, f"toc {heading.style.name[-1]}", entry))
    if entries:
        # Word can make the list anew; until then it holds what the document holds, and no page numbers that may be wrong.
        *opening, end = field(r' TOC \o "1-2" \n \h \z \u ')
        for position, part in enumerate(opening, start=1):
            entries[0].insert(position, part)
        entries[-1].append(end)
    for position, made in enumerate([*front, *entries]):
        body.insert(position, made)
    if headings:
        carrier = element("p")
        body.insert(len(front) + len(entries), carrier)
        carrier.get_or_add_pPr().append(copy.deepcopy(body.sectPr))


def _put_logo(document: Any, book: Book) -> None:
    """Put the logo, where the case has one, above the title."""
    if not (logo := logo_of(book)):
        return
    shown = document.paragraphs[0].insert_paragraph_before(style="Normal")
    placed = shown.add_run().add_picture(io.BytesIO(rasterize(book)[logo.key]), height=Mm(_LOGO_HIGH))
    placed._inline.docPr.set("descr", logo.alt)
    placed._inline.docPr.set("name", "")
    placed._inline.find(f".//{qn('pic:cNvPr')}").set("name", "")


def _paragraph(document: Any, style: str, *content: Any) -> Any:
    return paragraph(document.styles[style].style_id, *content)


def _put_heads(document: Any, book: Book, titles: list[str]) -> None:
    """Above each page its chapter, below it the case, the edition and the page's number; the front has neither."""
    for number, section in enumerate(document.sections):
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        if number == 0 and titles:
            continue
        section.header.paragraphs[0].text = titles[number - 1] if titles else ""
        foot = section.footer.paragraphs[0]
        foot.text = f"{book.case.title} · {book.notes.say(f'{book.edition} edition')}\t"
        room = section.page_width - section.left_margin - section.right_margin
        foot.paragraph_format.tab_stops.add_tab_stop(room, 2)
        foot._p.extend(field(" PAGE ", text_run("1")))
        if number == 1:
            section._sectPr.append(element("pgNumType", start="1"))


def _put_properties(document: Any, book: Book) -> None:
    """What the file says of itself: the case, the edition, the day it was built for, and nobody's name."""
    facts, day = document.core_properties, built_for()
    facts.title, facts.subject = book.case.title[:255], book.notes.say(f"{book.edition} edition")
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    facts.created = facts.modified = day.replace(tzinfo=None)
    facts.revision = 1
    language = book.case.settings.get("language", "en")
    facts.language = language
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), language)
