"""Text cells as the frames that the rest of the kit takes and gives: lists, spans of days, numbers, evidence ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from kit.errors import BadTable, Problem
from kit.tables.cells import split_list
from kit.tables.columns import Column, Table
from kit.tables.declarations import tables_of
from kit.tables.ledgers import LEDGERS
from kit.tables.read import complete, read_cells, read_text
from kit.tables.schema import MISSING, TABLES
from kit.tables.validate import check_tables
from kit.text.edtf import date_columns


def load_tables(folder: Path, tables: Mapping[str, Table] | None = None) -> dict[str, pd.DataFrame]:
    """The tables of the case folder, checked and typed: those given by name, or all that it can have.

    Any problem in any of them raises `BadTable` with all of them; a table whose file is not there has no rows, and one
    of the core has a problem. Columns of a kind become:

    - list columns: tuples of str;
    - dates: the text, and ``_earliest``, ``_latest`` (datetime64), ``_precision``, ``_doubt``;
    - numbers: float64, with the word for a missing one in ``<column>_missing``;
    - what is computed from a column stands behind the columns of the table;
    - the evidence table gains ``id``, computed from the row, so that it changes exactly when what is to be checked does.
    """
    tables = tables or tables_of(folder)
    texts, problems = read_all(folder, tables)
    if problems := problems or check_tables(texts, tables):
        raise BadTable(problems)
    empty = pd.DataFrame(dtype="str")
    return {name: typed(texts.pop(name, empty), table) for name, table in tables.items()}


def read_all(
    folder: Path, tables: Mapping[str, Table]
) -> tuple[dict[str, pd.DataFrame], dict[str, list[Problem]]]:
    """The cells of those of the tables whose files are there, as text, and what is wrong with the files, by path."""
    texts: dict[str, pd.DataFrame] = {}
    problems: dict[str, list[Problem]] = {}
    for name, table in tables.items():
        path = folder / table.path
        if path.is_file():
            texts[name], wrong = read_text(path, table)
            if wrong:
                problems[table.path] = wrong
        elif beside := _beside(path, tables, copies=table.core):
            remedy = f"save its sheet as CSV UTF-8, as {path.name}"
            if beside.suffix.casefold() in _TEXTS:
                remedy = f"call it {path.name}"
            problems[table.path] = [Problem("file", f"is missing, and {beside.name} lies beside it", remedy)]
        elif table.core:
            least = ",".join(column.name for column in table.columns if column.required)
            problems[table.path] = [Problem("file", "is missing", f"it needs at least the row {least}")]
    return texts, problems


#: How the names of a spreadsheet's own files end, and of those that it saves as text.
_SHEETS, _TEXTS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"), (".csv", ".tsv", ".tab", ".txt")


def _beside(path: Path, tables: Mapping[str, Table], *, copies: bool) -> Path | None:
    """The file that the table may have been saved as: with another ending, in capitals, or as one of its ``copies``."""
    others = {Path(table.path).name.casefold() for table in tables.values()} - {path.name.casefold()}
    named = re.compile(re.escape(path.stem) + (r"(?:[ .(-].*)?" if copies else ""), re.IGNORECASE)
    for each in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        ending = each.suffix.casefold()
        if (
            ending in (*_SHEETS, *_TEXTS)
            and named.fullmatch(each.stem)
            and each.name.casefold() not in others
        ):
            return each
    return None


def read_ledger(folder: Path, name: str) -> pd.DataFrame:
    """The cells of one of `LEDGERS` in the case folder, as text, in its own columns; no rows where nothing was written yet.

    What is not as it was written raises `BadTable` with all of it: a hash or an id misread could pass for another.
    """
    try:
        file = (folder / LEDGERS[name].path).stat()
    except FileNotFoundError:
        return pd.DataFrame(columns=LEDGERS[name].names, dtype="str")
    return _ledger(folder, name, file.st_ino, file.st_mtime_ns, file.st_size).copy()


@lru_cache(maxsize=8)
def _ledger(folder: Path, name: str, *file: int) -> pd.DataFrame:
    """The cells of a ledger, read once for as long as its file is the same one, whole and unchanged."""
    table = LEDGERS[name]
    cells, problems, _ = read_cells(folder / table.path, table)
    if not problems and b"\0" in (folder / table.path).read_bytes():
        problems = [Problem("file", "holds zero bytes, which a disk that lost power leaves")]
    if problems := problems or check_tables({name: cells}, LEDGERS).get(table.path, []):
        raise BadTable({table.path: [replace(problem, remedy=_RESTORE) for problem in problems]})
    return complete(cells, table)


_RESTORE = "put the ledger back from version control, or keep what can be read of it and add the rest anew: kit check --renew"


def typed(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells of one table with each column as its kind; the cells must have passed `check_tables`.

    >>> cells = pd.DataFrame({"id": ["a"], "facet": ["access"], "label": ["A"], "definition": ["..."]})
    >>> typed(cells, TABLES["tags"]).columns.tolist()
    ['id', 'facet', 'label', 'definition']
    """
    cells = complete(cells, table)
    parts: list[pd.Series] = []
    derived: list[pd.Series | pd.DataFrame] = []
    for column in table.columns:
        parts.append(_typed(cells[column.name], column))
        if column.kind == "date":
            dates = (
                cells[column.name].where(~cells[column.name].isin(MISSING), "")
                if column.missing
                else cells[column.name]
            )
            derived.append(date_columns(dates))
        elif column.kind == "number" and column.missing:
            words = cells[column.name].where(cells[column.name].isin(MISSING), "")
            derived.append(words.rename(f"{column.name}_missing"))
    frame = pd.concat([*parts, *derived], axis="columns").reset_index(drop=True)
    if table.name == "evidence":
        frame.insert(0, "id", evidence_ids(cells))
    return frame


