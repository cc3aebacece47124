"""What came, made into one WARC: whole on the disk before anything reads it, and named once it was read."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Any

from kit.sources.capture.capture import FACTS, LONGEST_NAME, NAME, Capture, capture_in, checked_id, media_type
from kit.sources.capture.warc import NOT_MODIFIED, UNCHANGED, Writer, new_record_id, warc_date
from kit.sources.capture.web.addresses import web_address
from kit.sources.capture.web.fetch import Fetcher
from kit.sources.capture.web.politeness import capture_software, retry_after
from kit.sources.capture.web.transport import Exchange, NotFetched
from kit.text.printable import printable


@dataclass(frozen=True)
class Arrival:
    """What came, and how, before it is a capture: ``fill`` writes its records, ``main`` is the page's, ``file`` its name."""

    source: str
    how: str
    at: datetime
    url: str
    media_type: str
    main: str
    fill: Callable[[Writer], None]
    excerpt: bool = False
    notes: tuple[str, ...] = ()
    size: int = 0
    same_as: str = ""
    file: str = ""


def store(folder: Path, arrival: Arrival, name: Callable[[Capture], str] | None = None) -> Capture:
    """The capture made of ``arrival``: one new WARC in ``folder``, written once, complete or not there at all.

    ``name`` is given the capture when all of its bytes are on the disk, and says of which source it is; '' leaves the
    one that ``arrival`` has. Where it fails, the capture is kept all the same, under that one. The file is named from
    source and time, and its name stands beneath what it holds. A name that is taken gets a number: nothing is ever
    written over.
    """
    held = _claimed(folder, arrival.source, arrival.at)
    try:
        with held.open("wb") as out:
            writer = Writer(out)
            info = f"software: {capture_software()}\r\nformat: WARC File Format 1.1\r\n"
            writer.add(
                "warcinfo", io.BytesIO(info.encode()), at=arrival.at, content_type="application/warc-fields"
            )
            writer.add(
                "metadata",
                _json(_facts(arrival)),
                at=arrival.at,
                content_type=FACTS,
                uri="urn:casebook:capture",
            )
            arrival.fill(writer)
            _to_disk(out)
        capture = capture_in(held, named=False)
    except BaseException:  # an interrupted capture leaves nothing behind either
        held.unlink(missing_ok=True)
        raise
    source = arrival.source
    try:
        source = checked_id((name(capture) if name else "") or source)
    finally:
        final = _named(folder, held, source, arrival)
    return replace(capture, id=_id_of(final), source=source, warc=final.name, folder=folder)


def _facts(arrival: Arrival) -> dict[str, Any]:
    facts = {
        "how": arrival.how,
        "captured_at": warc_date(arrival.at),
        "url": arrival.url,
        "media_type": arrival.media_type,
        "excerpt": arrival.excerpt,
        "notes": list(arrival.notes),
        "software": capture_software(),
        "main": arrival.main,
    }
    facts |= {"file": printable(arrival.file, lines=False)[:LONGEST_NAME]} if arrival.file else {}
    return facts | ({"same_as": arrival.same_as, "bytes": arrival.size} if arrival.same_as else {})


def _claimed(folder: Path, source: str, at: datetime) -> Path:
    """A new file that nobody else writes to, of a name that ``folder`` does not have yet."""
    base, partial = f"{checked_id(source)}-{at.astimezone(UTC):%Y%m%dt%H%M%Sz}", folder / ".partial"
    partial.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        held = partial / f"{base if number == 1 else f'{base}-{number}'}.warc.gz"
        with contextlib.suppress(FileExistsError):
            held.open("xb").close()
            if not (folder / held.name).exists():
                return held
            held.unlink()
    raise AssertionError("numbers do not end")


def _named(folder: Path, held: Path, source: str, arrival: Arrival) -> Path:
    """The file in its place, with its name written beneath what it holds."""
    claim = held if source == arrival.source else _claimed(folder, source, arrival.at)
    os.replace(held, claim)
    with claim.open("ab") as out:
        name = _json({"id": _id_of(claim), "source": source})
        Writer(out).add(
            "metadata", name, at=arrival.at, content_type=NAME, uri=f"urn:casebook:{_id_of(claim)}"
        )
        _to_disk(out)
    final = folder / claim.name
    os.replace(claim, final)
    return final


