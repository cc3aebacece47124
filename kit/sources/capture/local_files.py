"""What is already on disk, or was copied from a screen: recognised, checked, and kept as what it is."""

from __future__ import annotations

import hashlib
import io
import json
import mimetypes
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, cast

from kit.errors import KitError
from kit.sources.capture.capture import media_type
from kit.sources.capture.foreign import ARC, ZSTANDARD, sound_copy
from kit.sources.capture.mhtml import saved_from
from kit.sources.capture.office import RTF, office_type
from kit.sources.capture.store import Arrival
from kit.sources.capture.warc import LARGEST, BadWarc, WarcRecord, Writer, new_record_id, warc_records
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.capture.web.content_encoding import TooLarge, megabytes

LONGEST_TEXT = 10_000_000  # characters of pasted text
_MOST = 100_000  # pages of one archive
_DIRECTORY = 5_000_000  # bytes of a zip's directory: about a hundred thousand entries
_ZSTANDARD = (ZSTANDARD, b"\x5d\x2a\x4d\x18")
_PAGES = ("text/html", "application/xhtml+xml", "multipart/related")
_SHOWN = 10  # addresses shown when a choice is needed


class BadFile(KitError):
    """A file that cannot be kept as it stands."""


def pasted(text: str, *, source: str, url: str, at: datetime, excerpt: bool) -> Arrival:
    """Text copied from a screen, as UTF-8; blank or endless text raises `BadFile`."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise BadFile(
            "the pasted text", "is blank" if not text.strip() else "is too long", "paste one page of text"
        )
    try:
        block = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadFile("the pasted text", "holds half a character", "copy it again") from error
    return _resource(lambda: io.BytesIO(block), "text/plain", "pasted", source, url, at, excerpt, ())


def from_file(path: Path, *, source: str, url: str, at: datetime, excerpt: bool) -> Arrival:
    """A file on disk: a saved page, MHTML, a PDF, a WARC or WACZ, or anything else, kept byte for byte.

    What it is comes from its bytes first and its name second. Of a WARC or WACZ all records are
    kept, and one is the page: that at ``url``, or the only or first one it lists. A missing,
    empty or too large file, and a WARC that leaves the choice open, raise `BadFile`.
    """
    if not path.is_file():
        raise BadFile(path.name, "no such file", "check the name and the folder")
    size = path.stat().st_size
    if not size or size > LARGEST:
        raise BadFile(
            path.name, "is empty" if not size else f"is larger than {megabytes(LARGEST)}", "check the file"
        )
    kind = recognised(path)
    if kind in ("application/warc", "application/wacz"):
        return _from_archive(path, kind, source, url, at)
    if kind == "multipart/related" and not url:
        url = saved_from(path)
    opened = _resource(lambda: path.open("rb"), kind, "file", source, url, at, excerpt, ())
    # A saved page has an address; the name that somebody saved it under is theirs.
    return opened if kind in _PAGES else replace(opened, file=path.name)


def recognised(path: Path) -> str:
    """The media type of the file at ``path``; ``application/octet-stream`` when nothing tells. An ARC file is a WARC too.

    A compressed file that is broken, and one that is called a web archive and is none, raise `BadFile`.
    """
    kind = _kind(path)
    if _ARCHIVE.search(path.name) and kind not in ("application/warc", "application/wacz"):
        wrong = "is broken, or is no web archive though it is called one"
        raise BadFile(path.name, wrong, "get the file again, or give it the name of what it is")
    return kind


_ARCHIVE = re.compile(r"\.(?:wacz|w?arc(?:\.gz|\.zst)?)$", re.IGNORECASE)


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZSTANDARD) and not re.search(r"\.w?arc\.zst$", path.name.lower()):
        return "application/zstd"
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
        except zlib.error as error:
            raise BadFile(path.name, f"broken compression ({error})", "get the file again") from error
        if not head.startswith(b"WARC/") and not ARC.match(head):
            return "application/gzip"
    if head.startswith((b"WARC/", *_ZSTANDARD)) or ARC.match(head):
        return "application/warc"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK"):
        with _zip(path) as archive:
            names = archive.namelist()
            document = office_type(archive)
        if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
            return "application/wacz"
        if document:
            return document
    if head.startswith(b"{\\rtf"):
        return RTF
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.search(rb"^content-type:\s*multipart/related", head, re.MULTILINE | re.IGNORECASE):
        return "multipart/related"
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return media_type(mimetypes.guess_type(path.name, strict=False)[0] or "application/octet-stream")


def sha256_of(file: IO[bytes]) -> str:
    """The SHA-256 of what is left of an open file.

    >>> sha256_of(io.BytesIO(b"news"))[:8]
    '19fba0e9'
    """
    digest = hashlib.sha256()
    while piece := file.read(65536):
        digest.update(piece)
    return digest.hexdigest()


def _resource(
    opened: Callable[[], IO[bytes]], kind: str, how: str, source: str, url: str, at: datetime, excerpt: bool,
    notes: tuple[str, ...],
) -> Arrival:  # fmt: skip
    main = new_record_id()

    def fill(writer: Writer) -> None:
        with opened() as block:
            sha256 = sha256_of(block)
            writer.add(
                "resource", block, at=at, content_type=kind, record_id=main, payload_sha256=sha256,
                uri=url or f"urn:sha256:{sha256}",
            )  # fmt: skip

    return Arrival(source, how, at, url, kind, main, fill, excerpt, notes)


@dataclass(frozen=True)
class _Page:
    uri: str
    record_id: str
    date: str
    status: str
    kind: str
    location: str
    digest: str = ""


@dataclass
class _Contents:
    """What an archive holds: its pages by the ids of their records, and addresses said to have the bytes of another record."""

    pages: dict[str, _Page] = field(default_factory=dict)
    revisits: list[WarcRecord] = field(default_factory=list)
    doubted: int = 0
    mended: list[str] = field(default_factory=list)


def _from_archive(path: Path, kind: str, source: str, url: str, at: datetime) -> Arrival:
    try:
        held = _contents(path, kind, mend=False)
        mend = False
    except BadWarc as wrong:
        try:
            held = _contents(path, kind, mend=True)
        except BadWarc:
            raise wrong from None
        mend = True
    listed = "" if url or kind != "application/wacz" else _first_page(path)
    main = _chosen(path.name, held, url or listed)
    with path.open("rb") as file:
        original = sha256_of(file)
    notes = [f"from a {kind.partition('/')[2].upper()} file with SHA-256 {original}"]
    if re.fullmatch(r"[0-9TZ:.-]{20,27}", main.date):
        notes.append(f"the file dates this page {main.date}")
    notes += held.mended
    if held.doubted:
        notes.append(f"{held.doubted} of its records do not match the payload hash they give")

    def fill(writer: Writer) -> None:
        for record in _records(path, kind, [] if mend else None, http=False):
            writer.copy(record)

    return Arrival(
        source, "file", at, url or web_address(main.uri), main.kind, main.record_id, fill, False, tuple(notes)
    )


def _contents(path: Path, kind: str, *, mend: bool) -> _Contents:
    held = _Contents()
    for record in _records(path, kind, held.mended if mend else None):
        page = _page(record)
        for _ in record.pieces():
            pass
        held.doubted += record.payload_doubt
        if page and page.record_id not in held.pages and len(held.pages) < _MOST:
            held.pages[page.record_id] = page
        elif record.kind == "revisit" and len(held.revisits) < _MOST:
            held.revisits.append(record)
    return held


def _page(record: WarcRecord) -> _Page | None:
    if record.kind not in ("response", "resource") or not record.record_id:
        return None
    if not record.uri.startswith(("http://", "https://")):
        return None
    header = record.http.get_header if record.http else lambda name: None
    kind = header("content-type") if record.http else record.header("Content-Type")
    status = record.http.statusline.split(" ")[0] if record.http else "200"
    return _Page(
        record.uri, record.record_id, record.header("WARC-Date"), status, media_type(kind or ""),
        header("location") or "", record.header("WARC-Payload-Digest"),
    )  # fmt: skip


def _chosen(name: str, held: _Contents, url: str) -> _Page:
    pages = list(held.pages.values())
    whole = [page for page in pages if page.status == "200"]
    documents = [
        page for page in whole if page.kind in ("text/html", "application/xhtml+xml", "application/pdf")
    ]
    if url:
        wanted = _key(url)
        for _ in range(10):
            found = [page for page in whole if _key(page.uri) == wanted]
            if found:
                return max(found, key=lambda page: page.date)
            moved = [page.location for page in pages if page.location and _key(page.uri) == wanted]
            if moved:
                wanted = _key(moved[0])
            elif same := _revisited(held, whole, wanted):
                return same
            else:
                break
    elif len({_key(page.uri) for page in documents}) == 1:
        return max(documents, key=lambda page: page.date)
    passed = "".join(f"; {said}" for said in held.mended)
    shown = ", ".join(sorted({_key(page.uri)[:200] for page in documents})[:_SHOWN]) or "none"
    wrong = f"holds no page at {url}" if url else f"holds {len(documents)} pages, and one must be the source"
    raise BadFile(name, wrong, f"say which with --url; it has: {shown}{passed}")


def _revisited(held: _Contents, whole: list[_Page], wanted: str) -> _Page | None:
    """The page whose bytes the file says stood at that address too, by their hash, or by the address and time it names."""
    for revisit in held.revisits:
        if _key(revisit.uri) != wanted:
            continue
        digest, uri, day = map(
            revisit.header, ("WARC-Payload-Digest", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
        )
        same = [page for page in whole if digest and page.digest == digest]
        same += [page for page in whole if uri and _key(page.uri) == _key(uri) and day in ("", page.date)]
        if same:
            return same[0]
    return None


def _key(url: str) -> str:
    try:
        return web_address(url)
    except BadAddress:
        return ascii(url)


def _records(
    path: Path, kind: str, mended: list[str] | None = None, *, http: bool = True
) -> Iterator[WarcRecord]:
    """Every record of every WARC in the file; `TooLarge` when they are too much together.

    With a list, each is read from a `sound_copy`, and what was mended is put into the list.
    """
    total = 0
    with ExitStack() as stack:
        if kind == "application/warc":
            sources: list[tuple[str, IO[bytes]]] = [(path.name, stack.enter_context(path.open("rb")))]
        else:
            archive = stack.enter_context(_zip(path))
            names = sorted(
                name for name in archive.namelist() if re.fullmatch(r"archive/[^/]+\.warc(\.gz|\.zst)?", name)
            )
            sources = [(f"{path.name}, {ascii(name)[1:-1]}", _member(archive, name, stack)) for name in names]
        for name, source in sources:
            if mended is not None:
                source, said = stack.enter_context(sound_copy(source, name))
                mended += said
            for record in warc_records(source, name, http=http):
                yield record
                total += int(record.header("Content-Length"))
                if total > LARGEST:
                    raise TooLarge(
                        path.name, f"more than {megabytes(LARGEST)} when unpacked", "keep single pages of it"
                    )


def _member(archive: zipfile.ZipFile, name: str, stack: ExitStack) -> IO[bytes]:
    """The file of that name in the zip, unpacked: its hash is looked at only when all of it was read."""
    shown = f"{Path(archive.filename or '').name}, {ascii(name)[1:-1]}"
    held = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115  # the stack closes it
    out = cast(IO[bytes], stack.enter_context(held))
    try:
        with archive.open(name) as file:
            while piece := file.read(1_000_000):
                out.write(piece)
                if out.tell() > LARGEST:
                    raise TooLarge(shown, f"more than {megabytes(LARGEST)}", "keep single pages of it")
    except (RuntimeError, NotImplementedError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise BadFile(shown, f"is broken ({error})", "get the file again") from error
    out.seek(0)
    return out


def _zip(path: Path) -> zipfile.ZipFile:
    """The zip at ``path``, unless its directory is outsized or an entry would leave the folder."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 65_557), io.SEEK_END)
        tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or int.from_bytes(tail[found + 12 : found + 16], "little") > _DIRECTORY:
        raise BadFile(path.name, "is broken: a zip without a usable directory", "get the file again")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadFile(path.name, f"is broken ({error})", "get the file again") from error
    for name in archive.namelist():
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.match("[A-Za-z]:", name):
            archive.close()
            raise BadFile(
                path.name, f"an entry that would leave its folder: {name[:80]!a}", "do not unpack it"
            )
    return archive


def _first_page(path: Path) -> str:
    """The first page a WACZ lists, or an empty text when it lists none that can be read."""
    with _zip(path) as archive, ExitStack() as stack:
        if "pages/pages.jsonl" not in archive.namelist():
            return ""
        try:
            lines = _member(archive, "pages/pages.jsonl", stack).read(5_000_000).splitlines()
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadFile(
                path.name, f"its list of pages is broken ({error})", "get the file again"
            ) from error
    for line in lines:
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            return str(page["url"])
    return ""
