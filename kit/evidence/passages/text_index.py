"""The texts of all captures in one file, normalised once and kept."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kit.errors import KitError
from kit.evidence.passages.capture_text import CaptureText, captures_here, read_capture, stamp_of
from kit.evidence.passages.full_text import NAMES, FullText, TextEntry
from kit.files import CACHE_FOLDER
from kit.lock import locked
from kit.sources.capture.capture import CAPTURES
from kit.sources.extract.reading.page import TextRange
from kit.text.normalise import Layer, Normal
from kit.text.sentences import WORD

if TYPE_CHECKING:
    from kit.case import Case
    from kit.sources.capture.capture import Capture

INDEX = CACHE_FOLDER / "texts.sqlite"
#: Where the index was before; whole pages are not left lying there.
_BEFORE = CAPTURES / ".texts.sqlite"
#: Goes up when what is kept changes; an index of another number is made anew.
_FORMAT = 6
#: How many captures are read before what was read is safe on the disk.
_BATCH = 100
#: Seconds to wait for another process that reads new captures, which may be thousands.
_PATIENCE = 3600.0
#: How many captures are read at a time.
_SIDE_BY_SIDE = min(4, os.cpu_count() or 1)
_TABLE = """
create table captures (
    id text primary key, source text not null, captured_at text not null, excerpt integer not null, language text not null,
    instead text not null, digest blob not null, stamp text not null, raw blob not null, normal blob not null, joins blob not null,
    layers blob not null, structure text not null, pairs blob not null
) without rowid;
create index of_source on captures (source, captured_at, id);
"""
_READ_COLUMNS = "id, source, captured_at, excerpt, language, instead, raw, normal, joins, layers, structure"


class TextIndex:
    """The captures' texts in the file ``path``, made when it is not there, and anew when it is none of ours or broken.

    It holds whole pages, so it stays out of version control; it can be made anew from the captures.
    Memory does not grow with the number of captures: one is read at a time. ``words`` finds what has a word,
    captures among it. A folder that cannot be written to raises `KitError`.

    >>> page = CaptureText("c-1", "s", datetime(2021, 3, 1), False, "The gate was shut.")
    >>> with TextIndex(Path(":memory:")) as index:
    ...     index.add([page]), index.add([page]), index.holding({"e-1": ["the gate was shut"]})
    (['c-1'], [], {'e-1': ['c-1']})
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = _opened(path)
        except (sqlite3.OperationalError, OSError) as error:
            remedy = "make room, or change the rights of the folder"
            raise KitError(path.name, f"cannot be opened or made ({error})", remedy) from error
        self.words = FullText(self._file)

    def __enter__(self) -> TextIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing; the file is closed."""
        self._file.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A stretch whose changes are kept together, or not at all."""
        with self._file:
            yield

    def add(self, captures: Iterable[CaptureText]) -> list[str]:
        """The ids of the captures that were new or differ from what was kept, all of them kept now."""
        changed: list[str] = []
        with self._file:
            for capture in captures:
                raw = capture.text.encode("utf-8", "surrogatepass")
                facts = (
                    capture.source,
                    capture.captured_at.isoformat(),
                    capture.excerpt,
                    capture.language,
                    capture.instead,
                )
                digest = hashlib.sha256(
                    repr((*facts, capture.stamp, capture.structure)).encode() + raw
                ).digest()
                known = self._file.execute(
                    "select digest from captures where id = ?", (capture.id,)
                ).fetchone()
                if known and known[0] == digest:
                    continue
                if known:
                    self._forget([capture.id])
                pairs = _pairs(capture.normal.folded).tobytes()
                structure = json.dumps([(span.start, span.end, span.label) for span in capture.structure])
                row = (
                    capture.id, *facts, digest, capture.stamp, raw, *_stored(capture.normal), structure, pairs
                )  # fmt: skip
                self._file.execute(
                    f"insert or replace into captures values ({', '.join('?' * len(row))})", row
                )
                owner, text = f"sources/{capture.source}", capture.normal.text
                self.words.put([TextEntry("captures", capture.id, owner, "", None, text)])
                changed.append(capture.id)
                if len(changed) % _BATCH == 0:
                    self._file.commit()
        return changed

    def drop(self, ids: Iterable[str]) -> None:
        """Nothing; the captures of those ids are forgotten."""
        with self._file:
            self._forget(ids)

    def _forget(self, ids: Iterable[str]) -> None:
        for id in ids:
            if (text := self.text(id)) is not None:
                self.words.remove("captures", [id], {id: text})
            self._file.execute("delete from captures where id = ?", (id,))

    def text(self, id: str) -> str | None:
        """The text of a capture as it is searched, evened out; ``None`` where it is not here."""
        row = self._file.execute("select normal from captures where id = ?", (id,)).fetchone()
        return row[0].decode("utf-8", "surrogatepass") if row else None

    def stamps(self) -> dict[str, str]:
        """The stamp each capture came with."""
        return dict(self._file.execute("select id, stamp from captures"))

    def sources(self) -> dict[str, str]:
        """The source of each capture."""
        return dict(self._file.execute("select id, source from captures"))

    def instead(self) -> dict[str, str]:
        """The captures that show something in place of the page, each with the kind of it, as `CaptureText` has it."""
        return dict(self._file.execute("select id, instead from captures where instead != ''"))

    def of(self, source: str) -> list[CaptureText]:
        """The captures of a source, the oldest first."""
        query = f"select {_READ_COLUMNS} from captures where source = ? order by captured_at, id"
        return [_read(*row) for row in self._file.execute(query, (source,))]

    def page(self, id: str) -> CaptureText:
        """The capture of that id; an unknown one raises ``KeyError``."""
        row = self._file.execute(f"select {_READ_COLUMNS} from captures where id = ?", (id,)).fetchone()
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


