"""A kept page as a row of the sources table: what it states and nothing else, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from kit.case import Case
from kit.errors import BadDate, KitError, Problem, Problems
from kit.sources.bibliography.csl import UNDETERMINED
from kit.sources.bibliography.exchange import Added, add_rows
from kit.sources.bibliography.identity import host_of, identifiers
from kit.sources.bibliography.rows import COLUMNS
from kit.sources.capture.capture import Capture
from kit.sources.extract.reading.page import Page
from kit.tables.cells import guarded, join_list
from kit.tables.read import suggest
from kit.tables.schema import TABLES
from kit.text.edtf import parse_date
from kit.text.printable import printable

#: Warnings that a reader of the row should know of: the page is a part, it will change, or its day is doubtful.
_NOTED = ("stub", "paywall", "live-blog", "two-days", "undated", "instead")
#: Columns that the capture and the tier decide.
_SET = ("id", "tier")


def source_row(
    page: Page, capture: Capture, tier: str = "", cells: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The cells of the row for a capture of ``page``: what was read of it and nothing else.

    What the page does not state stays blank, or says ``unknown`` where the table needs a word; a day of change that is
    not after the day of publication says nothing and stays blank too. ``type`` is
    ``webpage``, or ``document`` for a PDF or text, and ``read`` is ``no``, or ``excerpt`` for an excerpt, unless
    ``cells``, which a person wrote, say otherwise. A cell that a spreadsheet would run as a formula gets an
    apostrophe before it. Of what a site shows in place of a page nothing is taken over but that. A part that is called read in ``full`` raises `KitError`.

    >>> from kit.sources.demo import Demo
    >>> from kit.sources.keep import keep_source
    >>> with Demo() as demo:
    ...     kept = keep_source(demo.case, demo.url("/terms"), allow_private=True)
    ...     row = source_row(kept.page, kept.capture, "primary", {"read": "full"})
    >>> row["title"], row["type"], row["read"]
    ('Terms of the berths', 'webpage', 'full')
    """
    if page.instead:
        page = Page(page.url, page.media_type, instead=page.instead, warnings=page.warnings)
    part = (
        capture.excerpt == "yes" or bool(page.instead) or any(warn.code == "stub" for warn in page.warnings)
    )
    if (cells or {}).get("read") == "full" and part:
        raise KitError(capture.id, "holds a part of the page, so it was not read in full", "set read=excerpt")
    row = dict.fromkeys(COLUMNS, "") | {
        "id": capture.source,
        "type": "webpage" if page.media_type == "text/html" else "document",
        "title": _line(page.title.value) or "[untitled]",
        "authors": join_list(_line(name).replace(";", ",") for name in page.authors.value),
        "publisher": _line(page.publisher.value) or host_of(capture.url) or "unknown",
        "issued": _issued(str(page.date.value)),
        "updated": _updated(str(page.updated.value), str(page.date.value)),
        "url": capture.url,
        "language": _language(str(page.language.value)),
        "file": capture.file_name() if capture.how == "file" else "",
        "read": "excerpt" if capture.excerpt == "yes" else "no",
        "note": " ".join(_sentence(warn.says) for warn in page.warnings if warn.code.startswith(_NOTED)),
        "tier": tier,
    }
    return {column: guarded(cell) for column, cell in (row | dict(cells or {})).items()}


def checked_cells(case: Case, cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells, when each is of a column that the case's sources table has and a person may set; else `Problems`.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     checked_cells(demo.case, {"titel": "On Ports"})
    Traceback (most recent call last):
        ...
    kit.errors.Problems: data/manual/sources.csv: 1 problem to fix
      titel: is no column of the table; did you mean 'title'?
    """
    columns = [name for name in case.schema["sources"].names if name not in _SET] if cells else []
    problems = []
    for column in cells:
        near = suggest(column, columns)
        wrong = "is set by the source itself" if column in _SET else "is no column of the table"
        remedy = f"did you mean {near!r}?" if near else f"there are: {', '.join(columns)}"
        if column not in columns:
            problems.append(Problem(column, wrong, remedy))
    if problems:
        raise Problems({TABLES["sources"].path: problems})
    return cells


def add_sources(case: Case, rows: Iterable[dict[str, str]], *, own: bool = False) -> Added:
    """The rows added to data/manual/sources.csv, those whose source is there already and so were not, and what is told.

    ``own`` is a person's word that each is a source of its own. An id that stands for a fact, a tier that is none and a row that the table cannot hold raise `KitError`, with every
    problem, and nothing is written.

    >>> from kit.sources.demo import Demo
    >>> row = dict.fromkeys(COLUMNS, "") | {"id": "a", "type": "book", "title": "On Ports", "publisher": "Quay"}
    >>> row |= {"issued": "2021", "language": "en", "read": "no", "tier": "secondary"}
    >>> with Demo() as demo:
    ...     [len(frame) for _ in range(2) for frame in add_sources(demo.case, [row])]
    [1, 0, 0, 0, 1, 0]
    """
    rows = list({row["id"]: row for row in rows}.values())
    with case.writing():
        return _add_new(case, rows, own)


def _add_new(case: Case, rows: list[dict[str, str]], own: bool) -> Added:
    sources = set(case.table("sources")["id"])
    facts = set(case.citable) - sources
    if wrong := [
        Problem(row["id"], "is the id of a fact", "keep it under another --source")
        for row in rows
        if row["id"] in facts
    ]:
        raise Problems({TABLES["sources"].path: wrong})
    there = [(row["id"], row["title"], row["id"], "id") for row in rows if row["id"] in sources]
    done = add_rows(case, [row for row in rows if row["id"] not in sources], "", "kit keep", own=own)
    by_id = pd.DataFrame(there, columns=done.there.columns, dtype="str")
    return done._replace(there=pd.concat([by_id, done.there], ignore_index=True))


def in_table(case: Case, row: dict[str, str]) -> tuple[str, str] | None:
    """The source of the case that a row is of, and by what it is known: its id, address or DOI.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     in_table(demo.case, dict.fromkeys(COLUMNS, "") | {"id": "a"}) is None
    True
    """
    sources = case.table("sources")
    if sources["id"].eq(row["id"]).any():
        return row["id"], "id"
    known = {
        mark: other["id"]
        for other in sources[["id", "url", "note", "title"]].to_dict("records")
        for mark in identifiers({str(name): str(cell) for name, cell in other.items()})
    }
    return next(((known[mark], mark[0]) for mark in identifiers(row) if mark in known), None)


def _line(text: object) -> str:
    return printable(str(text), lines=False)


def _issued(text: str) -> str:
    try:
        return parse_date(text).text
    except BadDate:
        return "unknown"


def _updated(text: str, issued: str) -> str:
    """The day of the last change, where it is a day after that of publication."""
    try:
        changed = parse_date(text)
        first = parse_date(issued).earliest if issued else None
    except BadDate:
        return ""
    before = first is not None and changed.latest is not None and changed.latest <= first
    return "" if before else changed.text


def _language(tag: str) -> str:
    main = tag.partition("-")[0].lower()
    return main if main.isascii() and main.isalpha() and 2 <= len(main) <= 3 else UNDETERMINED


def _sentence(words: str) -> str:
    words = _line(words)
    return f"{words[:1].upper()}{words[1:]}."
