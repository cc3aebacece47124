"""Archives as other programs leave them, made into one sound WARC: unpacked, lengths mended, ARC turned, and all of it said."""

from __future__ import annotations

import io
import re
import tempfile
import uuid
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

import zstandard

from kit.sources.capture.warc import HEADERS, LARGEST, BadWarc
from kit.sources.capture.web.content_encoding import TooLarge, megabytes
from kit.text.printable import printable

GZIP, ZSTANDARD, _DICTIONARY = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
ARC = re.compile(rb"filedesc:")
_AGAIN = "get the file again from where it came"
_WARC = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
_NEXT = re.compile(rb"\n\r?\n(?=WARC/(?:0\.1[78]|1\.[01])\r?\n)")
_BLANK = re.compile(rb"(?:\r?\n)*")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*([0-9]{1,15})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_ABOUT = re.compile(rb"^WARC-(?:Target-URI|Type):[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_PIECE = 1 << 20
_SHOWN = 3


@contextmanager
def sound_copy(source: IO[bytes], name: str) -> Iterator[tuple[IO[bytes], list[str]]]:
    """A plain WARC with the records of an archive, as long as it is open, and what was done, a sentence each.

    WARC and ARC are read, plain, in gzip or in Zstandard. A record whose length is wrong is passed over and named: where
    it ends is known by the record behind it, or by the end of its gzip member. What is neither raises `BadWarc`, as does
    broken compression; more than `LARGEST` bytes raise `TooLarge`.

    >>> record = b"WARC/1.0\\r\\nWARC-Type: resource\\r\\nContent-Length: %d\\r\\n\\r\\nquay\\r\\n\\r\\n"
    >>> with sound_copy(io.BytesIO(record % 3 + record % 4), "x.warc") as (made, said):
    ...     made.read().count(b"quay"), said
    (1, ['record 1 (resource) was passed over: its length is wrong'])
    """
    with (
        tempfile.SpooledTemporaryFile(max_size=_PIECE) as unpacked,
        tempfile.SpooledTemporaryFile(max_size=_PIECE) as made,
    ):
        plain, out = cast(IO[bytes], unpacked), cast(IO[bytes], made)
        ends = _unpack(source, plain, name)
        plain.seek(0)
        if ARC.match(plain.read(9)):
            said = ["the records of an ARC file, as WARC"]
            _turn_arc(plain, out, name)
        else:
            said = _copy_records(plain, ends, out, name)
        out.seek(0)
        yield out, said


def _unpack(source: IO[bytes], out: IO[bytes], name: str) -> list[int]:
    """Where a gzip member ends in the bytes behind the compression, which are written to ``out``."""
    ends: list[int] = []
    head = source.read(4)
    source.seek(0)
    if head.startswith(GZIP):
        pieces = _gunzipped(source, ends)
    elif head in (ZSTANDARD, _DICTIONARY):
        pieces = _unzstd(source)
    else:
        pieces = iter(lambda: source.read(_PIECE), b"")
    try:
        for piece in pieces:
            out.write(piece)
            if out.tell() > LARGEST:
                raise TooLarge(
                    name, f"more than {megabytes(LARGEST)} when decompressed", "keep single pages of it"
                )
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise BadWarc(name, f"broken compression ({error})", _AGAIN) from error
    return ends


def _gunzipped(source: IO[bytes], ends: list[int]) -> Iterator[bytes]:
    decoder, total = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while piece := source.read(_PIECE):
        while piece:
            if decoder.eof:
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out = decoder.decompress(piece, _PIECE)
            total += len(out)
            if out:
                yield out
            piece = decoder.unused_data.lstrip(b"\0") if decoder.eof else decoder.unconsumed_tail
            if decoder.eof:
                ends.append(total)
    if not decoder.eof:
        raise EOFError("it ends too early")


def _unzstd(source: IO[bytes]) -> Iterator[bytes]:
    """The bytes of the frames; a dictionary of the file's own stands in a frame before them."""
    dictionary = None
    if source.read(4) == _DICTIONARY:
        data = source.read(min(int.from_bytes(source.read(4), "little"), _PIECE * 100))
        if data.startswith(ZSTANDARD):
            with zstandard.ZstdDecompressor().stream_reader(data) as reader:
                data = reader.read(_PIECE * 100)
        dictionary = zstandard.ZstdCompressionDict(data)
    else:
        source.seek(0)
    decoder = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=1 << 27)
    with decoder.stream_reader(source, read_across_frames=True, closefd=False) as reader:
        while piece := reader.read(_PIECE):
            yield piece


