"""Content codings (gzip, deflate, br, zstd, bzip2, xz) undone piece by piece, never beyond a limit."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import IO, Any, cast

import brotli
import zstandard

from kit.errors import KitError

PIECE = 64 * 1024
RAISE = "raise max_megabytes under [keep] in data/case.toml"  # the remedy wherever the limit is met


class TooLarge(KitError):
    """More bytes than the limit set for one page, counted after decompression."""


class BadCoding(KitError):
    """Bytes that are not what their Content-Encoding says they are."""


def megabytes(count: int) -> str:
    """``count`` bytes as people say it.

    >>> megabytes(50_000_000), megabytes(512), megabytes(1_000_000_000)
    ('50 MB', '512 bytes', '1 GB')
    """
    if count >= 1e9:
        return f"{count / 1e9:.3g} GB"
    return f"{count / 1e6:.3g} MB" if count >= 100_000 else f"{count} bytes"


def decoded(pieces: Iterable[bytes], encoding: str, *, limit: int, place: str) -> Iterator[bytes]:
    """The bytes behind a ``Content-Encoding``, in small pieces, at most ``limit`` bytes in all.

    A bomb raises `TooLarge` as soon as it passes the limit, a coding that is unknown or does not
    fit the bytes raises `BadCoding`.

    >>> import gzip
    >>> b"".join(decoded([gzip.compress(b"news")], "gzip", limit=100, place="a page"))
    b'news'
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name.removeprefix("x-") for name in names if name not in _NONE]
    if len(names) > 3:
        raise BadCoding(place, f"{len(names)} codings, one inside the other", "save the page in a browser")
    for name in reversed(names):
        pieces = _limited(_undone(name, pieces, place), limit, place)
    return _limited(pieces, limit, place)


def _limited(pieces: Iterable[bytes], limit: int, place: str) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise TooLarge(place, f"more than {megabytes(limit)}", RAISE)
        yield piece


def _inflated(pieces: Iterable[bytes], place: str) -> Iterator[bytes]:
    decoder, head = None, b""
    for piece in pieces:
        if decoder is None:
            head += piece
            if len(head) < 2:
                continue
            # Some servers call a stream "deflate" that lacks the header it should have.
            bare = head[:2] != b"\x1f\x8b" and (head[0] & 15 != 8 or int.from_bytes(head[:2], "big") % 31)
            decoder, piece = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32), head
        while piece:
            try:
                out = decoder.decompress(piece, PIECE)
            except zlib.error as error:
                raise BadCoding(place, f"broken compression ({error})", "fetch it again") from error
            if out:
                yield out
            piece = decoder.unconsumed_tail
            if decoder.eof:
                piece = decoder.unused_data
                if not piece.startswith(b"\x1f\x8b"):
                    break
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)
    if head and (decoder is None or not decoder.eof):
        raise BadCoding(place, "compressed bytes that end too early", "fetch it again")


def _unbrotlied(pieces: Iterable[bytes], place: str) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for piece in pieces:
        try:
            out = decoder.process(piece, output_buffer_limit=PIECE)
            while out or not (decoder.can_accept_more_data() or decoder.is_finished()):
                yield out
                out = decoder.process(b"", output_buffer_limit=PIECE)
        except brotli.error as error:
            raise BadCoding(place, f"broken compression ({error})", "fetch it again") from error


def _unzstd(pieces: Iterable[bytes], place: str) -> Iterator[bytes]:
    decoder = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    try:
        source = cast(IO[bytes], _Joined(pieces))
        with decoder.stream_reader(source, read_across_frames=True) as reader:
            while piece := reader.read(PIECE):
                yield piece
    except zstandard.ZstdError as error:
        raise BadCoding(place, f"broken compression ({error})", "fetch it again") from error


class _Joined(io.RawIOBase):
    """Pieces as a file, for a decoder that asks for what it needs."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), b""

    def read(self, size: int = -1) -> bytes:
        if not self._rest:
            self._rest = next((piece for piece in self._pieces if piece), b"")
        given, self._rest = self._rest[: size if size >= 0 else None], self._rest[size:] if size >= 0 else b""
        return given


def _unpacked(decompressor: Callable[[], Any], broken: type[Exception]) -> Decoder:
    """The decoder of a coding that the standard library undoes."""

    def undo(pieces: Iterable[bytes], place: str) -> Iterator[bytes]:
        decoder = decompressor()
        for piece in pieces:
            while piece or not (decoder.needs_input or decoder.eof):
                try:
                    out = decoder.decompress(piece, PIECE)
                except (broken, EOFError) as error:
                    raise BadCoding(place, f"broken compression ({error})", "fetch it again") from error
                piece = b""
                if out:
                    yield out
                if decoder.eof:
                    return
        raise BadCoding(place, "compressed bytes that end too early", "fetch it again")

    return undo


def _undone(name: str, pieces: Iterable[bytes], place: str) -> Iterator[bytes]:
    """One coding undone: that which the bytes show, where they show one, else that which the header names.

    Archives store a page unpacked under the header that it came with, and servers name another coding than they use.
    """
    pieces = iter(pieces)
    first = next((piece for piece in pieces if piece), b"")
    while 0 < len(first) < _HEAD and (piece := next(pieces, b"")):
        first += piece
    joined = chain((first,), pieces) if first else iter(())
    if _PLAIN.match(first):
        return joined
    shown = next((coding for coding, mark in _MARKS.items() if first.startswith(mark)), name)
    if shown not in _DECODERS:
        raise BadCoding(
            place, f"a content coding we cannot undo ({name[:20]!r})", "save the page in a browser"
        )
    return _DECODERS[shown](joined, place)


Decoder = Callable[[Iterable[bytes], str], Iterator[bytes]]
_HEAD = 16
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
_MARKS = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}
#: What servers write there though nothing is packed: no coding, or the letters or the kind of the page.
_NONE = (
    "identity",
    "none",
    "binary",
    "7bit",
    "8bit",
    "utf-8",
    "utf8",
    "iso-8859-1",
    "text/html",
    "chunked",
    "aws-chunked",
)
_DECODERS: dict[str, Decoder] = {
    "gzip": _inflated,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstd,
    "bzip2": _unpacked(bz2.BZ2Decompressor, OSError),
    "xz": _unpacked(partial(lzma.LZMADecompressor, memlimit=1 << 28), lzma.LZMAError),
}
