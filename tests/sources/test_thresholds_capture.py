"""Each number that decides what is fetched, kept, named or brought in, on both sides of it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpcore
import pytest
from click.testing import CliRunner
from support.loopback import Desk, Site, site

import kit
from kit.case import Case
from kit.cli.main import main
from kit.errors import KitError
from kit.evidence.passages.review import keep_again
from kit.sources import recapture
from kit.sources.bibliography.exchange import FORMATS, import_sources
from kit.sources.bibliography.formatting import read_style
from kit.sources.bibliography.identity import is_usable, source_id
from kit.sources.bulk import keep_all
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.local_files import BadFile, from_file, pasted, recognised
from kit.sources.capture.mhtml import BadMhtml, html_of_mhtml, saved_from
from kit.sources.capture.web import fetch, politeness
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.capture.web.fetch import Fetcher, Limits, TooManyRedirects
from kit.sources.capture.web.politeness import HostThrottle, Robots
from kit.sources.capture.web.transport import Line
from kit.sources.keep import keep

AT = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


def fetcher(folder: Path, **limits: Any) -> Fetcher:
    return Fetcher("desk@post.example", HostThrottle(folder), Limits(pause=0, **limits), allow_private=True)


def test_an_address_has_at_most_eight_thousand_characters() -> None:
    start = "https://a.example/"
    assert web_address(start + "x" * (8_000 - len(start)))
    with pytest.raises(BadAddress, match="8001 characters"):
        web_address(start + "x" * (8_001 - len(start)))


def test_a_page_costs_what_the_docs_say() -> None:
    assert Limits() == Limits(bytes=50_000_000, seconds=60, redirects=10, tries=3, pause=1)


@pytest.mark.parametrize(("hops", "reached"), [(10, True), (11, False)])
def test_ten_redirects_are_followed(here: Site, tmp_path: Path, hops: int, reached: bool) -> None:
    for hop in range(hops):
        here.page(f"/{hop}", "", 302, Location=f"/{hop + 1}")
    here.page(f"/{hops}", "there")
    if reached:
        assert fetcher(tmp_path).fetch(here.url("/0")).last.status == 200
    else:
        with pytest.raises(TooManyRedirects):
            fetcher(tmp_path).fetch(here.url("/0"))


@pytest.mark.parametrize(("hops", "obeyed"), [(5, True), (6, False)])
def test_five_redirects_to_a_robots_txt_are_followed(
    here: Site, tmp_path: Path, hops: int, obeyed: bool
) -> None:
    for hop in range(hops):
        here.page(f"/robots{hop or ''}.txt", "", 302, Location=f"/robots{hop + 1}.txt")
    here.page(f"/robots{hops}.txt", "User-agent: *\nDisallow: /")
    page = here.page("/a", "x")
    if obeyed:
        with pytest.raises(politeness.Disallowed):
            fetcher(tmp_path).fetch(page)
    else:
        assert fetcher(tmp_path).fetch(page).last.status == 200


@pytest.mark.parametrize(("wait", "tries"), [("60", 3), ("61", 1)])
def test_a_site_that_asks_for_patience_is_asked_three_times_within_a_minute(
    here: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: str, tries: int
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch, "time", SimpleNamespace(sleep=slept.append))
    page = here.page("/a", "later", 503, Retry_After=wait)
    assert fetcher(tmp_path).fetch(page).last.status == 503
    assert here.paths() == ["/a"] * tries
    assert slept == [60.0] * (tries - 1)


def test_the_waits_between_tries_double(here: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch, "time", SimpleNamespace(sleep=slept.append))
    asker = Fetcher("desk@post.example", HostThrottle(tmp_path), Limits(pause=0.01), allow_private=True)
    asker.fetch(here.page("/a", "later", 500))
    assert slept == [0.01, 0.02]


def test_a_robots_txt_holds_for_an_hour_and_asks_for_a_minute_at_most(tmp_path: Path) -> None:
    throttle, url = HostThrottle(tmp_path), "https://a.example/"
    throttle.remember(url, Robots("User-agent: *"))
    (kept,) = tmp_path.glob("*.robots")
    for age, known in ((3_590, True), (3_610, False)):
        os.utime(kept, (0, time.time() - age))
        assert (throttle.remembered(url) is not None) is known
    for delay, pause in ((59, 59.0), (61, 60.0)):
        assert Robots(f"User-agent: *\nCrawl-delay: {delay}").pause() == pause


def test_half_a_megabyte_of_robots_txt_is_read(here: Site, tmp_path: Path) -> None:
    for length, obeyed in ((512 * 1024, True), (512 * 1024 + 1, False)):
        rule = "User-agent: *\nDisallow: /"
        here.page("/robots.txt", "#".ljust(length - len(rule) - 1) + "\n" + rule)
        page = here.page("/a", "x")
        if obeyed:
            with pytest.raises(politeness.Disallowed):
                fetcher(tmp_path / str(length)).fetch(page)
        else:
            assert fetcher(tmp_path / str(length)).fetch(page).last.status == 200


def test_four_machines_of_a_name_are_tried_for_ten_seconds_each(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []

    def refuse(*arguments: Any) -> None:
        tried.append(arguments[3])
        raise httpcore.ConnectError("refused")

    found = [(0, 0, 0, "", (f"93.184.216.{number}", 0)) for number in range(6)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", refuse)
    line = Line("kit", 1, 60, False, lambda: AT)
    assert line.timeout["read"] == 30
    assert Line("kit", 1, 29, False, lambda: AT).timeout["read"] == 29
    with pytest.raises(KitError, match="no connection"):
        line.exchange("https://a.example/", {})
    assert tried == [10.0] * 4


def test_a_pasted_text_has_ten_million_characters() -> None:
    more = {"source": "a", "url": "", "at": AT, "excerpt": True}
    assert pasted("x" * 10_000_000, **more)
    with pytest.raises(BadFile, match="too long"):
        pasted("x" * 10_000_001, **more)


def sparse(path: Path, size: int, start: bytes = b"") -> Path:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    return path


def test_a_file_has_a_gigabyte(tmp_path: Path) -> None:
    more = {"source": "a", "url": "", "at": AT, "excerpt": False}
    assert from_file(sparse(tmp_path / "a", 1_000_000_000), **more)
    with pytest.raises(BadFile, match="larger than 1 GB"):
        from_file(sparse(tmp_path / "a", 1_000_000_001), **more)


@pytest.mark.parametrize(
    ("size", "wrong"), [(5_000_000, "is broken"), (5_000_001, "a zip without a usable directory")]
)
def test_a_zip_lists_five_megabytes(tmp_path: Path, size: int, wrong: str) -> None:
    end = b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(6)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + end)
    with pytest.raises(BadFile, match=wrong):
        recognised(tmp_path / "a.zip")


def test_an_mhtml_file_names_its_address_and_page_near_the_start(tmp_path: Path) -> None:
    line = b"Snapshot-Content-Location: https://a.example/"
    for length, found in ((64 * 1024, "https://a.example/"), (64 * 1024 + 40, "")):
        (tmp_path / "a").write_bytes(b"X: ".ljust(length - len(line) - 2, b"x") + b"\n" + line + b"\n\n")
        assert saved_from(tmp_path / "a") == found
    for parts, found_page in ((499, True), (500, False)):
        picture, page = (
            b"--b\nContent-Type: image/png\n\nx\n",
            b"--b\nContent-Type: text/html\n\nnews\n--b--\n",
        )
        data = b'Content-Type: multipart/related; boundary="b"\n\n' + picture * parts + page
        if found_page:
            assert html_of_mhtml(data, "a") == b"news"
        else:
            with pytest.raises(BadMhtml, match="holds no HTML page"):
                html_of_mhtml(data, "a")


class Waiting(Executor):
    """Finishes what was handed out only when nothing more is; the most at a time is noted."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []
        self.most = 0

    def submit(self, fn: Any, /, *args: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **more)))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == 1:
            threading.Timer(0.3, self.finish).start()
        return future

    def finish(self) -> None:
        due, self.waiting = self.waiting, []
        for future, call in due:
            future.set_result(call())


