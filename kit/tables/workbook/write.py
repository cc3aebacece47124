"""The tables of a case as a workbook: a sheet a table, all cells text, choices where there is a vocabulary."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from os import PathLike
from pathlib import Path

import pandas as pd
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kit.errors import BadTable, KitError
from kit.files import NO_CLOCK, write_whole
from kit.tables.columns import Column, Table
from kit.tables.datapackage import holds
from kit.tables.declarations import read_settings, tables_of
from kit.tables.load import read_all
from kit.tables.read import complete
from kit.tables.schema import MISSING
from kit.tables.workbook.exported import (
    CHOICES,
    DATA,
    MEANINGS,
    ROW,
    START,
    Exported,
    exported_text,
    stand_in,
)
from kit.text.printable import xml_text
from kit.text.wording import listed, plural

#: Never handed out: the file of this table stays out of version control, and a workbook goes by mail.
_STAYS = "withheld"
_CHUNK = 32_000
_LINE = 110  # characters of the first sheet's width
_HIGHEST = 300.0  # points
#: Rows below the last one that have the lists to choose from too.
_ROOM = 2_000
_NARROWEST, _WIDEST = 9, 60
#: What a sheet may not be called in Excel, and how long its name may be.
_TAKEN, _NAME = ("history",), 31
_LINES = (
    "Every sheet behind the second is a table of the case, every row one thing. Edit, save as .xlsx, and bring it back:",
    "    kit sheet --import FILE.xlsx",
    "All cells are text, so that no program makes a date or a number of what you write. Write no formulas.",
    "Days are written 2021-03-02, months 2021-03; 2021-03-02? is a doubtful day, 2021-03~ about then.",
    "A cell that has a list to choose from shows an arrow. Several things in one cell have semicolons: fine; notice.",
    f"To add something, write it below the last row, and leave {ROW!r} blank there.",
    "To take something away, delete its line in the table itself: a row that is missing here stays in the table.",
    "An id is what other tables and the notebooks call a thing by. Leave it; kit rename OLD NEW changes it everywhere.",
    f"Sort and filter as you like. {ROW!r} is how a row is known again: leave it beside its row.",
    "What somebody changed in the tables meanwhile is not overwritten: where both differ you are shown both, and asked.",
    "This file holds all that the tables hold, notes and names that are not for print among it: keep it as you keep them.",
)


def sheet(case: str | PathLike[str], path: str | PathLike[str]) -> list[str]:
    """The tables of the case, or of its folder, that were written to the workbook ``path`` (.xlsx).

    Each table that has a file, and each that the case declares, is a sheet; `withheld` is not handed out. A file that is
    there already is not replaced, since edits may be in it: `KitError`; tables that cannot be read raise `BadTable`.

    >>> import kit, tempfile
    >>> kit.example().sheet(Path(tempfile.mkdtemp()) / "tables.xlsx")
    ['sources', 'events', 'actors', 'evidence', 'tags']
    """
    folder, path = Path(case), Path(path)
    if path.suffix != ".xlsx":
        raise KitError(path.name, "is no name of a workbook", "let it end in .xlsx")
    if path.exists():
        raise KitError(
            path.name, "is there already, and may hold edits", "give another name, or move it away"
        )
    tables = tables_of(folder)
    texts, problems = read_all(folder, tables)
    if problems:
        raise BadTable(problems)
    shown = {
        name: complete(texts.get(name, pd.DataFrame()), table)
        for name, table in tables.items()
        if name != _STAYS and (name in texts or table.own)
    }
    settings = read_settings(folder)
    about = {"case": settings["title"], "case_id": settings.get("id", "")}
    write_whole(path, workbook_bytes(about, shown, tables))
    return list(shown)


def workbook_bytes(
    about: Mapping[str, str], texts: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]
) -> bytes:
    """The workbook of these cells as a file; the same cells give the same bytes. ``about`` names the ``case``, and its id."""
    raw = io.BytesIO()
    # Text that looks like a formula, a number or a link stays text.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(raw, {**options, "strings_to_numbers": False})
    book.set_properties({"title": about["case"], "created": datetime(*NO_CLOCK)})
    look = _looks(book)
    start, meanings = book.add_worksheet(START), book.add_worksheet(MEANINGS)
    names = _sheet_names(list(texts))
    pages = {name: book.add_worksheet(names[name]) for name in texts}
    choices = _Choices(book.add_worksheet(CHOICES), texts)
    exported = {}
    for name, cells in texts.items():
        exported[names[name]] = _exported(cells, name)
        _table(pages[name], exported[names[name]], tables[name], choices, look)
    _start(start, about["case"], exported, look)
    _meanings(meanings, [tables[name] for name in texts], look)
    data = book.add_worksheet(DATA)
    packed = exported_text(about, exported)
    for row, at in enumerate(range(0, len(packed), _CHUNK)):
        data.write_string(row, 0, packed[at : at + _CHUNK])
    for hidden in (choices.page, data):
        hidden.hide()
    book.close()
    return raw.getvalue()


def _looks(book: Workbook) -> dict:
    plain = {"text_wrap": True, "valign": "top", "font_size": 10, "num_format": "@"}
    head = {**plain, "bold": True, "bg_color": "#EEF2F6", "bottom": 1}
    return {
        "text": book.add_format(plain),
        "head": book.add_format(head),
        "needed": book.add_format({**head, "bg_color": "#DCE6EF"}),
        "row": book.add_format({**plain, "font_color": "#767676", "bg_color": "#F5F5F5"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "line": book.add_format({"text_wrap": True, "valign": "top", "font_size": 11}),
    }


def _sheet_names(tables: list[str]) -> dict[str, str]:
    """The sheet of each table: its own name, cut and numbered where Excel takes no such name."""
    found: dict[str, str] = {}
    for name in tables:
        short = name[:_NAME]
        number = 2
        while short in found.values() or short in _TAKEN:
            short = f"{name[: _NAME - 3]} {number}"
            number += 1
        found[name] = short
    return found


def _exported(cells: pd.DataFrame, table: str) -> Exported:
    rows = [list(row) for row in cells.itertuples(index=False, name=None)]
    shown = {
        (at, number): text
        for at, row in enumerate(rows)
        for number, cell in enumerate(row)
        if (text := stand_in(cell))
    }
    return Exported(table, cells.columns.tolist(), rows, shown)


def _table(page: Worksheet, made: Exported, table: Table, choices: _Choices, look: dict) -> None:
    columns = [table.column(name) for name in made.columns]
    widths = []
    for number, column in enumerate(columns):
        cells = [made.shown.get((at, number), row[number]) for at, row in enumerate(made.rows)]
        widths.append(_width(column.name, cells))
        page.set_column(number, number, widths[-1], look["text"])
        page.write_string(0, number, column.name, look["needed" if column.required else "head"])
        for at, cell in enumerate(cells, start=1):
            if cell:
                page.write_string(at, number, cell, look["text"])
        if listing := choices.of(column):
            page.data_validation(1, number, len(made.rows) + _ROOM, number, listing)
    last = len(columns)
    page.set_column(last, last, len(ROW) + 2, look["row"])
    page.write_string(0, last, ROW, look["head"])
    for at in range(1, len(made.rows) + 1):
        page.write_string(at, last, str(at), look["row"])
        page.set_row(at, row_height(zip(made.rows[at - 1], widths, strict=True)))
    page.autofilter(0, 0, max(len(made.rows), 1), last)
    page.freeze_panes(1, 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{len(made.rows) + _ROOM}"})
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """About as high, in points, as a row needs to be for these texts in columns so wide, since not every program finds
    out by itself; no row fills a screen.

    >>> row_height([("One line", 20), ("Two\\nlines", 20)])
    33.0
    """
    lines = [sum(1 + len(line) // int(width * 1.4) for line in text.split("\n")) for text, width in cells]
    return min(_HIGHEST, 14.5 * max(lines, default=1) + 4)


def _width(name: str, cells: list[str]) -> int:
    """As wide as nine of ten cells need, within bounds; the others wrap."""
    lengths = sorted(max(map(len, cell.split("\n"))) for cell in cells if cell)
    most = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(most + 2, len(name) + 4, _NARROWEST), _WIDEST)


class _Choices:
    """The lists to choose from, each a column of a hidden sheet: the words of a vocabulary, the ids of tables."""

    def __init__(self, page: Worksheet, texts: Mapping[str, pd.DataFrame]) -> None:
        self.page, self.texts = page, texts
        self.places: dict[tuple[str, ...], str] = {}

    def of(self, column: Column) -> dict | None:
        """The list that a cell of the column is chosen from; ``None`` where there is none.

        What an id refers to may be written into the workbook later, and a list holds more than one: there the list helps and
        does not insist.
        """
        words = tuple(dict.fromkeys([*self._words(column), *(MISSING if column.missing else ())]))
        if not words or column.kind not in ("code", "ref"):
            return None
        if words not in self.places:
            letter = len(self.places)
            for row, word in enumerate(words):
                self.page.write_string(row, letter, word)
            self.places[words] = _range(letter, len(words))
        insists = column.kind == "code" and not column.many and not column.codebook
        told = (
            "Several are written with semicolons between them." if column.many else "Choose one of the list."
        )
        return {
            "validate": "list",
            "source": self.places[words],
            "show_error": insists,
            "error_title": "Not in the list",
            "error_message": told,
        }

    def _words(self, column: Column) -> Iterator[str]:
        yield from column.words
        if column.codebook and "codebook" in self.texts:
            codebook = self.texts["codebook"]
            yield from sorted(
                codebook.loc[codebook["variable"].eq(column.codebook) & codebook["value"].ne(""), "value"]
            )
        for table in column.refers:
            if table in self.texts:
                yield from self.texts[table]["id"]


def _range(column: int, rows: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letter = xl_col_to_name(column)
    return f"='{CHOICES}'!${letter}$1:${letter}${rows}"


def _start(page: Worksheet, title: str, sheets: Mapping[str, Exported], look: dict) -> None:
    page.set_column(0, 0, _LINE, look["line"])
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, xml_text(title, ""), look["title"])
    lines = list(_LINES)
    for name, made in sheets.items():
        places = [f"{made.columns[column]} of row {row + 2}" for row, column in made.shown]
        if places:
            lines.append(
                f"In {name}, {listed(places)}: shown in square brackets, since a spreadsheet cannot hold it."
            )
    counted = [f"{name} ({plural(len(made.rows), 'row')})" for name, made in sheets.items()]
    for row, line in enumerate([*lines, f"The tables: {', '.join(counted)}."], start=2):
        page.write_string(row, 0, line, look["line"])
        page.set_row(row, row_height([(line, _LINE)]))


def _meanings(page: Worksheet, tables: list[Table], look: dict) -> None:
    row = 0
    page.set_landscape()
    page.fit_to_pages(1, 0)
    widths = (16, 18, 50, 70)
    for number, (name, width) in enumerate(zip(("table", "column", "holds", "meaning"), widths, strict=True)):
        page.set_column(number, number, width, look["text"])
        page.write_string(0, number, name, look["head"])
    for table in tables:
        for column in table.columns:
            row += 1
            texts = (table.name, column.name, holds(column).replace("`", ""), column.about.replace("`", ""))
            for number, text in enumerate(texts):
                page.write_string(row, number, text, look["text"])
            page.set_row(row, row_height(zip(texts, widths, strict=True)))
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, row, 3)
