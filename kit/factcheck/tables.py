"""The tables of what checkers said, ``checks.csv`` and ``remarks.csv``, while a packet is carried over into them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from pathlib import Path

import pandas as pd

from kit.errors import Problems
from kit.evidence.prose.remarks import open_remarks, remark_id, remark_line
from kit.files import write_all
from kit.tables.cells import guarded, unguarded
from kit.tables.columns import Table
from kit.tables.read import TidyWarning, complete, read_text
from kit.tables.schema import TABLES
from kit.tables.write import table_bytes
from kit.text.printable import xml_text

CHECKS, REMARKS = TABLES["checks"], TABLES["remarks"]
#: Where pictures and files that came back in a packet are kept, seen from the case folder.
RETURNED = Path("data") / "returned"
#: Stands between two comments in a cell.
BETWEEN = " / "
#: What a cell of a spreadsheet holds, and a little less: longer words go on in a row of their own.
_LONGEST = 32_000


class CheckTables:
    """Both tables of the case in ``folder``, their rows as text, for what comes back in ``packet`` on that day.

    ``marks`` are the rows of the checks by statement. Tables that cannot be read raise `Problems`.
    """

    def __init__(self, folder: Path, packet: str, on: date) -> None:
        self.folder, self.packet, self.on = folder, packet, on
        self.marks, self.remarks = _rows(folder, CHECKS), _rows(folder, REMARKS)
        self.told: dict[str, str] = {}
        self.changed: set[str] = set()

    def mark(self, row: dict[str, str]) -> None:
        """Nothing; a row is put into the checks."""
        if self.marks.get(row["statement"]) != row:
            self.marks[row["statement"]] = row
            self.changed.add(CHECKS.name)

    def joined(self, statement: str, cell: str, more: Iterable[str]) -> str:
        """A comment and what is added to it, each part once; what the cell of a spreadsheet cannot hold is a remark."""
        for part in dict.fromkeys(more):
            if f"{BETWEEN}{part}{BETWEEN}" in f"{BETWEEN}{cell}{BETWEEN}":
                continue
            both = BETWEEN.join(filter(None, (cell, part)))
            if len(both) > _LONGEST:
                self.remark("remark", statement, "a comment", part)
            else:
                cell = both
        return cell

    def remark(
        self, kind: str, statement: str, place: str, words: str, by: str = "", on: str = "", *, told: str = ""
    ) -> None:
        """Nothing; what is no mark is put into the remarks, in as many rows as it needs, once for each packet.

        ``told`` is how it is told while it is open, where that is not in its own words.
        """
        words = xml_text(words)
        starts = range(0, max(len(words), 1), _LONGEST)
        for number, start in enumerate(starts, start=1):
            where = f"{place}, part {number} of {len(starts)}" if len(starts) > 1 else place
            row = dict.fromkeys(REMARKS.names, "") | {
                "statement": statement,
                "kind": kind,
                "place": where,
                "words": words[start : start + _LONGEST],
                "by": by,
                "on": on,
                "packet": self.packet,
                "came": self.on.isoformat(),
            }
            row["id"] = remark_id(row)
            if row["id"] not in self.remarks:
                self.remarks[row["id"]] = row
                self.changed.add(REMARKS.name)
            self.told.setdefault(row["id"], told)

    def open_lines(self, texts: Set[str]) -> Iterator[tuple[str, str]]:
        """The kind and the line of each remark of this packet that nobody has dealt with; ``texts`` are our sentences."""
        marks = {row.statement: row for row in _frame(self.marks.values(), CHECKS).itertuples()}
        rows = open_remarks(_frame(self.remarks.values(), REMARKS), texts, marks)
        still = {row.id: row for row in rows.itertuples()}
        for identity, told in self.told.items():
            if row := still.get(identity):
                yield row.kind, f"{row.statement or 'the packet'}: {told}" if told else remark_line(row)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Nothing; the tables that have changed, and the files that came in the packet, are written, all or none."""
        made: dict[Path, bytes | str] = {
            self.folder / RETURNED / name: content for name, content in files.items()
        }
        for table, rows in ((CHECKS, self.marks), (REMARKS, self.remarks)):
            if table.name in self.changed:
                cells = _frame(rows.values(), table).map(guarded)
                made[self.folder / table.path] = table_bytes(cells, table)
        if made:
            write_all(made)


def _rows(folder: Path, table: Table) -> dict[str, dict[str, str]]:
    """The rows of the table as text, without the guards against formulas, by their first column."""
    path = folder / table.path
    if not path.is_file():
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TidyWarning)
        cells, wrong = read_text(path, table)
    if wrong:
        raise Problems({table.path: wrong})
    rows = complete(cells, table).map(unguarded).to_dict("records")
    return {row[table.key[0]]: row for row in rows}


def _frame(rows: Iterable[dict[str, str]], table: Table) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=table.names).astype("str")
