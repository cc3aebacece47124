"""Rows shown as forms, judged while they are typed, and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kit.desk.forms import cell_problems, date_in_words, form_of, new_id
from kit.desk.rows import Edit, redo, row_of, save_rows, undo
from kit.desk.server.served_case import ServedCase
from kit.errors import KitError

#: Rows that one save may hold: an event with those who took part, its evidence, and what was made in passing.
_MOST_EDITS = 200


def row_form(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The form of a ``table``, and the row ``id`` as its file has it; no row where no id is asked for."""
    case, table, id = served.loaded(), str(asked.get("table", "")), str(asked.get("id", ""))
    return {"form": asdict(form_of(case, table)), "row": row_of(case, table, id) if id else None}


def row_judged(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with each of the ``cells`` being typed, how its dates are understood, and an id for a new row."""
    case, table, cells = served.loaded(), str(asked.get("table", "")), _cells(asked.get("cells"))
    problems = cell_problems(case, table, cells)
    columns = case.schema[table].columns
    return {
        "problems": {name: f"{problem.wrong}; {problem.remedy}" for name, problem in problems.items()},
        "dates": {column.name: date_in_words(cells[column.name]) for column in columns
                  if column.kind == "date" and cells.get(column.name)},
        "id": new_id(case, table, cells),
    }  # fmt: skip


def rows_saved(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was saved of the ``edits``, in words: all of them or none.

    `Conflict` where somebody changed the same cells, `KitError` where an edit is no row.
    """
    given = asked.get("edits")
    if not isinstance(given, list) or not 0 < len(given) <= _MOST_EDITS:
        raise KitError("edits", f"is no list of 1 to {_MOST_EDITS}", "save fewer rows at a time")
    return {"saved": str(save_rows(served.loaded(), [_edit(each) for each in given]))}


def save_undone(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was done to take back the last save of this machine, in words; with ``again``, to save it again."""
    return {"saved": str((redo if asked.get("again") else undo)(served.loaded()))}


def _edit(given: Any) -> Edit:
    if not isinstance(given, dict):
        raise KitError("edits", "hold something that is no row", "give table, cells and before")
    cells, before = given.get("cells"), given.get("before")
    return Edit(
        str(given.get("table", "")),
        None if cells is None else _cells(cells),
        None if before is None else _cells(before),
    )


def _cells(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(cell, str) for cell in given.values()):
        raise KitError("cells", "are no texts by column", "give each cell as text")
    return {str(name): cell for name, cell in given.items()}
