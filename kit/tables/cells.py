"""Outside text in a cell that a spreadsheet would take for a formula."""

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


_STARTS = ("=", "+", "-", "@")


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would run it.

    >>> guarded("=HYPERLINK(1)"), guarded("plain")
    ("'=HYPERLINK(1)", 'plain')
    """
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` puts there.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STARTS) else cell
