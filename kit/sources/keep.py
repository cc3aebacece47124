"""One call keeps a source for good: a web page, a file or pasted text, stored first, then read once and named."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.case import Case
from kit.errors import BadTable, KitError
from kit.sources.adding import add_sources, checked_cells, source_row
from kit.sources.bibliography.exchange import fill_cells
from kit.sources.bibliography.identity import source_id
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture, NoCapture
from kit.sources.capture.local_files import BadFile, from_file, pasted, sha256_of
from kit.sources.capture.store import fetched_arrival, store
from kit.sources.capture.warc import BadWarc
from kit.sources.capture.web import memento
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.capture.web.fetch import Fetcher, Limits
from kit.sources.capture.web.politeness import HostThrottle
from kit.sources.extract.documents import extract
from kit.sources.extract.reading.page import Page, Warn
from kit.tables.load import read_all
from kit.tables.read import complete
from kit.tables.schema import TABLES

#: Where processes agree on whose turn it is at a host, and which address an id was given to.
THROTTLE, GIVEN = CAPTURES / ".throttle", CAPTURES / ".ids"


@dataclass(frozen=True)
class Desk:
    """What keeping needs of a case, small enough to travel to a worker: its addresses by source, and every id taken."""

    path: Path
    settings: Mapping[str, Any]
    addresses: Mapping[str, str]
    taken: frozenset[str]

    @classmethod
    def of(cls, case: Case) -> Desk:
        """The desk of a case, its tables read once; those that do not load are read as far as they go.

        A page may be gone before somebody has mended a table.
        """
        try:
            rows, ids = case.table("sources"), set(case.citable)
        except BadTable:
            texts, _ = read_all(case.path, TABLES)
            rows = complete(texts.get("sources", pd.DataFrame(dtype="str")), TABLES["sources"])
            ids = {id for cells in texts.values() if "id" in cells for id in cells["id"]}
        pairs = rows[["id", "url"]].fillna("").astype(str).itertuples(index=False, name=None)
        addresses = {source: url for source, url in pairs if url}
        taken = frozenset(ids | set(index.read_index(case.path)["source"]))
        return cls(case.path, dict(case.settings), addresses, taken)

    def source_at(self, address: str) -> str | None:
        """The id of the source whose address this is, when the table has one."""
        for source, written in self.addresses.items() if address else ():
            with contextlib.suppress(BadAddress):  # checking the table is the table's business
                if web_address(written) == address:
                    return source
        return None


@dataclass
class KeptSource:
    """What keeping came to: the capture, whether it is ``new``, and the page it holds, read once however often asked."""

    capture: Capture
    new: bool
    _page: Page | None = field(default=None, repr=False)

    @property
    def page(self) -> Page:
        """What the capture says; blank, with a warning, where it is not one of text or cannot be read."""
        self._page = self._page or read_or_blank(self.capture)
        return self._page


def now() -> datetime:
    """The time, in UTC, to the second, as captures record it."""
    return datetime.now(UTC).replace(microsecond=0)


def keep(
    case: Case, what: str | Path, *, tier: str = "", cells: Mapping[str, str] | None = None,
    say: Callable[[str], object] = print, **options: Any,
) -> Capture:  # fmt: skip
    """The capture of ``what``, written to ``data/captures`` and to the ledger, as `keep_source` makes it.

    With ``tier`` (how near the source stands to what happened, which only a person can judge) its row is put into
    data/manual/sources.csv too, unless it is there already, which ``say`` is told; ``cells`` are further columns of
    the row and what a person knows to stand in them. What cannot be kept raises `KitError`.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     capture = keep(demo.case, "Fifty boxes.", how="pasted", source="clerk", tier="primary", clock=demo.clock)
    ...     capture.id, demo.case.sources.index.tolist()
    ('clerk-20260304t090000z', ['clerk'])
    """
    known = checked_cells(case, cells or {})
    kept = keep_source(case, what, **options)
    if tier:
        row = source_row(kept.page, kept.capture, tier, known)
        try:
            added = add_sources(case, [row], own=options.get("source") is not None)
        except BadTable:
            say(f"{kept.capture.id} is kept, and not in data/manual/sources.csv: the tables do not load")
            raise
        for same in added.there.itertuples():
            say(f"{same.same_as} is in data/manual/sources.csv already (by its {same.by})")
        for told in added.told.itertuples():
            say(f"{told.id} {told.says}")
    return kept.capture


def keep_source(
    case: Case | Desk,
    what: str | Path,
    *,
    url: str | None = None,
    source: str | None = None,
    how: str | None = None,
    again: bool = False,
    allow_private: bool = False,
    ignore_robots: bool = False,
    excerpt: bool | None = None,
    clock: Callable[[], datetime] = now,
) -> KeptSource:
    """What keeping ``what`` came to: its capture, written to ``data/captures`` and the ledger, and its page.

    ``what`` is a web address, the id of a source that has one, or a file (saved page, MHTML, PDF, WARC, WACZ, with
    ``url`` for where it came from); with ``how="pasted"`` it is the text itself, an ``excerpt`` unless said otherwise.
    What is kept already is not fetched twice: the capture there is comes back, unless ``again``. An error page is
    kept only ``again``, where its coming is the news. What cannot be kept raises `KitError`.

    The source is the one given, the one with that address in the sources table, the one that the address was captured
    as before, or a new one, named by what was read: publisher, day, title; without a title, by host and address.
    A worker that was sent a `Desk` leaves the ledger to whoever sent it.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     kept = keep_source(demo.case, demo.url("/terms"), allow_private=True)
    ...     kept.new, kept.capture.source, kept.page.title.value
    (True, 'harbour-office-undated-terms-berths', 'Terms of the berths')
    """
    desk = case if isinstance(case, Desk) else Desk.of(case)
    known = index.read_index(desk.path)
    address = web_address(url) if url else ""
    target = None if how == "pasted" else _web_target(desk, what)
    own = source
    if target:
        address, owner = target
        source = source or owner or desk.source_at(address)
        same = index.at_address(known, address)
        same = same[same["status"].str.match(index.PAGE)]
        same = same[same["source"] == own] if own else same
    else:
        hashed = _sha256_of(what, how)
        source = source or desk.source_at(address)
        same = _of_bytes(known, hashed, source)
        # The same words at another address are another capture: an agency's report stands in many papers.
        same = index.at_address(same, address) if address else same
    if not again and (there := _newest_here(desk.path, same)):
        return _listed(case, KeptSource(there, new=False))
    source = source or _captured_as(same if target else index.at_address(known, address))
    name = source or (_by_address(address) if address else f"{how or 'file'}-{hashed[:8]}")
    if target:
        fetcher = fetcher_of(desk, allow_private=allow_private, ignore_robots=ignore_robots, clock=clock)
        earlier = _newest_here(desk.path, same[same["how"] == "fetched"])
        arrival = fetched_arrival(fetcher, address, source=name, earlier=earlier, errors_too=again)
    elif how == "pasted":
        arrival = pasted(str(what), source=name, url=address, at=clock(), excerpt=excerpt is not False)
    else:
        arrival = from_file(Path(what), source=name, url=address, at=clock(), excerpt=bool(excerpt))
    page = None

    def name_by_reading(capture: Capture) -> str:
        nonlocal page
        page = read_or_blank(capture)
        return _named_by(page, capture, desk)

    capture = store(desk.path / CAPTURES, arrival, None if source else name_by_reading)
    return _listed(case, KeptSource(capture, True, page))


def _listed(case: Case | Desk, kept: KeptSource) -> KeptSource:
    if not isinstance(case, Desk):
        index.add(case.path, [kept.capture])
    return kept


def archive(
    case: Case, what: str, *, find: bool = False, say: Callable[[str], object] = print
) -> memento.Memento:
    """The copy of a kept page in the Internet Archive: made because we asked or, with ``find``, looked up.

    ``what`` is the id of a capture or source, or an address; the newest capture of it counts. Before anything is asked
    for, ``say`` is told what is sent where, and may stop it by raising. Looked up is the copy nearest to the time of
    our capture. The copy's address is written into the source's row where ``archived_url`` is blank. A page without an
    address or from inside a network is not given away: `NotSaved`, as for any other reason; without a copy, `NoMemento`.
    """
    capture = index.newest(case.path, what)
    address = capture.final_url or capture.url
    if not address or "a private address was allowed" in capture.note:
        wrong = "comes from inside a network" if address else "has no address"
        raise memento.NotSaved(capture.id, wrong, "no public archive can save it")
    fetcher = fetcher_of(case)
    if find:
        copy = memento.lookup(fetcher, address, capture.captured_at)
    else:
        copy = memento.save_page_now(fetcher, address, say=say)
    fill_cells(case, capture.source, {"archived_url": copy.url})
    return copy


def read_or_blank(capture: Capture) -> Page:
    """What a capture says; a page with nothing but a warning where there is nothing to read, or it cannot be read.

    A capture whose file is missing or altered raises `NoCapture` or `BadWarc`.
    """
    try:
        return extract(capture)
    except (NoCapture, BadWarc):
        raise
    except KitError as error:
        where = capture.final_url or capture.url
        return Page(url=where, media_type=capture.media_type, warnings=(Warn("unread", error.value),))


def fetcher_of(
    case: Case | Desk, *, allow_private: bool = False, ignore_robots: bool = False,
    clock: Callable[[], datetime] = now,
) -> Fetcher:  # fmt: skip
    """A fetcher with the contact and the limits of the case."""
    throttle, limits = HostThrottle(case.path / THROTTLE), Limits.of(case.settings)
    contact = str(case.settings.get("contact", ""))
    return Fetcher(contact, throttle, limits, allow_private, ignore_robots, clock)


def _web_target(desk: Desk, what: str | Path) -> tuple[str, str | None] | None:
    """The address to fetch and the source it belongs to, or None when ``what`` is a file."""
    if isinstance(what, Path):
        return None
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", what) and not os.path.isfile(what):
        return web_address(what), None
    written = desk.addresses.get(what)
    return (web_address(written), what) if written and not os.path.isfile(what) else None


def _captured_as(rows: pd.DataFrame) -> str | None:
    """The source that an address was captured as before, though no table may name it yet."""
    return str(rows.sort_values(["captured_at", "id"])["source"].iloc[-1]) if len(rows) else None


def _newest_here(case: Path, rows: pd.DataFrame) -> Capture | None:
    """The latest of these captures whose file is here."""
    for _, row in rows.sort_values(["captured_at", "id"], ascending=False).iterrows():
        capture = index.capture_of(case, row)
        if capture.path.is_file():
            return capture
    return None


def _of_bytes(known: pd.DataFrame, hashed: str, source: str | None) -> pd.DataFrame:
    same = (known["sha256"] == hashed) | known["note"].str.contains(hashed, regex=False)
    return known[same & ((known["source"] == source) if source else True)]


def _sha256_of(what: str | Path, how: str | None) -> str:
    if how == "pasted":
        return hashlib.sha256(str(what).encode("utf-8", "replace")).hexdigest()
    path = Path(what)
    if not os.path.isfile(path):
        raise BadFile(path.name, "no such file, and no source of that name", "check the name and the folder")
    with path.open("rb") as file:
        return sha256_of(file)


def _by_address(address: str) -> str:
    """An id from host and address alone, for a page that nobody has read yet, or that has no title."""
    host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(address).hostname or "").removeprefix("www.")).strip("-")
    return f"{host[:60] or 'page'}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def _named_by(page: Page, capture: Capture, desk: Desk) -> str:
    """The id that a page gives its source; '' where it has no title to make one of, or is not the page asked for."""
    if not page.title or page.instead:
        return ""
    cells = {"publisher": page.publisher.value, "issued": page.date.value, "title": page.title.value}
    owner = hashlib.sha256(page.url.encode()).hexdigest() if page.url else capture.sha256
    return source_id(cells | {"url": page.url}, _Taken(desk, owner))


@dataclass(frozen=True)
class _Taken:
    """The ids that a page cannot have; asking for a free one takes it.

    An id belongs to the address it was made for, whoever asks first: two pages of one title, publisher and day, kept
    at the same time by two processes, get two ids, and a page whose capture failed gets its own again.
    """

    desk: Desk
    owner: str

    def __contains__(self, identity: object) -> bool:
        if identity in self.desk.taken:
            return True
        folder = self.desk.path / GIVEN
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(folder / str(identity), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            return (folder / str(identity)).read_text(encoding="ascii", errors="replace") != self.owner
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.owner)
        return False
