"""A workbook that came back: its edits brought into the tables, all of them or none."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

import pandas as pd

from kit.errors import BadTable, KitError, Problem
from kit.files import write_all
from kit.tables.columns import Table
from kit.tables.declarations import read_settings, tables_of
from kit.tables.load import read_all
from kit.tables.read import header_problems, suggest
from kit.tables.spreadsheet.parts import open_parts, relations
from kit.tables.spreadsheet.sheets import Sheet, read_sheets
from kit.tables.validate import check_tables
from kit.tables.workbook.changes import CellChange, TableEdits, table_edits
from kit.tables.workbook.exported import CHOICES, DATA, MEANINGS, ROW, START, Exported, read_exported
from kit.tables.workbook.rows import find_head, sheet_rows
from kit.tables.write import saved_as, table_bytes
from kit.text.wording import listed, plural

_OURS = (START, MEANINGS, CHOICES, DATA)
#: Whose cells can stand where both changed one.
WHOSE = ("workbook", "tables")
_SHOWN = 300


@dataclass
class BroughtBack:
    """What a workbook brought: cells that it ``changed``, rows that it ``added``, and rows ``missing`` in it that stay, by
    table; ``conflicts``, cells that the tables changed too; ``problems`` by sheet; what a person should know; the files
    that were ``written``, none where there are problems or conflicts.
    """

    file: str
    changed: list[CellChange] = field(default_factory=list)
    added: dict[str, list[str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    conflicts: list[CellChange] = field(default_factory=list)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way of the edits."""
        return not self.conflicts and not self.problems

    def __str__(self) -> str:
        lines = []
        for each in self.changed:
            lines.append(
                f"{each.table}, {each.row}, {each.column}: {_short(each.exported)} → {_short(each.workbook)}"
            )
        lines += [f"{table}: new row {row}" for table, rows in self.added.items() for row in rows]
        for table, rows in self.missing.items():
            lines.append(f"{table}: not in the workbook, and left in the table: {', '.join(rows)}")
        lines += [f"look at {told}" for told in self.told]
        if self.conflicts:
            lines.append(
                f"{plural(len(self.conflicts), 'cell')} changed both in the workbook and in the tables:"
            )
        for each in self.conflicts:
            lines.append(f"  {', '.join(filter(None, (each.table, each.row, each.column)))} ({each.cell})")
            for name, text in (
                ("exported", each.exported),
                ("table", each.table_says),
                ("workbook", each.workbook),
            ):
                lines.append(f"    {name:9} {_short(text)}")
        if self.conflicts:
            lines.append(
                "  write in both what shall stand, or say whose stands: --conflicts workbook, or tables"
            )
        for place, found in self.problems.items():
            lines.append(f"{place}: {plural(len(found), 'problem')} to fix")
            lines += [f"  {problem}" for problem in found]
        return "\n".join([*lines, self._summary()])

    def _summary(self) -> str:
        counted = [
            plural(count, noun)
            for count, noun in (
                (len(self.changed), "changed cell"),
                (sum(map(len, self.added.values())), "new row"),
            )
            if count
        ]
        what = listed(counted) or "nothing new"
        if not self.clean:
            return f"nothing was written; {self.file} has {what}"
        if self.dry_run:
            return f"{self.file} would bring {what}; nothing was written"
        return f"{self.file} brought {what}" + (f": {', '.join(self.written)}" if self.written else "")


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def import_sheet(
    case: str | PathLike[str], path: str | PathLike[str], conflicts: str = "", *, dry_run: bool = False
) -> BroughtBack:
    """What the edits in the workbook ``path`` came to, which are now in the tables of the case, or of its folder.

    Each cell is compared in three versions: as it was exported, as the table has it now, and as the workbook has it. New rows are
    added; rows that are not in the workbook stay in the tables and are named. Where the table changed too, ``conflicts``
    says whose cell stands, "workbook" or "tables"; unless it does, a conflict stops everything, as does a value that
    the table cannot hold: all are told, and nothing is written. So it is with ``dry_run``. What is no workbook of this
    case raises `KitError`.

    >>> import kit, tempfile
    >>> case, path = kit.example(), Path(tempfile.mkdtemp()) / "tables.xlsx"
    >>> _ = case.sheet(path)
    >>> print(case.import_sheet(path))
    tables.xlsx brought nothing new
    """
    folder, path = Path(case), Path(path)
    if conflicts not in ("", *WHOSE):
        raise KitError("conflicts", f"{conflicts!r} says nobody's", f"give one of {listed(WHOSE, 'or')}")
    tables = tables_of(folder)
    texts, problems = read_all(folder, tables)
    if problems:
        raise BadTable(problems)
    with open_parts(path) as parts:
        sheets = read_sheets(parts, path.name)
        exported = _exported(sheets, folder, path.name)
        came = _Import(path.name, folder, tables, texts, conflicts)
        came.outcome.dry_run = dry_run
        came.outcome.told += _comments(parts, sheets, path.name)
    contents = came.take(sheets, exported)
    if came.outcome.clean and not dry_run:
        write_all(contents)
        came.outcome.written = [each.relative_to(folder).as_posix() for each in contents]
    return came.outcome


