"""A packet that came back as a spreadsheet, read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.factcheck.model.returned import STATEMENT, CheckMark, Comment, Returned, read_baseline, squeezed
from kit.factcheck.writers.xlsx import DATA, FILLED_IN, SHEET_COLUMNS

_HEAD_ROWS = 20


def read_sheet(path: Path) -> Returned:
    """What came back in an .xlsx file; one that is no packet raises `KitError`."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # What it cannot keep when it saves: nothing is saved here.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile, SyntaxError) as error:
            raise KitError(path.name, "is damaged", "ask for the file again") from error
    if DATA not in book.sheetnames:
        raise KitError(
            path.name, f"is no packet: it has no sheet {DATA!r}", "give the file that was sent out, filled in"
        )
    data = "".join(str(row[0].value or "") for row in book[DATA].iter_rows(max_col=1))
    returned = Returned(read_baseline(data, path.name))
    returned.saved_on = _saved_on(book)
    for name in book.sheetnames:
        if name != DATA and (head := _head(book[name])):
            _rows(book[name], *head, returned)
            return returned
    lacking = ", ".join(("id", *FILLED_IN))
    raise KitError(path.name, "has no row that names its columns", f"it needs {lacking}")


def _saved_on(book: Any) -> str:
    modified = book.properties.modified
    return modified.date().isoformat() if modified and modified.year > 1980 else ""


def _head(sheet: Any) -> tuple[int, dict[str, int]] | None:
    """The number of the row that names the columns, and the place of each column."""
    for number, row in enumerate(sheet.iter_rows(max_row=_HEAD_ROWS, values_only=True), start=1):
        names = [squeezed(str(value)).casefold() if value else "" for value in row]
        if {"id", *FILLED_IN} <= set(names):
            return number, {name: names.index(name) for name in SHEET_COLUMNS if name in names}
    return None


def _rows(sheet: Any, head: int, places: dict[str, int], returned: Returned) -> None:
    for row in sheet.iter_rows(min_row=head + 1):
        cells = {name: _words(row[place].value) for name, place in places.items()}
        if not re.fullmatch(STATEMENT, cells["id"]):
            continue
        identity = cells["id"]
        mark = CheckMark(cells["status"], cells["checked by"], _day(row[places["on"]].value))
        returned.marks.setdefault(identity, []).append(mark)
        if "statement" in cells:
            returned.wordings.setdefault(identity, []).append(cells["statement"])
        returned.rewritten[identity] = cells["comment"]
        notes = [cell.comment for cell in row if cell.comment]
        for note in notes:
            returned.comments.setdefault(identity, []).append(
                Comment(squeezed(note.text), squeezed(note.author or ""))
            )


def _day(value: Any) -> str:
    """The day in a cell, also where a program has kept its number and not that it is a day."""
    if isinstance(value, (int, float)) and 36_526 <= value < 73_051:  # 2000 to 2099
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value)
    return _words(value)


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return squeezed("" if value is None else str(value))
