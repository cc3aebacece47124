"""What the bytes of a published file say, in whatever format, with all that is packed inside it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from kit.reporting.leak_scan.markup import APART, Fragment, Packed, Scanned, read_text_file, readings, within
from kit.reporting.leak_scan.media import read_jpeg, read_pdf, read_png
from kit.text.xml import BadXml, parse_xml

_LARGEST = 200_000_000
#: A file in a file in a file may go on so far.
_DEEPEST = 8
_FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00")


def fragments(name: str, content: bytes, depth: int = 0) -> Iterator[Fragment]:
    """All that ``content``, a file of that name, says, with what is packed inside it.

    What cannot be read, or is packed too deep, gives a fragment that says so, since nobody can vouch for it.

    >>> [found.text for found in fragments("a.md", b"Jane &amp; John")]
    ['Jane &amp; John', 'Jane & John']
    """
    if depth > _DEEPEST:
        yield Fragment(name, "", "unreadable")
        return
    for found in _read(name, content):
        if isinstance(found, Packed):
            inner = fragments(found.name, found.content, depth + 1)
            yield from (one for one in within(found.place, inner) if isinstance(one, Fragment))
        else:
            yield found


def _read(name: str, content: bytes) -> Iterator[Scanned]:
    if not content or content.startswith(_FONTS):
        return
    if content.startswith(b"WARC/"):
        yield Fragment(name, "", "capture")
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
        yield from read_text_file(name, content)


def _zip(content: bytes) -> Iterator[Scanned]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [packed.comment.decode("latin-1"), *packed.namelist()]
            yield from readings(APART.join(names), "names of parts")
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                yield Fragment("", "", "unreadable")
                return
            for member in packed.namelist():
                if not member.endswith("/"):
                    part = packed.read(member)
                    yield Packed(member, member, part)
                    if member.startswith("docProps/") and member.endswith(".xml"):
                        yield from _properties(member, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        yield Fragment("", "", "unreadable")


def _properties(member: str, part: bytes) -> Iterator[Fragment]:
    try:
        properties = parse_xml(part, member)
    except BadXml:
        yield Fragment(member, "", "unreadable")
        return
    for node in properties.iter("*"):
        if (value := (node.text or "").strip()) and not len(node):
            name = node.getparent().get("name") if member.endswith("custom.xml") else None
            yield Fragment(member, value, "property", name or node.tag.rpartition("}")[2])


def _gzip(name: str, content: bytes) -> Iterator[Scanned]:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(_LARGEST)
    except (OSError, EOFError, zlib.error):
        yield Fragment("", "", "unreadable")
        return
    yield Packed("", name.removesuffix(".gz"), unpacked)
