"""Archives as other programs leave them: read where they can be, with what was mended said, and refused by name where not."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import KitError
from kit.sources.capture.foreign import sound_copy
from kit.sources.capture.warc import BadWarc, warc_records
from kit.sources.capture.web.content_encoding import BadCoding, TooLarge, decoded
from kit.sources.extract.documents import extract
from kit.sources.keep import keep_source

PAGE = b"<!doctype html><title>Berth books</title><h1>Berth books</h1><p>The berth books of three years were gone."
ADDRESS = "https://quay.example/books"


def http(body=PAGE, more=b""):
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + body


def record(block, *, kind="response", uri=ADDRESS, length=None, number=1, between=b"\r\n\r\n", more=""):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Date: 2021-03-02T10:00:00Z\r\nWARC-Target-URI: {uri}\r\n{more}"
        f"Content-Type: {'application/http; msgtype=response' if kind in ('response', 'revisit') else 'image/gif'}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + between


PICTURE = b"GIF89a" + b"\0" * 40


def kept(case_folder, tmp_path, name, content, url=None):
    (tmp_path / name).write_bytes(content)
    done = keep_source(kit.open(case_folder), tmp_path / name, source="quay", url=url)
    return done.capture, extract(done.capture)


@pytest.mark.parametrize("wrong", [-1, 1, -20, 3, 30, 5_000])
@pytest.mark.parametrize("place", ["first", "middle"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_length_that_is_wrong_costs_its_own_record_alone(wrong, place, packed):
    picture = record(
        PICTURE, kind="resource", uri="https://quay.example/a.gif", number=2, length=len(PICTURE) + wrong
    )
    page, last = (
        record(http(), number=1),
        record(PICTURE, kind="resource", uri="https://quay.example/z.gif", number=3),
    )
    parts = [picture, page, last] if place == "first" else [last, picture, page]
    content = b"".join(gzip.compress(part) if packed else part for part in parts)
    with sound_copy(io.BytesIO(content), "x.warc") as (made, said):
        uris = [each.uri for each in warc_records(made, "x.warc")]
    # A length within the blank lines that follow takes one of them for its own, and is sound enough.
    passed = wrong not in (1, 3)
    assert [uri for uri in uris if not uri.endswith("a.gif")] == [
        ADDRESS if part is page else "https://quay.example/z.gif" for part in parts if part is not picture
    ]
    assert any("a.gif" in uri for uri in uris) != passed
    assert any("a.gif) was passed over: its length is wrong" in line for line in said) == passed


def test_what_was_passed_over_stands_in_the_captures_note(case_folder, tmp_path):
    picture = record(PICTURE, kind="resource", uri="https://quay.example/a.gif", length=len(PICTURE) - 1)
    capture, page = kept(case_folder, tmp_path, "x.warc", picture + record(http(), number=2))
    assert page.title.value == "Berth books"
    assert "record 1 (https://quay.example/a.gif) was passed over: its length is wrong" in capture.note


def test_a_block_that_counts_its_blank_lines_is_read(case_folder, tmp_path):
    info = record(b"software: x\r\n\r\n\r\n", kind="warcinfo", between=b"")
    content = gzip.compress(info) + gzip.compress(record(http(), number=2))
    assert kept(case_folder, tmp_path, "x.warc.gz", content)[1].title.value == "Berth books"


@pytest.mark.parametrize(
    "more",
    [
        "WARC-Payload-Digest: sha1:AAAABBBB\r\n",
        "WARC-Refers-To-Target-URI: https://quay.example/books\r\nWARC-Refers-To-Date: 2021-03-02T10:00:00Z\r\n",
    ],
)
def test_a_revisit_leads_to_the_bytes_that_it_names(case_folder, tmp_path, more):
    asked = "https://quay.example/books?ref=home"
    first = record(http(), more="WARC-Payload-Digest: sha1:AAAABBBB\r\n")
    again = record(b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit", uri=asked, number=2, more=more)
    capture, page = kept(case_folder, tmp_path, "x.warc", first + again, url=asked)
    assert (capture.url, page.title.value) == (asked, "Berth books")


def test_a_revisit_of_bytes_that_are_elsewhere_is_no_page(case_folder, tmp_path):
    more = "WARC-Payload-Digest: sha1:CCCC\r\nWARC-Refers-To-Target-URI: https://quay.example/other\r\n"
    again = record(
        b"HTTP/1.1 200 OK\r\n\r\n", kind="revisit", uri="https://quay.example/b", number=2, more=more
    )
    with pytest.raises(KitError, match=r"holds no page at https://quay\.example/b"):
        kept(case_folder, tmp_path, "x.warc", record(http()) + again, url="https://quay.example/b")


def test_spaces_in_an_address_are_mended(case_folder, tmp_path):
    capture, _ = kept(
        case_folder, tmp_path, "x.warc", record(http(), uri="https://quay.example/berth books.html")
    )
    assert capture.url == capture.final_url == "https://quay.example/berth%20books.html"


def arc(url=ADDRESS, kind="text/html", block=None):
    block = http() if block is None else block
    info = b"1 0 Quay\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://x.arc 0.0.0.0 20010302100000 text/plain {len(info)}\n".encode()
    return (
        head + info + b"\n" + f"{url} 192.0.2.7 20010302100000 {kind} {len(block)}\n".encode() + block + b"\n"
    )


def zst(content):
    return zstandard.ZstdCompressor().compress(content)


def zst_with_dictionary(content):
    words = zstandard.train_dictionary(
        1024, [b"berth books of the quay %d" % n + PAGE[n % 20 :] for n in range(500)]
    )
    data = words.as_bytes()
    frame = b"\x5d\x2a\x4d\x18" + len(data).to_bytes(4, "little") + data
    return frame + zstandard.ZstdCompressor(dict_data=words).compress(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.arc", arc()),
        ("x.arc.gz", gzip.compress(arc())),
        ("x.warc.zst", zst(record(http()))),
        (
            "two.warc.zst",
            zst(record(PICTURE, kind="resource", uri="https://q.example/a.gif", number=2))
            + zst(record(http())),
        ),
        ("words.warc.zst", zst_with_dictionary(record(http()))),
        (
            "whole.warc.gz",
            gzip.compress(record(http()) + record(PICTURE, kind="resource", uri="https://q.example/a.gif")),
        ),
        ("zstd.warc", record(http(zst(PAGE), b"Content-Encoding: zstd\r\n"))),
        ("said.warc", record(http(PAGE, b"Content-Encoding: gzip\r\n"))),
        ("none.warc", record(http(PAGE, b"Content-Encoding: UTF-8\r\n"))),
    ],
)
def test_every_kind_of_archive_is_kept_and_read(case_folder, tmp_path, name, content):
    capture, page = kept(case_folder, tmp_path, name, content)
    assert page.title.value == "Berth books"
    assert capture.url == ADDRESS


def test_an_unknown_coding_is_said():
    with pytest.raises(BadCoding, match="a content coding we cannot undo"):
        list(decoded([b"x"], "lzma", limit=100, place="a page"))


def test_a_bomb_in_zstandard_stops_at_the_limit():
    bomb = zst(b"\0" * 50_000_000)
    with pytest.raises(TooLarge):
        for _ in decoded([bomb], "zstd", limit=1_000_000, place="a page"):
            pass


@pytest.mark.parametrize("cut", [10, 40, 60])
def test_broken_compression_is_named(cut):
    for pack in (gzip.compress, zst):
        with (
            pytest.raises(BadWarc, match=r"x\.warc"),
            sound_copy(io.BytesIO(pack(record(http()))[:cut]), "x.warc"),
        ):
            pass


@pytest.mark.parametrize("entry", ["archive/data.warc.gz", "pages/pages.jsonl"])
def test_a_broken_wacz_is_named_and_nothing_kept(case_folder, tmp_path, entry):
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("datapackage.json", "{}")
        made.writestr("archive/data.warc.gz", gzip.compress(record(http())))
        made.writestr("pages/pages.jsonl", '{"url": "https://quay.example/books"}\n')
        info = made.getinfo(entry)
    raw = bytearray(path.read_bytes())
    raw[info.header_offset + 30 + len(entry) + 15] ^= 0xFF
    path.write_bytes(bytes(raw))
    with pytest.raises(KitError, match=r"x\.wacz, .* is broken"):
        keep_source(kit.open(case_folder), path, source="quay")
    assert not list((case_folder / "data/captures").glob("*.warc.gz"))


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"WARC/1.0\r\n", arc()[:70], b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"]
    ),
)
def test_any_bytes_are_an_archive_or_refused_by_name(raw, head):
    for content in (head + raw, gzip.compress(head + raw)):
        try:
            with sound_copy(io.BytesIO(content), "x.warc") as (made, _):
                assert made.read(5) == b"WARC/"
        except (BadWarc, TooLarge) as error:
            assert "x.warc" in str(error)
