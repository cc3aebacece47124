"""Letters, memos and books as word processors save them, read by pandoc: paragraphs, tables, notes, and what was struck."""

from __future__ import annotations

import re
import zipfile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from kit.errors import KitError
from kit.sources.capture.office import DOCX, EPUB, ODT, RTF
from kit.sources.extract.office.parts import AGAIN, checked_parts
from kit.sources.extract.reading.html_tree import MAX_CHARACTERS, Unreadable, element_text, parse
from kit.sources.extract.reading.lines import BLOCK_END
from kit.sources.extract.reading.page import Found, Page, TextRange, Warn
from kit.sources.extract.reading.visible import seen
from kit.text.pandoc import PandocFailed, pandoc_bytes
from kit.text.xml import BadXml, parse_xml

#: What pandoc calls the formats that it reads here.
WRITTEN = {DOCX: "docx", ODT: "odt", RTF: "rtf", "text/rtf": "rtf", EPUB: "epub"}
#: Pandoc gives up beyond this much memory; it is a process of its own, which the limits of ours do not bind.
_BOUNDS = ("+RTS", "-M700m", "-RTS")
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")


def extract_written(data: bytes, kind: str, url: str, place: str) -> Page:
    """The text of a document as a `Page`: its paragraphs, lists and tables in order, notes, then the heads and feet of its pages.

    What a change that was tracked took out is ``deleted``, and remarks in the margin are ``comments``. The title and
    author are what the document says of itself, else its first heading. One that is damaged, or unpacks to too much, raises
    `Unreadable`.
    """
    about: dict[str, Any] = {}
    around: list[str] = []
    if WRITTEN[kind] != "rtf":
        with checked_parts(data, place) as parts:
            about, around = _about(parts), _around(parts)
    options = ("--track-changes", "all") if kind == DOCX else ()
    try:
        made = pandoc_bytes(data, WRITTEN[kind], "html", *options, *_BOUNDS).decode()
    except PandocFailed as error:
        raise Unreadable(place, f"cannot be read ({error.value[:200]})", AGAIN) from error
    cut = len(made) > MAX_CHARACTERS
    root = _marked(parse(made[:MAX_CHARACTERS] or "<p></p>", place), around)
    shown = seen(root)
    first = next((element_text(each) for each in root.iter("h1", "h2")), "")
    if first:
        about.setdefault("title", Found(first[:500], "its first heading"))
    spans = _lines(shown.text)
    return Page(
        url=url, media_type=kind, visible=shown.text, structure=shown.structure, unseen=shown.unseen, lines=tuple(spans),
        text=Found(shown.text.replace(BLOCK_END, "\n"), "the document's text") if spans else Found(),
        warnings=(Warn("cut", f"only the first {MAX_CHARACTERS:,} characters were read"),) if cut else (),
        **about,
    )  # fmt: skip


def _lines(text: str) -> list[TextRange]:
    return [TextRange(found.start(), found.end()) for found in re.finditer(r"[^\s](?:(?!\n\n)[\s\S])*", text)]


def _marked(root: HtmlElement, around: list[str]) -> HtmlElement:
    """The tree with tracked changes and remarks as pages mark them, and what stands around each page behind it."""
    for span in list(root.iter("span")):
        kinds = (span.get("class") or "").split()
        if "deletion" in kinds:
            span.tag = "del"
        elif "comment-start" in kinds:
            span.tag = "div"
            span.set("class", "comments")
    body = root.find("body")
    for words in around:
        foot = etree.SubElement(body, "footer")
        etree.SubElement(foot, "p").text = words
    return root


def _around(parts: zipfile.ZipFile) -> list[str]:
    """The words of the heads and feet of the pages, each once."""
    found = []
    for name in sorted(parts.namelist()):
        if _AROUND.fullmatch(name) and (root := _xml(parts, name)) is not None:
            found += [" ".join("".join(each.itertext("{*}t")).split()) for each in root.iter("{*}p")]
        elif name == "styles.xml" and (root := _xml(parts, name)) is not None:
            places = (*root.iter("{*}header"), *root.iter("{*}footer"))
            found += [
                " ".join("".join(each.itertext()).split()) for place in places for each in place.iter("{*}p")
            ]
    return list(dict.fromkeys(words for words in found if words))


def _about(parts: zipfile.ZipFile) -> dict[str, Any]:
    """What the document says of itself: title and author; when its file was made is no day of publication."""
    made = "the document's own metadata"
    found: dict[str, Any] = {}
    for name in ("docProps/core.xml", "meta.xml"):
        root = _xml(parts, name) if name in parts.namelist() else None
        for element in root.iter() if root is not None else ():
            words = " ".join((element.text or "").split())[:500] if isinstance(element.tag, str) else ""
            local = etree.QName(element).localname if words else ""
            if local == "title":
                found["title"] = Found(words, made)
            elif local in ("creator", "initial-creator"):
                found["authors"] = Found((words,), made)
    return found


def _xml(parts: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        return parse_xml(parts.read(name), name)
    except (BadXml, KitError):
        return None
