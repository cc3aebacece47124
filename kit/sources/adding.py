"""A source in one call: kept, read, named from what was read and, if wanted, put into the sources table."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.errors import BadDate, KitError
from kit.sources.bibliography.csl import UNDETERMINED
from kit.sources.bibliography.exchange import add_rows
from kit.sources.bibliography.identity import host_of, identifiers, source_id
from kit.sources.bibliography.rows import COLUMNS
from kit.sources.capture import index
from kit.sources.capture import keep as keeping
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.extract.documents import extract, read_page
from kit.sources.extract.html_tree import Unreadable
from kit.sources.extract.page import Page
from kit.tables.cells import guarded, join_list
from kit.tables.schema import CITABLE
from kit.text.edtf import parse_date
from kit.text.printable import printable

#: Where it is written down which address an id was given to.
GIVEN = CAPTURES / ".ids"


@dataclass(frozen=True)
class Naming:
    """Makes the id of a page from its bytes, address and media type; '' where the page has no title to make it of.

    An id belongs to the address it was made for, whoever asks first: two pages of one title, publisher and day,
    kept at the same time by two processes, get two ids, and a page whose capture failed gets its own again.
    ``taken`` are the ids that stand for something already.
    """

    folder: Path
    taken: frozenset[str]

    def __call__(self, data: bytes, url: str, kind: str) -> str:
        try:
            page = read_page(data, kind, url)
        except KitError:  # kept all the same: its name then comes from its address
            return ""
        if not page.title:
            return ""
        owner = hashlib.sha256(url.encode() if url else data).hexdigest()
        return source_id(named_by(page), _Given(self, owner))


def naming(case: Case) -> Naming:
    """The `Naming` of a case: it knows every id in its tables and in the ledger of captures."""
    ids = {identity for name in CITABLE for identity in case.table(name)["id"]}
    return Naming(case.path / GIVEN, frozenset(ids | set(index.read_index(case.path)["source"])))


def named_by(page: Page) -> dict[str, str]:
    """The cells that an id is made of."""
    return {
        "publisher": str(page.publisher.value), "issued": str(page.date.value),
        "title": str(page.title.value), "url": page.url,
    }  # fmt: skip


@dataclass(frozen=True)
class _Given:
    """The ids that this owner cannot have; asking for a free one takes it."""

    naming: Naming
    owner: str

    def __contains__(self, identity: object) -> bool:
        return identity in self.naming.taken or not self._mine(str(identity))

    def _mine(self, identity: str) -> bool:
        self.naming.folder.mkdir(parents=True, exist_ok=True)
        mark = self.naming.folder / identity
        try:
            handle = os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            return mark.read_text(encoding="ascii", errors="replace") == self.owner
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.owner)
        return True


#: What a reader of the row should know of the page: it is a part, or it will change.
_NOTED = ("stub", "paywall", "live-blog")


def keep(
    case: Case,
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
    tier: str = "",
    say: Callable[[str], object] = print,
    clock: Callable[[], datetime] = keeping.now,
) -> Capture:
    """The capture of a web address, a file, or (``how="pasted"``) a text, as `kit.sources.capture.keep.keep` makes it.

    A source that the case does not know gets an id made from what was read: publisher, day, title. With ``tier``
    (how near it stands to what happened, which only a person can judge) it is put into data/manual/sources.csv
    too, unless it is there already, which ``say`` tells. What cannot be kept raises `KitError`.

    >>> import kit
    >>> kit.keep(kit.open(), "javascript:alert(1)")
    Traceback (most recent call last):
        ...
    kit.sources.capture.web.addresses.BadAddress: javascript:alert(1): not a web address; begin it with http:// or https://
    """
    capture = keeping.keep(
        case, what, url=url, source=source, how=how, again=again, archive=archive, say=say, clock=clock,
        allow_private=allow_private, ignore_robots=ignore_robots, excerpt=excerpt, identify=naming(case),
    )  # fmt: skip
    if tier:
        _, duplicates = add_source(case, capture, tier)
        for same in duplicates.itertuples():
            say(f"{same.same_as} is in data/manual/sources.csv already (told by its {same.by})")
    return capture


def add_source(
    case: Case, capture: Capture, tier: str, *, kind: str = "", read: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The row added to data/manual/sources.csv for a capture, and the source that is there already, if one is.

    The row holds what was read of the page and nothing else: what the page does not state stays blank, or says
    ``unknown`` where the table needs a word. ``kind`` is the CSL type (else ``webpage``, or ``document`` for a
    PDF or text) and ``read`` how much of it a person has read (else ``no``, and ``excerpt`` for an excerpt). A
    part that is called read in ``full``, and a row that the table cannot hold, raise `KitError`, and nothing is
    written.
    """
    page = read_or_blank(capture)
    if same := already(case, capture, page):
        row = (capture.source, printable(str(page.title.value), lines=False), *same)
        return case.table("sources").iloc[:0], pd.DataFrame(
            [row], columns=["id", "title", "same_as", "by"], dtype="str"
        )
    if any(case.table(name)["id"].eq(capture.source).any() for name in CITABLE):
        raise KitError(
            capture.id, f"{capture.source!r} is the id of a fact", "keep it under another --source"
        )
    cells = page_row(page, capture) | {"tier": tier, "read": _read(capture, page, read)}
    return add_rows(case, [cells | ({"type": kind} if kind else {})], "", capture.id)