def test_thirty_two_things_are_handed_out_at_a_time(tmp_path: Path) -> None:
    pool = Waiting()
    table = keep_all(Desk(tmp_path / "case"), [f"no-{number}" for number in range(40)], executor=pool)
    assert (len(table), pool.most) == (40, 32)


def test_a_half_written_capture_is_nobodys_after_an_hour(tmp_path: Path) -> None:
    partial = tmp_path / "case" / CAPTURES / ".partial"
    partial.mkdir(parents=True)
    for age in (3_590, 3_610):
        (partial / f"a{age}.warc.gz").write_bytes(b"half")
        os.utime(partial / f"a{age}.warc.gz", (0, time.time() - age))
    keep_all(Desk(tmp_path / "case"), [])
    assert [path.name for path in partial.iterdir()] == ["a3590.warc.gz"]


@pytest.mark.parametrize(("days", "due"), [(7, 1), (6.9, 0)])
def test_a_page_is_due_after_seven_days(here: Site, case_folder: Path, days: float, due: int) -> None:
    case = kit.open(case_folder)
    more = {"allow_private": True}
    keep(case, here.page("/a", "x"), source="a", clock=lambda: AT, **more)
    later = AT + timedelta(days=days)
    assert len(keep_again(case, clock=lambda: later, **more)) == due
    assert len(keep_again(case, ["a"], clock=lambda: later, **more)) == 1


