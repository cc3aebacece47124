"""What the bytes of a published file say, in whatever format: its text, its properties, what is hidden in it."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

#: Stands between texts that do not belong together, so that no term is found across them.
APART = "\n|0|\n"
_LARGEST = 200_000_000
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"'\s)<>\\]*)")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<x:xmpmeta", b"<?xpacket")
_FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00")
_BLOCK_NAMES = (
    "address article aside blockquote body br button caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol option p pre section select summary table tbody td text tfoot th thead title tr ul "
    "si is c row cr tab comment lpstr sdt"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DRAWN = frozenset(("d", "points", "transform"))
_EDITS = {
    "ins": "a tracked insertion",
    "del": "a tracked deletion",
    "moveFrom": "a tracked move",
    "moveTo": "a tracked move",
    "comment": "a comment",
}


@dataclass(frozen=True)
class Piece:
    """Something that a file says: where in it, what, and how.

    ``kind`` is ``text``; ``joined`` for text without its line ends; ``property``, of ``name``, which no reader of the
    file sees, or ``picture`` for one of a picture; ``trace`` of how it was edited; ``capture`` for an archived page; or
    ``unreadable``.
    """

    place: str
    text: str
    kind: str = "text"
    name: str = ""


def pieces(name: str, content: bytes) -> Iterator[Piece]:
    """All that ``content``, a file of that name, says, with what is packed inside it.

    What cannot be read gives a piece that says so, since nobody can vouch for it.

    >>> [piece.text for piece in pieces("a.md", b"Jane &amp; John")]
    ['Jane &amp; John', 'Jane & John']
    """
    from kit.reporting.leak_scan.media import read_jpeg, read_pdf, read_png

    if not content or content.startswith(_FONTS):
        return
    if content.startswith(b"WARC/"):
        yield Piece(name, "", "capture")
    elif content.startswith(b"%PDF-"):
        yield from read_pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        yield from _zip(content)
    elif content.startswith(b"\x1f\x8b"):
        yield from _gzip(name, content)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from read_png(content)
    elif content.startswith(b"\xff\xd8\xff"):
        yield from read_jpeg(content)
    else:
        yield from _text(name, content)


def inside(place: str, found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, as found in ``place``."""
    for piece in found:
        where = f"{place}, {piece.place}" if piece.place else place
        yield Piece(where, piece.text, piece.kind, piece.name)


def _text(name: str, content: bytes) -> Iterator[Piece]:
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text or "\x00" in text:
        yield Piece("", "", "unreadable")
        return
    kind = PurePosixPath(name).suffix.lower()
    head = content.lstrip()[:64].lower()
    if kind in (".json", ".ipynb"):
        yield from said(text)
        yield from _json(text)
    elif kind in (".html", ".htm") or head.startswith(_MARKUP[:2]):
        yield from read_html(text)
    elif kind in (".svg", ".xml", ".rels") or head.startswith(_MARKUP):
        yield from read_xml(content)
    else:
        yield from said(text)
        if kind == ".md" and (plain := re.sub(r"__|[*`~\\]|<[^<>]*>", "", text)) != text:
            yield from said(plain)


def said(text: str, place: str = "") -> Iterator[Piece]:
    """The text; the same with entities and percent signs read, where it has any; and the files packed into it."""
    yield Piece(place, text)
    if "&" in text and (plain := html.unescape(text)) != text:
        yield Piece(place, plain)
    if "%" in text and (plain := unquote(text)) != text:
        yield Piece(place, plain)
    if "data:" in text:
        for number, match in enumerate(_DATA.finditer(text), start=1):
            media, options, packed = match.groups(default="")
            where = f"{place}, data: address {number}".removeprefix(", ")
            yield from inside(where, pieces(f"data.{media.rpartition('/')[2]}", _unpacked(packed, options)))


def _unpacked(packed: str, options: str) -> bytes:
    if not options.endswith(";base64"):
        return unquote_to_bytes(packed)
    try:
        return base64.b64decode(unquote(packed))
    except binascii.Error:
        return b"\x00"  # read as what cannot be read


def _json(text: str) -> Iterator[Piece]:
    try:
        tree = json.loads(text)
    except ValueError:
        return
    yield from said(APART.join(_strings(tree)), "JSON")


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


def read_html(text: str) -> Iterator[Piece]:
    """What a web page says: its text with inline markup read through, its attributes, scripts, styles and comments."""
    tree = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True, encoding=None))
    for node in list(tree.iter("script", "style")):
        content = node.text or ""
        if "json" in node.get("type", ""):
            yield from inside(f"script {node.get('id') or 'of data'}", _json(content))
        yield from said(content, node.tag)
        node.text = ""
    yield from _nodes(tree)


def read_xml(content: bytes) -> Iterator[Piece]:
    """What an XML file says; the parts of a Word file, a sheet and a drawing are such files."""
    try:
        tree = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError:
        yield from said(content.decode("utf-8", "replace"))
        return
    for node in tree.xpath("/comment()|//comment()"):
        yield Piece("comment", node.text or "", "trace", "a comment")
    yield from _nodes(tree)


def _nodes(tree: Any) -> Iterator[Piece]:
    flow: list[str] = []
    attributes: dict[str, list[str]] = {}
    edits = set()
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield from said(node.text or "", "comment")
            flow.append(node.tail or "")
            continue
        local = str(node.tag).rpartition("}")[2]
        if event == "end":
            flow.append("\n" if local in _BLOCKS else "")
            flow.append(node.tail or "" if node is not tree else "")
            continue
        flow += ["\n" if local in _BLOCKS else "", node.text or ""]
        if "wordprocessingml" in str(node.tag) and local in _EDITS:
            edits.add(_EDITS[local])
        if local == "metadata" and len(node):
            yield Piece("metadata", " ".join(node.itertext()), "picture", "metadata")
        for name, value in node.attrib.items():
            if name not in _DRAWN:
                attributes.setdefault(str(name).rpartition("}")[2], []).append(value)
            if "inkscape" in str(name) or "sodipodi" in str(name):
                yield Piece(f"attribute {str(name).rpartition('}')[2]}", value, "picture", "drawing program")
    yield from (Piece("", what, "trace", what) for what in sorted(edits))
    yield from said("".join(flow))
    for name, values in attributes.items():
        if name == "author":
            yield from (
                Piece("attribute author", value, "property", "author") for value in sorted(set(values))
            )
        yield from said(APART.join(dict.fromkeys(values)), f"attribute {name}")


def _zip(content: bytes) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from said(
                APART.join([packed.comment.decode("latin-1"), *packed.namelist()]), "names of parts"
            )
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                yield Piece("", "", "unreadable")
                return
            for member in packed.namelist():
                if not member.endswith("/"):
                    part = packed.read(member)
                    yield from inside(member, pieces(member, part))
                    if member.startswith("docProps/") and member.endswith(".xml"):
                        yield from _properties(member, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        yield Piece("", "", "unreadable")


def _properties(member: str, part: bytes) -> Iterator[Piece]:
    for node in etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True)).iter("*"):
        if (value := (node.text or "").strip()) and not len(node):
            name = node.getparent().get("name") if member.endswith("custom.xml") else None
            yield Piece(member, value, "property", name or node.tag.rpartition("}")[2])


def _gzip(name: str, content: bytes) -> Iterator[Piece]:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(_LARGEST)
    except (OSError, EOFError, zlib.error):
        yield Piece("", "", "unreadable")
        return
    yield from pieces(name.removesuffix(".gz"), unpacked)
