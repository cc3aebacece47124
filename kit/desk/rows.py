"""Rows added, changed and taken out, all of a save or none: checked before they are written, and to be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from kit.case import Case
from kit.desk.table_file import TableFile
from kit.errors import BadTable, KitError, Problem, Problems
from kit.files import CACHE_FOLDER, write_all, write_whole
from kit.tables.columns import Table
from kit.tables.load import evidence_ids, read_all, typed
from kit.tables.merging.three_way import Clash
from kit.tables.read import suggest
from kit.tables.validate import check_tables
from kit.text.wording import listed

_Cells = Mapping[str, str]
#: How many saves can be undone.
_REMEMBERED = 100
_LOG = CACHE_FOLDER / "saves.json"
#: Characters of a cell: more than anybody types, and less than makes a table slow.
_LONGEST_CELL = 100_000


@dataclass(frozen=True)
class Edit:
    """A row as it is to be: the ``cells`` to set, by column, or ``None`` to take the row out.

    ``before`` is the whole row as it was read; ``None`` for a new one. What somebody else changed in it meanwhile stays,
    where the edit does not set the same cell.
    """

    table: str
    cells: _Cells | None
    before: _Cells | None = None


class Conflict(Problems):
    """Somebody changed the same cells meanwhile; ``clashes`` has each, and nothing was written."""

    def __init__(self, clashes: Mapping[str, Sequence[Clash]]) -> None:
        self.clashes = [clash for found in clashes.values() for clash in found]
        super().__init__(
            {
                path: [Problem("", str(clash), "take one of the two, and save again") for clash in found]
                for path, found in clashes.items()
            }
        )


@dataclass(frozen=True)
class Saved:
    """What was saved: each row with its table, as it was before and as it is now; ``None`` where there was or is none."""

    edits: tuple[Edit, ...]

    def __str__(self) -> str:
        told = []
        for edit in self.edits:
            row = edit.cells if edit.cells is not None else edit.before or {}
            done = (
                "taken out of" if edit.cells is None else "added to" if edit.before is None else "changed in"
            )
            told.append(f"{_named(row)} {done} {edit.table}")
        return listed(told) or "nothing changed"


def row_of(case: Case, table: str, id: str) -> dict[str, str]:
    """The cells of a row as its file has them, as text, by column: what an `Edit` of it takes as ``before``.

    ``id`` is the row's id, that of a row of evidence too, or its key with slashes. An unknown one raises `KitError`, an unknown
    table `NoTable`.

    >>> import kit
    >>> row_of(kit.example(), "tags", "fine")["facet"]
    'law'
    """
    file = _file(case, table)
    ids = evidence_ids(file.frame()) if table == "evidence" else _keys(file, case.schema[table])
    if id not in ids:
        near = suggest(id, ids)
        raise KitError(
            f"{table} {id!r}", "is not there", f"did you mean {near!r}?" if near else "look for it"
        )
    row = file.rows[ids.index(id)]
    return {name: row.get(name, "") for name in case.schema[table].names}


def save_rows(case: Case, edits: Iterable[Edit]) -> Saved:
    """What was saved: all of the edits are in the tables, or none is.

    The other rows keep their bytes and their order. What is wrong with the tables afterwards, and was not before, raises
    `BadTable`; a cell that somebody else has changed to something else since it was read `Conflict`, which names each;
    another id than the row had, a table or a column that there is not, `KitError`.

    >>> import kit
    >>> case = kit.example()
    >>> tag = {"id": "tide", "facet": "law", "label": "Tide", "definition": "It turned."}
    >>> print(save_rows(case, [Edit("tags", tag)]))
    tide added to tags
    >>> print(undo(case), "|", redo(case))
    tide taken out of tags | tide added to tags
    """
    with case.writing():
        saved = _written(case, list(edits))
        if saved.edits:
            log = _log(case)
            _remember(case, {"done": [*log["done"], _as_json(saved)][-_REMEMBERED:], "undone": []})
        return saved


def undo(case: Case) -> Saved:
    """What was done to take back the last `save_rows` of this machine; `Conflict` where somebody has changed it since.

    Where nothing was saved, `KitError`.
    """
    return _step(case, "done", "undone")


def redo(case: Case) -> Saved:
    """What was done to save again what was taken back last; `Conflict` where somebody has changed it since.

    Where nothing was taken back, `KitError`.
    """
    return _step(case, "undone", "done")


def as_if(case: Case, edits: Iterable[Edit]) -> Case:
    """The case as it would be with the edits, to be looked at; nothing is written. It raises what `save_rows` would.

    >>> import kit
    >>> tag = {"id": "tide", "facet": "law", "label": "Tide", "definition": "It turned."}
    >>> "tide" in as_if(kit.example(), [Edit("tags", tag)]).table("tags")["id"].tolist()
    True
    """
    files, _ = _applied(case, list(edits))
    texts, _ = read_all(case.path, case.schema)
    texts |= {name: file.frame() for name, file in files.items()}
    _check(case, texts)
    made = Case(case.path)
    empty = pd.DataFrame(dtype="str")
    made.__dict__["_tables"] = {
        name: typed(texts.get(name, empty), table) for name, table in case.schema.items()
    }
    return made


def _written(case: Case, edits: list[Edit]) -> Saved:
    files, done = _applied(case, edits)
    if not done:
        return Saved(())
    texts, _ = read_all(case.path, case.schema)
    _check(case, texts | {name: file.frame() for name, file in files.items()}, texts)
    write_all({case.path / case.schema[name].path: file.content() for name, file in files.items()})
    return Saved(tuple(done))


def _applied(case: Case, edits: list[Edit]) -> tuple[dict[str, TableFile], list[Edit]]:
    """The files with the edits made to them, and each row that changes, as it was and as it will be."""
    files: dict[str, TableFile] = {}
    clashes: dict[str, list[Clash]] = {}
    done: list[Edit] = []
    for edit in edits:
        table = _table(case, edit)
        file = files[edit.table] = files.get(edit.table) or _file(case, edit.table)
        at = file.find(edit.before if edit.before is not None else edit.cells or {})
        row, found = _merged(edit, None if at is None else file.rows[at], table)
        if found:
            clashes.setdefault(table.path, []).extend(found)
            continue
        now = None if at is None else dict(file.rows[at])
        if row is None and at is not None:
            file.remove(at)
        elif row is not None and not _same(row, now):
            file.put(at, row)
        else:
            continue
        done.append(Edit(edit.table, row, now))
    if clashes:
        raise Conflict(clashes)
    return {name: file for name, file in files.items() if name in {edit.table for edit in done}}, done


def _merged(edit: Edit, now: _Cells | None, table: Table) -> tuple[dict[str, str] | None, list[Clash]]:
    """The row as it is to be, with what others did to it since, or where the two do not go together."""
    cells, before = edit.cells, edit.before
    named = " ".join(filter(None, (str((before or cells or {}).get(name, "")) for name in table.key)))[:200]
    if now is None:
        if before is not None and cells is not None:
            return None, [Clash(named, "", "", "changed", "")]
        return (None if cells is None else {name: _cell(cell) for name, cell in cells.items()}), []
    if cells is None:
        if before is not None and not _same(before, now):
            return None, [Clash(named, "", "", "", "changed")]
        return None, []
    row, clashes = dict(now), []
    for name, given in cells.items():
        mine, theirs, was = _cell(given), now.get(name, ""), (before or {}).get(name, "")
        if mine == theirs or (before is not None and mine == was):
            continue
        if before is None or theirs != was:
            clashes.append(Clash(named, name, was, mine, theirs))
        row[name] = mine
    return row, clashes


def _table(case: Case, edit: Edit) -> Table:
    """The table of an edit, once its columns are known and the row keeps its id."""
    table = case.schema.get(edit.table)
    if table is None:
        near = suggest(edit.table, case.schema)
        raise KitError(
            repr(edit.table), "is no table of this case", f"did you mean {near!r}?" if near else ""
        )
    problems = []
    for name, cell in (edit.cells or {}).items():
        if name not in table.names:
            near = suggest(name, table.names)
            remedy = f"did you mean {near!r}?" if near else f"it has {', '.join(table.names)}"
            problems.append(Problem(str(name)[:60], "is no column of the table", remedy))
        elif len(cell) > _LONGEST_CELL:
            wrong = f"has {len(cell):,} characters"
            problems.append(Problem(name, wrong, f"a cell has at most {_LONGEST_CELL:,} of them"))
    if edit.before is not None and edit.cells is not None and table.key == ("id",):
        old, new = edit.before.get("id", ""), edit.cells.get("id", edit.before.get("id", ""))
        if old != new:
            problems.append(
                Problem(
                    "id", f"{old!r} would become {new!r}", f"rename it everywhere: kit rename {old} {new}"
                )
            )
    if problems:
        raise Problems({table.path: problems})
    return table


def _check(case: Case, after: dict[str, pd.DataFrame], before: dict[str, pd.DataFrame] | None = None) -> None:
    """Nothing; what is wrong with the tables and was not before raises `BadTable`."""
    found = check_tables(after, {name: case.schema[name] for name in case.schema})
    if found and before is not None:
        known = {
            (path, problem.wrong)
            for path, problems in check_tables(before, case.schema).items()
            for problem in problems
        }
        found = {
            path: new
            for path, problems in found.items()
            if (new := [problem for problem in problems if (path, problem.wrong) not in known])
        }
    if found:
        raise BadTable(found)


def _step(case: Case, of: str, to: str) -> Saved:
    with case.writing():
        log = _log(case)
        if not log[of]:
            raise KitError("saves", f"none is there to be {'taken back' if of == 'done' else 'made again'}")
        last = log[of][-1]
        edits = [Edit(**each) for each in last]
        back = (
            edits if of == "undone" else [replace(e, cells=e.before, before=e.cells) for e in reversed(edits)]
        )
        saved = _written(case, back)
        _remember(case, {**log, of: log[of][:-1], to: [*log[to], last]})
        return saved


def _log(case: Case) -> dict[str, list[list[dict[str, Any]]]]:
    """The saves of this machine; none where nothing whole was remembered."""
    try:
        kept = json.loads((case.path / _LOG).read_text(encoding="utf-8"))
        for entry in (*kept["done"], *kept["undone"]):
            for edit in entry:
                Edit(**edit)
        return {"done": list(kept["done"]), "undone": list(kept["undone"])}
    except (OSError, ValueError, LookupError, TypeError):
        return {"done": [], "undone": []}


def _remember(case: Case, log: Mapping[str, Any]) -> None:
    write_whole(case.path / _LOG, json.dumps(log))


def _as_json(saved: Saved) -> list[dict[str, Any]]:
    return [asdict(edit) for edit in saved.edits]


def _file(case: Case, table: str) -> TableFile:
    if table not in case.schema:
        case.table(table)  # says that there is none
    return TableFile(case.path / case.schema[table].path, case.schema[table])


def _keys(file: TableFile, table: Table) -> list[str]:
    return ["/".join(filter(None, (row.get(name, "") for name in table.key))) for row in file.rows]


def _same(one: _Cells, other: _Cells | None) -> bool:
    return other is not None and all(one.get(name, "") == other.get(name, "") for name in {*one, *other})


def _cell(value: str) -> str:
    """A cell as it is written: no outer spaces, and one kind of line end."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _named(row: _Cells) -> str:
    return row.get("id") or " – ".join(
        filter(None, (row.get(n, "") for n in ("record", "event", "actor", "source")))
    )
