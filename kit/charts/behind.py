"""The data behind a chart, carried with it so that a report can print them as a table and offer them as CSV."""

from __future__ import annotations

import csv
import io
import math
import numbers
from typing import Any, cast

import pandas as pd

from kit.charts.words import clean


def as_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV: text in quotes, numbers bare, dates as ISO 8601, lists joined, a missing value blank.

    Text from outside is put on one line and bounded; nothing that a frame can hold fails.

    >>> as_csv(pd.DataFrame({"day": [pd.Timestamp("2025-07-29")], "tags": [("a", "b")], "n": [1.5]}))
    '"day","tags","n"\\n"2025-07-29","a; b",1.5\\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([clean(name) for name in frame.columns])
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return written.getvalue()


def from_csv(text: str) -> tuple[list[str], list[list[str | float]]]:
    """The column names and the rows that `as_csv` wrote, numbers as numbers; other text raises ``ValueError``.

    >>> from_csv('"n","was"\\n3,"=1"\\n')
    (['n', 'was'], [[3.0, '=1']])
    """
    header, *rows = cast("list[list[Any]]", list(csv.reader(io.StringIO(text), quoting=csv.QUOTE_NONNUMERIC)))
    if any(len(row) != len(header) for row in rows):
        raise ValueError("a row is longer or shorter than the header")
    return header, rows


def _cell(value: Any) -> str | int | float:
    if isinstance(value, tuple | list | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "; ".join(clean(part) for part in parts)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return clean(value)
    number = float(value)
    if not math.isfinite(number):
        return clean(number)
    # 12 digits: what is left after them is how the machine counts, not what the source says.
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
