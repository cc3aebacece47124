"""Files brought in: recognised by their bytes, kept to the byte, refused when they are not sound."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kit.sources.capture import local_files
from kit.sources.capture.capture import Capture, capture_in
from kit.sources.capture.local_files import BadFile, from_file, pasted, recognised
from kit.sources.capture.store import store
from kit.sources.capture.warc import BadWarc, Writer, warc_records
from kit.sources.capture.web.content_encoding import TooLarge

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
THEN = datetime(2025, 8, 1, 12, tzinfo=UTC)
HTML = b"<!doctype html><title>Raid</title><p>Fifty boxes."
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
MHTML = (
    b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://a.example/raid\r\n"
    b'Content-Type: multipart/related; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>Fifty.\r\n--b--"
)


def crawl(**pages: tuple[str, bytes]) -> bytes:
    """A WARC of somebody else's: each page an address and its HTTP response."""
    out = io.BytesIO()
    writer = Writer(out)
    writer.add(
        "warcinfo", io.BytesIO(b"software: other\r\n"), at=THEN, content_type="application/warc-fields"
    )
    for name, (url, response) in pages.items():
        writer.add(
            "response", io.BytesIO(response), at=THEN, uri=url, record_id=f"<urn:x:{name}>",
            content_type="application/http; msgtype=response",
        )  # fmt: skip
    return out.getvalue()


def html(body: bytes, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + b"\r\n" + body


RAID = ("https://a.example/raid", html(b"<p>Fifty boxes."))
IMAGE = ("https://a.example/x.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG")
OTHER = ("https://a.example/other", html(b"<p>Other."))
MOVED = ("http://a.example/old", b"HTTP/1.1 301 Moved\r\nLocation: https://a.example/raid\r\n\r\n")


def wacz(path: Path, members: dict[str, bytes], first: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        lines = [{"format": "json-pages-1.0"}, {"url": first, "ts": "2025-08-01T12:00:00Z"}] if first else []
        package.writestr(
            "pages/pages.jsonl", "".join(json.dumps(line) + "\n" for line in lines) + "not json\n"
        )
        for name, data in members.items():
            package.writestr(name, data)
    return path


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Capture]:
    def kept(name: str, data: bytes, url: str = "") -> Capture:
        path = tmp_path / name
        path.write_bytes(data)
        return store(tmp_path / "captures", from_file(path, source="raid", url=url, at=AT, excerpt=False))

    return kept


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.html", HTML, "text/html"),
        ("page.pdf", HTML, "text/html"),
        ("page", b"\xef\xbb\xbf  <HTML lang=en>", "text/html"),
        ("papers.pdf", PDF, "application/pdf"),
        ("papers.html", PDF, "application/pdf"),
        ("saved.mhtml", MHTML, "multipart/related"),
        ("saved.eml", MHTML, "multipart/related"),
        ("notes.txt", b"plain words", "text/plain"),
        ("photo.jpg", b"\xff\xd8\xff", "image/jpeg"),
        ("thing.zzz", b"\x00\x01", "application/octet-stream"),
        ("log.gz", gzip.compress(b"x", mtime=0), "application/gzip"),
        ("crawl.warc.gz", crawl(a=RAID), "application/warc"),
        ("crawl.bin", gzip.decompress(crawl(a=RAID)), "application/warc"),
    ],
)
def test_a_file_is_recognised_by_its_bytes_first(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert recognised(tmp_path / name) == kind


@pytest.mark.parametrize(
    ("name", "data"), [("p.html", HTML), ("p.pdf", PDF), ("p.mhtml", MHTML), ("p.zzz", b"\x00")]
)
def test_a_file_is_kept_to_the_byte(keep: Callable[..., Capture], name: str, data: bytes) -> None:
    capture = keep(name, data, "https://a.example/raid")
    assert capture.content() == data
    assert (capture.how, capture.url, capture.status) == ("file", "https://a.example/raid", "")


def test_nothing_of_the_name_of_a_saved_page_is_kept(keep: Callable[..., Capture]) -> None:
    capture = keep("secret informant name.html", HTML)
    assert b"informant" not in gzip.decompress(capture.path.read_bytes())


def test_an_mhtml_file_says_where_it_is_from_and_gives_its_page(keep: Callable[..., Capture]) -> None:
    capture = keep("p.mhtml", MHTML)
    assert capture.url == "https://a.example/raid"
    assert capture.page() == (b"<p>Fifty.", "text/html")


def test_a_zip_that_is_no_wacz_is_kept_as_a_file(keep: Callable[..., Capture]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert keep("p.docx", out.getvalue()).media_type == kind


@pytest.mark.parametrize("data", [b"", None])
def test_a_missing_or_empty_file_is_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "p.html"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadFile):
        from_file(path, source="raid", url="", at=AT, excerpt=False)


def test_the_only_page_of_a_warc_is_the_source_and_every_record_is_kept(keep: Callable[..., Capture]) -> None:
    capture = keep("c.warc.gz", crawl(a=IMAGE, b=RAID))
    assert capture.content() == b"<p>Fifty boxes."
    assert capture.final_url == "https://a.example/raid"
    assert (capture.status, capture.media_type) == ("200", "text/html")
    assert capture.captured_at == AT
    assert "the file dates this page 2025-08-01T12:00:00Z" in capture.note
    with capture.path.open("rb") as file:
        assert [record.kind for record in warc_records(file, "x")] == [
            "warcinfo", "metadata", "warcinfo", "response", "response", "metadata",
        ]  # fmt: skip
    assert capture_in(capture.path) == capture


def test_with_several_pages_the_choice_is_asked_for_and_shown(keep: Callable[..., Capture]) -> None:
    with pytest.raises(
        BadFile, match=r"say which with --url; it has: https://a.example/other, https://a.example/raid"
    ):
        keep("c.warc.gz", crawl(a=OTHER, b=RAID))
    assert keep("c.warc.gz", crawl(a=OTHER, b=RAID), "https://a.example/raid").content() == b"<p>Fifty boxes."


def test_an_address_that_redirects_within_the_file_is_followed(keep: Callable[..., Capture]) -> None:
    capture = keep("c.warc.gz", crawl(a=MOVED, b=RAID, c=OTHER), "http://a.example/old")
    assert (capture.url, capture.final_url) == ("http://a.example/old", "https://a.example/raid")


def test_a_page_the_file_has_not_is_named(keep: Callable[..., Capture]) -> None:
    with pytest.raises(BadFile, match=r"no page at https://b\.example/"):
        keep("c.warc.gz", crawl(a=RAID), "https://b.example/")


def test_packed_and_chunked_pages_are_read(keep: Callable[..., Capture]) -> None:
    packed = html(gzip.compress(b"<p>Fifty."), b"Content-Encoding: gzip\r\n")
    assert keep("a.warc.gz", crawl(a=("https://a.example/", packed))).content() == b"<p>Fifty."
    chunked = html(
        b"5;x=y\r\n<p>Fi\r\n4\r\nfty.\r\n0\r\nTrailer: t\r\n\r\n", b"Transfer-Encoding: chunked\r\n"
    )
    assert keep("b.warc.gz", crawl(a=("https://a.example/", chunked))).content() == b"<p>Fifty."
    joined = html(b"<p>Fifty.", b"Transfer-Encoding: chunked\r\n")
    assert keep("c.warc.gz", crawl(a=("https://a.example/", joined))).content() == b"<p>Fifty."
    broken = html(b"ffffffff\r\n<p>Fi\r\n", b"Transfer-Encoding: chunked\r\n")
    with pytest.raises(BadWarc, match="do not add up"):
        keep("d.warc.gz", crawl(a=("https://a.example/", broken)))


def test_the_first_page_a_wacz_lists_is_the_source(keep: Callable[..., Capture], tmp_path: Path) -> None:
    members = {"archive/1.warc.gz": crawl(a=OTHER), "archive/2.warc": gzip.decompress(crawl(b=RAID, c=IMAGE))}
    data = wacz(tmp_path / "w", members, RAID[0]).read_bytes()
    capture = keep("c.wacz", data)
    assert capture.content() == b"<p>Fifty boxes."
    assert "from a WACZ file with SHA-256 " in capture.note


@pytest.mark.parametrize(
    "name", ["../../evil.warc.gz", "/evil.warc", "archive/..\\evil.warc", "C:\\evil.warc"]
)
def test_a_zip_whose_entries_would_leave_the_folder_is_refused(
    keep: Callable[..., Capture], tmp_path: Path, name: str
) -> None:
    data = wacz(tmp_path / "w", {"archive/1.warc.gz": crawl(a=RAID), name: crawl(a=RAID)}).read_bytes()
    with pytest.raises(BadFile, match="leave its folder"):
        keep("c.wacz", data)
    assert not list(tmp_path.rglob("*evil*"))


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18, b"PK\x05\x06" + b"\0" * 18 + b"x" * 70_000],
)
def test_a_broken_zip_is_named(keep: Callable[..., Capture], data: bytes) -> None:
    with pytest.raises(BadFile, match="zip"):
        keep("c.wacz", data)


