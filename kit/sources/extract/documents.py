"""What a capture, a file or a page says: each read as what it is, not as its name or a server calls it."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path

from kit.child import TooMuchWork, in_child
from kit.sources.capture.capture import READABLE, Capture
from kit.sources.capture.local_files import BadFile, recognised
from kit.sources.capture.mhtml import html_of_mhtml
from kit.sources.capture.office import RTF, office_type
from kit.sources.capture.web.content_encoding import BadCoding, TooLarge, decoded, megabytes
from kit.sources.extract.article import extract_html
from kit.sources.extract.office.rows import SEPARATED, TABULAR, extract_separated, extract_sheets
from kit.sources.extract.office.written import WRITTEN, extract_written
from kit.sources.extract.pdf import extract_pdf
from kit.sources.extract.reading.html_tree import MAX_CHARACTERS, Unreadable, decode
from kit.sources.extract.reading.page import Found, Page, TextRange, Warn
from kit.text.printable import xml_text

_HTML = ("text/html", "application/xhtml+xml")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE)
_TAG = re.compile(rb"<(?:!--|!doctype|/?[a-z][a-z0-9]*[ >/])", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes
_PACKED = ("application/warc", "application/wacz")
_PDF = "application/pdf"
#: Text in the form of a program, read as the text that it is.
_PLAIN = (
    "application/json",
    "application/ld+json",
    "application/x-ndjson",
    "application/x-yaml",
    "application/toml",
)
_GZIP, _RTF, _OLE_BYTES, _OLE = b"\x1f\x8b\x08", b"{\\rtf", b"\xd0\xcf\x11\xe0", "application/x-ole-storage"


def extract(what: str | bytes | Path | Capture, url: str = "", *, charset: str = "") -> Page:
    """What ``what`` says, as a `Page`: HTML as text or bytes, the bytes of a PDF, the path of a file, or a capture.

    ``url`` is the address it came from, where it does not know that itself; nothing is fetched. What is no page
    (a picture, a table) or cannot be read within bounds raises `Unreadable`, a file that is not there `BadFile`.
    A field that is not stated is empty: nothing is guessed.

    >>> extract("<title>Ship seized</title><h1>Ship seized</h1>").title.value
    'Ship seized'
    """
    if isinstance(what, Capture):
        data, kind = what.page()
        claimed = "utf-8" if what.how == "pasted" else what.charset()
        return read_page(
            data, kind, url or what.final_url or what.url, claimed, place=what.warc, asked=what.url
        )
    if isinstance(what, Path):
        return _of_file(what, url, charset)
    return extract_html(what, url) if isinstance(what, str) else read_page(what, "text/html", url, charset)


def read_page(
    data: bytes, kind: str, url: str = "", charset: str = "", *, place: str = "", asked: str = ""
) -> Page:
    """What bytes of the media type ``kind`` say; ``place`` names them in an error (`Unreadable`).

    ``url`` is the address that answered, ``asked`` the one that was asked for.
    It is read in a child process with limits of memory and time: the libraries that read a PDF can be made to take all
    there is. Bytes that are plainly a PDF or HTML are read as that, whatever ``kind`` says, unless it says plain text:
    there a tag is a part of the text.

    >>> read_page(b"Fifty <b>boxes</b>.", "text/plain").visible
    'Fifty <b>boxes</b>.'
    """
    place = place or url or "the file"
    if kind in _HTML and data.startswith(_GZIP):  # packed once more than the server said
        with suppress(BadCoding):
            data = b"".join(decoded([data], "gzip", limit=READABLE, place=place))
    kind = _by_bytes(data, kind)
    if kind in _PLAIN or (kind.startswith("text/") and kind not in (*_HTML, *SEPARATED, *WRITTEN)):
        return _plain(data, url, charset)
    if kind not in (_PDF, *_HTML, *SEPARATED, *TABULAR, *WRITTEN):
        raise Unreadable(place, *_unread(kind))
    try:
        return in_child(_read, data, kind, url, charset, asked, place, place=place)
    except TooMuchWork as error:
        raise Unreadable(error.place, error.value, error.remedy) from error


def _by_bytes(data: bytes, kind: str) -> str:
    """What the bytes plainly are, or else ``kind``."""
    if kind == "unknown" and b"\0" not in data[:_LOOKED_AT] and not data.startswith((b"%PDF-", _RTF)):
        # No server said what it is, so it is told as browsers tell it: by a tag among its first bytes.
        kind = "text/html" if _TAG.search(data[:_LOOKED_AT]) else "text/plain"
    if kind.startswith("text/") and kind not in _HTML and not data.startswith(_RTF):
        return kind
    if b"%PDF-" in data[:1024]:
        return _PDF
    if kind in _HTML or _MARKUP.match(data):
        return _HTML[0]
    if data.startswith(b"PK\x03\x04"):
        with suppress(zipfile.BadZipFile, ValueError), zipfile.ZipFile(io.BytesIO(data)) as archive:
            return office_type(archive) or kind
    return RTF if data.startswith(_RTF) else _OLE if data.startswith(_OLE_BYTES) else kind


def _unread(kind: str) -> tuple[str, str]:
    """Why a file of that kind is not read, and what to do."""
    if kind == _OLE or kind in ("application/msword", "application/vnd.ms-excel"):
        old = "a file of Word or Excel before 2007, or one with a password, is not read"
        return (
            old,
            "open it, save it as .docx or .xlsx without a password, and keep that under the same --source",
        )
    if kind.startswith("image/"):
        return (
            f"a picture (of type {kind}) has no text",
            "keep what you read in it as text too: kit keep - --source ID",
        )
    return f"a file of type {kind} is no page of text", "keep it, and read it by eye"


def _read(data: bytes, kind: str, url: str, charset: str, asked: str, place: str) -> Page:
    if kind == _PDF:
        return extract_pdf(data, url)
    if kind in SEPARATED:
        return extract_separated(data, kind, url, charset)
    if kind in TABULAR:
        return extract_sheets(data, kind, url, place)
    if kind in WRITTEN:
        return extract_written(data, kind, url, place)
    return extract_html(data, url, charset=charset, asked=asked)


def _of_file(path: Path, url: str, charset: str) -> Page:
    if not path.is_file():
        raise BadFile(path.name, "no such file", "check the name and the folder")
    if path.stat().st_size > READABLE:
        raise TooLarge(path.name, f"more than {megabytes(READABLE)}", "keep it; it is too large to read")
    kind, data = recognised(path), path.read_bytes()
    if kind in _PACKED:
        raise BadFile(path.name, "holds pages, and is none itself", "keep it first, then read the capture")
    if kind == "multipart/related":
        data, kind = html_of_mhtml(data, path.name), "text/html"
    return read_page(data, kind, url, charset, place=path.name)


def _plain(data: bytes, url: str, charset: str) -> Page:
    text, encoding = decode(data[: 4 * MAX_CHARACTERS], charset)
    text = xml_text(text.replace("\r\n", "\n").replace("\r", "\n"), "")
    cut = len(data) > 4 * MAX_CHARACTERS or len(text) > MAX_CHARACTERS
    text = text[:MAX_CHARACTERS]
    ranges = [TextRange(match.start(), match.end()) for match in re.finditer(r"[^\s][^\n]*", text)]
    return Page(
        url=url, media_type="text/plain", visible=text, lines=tuple(ranges), charset=encoding,
        text=Found(text.strip(), "the text as it came") if ranges else Found(),
        warnings=(Warn("cut", f"only the first {len(text):,} characters were read"),) if cut else (),
    )  # fmt: skip
