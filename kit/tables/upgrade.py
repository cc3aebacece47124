"""A case of the first edition brought to this one, in which a codebook declares the variables of `cases`."""

from __future__ import annotations

import csv
import difflib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from kit.errors import BadDate, BadTable
from kit.files import write_all
from kit.lock import locked
from kit.tables.cells import split_list
from kit.tables.columns import Column, Table
from kit.tables.datapackage import described
from kit.tables.declarations import CODEBOOK, read_settings
from kit.tables.read import header, read_cells
from kit.tables.schema import MISSING, TABLES
from kit.tables.write import appended, table_bytes
from kit.text.edtf import parse_date

CASES, ACTORS = TABLES["cases"], TABLES["actors"]
_COPY = "data-before-upgrade"
_UNTOLD = "The first edition's description of the tables does not say what it means."


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade changes: the texts of each file before and after, and where the copy of those before is kept."""

    texts: dict[str, tuple[str, str]]
    copy: Path | None = None

    def diff(self) -> str:
        """The changes line by line, in the unified form; blank where the case is of this edition already.

        A column that a table gains is named once, and not shown as a change to each row.
        """
        lines: list[str] = []
        for name, (before, after) in self.texts.items():
            was, now = before.splitlines(), after.splitlines()
            if name.endswith(".csv"):
                was, now, new = _rows_apart(before, after)
                lines += [f"{name} gains the column {column}" for column in new]
            lines += difflib.unified_diff(was, now, name, name, lineterm="", n=0)
        return "\n".join(lines)


def upgrade(case: str | PathLike[str], *, dry_run: bool = False) -> Upgrade:
    """What had to change, and has been changed unless it is a ``dry_run``, so that the case, or its folder, is of this edition.

    Columns of `cases` that the case does not declare become variables of its codebook: their kinds are read from their
    cells, their meanings from the case's own ``data/datapackage.json``. No cell of any table is changed or lost. The
    files as they were stand in ``data-before-upgrade/`` then. A case of this edition gives no texts. A codebook or cases
    that cannot be read raise `BadTable`, and nothing is written.
    """
    folder = Path(case)
    read_settings(folder)
    with nullcontext() if dry_run else locked(folder):
        return _upgraded(folder, dry_run)


def _upgraded(folder: Path, dry_run: bool) -> Upgrade:
    codebook = _codebook(folder)
    if codebook is None:
        return Upgrade({})
    made = {CODEBOOK.path: codebook} | _described(folder, codebook)
    texts = {name: (_text(folder / name), content.decode()) for name, content in made.items()}
    texts = {name: (before, after) for name, (before, after) in texts.items() if before != after}
    if dry_run:
        return Upgrade(texts)
    copy = next(place for place in _places(folder) if not place.exists())
    before = {copy / name: (folder / name).read_bytes() for name in texts if (folder / name).is_file()}
    write_all({**before, **{folder / name: made[name] for name in texts}})
    return Upgrade(texts, copy)


def _rows_apart(before: str, after: str) -> tuple[list[str], list[str], list[str]]:
    """The rows of a table before and after, a line each, as if its new columns had been there; and these columns."""
    names, *was = list(csv.reader(io.StringIO(before))) or [[]]
    columns, *now = csv.reader(io.StringIO(after))
    filled = [[row[names.index(name)] if name in names else "" for name in columns] for row in was]
    return _lines(filled), _lines(now), [name for name in columns if name not in names]


def _lines(rows: list[list[str]]) -> list[str]:
    made = []
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        made.append(line.getvalue().replace("\n", "\\n"))
    return made


def _codebook(folder: Path) -> bytes | None:
    """The codebook with the variables that it lacks; ``None`` where it lacks none."""
    strange = [name for name in header(folder / CASES.path) if name and name not in CASES.names]
    cells, declared = pd.DataFrame(columns=["variable", "kind", "value", "definition"], dtype="str"), set()
    if (folder / CODEBOOK.path).is_file():
        cells = _cells(folder, CODEBOOK)
        if "kind" not in cells:
            cells.insert(1, "kind", "")
        declared = set(cells.loc[cells["kind"].ne(""), "variable"])
    wanted = [name for name in strange if name not in declared]
    if not wanted:
        return None
    cases = _cells(folder, Table("cases", "", tuple(Column(n, "text", "") for n in (*CASES.names, *strange))))
    actors = set(_cells(folder, ACTORS)["id"]) if (folder / ACTORS.path).is_file() else set()
    fields, rows = _fields(folder), []
    for name in wanted:
        field = fields.get(name, {})
        told = str(field.get("description") or _UNTOLD)
        words = [str(word) for word in field.get("constraints", {}).get("enum", ())]
        coded = bool(words) or cells["variable"].eq(name).any()
        rows.append((name, _kind(list(cases[name]), coded, actors, field), "", told))
        rows += [(name, "", word, told) for word in words if not _has(cells, name, word)]
    new = pd.DataFrame(rows, columns=["variable", "kind", "value", "definition"], dtype="str")
    return table_bytes(appended(cells, new, CODEBOOK), CODEBOOK)


def _kind(cells: list[str], coded: bool, actors: set[str], field: dict[str, Any]) -> str:
    several = any(";" in cell for cell in cells)
    if coded:
        return "many" if several else "one"
    values = {value for cell in cells for value in split_list(cell)} - set(MISSING)
    if field.get("type") == "number" or (values and all(_is_number(value) for value in values)):
        return "number"
    if values and values <= actors:
        return "actors" if several else "actor"
    if all(_is_date(value) for value in values) and (values or "EDTF" in str(field.get("description"))):
        return "date"
    return "text"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _is_date(value: str) -> bool:
    try:
        parse_date(value)
    except BadDate:
        return False
    return True


def _has(cells: pd.DataFrame, variable: str, value: str) -> bool:
    return bool((cells["variable"].eq(variable) & cells["value"].eq(value)).any())


def _fields(folder: Path) -> dict[str, dict[str, Any]]:
    """What the case's own description says of the columns of its cases; nothing where it has none that can be read."""
    try:
        package = json.loads((folder / "data/datapackage.json").read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        return {field["name"]: dict(field) for field in resources["cases"]["schema"]["fields"]}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _described(folder: Path, codebook: bytes) -> dict[str, bytes]:
    """The generated files as they will be beside that codebook."""
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(folder / "data", Path(made) / "data", ignore=shutil.ignore_patterns("captures"))
        (Path(made) / CODEBOOK.path).write_bytes(codebook)
        return {name: content.encode() for name, content in described(Path(made)).items()}


def _cells(folder: Path, table: Table) -> pd.DataFrame:
    cells, wrong, _ = read_cells(folder / table.path, table)
    if wrong:
        raise BadTable({table.path: wrong})
    return cells


def _places(folder: Path) -> Iterator[Path]:
    yield folder / _COPY
    number = 2
    while True:
        yield folder / f"{_COPY}-{number}"
        number += 1


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
