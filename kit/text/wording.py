"""Counts and lists as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def plural(number: int, noun: str, many: str = "") -> str:
    """The count with its noun in the number it takes; ``many`` is the plural where it is not ``noun`` with an s.

    >>> plural(1, "page"), plural(1200, "page"), plural(2, "entry", "entries")
    ('1 page', '1,200 pages', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """The parts as a sentence lists them, the last one behind ``last``; '' where there are none.

    >>> listed(["id"]), listed(["id", "note", "date"])
    ('id', 'id, note and date')
    """
    *first, final = parts or [""]
    return f"{', '.join(first)} {last} {final}" if first else final
