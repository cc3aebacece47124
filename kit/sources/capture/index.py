"""The ledger of captures, ``data/processed/captures.csv``: what is kept, and since when it is unaltered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pandas as pd
from filelock import FileLock

from kit.errors import Problem, Problems
from kit.files import write_whole
from kit.sources.capture.capture import CAPTURES, Capture, capture_in
from kit.sources.capture.warc import BadWarc, warc_date

LEDGER = Path("data") / "processed" / "captures.csv"
COLUMNS = [f.name for f in fields(Capture) if f.name not in ("folder", "memento")]


class BadLedger(Problems):
    """A ledger or captures folder that cannot be trusted as it stands."""


def read_index(case: Path) -> pd.DataFrame:
    """The captures of the case folder ``case``: one row each, sorted by id; no rows when nothing was kept.

    ``captured_at`` is a time in UTC, ``bytes`` a number, everything else text. Missing columns or
    values that cannot be read raise `BadLedger`.
    """
    path = case / LEDGER
    if not path.exists():
        frame = pd.DataFrame(columns=COLUMNS, dtype="str")
    else:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    if missing := [name for name in COLUMNS if name not in frame.columns]:
        raise _bad_ledger(*(f"no column {name!r}" for name in missing))
    try:
        return frame[COLUMNS].assign(
            captured_at=pd.to_datetime(frame["captured_at"], utc=True, format="%Y-%m-%dT%H:%M:%SZ"),
            bytes=pd.to_numeric(frame["bytes"]).astype("int64"),
        )
    except ValueError as error:
        raise _bad_ledger(f"captured_at or bytes not to be read ({ascii(str(error))[:120]})") from error


def write_index(case: Path, frame: pd.DataFrame) -> None:
    """Write the ledger, sorted by id, whole or not at all."""
    ordered = frame[COLUMNS].sort_values("id")
    text = ordered.assign(captured_at=[warc_date(at) for at in ordered["captured_at"]])
    write_whole(case / LEDGER, text.to_csv(index=False, lineterminator="\n").encode("utf-8"))


def add(case: Path, captures: Iterable[Capture]) -> None:
    """Put captures in the ledger, each once, beside what is there."""
    rows = pd.DataFrame([capture.row() for capture in captures], columns=COLUMNS).drop_duplicates("id")
    if rows.empty:
        return
    folder = case / CAPTURES
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".ledger.lock"):
        known = read_index(case)
        kept = known[~known["id"].isin(rows["id"])]
        write_index(case, pd.concat([kept, rows]) if len(kept) else rows)


def refresh(case: Path) -> pd.DataFrame:
    """The ledger after adding captures whose files are here and that it does not list yet."""
    known = set(read_index(case)["warc"])
    add(case, _scanned([path for path in _files(case) if path.name not in known]))
    return read_index(case)


def rebuild(case: Path) -> pd.DataFrame:
    """The ledger made anew from the WARC files, every hash computed again.

    Rows whose file is not here stay as they are: captures live on the desk that made them, and
    the ledger travels without them. A file that is no capture, or was altered, raises `BadLedger`
    with every such file, and the ledger stays as it was.
    """
    captures = _scanned(_files(case))
    known = read_index(case)
    changed = known.set_index("id")["sha256"].to_dict()
    altered = [
        Problem(
            capture.warc, "its bytes are not those the ledger was told of", "see backups of data/captures"
        )
        for capture in captures
        if changed.get(capture.id, capture.sha256) != capture.sha256
    ]
    if altered:
        raise BadLedger({CAPTURES.as_posix(): altered})
    add(case, captures)
    return read_index(case)


def capture_of(case: Path, row: pd.Series) -> Capture:
    """The `Capture` a row of the ledger speaks of."""
    values = {name: row[name] for name in COLUMNS}
    values |= {"captured_at": row["captured_at"].to_pydatetime(), "bytes": int(row["bytes"])}
    return Capture(**values, folder=case / CAPTURES)


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
        raise BadLedger({CAPTURES.as_posix(): problems})
    return captures


def _bad_ledger(*wrong: str) -> BadLedger:
    remedy = "put it back from version control, then rebuild it from the captures"
    return BadLedger({LEDGER.as_posix(): [Problem("", found, remedy) for found in wrong]})
