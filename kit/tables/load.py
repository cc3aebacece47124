"""Text cells as the frames that the rest of the kit takes and gives: lists, spans of days, numbers, evidence ids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from kit.errors import BadTable, Problem
from kit.tables.cells import split_list
from kit.tables.read import read_text
from kit.tables.schema import MISSING, TABLES, Column, Table
from kit.tables.validate import check_tables
from kit.text.edtf import date_columns


def load_tables(folder: Path, names: Iterable[str] = tuple(TABLES)) -> dict[str, pd.DataFrame]:
    """The named tables of the case folder, checked and typed.

    Any problem in any of them raises `BadTable` with all of them; an optional table whose file is not there has no
    rows. Columns of a kind become:

    - list columns: tuples of str;
    - dates: the text, and ``_earliest``, ``_latest`` (datetime64), ``_precision``, ``_doubt``;
    - numbers: float64, with the word for a missing one in ``<column>_missing``;
    - what is computed from a column stands behind the columns of the file;
    - the evidence table gains ``id``, computed from the row, so that it changes exactly when what is to be checked does.
    """
    texts: dict[str, pd.DataFrame] = {}
    problems: dict[str, list[Problem]] = {}
    for name in names:
        table = TABLES[name]
        path = folder / table.path
        if not path.is_file() and table.optional:
            texts[name] = pd.DataFrame({column: pd.Series(dtype="str") for column in table.names})
            continue
        if not path.is_file():
            problems[table.path] = [
                Problem("file", "is missing", f"it needs at least the row {','.join(table.names)}")
            ]
            continue
        texts[name], wrong = read_text(path, table)
        if wrong:
            problems[table.path] = wrong
    if not problems:
        problems = check_tables(texts)
    if problems:
        raise BadTable(problems)
    return {name: typed(texts.pop(name), TABLES[name]) for name in list(texts)}


def typed(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells of one table with each column as its kind; the cells must have passed `check_tables`.

    >>> cells = pd.DataFrame({"id": ["a"], "facet": ["access"], "label": ["A"], "definition": ["..."]})
    >>> typed(cells, TABLES["tags"]).columns.tolist()
    ['id', 'facet', 'label', 'definition']
    """
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
        frame.insert(0, "id", [evidence_id(row) for row in cells.itertuples(index=False)])
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


def evidence_id(row: tuple) -> str:
    """The id of an evidence row: eight hex digits over its cells, in the order of the file.

    >>> evidence_id(("event", "", "source", "supports", "", "first words", "last words", "", "", ""))
    'e-dca685f1'
    """
    return "e-" + hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:8]
