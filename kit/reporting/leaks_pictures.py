"""What a picture says beside its pixels: the notes that cameras and drawing programs leave in PNG and JPEG files."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from kit.reporting.leaks_read import APART, Piece

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
