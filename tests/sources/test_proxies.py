"""A proxy that a person has set is used or refused by name, never passed over; through it names are judged as written."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.loopback import raw_server

from kit.sources.capture.web.addresses import PrivateAddress
from kit.sources.capture.web.fetch import Fetcher, Limits
from kit.sources.capture.web.politeness import HostThrottle
from kit.sources.capture.web.proxies import BadProxy, proxy_for, refusal_of_name
from kit.sources.capture.web.transport import NotFetched

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\nConnection: close\r\n\r\nFifty boxes."


@pytest.fixture(autouse=True)
def asked_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that this machine looked up; no proxy is set but by the test."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    real, asked = socket.getaddrinfo, []

    def noted(host: Any, *rest: Any, **more: Any) -> Any:
        asked.append(str(host))
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    return asked


@pytest.fixture
def seen() -> list[bytes]:
    return []


@pytest.fixture
def http_proxy(seen: list[bytes]) -> Iterator[int]:
    def talk(connection: socket.socket, head: bytes) -> None:
        seen.append(head)
        if head.startswith(b"CONNECT"):
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        else:
            connection.sendall(ANSWER)

    with raw_server(talk) as port:
        yield port


def fetcher(folder: Path, **options: Any) -> Fetcher:
    limits = Limits(pause=0, tries=1)
    return Fetcher(
        "desk@harbourpost.example", HostThrottle(folder / "t"), limits, ignore_robots=True, **options
    )


def test_an_http_proxy_is_asked_and_no_name_is_looked_up_here(
    tmp_path: Path,
    http_proxy: int,
    seen: list[bytes],
    asked_names: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{http_proxy}")
    done = fetcher(tmp_path).fetch("http://harbourpost.example/raid")
    assert done.last.content(100) == b"Fifty boxes."
    assert seen[0].startswith(b"GET http://harbourpost.example/raid HTTP/1.1")
    assert done.last.address == ""
    assert "through a proxy" in done.notes
    assert set(asked_names) == {"127.0.0.1"}


def test_a_proxy_that_refuses_is_told(
    tmp_path: Path, http_proxy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{http_proxy}")
    with pytest.raises(NotFetched, match="the proxy refuses"):
        fetcher(tmp_path).fetch("https://harbourpost.example/raid")


def socks(seen: list[bytes]) -> Any:
    def talk(connection: socket.socket, greeting: bytes) -> None:
        connection.sendall(b"\x05\x00")
        seen.append(connection.recv(300))
        connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        seen.append(connection.recv(65536))
        connection.sendall(ANSWER)

    return talk


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_socks_looks_up_the_name_at_the_proxy(
    tmp_path: Path, seen: list[bytes], asked_names: list[str], monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with raw_server(socks(seen)) as port:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{port}")
        done = fetcher(tmp_path).fetch("http://harbourpost.example/raid")
    assert done.last.content(100) == b"Fifty boxes."
    assert b"\x03" + bytes([19]) + b"harbourpost.example" in seen[0]
    assert set(asked_names) == {"127.0.0.1"}


@pytest.mark.parametrize(
    "named", ["socks4://127.0.0.1:9050", "ftp://127.0.0.1", "http://:80", "http://a:b", "socks://x"]
)
def test_a_proxy_of_another_kind_is_refused_by_name_and_nothing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked_names: list[str], named: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", named)
    with pytest.raises(BadProxy, match=r"of a kind that cannot be used \((socks4?|ftp|http)\)"):
        fetcher(tmp_path).fetch("http://harbourpost.example/raid")
    assert asked_names == []


PRIVATE = ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]", "0x0a000001", "167772161", "10.1", "intranet",
           "wiki.internal", "printer.local", "[::ffff:10.0.0.1]"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_hosts_are_refused_through_a_proxy_too(
    tmp_path: Path, http_proxy: int, seen: list[bytes], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{http_proxy}")
    with pytest.raises(PrivateAddress):
        fetcher(tmp_path).fetch(f"http://{host}/")
    assert seen == []


def test_what_no_proxy_names_and_this_machine_itself_are_asked_directly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5h://127.0.0.1:9050")
    monkeypatch.setenv("NO_PROXY", "harbourpost.example,.coast.example")
    assert proxy_for("http://harbourpost.example/raid") == ""
    assert proxy_for("http://news.coast.example/") == ""
    for here in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/"):
        assert proxy_for(here) == ""
    assert proxy_for("https://clinic.example/") == "socks5h://127.0.0.1:9050"


def test_each_scheme_has_its_own_proxy_before_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://one.example:8080")
    monkeypatch.setenv("ALL_PROXY", "two.example:8080")
    assert proxy_for("https://clinic.example/") == "http://one.example:8080"
    assert proxy_for("http://clinic.example/") == "http://two.example:8080"


def test_public_names_are_not_refused() -> None:
    for host in (
        "harbourpost.example",
        "1.1.1.1",
        "xn--fa-hia.example",
        "localhost.example",
        "[2606:4700::1111]",
    ):
        assert refusal_of_name(host) == "", host
