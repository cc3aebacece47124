"""Fetching from real servers on loopback."""

import gzip
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.loopback import Site, raw_server, site

from kit.sources.capture.web import transport
from kit.sources.capture.web.addresses import BadAddress, PrivateAddress
from kit.sources.capture.web.content_encoding import TooLarge
from kit.sources.capture.web.fetch import Fetcher, Limits, TooManyRedirects
from kit.sources.capture.web.politeness import Disallowed, HostThrottle
from kit.sources.capture.web.transport import NotFetched, TooSlow


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    limits = Limits(bytes=1_000_000, seconds=2, redirects=4, tries=2, pause=0)
    return Fetcher("desk@harbourpost.example", HostThrottle(tmp_path), limits, allow_private=True)


def test_a_page_comes_with_its_request_and_headers(here: Site, fetcher: Fetcher) -> None:
    url = here.page("/a", "<p>Fifty boxes.", ETag='"1"')
    fetched = fetcher.fetch(url)
    assert fetched.last.status == 200
    assert fetched.last.content(100) == b"<p>Fifty boxes."
    assert fetched.last.address == "127.0.0.1"
    assert b"casebook-kit" in fetched.last.request
    assert b'ETag: "1"\r\n' in fetched.last.head
    asked = dict(here.asked[-1][1])
    assert asked["User-Agent"].endswith("(+desk@harbourpost.example)")
    assert asked["Accept-Encoding"] == "identity"


def test_every_redirect_is_recorded(here: Site, fetcher: Fetcher) -> None:
    here.page("/end", "here")
    here.page("/one", "", 301, Location="/two")
    here.page("/two", "", 302, Location=here.url("/end#part"))
    fetched = fetcher.fetch(here.url("/one"))
    assert [exchange.url for exchange in fetched.exchanges] == [here.url(p) for p in ("/one", "/two", "/end")]


def test_cookies_set_on_the_way_are_carried_along_the_way_only(here: Site, fetcher: Fetcher) -> None:
    here.page("/one", "", 302, Location="/end", Set_Cookie="consent=yes")
    here.page("/end", "here")
    fetcher.fetch(here.url("/one"))
    assert here.asked[-1][1]["Cookie"] == "consent=yes"
    fetcher.fetch(here.url("/end"))
    assert "Cookie" not in here.asked[-1][1]


def test_robots_txt_is_obeyed_and_read_once(here: Site, fetcher: Fetcher) -> None:
    here.page("/robots.txt", "User-agent: *\nDisallow: /private", Content_Type="text/plain")
    here.page("/open", "open")
    with pytest.raises(Disallowed, match=r"robots\.txt"):
        fetcher.fetch(here.url("/private/x"))
    fetcher.fetch(here.url("/open"))
    assert [path for path, _ in here.asked] == ["/robots.txt", "/open"]


def test_robots_txt_is_obeyed_after_a_redirect_too(here: Site, fetcher: Fetcher) -> None:
    here.page("/robots.txt", "User-agent: *\nDisallow: /private")
    here.page("/a", "", 302, Location="/private/x")
    with pytest.raises(Disallowed):
        fetcher.fetch(here.url("/a"))
    assert here.paths() == ["/a"]


