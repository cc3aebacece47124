"""What texts, web pages, data and XML files say: their words, and what stands in their comments, attributes and scripts."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from kit.text.xml import BadXml, parse_xml

#: Stands between texts that do not belong together, so that no term is found across them.
APART = "\n|0|\n"
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"'\s)<>\\]*)")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<x:xmpmeta", b"<?xpacket")
#: What stands within a line of text, in a web page, a drawing, a sheet.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "r",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "t",
        "time",
        "tspan",
        "textPath",
        "tt",
        "u",
        "var",
        "wbr",
        "rPr",
        "rPh",
    ]
)
#: Cells of a row belong together: one may have a first name, and the next the last.
_CELLS = frozenset(("td", "th", "c", "v", "is", "si"))
#: Word's own elements, but for these, stand within a line.
_WORD_BLOCKS = frozenset(["p", "tc", "tr", "tbl", "comment", "tab", "br", "cr", "body", "sdt", "txbxContent"])
_DRAWN = frozenset(("d", "points", "transform"))
_EDITS = {
    "ins": "a tracked insertion",
    "del": "a tracked deletion",
    "moveFrom": "a tracked move",
    "moveTo": "a tracked move",
    "comment": "a comment",
}


@dataclass(frozen=True)
class Fragment:
    """Something that a file says: where in it, what, and how.

    ``kind`` is ``text``; ``joined`` for text without its line ends; ``property``, of ``name``, which no reader of the
    file sees, or ``picture`` for one of a picture; ``trace`` of how it was edited; ``capture`` for an archived page; or
    ``unreadable``.
    """

    place: str
    text: str
    kind: str = "text"
    name: str = ""


@dataclass(frozen=True)
class Packed:
    """A file within a file: where, what it is called, and its bytes, which still have to be read."""

    place: str
    name: str
    content: bytes


#: What the reader of a format gives.
Scanned = Fragment | Packed


def within(place: str, found: Iterable[Scanned]) -> Iterator[Scanned]:
    """What was found, as found in ``place``."""
    for one in found:
        yield replace(one, place=", ".join(filter(None, (place, one.place))))


def read_text_file(name: str, content: bytes) -> Iterator[Scanned]:
    """All that a file of text, of whatever format, says; bytes that are no text are unreadable.

    >>> [found.text for found in read_text_file("a.md", b"Jane &amp; John")]
    ['Jane &amp; John', 'Jane & John']
    """
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or "\x00" in text:
        yield Fragment("", "", "unreadable")
        return
    kind = PurePosixPath(name).suffix.lower()
    head = content.lstrip()[:64].lower()
    if kind in (".json", ".ipynb"):
        yield from readings(text)
        yield from _json(text)
    elif kind in (".html", ".htm") or head.startswith(_MARKUP[:2]):
        yield from _html(text)
    elif kind in (".svg", ".xml", ".rels") or head.startswith(_MARKUP):
        yield from read_xml(content)
    else:
        yield from readings(text)
        if kind == ".md" and (plain := re.sub(r"__|[*`~\\]|<[^<>]*>", "", text)) != text:
            yield from readings(plain)


def readings(text: str, place: str = "") -> Iterator[Scanned]:
    """The text; the same with entities and percent signs read, where it has any; and the files packed into it."""
    yield Fragment(place, text)
    if "&" in text and (plain := html.unescape(text)) != text:
        yield Fragment(place, plain)
    if "%" in text and (plain := unquote(text)) != text:
        yield Fragment(place, plain)
    if "data:" in text:
        for number, match in enumerate(_DATA.finditer(text), start=1):
            media, options, packed = match.groups(default="")
            where = f"{place}, data: address {number}".removeprefix(", ")
            yield Packed(where, f"data.{media.rpartition('/')[2]}", _unpacked(packed, options))


def _unpacked(packed: str, options: str) -> bytes:
    if not options.endswith(";base64"):
        return unquote_to_bytes(packed)
    try:
        return base64.b64decode(unquote(packed))
    except binascii.Error:
        return b"\x00"  # read as what cannot be read


def _json(text: str) -> Iterator[Scanned]:
    try:
        tree = json.loads(text)
    except ValueError:
        return
    yield from readings(APART.join(_strings(tree)), "JSON")


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        # A notebook keeps a text as a list of its lines.
        lines = bool(node) and all(isinstance(item, str) for item in node)
        yield from ["".join(node)] if lines and any("\n" in item for item in node) else []
        for item in node:
            yield from _strings(item)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield name
            yield from _strings(value)


def _html(text: str) -> Iterator[Scanned]:
    """What a web page says: its text with inline markup read through, its attributes, scripts, styles and comments."""
    tree = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True, encoding=None))
    for node in list(tree.iter("script", "style")):
        content = node.text or ""
        if "json" in node.get("type", ""):
            yield from within(f"script {node.get('id') or 'of data'}", _json(content))
        yield from readings(content, node.tag)
        node.text = ""
    yield from _nodes(tree)


def read_xml(content: bytes) -> Iterator[Scanned]:
    """What an XML file says; the parts of a Word file, a sheet and a drawing are such files."""
    try:
        tree = parse_xml(content, "", huge=True)
    except BadXml:
        yield from readings(content.decode("utf-8", "replace"))
        return
    for node in tree.xpath("/comment()|//comment()"):
        yield Fragment("comment", node.text or "", "trace", "a comment")
    yield from _nodes(tree)


def _nodes(tree: Any) -> Iterator[Scanned]:
    flow: list[str] = []
    attributes: dict[str, list[str]] = {}
    edits = set()
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield from readings(node.text or "", "comment")
            flow.append(node.tail or "")
            continue
        local = str(node.tag).rpartition("}")[2]
        if event == "end":
            flow.append(_break(node, local))
            flow.append(node.tail or "" if node is not tree else "")
            continue
        flow += [_break(node, local), node.text or ""]
        if "wordprocessingml" in str(node.tag) and local in _EDITS:
            edits.add(_EDITS[local])
        if local == "metadata" and len(node):
            yield Fragment("metadata", " ".join(node.itertext()), "picture", "metadata")
        for name, value in node.attrib.items():
            if name not in _DRAWN:
                attributes.setdefault(str(name).rpartition("}")[2], []).append(value)
            if "inkscape" in str(name) or "sodipodi" in str(name):
                yield Fragment(
                    f"attribute {str(name).rpartition('}')[2]}", value, "picture", "drawing program"
                )
    yield from (Fragment("", what, "trace", what) for what in sorted(edits))
    yield from readings("".join(flow))
    for name, values in attributes.items():
        if name == "author":
            for value in sorted(set(values)):
                yield Fragment("attribute author", value, "property", "author")
        yield from readings(APART.join(dict.fromkeys(values)), f"attribute {name}")


def _break(node: Any, local: str) -> str:
    """What parts an element's text from what stands around it."""
    if "wordprocessingml" in str(node.tag) or "/math" in str(node.tag):
        return "\n\n" if local in _WORD_BLOCKS else ""
    if local in _INLINE:
        return ""
    return "\n" if local in _CELLS else "\n\n"
