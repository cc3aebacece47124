"""A capture: one WARC file that holds what arrived, untouched, and says how and when it came."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from kit.errors import KitError
from kit.sources.capture.mhtml import html_of_mhtml
from kit.sources.capture.warc import BadWarc, WarcRecord, warc_date, warc_records
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.capture.web.content_encoding import decoded

CAPTURES = Path("data") / "captures"
READABLE = 100_000_000  # bytes of one page held in memory at a time
FACTS, NAME = "application/vnd.casebook.capture+json", "application/vnd.casebook.name+json"
HOW = ("fetched", "file", "pasted")
BACKUPS = "bring the file back from a backup of data/captures"
LONGEST_NAME = 255  # characters of a file's name
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}")


Bytes = bytes  # inside `Capture`, ``bytes`` is a number


class BadId(KitError):
    """A source id that is not lower-case letters, digits and hyphens."""


class NoCapture(KitError):
    """A capture that the ledger names and the captures folder does not hold."""


@dataclass(frozen=True)
class Capture:
    """One capture, as its row in the ledger has it; ``folder`` is where its WARC is."""

    id: str
    source: str
    url: str
    final_url: str
    captured_at: datetime
    how: str
    media_type: str
    status: str
    sha256: str
    bytes: int
    excerpt: str
    software: str
    warc: str
    note: str
    folder: Path = field(repr=False, compare=False, default=Path())

    @property
    def path(self) -> Path:
        """Where the WARC file is."""
        return self.folder / self.warc

    def row(self) -> dict[str, Any]:
        """The row of the ledger."""
        return {name: value for name, value in asdict(self).items() if name != "folder"}

    def content(self, limit: int = READABLE) -> Bytes:
        """The page's own bytes, their coding undone; where nothing changed, those of the earlier capture.

        A missing file raises `NoCapture`, an altered one, or another's, `BadWarc`, more than ``limit`` bytes `TooLarge`.
        """
        with self._main() as (main, _):
            coding = (main.http.get_header("content-encoding") or "") if main.http else ""
            return b"".join(decoded(self._checked(entity(main)), coding, limit=limit, place=self.warc))

    def _checked(self, pieces: Iterable[Bytes]) -> Iterator[Bytes]:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        if digest.hexdigest() != self.sha256:
            raise BadWarc(self.warc, "its bytes are not those the ledger was told of", BACKUPS)

    def recorded(self) -> tuple[str, str]:
        """Under which address and time the page stands in the WARC, for whoever replays it."""
        with self._open() as file:
            _, main = _opened(file, self.warc)
            return main.uri, main.header("WARC-Date")

    def reference(self) -> Reference:
        """The record that holds these bytes, as a later capture of the same bytes points to it."""
        with self._main() as (main, holder):
            get = main.http.get_header if main.http else lambda name: None
            asked = {"If-None-Match": get("etag"), "If-Modified-Since": get("last-modified")}
            conditions = {name: value for name, value in asked.items() if value and value.isascii()}
            return Reference(holder, main.record_id, main.uri, main.header("WARC-Date"), conditions)

    def page(self, limit: int = READABLE) -> tuple[Bytes, str]:
        """What there is to read and its media type: the content, or the page inside an MHTML file."""
        data = self.content(limit)
        if self.media_type == "multipart/related":
            return html_of_mhtml(data, self.warc), "text/html"
        return data, self.media_type

    def charset(self) -> str:
        """What the server called the page's encoding; '' where it called it nothing, or no server was asked."""
        with self._main() as (main, _):
            header = (main.http.get_header("content-type") or "") if main.http else ""
        named = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", header, re.IGNORECASE | re.ASCII)
        return named[1].lower() if named else ""

    def file_name(self) -> str:
        """The name of the file that it came as; '' where it did not come as one. It stays on the desk, with the file."""
        with self._open() as file:
            return str(_opened(file, self.warc)[0].get("file", ""))

    def _open(self) -> IO[Bytes]:
        if not self.path.is_file():
            raise NoCapture(
                self.warc, "is not in data/captures", "bring the file from the desk that captured it"
            )
        return self.path.open("rb")

    @contextmanager
    def _main(self) -> Iterator[tuple[WarcRecord, str]]:
        """The record that holds the bytes, and the id of its capture: this one or, unchanged, an earlier."""
        with self._open() as file:
            facts, main = _opened(file, self.warc)
            if main.kind != "revisit":
                yield main, self.id
                return
        earlier = replace(self, id=facts["same_as"], warc=f"{facts['same_as']}.warc.gz")
        with earlier._open() as file:
            _, main = _opened(file, earlier.warc)
            if main.kind == "revisit":
                raise BadWarc(self.warc, "points to a capture that holds no page either", BACKUPS)
            yield main, earlier.id

    def _repr_html_(self) -> str:
        """The capture as a small table; whatever came from outside is escaped."""
        rows = {
            "capture": self.id,
            "address": self.final_url or self.url or "none given",
            "captured": warc_date(self.captured_at),
            "came as": f"{self.how}, {self.media_type}, {self.bytes} bytes",
            "SHA-256": self.sha256,
            "note": self.note or "none",
        }
        cells = "".join(
            f"<tr><th>{html.escape(k)}</th><td>{html.escape(str(v))}</td></tr>" for k, v in rows.items()
        )
        return f"<table>{cells}</table>"