def _copy_records(plain: IO[bytes], ends: list[int], out: IO[bytes], name: str) -> list[str]:
    size = plain.seek(0, io.SEEK_END)
    at, number, kept, passed, counted = 0, 0, 0, [], 0
    while (begin := _behind_blank(plain, at)) < size:
        number += 1
        head = _head(plain, begin)
        length = _LENGTH.search(head) if _WARC.match(head) else None
        if length is None:
            raise BadWarc(f"{name}, record {number}", f"not a WARC record: it begins {head[:40]!a}", _AGAIN)
        body, at = begin + len(head), begin + len(head) + int(length[1])
        if at <= size and _stands_between(plain, at, size):
            counted += at < size and _WARC.match(_bytes(plain, at, 12)) is not None
            _copy(plain, begin, at, out)
            kept += 1
            continue
        about = [
            printable(found.decode("utf-8", "replace"), lines=False)[:200] for found in _ABOUT.findall(head)
        ]
        passed.append(f"record {number} ({ascii(about[-1])[1:-1] if about else 'of no kind'})")
        member = bisect_left(ends, body)
        at = _next_record(plain, body, ends[member] if member < len(ends) else size)
    if not kept:
        raise BadWarc(
            name, "holds no WARC record whose length is right" if number else "holds no WARC record", _AGAIN
        )
    said = [f"{record} was passed over: its length is wrong" for record in passed[:_SHOWN]]
    if more := len(passed) - _SHOWN:
        said += [f"{more} further records were passed over: their length is wrong"] if more > 0 else []
    if counted:
        said.append(f"{counted} of its records count the blank lines behind them")
    return said


def _head(plain: IO[bytes], begin: int) -> bytes:
    plain.seek(begin)
    lines, left = [], HEADERS
    while left > 0 and (line := plain.readline(left)):
        lines.append(line)
        left -= len(line)
        if not line.strip():
            break
    return b"".join(lines)


def _bytes(plain: IO[bytes], at: int, count: int) -> bytes:
    plain.seek(at)
    return plain.read(count)


def _behind_blank(plain: IO[bytes], at: int) -> int:
    while blank := len(_BLANK.match(_bytes(plain, at, 256))[0]):  # type: ignore[index]
        at += blank
    return at


def _stands_between(plain: IO[bytes], at: int, size: int) -> bool:
    """Whether nothing but blank lines stands between that place and the next record or the end."""
    behind = _behind_blank(plain, at)
    return behind >= size or _WARC.match(_bytes(plain, behind, 12)) is not None


def _next_record(plain: IO[bytes], at: int, end: int) -> int:
    """Where the next record begins, by its first line behind a blank one, or the end of the gzip member."""
    overlap = 32
    while at < end:
        if found := _NEXT.search(_bytes(plain, at, min(_PIECE, end - at))):
            return at + found.end()
        at += max(_PIECE - overlap, 1)
    return end


def _copy(plain: IO[bytes], begin: int, end: int, out: IO[bytes]) -> None:
    plain.seek(begin)
    left = end - begin
    while left and (piece := plain.read(min(_PIECE, left))):
        out.write(piece)
        left -= len(piece)
    out.write(b"\r\n\r\n")


def _turn_arc(plain: IO[bytes], out: IO[bytes], name: str) -> None:
    """The records of an ARC file as WARC: address, IP address, time, kind and length stand in one line before each."""
    size = plain.seek(0, io.SEEK_END)
    number, at = 0, 0
    while (begin := _behind_blank(plain, at)) < size:
        number += 1
        plain.seek(begin)
        line = plain.readline(HEADERS)
        fields = line.decode("latin-1").split()
        if len(fields) < 5 or not fields[-1].isdigit() or not re.fullmatch(r"\d{14}", fields[2]):
            wrong = f"not an ARC record: it begins {line[:40]!a}"
            raise BadWarc(f"{name}, record {number}", wrong, _AGAIN)
        body, at = begin + len(line), begin + len(line) + int(fields[-1])
        if at > size:
            raise BadWarc(f"{name}, record {number}", "ends before its length", _AGAIN)
        if fields[0].startswith("filedesc:"):
            continue
        http = _bytes(plain, body, 5) == b"HTTP/"
        day = fields[2]
        head = {
            "WARC-Type": "response" if http else "resource",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{fields[0]} {day} {number}')}>",
            "WARC-Date": f"{day[:4]}-{day[4:6]}-{day[6:8]}T{day[8:10]}:{day[10:12]}:{day[12:]}Z",
            "WARC-Target-URI": fields[0],
            "WARC-IP-Address": fields[1],
            "Content-Type": "application/http; msgtype=response" if http else fields[3],
            "Content-Length": fields[-1],
        }
        lines = "".join(f"{key}: {value}\r\n" for key, value in head.items())
        out.write(f"WARC/1.0\r\n{lines}\r\n".encode("latin-1", "replace"))
        _copy(plain, body, at, out)
    if number < 2:
        raise BadWarc(name, "holds no ARC record", _AGAIN)
