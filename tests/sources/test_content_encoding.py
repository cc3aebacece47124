"""Content codings, undone within a limit."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.capture.web.content_encoding import BadCoding, TooLarge, decoded

PACK = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "br": brotli.compress,
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data)[2:-4],  # as some servers send it, without header
    "identity": bytes,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data)),
    "": bytes,
}


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[i : i + size] for i in range(0, len(data), size))


@pytest.mark.parametrize("coding", PACK)
@given(data=st.binary(max_size=300), size=st.integers(1, 50))
def test_whatever_is_packed_comes_out_again(coding: str, data: bytes, size: int) -> None:
    assert b"".join(decoded(cut(PACK[coding](data), size), coding, limit=1000, place="p")) == data


PAGE = b"<!doctype html><title>Raid</title><p>They stayed until the tide had turned."


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip", "zstd", "sdch", "*", "compress"])
def test_a_page_that_an_archive_stored_unpacked_is_the_page(coding: str) -> None:
    assert b"".join(decoded(cut(PAGE, 5), coding, limit=1000, place="p")) == PAGE


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("coding", ["br", "zst", "*"])
def test_what_the_bytes_show_counts_before_what_the_header_says(
    coding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert b"".join(decoded(cut(pack(PAGE), 7), coding, limit=1000, place="p")) == PAGE


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_a_body_that_ends_too_early_is_said(pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadCoding, match="too early"):
        list(decoded([pack(PAGE)[:-9]], "xz" if pack is lzma.compress else "bzip2", limit=1000, place="p"))


def test_gzip_members_after_one_another_are_one_body() -> None:
    both = gzip.compress(b"one ") + gzip.compress(b"two")
    for size in (1, 3, 1000):
        assert b"".join(decoded(cut(both, size), "gzip", limit=100, place="p")) == b"one two"


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, br"])
def test_a_bomb_stops_at_the_limit(coding: str) -> None:
    pieces = decoded([PACK[coding](bytes(30_000_000))], coding, limit=1_000_000, place="p")
    given_out: list[int] = []
    with pytest.raises(TooLarge, match="more than 1 MB"):
        given_out.extend(map(len, pieces))
    assert sum(given_out) <= 1_000_000


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
@given(data=st.binary(min_size=1, max_size=200))
def test_bytes_that_are_not_what_they_claim_raise_a_named_error(coding: str, data: bytes) -> None:
    try:
        out = b"".join(decoded([data], coding, limit=10_000, place="p"))
    except (BadCoding, TooLarge):
        return
    assert len(out) <= 10_000


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip, gzip, gzip, gzip", "=cmd|"])
def test_codings_we_cannot_undo_are_named(coding: str) -> None:
    with pytest.raises(BadCoding):
        list(decoded([b"x"], coding, limit=100, place="p"))


def test_compressed_bytes_that_end_early_are_an_error() -> None:
    with pytest.raises(BadCoding, match="too early"):
        list(decoded([gzip.compress(b"x" * 1000)[:-9]], "gzip", limit=10_000, place="p"))
