"""One call keeps a source for good: a web page, a file on disk, or pasted text."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pandas as pd

from kit.errors import KitError
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture, checked_id
from kit.sources.capture.local_files import BadFile, from_file, pasted, sha256_of
from kit.sources.capture.store import Arrival, fetched_arrival, store
from kit.sources.capture.web import memento
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.capture.web.fetch import Fetcher, Limits
from kit.sources.capture.web.politeness import HostThrottle

PAGE = "2..|304|$"  # the statuses of captures that hold the page; others hold the news that it is not there
TURNS = CAPTURES / ".turns"
Identify = Callable[[bytes, str, str], str]


class CaseFolder(Protocol):
    """What keeping needs of a case."""

    @property
    def path(self) -> Path: ...
    @property
    def contact(self) -> str: ...
    @property
    def settings(self) -> Mapping[str, Any]: ...
    @property
    def sources(self) -> pd.DataFrame: ...


def now() -> datetime:
    """The time, in UTC, to the second, as captures record it."""
    return datetime.now(UTC).replace(microsecond=0)


def keep(
    case: CaseFolder,
    what: str | Path,
    *,
    url: str | None = None,
    source: str | None = None,
    how: str | None = None,
    again: bool = False,
    archive: bool = False,
    allow_private: bool = False,
    ignore_robots: bool = False,
    excerpt: bool | None = None,
    identify: Identify | None = None,
    say: Callable[[str], object] = print,
    clock: Callable[[], datetime] = now,
) -> Capture:
    """The capture of ``what``, written to ``data/captures`` and to the ledger.

    ``what`` is a web address, the id of a source that has one, or a file (saved page, MHTML, PDF,
    WARC, WACZ, with ``url`` for where it came from); with ``how="pasted"`` it is the text itself,
    an ``excerpt`` unless said otherwise. What is kept already is not fetched twice: the capture
    there is comes back, unless ``again``. An error page is kept only ``again``, where its coming
    is the news. With ``archive`` the Internet Archive is asked to save the page too, after
    ``say`` has said what is sent where; the copy's address is ``memento`` of the result.

    The source is the one given, the one with that address in ``case.sources``, what ``identify``
    makes of the bytes, the address and the media type, or else (it may give '') a name from host and address.
    """
    capture = kept(
        case, what, url=url, source=source, how=how, again=again, allow_private=allow_private,
        ignore_robots=ignore_robots, excerpt=excerpt, identify=identify, clock=clock,
    )  # fmt: skip
    index.add(case.path, [capture])
    return saved(case, capture, say=say) if archive else capture


def saved(
    case: CaseFolder, capture: Capture, *, say: Callable[[str], object], allow_private: bool = False
) -> Capture:
    """The capture, with the address of the copy that the Internet Archive was asked to make.

    A page from inside a network is not given away: `NotSaved`, as for any other reason.
    """
    address = capture.final_url or capture.url
    if not address or "a private address was allowed" in capture.note:
        wrong = "comes from inside a network" if address else "has no address"
        raise memento.NotSaved(capture.id, wrong, "no public archive can save it")
    copy = memento.save_page_now(fetcher_of(case, allow_private=allow_private), address, say=say)
    return replace(capture, memento=copy.url)


def kept(
    case: CaseFolder,
    what: str | Path,
    *,
    url: str | None = None,
    source: str | None = None,
    how: str | None = None,
    again: bool = False,
    allow_private: bool = False,
    ignore_robots: bool = False,
    excerpt: bool | None = None,
    identify: Identify | None = None,
    clock: Callable[[], datetime] = now,
) -> Capture:
    """What `keep` does, without the ledger: for workers whose results one process writes down."""
    known = index.read_index(case.path)
    address = web_address(url) if url else ""
    if how == "pasted":
        text = str(what)
        hashed = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        source = source or source_at(case, address)
        if not again and (there := _there(case, _of_bytes(known, hashed, source))):
            return there
        source = source or _captured_as(_at(known, address))
        name = source or f"pasted-{hashed[:8]}"
        arrival = pasted(text, source=name, url=address, at=clock(), excerpt=excerpt is not False)
    elif target := _web_target(case, what):
        address, source = target[0], source or target[1] or source_at(case, target[0])
        rows = _at(known, address)
        rows = rows[rows["status"].str.match(PAGE)]
        if not again and (there := _there(case, rows)):
            return there
        fetcher = fetcher_of(case, allow_private=allow_private, ignore_robots=ignore_robots, clock=clock)
        earlier = _there(case, rows[rows["how"] == "fetched"])
        source = source or _captured_as(rows)
        name = source or _provisional(address)
        arrival = fetched_arrival(fetcher, address, source=name, earlier=earlier, errors_too=again)
    else:
        path = Path(what)
        hashed = _hash(path)
        source = source or source_at(case, address)
        if not again and (there := _there(case, _of_bytes(known, hashed, source))):
            return there
        source = source or _captured_as(_at(known, address))
        name = source or (_provisional(address) if address else f"file-{hashed[:8]}")
        arrival = from_file(path, source=name, url=address, at=clock(), excerpt=bool(excerpt))
    if source is None and identify is not None:
        arrival = replace(arrival, source=_identified(arrival, identify))
    return store(case.path / CAPTURES, arrival)


def fetcher_of(
    case: CaseFolder, *, allow_private: bool = False, ignore_robots: bool = False,
    clock: Callable[[], datetime] = now,
) -> Fetcher:  # fmt: skip
    """A fetcher with the contact and the limits of the case."""
    return Fetcher(
        case.contact,
        HostThrottle(case.path / TURNS),
        Limits.of(case.settings),
        allow_private,
        ignore_robots,
        clock,
    )


def source_at(case: CaseFolder, address: str) -> str | None:
    """The id of the source whose address this is, when the table has one."""
    if not address:
        return None
    for source, written in source_addresses(case).items():
        with contextlib.suppress(BadAddress):  # checking the table is the table's business
            if web_address(written) == address:
                return source
    return None


def source_addresses(case: CaseFolder) -> dict[str, str]:
    """The address of each source of the case that has one, by id."""
    urls = case.sources["url"].fillna("").astype(str)
    return {str(source): url for source, url in urls.items() if url}


def _web_target(case: CaseFolder, what: str | Path) -> tuple[str, str | None] | None:
    """The address to fetch and the source it belongs to, or None when ``what`` is a file."""
    if isinstance(what, Path):
        return None
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", what) and not Path(what).is_file():
        return web_address(what), None
    if (written := source_addresses(case).get(what)) and not Path(what).is_file():
        return web_address(written), what
    return None


def _at(known: pd.DataFrame, address: str) -> pd.DataFrame:
    """The captures of an address, whoever asked for it and wherever it led."""
    return known[((known["url"] == address) | (known["final_url"] == address)) & (address != "")]


def _captured_as(rows: pd.DataFrame) -> str | None:
    """The source that an address was captured as before, though no table may name it yet."""
    return str(rows.sort_values(["captured_at", "id"])["source"].iloc[-1]) if len(rows) else None


def _there(case: CaseFolder, rows: pd.DataFrame) -> Capture | None:
    """The latest of these captures whose file is here."""
    for _, row in rows.sort_values(["captured_at", "id"], ascending=False).iterrows():
        capture = index.capture_of(case.path, row)
        if capture.path.is_file():
            return capture
    return None


def _of_bytes(known: pd.DataFrame, hashed: str, source: str | None) -> pd.DataFrame:
    same = (known["sha256"] == hashed) | known["note"].str.contains(hashed, regex=False)
    return known[same & ((known["source"] == source) if source else True)]


def _hash(path: Path) -> str:
    if not path.is_file():
        raise BadFile(path.name, "no such file, and no source of that name", "check the name and the folder")
    with path.open("rb") as file:
        return sha256_of(file)


def _provisional(address: str) -> str:
    """An id from host and address alone, for a page nobody has read yet."""
    host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(address).hostname or "").removeprefix("www.")).strip("-")
    return f"{host[:60] or 'page'}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def _identified(arrival: Arrival, identify: Identify) -> str:
    """The source id that ``identify`` makes of a capture held for the moment in a folder of its own.

    What cannot be opened is kept under the name it has: reading comes after keeping.
    """
    with tempfile.TemporaryDirectory() as folder:
        capture = store(Path(folder), arrival)
        try:
            data, kind = capture.page()
        except KitError:
            return arrival.source
    return checked_id(identify(data, capture.final_url or capture.url, kind) or arrival.source)
