"""The ledger of captures, ``data/processed/captures.csv``: what is kept, and since when it is unaltered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from kit.errors import KitError, Problem, Problems
from kit.files import write_whole
from kit.lock import locked
from kit.sources.capture.capture import CAPTURES, Capture, capture_in
from kit.sources.capture.integrity import note_sound
from kit.sources.capture.warc import BadWarc, warc_date
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger

#: The statuses of captures that hold the page; others hold the news that it is not there.
PAGE = "2..|304|$"
LEDGER = Path(LEDGERS["captures"].path)
COLUMNS = LEDGERS["captures"].names


class BadCaptures(Problems):
    """Files in the captures folder that are none of the kit's captures, or were altered."""


def read_index(case: Path) -> pd.DataFrame:
    """The captures of the case folder ``case``: one row each, sorted by id; no rows when nothing was kept.

    ``captured_at`` is a time in UTC, ``bytes`` a number, everything else text. A ledger that is not as it was written
    raises `BadTable`.
    """
    cells = read_ledger(case, "captures")
    return cells.assign(
        captured_at=pd.to_datetime(cells["captured_at"], utc=True, format="%Y-%m-%dT%H:%M:%SZ"),
        bytes=pd.to_numeric(cells["bytes"]).astype("int64"),
    )


def write_index(case: Path, frame: pd.DataFrame) -> None:
    """Nothing; the ledger is written, sorted by id, whole or not at all."""
    ordered = frame[COLUMNS].sort_values("id")
    text = ordered.assign(captured_at=[warc_date(at) for at in ordered["captured_at"]])
    write_whole(case / LEDGER, text.to_csv(index=False, lineterminator="\n").encode("utf-8"))


def add(case: Path, captures: Iterable[Capture]) -> None:
    """Nothing; the captures are in the ledger, each once, beside what is there."""
    rows = pd.DataFrame([capture.row() for capture in captures], columns=COLUMNS).drop_duplicates("id")
    if rows.empty:
        return
    with locked(case):
        known = read_index(case)
        kept = known[~known["id"].isin(rows["id"])]
        write_index(case, pd.concat([kept, rows]) if len(kept) else rows)
        note_sound(case, dict(zip(rows["warc"], rows["sha256"], strict=True)))


def refresh(case: Path) -> pd.DataFrame:
    """The ledger, in the columns of `read_index`, after adding captures whose files are here and that it does not list yet."""
    known = set(read_index(case)["warc"])
    add(case, _scanned([path for path in _files(case) if path.name not in known]))
    return read_index(case)


def captures_of(case: Path, rows: pd.DataFrame) -> Iterator[Capture]:
    """The `Capture` that each of these rows of the ledger speaks of, in their order."""
    folder = case / CAPTURES
    for values in rows[COLUMNS].to_dict("records"):
        at, size = values.pop("captured_at"), values.pop("bytes")
        yield Capture(**values, captured_at=at.to_pydatetime(), bytes=int(size), folder=folder)


def capture_of(case: Path, row: pd.Series) -> Capture:
    """The `Capture` a row of the ledger speaks of."""
    return next(captures_of(case, row.to_frame().T))


def at_address(known: pd.DataFrame, address: str) -> pd.DataFrame:
    """The rows of an address, in the columns of the ledger, whoever asked for it and wherever it led; none for ''."""
    return known[((known["url"] == address) | (known["final_url"] == address)) & (address != "")]


def rows_named(known: pd.DataFrame, what: str) -> pd.DataFrame:
    """The rows of a capture's id, a source's id or an address, in the columns of the ledger, the oldest first.

    >>> rows = pd.DataFrame({"id": ["a-1", "a-2"], "source": "a", "url": "https://post.example/raid", "final_url": ""})
    >>> rows_named(rows.assign(captured_at=0), "HTTPS://post.example/raid")["id"].tolist()
    ['a-1', 'a-2']
    """
    try:
        address = web_address(what)
    except BadAddress:
        address = ""
    same = known["id"].eq(what) | known["source"].eq(what)
    return known[same | known.index.isin(at_address(known, address).index)].sort_values(["captured_at", "id"])


def newest(case: Path, what: str) -> Capture:
    """The newest capture of that id, source or address that holds a page; where there is none, `KitError`."""
    rows = rows_named(refresh(case), what)
    pages = rows[rows["status"].str.match(PAGE) | rows["id"].eq(what)]
    if pages.empty:
        raise KitError(what, "is no file, and nothing of that name was kept", "keep it first: kit keep")
    return capture_of(case, pages.iloc[-1])


def _files(case: Path) -> list[Path]:
    return sorted((case / CAPTURES).glob("*.warc.gz"))


def _scanned(paths: list[Path]) -> list[Capture]:
    captures, problems = [], []
    for path in paths:
        try:
            captures.append(capture_in(path))
        except BadWarc as error:
            problems.append(Problem(error.place, error.value, error.remedy))
    if problems:
        raise BadCaptures({CAPTURES.as_posix(): problems})
    return captures
