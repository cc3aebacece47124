"""The texts of all captures in one file, normalised once and kept."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Protocol
from zlib import crc32

import numpy as np

from kit.evidence.passages.verdict import Kept, kept
from kit.text.normalise import Layer, Normal
from kit.text.sentences import WORD

#: Goes up when what is kept changes; an index of another number is made anew.
FORMAT = 3
_TABLE = """
create table captures (
    id text primary key, source text not null, captured_at text not null, excerpt integer not null,
    digest blob not null, stamp text not null, raw blob not null, normal blob not null, pages blob not null, joins blob not null,
    layers blob not null, pairs blob not null
) without rowid;
create index of_source on captures (source, captured_at, id);
"""
_KEPT = "id, source, captured_at, excerpt, raw, normal, pages, joins, layers"


class Captured(Protocol):
    """What is needed of a capture: id, source, time, whether it is an excerpt (or "yes", "no"), text.

    ``stamp`` is the reader's own: it comes back from `Texts.stamps` and tells what need not be read again.
    """

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def captured_at(self) -> datetime: ...
    @property
    def excerpt(self) -> bool | str: ...
    @property
    def text(self) -> str: ...
    @property
    def stamp(self) -> str: ...


class Texts:
    """The captures' texts in the file ``path``, made when it is not there.

    It holds whole pages, so it stays out of version control; it can be made anew from the captures.
    Memory does not grow with the number of captures: one is read at a time.

    >>> import tempfile
    >>> from types import SimpleNamespace
    >>> page = SimpleNamespace(
    ...     id="c-1", source="s", captured_at=datetime(2025, 8, 1), excerpt="no", text="Access was cut.", stamp=""
    ... )
    >>> with tempfile.TemporaryDirectory() as folder, Texts(Path(folder) / "texts.sqlite") as texts:
    ...     texts.add([page]), texts.add([page]), texts.holding({"e-1": ["access was cut"]})
    (['c-1'], [], {'e-1': ['c-1']})
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        if self._file.execute("pragma user_version").fetchone()[0] != FORMAT:
            with self._file:
                self._file.executescript(
                    f"drop table if exists captures;{_TABLE}pragma user_version = {FORMAT};"
                )

    def __enter__(self) -> Texts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def add(self, captures: Iterable[Captured] | Mapping[str, Captured]) -> list[str]:
        """The ids of the captures that were new or differ from what was kept, all of them kept now."""
        changed = []
        with self._file:
            for capture in captures.values() if isinstance(captures, Mapping) else captures:
                text, excerpt = capture.text, capture.excerpt in (True, "yes")
                raw = text.encode("utf-8", "surrogatepass")
                facts = (capture.source, capture.captured_at.isoformat(), excerpt)
                digest = hashlib.sha256(repr((*facts, capture.stamp)).encode() + raw).digest()
                known = self._file.execute(
                    "select digest from captures where id = ?", (capture.id,)
                ).fetchone()
                if known and known[0] == digest:
                    continue
                page = kept(capture.id, capture.source, capture.captured_at, excerpt, text)
                self._file.execute(
                    f"insert or replace into captures values ({', '.join('?' * 12)})",
                    (
                        capture.id,
                        *facts,
                        digest,
                        capture.stamp,
                        raw,
                        *_stored(page.normal),
                        _pairs(page.normal.folded).tobytes(),
                    ),
                )
                changed.append(capture.id)
        return changed

    def drop(self, ids: Iterable[str]) -> None:
        """Forget the captures of those ids."""
        with self._file:
            self._file.executemany("delete from captures where id = ?", [(id,) for id in ids])

    def ids(self) -> set[str]:
        """The ids of all captures kept."""
        return {id for (id,) in self._file.execute("select id from captures")}

    def stamps(self) -> dict[str, str]:
        """The stamp each capture came with."""
        return dict(self._file.execute("select id, stamp from captures"))

    def sources(self) -> dict[str, str]:
        """The source of each capture."""
        return dict(self._file.execute("select id, source from captures"))

    def of(self, source: str) -> list[Kept]:
        """The captures of a source, the oldest first."""
        query = f"select {_KEPT} from captures where source = ? order by captured_at, id"
        return [_read(*row) for row in self._file.execute(query, (source,))]

    def page(self, id: str) -> Kept:
        """The capture of that id; an unknown one raises ``KeyError``."""
        row = self._file.execute(f"select {_KEPT} from captures where id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return _read(*row)

    def holding(self, sought: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        """For each key, the captures that have every pair of neighbouring words of its terms, sorted.

        They may have them apart; no capture that has the terms is left out. Terms of a single word are too
        little to look for and find nothing.
        """
        keys = list(sought)
        pairs = [np.unique(np.concatenate([_pairs(term) for term in sought[key]])) for key in keys]
        wanted = [number for number, array_ in enumerate(pairs) if len(array_)]
        found: dict[str, list[str]] = {key: [] for key in keys}
        if not wanted:
            return found
        every, which = np.unique(np.concatenate([pairs[number] for number in wanted]), return_inverse=True)
        begins = np.cumsum([0] + [len(pairs[number]) for number in wanted[:-1]])
        with closing(self._file.execute("select id, pairs from captures order by id")) as rows:
            for id, blob in rows:
                here = np.frombuffer(blob, dtype=np.uint32)
                at = np.searchsorted(every, here)
                at[at == len(every)] = 0
                there = np.zeros(len(every), dtype=bool)
                there[at[every[at] == here]] = True
                for number in np.flatnonzero(np.logical_and.reduceat(there[which], begins)):
                    found[keys[wanted[number]]].append(id)
        return found


def _pairs(folded: str) -> np.ndarray:
    """The hashes of the pairs of neighbouring words, each once, in order."""
    words = WORD.findall(folded)
    hashes = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    if len(hashes) < 2:
        return np.empty(0, dtype=np.uint32)
    mixed = (hashes[:-1] * np.uint64(0x9E3779B97F4A7C15) + hashes[1:]) * np.uint64(0xC2B2AE3D27D4EB4F)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _stored(normal: Normal) -> tuple[bytes, bytes, bytes, bytes]:
    layers = array("I")
    for steps, origins in normal.layers:
        layers.append(len(steps))
        layers.extend(steps)
        layers.extend(origins)
    numbers = (array("I", normal.pages), array("I", normal.joins), layers)
    pages, joins, packed = (part.tobytes() for part in numbers)
    return normal.text.encode("utf-8", "surrogatepass"), pages, joins, packed


def _read(
    id: str,
    source: str,
    captured_at: str,
    excerpt: int,
    raw: bytes,
    normal: bytes,
    pages: bytes,
    joins: bytes,
    packed: bytes,
) -> Kept:
    numbers = array("I", packed)
    layers: list[Layer] = []
    at = 0
    while at < len(numbers):
        size = numbers[at]
        layers.append((numbers[at + 1 : at + 1 + size], numbers[at + 1 + size : at + 1 + 2 * size]))
        at += 1 + 2 * size
    text = Normal(
        normal.decode("utf-8", "surrogatepass"),
        tuple(array("I", pages)),
        tuple(array("I", joins)),
        tuple(layers),
    )
    when = datetime.fromisoformat(captured_at)
    return Kept(id, source, when, bool(excerpt), raw.decode("utf-8", "surrogatepass"), text)