def _exported(sheets: list[Sheet], folder: Path, place: str) -> dict[str, Exported]:
    data = next((sheet for sheet in sheets if sheet.name == DATA), None)
    if data is None:
        remedy = "give a workbook that kit sheet wrote; one that lost it is written anew, and the edits carried over"
        raise KitError(place, f"does not say what was exported (it has no sheet {DATA!r})", remedy)
    about, exported = read_exported("".join(cell.raw for cell in data.cells if cell.column == 1), place)
    settings = read_settings(folder)
    own = settings.get("id", "")
    same = own == about["case_id"] if own and about["case_id"] else settings["title"] == about["case"]
    if not same:
        wrong = f"is of the case {about['case']!r}, not of {settings['title']!r}"
        raise KitError(place, wrong, "import it in its own case")
    return exported


def _comments(parts: zipfile.ZipFile, sheets: list[Sheet], place: str) -> list[str]:
    kinds = ("comments", "threadedComment")
    return [
        f"the comments of sheet {sheet.name}: they stay in the file, and come into no table"
        for sheet in sheets
        if any(bound.kind in kinds for bound in relations(parts, sheet.part, place))
    ]


class _Import:
    """Takes the sheets of one workbook."""

    def __init__(
        self,
        file: str,
        folder: Path,
        tables: dict[str, Table],
        texts: dict[str, pd.DataFrame],
        whose: str,
    ) -> None:
        self.folder, self.tables, self.texts, self.whose = folder, tables, texts, whose
        self.outcome = BroughtBack(file)
        self.merged: dict[str, TableEdits] = {}
        self.sheet_of: dict[str, str] = {}

    def take(self, sheets: list[Sheet], exported: Mapping[str, Exported]) -> dict[Path, bytes]:
        """The files that the edits come to."""
        pages = self._known(sheets, exported)
        # The codebook comes first: it says what columns there are in cases.
        for name in sorted(pages, key=lambda name: name != "codebook"):
            sheet, before = pages[name]
            self._table(name, sheet, before)
            if name == "codebook":
                self._variables()
        self._check()
        return {
            self.folder / self.tables[name].path: self._content(name, each)
            for name, each in self.merged.items()
            if each.changed or each.added
        }

    def _known(
        self, sheets: list[Sheet], exported: Mapping[str, Exported]
    ) -> dict[str, tuple[Sheet, Exported]]:
        """The sheet of each table, with what was exported to it; any other sheet is told."""
        names = {name.casefold(): each.table for name, each in exported.items()}
        names |= {name: name for name in self.tables if name not in names.values()}
        before = {each.table: each for each in exported.values()}
        found: dict[str, tuple[Sheet, Exported]] = {}
        for sheet in sheets:
            name = names.get(sheet.name.strip().casefold(), "")
            if name in self.tables and name not in found:
                found[name] = sheet, before.get(name) or Exported(name, self.tables[name].names, [], {})
                self.sheet_of[self.tables[name].path] = sheet.name
            elif sheet.name not in _OURS:
                self._strange(sheet, names)
        for name in before.keys() - found.keys():
            self.outcome.told.append(f"the table {name}: its sheet is not in the workbook; it stays as it is")
        return found

    def _strange(self, sheet: Sheet, names: Mapping[str, str]) -> None:
        place = f"sheet {sheet.name}"
        if find_head(sheet, ()) is not None:
            near = suggest(sheet.name, names)
            remedy = (
                f"give it the name of its table back, {near!r}"
                if near
                else "give it the name of its table back"
            )
            wrong = f"is no table of the case, and has a column {ROW!r}"
            self._problems(sheet.name, [Problem("", wrong, f"{remedy}, or delete it")])
        elif sheet.cells:
            self.outcome.told.append(
                f"{place}: it is no table, and its {plural(len(sheet.cells), 'cell')} stay in the file"
            )

    def _table(self, name: str, sheet: Sheet, before: Exported) -> None:
        table = self.tables[name]
        page = sheet_rows(sheet, table)
        lost = [column for column in before.columns if column not in table.names]
        if lost:
            page.told.append(f"the table has no {listed(lost)} any more")
        now = self.texts.get(name, pd.DataFrame(columns=table.names, dtype="str"))
        found = table_edits(table, before, now, page.rows, self.whose)
        self.merged[name] = found
        outcome = self.outcome
        outcome.changed += found.changed
        outcome.conflicts += found.conflicts
        if found.added:
            outcome.added[name] = found.added
        if found.missing and not page.problems:
            outcome.missing[name] = found.missing
        outcome.told += [f"sheet {sheet.name}: {told}" for told in (*page.told, *found.told)]
        self._problems(sheet.name, [*page.problems, *found.problems])

    def _problems(self, sheet: str, found: list[Problem]) -> None:
        if found:
            self.outcome.problems.setdefault(f"{self.outcome.file}, sheet {sheet}", []).extend(found)

    def _variables(self) -> None:
        """The columns of cases as the codebook would have them, once it is edited."""
        found = self.merged["codebook"]
        if not found.changed and not found.added:
            return
        try:
            self.tables = tables_of(self.folder, self._placed(found))
        except BadTable as error:
            for path, problems in error.problems.items():
                self._problems(self.sheet_of.get(path, path), problems)

    def _placed(self, found: TableEdits) -> pd.DataFrame:
        """The cells, each row under its number in the sheet, so that what is wrong in it is told with that."""
        lines = [at if row is None else row - 2 for at, row in enumerate(found.rows)]
        return found.cells.set_axis(lines)

    def _check(self) -> None:
        """Tell what would be wrong with the tables and is not wrong now."""
        after = {**self.texts, **{name: self._placed(each) for name, each in self.merged.items()}}
        after = {name: cells for name, cells in after.items() if name in self.texts or len(cells)}
        old = check_tables(self.texts, tables_of(self.folder))
        for path, problems in check_tables(after, self.tables).items():
            known = {problem.wrong for problem in old.get(path, ())}
            new = [problem for problem in problems if problem.wrong not in known]
            self._problems(self.sheet_of.get(path, path), new)
        for name, each in self.merged.items():
            if each.changed or each.added or name == "cases":
                found = header_problems(self._columns(name, each), self.tables[name])
                self._problems(self.sheet_of[self.tables[name].path], found if name in self.texts else [])

    def _columns(self, name: str, found: TableEdits) -> list[str]:
        """The columns of the table's file: those that it has, and others once they hold something."""
        there = self.texts[name].columns.tolist() if name in self.texts else []
        return there + [
            column
            for column in self.tables[name].names
            if column not in there and (not there or found.cells[column].ne("").any())
        ]

    def _content(self, name: str, found: TableEdits) -> bytes:
        table = self.tables[name]
        cells = found.cells[[column for column in self._columns(name, found) if column in found.cells]]
        return saved_as(self.folder / table.path, table_bytes(cells, table))
