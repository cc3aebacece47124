"""Elements of a Word document that python-docx has no words for: fields, content controls, data parts; files without a clock."""

from __future__ import annotations

import io
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

from kit.files import NO_CLOCK, zip_bytes
from kit.text.printable import xml_text

#: The day that files carry which must not carry one: the first that a zip archive can name.
NO_DAY = datetime(*NO_CLOCK)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(name: str, /, *children: Any, **attributes: str) -> Any:
    """An element of WordprocessingML: ``element("tag", val="s-0001")`` is ``<w:tag w:val="s-0001"/>``."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    made.extend(children)
    return made


def text_run(text: str, style: str = "") -> Any:
    """A run of text, in a character style where one is named."""
    made = element("r")
    if style:
        made.append(element("rPr", element("rStyle", val=style)))
    made.append(_text("t", text))
    return made


def _text(name: str, text: str) -> Any:
    made = element(name)
    made.text = xml_text(text, "")
    made.set(_SPACE, "preserve")
    return made


def field(instruction: str, *shown: Any) -> list[Any]:
    """The runs of a field that Word works out anew, around what is ``shown`` until then."""
    begin, separate, end = (
        element("r", element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    return [begin, element("r", _text("instrText", instruction)), separate, *shown, end]


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


def web_link(document: Any, address: str, shown: Any) -> Any:
    """A link to a page on the web."""
    relation = document.part.relate_to(xml_text(address, ""), RELATION.HYPERLINK, is_external=True)
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
    about.title, about.subject, about.language = xml_text(title, ""), xml_text(subject, ""), language
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
    """Nothing; the document holds data of our own, where programs that edit it leave it alone."""
    name = PackURI("/customXml/item2.xml")
    part = Part(name, "application/xml", content, document.part.package)
    document.part.relate_to(part, RELATION.CUSTOM_XML)


def document_bytes(document: Any) -> bytes:
    """The document as its file holds it, its parts in order: the same bytes for the same content, whenever it is written."""
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts:
        names = sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zip_bytes({name: parts.read(name) for name in names})
