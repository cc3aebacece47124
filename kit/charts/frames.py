"""What a chart asks of the frame it is given, said before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from kit.charts.figure import NotDrawn
from kit.charts.text import clean, joined
from kit.tables.load import with_id

#: Rows a page can hold when each has a line of its own.
MOST_LINES = 200
Names: TypeAlias = Mapping[str, str] | pd.Series


def need(frame: pd.DataFrame, columns: Sequence[str], chart: str, most: int | None = None) -> pd.DataFrame:
    """The frame with its rows numbered anew and its ids as a column, if ``chart`` can be drawn from it.

    No rows, a column that is not there, or more than ``most`` rows raise `NotDrawn`: an empty picture would
    read as "nothing happened", and a crowded one cannot be read.

    >>> need(pd.DataFrame({"id": []}), ["id"], "timeline")
    Traceback (most recent call last):
        ...
    kit.charts.figure.NotDrawn: timeline: the frame has no rows; check the filter before it
    """
    frame = with_id(frame)
    absent = [name for name in columns if name not in frame]
    if absent:
        raise NotDrawn(
            chart, f"the frame lacks {joined(absent)}", f"it has {joined(list(map(str, frame.columns)))}"
        )
    if frame.empty:
        raise NotDrawn(chart, "the frame has no rows", "check the filter before it")
    if most is not None and len(frame) > most:
        raise NotDrawn(
            chart, f"{len(frame):,} rows, of which {most:,} can be read at most", "filter or group them"
        )
    return frame.reset_index(drop=True)


def readable(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Those of the columns that the frame has: what a reader of the table under the chart wants to see.

    >>> readable(pd.DataFrame({"b": [1], "a": [2], "x": [3]}), ["a", "b", "c"]).columns.tolist()
    ['a', 'b']
    """
    return frame[[name for name in dict.fromkeys(columns) if name in frame]]


def name_of(value: object, names: Names | None) -> str:
    """The printed name of an id: from ``names``, else the id with spaces for hyphens and underscores.

    >>> name_of("open-ai", {"open-ai": "OpenAI"}), name_of("days", None)
    ('OpenAI', 'days')
    """
    given = names.get(str(value)) if names is not None else None
    return (
        clean(given)
        if isinstance(given, str) and given.strip()
        else clean(value).replace("-", " ").replace("_", " ")
    )


def days(frame: pd.DataFrame, column: str, chart: str) -> pd.DataFrame:
    """``start`` and ``end`` of each row's date, for a chart in which each needs both.

    An end left open or a date not given raises `NotDrawn`, naming the rows: a bar has to stop somewhere,
    and where is for the reporter to say.
    """
    spans = pd.DataFrame(
        {
            "start": pd.to_datetime(frame[f"{column}_earliest"]),
            "end": pd.to_datetime(frame[f"{column}_latest"]),
        }
    )
    open_ended = spans.isna().any(axis="columns")
    if open_ended.any():
        rows = [clean(label(row)) for row in frame[open_ended].head(3).to_dict("records")]
        raise NotDrawn(
            chart,
            f"{open_ended.sum()} rows have no {column} with both ends ({joined(rows)})",
            "fill or drop them",
        )
    return spans


def label(row: Mapping[Any, Any]) -> str:
    """What tells a row apart in a message: its id, else its first cell."""
    return str(row.get("id", next(iter(row.values()), "?")))


def days_or_open(frame: pd.DataFrame, column: str, chart: str) -> pd.DataFrame:
    """As `days`, but an end left open becomes the frame's own first or last day, and the row is ``open``.

    A row with neither end raises `NotDrawn`.
    """
    first, last = (pd.to_datetime(frame[f"{column}_{end}"]) for end in ("earliest", "latest"))
    absent = first.isna() & last.isna()
    if absent.any():
        days(frame[absent], column, chart)
    known = pd.concat([first, last])
    return pd.DataFrame(
        {
            "start": first.fillna(known.min()),
            "end": last.fillna(known.max()),
            "open": first.isna() | last.isna(),
        }
    )