def test_a_wacz_without_a_warc_has_no_page(keep: Callable[..., Capture], tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="0 pages"):
        keep("c.wacz", wacz(tmp_path / "w", {"archive/readme.txt": b"x"}).read_bytes())


def test_many_warcs_together_stop_at_the_limit(
    keep: Callable[..., Capture], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_files, "LARGEST", 100_000)
    members = {f"archive/{i}.warc.gz": crawl(a=(RAID[0], html(bytes(30_000)))) for i in range(5)}
    with pytest.raises(TooLarge):
        keep("c.wacz", wacz(tmp_path / "w", members, RAID[0]).read_bytes())


def test_pasted_text_is_an_excerpt_in_utf8(tmp_path: Path) -> None:
    capture = store(tmp_path, pasted("Fünfzig Kisten", source="raid", url="", at=AT, excerpt=True))
    assert (capture.content().decode(), capture.how, capture.excerpt, capture.url) == (
        "Fünfzig Kisten",
        "pasted",
        "yes",
        "",
    )


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "x" * 10_000_001])
def test_text_that_cannot_be_kept_is_named(text: str) -> None:
    with pytest.raises(BadFile) as caught:
        pasted(text, source="raid", url="", at=AT, excerpt=True)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", ["thing.wacz", "thing.warc", "thing.warc.gz", "thing.arc"])
def test_what_is_called_a_web_archive_and_is_none_is_refused_by_name(
    keep: Callable[..., Capture], name: str
) -> None:
    with pytest.raises(BadFile, match=r"thing\..*broken"):
        keep(name, gzip.compress(b"hello") if name.endswith("gz") else b"hello")


def test_a_wacz_that_ends_too_early_is_said_to_be_broken(keep: Callable[..., Capture]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("archive/data.warc", b"x" * 3000)
    with pytest.raises(BadFile, match=r"thing\.wacz.*broken"):
        keep("thing.wacz", out.getvalue()[:2000])