def test_four_thousand_sentences_are_compared_one_by_one() -> None:
    assert len(recapture._sentences("a. " * 4_000)) == 4_000
    assert recapture._sentences("a. " * 4_002)[-1] == "a. a."
    for length, whole in ((19_998, True), (19_999, False)):
        assert recapture.readable_diff("", "x" * length).endswith("x") is whole


def test_an_id_is_made_of_few_and_short_words() -> None:
    cells = {
        "publisher": "One Two Three Four",
        "issued": "2021",
        "title": "Abcdefghijklmnopqr st uv wx",
        "url": "",
    }
    assert source_id(cells, ()) == "one-two-three-2021-abcdefghijklmnop-st-uv"
    assert is_usable("a" * 120)
    assert not is_usable("a" * 121)


@pytest.mark.parametrize(
    ("ending", "largest"), [(".json", 20_000_000), (".ris", 20_000_000), (".bib", 5_000_000)]
)
def test_a_file_of_sources_is_read_in_bounds(
    case_folder: Path, tmp_path: Path, ending: str, largest: int
) -> None:
    case: Case = kit.open(case_folder)
    with pytest.raises(KitError, match=f"is over {largest // 1_000_000} MB"):
        import_sources(case, sparse(tmp_path / f"a{ending}", largest + 1, b" "), "primary")
    assert FORMATS[ending].largest == largest


def test_a_style_has_four_megabytes(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="is over 4,000,000 bytes"):
        read_style(sparse(tmp_path / "a.csl", 4_000_001))
    with pytest.raises(KitError, match="is no XML that can be read"):
        read_style(sparse(tmp_path / "a.csl", 4_000_000))


@pytest.mark.parametrize(("size", "wrong"), [(5_000_000, "is blank"), (5_000_001, "is over 5 MB")])
def test_a_text_on_standard_input_has_five_megabytes(case_folder: Path, size: int, wrong: str) -> None:
    done = CliRunner().invoke(main, ["--case", str(case_folder), "keep", "-"], input=" " * size)
    assert wrong in done.output
