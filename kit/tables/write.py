"""Tables written as the house keeps them: UTF-8, LF, sorted by key, whole or not at all."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import pandas as pd

from kit.errors import BadTable
from kit.files import write_all
from kit.lock import locked
from kit.tables.columns import Table
from kit.tables.declarations import tables_of
from kit.tables.read import complete, read_cells
from kit.tables.spreadsheet.saved import MARK


def table_bytes(cells: pd.DataFrame, table: Table) -> bytes:
    """The file of a table whose ``cells`` are text: one header row, sorted by the table's key.

    The columns and their order are those of the frame.

    >>> from kit.tables.schema import TABLES
    >>> frame = pd.DataFrame({"id": ["b", "a"], "facet": "f", "label": "L", "definition": "D"})
    >>> table_bytes(frame, TABLES["tags"]).decode().splitlines()
    ['id,facet,label,definition', 'a,f,L,D', 'b,f,L,D']
    """
    names = [name for name in cells.columns if name in table.names]
    order = complete(cells, table).reset_index(drop=True).sort_values(list(table.key), kind="stable").index
    return cells[names].iloc[order].to_csv(index=False, lineterminator="\n").encode("utf-8")


def appended(cells: pd.DataFrame, rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells with the rows below them, both text; a column that the file does without comes only with a value.

    >>> from kit.tables.schema import TABLES
    >>> there = pd.DataFrame({"id": ["a"], "name": ["Quay"]})
    >>> appended(there, pd.DataFrame({"id": ["b"], "name": ["Pier"], "note": [""]}), TABLES["places"]).columns.tolist()
    ['id', 'name']
    """
    new = [name for name in table.names if name in rows and name not in cells and rows[name].ne("").any()]
    names = [*cells.columns, *new]
    return pd.concat([cells.reindex(columns=names), rows.reindex(columns=names)], ignore_index=True).fillna(
        ""
    )


def saved_as(path: Path, content: bytes) -> bytes:
    """The content with the bytes before it by which Excel knows UTF-8, where the file that is there has them."""
    there = path.is_file() and path.read_bytes().startswith(MARK)
    return MARK + content if there else content


def tidy(case: str | PathLike[str]) -> dict[str, list[str]]:
    """The files of the case, or of its folder, that were rewritten in house form, each with what was mended in it.

    Each file keeps its own columns, in its own order, and the bytes by which Excel knows UTF-8. One that cannot be read
    raises `BadTable` and none is touched; letters that are not UTF-8 are read as Windows-1252, which is said.
    """
    folder = Path(case)
    with locked(folder):
        return _tidied(folder)


def _tidied(folder: Path) -> dict[str, list[str]]:
    problems, ready, done = {}, {}, {}
    for table in tables_of(folder).values():
        path = folder / table.path
        if not path.is_file():
            continue
        cells, wrong, untidy = read_cells(path, table, repair=True)
        if wrong:
            problems[table.path] = wrong
        elif (content := saved_as(path, table_bytes(cells, table))) != path.read_bytes():
            ready[path] = content
            done[table.path] = untidy or ["the order of its rows, or quotation marks that it needs not"]
    if problems:
        raise BadTable(problems)
    write_all(ready)
    return done
