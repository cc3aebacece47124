"""Tables written as the house keeps them: UTF-8, LF, sorted by key, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.errors import BadTable
from kit.files import write_whole
from kit.tables.read import read_text
from kit.tables.schema import TABLES, Table


def table_bytes(cells: pd.DataFrame, table: Table) -> bytes:
    """The file of a table whose ``cells`` are text: one header row, sorted by the table's key.

    >>> frame = pd.DataFrame({"id": ["b", "a"], "facet": "f", "label": "L", "definition": "D"})
    >>> table_bytes(frame, TABLES["tags"]).decode().splitlines()
    ['id,facet,label,definition', 'a,f,L,D', 'b,f,L,D']
    """
    ordered = cells[table.names].sort_values(list(table.key), kind="stable")
    return ordered.to_csv(index=False, lineterminator="\n").encode("utf-8")


def tidy(folder: Path) -> list[str]:
    """The files rewritten in house form; one that cannot be read raises `BadTable` and none is touched."""
    import warnings

    problems, ready = {}, {}
    for table in TABLES.values():
        path = folder / table.path
        if not path.is_file():
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells, wrong = read_text(path, table)
        if wrong:
            problems[table.path] = wrong
        elif (content := table_bytes(cells, table)) != path.read_bytes():
            ready[path] = content
    if problems:
        raise BadTable(problems)
    for path, content in ready.items():
        write_whole(path, content)
    return [path.relative_to(folder).as_posix() for path in ready]
