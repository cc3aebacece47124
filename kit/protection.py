"""Actors and sources that are printed under another name: the true one stays in the table, and out of everything shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.tables.columns import Table

#: What tells who a protected row is, by table; its `alias` is printed in place of the first, the others are left out.
IDENTIFYING = {
    "actors": ("name", "aliases"),
    "sources": ("title", "publisher", "authors", "url", "archived_url", "file"),
}
#: Columns in place of which the alias is printed.
_NAMED = ("name", "title", "publisher")
#: What a publisher is called says of no one which page it was.
_TOLD = ("publisher",)


@dataclass(frozen=True)
class Protection:
    """The true names and ids of what a case protects, each with what is printed in place of it.

    ``names`` holds every name, ``ids`` the ids that are printed in place of the true ones.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.names or self.ids)

    def text(self, text: str) -> str:
        """The text with what is printed in place of each true name and id, the longest first.

        >>> Protection({"Jane Roe": "Witness A"}, {"jane-roe": "witness-a"}).text("Jane Roe [@jane-roe], not Jane Roebuck")
        'Witness A [@witness-a], not Jane Roebuck'
        """
        shown = {**self.names, **self.ids}
        if not shown:
            return text
        longest = sorted(shown, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
        return pattern.sub(lambda found: shown[found[0]], text)

    def frame(self, rows: pd.DataFrame, table: Table) -> pd.DataFrame:
        """The rows of ``table`` as they are shown: names, ids and references replaced, what else tells them left out."""
        if not self or rows.empty:
            return rows
        shown = rows.copy()
        if table.name in IDENTIFYING and "alias" in shown:
            protected = shown["alias"].ne("")
            for name in IDENTIFYING[table.name]:
                if name not in shown:
                    continue
                column = shown[name].astype("object")
                blank = [() if isinstance(value, tuple) else "" for value in column]
                replaced = shown["alias"] if name in _NAMED else pd.Series(blank, index=shown.index)
                shown[name] = column.where(~protected, replaced).astype(shown[name].dtype)
        for column in table.columns:
            if column.name in shown and column.kind in ("id", "ref", "text"):
                shown[column.name] = shown[column.name].map(self._cell).astype(shown[column.name].dtype)
        return shown

    def _cell(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.text(each) for each in value)
        return self.text(value) if isinstance(value, str) else value


def protection_of(tables: Mapping[str, pd.DataFrame]) -> Protection:
    """What the tables protect: each actor and each source that has an `alias`.

    >>> actors = pd.DataFrame({"id": ["jane-roe"], "name": ["Jane Roe"], "aliases": [("J. Roe",)], "alias": ["Witness A"]})
    >>> found = protection_of({"actors": actors})
    >>> found.names, found.ids
    ({'Jane Roe': 'Witness A', 'J. Roe': 'Witness A'}, {'jane-roe': 'witness-a'})
    """
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for table, columns in IDENTIFYING.items():
        rows = tables.get(table)
        if rows is None or "alias" not in rows:
            continue
        for row in rows[rows["alias"].ne("")].to_dict("records"):
            printed = re.sub(r"[\W_]+", "-", row["alias"].casefold()).strip("-") or "protected"
            same = sum(
                re.fullmatch(rf"{re.escape(printed)}(?:-\d+)?", other) is not None for other in ids.values()
            )
            ids[row["id"]] = f"{printed}-{same + 1}" if same else printed
            for column in columns:
                told = row.get(column, "")
                values = told if isinstance(told, tuple) else (told,)
                if column not in _TOLD:
                    names |= {value: row["alias"] for value in values if value}
    return Protection(names, ids)
