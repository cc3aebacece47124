"""A sheet that came back, as the rows of a table: its head found, its columns known by name, what is no part of it told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter

from kit.errors import Problem
from kit.tables.columns import Table
from kit.tables.read import how_to_declare, suggest
from kit.tables.spreadsheet.sheets import Sheet, SheetCell
from kit.tables.workbook.changes import CameBack
from kit.tables.workbook.exported import ROW

#: So far down a head is looked for, should somebody have put lines above it.
_DOWN = 20


@dataclass
class SheetRows:
    """The rows of a sheet, what is wrong with it, and what a person should know."""

    rows: list[CameBack] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def sheet_rows(sheet: Sheet, table: Table) -> SheetRows:
    """The rows of the table that the sheet holds, each with a cell for every column that the sheet has."""
    page = SheetRows()
    rows: dict[int, dict[int, SheetCell]] = defaultdict(dict)
    for cell in sheet.cells:
        rows[cell.row][cell.column] = cell
    head = find_head(sheet, table.names)
    if head is None:
        least = ", ".join(column.name for column in table.columns if column.required)
        remedy = f"give it a first row with the names of its columns: {least}"
        page.problems.append(Problem("row 1", "no row names the columns", remedy))
        return page
    columns = _columns(rows, head, table, page)
    if above := [cell.name for number in rows if number < head for cell in rows[number].values()]:
        page.told.append(f"what stands above the head was left aside: {', '.join(above[:5])}")
    for number in sorted(number for number in rows if number > head):
        mark = ""
        cells = {}
        for at, name in columns.items():
            cell = rows[number].get(at) or SheetCell(f"{get_column_letter(at)}{number}", number, at, "", "")
            if name == ROW:
                mark = cell.text
            else:
                cells[name] = cell
        page.rows.append(CameBack(number, cells, mark))
    for merged in sheet.merged:
        remedy = "split them, and give each row its own cell"
        page.problems.append(Problem(f"cells {merged}", "are made one", remedy))
    return page


def find_head(sheet: Sheet, names: Iterable[str]) -> int | None:
    """The number of the row that names the columns, among the first of the sheet; ``None`` where none does."""
    known = {*map(str.casefold, names), ROW}
    count: dict[int, int] = defaultdict(int)
    for cell in sheet.cells:
        if cell.row <= _DOWN and cell.text.casefold() in known:
            count[cell.row] += 1
    return max(count, key=lambda row: (count[row], -row), default=None)


def _columns(
    rows: dict[int, dict[int, SheetCell]], head: int, table: Table, page: SheetRows
) -> dict[int, str]:
    """The name of each column of the sheet that is one of the table's, by its number."""
    proper = {name.casefold(): name for name in (*table.names, ROW)}
    named = {at: proper.get(cell.text.casefold(), cell.text) for at, cell in rows[head].items()}
    filled = {at: number for number in sorted(rows, reverse=True) if number > head for at in rows[number]}
    found: dict[int, str] = {}
    for at in sorted({*named, *filled}):
        name, letter = named.get(at, ""), get_column_letter(at)
        if not name:
            wrong, remedy = "stands in a column without a name", "name the column, or empty it"
            page.problems.append(Problem(f"row {filled[at]}, column {letter}", wrong, remedy))
        elif name in found.values():
            page.problems.append(Problem(f"column {letter} ({name})", "is there twice", "remove one of them"))
        elif name in (*table.names, ROW):
            found[at] = name
        elif at in filled:
            near = suggest(name, [each for each in table.names if each not in named.values()])
            remedy = f"did you mean {near!r}?" if near else how_to_declare(name, table)
            wrong = f"is not one of the table's; row {filled[at]} is the first with something in it"
            page.problems.append(Problem(f"column {letter} ({name})", wrong, remedy))
        else:
            page.told.append(
                f"column {letter} ({name}) is not one of the table's; it is blank and was left aside"
            )
    if absent := [name for name in table.names if name not in found.values()]:
        page.told.append(f"without the columns {', '.join(absent)}, which stay as they are in the table")
    return found