@dataclass(frozen=True)
class Reference:
    """Where a page's bytes were recorded, and what to ask the site with to learn whether they changed."""

    capture: str
    record: str
    uri: str
    date: str
    conditions: dict[str, str]


def checked_id(source: str) -> str:
    """``source`` when it is an id: lower-case letters, digits and hyphens, at most 120; else `BadId`.

    >>> checked_id("../../etc/passwd")
    Traceback (most recent call last):
        ...
    kit.sources.capture.capture.BadId: '../../etc/passwd': not an id; use lower-case letters, digits and hyphens
    """
    if not _ID.fullmatch(source):
        raise BadId(ascii(source[:80]), "not an id", "use lower-case letters, digits and hyphens")
    return source


def media_type(header: str) -> str:
    """The media type of a Content-Type header without its parameters; ``unknown`` when it is none.

    >>> media_type("Text/HTML; charset=utf-8"), media_type("=cmd|' /C calc'!A0")
    ('text/html', 'unknown')
    """
    named = header.partition(";")[0].strip().lower()
    return named if _MEDIA.fullmatch(named) else "unknown"


def capture_in(path: Path, *, named: bool = True) -> Capture:
    """The capture in the WARC at ``path``, every record read and the page's hash computed from its bytes.

    A file that was not made by `store`, lies under another name, or was altered since, raises `BadWarc`. One that is
    not ``named`` yet has no id and no source.
    """
    made: Capture | None = None
    name: dict[str, Any] = {}
    with path.open("rb") as file:
        for facts, record in _walked(file, path.name):
            if made is None and record.record_id == facts["main"]:
                made = _scanned(facts, record, path)
                name = {key: facts[key] for key in ("id", "source") if key in facts}
            elif record.kind == "metadata" and record.header("Content-Type") == NAME:
                name |= _name(
                    b"".join(record.pieces()), path.name
                )  # of several, brought in with a file, the last is ours
    if made is None:
        raise BadWarc(path.name, "the record of the page itself is missing", BACKUPS)
    if named and name.get("id") != path.name.removesuffix(".warc.gz"):
        raise BadWarc(
            path.name, "what it says about itself was not written by the kit under this name", BACKUPS
        )
    return replace(made, **name) if named else made


def _scanned(facts: dict[str, Any], main: WarcRecord, path: Path) -> Capture:
    status = (main.http.statusline.split(" ")[0] if main.http else "") if main.kind != "resource" else ""
    if main.kind == "revisit":
        sha256, size = main.header("WARC-Payload-Digest").removeprefix("sha256:"), int(facts["bytes"])
    else:
        digest, size = hashlib.sha256(), 0
        for piece in entity(main):
            digest.update(piece)
            size += len(piece)
        sha256 = digest.hexdigest()
    if facts["how"] != "file" and main.payload_doubt:
        raise BadWarc(path.name, "the page's bytes do not match the hash they were captured with", BACKUPS)
    return Capture(
        id="", source="", url=facts["url"],
        final_url=main.uri if main.uri.startswith(("http://", "https://")) else "",
        captured_at=datetime.fromisoformat(facts["captured_at"]), how=facts["how"],
        media_type=facts["media_type"], status=status if re.fullmatch("[0-9]{3}", status) else "",
        sha256=sha256, bytes=size, excerpt="yes" if facts["excerpt"] else "no",
        software=facts["software"], warc=path.name, note="; ".join(facts["notes"]), folder=path.parent,
    )  # fmt: skip


