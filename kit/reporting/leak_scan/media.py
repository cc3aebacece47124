"""What a PDF file says: the text of its pages, its properties, alternative texts, links, and the files inside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from kit.reporting.leak_scan.readers import APART, Piece, inside, pieces, read_xml, said

_SIZE = 8
_PLAIN = {b"eXIf": "EXIF", b"tIME": "time"}


def read_png(content: bytes) -> Iterator[Piece]:
    """The text, EXIF and times in a PNG file, and whatever stands behind its end.

    >>> import struct
    >>> def chunk(kind, body): return struct.pack(">I", len(body)) + kind + body + b"crc_"
    >>> picture = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"tEXt", b"Author\\0Jane") + chunk(b"IEND", b"")
    >>> [(piece.name, piece.text) for piece in read_png(picture)]
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
        elif kind in _PLAIN:
            yield Piece("", _letters(body), "picture", _PLAIN[kind])
    if content[at:].strip(b"\x00"):
        yield Piece("behind the picture's end", "", "unreadable")


def _worded(kind: bytes, body: bytes) -> Piece:
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
    return Piece("", rest.decode("utf-8", "replace"), "picture", name.decode("latin-1"))


def _letters(body: bytes) -> str:
    """What can be read in a block whose layout and encoding only its program knows: in each way that there is."""
    body = body.partition(b"\x00")[2] if body.startswith((b"Exif\x00", b"http://ns.adobe")) else body
    wide = [body[at:].decode(f"utf-16-{order}", "ignore") for at in (0, 1) for order in ("le", "be")]
    return APART.join([body.decode("utf-8", "replace"), body.replace(b"\x00", b"").decode("latin-1"), *wide])


def read_jpeg(content: bytes) -> Iterator[Piece]:
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
            yield Piece("", _letters(body), "picture", name)
        at += 2 + size
    end = content.rfind(b"\xff\xd9")
    if end >= 0 and content[end + 2 :].strip(b"\x00"):
        yield Piece("behind the picture's end", "", "unreadable")


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_STRING = re.compile(rb"(%s)|<([0-9A-Fa-f\s]{4,})>" % _LITERAL, re.DOTALL)
_SPOKEN = re.compile(rb"/(?:ActualText|Alt|E|T|Contents)\s*(?:%s|<[0-9A-Fa-f\s]{4,}>)" % _LITERAL, re.DOTALL)
_ESCAPED = re.compile(rb"\\(?:([nrtbf()\\])|([0-7]{1,3})|\r?\n)")
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LARGEST = 100_000_000
# PDFium puts these where a word is broken at a line's end.
_BROKEN = re.compile("-?[\x02\ufffe]\\s*")


def read_pdf(content: bytes) -> Iterator[Piece]:
    """All that a PDF file says; one that cannot be opened gives a piece that says so."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        yield Piece("", "", "unreadable")
        return
    try:
        for name, value in document.get_metadata_dict(skip_empty=True).items():
            yield Piece("document properties", value, "property", name)
        for number in range(len(document)):
            text = _BROKEN.sub("", document[number].get_textpage().get_text_bounded())
            yield from said(text, f"page {number + 1}")
            # A long key runs on in the next line without a sign that it does.
            yield Piece(f"page {number + 1}", re.sub(r"\r?\n", "", text), "joined")
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield from inside("attachment", pieces(attached.get_name(), bytes(attached.get_data())))
    finally:
        document.close()
    yield from _streams(content)


def _streams(content: bytes) -> Iterator[Piece]:
    """What stands in the file's own structure: strings of its objects, metadata, pictures taken over as they were."""
    yield from said(APART.join(_strings(_STREAM.sub(b"", content))), "structure")
    for match in _STREAM.finditer(content):
        stream = match[1]
        if stream.startswith(b"\xff\xd8\xff"):
            yield from inside("picture", read_jpeg(stream))
            continue
        before = content[max(0, match.start() - 400) : match.start()]
        if b"FlateDecode" in before.rpartition(b"endobj")[2]:
            try:
                stream = zlib.decompressobj().decompress(stream, _LARGEST)
            except zlib.error:
                continue
        if stream.lstrip().startswith((b"<?xpacket", b"<x:xmpmeta")):
            yield from inside("XMP", read_xml(stream))
        elif b"/ObjStm" in before.rpartition(b"endobj")[2]:
            yield from said(APART.join(_strings(stream)), "structure")
        elif spoken := b" ".join(_SPOKEN.findall(stream)):
            yield from said(APART.join(_strings(spoken)), "alternative text")


def _strings(content: bytes) -> Iterator[str]:
    for literal, digits in _STRING.findall(content):
        raw = _ESCAPED.sub(_character, literal[1:-1]) if literal else _hex(digits)
        if raw.startswith(b"\xfe\xff"):
            yield raw[2:].decode("utf-16-be", "replace")
        else:
            yield (
                raw.decode("utf-8-sig", "replace")
                if raw.startswith(b"\xef\xbb\xbf")
                else raw.decode("latin-1")
            )


def _character(match: re.Match[bytes]) -> bytes:
    if match[2]:
        return bytes([int(match[2], 8) & 255])
    return _CONTROLS.get(match[1], match[1] or b"")


def _hex(digits: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
