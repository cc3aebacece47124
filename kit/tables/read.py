"""A CSV file as text, whatever a spreadsheet did to it: what is harmless is read through and named, the rest reported."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import compress
from pathlib import Path

import pandas as pd

from kit.errors import Problem
from kit.tables.columns import Table
from kit.tables.spreadsheet.saved import SavedRows, saved_rows


class TidyWarning(UserWarning):
    """A file is readable, but not as the house keeps it; `kit tidy` rewrites it."""


def read_text(path: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The columns of cells and the problems that `read_cells` reads; what is untidy in the file is told in a `TidyWarning`."""
    cells, problems, untidy = read_cells(path, table)
    if untidy:
        message = f"{table.path} is readable but has {', '.join(untidy)}; `kit tidy` rewrites it"
        warnings.warn(message, TidyWarning, stacklevel=2)
    return cells, problems


def read_cells(
    path: Path, table: Table, *, repair: bool = False
) -> tuple[pd.DataFrame, list[Problem], list[str]]:
    """The cells as text, blank where empty; all that is wrong with the file itself; and what is untidy but harmless.

    The columns are those of the file, in its order: one that may be blank may be missing. The index is the line of
    each row in the file, less two. Other line ends and separators, empty trailing columns and rows are read through.
    A file that cannot be read gives an empty frame and says why; with ``repair`` its letters may be Windows-1252;
    ``path`` must exist.
    """
    saved = saved_rows(path.read_bytes(), repair=repair)
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in table.names})
    found = saved.rows[0] if saved.rows else []
    if wrongs := saved.problems or header_problems(found, table) or _overfull(saved):
        return empty, wrongs, []
    width, lines, rows = len(found), saved.lines[1:], saved.rows[1:]
    if any(len(cells) != width for cells in rows):
        rows = [cells[:width] + [""] * (width - len(cells)) for cells in rows]
    filled = [cells[0] != "" or any(cells) for cells in rows]
    padding = len(rows) - sum(filled)
    if padding:
        lines, rows = list(compress(lines, filled)), list(compress(rows, filled))
    columns = list(zip(*rows, strict=True)) or [()] * width
    named = {number: list(columns[number]) for number, name in enumerate(found) if name}
    frame = pd.DataFrame(named, index=[line - 2 for line in lines], dtype="str")
    frame.columns = [name for name in found if name]
    notes = list(saved.untidy)
    for count, what in ((found.count(""), "column"), (padding, "row")):
        if count:
            notes.append(f"{count} empty {what}{'s' if count > 1 else ''}")
    return frame, [], notes


def header(path: Path) -> list[str]:
    """The names of the columns of the file; none where it is not there or cannot be read."""
    saved = saved_rows(path.read_bytes()) if path.is_file() else SavedRows()
    return saved.rows[0] if saved.rows else []


def complete(cells: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The cells with every column of the table, in its order; one that the file does without is blank.

    >>> from kit.tables.schema import TABLES
    >>> complete(pd.DataFrame({"id": ["a"]}), TABLES["tags"]).columns.tolist()
    ['id', 'facet', 'label', 'definition']
    """
    if cells.columns.tolist() == table.names:
        return cells
    return cells.reindex(columns=table.names, fill_value="").astype("str")


def _overfull(saved: SavedRows) -> list[Problem]:
    """The rows with a cell that stands under no name."""
    names = saved.rows[0]
    nameless = {number for number, name in enumerate(names) if not name}
    if not nameless and all(len(cells) <= len(names) for cells in saved.rows):
        return []
    problems = []
    for line, cells in zip(saved.lines[1:], saved.rows[1:], strict=True):
        if any(cells[len(names) :]):
            remedy = "put quotes around a cell that holds a comma"
            problems.append(Problem(f"row {line}", "has more cells than the header", remedy))
        elif any(cells[number] for number in nameless if number < len(cells)):
            problems.append(
                Problem(
                    f"row {line}", "has a cell in a column without a name", "name the column, or empty it"
                )
            )
    return problems[:_SHOWN]


_SHOWN = 5


def header_problems(found: list[str], table: Table) -> list[Problem]:
    """What is wrong with the names of the columns that were ``found``: one is missing, there twice, or not of the table.

    >>> from kit.tables.schema import TABLES
    >>> [str(each) for each in header_problems(["id", "facet", "label", "definiton"], TABLES["tags"])][0]
    "header: column 'definition' is missing; rename 'definiton'"
    """
    if not any(found):
        return [Problem("header", "is missing", f"the first row must be: {','.join(_least(table))}")]
    problems = []
    strange = [name for name in found if name and name not in table.names]
    for name in table.names:
        if found.count(name) > 1:
            problems.append(Problem("header", f"column {name!r} is there twice", "remove one of them"))
        elif name not in found and table.column(name).required:
            near = suggest(name, strange)
            remedy = f"rename {near!r}" if near else "add it"
            problems.append(Problem("header", f"column {name!r} is missing", remedy))
    for name in strange:
        near = suggest(name, [known for known in table.names if known not in found])
        remedy = f"did you mean {near!r}?" if near else how_to_declare(name, table)
        problems.append(Problem("header", f"column {name!r} is not one of the table's", remedy))
    return problems


def _least(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]


def how_to_declare(name: str, table: Table) -> str:
    """What to do that the table has a column of that name.

    >>> from kit.tables.schema import TABLES
    >>> how_to_declare("berth", TABLES["events"])
    'declare it in data/case.toml: [columns.events.berth] with kind = "text" and about = "..."'
    """
    if table.folder != "manual":
        return "put the file back from version control"
    if table.name == "cases":
        return f"declare it in data/manual/codebook.csv: {name},KIND,,what it means (`kit upgrade` does so for an older case)"
    section = f"tables.{table.name}.columns" if table.own else f"columns.{table.name}"
    return f'declare it in data/case.toml: [{section}.{name}] with kind = "text" and about = "..."'


def suggest(value: str, known: Iterable[str]) -> str:
    """The known value that looks most like ``value``, or '' when none does.

    >>> suggest("fin", ["fine", "notice"])
    'fine'
    """
    near = get_close_matches(value.strip().casefold(), list(known), 1)
    return near[0] if near else ""
