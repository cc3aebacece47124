"""Which words stand where: a full-text index of captures, tables, notebooks and documents, in the file of the texts."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kit.text.sentences import search_words

#: How much more a word counts that stands in a title.
_OF_TITLE = 4.0
_TABLES = """
create table entries (
    number integer primary key, place text not null, id text not null, owner text not null, title text not null,
    fields text, digest blob not null, unique (place, id)
);
create index entries_by_owner on entries (owner);
create virtual table words using fts5 (title, body, content = '', tokenize = 'unicode61 remove_diacritics 0');
create table owners (owner text primary key, title text, cite text, date text, first text, last text) without rowid;
create table facets (name text, value text, owner text, primary key (name, value, owner)) without rowid;
create table remembered (name text primary key, value text not null) without rowid;
"""
#: The tables of `FullText`, which are dropped when its format changes.
NAMES = ("entries", "words", "owners", "facets", "remembered")


@dataclass(frozen=True)
class TextEntry:
    """One thing that can be found: a row, a capture, a cell of a notebook, a document.

    ``place`` is the table it is of, or captures, notebooks, documents. ``owner`` names what filters ask about it: a row
    is its own, a capture belongs to its source. ``fields`` are its texts, each with the name of its column or place;
    ``None`` where the text is kept elsewhere, in ``body``.
    """

    place: str
    id: str
    owner: str
    title: str
    fields: tuple[tuple[str, str], ...] | None
    body: str = ""

    @property
    def text(self) -> str:
        """All its words but the title."""
        return self.body if self.fields is None else "\n".join(text for _, text in self.fields)

    @property
    def digest(self) -> bytes:
        """Another where the entry is another."""
        told = json.dumps([self.owner, self.title, self.fields, self.body])
        return hashlib.blake2b(told.encode(), digest_size=16).digest()


@dataclass(frozen=True)
class Owner:
    """What filters ask about an entry, and how it is shown.

    ``cite`` is the id that a mark may name; ``first`` and ``last`` are the days of ``date``, as YYYY-MM-DD.
    """

    owner: str
    title: str = ""
    cite: str = ""
    date: str = ""
    first: str = ""
    last: str = ""


class FullText:
    """The words of entries, in the SQLite file ``file``; whoever writes commits.

    >>> index = FullText(sqlite3.connect(":memory:"))
    >>> index.create()
    >>> index.put([TextEntry("events", "raid", "events/raid", "A raid", (("summary", "Zoë’s papers were taken."),))])
    >>> index.find('"zoe s"')
    [1]
    """

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def create(self) -> None:
        """Nothing; the tables are made."""
        self._file.executescript(_TABLES)

    def put(self, entries: Iterable[TextEntry]) -> None:
        """Nothing; the entries are in the index, new or in place of those of the same place and id."""
        for entry in entries:
            self.remove(entry.place, [entry.id])
            fields = None if entry.fields is None else json.dumps(entry.fields)
            row = (entry.place, entry.id, entry.owner, entry.title, fields, entry.digest)
            made = self._file.execute(
                "insert into entries (place, id, owner, title, fields, digest) values (?, ?, ?, ?, ?, ?)", row
            )
            self._file.execute(
                "insert into words (rowid, title, body) values (?, ?, ?)", (made.lastrowid, *_indexed(entry))
            )

    def remove(self, place: str, ids: Iterable[str], texts: Mapping[str, str] | None = None) -> None:
        """Nothing; the entries of those ids are forgotten. ``texts`` has the text of each that keeps its text elsewhere."""
        query = "select number, title, fields from entries where place = ? and id = ?"
        for id in ids:
            if (row := self._file.execute(query, (place, id)).fetchone()) is None:
                continue
            number, title, fields = row
            kept = None if fields is None else tuple(map(tuple, json.loads(fields)))
            entry = TextEntry(place, id, "", title, kept, (texts or {}).get(id, ""))
            # A table that keeps no text must be told what it has to forget.
            self._file.execute(
                "insert into words (words, rowid, title, body) values ('delete', ?, ?, ?)",
                (number, *_indexed(entry)),
            )
            self._file.execute("delete from entries where number = ?", (number,))

    def digests(self, place: str) -> dict[str, bytes]:
        """The digest of each entry of that place, by id."""
        return dict(self._file.execute("select id, digest from entries where place = ?", (place,)))

    def places(self) -> list[str]:
        """The places that have an entry, sorted."""
        return [place for (place,) in self._file.execute("select distinct place from entries order by place")]

    def describe(self, owners: Iterable[Owner], facets: Iterable[tuple[str, str, str]]) -> None:
        """Nothing; these are all the owners, and all facets: name, value and owner of each."""
        self._file.execute("delete from owners")
        self._file.execute("delete from facets")
        rows = ((o.owner, o.title, o.cite, o.date, o.first, o.last) for o in owners)
        self._file.executemany("insert or replace into owners values (?, ?, ?, ?, ?, ?)", rows)
        self._file.executemany("insert or ignore into facets values (?, ?, ?)", facets)

    def facet_values(self, name: str) -> list[str]:
        """The values that a facet has in this case, sorted."""
        query = "select distinct value from facets where name = ? order by value"
        return [value for (value,) in self._file.execute(query, (name,))]

    def recall(self, name: str) -> str:
        """What was remembered under that name; '' where nothing was."""
        row = self._file.execute("select value from remembered where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Nothing; the value is remembered under the name."""
        self._file.execute("insert or replace into remembered values (?, ?)", (name, value))

    def find(
        self,
        match: str,
        *,
        places: Sequence[str] = (),
        facets: Mapping[str, Sequence[str]] | None = None,
        since: str = "",
        until: str = "",
        most: int = 50,
    ) -> list[int]:
        """The numbers of the entries that fit, the best first, and of equals those of the first id.

        ``match`` is in the language of FTS5; a blank one asks for no words, and the newest come first. Any of
        ``places`` will do, and of each facet any of its values; ``since`` and ``until`` are days, YYYY-MM-DD.
        """
        asked: list[str] = []
        given: list[str] = []
        if match:
            asked.append("words match ?")
            given.append(match)
        if places:
            asked.append(f"place in ({_marks(places)})")
            given += places
        for name, values in (facets or {}).items():
            among = f"select owner from facets where name = ? and value in ({_marks(values)})"
            asked.append(f"entries.owner in ({among})")
            given += [name, *values]
        if since:
            asked.append("owners.last >= ?")
            given.append(since)
        if until:
            asked.append("owners.first <= ? and owners.first <> ''")
            given.append(until)
        words = "words join entries on entries.number = words.rowid" if match else "entries"
        order = f"round(bm25(words, {_OF_TITLE}, 1.0), 6)" if match else "owners.last desc"
        where = f"where {' and '.join(asked)}" if asked else ""
        query = (
            f"select entries.number from {words} left join owners on owners.owner = entries.owner {where} "
            f"order by {order}, place, id limit ?"
        )
        return [number for (number,) in self._file.execute(query, (*given, most))]

    def entry(self, number: int) -> tuple[TextEntry, Owner]:
        """The entry of that number, without the text that is kept elsewhere, and its owner; both must be there."""
        query = (
            "select place, id, entries.owner, entries.title, fields, owners.title, cite, date, first, last "
            "from entries left join owners on owners.owner = entries.owner where number = ?"
        )
        place, id, owner, title, fields, *told = self._file.execute(query, (number,)).fetchone()
        kept = None if fields is None else tuple((str(name), str(text)) for name, text in json.loads(fields))
        return TextEntry(place, id, owner, title, kept), Owner(owner, *(value or "" for value in told))


def _indexed(entry: TextEntry) -> tuple[str, str]:
    return " ".join(search_words(entry.title)), " ".join(search_words(entry.text))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
