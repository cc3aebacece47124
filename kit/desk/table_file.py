"""A table's file with single rows changed: what is not touched keeps its bytes, its place and its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kit.errors import BadTable
from kit.tables.columns import Table
from kit.tables.merging.three_way import Cells
from kit.tables.read import read_cells
from kit.tables.spreadsheet.saved import MARK, saved_rows
from kit.tables.write import saved_as, table_bytes


class TableFile:
    """The rows of one table's file, to be changed; ``content`` is the file as it is to be written.

    A file that is not there has no rows; one that cannot be read raises `BadTable`.

    >>> import tempfile
    >>> from kit.tables.schema import TABLES
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "places.csv"
    ...     _ = path.write_bytes(b'id;name\\r\\n"a";Quay\\r\\nc;Pier\\r\\n')
    ...     file = TableFile(path, TABLES["places"])
    ...     file.put(None, {"id": "b", "name": "Mole; old"}), file.content()
    (None, b'id;name\\r\\n"a";Quay\\r\\nb;"Mole; old"\\r\\nc;Pier\\r\\n')
    """

    def __init__(self, path: Path, table: Table) -> None:
        self._path, self._table = path, table
        self._raw = path.read_bytes() if path.is_file() else b""
        self._plain = True
        self.rows: list[Cells] = []
        self._written: list[str] = []
        self._behind: list[str] = []
        self._head, self._names, self._separator, self._end = "", list(table.names), ",", "\n"
        if self._raw.strip():
            cells, problems, _ = read_cells(path, table)
            if problems:
                raise BadTable({table.path: problems})
            self.rows = [
                {str(name): str(cell) for name, cell in row.items()} for row in cells.to_dict("records")
            ]
            self._take_apart(cells)
        else:
            self._raw, self._head = b"", ",".join(self._names) + "\n"

    def _take_apart(self, cells: pd.DataFrame) -> None:
        """Nothing; each row has the text that it was written as, and what stands behind it to the next."""
        saved = saved_rows(self._raw)
        self._names = saved.rows[0]
        try:
            text = self._raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._plain = False
            return
        self._end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
        lines = text.split(self._end[-1])
        begins = [line - 1 for line in saved.lines]
        parts = [
            self._end[-1].join(lines[a:b]) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)
        ]
        whole = [part + self._end[-1] for part in parts[:-1]] + parts[-1:]
        head_and_rows = dict(zip(saved.lines, whole, strict=True))
        before = self._end[-1].join(lines[: begins[0]]) + (self._end[-1] if begins[0] else "")
        kept = [line + 2 for line in cells.index]  # empty rows are none, and stay with what stands above them
        self._head = before
        for line, part in head_and_rows.items():
            if line in kept:
                own = part.rstrip(self._end)
                ended = part[len(own) : len(own) + len(self._end)]
                self._written.append(own + ended)
                self._behind.append(part[len(own) + len(ended) :])
            elif self._behind:
                self._behind[-1] += part
            else:
                self._head += part
        named = [
            sign
            for sign in (",", ";", "\t", "|")
            if sign.join(self._names) == _bare(text, saved.lines[0], self._end)
        ]
        self._separator = named[0] if named else ","
        self._plain = bool(named)

    def find(self, key: Mapping[str, str]) -> int | None:
        """The place of the row that has these cells in the columns of the table's key; ``None`` where none has."""
        sought = [key.get(name, "") for name in self._table.key]
        for at, row in enumerate(self.rows):
            if [row.get(name, "") for name in self._table.key] == sought:
                return at
        return None

    def put(self, at: int | None, cells: Mapping[str, str]) -> None:
        """Nothing; the row at that place has these cells now, or a new one has, in its order where the rows have one."""
        row = {
            name: cells.get(name, "") for name in self._table.names if name in cells or name in self._names
        }
        if any(cell and name not in self._names for name, cell in row.items()):
            self._plain = False  # every row gets a cell more
        if self._end == "\r" and any("\n" in cell for cell in row.values()):
            self._plain = False  # both kinds of line ends, and neither could be told from the other
        new = at is None
        at = self._place(row) if at is None else at
        if self._plain and new:
            if at == len(self.rows):
                self._end_what_is_above(at)
            self._written.insert(at, "")
            self._behind.insert(at, "")
        if self._plain:
            self._written[at] = self._line(row)
        self.rows[at : at + (0 if new else 1)] = [row]

    def remove(self, at: int) -> None:
        """Nothing; the row at that place is gone."""
        del self.rows[at]
        if self._plain:
            del self._written[at], self._behind[at]

    def frame(self) -> pd.DataFrame:
        """The cells as text, in the columns that any row has, in the table's order."""
        names = [n for n in self._table.names if n in self._names or any(row.get(n) for row in self.rows)]
        return pd.DataFrame(
            [[row.get(name, "") for name in names] for row in self.rows], columns=names, dtype="str"
        )

    def content(self) -> bytes:
        """The bytes of the file; in house form where the rows cannot be told apart, or get a column more."""
        if not self._plain:
            return saved_as(self._path, table_bytes(self.frame(), self._table))
        mark = MARK if self._raw.startswith(MARK) else b""
        rows = "".join(own + behind for own, behind in zip(self._written, self._behind, strict=True))
        return mark + (self._head + rows).encode("utf-8")

    def _line(self, row: Mapping[str, str]) -> str:
        made = io.StringIO()
        writer = csv.writer(made, delimiter=self._separator, lineterminator=self._end)
        ends = {"\r\n": "\n", "\r": "\n"}
        cells = [row.get(name, "") for name in self._names]
        for told, end in ends.items():
            cells = [cell.replace(told, end) for cell in cells]
        writer.writerow(cells)
        return made.getvalue()

    def _place(self, row: Cells) -> int:
        keys = [[each.get(name, "") for name in self._table.key] for each in self.rows]
        if keys != sorted(keys):
            return len(keys)
        own = [row.get(name, "") for name in self._table.key]
        return next((at for at, key in enumerate(keys) if key > own), len(keys))

    def _end_what_is_above(self, at: int) -> None:
        """Nothing; the last line of the file has its end."""
        if at == 0:
            self._head += "" if self._head.endswith(self._end[-1]) else self._end
        elif not (self._written[at - 1] + self._behind[at - 1]).endswith(self._end[-1]):
            self._behind[at - 1] += self._end


def _bare(text: str, line: int, end: str) -> str:
    """The header as it is written, without quotation marks."""
    return text.split(end[-1])[line - 1].replace('"', "").rstrip("\r")
