"""One request on the wire: judged addresses, a budget of seconds, and the bytes as they came.

Used by `kit.sources.capture.web.fetch` alone, which adds manners, redirects and patience.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import tempfile
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urlsplit

import httpcore
import httpx

from kit.errors import KitError
from kit.sources.capture.web.addresses import PrivateAddress, refusal
from kit.sources.capture.web.content_encoding import RAISE, BadCoding, TooLarge, decoded, megabytes
from kit.sources.capture.web.proxies import judge, pool_through, proxy_for

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class NotFetched(KitError):
    """A page that could not be fetched."""


class TooSlow(NotFetched):
    """A page that took longer than the limit."""


@dataclass(frozen=True)
class Exchange:
    """One request and its response, as they crossed the wire, the body still in its content coding."""

    url: str
    at: datetime
    address: str
    request: bytes
    status: int
    head: bytes
    headers: httpx.Headers
    body: IO[bytes]
    size: int
    sha256: str

    def content(self, limit: int) -> bytes:
        """The body with its content coding undone, at most ``limit`` bytes."""
        self.body.seek(0)
        coding = self.headers.get("content-encoding", "")
        return b"".join(
            decoded(iter(lambda: self.body.read(65536), b""), coding, limit=limit, place=self.url)
        )

    def beginning(self, size: int) -> bytes:
        """At most the first ``size`` bytes of the body, as far as its content coding can be undone."""
        self.body.seek(0)
        raw, start = iter(lambda: self.body.read(16384), b""), b""
        with contextlib.suppress(BadCoding, TooLarge):
            for piece in decoded(raw, self.headers.get("content-encoding", ""), limit=size, place=self.url):
                start += piece
        return start


class Line:
    """Requests on our own connections, for the time of one fetch.

    ``limit`` is in bytes, as sent and as decompressed; ``seconds`` is the budget for all its exchanges.
    """

    def __init__(
        self, agent: str, limit: int, seconds: float, allow_private: bool, clock: Callable[[], datetime]
    ) -> None:
        self.limit, self.clock = limit, clock
        self.backend = _Backend(seconds, allow_private)
        self.context = httpx.create_ssl_context()
        self.pools: dict[str, httpcore.ConnectionPool] = {}
        self.cookies = httpx.Cookies()
        self.headers = {
            "User-Agent": agent,
            "Accept": ACCEPT,
            # Asked for plain, the bytes kept are the page's own, and the same page gives the same hash.
            "Accept-Encoding": "identity",
        }
        self.timeout = dict.fromkeys(("connect", "read", "write", "pool"), min(30.0, seconds))

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self.pools.values():
            pool.close()

    def _pool(self, url: str) -> httpcore.ConnectionPool:
        """Connections of our own, or through the proxy that a person has set, whose machine alone is not judged."""
        proxy = proxy_for(url)
        if proxy and not self.backend.allow_private:
            judge(urlsplit(url).hostname or "")
        self.backend.through_proxy = bool(proxy)
        if proxy not in self.pools:
            self.pools[proxy] = (
                pool_through(proxy, self.backend, self.context)
                if proxy
                else httpcore.ConnectionPool(ssl_context=self.context, network_backend=self.backend)
            )
        return self.pools[proxy]

    def exchange(self, url: str, headers: Mapping[str, str], cut: int | None = None) -> Exchange:
        """One request and its response; ``cut`` stops reading after so many bytes without complaint.

        A response beyond the limit raises `TooLarge`.
        """
        at = self.clock().astimezone(UTC).replace(microsecond=0)
        with contextlib.ExitStack() as unless_whole:
            body = unless_whole.enter_context(tempfile.SpooledTemporaryFile(max_size=1_000_000))
            with self.backend.charged(), _named_errors(url, self.backend):
                request, response, pieces = self._asked(url, headers)
                digest, size = hashlib.sha256(), 0
                with contextlib.closing(pieces):
                    for piece in pieces.iter_stream():
                        body.write(piece)
                        digest.update(piece)
                        size += len(piece)
                        if cut is not None and size >= cut:
                            break
                        if size > self.limit:
                            raise TooLarge(url, f"more than {megabytes(self.limit)}", RAISE)
            if cut is None:
                _count_decoded(body, response.headers.get("content-encoding", ""), self.limit, url)
            unless_whole.pop_all()
        exchange = Exchange(
            url, at, self.backend.address, _request_head(request), response.status_code,
            _response_head(response), response.headers, body, size, digest.hexdigest(),
        )  # fmt: skip
        weakref.finalize(exchange, body.close)
        return exchange

    def _asked(
        self, url: str, headers: Mapping[str, str]
    ) -> tuple[httpx.Request, httpx.Response, httpcore.Response]:
        """A request, its response's head, and the response, whose body is still to come."""
        # Not through httpx.Client, which follows a redirect in thought even when told not to, and
        # raises for a Location we want on record.
        request = httpx.Request("GET", url, headers=self.headers | dict(headers))
        self.cookies.set_cookie_header(request)
        answer = self._pool(url).handle_request(
            httpcore.Request(
                "GET", str(request.url), headers=request.headers.raw, extensions={"timeout": self.timeout}
            )
        )
        head = httpx.Response(
            answer.status, headers=answer.headers, request=request, extensions=answer.extensions
        )
        self.cookies.extract_cookies(head)
        return request, head, answer


