"""Outside text in a cell that a spreadsheet would take for a formula."""

from __future__ import annotations

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
