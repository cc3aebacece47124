"""A CSV file as text, whatever a spreadsheet did to it: what is harmless is read through and named, the rest reported."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from kit.errors import Problem
from kit.tables.columns import Table


class TidyWarning(UserWarning):
    """A file is readable, but not as the house keeps it; `kit tidy` rewrites it."""


def read_text(path: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The columns of cells and the problems that `read_cells` reads; what is untidy in the file is told in a `TidyWarning`."""
    cells, problems, untidy = read_cells(path, table)
    if untidy:
        message = f"{table.path} is readable but has {', '.join(untidy)}; `kit tidy` rewrites it"
        warnings.warn(message, TidyWarning, stacklevel=2)
    return cells, problems


def read_cells(path: Path, table: Table) -> tuple[pd.DataFrame, list[Problem], list[str]]:
    """The cells as text, blank where empty; all that is wrong with the file itself; and what is untidy but harmless.

    The columns are those of the file, in its order: one that may be blank may be missing. A byte-order mark, Windows
    line ends, empty trailing columns and rows are read through. A file that cannot be read gives an empty frame and
    says why; ``path`` must exist.
    """
    raw = path.read_bytes()
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in table.names})
    if wrong := _wrong_encoding(raw):
        return empty, [wrong], []
    untidy = _untidy(raw)
    if wrongs := _header_problems(_header(raw), table):
        return empty, wrongs, []
    try:
        frame = pd.read_csv(
            io.BytesIO(raw), dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8-sig"
        )
    except pd.errors.ParserError:
        frame = None
    if frame is None or not isinstance(frame.index, pd.RangeIndex):
        return empty, [_overfull(raw)], []
    frame, dropped = _without_padding(frame)
    return frame, [], untidy + dropped


def header(path: Path) -> list[str]:
    """The names of the columns of the file; none where it is not there or cannot be read."""
    raw = path.read_bytes() if path.is_file() else b""
    return [] if _wrong_encoding(raw) else _header(raw)


def complete(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells with every column of the table, in its order; one that the file does without is blank.

    >>> from kit.tables.schema import TABLES
    >>> complete(pd.DataFrame({"id": ["a"]}), TABLES["tags"]).columns.tolist()
    ['id', 'facet', 'label', 'definition']
    """
    if cells.columns.tolist() == table.names:
        return cells
    return cells.reindex(columns=table.names, fill_value="").astype("str")


def _header(raw: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(raw.decode("utf-8-sig"))), [])


def _wrong_encoding(raw: bytes) -> Problem | None:
    remedy = "save the file as CSV UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem("file", "is UTF-16, not UTF-8", remedy)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        seen = raw[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace").strip()
        return Problem(f"row {row}", f"is not UTF-8 (near {seen!r})", remedy)
    return None


def _overfull(raw: bytes) -> Problem:
    """The first row that pandas could not place under the header."""
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    width = len(next(rows))
    row = next((number for number, cells in enumerate(rows, start=2) if len(cells) > width), None)
    if row is None:
        return Problem("file", "has a quoted cell that never ends", "close its quotation marks")
    return Problem(
        f"row {row}", "has more cells than the header", "put quotes around a cell that holds a comma"
    )


def _untidy(raw: bytes) -> list[str]:
    notes = []
    if raw.startswith(b"\xef\xbb\xbf"):
        notes.append("a byte-order mark")
    if b"\r\n" in raw:
        notes.append("Windows line ends")
    return notes


def _without_padding(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    notes = []
    blank = [c for c in frame.columns if str(c).startswith("Unnamed: ") and frame[c].eq("").all()]
    if blank:
        notes.append(f"{len(blank)} empty column{'s' if len(blank) > 1 else ''}")
        frame = frame.drop(columns=blank)
    first = frame.iloc[:, 0].eq("")
    if first.any():
        padding = frame[first].eq("").all(axis="columns")
        if padding.any():
            notes.append(f"{padding.sum()} empty row{'s' if padding.sum() > 1 else ''}")
            frame = frame.drop(index=padding.index[padding])
    return frame, notes


def _header_problems(found: list[str], table: Table) -> list[Problem]:
    if not any(found):
        return [Problem("header", "is missing", f"the first row must be: {','.join(_least(table))}")]
    if len(found) == 1 and len(table.names) > 1:
        return [Problem("header", f"has no comma: {found[0][:60]!r}", "save with commas between the columns")]
    problems = []
    strange = [name for name in found if name and name not in table.names]
    for name in table.names:
        if found.count(name) > 1:
            problems.append(Problem("header", f"column {name!r} is there twice", "remove one of them"))
        elif name not in found and table.column(name).required:
            near = suggest(name, strange)
            remedy = f"rename {near!r}" if near else "add it"
            problems.append(Problem("header", f"column {name!r} is missing", remedy))
    for name in strange:
        near = suggest(name, [known for known in table.names if known not in found])
        remedy = f"did you mean {near!r}?" if near else _how_to_declare(name, table)
        problems.append(Problem("header", f"column {name!r} is not one of the table's", remedy))
    return problems


def _least(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]


def _how_to_declare(name: str, table: Table) -> str:
    if table.folder != "manual":
        return "put the file back from version control"
    if table.name == "cases":
        return f"declare it in data/manual/codebook.csv: {name},KIND,,what it means (`kit upgrade` does so for an older case)"
    section = f"tables.{table.name}.columns" if table.own else f"columns.{table.name}"
    return f'declare it in data/case.toml: [{section}.{name}] with kind = "text" and about = "..."'


def suggest(value: str, known: Iterable[str]) -> str:
    """The known value that looks most like ``value``, or '' when none does.

    >>> suggest("fin", ["fine", "notice"])
    'fine'
    """
    near = get_close_matches(value.strip().casefold(), list(known), 1)
    return near[0] if near else ""
