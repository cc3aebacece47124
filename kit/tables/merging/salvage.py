"""What can still be read of a ledger that was cut off, merged badly or edited: its sound rows."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd

from kit.errors import BadTable
from kit.files import CACHE_FOLDER, write_whole
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger
from kit.tables.read import complete
from kit.tables.validate import check_tables

_ROW = re.compile(r"row (\d+)")
#: Letters that are lost: those that were none, and zeros in their place.
_LOST = re.compile("[\0\ufffd]")
_MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def salvage(folder: Path, name: str) -> str:
    """What was done, in words, so that the ledger of that name in the case folder can be read; '' where it could.

    Its sound rows stay, each once; the file as it was is put aside. What is not in them is for its owner to add anew.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / LEDGERS["statements"].path
    ...     path.parent.mkdir(parents=True)
    ...     _ = path.write_text(",".join(LEDGERS["statements"].names) + "\\ns-0001,01,a,1,It paid.,,2021-03-02,\\ns-0002,0")
    ...     salvage(Path(folder), "statements"), len(read_ledger(Path(folder), "statements"))
    ('could not be read; 1 row of it could, and the file as it was is .kit-cache/statements-as-it-was.csv', 1)
    """
    table = LEDGERS[name]
    path = folder / table.path
    try:
        read_ledger(folder, name)
    except BadTable:
        raw = path.read_bytes()
    else:
        return ""
    cells = _sound(raw.decode("utf-8", "replace"), name)
    aside = CACHE_FOLDER / f"{name}-as-it-was.csv"
    write_whole(folder / aside, raw)
    write_whole(path, cells.to_csv(index=False, lineterminator="\n"))
    count = f"{len(cells):,} row{'s' if len(cells) != 1 else ''} of it could"
    return f"could not be read; {count}, and the file as it was is {aside.as_posix()}"


def _sound(text: str, name: str) -> pd.DataFrame:
    """The rows that have a cell for each column and pass the rules of the table."""
    table = LEDGERS[name]
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line and not line.startswith(_MERGE)]
    rows = list(csv.reader(io.StringIO("\n".join(lines))))
    heads = [row for row in rows if table.key[0] in row and set(row) <= set(table.names)]
    names = heads[0] if heads else table.names
    whole = [
        row for row in rows if len(row) == len(names) and row not in heads and not _LOST.search("".join(row))
    ]
    cells = complete(pd.DataFrame(whole, columns=names, dtype="str"), table)
    cells = cells.drop_duplicates(list(table.key), ignore_index=True)
    while problems := check_tables({name: cells}, LEDGERS).get(table.path, []):
        told = [found for problem in problems if (found := _ROW.match(problem.place))]
        wrong = {int(found[1]) - 2 for found in told} & set(cells.index)
        cells = cells.drop(index=list(wrong)) if wrong else cells.iloc[:0]
    return cells
