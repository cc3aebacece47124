"""WARC records, written with SHA-256 and read within bounds, whoever wrote the file."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tempfile
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, cast

from warcio.digestverifyingreader import DigestChecker, DigestVerifyingReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from kit.errors import KitError
from kit.sources.capture.web.content_encoding import TooLarge, megabytes

LARGEST = 1_000_000_000  # bytes of one WARC after decompression
HEADERS = 256 * 1024  # bytes of one record's headers, the HTTP ones included
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_AGAIN = "get the file again from where it came"


class BadWarc(KitError):
    """A WARC that cannot be read, or whose bytes are not what it says they are."""


def warc_date(at: datetime) -> str:
    """A time as WARC writes it, in UTC, to the second.

    >>> warc_date(datetime(2025, 8, 1, 12, 30, tzinfo=UTC))
    '2025-08-01T12:30:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_record_id() -> str:
    """An id for a record that is about to be written."""
    return f"<urn:uuid:{uuid.uuid4()}>"


class Writer:
    """Records written to an open file, each in a gzip member of its own, as WARC 1.1."""

    def __init__(self, out: IO[bytes]) -> None:
        self._writer = _Sha256Writer(out, gzip=True, warc_version="1.1")

    def add(
        self,
        kind: str,
        block: IO[bytes],
        *,
        at: datetime,
        content_type: str,
        uri: str = "",
        record_id: str = "",
        payload_sha256: str = "",
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Nothing; one record is written whose block is the whole of ``block``.

        A header value with a control character in it raises `BadWarc`: a line break would start a
        header of its own.
        """
        headers = {
            "WARC-Type": kind,
            "WARC-Record-ID": record_id or new_record_id(),
            "WARC-Date": warc_date(at),
        }
        headers |= {"WARC-Target-URI": uri} if uri else {}
        headers |= {"WARC-Payload-Digest": f"sha256:{payload_sha256}"} if payload_sha256 else {}
        headers |= {"Content-Type": content_type, **(more or {})}
        for name, value in headers.items():
            if re.search(r"[\x00-\x1f\x7f]", value):
                raise BadWarc(name, f"a control character in {value[:60]!a}", "take it out")
        self._write(StatusAndHeaders("", list(headers.items()), protocol="WARC/1.1"), block)

    def copy(self, record: WarcRecord) -> None:
        """Nothing; a record of another WARC is written again, its headers and its block as they are."""
        with tempfile.SpooledTemporaryFile(max_size=1_000_000) as block:
            for piece in record.pieces():
                block.write(piece)
            fields = record.headers
            self._write(StatusAndHeaders("", list(fields.headers), protocol=fields.protocol), block)

    def _write(self, fields: StatusAndHeaders, block: IO[bytes]) -> None:
        size = block.seek(0, io.SEEK_END)
        block.seek(0)
        # "block", whatever the record is: told that one is a revisit, warcio would leave its block out.
        self._writer.write_record(ArcWarcRecord("warc", "block", fields, block, None, None, size))


class _Sha256:
    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self._hash.update(data)

    def __str__(self) -> str:
        return f"sha256:{self._hash.hexdigest()}"


class _Sha256Writer(WARCWriter):
    # Payload digests are given by whoever knows where the payload begins, never made up from the block.
    NO_PAYLOAD_DIGEST_TYPES = ("block",)

    @staticmethod
    def _create_digester() -> _Sha256:
        return _Sha256()


@dataclass
class WarcRecord:
    """One record of a WARC that is being read; its block, or what is left of it, can be read once."""

    headers: StatusAndHeaders
    http: StatusAndHeaders | None
    place: str
    stream: DigestVerifyingReader
    checker: DigestChecker

    def header(self, name: str) -> str:
        """The value of a WARC header, or an empty text."""
        return self.headers.get_header(name) or ""

    @property
    def kind(self) -> str:
        """The type of the record: response, resource, revisit, ..."""
        return self.header("WARC-Type")

    @property
    def uri(self) -> str:
        """The address the record is about; a space in it, which an address cannot have, as %20."""
        return self.header("WARC-Target-URI").strip("<>").replace(" ", "%20")

    @property
    def record_id(self) -> str:
        """The record's own id."""
        return self.header("WARC-Record-ID")

    def pieces(self) -> Iterator[bytes]:
        """The payload when the HTTP headers were read, else the block.

        Fewer bytes than promised, or bytes that do not match the block's hash, raise `BadWarc`.
        """
        while self.stream.limit:
            piece = self.stream.read(min(65536, self.stream.limit))
            if not piece:
                promised = self.header("Content-Length")
                wrong = f"a record that says it has {promised} bytes ends {self.stream.limit} bytes early"
                raise BadWarc(self.place, wrong, _AGAIN)
            yield piece
        if any(problem.startswith("block digest failed") for problem in self.checker.problems):
            raise BadWarc(
                self.place, "a record's bytes do not match its hash: it was altered or damaged", _AGAIN
            )

    @property
    def payload_doubt(self) -> bool:
        """Whether the payload, once read, did not match the hash the record gives for it."""
        return any(problem.startswith("payload digest failed") for problem in self.checker.problems)


def warc_records(source: IO[bytes], name: str, *, http: bool = True) -> Iterator[WarcRecord]:
    """The records of a WARC, plain or gzipped in any manner, one after the other.

    ``name`` is how errors call the file. A file that is no WARC, lies about a length, or does not
    match its own hashes raises `BadWarc`; one larger than `LARGEST` when decompressed, `TooLarge`.
    """
    zipped = source.read(2) == b"\x1f\x8b"
    source.seek(0)
    stream = _Bounded(cast(IO[bytes], gzip.GzipFile(fileobj=source, mode="rb")) if zipped else source, name)
    fields = StatusAndHeadersParser(["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"])
    number = 0
    while line := _next_line(stream):
        number += 1
        place = f"{name}, record {number}"
        if number > 1 and not stream.blank_before:
            raise BadWarc(
                f"{name}, record {number - 1}",
                "its length is wrong: bytes follow where it should end",
                _AGAIN,
            )
        try:
            stream.head_left = HEADERS
            headers = fields.parse(stream, line)
        except StatusAndHeadersParserException as error:
            raise BadWarc(place, f"not a WARC record: it begins {line[:40]!a}", _AGAIN) from error
        length = headers.get_header("Content-Length") or ""
        if not re.fullmatch(r"[0-9]{1,15}", length):
            raise BadWarc(place, f"a length that is none ({length[:40]!a})", _AGAIN)
        record = _record(stream, headers, int(length), place, http)
        yield record
        for _ in record.pieces():
            pass
    if not number:
        raise BadWarc(name, "holds no WARC record", _AGAIN)


def _record(stream: _Bounded, headers: StatusAndHeaders, length: int, place: str, http: bool) -> WarcRecord:
    checker = DigestChecker()
    get = headers.get_header
    body = DigestVerifyingReader(
        stream, length, checker, record_type=get("WARC-Type"), payload_digest=get("WARC-Payload-Digest"),
        block_digest=get("WARC-Block-Digest"), segment_number=get("WARC-Segment-Number"),
    )  # fmt: skip
    head = None
    if http and length and (get("Content-Type") or "").lower().startswith("application/http"):
        stream.head_left = HEADERS
        head = StatusAndHeadersParser([], verify=False).parse(body)
    stream.head_left = HEADERS
    body.begin_payload()
    return WarcRecord(headers, head, place, body, checker)


def _next_line(stream: _Bounded) -> bytes:
    """The first line of the next record, after the blank ones between two; empty at the end."""
    stream.head_left, stream.blank_before = HEADERS, False
    while (line := stream.readline()) and not line.strip():
        stream.blank_before = True
    return line


class _Bounded:
    """A stream that gives no more than `LARGEST` bytes, nor `HEADERS` of them as lines in a row."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.stream, self.name = stream, name
        self.left, self.head_left, self.blank_before = LARGEST, HEADERS, False

    def read(self, size: int) -> bytes:
        return self._counted(self._guarded(self.stream.read, min(size, self.left + 1)))

    def readline(self, size: int | None = None) -> bytes:
        line = self._guarded(self.stream.readline, min(self.head_left + 1, size or self.head_left + 1))
        self.head_left -= len(line)
        if self.head_left < 0:
            raise BadWarc(self.name, f"a record with more than {HEADERS // 1024} KB of headers", _AGAIN)
        return self._counted(line)

    def _guarded(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            return read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise BadWarc(self.name, f"broken compression ({error})", _AGAIN) from error

    def _counted(self, data: bytes) -> bytes:
        self.left -= len(data)
        if self.left < 0:
            raise TooLarge(
                self.name, f"more than {megabytes(LARGEST)} when decompressed", "keep single pages of it"
            )
        return data
