"""Three versions of a table, as it was exported, as it is now and as the workbook has it, brought together cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from kit.errors import Problem
from kit.tables.columns import Table
from kit.tables.merging.three_way import Cells, Key, merge_cells
from kit.tables.read import complete
from kit.tables.spreadsheet.sheets import SheetCell
from kit.tables.workbook.cells import Unclear, cell_text
from kit.tables.workbook.exported import ROW, Exported


@dataclass(frozen=True)
class CellChange:
    """A cell of a table that the workbook has otherwise than it was exported, and than the table has it.

    ``exported``, ``table`` and ``workbook`` are its text in each. A row that is not in the table any more has no column.
    """

    table: str
    row: str
    column: str
    exported: str
    table_says: str
    workbook: str
    cell: str = ""


@dataclass(frozen=True)
class CameBack:
    """A row of a sheet that came back: its number, its cells by column, and the number that it was exported under."""

    number: int
    cells: dict[str, SheetCell]
    mark: str = ""


@dataclass
class TableEdits:
    """A table with what the workbook brought: its ``cells``, the row of the sheet that each came from, and what was found."""

    cells: pd.DataFrame
    rows: list[int | None]
    changed: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def table_edits(
    table: Table, before: Exported, now: pd.DataFrame, came: Sequence[CameBack], whose: str = ""
) -> TableEdits:
    """The table with the changes of the workbook; ``whose`` cells stand where both changed one: "workbook" or "tables".

    Rows are known by the table's key, and one whose key was changed by the number that it was exported under.
    """
    return _Edits(table, before, now, whose).take(came)


class _Edits:
    def __init__(self, table: Table, before: Exported, now: pd.DataFrame, whose: str) -> None:
        self.table, self.before, self.whose = table, before, whose
        self.now = complete(now, table)
        self.rows: list[Cells] = self.now.to_dict("records")
        self.exported = [dict(zip(before.columns, row, strict=True)) for row in before.rows]
        self.known = {self._key(row): at for at, row in reversed(list(enumerate(self.exported)))}
        self.there = {self._key(row): at for at, row in reversed(list(enumerate(self.rows)))}
        self.origin: list[int | None] = [None] * len(self.rows)
        self.found = TableEdits(self.now, [])

    def take(self, came: Sequence[CameBack]) -> TableEdits:
        found = self.found
        pairs = self._paired([row for row in came if self._is_filled(row)])
        taken = {at for _, at in pairs if at is not None}
        for row, at in pairs:
            cells = self._understood(row, at)
            if cells is None:
                continue
            if at is None:
                self._new(row, cells)
            else:
                self._known(row, at, cells)
        gone = [row for at, row in enumerate(self.exported) if at not in taken]
        found.missing = [self._name(row) for row in gone if self._key(row) in self.there]
        found.cells = pd.DataFrame(self.rows, columns=self.table.names, dtype="str")
        found.rows = self.origin
        return found

    def _key(self, row: Cells) -> Key:
        return tuple(row.get(name, "") for name in self.table.key)

    def _name(self, row: Cells) -> str:
        return "/".join(part[:60] for part in self._key(row)[:3] if part) or "(a row without an id)"

    def _is_filled(self, row: CameBack) -> bool:
        return any(cell.raw.strip() or cell.gone for cell in row.cells.values())

    def _paired(self, came: Sequence[CameBack]) -> list[tuple[CameBack, int | None]]:
        """Each row with the exported one that it is; ``None`` for a new one. The second of a kind is a problem, and left out."""
        claimed: dict[int, CameBack] = {}
        pairs: list[tuple[CameBack, int | None]] = []
        open_: list[CameBack] = []
        for row in came:
            at = self.known.get(self._raw_key(row))
            if at is None:
                open_.append(row)
            elif at in claimed:
                self._twice(row, claimed[at], self.exported[at])
            else:
                claimed[at] = row
                pairs.append((row, at))
        for row in open_:
            at = int(row.mark) - 1 if row.mark.isdecimal() and len(row.mark) < 10 else -1
            if 0 <= at < len(self.exported) and at not in claimed:
                claimed[at] = row
                pairs.append((row, at))
            else:
                pairs.append((row, None))
        return sorted(pairs, key=lambda pair: pair[0].number)

    def _raw_key(self, row: CameBack) -> Key:
        return tuple(cell.raw if (cell := row.cells.get(name)) else "" for name in self.table.key)

    def _twice(self, row: CameBack, first: CameBack, exported: Cells) -> None:
        same = {name: cell.raw for name, cell in row.cells.items()} == {
            name: cell.raw for name, cell in first.cells.items()
        }
        wrong = f"is the row {self._name(exported)} again, which row {first.number} is"
        if same:
            self.found.told.append(f"row {row.number} {wrong}; it was left aside")
        else:
            remedy = "remove one of them, or give the new one an id of its own"
            self.found.problems.append(Problem(f"row {row.number}", wrong, remedy))

    def _understood(self, row: CameBack, at: int | None) -> Cells | None:
        """The texts of the cells, of those columns that the sheet has; ``None`` where one is unclear, which is a problem."""
        texts, clear = {}, True
        before = self.exported[at] if at is not None else {}
        for name, cell in row.cells.items():
            stood = before.get(name, "")
            if at is not None and name in before:
                shown = self.before.shown.get((at, self.before.columns.index(name)), "")
                if shown and cell.raw == shown:
                    texts[name] = stood
                    continue
            try:
                absent = not cell.raw and not cell.gone and not cell.formula
                texts[name] = cell_text(None if absent else cell, stood, self.table.column(name))
            except Unclear as asked:
                clear = False
                place = f"row {row.number}, column {cell.name.rstrip('0123456789')} ({name})"
                self.found.problems.append(Problem(place, asked.wrong, asked.remedy))
        return texts if clear else None

    def _new(self, row: CameBack, cells: Cells) -> None:
        key = self._key(cells)
        at = self.there.get(key)
        if at is None or not any(key):
            self.there.setdefault(key, len(self.rows))
            self._append(row, cells)
        elif self.origin[at] is not None:
            wrong, remedy = (
                f"is the row {self._name(cells)}, which row {self.origin[at]} is too",
                "give one another id",
            )
            self.found.problems.append(Problem(f"row {row.number}", wrong, remedy))
        else:
            self.origin[at] = row.number
            self._both(row, at, {}, cells)

    def _append(self, row: CameBack, cells: Cells) -> None:
        self.rows.append({name: cells.get(name, "") for name in self.table.names})
        self.origin.append(row.number)
        self.found.added.append(self._name(cells))

    def _known(self, row: CameBack, at: int, cells: Cells) -> None:
        before = self.exported[at]
        differ = {name: text for name, text in cells.items() if text != before.get(name, "")}
        if "id" in self.table.key and "id" in differ:
            old, new = before["id"], differ["id"]
            wrong = f"has the id {new!r} and had {old!r}" if new else f"has lost its id, {old!r}"
            remedy = f"write {old!r} there again; " + (
                f"`kit rename {old} {new}` changes it everywhere"
                if new
                else "nothing is deleted by a blank id"
            )
            if new:
                remedy += f"; a new row has no number under {ROW!r}"
            self.found.problems.append(Problem(f"row {row.number}", wrong, remedy))
            return
        place = self.there.get(self._key(before))
        if place is None and differ:
            place = self.there.get(self._key({**before, **differ}))
        if place is not None:
            self.origin[place] = row.number
            self._both(row, place, before, {**before, **cells})
        elif differ:
            self._gone(row, before, cells, differ)

    def _gone(self, row: CameBack, before: Cells, cells: Cells, differ: Cells) -> None:
        """A row that was changed in the workbook, and taken out of the table."""
        if self.whose == "workbook":
            self._append(row, cells)
        elif not self.whose:
            told = "; ".join(f"{name} {text[:60]!r}" for name, text in differ.items())
            self.found.conflicts.append(
                CellChange(
                    self.table.name,
                    self._name(before),
                    "",
                    "the row",
                    "no such row",
                    told,
                    f"row {row.number}",
                )
            )

    def _both(self, row: CameBack, at: int, before: Cells, cells: Cells) -> None:
        """A row that is in the table and in the workbook."""
        there, name = self.rows[at], self._name(self.rows[at])
        many = {column.name for column in self.table.columns if column.many}
        ours, theirs, clashes = merge_cells(before, there, cells, self.table.names, many, name)
        if clashes and not self.whose:
            self.found.conflicts += [
                CellChange(
                    self.table.name, name, c.field, c.before, c.ours, c.theirs, row.cells[c.field].name
                )
                for c in clashes
            ]
        merged = theirs if self.whose == "workbook" else ours
        for column in self.table.names:
            if merged[column] != there[column]:
                old, new = before.get(column, ""), merged[column]
                self.found.changed.append(
                    CellChange(self.table.name, name, column, old, there[column], new, row.cells[column].name)
                )
        self.rows[at] = {column: merged[column] for column in self.table.names}
