"""WARC records: written, read, and read within bounds when the file is hostile."""

import gzip
import io
import struct
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.capture import warc
from kit.sources.capture.warc import BadWarc, Writer, warc_records
from kit.sources.capture.web.content_encoding import TooLarge

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-N\xc3\xa4me: \xff\r\n\r\n<p>Fifty boxes."


def written(*blocks: bytes, kind: str = "response") -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    for block in blocks:
        writer.add(
            kind,
            io.BytesIO(block),
            at=AT,
            uri="https://a.example/",
            content_type="application/http; msgtype=response",
        )
    return out.getvalue()


def plain(length: object, block: bytes, more: bytes = b"", end: bytes = b"\r\n\r\n") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: {length}\r\n"
    return head.encode() + more + b"\r\n" + block + end


def read(data: bytes) -> list[bytes]:
    return [b"".join(record.pieces()) for record in warc_records(io.BytesIO(data), "x.warc", http=False)]


def test_what_is_written_is_read_back_to_the_byte() -> None:
    assert read(written(PAGE, b"", b"HTTP/1.1 204 No\r\n\r\n")) == [PAGE, b"", b"HTTP/1.1 204 No\r\n\r\n"]


@given(
    blocks=st.lists(st.binary(max_size=200), min_size=1, max_size=4),
    kind=st.sampled_from(["response", "revisit"]),
)
def test_any_block_of_any_kind_survives(blocks: list[bytes], kind: str) -> None:
    assert read(written(*blocks, kind=kind)) == blocks


def test_the_payload_begins_after_the_http_headers() -> None:
    (record,) = [
        (r.http.statusline, b"".join(r.pieces())) for r in warc_records(io.BytesIO(written(PAGE)), "x")
    ]
    assert record == ("200 OK", b"<p>Fifty boxes.")


def test_another_reader_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(written(PAGE, PAGE))
    check = "import sys; from warcio.cli import main; sys.exit(main(['check', sys.argv[1]]))"
    done = subprocess.run([sys.executable, "-c", check, str(path)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("value", ["a\r\nWARC-Type: warcinfo", "a\nb", "a\x00b"])
def test_a_header_cannot_be_smuggled_in(value: str) -> None:
    with pytest.raises(BadWarc, match="control character"):
        Writer(io.BytesIO()).add("resource", io.BytesIO(b""), at=AT, uri=value, content_type="text/plain")


def test_plain_and_wholly_gzipped_files_are_read_too() -> None:
    two = plain(3, b"one") + plain(3, b"two")
    assert read(two) == read(gzip.compress(two)) == [b"one", b"two"]
    assert read(plain(3, b"one", end=b"")) == [b"one"]


def test_a_copy_has_the_same_headers_and_block() -> None:
    foreign = plain(3, b"one", more=b"X-Own: yes\r\n").replace(b"WARC/1.1", b"WARC/1.0")
    out = io.BytesIO()
    for record in warc_records(io.BytesIO(foreign), "x", http=False):
        Writer(out).copy(record)
    for copy in warc_records(io.BytesIO(out.getvalue()), "y", http=False):
        assert (copy.header("X-Own"), copy.headers.protocol, copy.record_id) == (
            "yes",
            "WARC/1.0",
            "<urn:uuid:1>",
        )
    assert read(out.getvalue()) == [b"one"]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "no WARC record"),
        (b"<html>", "not a WARC record"),
        (plain(10**12, b"short"), "ends .* early"),
        (plain(2, b"longer"), "length is wrong"),
        (plain(2, b"longer") + plain(1, b"x"), "length is wrong"),
        (plain(-1, b""), "a length that is none"),
        (plain("1e3", b""), "a length that is none"),
        (plain("9" * 5000, b""), "a length that is none"),
        (plain(3, b"one", more=b"WARC-Block-Digest: sha256:" + b"0" * 64 + b"\r\n"), "altered or damaged"),
        (plain(3, b"one", more=b"X: " + b"a" * 400_000 + b"\r\n"), "KB of headers"),
        (plain(3, b"one", more=b"X: y\r\n" * 100_000), "KB of headers"),
        (gzip.compress(plain(3, b"one"), mtime=0)[:-12], "broken compression"),
        (b"\x1f\x8b" + b"nonsense", "broken compression"),
        (b"filedesc://x 0.0.0.0 20200101000000 text/plain 1\r\n", "not a WARC record"),
    ],
)
def test_a_damaged_or_lying_file_is_named(data: bytes, wrong: str) -> None:
    with pytest.raises(BadWarc, match=wrong) as caught:
        read(data)
    assert caught.value.remedy
    assert len(str(caught.value)) < 300


def test_http_headers_without_end_stop_at_the_limit() -> None:
    block = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000
    with pytest.raises(BadWarc, match="KB of headers"):
        list(warc_records(io.BytesIO(written(block)), "x"))


def test_a_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST", 1_000_000)
    with pytest.raises(TooLarge):
        read(gzip.compress(plain(5_000_000, bytes(5_000_000))))
    with pytest.raises(BadWarc, match="KB of headers"):
        read(gzip.compress(b"\r\n" * 5_000_000 + plain(1, b"x")))


@given(st.binary(max_size=300), st.integers(0, 250), st.binary(max_size=8))
def test_any_damage_ends_in_records_or_a_named_error(block: bytes, where: int, noise: bytes) -> None:
    good = plain(len(block), block)
    damaged = good[:where] + noise + good[where + len(noise) :]
    for data in (damaged, gzip.compress(damaged), struct.pack("<H", 0x8B1F) + noise):
        try:
            found = read(data)
        except (BadWarc, TooLarge):
            continue
        assert found
