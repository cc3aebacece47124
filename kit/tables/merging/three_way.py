"""The three-way merge of a table: what each side changed since both had the same rows, by the rows' keys and by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kit.tables.cells import join_list, split_list
from kit.tables.columns import Table

Key = tuple[str, ...]
Cells = dict[str, str]
#: So many of the first columns of a key tell which row an edit of the others was made to.
_TELLING = 3


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed, each to something else; of a row that one side removed, ``field`` is blank.

    ``row`` is the row's key in words. What was removed is told as blank.

    >>> print(Clash("raid-harbour", "date", "2021-03", "2021-03-01", "2021-03-02"))
    raid-harbour, date: here '2021-03-01', there '2021-03-02'; before '2021-03'
    """

    row: str
    field: str
    before: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        if not self.field:
            gone, other = ("here", "there") if not self.ours else ("there", "here")
            return f"{self.row}: removed {gone}, changed {other}"
        before = f"; before {self.before!r}" if self.before else ""
        return f"{self.row}, {self.field}: here {self.ours!r}, there {self.theirs!r}{before}"


@dataclass
class Merged:
    """What came of a merge: the ``rows``, and for each key in ``clashes`` the row of either side, where they clash.

    ``rows`` holds each row without a clash. ``ours`` and ``theirs`` have the rows with one, by key, with what is
    settled in them put together; a side that removed the row has none.
    """

    columns: list[str]
    rows: dict[Key, Cells] = field(default_factory=dict)
    clashes: dict[Key, list[Clash]] = field(default_factory=dict)
    ours: dict[Key, Cells] = field(default_factory=dict)
    theirs: dict[Key, Cells] = field(default_factory=dict)


def merge_rows(before: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame, table: Table) -> Merged:
    """What both sides made of the rows ``before``, as text; each key must be in a frame at most once.

    A row or a field that one side alone changed is as that side has it; what both changed alike is taken once; a cell
    that holds a list takes what either side added and loses what either removed. Where the key of a row was edited, the
    row is known by the first columns of its key, if they tell it from all others.

    >>> from kit.tables.schema import TABLES
    >>> before = pd.DataFrame({"id": ["a"], "name": ["Quay"], "note": [""]})
    >>> ours, theirs = before.assign(name="The quay"), before.assign(note="closed")
    >>> merged = merge_rows(before, ours, theirs, TABLES["places"])
    >>> merged.rows, merged.clashes
    ({('a',): {'id': 'a', 'name': 'The quay', 'note': 'closed'}}, {})
    """
    columns = _columns(before, ours, theirs, table)
    base = _by_key(before, columns, table)
    mine, yours = _by_key(ours, columns, table), _by_key(theirs, columns, table)
    many = {column.name for column in table.columns if column.many}
    merged = Merged(columns)
    moved = [_moved(base, side) for side in (mine, yours)]
    for key in dict.fromkeys((*base, *mine, *yours)):
        if any(key in followed.values() and key not in base for followed in moved):
            continue  # comes with the row that it was
        at = [followed.get(key, key) for followed in moved]
        _settle(merged, key, base.get(key), mine.get(at[0]), yours.get(at[1]), table, many)
    return merged


def _columns(before: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame, table: Table) -> list[str]:
    """The columns of ours, with those that theirs added in the table's order, without one that either took out whole."""
    gone = {
        name
        for side, other in ((ours, theirs), (theirs, ours))
        for name in before.columns.difference(side.columns)
        if name not in other or other[name].equals(before[name]) or other[name].eq("").all()
    }
    names = [name for name in ours if name not in gone]
    for name in (name for name in theirs if name not in gone and name not in names):
        order = table.names if name in table.names else list(theirs)
        later = set(order[order.index(name) + 1 :])
        names.insert(next((at for at, other in enumerate(names) if other in later), len(names)), name)
    return names


def _by_key(frame: pd.DataFrame, columns: list[str], table: Table) -> dict[Key, Cells]:
    whole = frame.reindex(columns=list(dict.fromkeys((*columns, *table.key))), fill_value="")
    rows = whole.to_dict("records")
    return {tuple(row[name] for name in table.key): {name: row[name] for name in columns} for row in rows}


def _moved(base: Mapping[Key, Cells], side: Mapping[Key, Cells]) -> dict[Key, Key]:
    """The key that each row of ``base`` has on the side, where it was edited there: the one row that begins as it did."""

    def alone(keys: Iterable[Key]) -> dict[Key, Key]:
        found: dict[Key, list[Key]] = {}
        for key in keys:
            found.setdefault(key[:_TELLING], []).append(key)
        return {telling: keys[0] for telling, keys in found.items() if len(keys) == 1}

    lost = alone(key for key in base if key not in side and len(key) > _TELLING)
    new = alone(key for key in side if key not in base and len(key) > _TELLING)
    return {lost[telling]: new[telling] for telling in lost.keys() & new.keys()}


def _settle(
    merged: Merged,
    key: Key,
    before: Cells | None,
    ours: Cells | None,
    theirs: Cells | None,
    table: Table,
    many: set[str],
) -> None:
    told = ", ".join(filter(None, key[:_TELLING]))
    if ours is None or theirs is None:
        left = ours or theirs
        if left is None or left == before:
            return
        if before is None:
            _put(merged, left, told, table)
            return
        words = ("", "changed") if ours is None else ("changed", "")
        merged.clashes[key] = [Clash(told, "", "there", *words)]
        (merged.theirs if ours is None else merged.ours)[key] = left
        return
    row, other, clashes = merge_cells(before or {}, ours, theirs, merged.columns, many, told)
    if clashes:
        merged.clashes[key], merged.ours[key], merged.theirs[key] = clashes, row, other
    else:
        _put(merged, row, told, table)


def merge_cells(
    before: Cells, ours: Cells, theirs: Cells, names: Iterable[str], many: Iterable[str], told: str
) -> tuple[Cells, Cells, list[Clash]]:
    """A row as either side has it, each with what the other changed, and the fields of those ``names`` that clash.

    A field in ``many`` holds a list; ``told`` is what a clash calls the row. A field that is missing is blank.

    >>> before, ours, theirs = {"tags": "fine"}, {"tags": "fine; raid"}, {"tags": ""}
    >>> merge_cells(before, ours, theirs, ["tags"], {"tags"}, "raid-harbour")
    ({'tags': 'raid'}, {'tags': 'raid'}, [])
    """
    row, other, clashes = dict(ours), dict(theirs), []
    for name in names:
        base, mine, yours = (side.get(name, "") for side in (before, ours, theirs))
        if yours in (mine, base):
            other[name] = mine
        elif mine == base:
            row[name] = other[name] = yours
        elif name in many:
            row[name] = other[name] = _together(base, mine, yours)
        else:
            clashes.append(Clash(told, name, base, mine, yours))
    return row, other, clashes


def _put(merged: Merged, row: Cells, told: str, table: Table) -> None:
    """Take the row; where edits of two rows came to the same key, it clashes with the one that is there."""
    key = tuple(row.get(name, "") for name in table.key)
    there = merged.rows.setdefault(key, row)
    if there != row:
        del merged.rows[key]
        names = [name for name in merged.columns if there[name] != row[name]]
        merged.clashes[key] = [Clash(told, name, "", there[name], row[name]) for name in names]
        merged.ours[key], merged.theirs[key] = there, row


def _together(base: str, ours: str, theirs: str) -> str:
    had, mine, yours = (split_list(cell) for cell in (base, ours, theirs))
    kept = [item for item in mine if item in yours or item not in had]
    return join_list(dict.fromkeys([*kept, *(item for item in yours if item not in had)]))
