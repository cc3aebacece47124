"""The one place where a list inside a cell is taken apart and put together."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = "; "


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a cell, in order; a blank cell holds none.

    >>> split_list("pricing; notice")
    ('pricing', 'notice')
    """
    return tuple(item for part in cell.split(";") if (item := part.strip()))


def join_list(items: Iterable[str]) -> str:
    """A cell that holds the items; an item that itself holds a semicolon raises ``ValueError``.

    >>> join_list(["pricing", "notice"])
    'pricing; notice'
    """
    items = list(items)
    for item in items:
        if ";" in item:
            raise ValueError(f"{item!r} holds a semicolon, which separates items of a list")
    return SEPARATOR.join(items)
