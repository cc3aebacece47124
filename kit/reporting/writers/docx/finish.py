"""What pandoc leaves to do in a Word document: title page, contents, sections, running heads, tables, pictures, dates."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from kit.reporting.document.document import Book
from kit.reporting.document.formats import EARLIEST, as_of
from kit.reporting.transforms.paper import title_lines
from kit.reporting.writers.docx.styles import CELL_STYLE

#: A table of so many rows stays on one page.
_KEPT_ROWS = 8
#: Twentieths of a point between a table and the text below it.
_AFTER_TABLE = "180"


def finished(made: bytes, book: Book, pictures: Mapping[bytes, bytes]) -> bytes:
    """The document ``made`` by pandoc, finished; ``pictures`` are those that take the places of the stand-ins."""
    from docx import Document

    word = Document(io.BytesIO(made))
    for part in word.part.package.iter_parts():
        if part.blob in pictures:
            part._blob = pictures[part.blob]
    for shape in word.element.body.iter(_tag("pic:cNvPr")):
        # Pandoc puts the stand-in's address there; the alt text is in the element above it.
        shape.set("descr", "")
    _lay_out_tables(word)
    titles = _break_into_sections(word)
    _put_front(word, book)
    _put_heads(word, book, titles)
    _put_facts(word, book)
    kept = io.BytesIO()
    word.save(kept)
    return repeatable(kept.getvalue())


def repeatable(packed: bytes) -> bytes:
    """The zip archive with its files in order and without the time at which it was packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EARLIEST.timetuple()[:6])
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return kept.getvalue()


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _new(kind: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(kind)
    for attribute, value in attributes.items():
        element.set(_tag(f"w:{attribute}"), value)
    return element


def _lay_out_tables(word: Any) -> None:
    """Rows stay whole, a short table stays on one page, and its texts have a style of their own."""
    style = word.styles[CELL_STYLE]
    for table in word.tables:
        after = table._tbl.getnext()
        if after is not None and after.tag == _tag("w:p"):
            after.get_or_add_pPr().get_or_add_spacing().set(_tag("w:before"), _AFTER_TABLE)
        rows = table._tbl.tr_lst
        for number, row in enumerate(rows):
            row.get_or_add_trPr().append(_new("w:cantSplit"))
            for paragraph in row.iter(_tag("w:p")):
                properties = paragraph.get_or_add_pPr()
                properties.style = style.style_id
                if len(rows) <= _KEPT_ROWS and number < len(rows) - 1:
                    properties.get_or_add_keepNext()


def _break_into_sections(word: Any) -> list[str]:
    """The titles of the chapters, each of which then is a section of its own, with its own running head."""
    last = word.element.body.sectPr
    # Notes count through: LibreOffice makes each a 0 where they begin anew with a section.
    for restart in last.findall(_tag("w:footnotePr")):
        last.remove(restart)
    starts = [paragraph for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    for start in starts[1:]:
        before = start._p.getprevious()
        while before.tag in (_tag("w:bookmarkStart"), _tag("w:bookmarkEnd")):
            before = before.getprevious()
        if before.tag != _tag("w:p"):
            before.addnext(before := _new("w:p"))
        before.get_or_add_pPr().append(copy.deepcopy(last))
    return [start.text for start in starts]


def _put_front(word: Any, book: Book) -> None:
    """Put the title page and the contents before the first chapter, in a section of their own."""
    body = word.element.body
    headings = [p for p in word.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    front = [_paragraph(word, "Title", book.case.title)]
    front += [_paragraph(word, "Subtitle", line) for line in title_lines(book)]
    front.append(_paragraph(word, "TOC Heading", "Contents"))
    front[-1].paragraph_format.page_break_before = True
    entries = []
    for number, heading in enumerate(headings, start=1):
        name = f"_Toc{number:08}"
        _bookmark(heading, name, number)
        entry = _paragraph(word, f"toc {heading.style.name[-1]}", "")
        link = _new("w:hyperlink", anchor=name, history="1")
        link.append(_run(heading.text))
        entry._p.append(link)
        entries.append(entry)
    if entries:
        # Word can make the list anew; until then it holds what the document holds, and no page numbers that may be wrong.
        opening = [_field("begin"), _instruction(r' TOC \o "1-2" \n \h \z \u '), _field("separate")]
        for position, run in enumerate(opening):
            entries[0]._p.insert(1 + position, run)
        entries[-1]._p.append(_field("end"))
    for position, paragraph in enumerate([*front, *entries]):
        body.insert(position, paragraph._p)
    if headings:
        carrier = _new("w:p")
        body.insert(len(front) + len(entries), carrier)
        carrier.get_or_add_pPr().append(copy.deepcopy(body.sectPr))


def _put_heads(word: Any, book: Book, titles: list[str]) -> None:
    """Above each page its chapter, below it the case, the edition and the page's number; the front has neither."""
    for number, section in enumerate(word.sections):
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        if number == 0 and titles:
            continue
        section.header.paragraphs[0].text = titles[number - 1] if titles else ""
        foot = section.footer.paragraphs[0]
        foot.text = f"{book.case.title} · {book.edition} edition\t"
        room = section.page_width - section.left_margin - section.right_margin
        foot.paragraph_format.tab_stops.add_tab_stop(room, 2)
        for run in (_field("begin"), _instruction(" PAGE "), _field("separate"), _run("1"), _field("end")):
            foot._p.append(run)
        if number == 1:
            section._sectPr.append(_new("w:pgNumType", start="1"))


def _put_facts(word: Any, book: Book) -> None:
    """What the file says of itself: the case, the edition, the day it stands for, and nobody's name."""
    facts, day = word.core_properties, as_of(book.case) or EARLIEST
    facts.title, facts.subject = book.case.title[:255], f"{book.edition} edition"
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    facts.created = facts.modified = day.replace(tzinfo=None)
    facts.revision = 1
    language = book.case.settings.get("language", "en")
    facts.language = language
    for tongue in word.styles.element.iter(_tag("w:lang")):
        tongue.set(_tag("w:val"), language)


def _paragraph(word: Any, style: str, text: str) -> Any:
    made = word.add_paragraph(text, style=style)
    made._p.getparent().remove(made._p)
    made._p.get_or_add_pPr()
    return made


def _bookmark(heading: Any, name: str, number: int) -> None:
    identity = str(900_000 + number)
    heading._p.insert(1, _new("w:bookmarkStart", id=identity, name=name))
    heading._p.append(_new("w:bookmarkEnd", id=identity))


def _run(text: str) -> Any:
    run, words = _new("w:r"), _new("w:t")
    words.text = text
    run.append(words)
    return run


def _field(kind: str) -> Any:
    run = _new("w:r")
    run.append(_new("w:fldChar", fldCharType=kind))
    return run


def _instruction(words: str) -> Any:
    run, told = _new("w:r"), _new("w:instrText")
    told.text = words
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(told)
    return run
