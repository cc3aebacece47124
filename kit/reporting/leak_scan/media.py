"""What PDF files and pictures say: their text, their properties, what is hidden in their structure, the files in them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream, StreamDecodeLevel, String

from kit.reporting.leak_scan.markup import APART, Fragment, Packed, Scanned, read_xml, readings, within

# PDFium puts these where a word is broken at a line's end.
_BROKEN = re.compile("-?[\x02\ufffe]\\s*")


def read_pdf(content: bytes) -> Iterator[Scanned]:
    """All that a PDF file says; one that cannot be opened gives a fragment that says so."""
    import pypdfium2

    try:
        shown, opened = pypdfium2.PdfDocument(content), pikepdf.open(io.BytesIO(content))
    except (pypdfium2.PdfiumError, pikepdf.PdfError):
        yield Fragment("", "", "unreadable")
        return
    with closing(shown), opened as file:
        for name, value in file.docinfo.items():
            yield Fragment("document properties", str(value), "property", name.removeprefix("/"))
        for number, page in enumerate(shown, start=1):
            text = _BROKEN.sub("", page.get_textpage().get_text_bounded())
            yield from readings(text, f"page {number}")
            # A long key runs on in the next line without a sign that it does.
            yield Fragment(f"page {number}", re.sub(r"\r?\n", "", text), "joined")
        strings: list[str] = []
        for item in file.objects:
            for part in _parts(item):
                if isinstance(part, String):
                    strings.append(str(part))
                elif isinstance(part, Dictionary) and "/EF" in part:
                    yield from _attached(part)
            if isinstance(item, Stream):
                yield from _stream(item)
        for page in file.pages:
            strings += _spoken(page)
        yield from readings(APART.join(strings), "structure")


def _parts(item: Any) -> Iterator[Any]:
    """An object and all that it holds; what it refers to is an object of its own."""
    yield item
    if isinstance(item, (Array, Dictionary, Stream)):
        for value in item if isinstance(item, Array) else dict(item).values():
            if not getattr(value, "is_indirect", False):
                yield from _parts(value)


def _attached(named: Any) -> Iterator[Packed]:
    """The file that a file specification holds; it may hang on a page's margin and stand in no list of files."""
    name = next((str(named[key]) for key in ("/UF", "/F") if isinstance(named.get(key), String)), "")
    streams = {stream.objgen: stream for stream in dict(named["/EF"]).values()}
    yield from (Packed("attachment", name, _decoded(stream)) for stream in streams.values())


def _stream(stream: Stream) -> Iterator[Scanned]:
    """Metadata, and photographs taken over as they were."""
    if stream.get("/Type") == "/Metadata":
        yield from within("XMP", read_xml(_decoded(stream)))
    elif stream.get("/Subtype") == "/Image" and "DCTDecode" in str(stream.get("/Filter")):
        yield Packed("picture", "picture.jpg", _decoded(stream))
    elif stream.get("/Subtype") == "/Form":
        yield from readings(APART.join(_spoken(stream)), "alternative text")


def _decoded(stream: Stream) -> bytes:
    try:
        return stream.read_bytes(StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        return b"\x00"  # read as what cannot be read


def _spoken(drawn: Any) -> Iterator[str]:
    """What a page or a part of one says instead of the letters it draws."""
    try:
        instructions = pikepdf.parse_content_stream(drawn, "BDC DP")
    except pikepdf.PdfError:
        return
    for instruction in instructions:
        for operand in instruction.operands:
            yield from (str(part) for part in _parts(operand) if isinstance(part, String))


_SIZE = 8
_BLOCKS = {b"eXIf": "EXIF", b"tIME": "time"}


def read_png(content: bytes) -> Iterator[Scanned]:
    """The text, EXIF and times in a PNG file, and whatever stands behind its end.

    >>> import struct
    >>> def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + b"crc_"
    >>> picture = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"tEXt", b"Author\\0Jane") + chunk(b"IEND", b"")
    >>> [(found.name, found.text) for found in read_png(picture)]
    [('Author', 'Jane')]
    """
    at = _SIZE
    while at + _SIZE <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            break
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield _worded(kind, body)
        elif kind in _BLOCKS:
            yield Fragment("", _letters(body), "picture", _BLOCKS[kind])
    if content[at:].strip(b"\x00"):
        yield Fragment("behind the picture's end", "", "unreadable")


def _worded(kind: bytes, body: bytes) -> Fragment:
    name, _, rest = body.partition(b"\x00")
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)[-1]
    else:
        packed, rest = kind == b"zTXt", rest[1:] if kind == b"zTXt" else rest
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, 1_000_000)
        except zlib.error:
            rest = b""
    return Fragment("", rest.decode("utf-8", "replace"), "picture", name.decode("latin-1"))


def _letters(body: bytes) -> str:
    """What can be read in a block whose layout and encoding only its program knows: in each way that there is."""
    body = body.partition(b"\x00")[2] if body.startswith((b"Exif\x00", b"http://ns.adobe")) else body
    wide = [body[at:].decode(f"utf-16-{order}", "ignore") for at in (0, 1) for order in ("le", "be")]
    return APART.join([body.decode("utf-8", "replace"), body.replace(b"\x00", b"").decode("latin-1"), *wide])


def read_jpeg(content: bytes) -> Iterator[Scanned]:
    """The EXIF, XMP, IPTC and comment of a JPEG file, and whatever stands behind its end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        body = content[at + 4 : at + 2 + size]
        if marker == 0xDA:
            break
        name = {0xE1: "XMP" if b"adobe.com/xap" in body else "EXIF", 0xED: "IPTC", 0xFE: "comment"}.get(
            marker
        )
        if name:
            yield Fragment("", _letters(body), "picture", name)
        at += 2 + size
    end = content.rfind(b"\xff\xd9")
    if end >= 0 and content[end + 2 :].strip(b"\x00"):
        yield Fragment("behind the picture's end", "", "unreadable")