def _stored(normal: Normal) -> tuple[bytes, bytes, bytes]:
    layers = array("I")
    for steps, origins in normal.layers:
        layers.append(len(steps))
        layers.extend(steps)
        layers.extend(origins)
    joins = array("I", normal.joins)
    return normal.text.encode("utf-8", "surrogatepass"), joins.tobytes(), layers.tobytes()


def _read(
    id: str, source: str, captured_at: str, excerpt: int, language: str, instead: str, raw: bytes, normal: bytes, joins: bytes,
    packed: bytes, structure: str,
) -> CaptureText:  # fmt: skip
    numbers = array("I", packed)
    layers: list[Layer] = []
    at = 0
    while at < len(numbers):
        size = numbers[at]
        layers.append((numbers[at + 1 : at + 1 + size], numbers[at + 1 + size : at + 1 + 2 * size]))
        at += 1 + 2 * size
    known = Normal(
        normal.decode("utf-8", "surrogatepass"),
        tuple(array("I", joins)),
        tuple(layers),
    )
    spans = tuple(TextRange(*span) for span in json.loads(structure))
    when, text = datetime.fromisoformat(captured_at), raw.decode("utf-8", "surrogatepass")
    return CaptureText(
        id,
        source,
        when,
        bool(excerpt),
        text,
        structure=spans,
        language=language,
        instead=instead,
        known=known,
    )


def open_index(case: Case, *, strict: bool = True) -> TextIndex:
    """The index of the captures' texts, .kit-cache/texts.sqlite, brought up to date; close it after use.

    Captures are read one at a time, and only those that are new; those whose files are gone are dropped. One that
    cannot be trusted raises `BadWarc` or `NoCapture`, and is left out where ``strict`` is off.
    """
    captures = {capture.id: capture for capture in captures_here(case)}
    with locked(case.path, "texts", _PATIENCE):
        (case.path / _BEFORE).unlink(missing_ok=True)
        index = TextIndex(case.path / INDEX)
        try:
            known = index.stamps()
            index.drop(known.keys() - captures.keys())
            new = (capture for id, capture in captures.items() if known.get(id) != stamp_of(capture))
            index.add(_read_all(new, strict))
        except BaseException:
            index.close()
            raise
    return index


def _read_all(captures: Iterable[Capture], strict: bool) -> Iterator[CaptureText]:
    """Each capture's text, in their order; several are read side by side, each in a process of its own."""
    ahead: deque[Future[CaptureText]] = deque()
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        try:
            for capture in [*captures, None]:
                if capture is not None:
                    ahead.append(pool.submit(read_capture, capture))
                while len(ahead) > 2 * _SIDE_BY_SIDE or (capture is None and ahead):
                    try:
                        yield ahead.popleft().result()
                    except KitError:
                        if strict:
                            raise
        finally:
            for future in ahead:
                future.cancel()


def _opened(path: Path) -> sqlite3.Connection:
    """The file, with its tables; one that is no file of SQLite's, or of another format, is made anew."""
    if path != _MEMORY:
        path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, timeout=60)
    try:
        if file.execute("pragma user_version").fetchone()[0] == _FORMAT:
            return file
        gone = "".join(f"drop table if exists {name};" for name in ("captures", *NAMES))
        with file:
            file.executescript(gone + _TABLE)
            FullText(file).create()
            file.execute(f"pragma user_version = {_FORMAT}")
        return file
    except sqlite3.OperationalError:
        file.close()
        raise
    except sqlite3.DatabaseError:
        file.close()
        path.unlink()
        return _opened(path)


_MEMORY = Path(":memory:")
