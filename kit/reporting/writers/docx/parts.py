"""Pieces of a Word document that python-docx has no words for: content controls, data parts, files without a clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

#: What XML cannot hold; a page's title may.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The day that files carry which must not carry one; it is the first that a ZIP file can name.
NO_DAY = datetime(1980, 1, 1)


def printable(text: str) -> str:
    """The text without characters that no document can hold.

    >>> printable("a\\x00b")
    'ab'
    """
    return _UNPRINTABLE.sub("", text)


def element(name: str, /, *children: Any, **attributes: str) -> Any:
    """An element of WordprocessingML: ``element("tag", val="s-0001")`` is ``<w:tag w:val="s-0001"/>``."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    made.extend(children)
    return made


def run(text: str, style: str = "") -> Any:
    """A run of text, in a character style where one is named."""
    made = element("r")
    if style:
        made.append(element("rPr", element("rStyle", val=style)))
    words = element("t")
    words.text = printable(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def control(name: str, tag: str, number: int, kind: Any, shown: Any, *, empty: bool = False) -> Any:
    """A content control around the run ``shown``: its name for the reader, its tag for programs, and what it takes.

    ``empty`` says that what is shown only asks for something to be filled in.
    """
    properties = element(
        "sdtPr", element("alias", val=name), element("tag", val=tag), element("id", val=str(number))
    )
    if empty:
        properties.append(element("showingPlcHdr"))
    properties.append(kind)
    return element("sdt", properties, element("sdtContent", shown))


def dropdown(choices: Iterable[tuple[str, str]]) -> Any:
    """What makes a control a list to choose from; a choice is what is shown and the value behind it."""
    items = [element("listItem", displayText=shown, value=value) for shown, value in choices]
    return element("dropDownList", *items)


def day() -> Any:
    """What makes a control a date, written as 2025-07-29."""
    parts = (
        element("dateFormat", val="yyyy-MM-dd"),
        element("lid", val="en-GB"),
        element("storeMappedDataAs", val="date"),
        element("calendar", val="gregorian"),
    )
    return element("date", *parts)


def bookmark(name: str, number: int, *inside: Any) -> list[Any]:
    """The elements with a bookmark around them."""
    return [
        element("bookmarkStart", id=str(number), name=name),
        *inside,
        element("bookmarkEnd", id=str(number)),
    ]


def paragraph(style_id: str, *content: Any) -> Any:
    """A paragraph in the style of that id."""
    return element("p", element("pPr", element("pStyle", val=style_id)), *content)


def link(document: Any, address: str, shown: Any) -> Any:
    """A link to a page on the web."""
    relation = document.part.relate_to(printable(address), RELATION.HYPERLINK, is_external=True)
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), relation)
    made.append(shown)
    return made


def inner_link(name: str, shown: Any) -> Any:
    """A link to a bookmark of the same document."""
    return element("hyperlink", shown, anchor=name)


def blank_document(title: str, subject: str, language: str) -> Any:
    """A document on A4 paper without a line in it, its properties set, without a clock."""
    document = Document()
    for relation in [r for r in document.part.package.rels.values() if r.reltype.endswith("/thumbnail")]:
        document.part.package.rels.pop(relation.rId)
    about = document.core_properties
    about.title, about.subject, about.language = printable(title), printable(subject), language
    about.author, about.last_modified_by, about.comments = "", "", ""
    about.created = about.modified = NO_DAY
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.left_margin = section.right_margin = Pt(56)
    section.top_margin = section.bottom_margin = Pt(56)
    return document


def style(
    document: Any,
    name: str,
    size: float,
    *,
    kind: Any = WD_STYLE_TYPE.PARAGRAPH,
    bold: bool | None = None,
    colour: str = "",
) -> Any:
    """A new style of the document, of this size in points."""
    made = document.styles.add_style(name, kind)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        made.base_style = document.styles["Normal"]
    made.font.size, made.font.bold = Pt(size), bold
    if colour:
        made.font.color.rgb = RGBColor.from_string(colour)
    return made


def data_part(document: Any, content: bytes) -> None:
    """Put data of our own into the document, where programs that edit it leave it alone."""
    name = PackURI("/customXml/item2.xml")
    part = Part(name, "application/xml", content, document.part.package)
    document.part.relate_to(part, RELATION.CUSTOM_XML)


def document_bytes(document: Any) -> bytes:
    """The document as its file holds it: the same bytes for the same content, whenever it is written."""
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, NO_DAY.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, parts.read(name))
    return packed.getvalue()