def already(case: Case, capture: Capture, page: Page) -> tuple[str, str] | None:
    """The source of the case that this is, and by what it is told: its id, address, or title and date."""
    sources = case.table("sources")
    if sources["id"].eq(capture.source).any():
        return capture.source, "id"
    wanted = identifiers(page_row(page, capture))
    known = {
        mark: row["id"]
        for row in sources[["id", "url", "note", "title", "issued"]].to_dict("records")
        for mark in identifiers({str(name): str(cell) for name, cell in row.items()})
    }
    return next(((known[mark], mark[0]) for mark in wanted if mark in known), None)


def read_or_blank(capture: Capture) -> Page:
    """What a capture says; a page without anything read where it is not one of text, or cannot be read."""
    try:
        return extract(capture)
    except Unreadable:
        return Page(url=capture.final_url or capture.url, media_type=capture.media_type)


def page_row(page: Page, capture: Capture) -> dict[str, str]:
    """The cells of the row for a capture of ``page``, but for ``tier`` and ``read``, which it cannot tell.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": capture.source,
        "type": "webpage" if page.media_type == "text/html" else "document",
        "title": printable(str(page.title.value), lines=False) or "[untitled]",
        "authors": join_list(printable(name, lines=False).replace(";", ",") for name in page.authors.value),
        "publisher": printable(str(page.publisher.value), lines=False) or host_of(capture.url) or "unknown",
        "issued": _issued(str(page.date.value)),
        "url": capture.url,
        "language": _language(str(page.language.value)),
        "archived_url": capture.memento,
        "note": " ".join(_sentence(warn.says) for warn in page.warnings if warn.code in _NOTED),
    }
    return {column: guarded(cell) for column, cell in cells.items()}


def _read(capture: Capture, page: Page, read: str) -> str:
    part = capture.excerpt == "yes" or any(warn.code == "stub" for warn in page.warnings)
    if read == "full" and part:
        raise KitError(
            capture.id, "holds a part of the page, so it was not read in full", "say that an excerpt was read"
        )
    return read or ("excerpt" if capture.excerpt == "yes" else "no")


def _issued(text: str) -> str:
    try:
        return parse_date(text).text
    except BadDate:
        return "unknown"


def _language(tag: str) -> str:
    main = tag.partition("-")[0].lower()
    return main if main.isascii() and main.isalpha() and 2 <= len(main) <= 3 else UNDETERMINED


def _sentence(words: str) -> str:
    words = printable(words, lines=False)
    return f"{words[:1].upper()}{words[1:]}."
