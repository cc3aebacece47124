"""What a PDF file says: the text of its pages, its properties, alternative texts, links, and the files inside it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from kit.reporting.leaks_pictures import read_jpeg
from kit.reporting.leaks_read import APART, Piece, inside, pieces, read_xml, said

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
