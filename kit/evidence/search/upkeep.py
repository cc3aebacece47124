"""The index that a search asks, brought up to date: what changed since is read again, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.passages.capture_text import way_of_reading
from kit.evidence.passages.full_text import FullText
from kit.evidence.passages.ledger import PASSAGE_LEDGER, read_passages
from kit.evidence.passages.text_index import INDEX, TextIndex, open_index
from kit.evidence.search.entries import (
    by_place,
    document_entries,
    filters_of,
    notebook_entries,
    prose_files,
    row_entries,
)
from kit.lock import Locked, locked
from kit.protection import IDENTIFYING, protection_of
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import LEDGER
from kit.tables import access_log
from kit.tables.cells import split_list
from kit.tables.columns import Table
from kit.tables.declarations import SETTINGS
from kit.tables.load import read_all

#: Seconds to wait for another process that brings the index up to date; then what it has so far is searched.
_PATIENCE = 5.0


@contextmanager
def brought_up_to_date(case: Case) -> Iterator[TextIndex]:
    """The index, with everything that the case has at this moment; where another process is at it for long, as it is.

    A table that cannot be read, and a capture that cannot be trusted, is left out: the gate says so. To whoever watches
    what a notebook reads, tables, ledgers and documents count as read; notebooks do not, since one that searches
    would never be older than itself.
    """
    with access_log.apart():
        texts = _captures(case)
        try:
            if texts.words.recall("tables") != _of_tables(case) or texts.words.recall("prose") != _of_prose(
                case
            ):
                try:
                    with locked(case.path, "texts", _PATIENCE), texts.writing():
                        _tables(case, texts.words)
                        _prose(case, texts.words)
                except Locked:
                    pass
            for path in _table_files(case):
                access_log.handed_out(path)
            yield texts
        finally:
            texts.close()


def _captures(case: Case) -> TextIndex:
    """The index with all captures in it; where nothing can have changed, none of them is looked at."""
    state = captures_state(case)
    if (case.path / INDEX).is_file():
        texts = TextIndex(case.path / INDEX)
        if texts.words.recall("captures") == state:
            return texts
        texts.close()
    texts = open_index(case, strict=False)
    with texts.writing():
        texts.words.remember("captures", state)
    return texts


def captures_state(case: Case) -> str:
    """Another where a capture may have come, gone or be read otherwise."""
    return f"{_stamp(case.path / LEDGER, case.path / CAPTURES)} {way_of_reading()}"


def _tables(case: Case, words: FullText) -> None:
    """Nothing; rows that are new or changed are read again, and those that are gone forgotten."""
    state = _of_tables(case)
    if words.recall("tables") == state:
        return
    tables = case.schema
    texts, _ = read_all(case.path, tables)
    entries = by_place(row_entries(texts, tables))
    for place in {*entries, *(place for place in words.places() if place not in _ELSEWHERE)}:
        known, now = words.digests(place), entries.get(place, {})
        words.remove(place, sorted(known.keys() - now.keys()))
        words.put(entry for id, entry in now.items() if known.get(id) != entry.digest)
    words.describe(*filters_of(texts, tables, _verdicts(case)))
    words.remember("protection", json.dumps(asdict(protection_of(_identifying(texts, tables)))))
    words.remember("tables", state)


#: What is found and is no row of a table.
_ELSEWHERE = ("captures", "notebooks", "documents")


def _prose(case: Case, words: FullText) -> None:
    """Nothing; notebooks and documents that are new or changed are read again."""
    state = _of_prose(case)
    before: dict[str, str] = json.loads(words.recall("prose") or "{}")
    now: dict[str, str] = json.loads(state)
    files = prose_files(case.path)
    kept = {place: words.digests(place) for place in ("notebooks", "documents")}
    for name in sorted({*before, *now}):
        if before.get(name) == now.get(name):
            continue
        for place, ids in kept.items():
            words.remove(place, [id for id in ids if id.partition("#")[0] == name])
        if name in files:
            place, path = files[name]
            words.put((notebook_entries if place == "notebooks" else document_entries)(path, name))
    words.remember("prose", state)


def _of_tables(case: Case) -> str:
    return _stamp(*_table_files(case), case.path / SETTINGS)


def _of_prose(case: Case) -> str:
    return json.dumps({name: _stamp(path) for name, (_, path) in prose_files(case.path).items()})


def _table_files(case: Case) -> list[Path]:
    return [*(case.path / table.path for table in case.schema.values()), case.path / PASSAGE_LEDGER]


def _stamp(*paths: Path) -> str:
    """Another where one of the files is another: its size, when it was written, and which file of the disk it is."""
    told = []
    for path in paths:
        try:
            found = path.stat()
            told.append(f"{found.st_size}.{found.st_mtime_ns}.{found.st_ino}")
        except OSError:
            told.append("-")
    return " ".join(told)


def _verdicts(case: Case) -> dict[str, str]:
    try:
        ledger = read_passages(case.path)
    except KitError:
        return {}
    return dict(zip(ledger["evidence"], ledger["verdict"], strict=True))


def _identifying(texts: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]) -> dict[str, pd.DataFrame]:
    """The tables that tell who is protected, their lists as lists."""
    found = {}
    for name in IDENTIFYING:
        if name in texts and "alias" in texts[name]:
            many = [
                column.name for column in tables[name].columns if column.many and column.name in texts[name]
            ]
            found[name] = texts[name].assign(
                **{column: [split_list(cell) for cell in texts[name][column]] for column in many}
            )
    return found
