"""MHTML, the one-file form in which browsers save a page: which address, and the page inside it."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice
from pathlib import Path

from kit.errors import KitError
from kit.sources.capture.web.addresses import BadAddress, web_address

_HEAD = 64 * 1024
_PART_HEAD = 16 * 1024
_PARTS = 500  # looked at for the page, which is nearly always the first


class BadMhtml(KitError):
    """An MHTML file in which no page can be found."""


def saved_from(path: Path) -> str:
    """The address the browser says the page was saved from; empty when it says none that is a web address."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    try:
        return web_address(str(_headers(head)[0]["Snapshot-Content-Location"] or ""))
    except BadAddress:
        return ""


def html_of_mhtml(data: bytes, name: str) -> bytes:
    """The HTML of the page in an MHTML file; `BadMhtml` when there is none.

    The page is the part at the address the file was saved from, else the first HTML part.
    Parts are cut out, not parsed into a tree: nesting costs nothing.

    >>> html_of_mhtml(b'Content-Type: multipart/related; boundary="b"\\n\\n'
    ...         b'--b\\nContent-Type: text/html\\n\\n<p>news\\n--b--\\n', "x.mhtml")
    b'<p>news'
    """
    headers, _ = _headers(data[:_HEAD])
    boundary = headers.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise BadMhtml(name, "names no boundary between its parts", "save the page again")
    found: list[tuple[Message, bytes]] = []
    mark = boundary.encode("utf-8", "replace")
    for match in islice(re.finditer(rb"(?:^|\n)--" + re.escape(mark) + rb"[ \t]*\r?\n", data), _PARTS):
        part, start = _headers(data[match.end() : match.end() + _PART_HEAD])
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            end = data.find(b"\n--" + mark, match.end() + start)
            if end < 0:
                raise BadMhtml(name, "ends in the middle of the page", "save the page again")
            found.append((part, data[match.end() + start : end].removesuffix(b"\r")))
    if not found:
        raise BadMhtml(name, "holds no HTML page", "save the page again")
    wanted = headers["Snapshot-Content-Location"]
    part, body = next((item for item in found if item[0]["Content-Location"] == wanted), found[0])
    return _decoded(body, str(part["Content-Transfer-Encoding"] or "").strip().lower(), name)


def _headers(data: bytes) -> tuple[Message, int]:
    """The headers at the start of ``data`` and where what follows them begins."""
    blank = re.search(rb"\r?\n\r?\n", data)
    end = blank.end() if blank else len(data)
    return BytesHeaderParser().parsebytes(data[:end]), end


def _decoded(body: bytes, encoding: str, name: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return base64.b64decode(body)
        except binascii.Error as error:
            raise BadMhtml(name, f"broken base64 ({error})", "save the page again") from error
    return body
