"""Hostile pages, servers and files, each with what must become of it.

Used by the tests and by ``benchmarks/hostile.py``. A `Threat` serves or lays out its attack and
names the outcome that is right: ``kept``, or a part of the error's message. `suffer` runs in a
process of its own, where time and memory can be measured.
"""

from __future__ import annotations

import functools
import gzip
import html
import io
import json
import re
import resource
import socket
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import brotli

from kit.errors import KitError
from kit.sources.capture import index
from kit.sources.capture.web.memento import timemap
from kit.sources.keep import fetcher_of, keep
from support.loopback import Desk, Site, raw_server, site

Talk = Callable[[socket.socket, bytes], None]
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@functools.cache
def zeros() -> bytes:
    """200 MB of nothing, packed."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()


def brotli_zeros() -> bytes:
    """1 GB of nothing, packed."""
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(bytes(1_000_000)) for _ in range(1000)) + packer.finish()


@dataclass(frozen=True)
class Threat:
    """An attack by a site (``pages``), a server that is no HTTP server (``talk``), a ``file`` or a link."""

    outcome: str
    pages: Callable[[Site], None] | None = None
    talk: Talk | None = None
    file: Callable[[Path], Path] | None = None
    url: str = ""
    how: str = "keep"


def served(body: bytes | Callable[[], bytes], status: int = 200, **headers: str) -> Callable[[Site], None]:
    named = {"Content-Type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return lambda here: here.pages.update({"/": (status, named, body() if callable(body) else body)})


def endless(start: bytes, again: bytes, pause: float = 0) -> Talk:
    def talk(connection: socket.socket, request: bytes) -> None:
        if b"GET /robots.txt" in request:
            connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        connection.sendall(start)
        while True:
            connection.sendall(again)
            time.sleep(pause)

    return talk


def robots(body: Callable[[], bytes], **headers: str) -> Callable[[Site], None]:
    def pages(here: Site) -> None:
        here.page("/", "<p>Fifty boxes.")
        here.pages["/robots.txt"] = (200, {"Content-Type": "text/plain", **headers}, body())

    return pages


def circle(here: Site) -> None:
    here.page("/", "", 302, Location="/b")
    here.page("/b", "", 302, Location="/")


def heavy_redirects(here: Site) -> None:
    for i in range(12):
        path = f"/{i}" if i else "/"
        here.pages[path] = (302, {"Location": f"/{i + 1}"}, bytes(4_000_000))


def written(data: Callable[[], bytes], name: str) -> Callable[[Path], Path]:
    def file(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data())
        return path

    return file


def warc(length: object, block: bytes = b"<html>", more: str = "") -> bytes:
    head = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Target-URI: https://a.example/\r\n"
    return (
        f"{head}Content-Type: text/html\r\nContent-Length: {length}\r\n{more}\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


def big_gzip(start: bytes, times: int, end: bytes = b"") -> bytes:
    """A gzip file that unpacks to ``start`` and ``times`` times 200 MB of nothing."""
    return gzip.compress(start) + zeros() * times + gzip.compress(end)


def wacz(members: Mapping[str, bytes], compress: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as package:
        package.writestr("datapackage.json", "{}")
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def crowded_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        for i in range(150_000):
            package.writestr(f"archive/{i}", b"")
    return out.getvalue()


def nested_mhtml() -> bytes:
    start = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    return start + b"--b\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" * 400_000


def endless_parts() -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        + b"--b\r\n"
        + b"\n--b\nx" * 8_000_000
    )


def laughs() -> bytes:
    lines = ['<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">']
    lines += [f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)]
    return "\n".join([*lines, "]><rss><channel><title>&m;</title></channel></rss>"]).encode()


def pdf_bomb() -> bytes:
    stream = zeros()
    head = b"%%PDF-1.7\n1 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % len(stream)
    return head + stream + b"\nendstream\nendobj\n"


def copies(here: Site) -> None:
    here.page("/https://a.example/", "<>;rel=memento," * 1_300_000, Content_Type="application/link-format")


#: What a terminal would obey, what a reader would be misled by, and what rich would take for markup.
OBEYED = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\u2066[bold red]red[/bold red][link=file:///etc]x[/link]"


def every_field() -> bytes:
    """A page with script and signs that a terminal obeys wherever a field is read from."""
    evil = html.escape(f"=1+1{OBEYED}{SCRIPT}")
    stated = json.dumps({
        "@type": "NewsArticle", "headline": f"=1+1{OBEYED}{SCRIPT}", "author": [{"name": f"@Jane {SCRIPT}{OBEYED}"}],
        "publisher": {"name": f"-Post {SCRIPT}{OBEYED}"}, "datePublished": f"2025-07-29T10:00:00{OBEYED}{SCRIPT}",
        "isAccessibleForFree": False, "wordCount": 4000, "url": "javascript:alert(1)",
    }).replace("<", "\\u003c")  # fmt: skip
    return (
        f'<html lang="{evil}"><title>{evil}</title><meta property="og:site_name" content="{evil}">'
        f'<meta name="author" content="{evil}"><meta name="description" content="{evil}">'
        f'<link rel="canonical" href="https://a.example/{evil}"><meta property="og:url" content="data:text/html,{evil}">'
        f'<script type="application/ld+json">{stated}</script>'
        f'<h1 onclick="alert(1)">{evil}</h1><p class="byline">By {evil}</p><p>{evil} Fifty boxes were carried away.'
    ).encode()


THREATS: dict[str, Threat] = {
    "script in every field": Threat("kept", served(every_field)),
    "script in the page": Threat(
        "kept", served(f"<title>{SCRIPT}</title><body onload=alert(1)>{SCRIPT}".encode())
    ),
    "script in Content-Type": Threat("kept", served(b"x", Content_Type=f"text/html; charset={SCRIPT}")),
    "formula in headers": Threat(
        "kept", served(b"x", Content_Type="=HYPERLINK(1)", Server="=cmd|' /C calc'!A0")
    ),
    "lying type and charset": Threat(
        "kept", served(b"\xff\xfe%PDF-1.7\x00", Content_Type="image/png; charset=utf-7")
    ),
    "10 MB of nested tags": Threat("kept", served(lambda: b"<div>" * 2_000_000)),
    "XML entity bomb in a feed": Threat("kept", served(laughs(), Content_Type="application/rss+xml")),
    "javascript: link": Threat("not a web address", url="javascript:alert(1)"),
    "data: link": Threat("not a web address", url="data:text/html,<script>alert(1)</script>"),
    "file: link": Threat("not a web address", url="file:///etc/passwd"),
    "header injected by the address": Threat("control characters", url="http://127.0.0.1/\r\nX-Evil:1"),
    "redirect to file:": Threat("not a web address", served(b"", 302, Location="file:///etc/passwd")),
    "redirect in a circle": Threat("in a circle", circle),
    "redirects with 4 MB each": Threat("redirected more than 10 times", heavy_redirects),
    "gzip bomb, 20 MB to 20 GB": Threat(
        "more than 50 MB", served(lambda: zeros() * 100, Content_Encoding="gzip")
    ),
    "gzip in gzip": Threat(
        "more than 50 MB", served(lambda: gzip.compress(zeros() * 3), Content_Encoding="gzip, gzip")
    ),
    "brotli bomb": Threat("more than 50 MB", served(brotli_zeros, Content_Encoding="br")),
    "endless body": Threat(
        "more than 50 MB",
        talk=endless(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"
        ),
    ),
    "endless headers": Threat("not proper HTTP", talk=endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000)),
    "endless interim answers": Threat(
        "took longer", talk=endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 100)
    ),
    "slow drip in the headers": Threat("took longer", talk=endless(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.05)),
    "slow drip in the body": Threat(
        "took longer", talk=endless(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"y", 0.05)
    ),
    "silence": Threat("took longer", talk=endless(b"", b"", 0.2)),
    "header with a null": Threat(
        "not proper HTTP", talk=endless(b"HTTP/1.1 200 OK\r\nX: a\x00\r\n\r\n", b"x")
    ),
    "robots.txt of 50 MB": Threat("kept", robots(lambda: b"# nothing here\n" * 3_500_000)),
    "robots.txt of 50 MB that forbids at its start": Threat(
        "robots.txt asks", robots(lambda: b"User-agent: *\nDisallow: /\n" + b"Allow: /*a*a*a*$\n" * 3_000_000)
    ),
    "robots.txt as a gzip bomb": Threat("kept", robots(lambda: zeros() * 20, **{"Content-Encoding": "gzip"})),
    "robots.txt of wildcards": Threat(
        "kept", robots(lambda: b"User-agent: *\n" + b"Disallow: /*" + b"a*" * 200_000 + b"$\n")
    ),
    "list of copies of 20 MB": Threat("more than 200000 copies", copies, how="timemap"),
    "WARC with a length too long": Threat("early", file=written(lambda: warc(10**14), "x.warc")),
    "WARC with a length too short": Threat("length is wrong", file=written(lambda: warc(2), "x.warc")),
    "WARC with a length that is none": Threat(
        "length that is none", file=written(lambda: warc("-5"), "x.warc")
    ),
    "WARC with endless headers": Threat(
        "KB of headers", file=written(lambda: warc(6, more="X: " + "y" * 50_000_000 + "\r\n"), "x.warc")
    ),
    "WARC whose headers are a gzip bomb": Threat(
        "more than 1 GB", file=written(lambda: big_gzip(b"WARC/1.1\r\nX: ", 50), "x.warc.gz")
    ),
    "WARC that unpacks to 10 GB": Threat(
        "more than 1 GB", file=written(lambda: big_gzip(warc(10**10, b""), 50), "x.warc.gz")
    ),
    "WARC with a header in a header": Threat(
        "kept", file=written(lambda: warc(6, more="X: a\rWARC-Type: request\r\n"), "x.warc")
    ),
    "zip-slip in a WACZ": Threat(
        "leave its folder", file=written(lambda: wacz({"archive/../../../evil.warc": warc(6)}), "x.wacz")
    ),
    "WACZ with 150,000 entries": Threat("without a usable directory", file=written(crowded_zip, "x.wacz")),
    "WACZ with a bomb inside": Threat(
        "more than 1 GB",
        file=written(
            lambda: wacz({"archive/a.warc.gz": big_gzip(warc(10**10, b""), 50)}, zipfile.ZIP_DEFLATED),
            "x.wacz",
        ),
    ),
    "WACZ whose page list is nonsense": Threat(
        "0 pages",
        file=written(lambda: wacz({"archive/a": b"", "pages/pages.jsonl": b"[" * 4_000_000}), "x.wacz"),
    ),
    "MHTML nested 400,000 deep": Threat(
        "holds no HTML page", file=written(nested_mhtml, "x.mhtml"), how="page"
    ),
    "MHTML with 8 million parts": Threat(
        "holds no HTML page", file=written(endless_parts, "x.mhtml"), how="page"
    ),
    "PDF bomb": Threat("kept", file=written(pdf_bomb, "x.pdf")),
    "path as a source id": Threat("not an id", served(b"x"), how="id"),
}


@dataclass(frozen=True)
class Fate:
    """What became of a threat: the outcome in words, and what it cost."""

    outcome: str
    seconds: float
    megabytes: float


@contextmanager
def launched(name: str, folder: Path) -> Iterator[str]:
    """What to keep, while the threat is up: an address or the path of a file."""
    threat = THREATS[name]
    with ExitStack() as stack:
        if threat.pages:
            here = stack.enter_context(site())
            threat.pages(here)
            yield here.url("/")
        elif threat.talk:
            yield f"http://127.0.0.1:{stack.enter_context(raw_server(threat.talk))}/"
        elif threat.file:
            yield str(threat.file(folder))
        else:
            yield threat.url


def suffer(name: str, what: str, folder: Path) -> Fate:
    """Keep ``what`` with the usual limits but for the time, three seconds, and report what it came to."""
    threat = THREATS[name]
    case = Desk(
        folder / "case",
        settings={"contact": "desk@harbourpost.example", "keep": {"pause_seconds": 0, "max_seconds": 3}},
    )
    begun = time.perf_counter()
    try:
        if threat.how == "timemap":
            timemap(fetcher_of(case, allow_private=True), "https://a.example/", timemap=what)
        else:
            source = "../../evil" if threat.how == "id" else "hostile"
            at = datetime(2026, 3, 4, tzinfo=UTC)
            capture = keep(case, what, source=source, allow_private=True, clock=lambda: at)
            if threat.how == "page":
                capture.page()
            (case.path / index.LEDGER).unlink()
            index.refresh(case.path)
            shown = capture._repr_html_()
            if any(mark in shown for mark in ("<script", "<img", "onload=")):
                return Fate(f"executed: {shown}", 0, 0)
        outcome = "kept"
    except KitError as error:
        outcome = str(error)
    seconds = time.perf_counter() - begun
    return Fate(outcome, seconds, _peak())


def _peak() -> float:
    """The most memory this process ever held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss, not handed down by the process that started this one
        return float(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())[0]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