def _id_of(path: Path) -> str:
    return path.name.removesuffix(".warc.gz")


def _json(facts: dict[str, Any]) -> IO[bytes]:
    return io.BytesIO(json.dumps(facts, indent=1, ensure_ascii=False).encode())


def _to_disk(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


_WALLS = frozenset({401, 402, 403, 407, 451})
_BROWSER = "open it in a browser, save the page and keep the file: kit keep page.html --url ADDRESS"


class HttpStatus(NotFetched):
    """The site answered, and not with the page."""


def fetched_arrival(
    fetcher: Fetcher, url: str, *, source: str, earlier: Capture | None, errors_too: bool
) -> Arrival:
    """The page at ``url``, with every request and response on the way, ready to be stored.

    Where ``earlier`` is a capture of the page, the site is asked whether it changed; if it did
    not, the record says so and points to the earlier one. An answer that is not the page (an
    error, an empty body) raises `HttpStatus`, unless ``errors_too``.
    """
    reference = earlier.reference() if earlier else None
    fetched = fetcher.fetch(url, reference.conditions if reference else None)
    last = fetched.last
    unmodified = last.status == 304 and reference is not None
    same = reference is not None and earlier is not None and (unmodified or last.sha256 == earlier.sha256)
    if not errors_too and not unmodified:
        _refuse_errors(fetcher, last)
    main, notes = new_record_id(), list(fetched.notes)
    if same and reference:
        notes.insert(0, f"unchanged since {reference.capture}")

    def fill(writer: Writer) -> None:
        for exchange in fetched.exchanges[:-1]:
            _write(writer, exchange, new_record_id())
        if not (same and reference and earlier):
            _write(writer, last, main)
            return
        more = {
            "WARC-Profile": NOT_MODIFIED if unmodified else UNCHANGED,
            "WARC-Refers-To": reference.record,
            "WARC-Refers-To-Target-URI": reference.uri,
            "WARC-Refers-To-Date": reference.date,
        }
        _write(writer, last, main, revisit=more, sha256=earlier.sha256)

    kind = media_type(last.headers.get("content-type", ""))
    return Arrival(
        source=source, how="fetched", at=last.at, url=web_address(url),
        media_type=earlier.media_type if unmodified and earlier else kind,
        main=main, fill=fill, notes=tuple(notes),
        size=earlier.bytes if same and earlier else last.size,
        same_as=reference.capture if same and reference else "",
    )  # fmt: skip


def _refuse_errors(fetcher: Fetcher, last: Exchange) -> None:
    if last.status == 206:
        raise HttpStatus(
            last.url, "the site sends a part of the page, and was asked for all of it (206)", _BROWSER
        )
    if 200 <= last.status < 300 and last.size:
        return
    wait = retry_after(last.headers.get("retry-after", ""), fetcher.clock()) if last.status >= 400 else None
    if 200 <= last.status < 300:
        raise HttpStatus(last.url, "the site answers with an empty page", _BROWSER)
    remedy = {
        404: "check the address; a public archive may have it",
        410: "a public archive may have it",
    }.get(last.status, _BROWSER if last.status in _WALLS else "try later")
    if wait:
        remedy = f"it asks to come back in {wait:.0f} seconds"
    raise HttpStatus(last.url, f"the site answers {last.status}, not with the page", remedy)


def _write(
    writer: Writer,
    exchange: Exchange,
    record: str,
    *,
    revisit: dict[str, str] | None = None,
    sha256: str = "",
) -> None:
    ip = {"WARC-IP-Address": exchange.address} if exchange.address else {}
    with tempfile.SpooledTemporaryFile(max_size=1_000_000) as block:
        block.write(exchange.head)
        if revisit is None:
            exchange.body.seek(0)
            while piece := exchange.body.read(65536):
                block.write(piece)
        writer.add(
            "revisit" if revisit else "response", block, at=exchange.at, uri=exchange.url, record_id=record,
            content_type="application/http; msgtype=response", payload_sha256=sha256 or exchange.sha256,
            more=ip | (revisit or {}),
        )  # fmt: skip
    writer.add(
        "request", io.BytesIO(exchange.request), at=exchange.at, uri=exchange.url,
        content_type="application/http; msgtype=request", more={"WARC-Concurrent-To": record},
    )  # fmt: skip
