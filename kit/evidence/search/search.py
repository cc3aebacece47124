"""`case.search`: words looked for in everything that the case has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.passages.full_text import Owner, TextEntry
from kit.evidence.passages.text_index import INDEX, TextIndex
from kit.evidence.search.query import Hit, Query, beginning, best_hit, read_query
from kit.evidence.search.upkeep import brought_up_to_date
from kit.protection import Protection
from kit.tables.read import suggest
from kit.text.edtf import parse_date
from kit.text.wording import listed, plural

#: What `search` gives, a row a thing found.
SEARCH_COLUMNS = ["table", "id", "cite", "title", "date", "field", "before", "found", "after"]
#: What SQLite says of a file that is sound, and cannot be worked with at the moment.
_NOT_BROKEN = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR,
}  # fmt: skip

Words = str | Iterable[str]


class Hits(pd.DataFrame):
    """What `search` found, as a frame that JupyterLab shows with each hit in its context."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(row['table'])}</td><td>{escape(row['date'])}</td>"
            f"<td><b>{escape(row['title'])}</b><br><code>{escape(row['cite'] or row['id'])}</code></td>"
            f"<td>{escape(row['before'])}<mark>{escape(row['found'])}</mark>{escape(row['after'])}</td></tr>"
            for row in self.to_dict("records")
        )
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("In", "Date", "What", "Where it stands"))
        caption = f"{plural(len(self), 'hit')}" if len(self) else "Nothing was found."
        return (
            f'<table style="text-align:left"><caption style="text-align:left">{caption}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )


def search(
    case: Case,
    words: str = "",
    *,
    table: Words = (),
    tag: Words = (),
    actor: Words = (),
    tier: Words = (),
    read: Words = (),
    verdict: Words = (),
    since: str = "",
    until: str = "",
    most: int = 50,
) -> pd.DataFrame:
    """Where the words stand: in sources, facts, captures, documents and notebooks; the best first, at most ``most``.

    All ``words`` must occur, in any order and form of their letters: accents and capitals do not count. A phrase stands
    in quotation marks, ``raid*`` is the beginning of a word. Without words, all that fits the filters comes, the newest first.

    ``table`` is a table of the case, or ``captures``, ``documents``, ``notebooks``; ``tag`` and ``actor`` are ids:
    they keep facts that have them, and the sources and captures that bear on those. ``tier`` and ``read`` are those of
    a source, ``verdict`` that of a claim or of a passage. Any of several values will do. ``since`` and ``until`` are EDTF dates; what has no day is left out then. A value that the case
    does not know raises `KitError`, an impossible date `BadDate`.

    Columns: ``table``, ``id``, ``cite`` (the id that a mark may name, or blank), ``title``, ``date``, ``field`` (the column, or the cell of
    a notebook, or the line of a document), and ``before``, ``found``, ``after``: the hit in its context. The index that
    this asks, .kit-cache/texts.sqlite, is brought up to date first.

    >>> import kit
    >>> found = search(kit.example(), '"harbour office" papers', table="events")
    >>> found[["id", "before", "found"]].values.tolist()
    [['example-2021-03-01-raid-harbour', 'Officers took ', 'papers']]
    """
    query = read_query(words)
    asked = {"tag": tag, "actor": actor, "tier": tier, "read": read, "verdict": verdict}
    facets = {name: _several(values) for name, values in asked.items() if values}
    first, last = parse_date(since).earliest if since else None, parse_date(until).latest if until else None
    days = {"since": first.isoformat() if first else "", "until": last.isoformat() if last else ""}
    for again in (False, True):
        try:
            with brought_up_to_date(case) as texts:
                return _found(texts, query, _several(table), facets, days, most)
        except sqlite3.DatabaseError as error:
            if again or (error.sqlite_errorcode & 0xFF) in _NOT_BROKEN:
                remedy = "wait for it, make room, or delete the file: it is made anew"
                raise KitError(INDEX.as_posix(), f"cannot be used ({error})", remedy) from error
            (case.path / INDEX).unlink(missing_ok=True)  # broken; everything in it can be read again
    raise AssertionError("the second time returns or raises")


def _found(
    texts: TextIndex,
    query: Query,
    places: Sequence[str],
    facets: Mapping[str, Sequence[str]],
    days: Mapping[str, str],
    most: int,
) -> pd.DataFrame:
    protection = Protection(**json.loads(texts.words.recall("protection") or "{}"))
    true = {shown: id for id, shown in protection.ids.items()}
    facets = {name: [true.get(value, value) for value in values] for name, values in facets.items()}
    _known("table", places, texts.words.places())
    for name, values in facets.items():
        _known(name, values, texts.words.facet_values(name))
    numbers = texts.words.find(query.match, places=places, facets=facets, most=max(0, most), **days)
    rows = [_row(texts, query, protection, *texts.words.entry(number)) for number in numbers]
    return Hits(pd.DataFrame(rows, columns=SEARCH_COLUMNS, dtype="str"))


def _row(
    texts: TextIndex, query: Query, protection: Protection, entry: TextEntry, owner: Owner
) -> dict[str, Any]:
    # A name that is not shown may stand across the hit and what is beside it.
    fields = [(name, protection.text(text)) for name, text in _fields(texts, entry)]
    field, hit = _hit(query, entry.place, fields)
    return {
        "table": entry.place,
        "id": protection.text(entry.id),
        "cite": protection.text(owner.cite),
        "title": protection.text(entry.title or owner.title or entry.id),
        "date": owner.date,
        "field": field,
        "before": hit.before,
        "found": hit.found,
        "after": hit.after,
    }


def _fields(texts: TextIndex, entry: TextEntry) -> list[tuple[str, str]]:
    if entry.fields is None:
        return [("", texts.text(entry.id) or "")]
    return [*entry.fields, ("title", entry.title)]


def _hit(query: Query, place: str, fields: Sequence[tuple[str, str]]) -> tuple[str, Hit]:
    """The field in which most of what was looked for stands together, and the place in it."""
    found = [(field, text, hit) for field, text in fields if (hit := best_hit(query, text))]
    if not found:
        return "", beginning(fields[0][1])
    field, text, hit = max(found, key=lambda one: one[2].together)
    return (f"line {text.count(chr(10), 0, hit.at) + 1}" if place == "documents" else field), hit


def _several(values: Words) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def _known(name: str, values: Iterable[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            near = suggest(value, known)
            remedy = (
                f"did you mean {near!r}?" if near else f"there are: {listed(known[:12])}" if known else ""
            )
            raise KitError(f"{name} {value!r}", "is in nothing that can be found", remedy)
