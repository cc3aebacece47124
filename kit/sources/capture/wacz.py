"""A case's captures packed as WACZ 1.1.1, for ReplayWeb.page and every other player of web archives."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from kit.case import Case
from kit.errors import KitError
from kit.sources.capture import index
from kit.sources.capture.capture import Capture, capture_in, media_type
from kit.sources.capture.warc import warc_date
from kit.sources.capture.web.politeness import capture_software

_REPLAYED = ("response", "revisit", "resource")


class NothingToPack(KitError):
    """A package that would be empty, which players and checkers take for a sound one."""


def pack(case: Case, out: Path) -> list[Capture]:
    """The captures of the case that are on this machine, packed into the WACZ file ``out``, complete or not there at all.

    The same captures give the same bytes. A name that does not end in .wacz, a folder that is missing, and a case
    without captures here raise `KitError`; an altered capture raises `BadWarc`.
    """
    if out.suffix.lower() != ".wacz" or not out.absolute().parent.is_dir():
        raise KitError(
            out.name, "is no place for a WACZ", "name a file ending in .wacz in a folder that exists"
        )
    rows = (row for _, row in index.refresh(case.path).iterrows())
    here = [capture for row in rows if (capture := index.capture_of(case.path, row)).path.is_file()]
    write_wacz(here, out, case.title)
    return here


def write_wacz(captures: Iterable[Capture], out: Path, title: str) -> Path:
    """The WACZ file ``out`` with these captures, complete or not there at all.

    Each WARC is checked against its own hashes first; an altered one raises `BadWarc`, and no capture at all
    `NothingToPack`. The same captures and title give the same bytes.
    """
    chosen = sorted(captures, key=lambda capture: capture.id)
    if not chosen:
        raise NothingToPack(out.name, "no capture to pack", "keep something first")
    lines: list[str] = []
    pages: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": title}]
    for capture in chosen:
        capture_in(capture.path)
        with capture.path.open("rb") as file:
            lines += _index(file, capture.warc)
        uri, date = capture.recorded()
        if uri.startswith(("http://", "https://")):
            pages.append({"id": capture.id, "url": uri, "ts": date, "title": capture.source})
    handle, held = tempfile.mkstemp(dir=out.parent, prefix=".wacz-")
    try:
        with os.fdopen(handle, "wb") as whole, zipfile.ZipFile(whole, "w") as package:
            resources = []
            for capture in chosen:
                with capture.path.open("rb") as file:
                    resources.append(_put(package, f"archive/{capture.warc}", file))
            cdx = "".join(f"{line}\n" for line in sorted(lines)).encode()
            listing = "".join(json.dumps(page) + "\n" for page in pages).encode()
            resources.append(_put(package, "indexes/index.cdx.gz", io.BytesIO(gzip.compress(cdx, mtime=0))))
            resources.append(_put(package, "pages/pages.jsonl", io.BytesIO(listing)))
            facts = {
                "profile": "data-package",
                "wacz_version": "1.1.1",
                "title": title,
                "software": capture_software(),
                "created": warc_date(max(capture.captured_at for capture in chosen)),
                "resources": resources,
            }
            manifest = json.dumps(facts, indent=2).encode()
            sealed = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(manifest).hexdigest()}"}
            _put(package, "datapackage.json", io.BytesIO(manifest))
            _put(package, "datapackage-digest.json", io.BytesIO(json.dumps(sealed, indent=2).encode()))
        os.chmod(held, 0o644)
        os.replace(held, out)
    except BaseException:
        Path(held).unlink(missing_ok=True)
        raise
    return out


def sort_key(url: str) -> str:
    """``url`` as web archives sort it (SURT): host back to front, everything in lower case.

    >>> sort_key("https://www.Example.org:8080/A/b/?z=1&a=2")
    'org,example:8080)/a/b?a=2&z=1'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url
    host = ",".join(reversed(re.sub(r"^www\d*\.", "", parts.hostname).strip(".").split(".")))
    port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}[parts.scheme] else ""
    query = "&".join(sorted(parts.query.lower().split("&")))
    path = parts.path.rstrip("/") or "/"
    return f"{host}{port}){path}{'?' + query if query else ''}".lower()


def _index(file: IO[bytes], name: str) -> Iterator[str]:
    """A CDXJ line for each record to replay. The file was checked before, so it is read without bounds."""
    for record in (found := ArchiveIterator(file)):
        if record.rec_type not in _REPLAYED:
            continue
        get, http = record.rec_headers.get_header, record.http_headers
        uri = get("WARC-Target-URI")
        mime = (http.get_header("content-type") if http else get("Content-Type")) or ""
        entry: dict[str, Any] = {"url": uri, "mime": media_type(mime)}
        if record.rec_type == "revisit":
            entry["mime"] = "warc/revisit"
        elif http:
            entry["status"] = http.statusline.split(" ")[0]
        entry |= {"digest": get("WARC-Payload-Digest") or "", "filename": name}
        entry |= {"length": str(found.get_record_length()), "offset": str(found.get_record_offset())}
        yield f"{sort_key(uri)} {re.sub('[^0-9]', '', get('WARC-Date'))[:14]} {json.dumps(entry)}"


def _put(package: zipfile.ZipFile, name: str, source: IO[bytes]) -> dict[str, Any]:
    """Store a file, uncompressed as WACZ asks, and give its line for the manifest."""
    digest, size = hashlib.sha256(), 0
    with package.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as out:
        while piece := source.read(65536):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    base = name.rpartition("/")[2]
    return {"name": base, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}
