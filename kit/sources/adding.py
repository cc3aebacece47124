"""A source in one call: kept, read, named from what was read and, if wanted, put into the sources table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.errors import BadDate, KitError
from kit.sources import keep as keeping
from kit.sources.capture import Capture
from kit.sources.csl import UNDETERMINED, one_line
from kit.sources.duplicates import marks_of
from kit.sources.exchange import add_rows
from kit.sources.formulas import guarded
from kit.sources.ids import host_of
from kit.sources.naming import naming
from kit.sources.page import Page
from kit.sources.reading import extract
from kit.sources.rows import COLUMNS
from kit.sources.tree import Unreadable
from kit.tables.dates import parse_date
from kit.tables.lists import join_list
from kit.tables.schema import CITABLE

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
    """The capture of a web address, a file, or (``how="pasted"``) a text, as `kit.sources.keep.keep` makes it.

    A source that the case does not know gets an id made from what was read: publisher, day, title. With ``tier``
    (how near it stands to what happened, which only a person can judge) it is put into data/manual/sources.csv
    too, unless it is there already, which ``say`` tells. What cannot be kept raises `KitError`.

    >>> import kit
    >>> kit.keep(kit.open(), "javascript:alert(1)")
    Traceback (most recent call last):
        ...
    kit.sources.addresses.BadAddress: javascript:alert(1): not a web address; begin it with http:// or https://
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
        row = (capture.source, one_line(str(page.title.value)), *same)
        return case.sources.iloc[:0], pd.DataFrame(
            [row], columns=["id", "title", "same_as", "by"], dtype="str"
        )
    if any(case.table(name)["id"].eq(capture.source).any() for name in CITABLE):
        raise KitError(
            capture.id, f"{capture.source!r} is the id of a fact", "keep it under another --source"
        )
    cells = cells_of(page, capture) | {"tier": tier, "read": _read(capture, page, read)}
    return add_rows(case, [cells | ({"type": kind} if kind else {})], "", capture.id)


def already(case: Case, capture: Capture, page: Page) -> tuple[str, str] | None:
    """The source of the case that this is, and by what it is told: its id, address, or title and date."""
    sources = case.sources
    if sources["id"].eq(capture.source).any():
        return capture.source, "id"
    wanted = marks_of(cells_of(page, capture))
    known = {
        mark: row["id"]
        for row in sources[["id", "url", "note", "title", "issued"]].to_dict("records")
        for mark in marks_of({str(name): str(cell) for name, cell in row.items()})
    }
    return next(((known[mark], mark[0]) for mark in wanted if mark in known), None)


def read_or_blank(capture: Capture) -> Page:
    """What a capture says; a page without anything read where it is not one of text, or cannot be read."""
    try:
        return extract(capture)
    except Unreadable:
        return Page(url=capture.final_url or capture.url, media_type=capture.media_type)


def cells_of(page: Page, capture: Capture) -> dict[str, str]:
    """The cells of the row for a capture of ``page``, but for ``tier`` and ``read``, which it cannot tell.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": capture.source,
        "type": "webpage" if page.media_type == "text/html" else "document",
        "title": one_line(str(page.title.value)) or "[untitled]",
        "authors": join_list(one_line(name).replace(";", ",") for name in page.authors.value),
        "publisher": one_line(str(page.publisher.value)) or host_of(capture.url) or "unknown",
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
    words = one_line(words)
    return f"{words[:1].upper()}{words[1:]}."