@contextlib.contextmanager
def _named_errors(url: str, backend: _Backend) -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        seconds = f"{backend.seconds:g} seconds" if backend.left() <= 0 else "the time a server has to answer"
        raise TooSlow(
            url, f"took longer than {seconds}", "try later, or save the page in a browser"
        ) from error
    except httpcore.ProxyError as error:
        raise NotFetched(
            url, f"the proxy refuses ({_short(error)})", "see to the proxy's settings"
        ) from error
    except httpcore.NetworkError as error:
        raise NotFetched(url, f"no connection ({_short(error)})", "check the address; try later") from error
    except (httpcore.ProtocolError, httpx.InvalidURL, UnicodeError) as error:
        raise NotFetched(
            url, f"not proper HTTP ({_short(error)})", "open it in a browser, save the page"
        ) from error


def _short(error: Exception) -> str:
    return ascii(str(error) or type(error).__name__)[1:-1][:120]


def _count_decoded(body: IO[bytes], coding: str, limit: int, url: str) -> None:
    """Raise `TooLarge` for a bomb. A lie about the coding passes: it is kept as sent; reading it says so."""
    body.seek(0)
    with contextlib.suppress(BadCoding):
        for _ in decoded(iter(lambda: body.read(65536), b""), coding, limit=limit, place=url):
            pass


def _request_head(request: httpx.Request) -> bytes:
    lines = [b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
    return b"\r\n".join([*lines, *(b"%s: %s" % pair for pair in request.headers.raw), b"", b""])


def _response_head(response: httpx.Response) -> bytes:
    """The status line and headers as sent; the body is stored without chunking, so that header is renamed."""
    reason = response.extensions.get("reason_phrase", b"")
    version = response.extensions.get("http_version", b"HTTP/1.1")
    lines = [b"%s %d %s" % (version, response.status_code, reason)]
    for name, value in response.headers.raw:
        lines.append(b"%s%s: %s" % (b"X-Orig-" if name.lower() == b"transfer-encoding" else b"", name, value))
    return b"\r\n".join([*lines, b"", b""])


class _Backend(httpcore.SyncBackend):
    """Connections to addresses that were resolved and judged here, on a budget of seconds.

    The address that was judged is the address connected to: a name that resolves differently a
    moment later changes nothing. All the time an exchange takes is charged to the budget, so that
    a server which sends a byte now and then, within every single time-out, is not listened to for
    long. The polite waiting between exchanges is not charged.
    """

    def __init__(self, seconds: float, allow_private: bool) -> None:
        self.seconds, self.allow_private, self.address = seconds, allow_private, ""
        self.through_proxy = False
        self.spent, self.begun = 0.0, time.monotonic()

    @contextlib.contextmanager
    def charged(self) -> Iterator[None]:
        """Charge the time that the block takes."""
        self.begun = time.monotonic()
        try:
            yield
        finally:
            self.spent += time.monotonic() - self.begun

    def left(self) -> float:
        """The seconds left in the budget, during an exchange."""
        return self.seconds - self.spent - (time.monotonic() - self.begun)

    def wait(self, timeout: float | None) -> float:
        """The time-out for one wait on the network; `httpcore.ReadTimeout` when nothing is left."""
        if (left := self.left()) <= 0:
            raise httpcore.ReadTimeout("the time for this page is used up")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            self.wait(timeout)
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"the name {host} was not found") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        reasons = [reason for address in addresses if (reason := refusal(address))]
        if reasons and not (self.allow_private or self.through_proxy):
            raise PrivateAddress(
                host,
                f"this name leads to {reasons[0]}",
                "allow private addresses only for a server of your own",
            )
        for address in addresses[:4]:
            try:
                seconds = min(self.wait(timeout), 10.0)
                stream = super().connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                # Which machine a proxy has asked nobody knows here.
                self.address = "" if self.through_proxy else address
                return _Budgeted(stream, self)
        raise failure


class _Budgeted(httpcore.NetworkStream):
    """A stream whose waits end when the backend's budget does."""

    def __init__(self, stream: httpcore.NetworkStream, backend: _Backend) -> None:
        self.stream, self.backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.backend.wait(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.backend.wait(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, self.backend.wait(timeout))
        return _Budgeted(secured, self.backend)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)

    def close(self) -> None:
        self.stream.close()
