"""Web servers on loopback for the tests: pages by path, and raw sockets for servers that misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pandas as pd

Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Site:
    """A site whose pages can be changed while it runs; ``asked`` lists the requests it got."""

    port: int = 0
    pages: dict[str, Answer | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        named = {"Content-Type": "text/html; charset=utf-8"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        self.pages[path] = (status, named, body.encode())
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def site() -> Iterator[Site]:
    """A `Site` that is up while the block runs."""
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers)))
            answer = here.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"nothing here"))
            status, headers, body = answer(dict(self.headers)) if callable(answer) else answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Transfer-Encoding" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # a client that hangs up is what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_server(talk: Callable[[socket.socket, bytes], None]) -> Iterator[int]:
    """The port of a server that hands each connection and its request to ``talk`` and lets it misbehave."""
    listener = socket.create_server(("127.0.0.1", 0))

    def each(connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client had enough, as it should
            talk(connection, connection.recv(65536))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=each, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


SETTINGS = {
    "contact": "desk@harbourpost.example",
    "keep": {"pause_seconds": 0, "max_seconds": 5},
}


@dataclass
class Desk:
    """What keeping needs of a case, with no pauses between requests."""

    path: Path
    settings: dict[str, Any] = field(default_factory=lambda: dict(SETTINGS))
    sources: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["id", "url"], dtype="str"))

    def table(self, name: str) -> pd.DataFrame:
        return self.sources if name == "sources" else self.sources.iloc[:0]

    def listing(self, **addresses: str) -> Desk:
        rows = [{"id": name.replace("_", "-"), "url": url} for name, url in addresses.items()]
        self.sources = pd.DataFrame(rows, columns=["id", "url"], dtype="str")
        return self
