"""One call keeps a source: pages, files, text; once, again, and by whom."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from support.loopback import Desk, Site, site

from kit.files import CACHE_FOLDER
from kit.sources import keep as keeping
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.index import LEDGER, read_index, refresh
from kit.sources.capture.local_files import BadFile
from kit.sources.capture.store import HttpStatus
from kit.sources.capture.warc import warc_records
from kit.sources.capture.web.addresses import BadAddress, PrivateAddress
from kit.sources.capture.web.politeness import NoContact
from kit.sources.extract.documents import extract
from kit.sources.extract.reading.page import Page
from kit.sources.keep import keep

PAGE = """<!doctype html><meta property="og:site_name" content="Harbour Post"><title>Harbour office searched</title>
<meta property="article:published_time" content="2021-03-02"><h1>Harbour office searched</h1><p>Fifty boxes."""


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def case(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


def again_from_files(case: Desk) -> pd.DataFrame:
    (case.path / LEDGER).unlink()
    return refresh(case.path)


def kinds(capture: Capture) -> list[tuple[str, str]]:
    with capture.path.open("rb") as file:
        return [
            (record.kind, record.uri) for record in warc_records(file, "x") if record.uri.startswith("http")
        ]


def test_a_page_is_kept_with_everything_on_the_way(here: Site, case: Desk) -> None:
    here.page("/old", "", 301, Location="/raid")
    here.page("/raid", "<p>Fifty boxes.")
    capture = keep(case, here.url("/old"), source="harbour-post", allow_private=True)
    assert capture.content() == b"<p>Fifty boxes."
    assert (capture.url, capture.final_url) == (here.url("/old"), here.url("/raid"))
    assert (capture.how, capture.status, capture.media_type) == ("fetched", "200", "text/html")
    assert capture.note == "a private address was allowed"
    assert kinds(capture) == [
        ("response", here.url("/old")), ("request", here.url("/old")),
        ("response", here.url("/raid")), ("request", here.url("/raid")),
    ]  # fmt: skip
    assert list(read_index(case.path)["id"]) == [capture.id]


def test_what_is_written_stays_in_the_case_folder(here: Site, case: Desk, tmp_path: Path) -> None:
    (case.path).mkdir()
    before = set(tmp_path.rglob("*"))
    keep(case, here.page("/..%2f..%2fevil", "x"), allow_private=True)
    new = set(tmp_path.rglob("*")) - before
    assert new
    own = (case.path / "data", case.path / CACHE_FOLDER)
    assert all(any(folder in (path, *path.parents) for folder in own) for path in new)


def test_another_reader_accepts_the_warc(here: Site, case: Desk) -> None:
    capture = keep(case, here.page("/raid", "<p>Fifty boxes."), allow_private=True)
    again = keep(case, capture.url, allow_private=True, again=True)
    check = "import sys; from warcio.cli import main; sys.exit(main(['check', *sys.argv[1:]]))"
    done = subprocess.run(
        [sys.executable, "-c", check, capture.path, again.path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_what_is_kept_is_not_fetched_twice(here: Site, case: Desk) -> None:
    url = here.page("/raid", "<p>Fifty boxes.")
    first = keep(case, url, allow_private=True)
    assert keep(case, url + "#part", allow_private=True) == first
    assert here.paths() == ["/raid"]


def test_a_capture_whose_file_is_elsewhere_is_fetched_here(here: Site, case: Desk) -> None:
    url = here.page("/raid", "<p>Fifty boxes.")
    first = keep(case, url, allow_private=True)
    first.path.unlink()
    assert keep(case, url, allow_private=True).path.is_file()


def test_again_records_that_nothing_changed(here: Site, case: Desk) -> None:
    url = here.page("/raid", "<p>Fifty boxes.")
    first = keep(case, url, source="post", allow_private=True)
    second = keep(case, url, again=True, allow_private=True)
    third = keep(case, url, again=True, allow_private=True)
    for later in (second, third):
        assert kinds(later)[0] == ("revisit", url)
        assert f"unchanged since {first.id}" in later.note
        assert later.content() == b"<p>Fifty boxes."
        assert (later.sha256, later.bytes, later.status) == (first.sha256, first.bytes, "200")
    assert len({first.id, second.id, third.id}) == 3


def test_a_site_that_knows_it_did_not_change_is_not_read_again(here: Site, case: Desk) -> None:
    def answer(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if headers.get("If-None-Match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"v1"'}, b"<p>Fifty boxes."

    here.pages["/raid"] = answer
    first = keep(case, here.url("/raid"), allow_private=True)
    second = keep(case, first.url, again=True, allow_private=True)
    assert (second.status, second.media_type, second.content()) == ("304", "text/html", b"<p>Fifty boxes.")
    third = keep(case, first.url, again=True, allow_private=True)
    assert f"unchanged since {first.id}" in third.note
    before = read_index(case.path)
    assert again_from_files(case).equals(before)


def test_again_after_a_change_keeps_both(here: Site, case: Desk) -> None:
    url = here.page("/terms", "<p>You may.")
    first = keep(case, url, allow_private=True)
    here.page("/terms", "<p>You may not.")
    second = keep(case, url, again=True, allow_private=True)
    assert (first.content(), second.content()) == (b"<p>You may.", b"<p>You may not.")
    assert len(again_from_files(case)) == 2


@pytest.mark.parametrize(
    ("status", "remedy"), [(404, "check the address"), (403, "save the page"), (500, "try later")]
)
def test_an_error_page_is_no_source_unless_its_coming_is_the_news(
    here: Site, case: Desk, status: int, remedy: str
) -> None:
    url = here.page("/raid", "nothing here", status)
    with pytest.raises(HttpStatus, match=str(status)) as caught:
        keep(case, url, allow_private=True)
    assert remedy in caught.value.remedy
    assert list((case.path / CAPTURES).glob("*.gz")) == []
    assert keep(case, url, again=True, allow_private=True).status == str(status)


def test_an_error_page_is_not_taken_for_the_page_later(here: Site, case: Desk) -> None:
    url = here.page("/raid", "gone", 404)
    keep(case, url, again=True, allow_private=True)
    here.page("/raid", "<p>Fifty boxes.")
    assert keep(case, url, allow_private=True).content() == b"<p>Fifty boxes."


def test_an_empty_page_is_no_source(here: Site, case: Desk) -> None:
    with pytest.raises(HttpStatus, match="empty"):
        keep(case, here.page("/raid", ""), allow_private=True)


def test_a_page_sent_packed_all_the_same_is_kept_as_sent_and_read_unpacked(here: Site, case: Desk) -> None:
    packed = gzip.compress(b"<p>Fifty boxes.")
    here.pages["/raid"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed)
    capture = keep(case, here.url("/raid"), allow_private=True)
    assert capture.content() == b"<p>Fifty boxes."
    assert capture.bytes == len(packed)


def test_the_source_is_the_one_with_the_address(here: Site, case: Desk) -> None:
    url = here.page("/raid", "x")
    case.listing(
        other="https://b.example/", harbour_post=url.replace("http://", "HTTP://") + "#top", blank=""
    )
    assert keep(case, url, allow_private=True).source == "harbour-post"


def test_a_source_can_be_kept_by_its_id(here: Site, case: Desk) -> None:
    case.listing(harbour_post=here.page("/raid", "x"))
    assert keep(case, "harbour-post", allow_private=True).url == here.url("/raid")


def test_an_unknown_page_is_read_once_stored_once_and_named(
    here: Site, case: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str, int]] = []

    def counted(capture: Capture) -> Page:
        assert capture.content() == PAGE.encode()  # every byte is on the disk before anything reads it
        read.append((capture.path.parent.name, capture.path.stat().st_ino))
        return extract(capture)

    monkeypatch.setattr(keeping, "extract", counted)
    kept = keeping.keep_source(case, here.page("/raid", PAGE), allow_private=True)
    assert kept.capture.source == "harbour-post-2021-03-02-harbour-office-searched"
    assert (kept.page.title.value, kept.page.url) == ("Harbour office searched", here.url("/raid"))
    assert read == [
        (".partial", kept.capture.path.stat().st_ino)
    ]  # the file that was read is the one in its place
    assert [path.name for path in (case.path / CAPTURES).rglob("*.gz")] == [kept.capture.warc]


def test_a_page_is_kept_even_if_reading_it_fails(
    here: Site, case: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(capture: Capture) -> Page:
        raise ZeroDivisionError

    monkeypatch.setattr(keeping, "extract", broken)
    with pytest.raises(ZeroDivisionError):
        keep(case, here.page("/raid", PAGE), allow_private=True)
    (row,) = refresh(case.path).itertuples()
    assert row.source.startswith("127-0-0-1-")
    assert not list((case.path / CAPTURES / ".partial").iterdir())


def test_what_is_read_is_read_once_even_where_it_was_kept_before(
    here: Site, case: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(case, url := here.page("/raid", PAGE), allow_private=True)
    kept = keeping.keep_source(case, url, allow_private=True)
    assert not kept.new
    assert kept.page is kept.page


def test_else_it_is_named_from_host_and_address(here: Site, case: Desk) -> None:
    a = keep(case, here.page("/a", "x"), allow_private=True)
    b = keep(case, here.page("/b", "x"), allow_private=True)
    assert a.source.startswith("127-0-0-1-")
    assert a.source != b.source


def test_a_saved_page_is_kept_once_for_its_source(case: Desk, tmp_path: Path) -> None:
    case.listing(harbour_post="https://harbourpost.example/raid")
    path = tmp_path / "page.html"
    path.write_bytes(b"<html><p>Fifty boxes.")
    first = keep(case, path, url="https://harbourpost.example/raid")
    assert (first.source, first.how, first.excerpt) == ("harbour-post", "file", "no")
    assert keep(case, str(path), url="https://harbourpost.example/raid") == first
    assert keep(case, path, source="other").id != first.id


def test_pasted_text_is_kept_as_an_excerpt(case: Desk) -> None:
    first = keep(case, "Fifty boxes.", how="pasted", source="post", url="https://a.example/x")
    assert (first.how, first.excerpt, first.content()) == ("pasted", "yes", b"Fifty boxes.")
    assert keep(case, "Fifty boxes.", how="pasted", source="post") == first
    assert keep(case, "All of it.", how="pasted", source="post", excerpt=False).excerpt == "no"


@pytest.mark.parametrize(
    "what", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/x", "data:text/html,x"]
)
def test_other_schemes_are_no_sources(case: Desk, what: str) -> None:
    with pytest.raises(BadAddress):
        keep(case, what)


def test_what_is_neither_page_nor_file_nor_source_is_named(case: Desk) -> None:
    with pytest.raises(BadFile, match="no such file, and no source"):
        keep(case, "harbor-post")


def test_private_addresses_need_a_word(here: Site, case: Desk) -> None:
    with pytest.raises(PrivateAddress):
        keep(case, here.page("/a", "x"))
    assert here.asked == []


def test_nothing_is_fetched_without_a_contact(here: Site, case: Desk) -> None:
    with pytest.raises(NoContact):
        keep(replace(case, settings={}), here.page("/a", "x"), allow_private=True)
    assert here.asked == []


def test_the_clock_can_be_held(here: Site, case: Desk) -> None:
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    capture = keep(case, here.page("/a", "x"), source="post", allow_private=True, clock=lambda: at)
    assert capture.id == "post-20260304t050607z"
    assert capture.captured_at == at


def test_setting_robots_txt_aside_is_in_the_ledger(here: Site, case: Desk) -> None:
    here.page("/robots.txt", "User-agent: *\nDisallow: /")
    keep(case, here.page("/a", "x"), allow_private=True, ignore_robots=True)
    assert "robots.txt set aside" in read_index(case.path)["note"][0]


@pytest.mark.parametrize("header", ["=cmd|' /C calc'!A0", "a" * 300, 'TEXT/HTML; charset="><script>'])
def test_a_lying_content_type_reaches_no_cell(here: Site, case: Desk, header: str) -> None:
    capture = keep(case, here.page("/a", "x", Content_Type=header), allow_private=True)
    assert capture.media_type in ("unknown", "text/html")