def entity(record: WarcRecord) -> Iterator[bytes]:
    """The payload of a record in pieces, its chunking undone where the file kept it as sent; `BadWarc` for bad chunks."""
    if not (record.http and (record.http.get_header("transfer-encoding") or "").lower() == "chunked"):
        yield from record.pieces()
        return
    line = record.stream.readline(100)
    if not re.match(rb"[0-9A-Fa-f]{1,15}\s*(;|\r?\n)", line):
        yield line  # the header stayed, the chunking did not
        yield from record.pieces()
        return
    while line.strip() and (left := int(line.partition(b";")[0], 16)):
        while left and (piece := record.stream.read(min(65536, left))):
            left -= len(piece)
            yield piece
        record.stream.readline(100)
        line = record.stream.readline(100)
        if not re.match(rb"[0-9A-Fa-f]{1,15}\s*(;|\r?\n|$)", line):
            raise BadWarc(record.place, "chunks that do not add up", "get the file again from where it came")
    for _ in record.pieces():  # the trailer
        pass


def _opened(file: IO[bytes], name: str) -> tuple[dict[str, Any], WarcRecord]:
    """What the file says about itself, and its main record, about to be read."""
    for facts, record in _walked(file, name):
        if record.record_id == facts["main"]:
            return facts, record
    raise BadWarc(name, "the record of the page itself is missing", BACKUPS)


def _walked(file: IO[bytes], name: str) -> Iterator[tuple[dict[str, Any], WarcRecord]]:
    """The records of a capture after the one in which it speaks about itself, with what that one says."""
    facts: dict[str, Any] = {}
    for record in warc_records(file, name):
        if facts:
            yield facts, record
        elif record.kind == "metadata" and record.header("Content-Type") == FACTS:
            facts = _checked(b"".join(record.pieces()), name)
    if not facts:
        raise BadWarc(
            name, "not a capture made with the kit", "keep the file with kit keep, from another folder"
        )


def _checked(block: bytes, name: str) -> dict[str, Any]:
    """The facts of a capture, each of the form `store` gives it: the file may come from anyone."""
    with _broken(name):
        facts = json.loads(block)
        url, notes = facts["url"], facts["notes"]
        right = (
            isinstance(url, str)
            and isinstance(notes, list)
            and facts["how"] in HOW
            and checked_id(facts.get("id", "none"))
            and checked_id(facts.get("source", "none"))
            and checked_id(facts.get("same_as", "none"))
            and (not url or web_address(url) == url)
            and facts["media_type"] in (media_type(facts["media_type"]), "unknown")
            and isinstance(facts["excerpt"], bool)
            and isinstance(facts.get("bytes", 0), int)
            and _is_name(facts.get("file", ""))
            and all(re.fullmatch(r"[a-zA-Z0-9][ -~]{0,500}", text) for text in (*notes, facts["software"]))
            and warc_date(datetime.fromisoformat(facts["captured_at"])) == facts["captured_at"]
            and isinstance(facts["main"], str)
        )
        if not right:
            raise ValueError("not as the kit writes it")
        return dict(facts)


def _is_name(given: object) -> bool:
    """Whether it is a file's name as `store` writes it, and no path."""
    is_text = isinstance(given, str) and len(given) <= LONGEST_NAME
    return is_text and not re.search(r"[/\x00-\x1f\x7f]", str(given))


def _name(block: bytes, name: str) -> dict[str, Any]:
    """The name that a capture was given when it had been read; earlier captures have it among their facts."""
    with _broken(name):
        given = json.loads(block)
        return {key: checked_id(given[key]) for key in ("id", "source")}


@contextmanager
def _broken(name: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, RecursionError, BadId, BadAddress) as error:
        wrong = f"what it says about itself is broken ({type(error).__name__})"
        raise BadWarc(name, wrong, BACKUPS) from error