def by_id(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its ids as the index, named ``id``; one without such a column as it is.

    >>> by_id(pd.DataFrame({"id": ["raid"], "title": ["A raid"]})).at["raid", "title"]
    'A raid'
    """
    return frame.set_index("id") if "id" in frame else frame


def with_id(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its ids as the first column and its rows counted from 0, where they were the index; else as it is.

    What takes a frame from a notebook begins with this, so that both forms of a table will do.

    >>> with_id(by_id(pd.DataFrame({"id": ["raid"], "title": ["A raid"]}))).columns.tolist()
    ['id', 'title']
    """
    return frame.reset_index() if frame.index.name == "id" and "id" not in frame else frame


def _typed(cells: pd.Series, column: Column) -> pd.Series:
    if column.many:
        codes, values = pd.factorize(cells.to_numpy(object))
        lists = np.empty(len(values), dtype=object)
        lists[:] = [split_list(value) for value in values]
        return pd.Series(
            lists[codes] if len(values) else [], index=cells.index, name=cells.name, dtype=object
        )
    if column.kind == "number":
        return pd.to_numeric(cells.where(~cells.isin((*MISSING, "")), None)).astype("float64")
    return cells


def evidence_ids(cells: pd.DataFrame) -> list[str]:
    """The ids of rows of evidence: eight hex digits over the cells that say what is to be checked, and where.

    A row that names no capture has the id that it had before captures could be named.

    >>> row = {"record": "event", "source": "source", "stance": "supports", "start": "first words", "end": "last words"}
    >>> evidence_ids(pd.DataFrame([row]))
    ['e-dca685f1']
    """
    rows = complete(cells, TABLES["evidence"])
    told = [name for name in TABLES["evidence"].key if name != "capture"]
    parts = zip(rows[told].itertuples(index=False, name=None), rows["capture"], strict=True)
    return [
        "e-" + hashlib.sha256("\x1f".join((*row, capture) if capture else row).encode()).hexdigest()[:8]
        for row, capture in parts
    ]
