"""A small site of our own on this machine, and an empty case to try it with: for notebook 00, the docs and the tests."""

from __future__ import annotations

import csv
import tempfile
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from types import TracebackType

from kit.case import Case
from kit.tables.schema import TABLES

_SETTINGS = """title = "A demonstration"
contact = "desk@harbourpost.example"
[keep]
pause_seconds = 0
"""


class Demo:
    """The site, up until `close`, and ``case``, in a temporary folder that goes with it.

    Its stories and names are invented. ``pages`` maps a path to the page there and can be changed; an address
    that is not in it answers 404.

    >>> with Demo() as demo:
    ...     sorted(demo.pages), demo.url("/terms").startswith("http://127.0.0.1:")
    (['/berth-nine', '/hostile', '/terms'], True)
    """

    def __init__(self) -> None:
        folder = files("kit.sources").joinpath("demo_pages")
        self.pages = {
            f"/{page.name.removesuffix('.html')}": page.read_text(encoding="utf-8")
            for page in folder.iterdir()
            if page.name.endswith(".html")
        }
        self._folder = tempfile.TemporaryDirectory()
        self.case = empty_case(Path(self._folder.name) / "case")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.pages))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def url(self, path: str = "") -> str:
        """The address of a page; its port is another one each time."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    @staticmethod
    def clock() -> datetime:
        """A time that stands still, so that what is kept is named the same each time."""
        return datetime(2026, 3, 4, 9, tzinfo=UTC)

    def close(self) -> None:
        """Nothing; the site has stopped, and the case is gone."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._folder.cleanup()

    def __enter__(self) -> Demo:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def empty_case(folder: Path) -> Case:
    """A case of empty tables in ``folder``, which must not be there yet."""
    (folder / "data/manual").mkdir(parents=True)
    (folder / "data/case.toml").write_text(_SETTINGS, encoding="utf-8")
    for table in (table for table in TABLES.values() if table.core):
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(table.names)
    return Case(folder)


def _handler(pages: dict[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = pages.get(self.path)
            body = (page or "nothing here").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if page else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a log would stand among what the notebook shows."""

    return Handler