def test_setting_robots_txt_aside_is_recorded(here: Site, tmp_path: Path) -> None:
    here.page("/robots.txt", "User-agent: *\nDisallow: /")
    url = here.page("/a", "x")
    fetcher = Fetcher(
        "d@a.example", HostThrottle(tmp_path), Limits(pause=0), allow_private=True, ignore_robots=True
    )
    assert "robots.txt set aside" in fetcher.fetch(url).notes
    assert here.paths() == ["/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_whose_robots_txt_fails_is_left_alone(here: Site, fetcher: Fetcher, status: int) -> None:
    here.page("/robots.txt", "oops", status)
    url = here.page("/a", "x")
    with pytest.raises(Disallowed, match=str(status)):
        fetcher.fetch(url)
    assert here.paths() == []


def test_private_addresses_are_refused_unless_allowed(here: Site, tmp_path: Path) -> None:
    url = here.page("/a", "secret")
    strict = Fetcher("d@a.example", HostThrottle(tmp_path), Limits(pause=0))
    for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"):
        with pytest.raises(PrivateAddress, match=r"loopback"):
            strict.fetch(here.url("/a", host))
    assert here.asked == []
    assert (
        "a private address was allowed"
        in Fetcher("d@a.example", HostThrottle(tmp_path), Limits(pause=0), allow_private=True)
        .fetch(url)
        .notes
    )


def test_a_redirect_to_a_private_address_is_refused(
    here: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only 127.0.0.2 counts as private here, since no public server can be had in a test.
    monkeypatch.setattr(transport, "refusal", lambda ip: "a loopback address" if ip == "127.0.0.2" else "")
    secret = here.page("/secret", "x").replace("127.0.0.1", "127.0.0.2")
    url = here.page("/a", "", 302, Location=secret)
    strict = Fetcher(fetcher.contact, fetcher.throttle, fetcher.limits)
    with pytest.raises(PrivateAddress, match=r"127\.0\.0\.2"):
        strict.fetch(url)
    assert here.paths() == ["/a"]


def test_a_name_is_resolved_once_and_that_address_is_used(
    here: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def resolved(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        ip = next(answers) if host == "rebind.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(transport.socket, "getaddrinfo", resolved)
    url = here.page("/a", "x").replace("127.0.0.1", "rebind.example")
    lone = Fetcher(fetcher.contact, fetcher.throttle, fetcher.limits, allow_private=True, ignore_robots=True)
    assert lone.fetch(url).last.address == "127.0.0.1"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/", "http://[", "data:,x"]
)
def test_a_redirect_off_the_web_is_refused(here: Site, fetcher: Fetcher, location: str) -> None:
    with pytest.raises(BadAddress):
        fetcher.fetch(here.page("/a", "", 302, Location=location))


def test_a_circle_of_redirects_ends(here: Site, fetcher: Fetcher) -> None:
    here.page("/a", "", 302, Location="/b")
    here.page("/b", "", 302, Location="/a")
    with pytest.raises(TooManyRedirects, match="in a circle more than 4 times"):
        fetcher.fetch(here.url("/a"))
    assert len(here.paths()) == 5


def test_a_busy_site_is_asked_again_after_the_time_it_names(here: Site, fetcher: Fetcher) -> None:
    answers = iter([(503, {"Retry-After": "1"}, b""), (200, {}, b"ready")])
    here.pages["/a"] = lambda _: next(answers)
    begun = time.monotonic()
    assert fetcher.fetch(here.url("/a")).last.content(10) == b"ready"
    assert time.monotonic() - begun >= 1


def test_a_site_that_asks_for_hours_is_not_waited_for(here: Site, fetcher: Fetcher) -> None:
    here.page("/a", "later", 429, Retry_After="7200")
    begun = time.monotonic()
    assert fetcher.fetch(here.url("/a")).last.status == 429
    assert time.monotonic() - begun < 2
    assert here.paths() == ["/a"]


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(here: Site, fetcher: Fetcher) -> None:
    here.page("/a", "x" * 1_100_000)
    with pytest.raises(TooLarge, match="more than 1 MB"):
        fetcher.fetch(here.url("/a"))


def test_a_small_body_that_unpacks_beyond_the_limit_is_refused(here: Site, fetcher: Fetcher) -> None:
    here.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(5_000_000)))
    with pytest.raises(TooLarge):
        fetcher.fetch(here.url("/a"))


def test_a_lie_about_the_coding_is_kept_as_it_came(here: Site, fetcher: Fetcher) -> None:
    here.pages["/a"] = (200, {"Content-Encoding": "gzip"}, b"<p>not gzip at all")
    fetched = fetcher.fetch(here.url("/a"))
    fetched.last.body.seek(0)
    assert fetched.last.body.read() == b"<p>not gzip at all"


def test_chunks_are_joined_and_said_to_have_been_chunks(fetcher: Fetcher) -> None:
    def talk(connection: socket.socket, _: bytes) -> None:
        connection.sendall(
            b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n"
        )

    with raw_server(talk) as port:
        fetched = Fetcher(
            fetcher.contact, fetcher.throttle, fetcher.limits, allow_private=True, ignore_robots=True
        ).fetch(f"http://127.0.0.1:{port}/")
    assert fetched.last.content(10) == b"one two"
    assert fetched.last.head.startswith(b"HTTP/1.1 200 Fine\r\nX-Orig-Transfer-Encoding: chunked\r\n")


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_slow_drip_is_cut_off_at_the_limit(fetcher: Fetcher, where: str) -> None:
    def talk(connection: socket.socket, _: bytes) -> None:
        if where == "body":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            connection.sendall(b"X")
            time.sleep(0.1)

    begun = time.monotonic()
    with raw_server(talk) as port, pytest.raises(TooSlow, match="2 seconds"):
        Fetcher(
            fetcher.contact, fetcher.throttle, fetcher.limits, allow_private=True, ignore_robots=True
        ).fetch(f"http://127.0.0.1:{port}/")
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_answers_that_are_no_proper_http_raise_one_named_error(fetcher: Fetcher, answer: bytes) -> None:
    with (
        raw_server(lambda connection, _: connection.sendall(answer)) as port,
        pytest.raises(NotFetched) as caught,
    ):
        Fetcher(
            fetcher.contact, fetcher.throttle, fetcher.limits, allow_private=True, ignore_robots=True
        ).fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.remedy


def test_no_server_is_a_named_error(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotFetched, match="no connection"):
        fetcher.fetch(f"http://127.0.0.1:{port}/")


def test_limits_come_from_the_case() -> None:
    limits = Limits.of({"keep": {"max_megabytes": 2, "max_seconds": 9, "pause_seconds": 3}})
    assert (limits.bytes, limits.seconds, limits.pause) == (2_000_000, 9, 3)
    assert Limits.of({}) == Limits()


def test_times_are_utc_to_the_second(here: Site, tmp_path: Path) -> None:
    fetcher = Fetcher(
        "d@a.example", HostThrottle(tmp_path), Limits(pause=0), allow_private=True,
        clock=lambda: datetime(2026, 5, 4, 3, 2, 1, 999, tzinfo=UTC),
    )  # fmt: skip
    assert fetcher.fetch(here.page("/a", "x")).last.at == datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
