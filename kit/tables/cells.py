"""What stands in a cell: lists, values as text, and outside text that a spreadsheet would take for a formula."""

from __future__ import annotations

import math
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


def as_text(value: object, missing: str = "") -> str:
    """A value of a typed table as its cell has it: lists joined, numbers plain; ``missing`` where a number is not there.

    >>> as_text(38.0), as_text(("pricing", "notice")), as_text(float("nan"), "unknown")
    ('38', 'pricing; notice', 'unknown')
    """
    if isinstance(value, float):
        return missing if math.isnan(value) else f"{value:.15g}"
    return join_list(value) if isinstance(value, tuple) else str(value)


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
