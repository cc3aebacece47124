"""What a chart asks of the frame it is given, said before anything is drawn, and the printed names of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pandas as pd

from kit.case import Case
from kit.charts.figure import NotDrawn
from kit.charts.look import one_line
from kit.tables.load import with_id
from kit.text.wording import listed

#: Rows a page can hold when each has a line of its own.
MOST_LINES = 200
#: What the table under a chart of figures shows.
FIGURES = (
    "metric",
    "entity",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "qualifier",
    "interest",
    "confidence",
    "basis",
)
#: Words by id: a case, whose tables have them, or the words themselves.
Names: TypeAlias = Case | Mapping[str, str] | pd.Series
#: Which column of which table of a case says how an id is printed.
_PRINTED = {"sources": "publisher", "cases": "title", "tags": "label", "actors": "name"}
_SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


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
    if absent := [name for name in columns if name not in frame]:
        has = f"it has {listed(list(map(str, frame.columns)))}" if len(frame.columns) else "it has no columns"
        raise NotDrawn(chart, f"the frame lacks {listed(absent)}", has)
    if frame.empty:
        raise NotDrawn(chart, "the frame has no rows", "check the filter before it")
    if most is not None and len(frame) > most:
        raise NotDrawn(
            chart, f"{len(frame):,} rows, of which {most:,} can be read at most", "filter or group them"
        )
    return frame.reset_index(drop=True)


def readable(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Those of the columns that the frame has: what a reader of the table under the chart wants to see.

    Of our confidence only that is told which charts draw: that nobody read any of the ``sources``.

    >>> readable(pd.DataFrame({"b": [1], "a": [2], "x": [3]}), ["a", "b", "c"]).columns.tolist()
    ['a', 'b']
    >>> readable(pd.DataFrame({"id": ["a", "b"], "confidence": ["low", "unread"]}), ["id", "confidence"])["sources"].tolist()
    ['', 'unread']
    """
    found = frame[[name for name in dict.fromkeys(columns) if name in frame]]
    if "confidence" not in found:
        return found
    unread = found["confidence"].eq("unread")
    found = found.drop(columns="confidence")
    return found.assign(sources=unread.map({True: "unread", False: ""})) if unread.any() else found


def printed(names: Names | None) -> Mapping[str, str]:
    """How ids are printed: of a case, the names of its actors, the labels of its tags, the titles of its cases and
    the publishers of its sources; else what was given.

    >>> printed({"port-office": "Port Office"})["port-office"]
    'Port Office'
    """
    if isinstance(names, Case):
        found: dict[str, str] = {}
        for table, column in _PRINTED.items():
            rows = names.table(table)
            found |= dict(zip(rows["id"], rows[column], strict=True))
        return found
    return {} if names is None else {str(key): value for key, value in names.items()}


def name_of(value: object, names: Mapping[str, str]) -> str:
    """The printed name of an id; one that has none is spelt with spaces, and what is no id stays as it is.

    >>> name_of("port-office", {"port-office": "Port Office"}), name_of("berth-plan", {}), name_of("B-5", {})
    ('Port Office', 'berth plan', 'B-5')
    """
    given = names.get(str(value))
    if isinstance(given, str) and given.strip():
        return one_line(given)
    text = one_line(value)
    return re.sub("[-_]", " ", text) if _SLUG.fullmatch(text) else text


def heading(value: object, names: Mapping[str, str]) -> str:
    """`name_of`, with a capital where an id is spelt out.

    >>> heading("access-revoked", {}), heading("x-ai", {"x-ai": "xAI"})
    ('Access revoked', 'xAI')
    """
    name = name_of(value, names)
    spelt = not names.get(str(value)) and _SLUG.fullmatch(one_line(value))
    return name[:1].upper() + name[1:] if spelt else name


def days(frame: pd.DataFrame, column: str, chart: str, open_ended: bool = False) -> pd.DataFrame:
    """``start`` and ``end`` of each row's date, as timestamps, and whether one of them was left ``open``.

    An end left open or a date not given raises `NotDrawn`, naming the rows: a bar has to stop somewhere, and where is
    for the reporter to say. With ``open_ended`` an end left open becomes the frame's own first or last day, and only
    a row with neither end raises.

    >>> frame = pd.DataFrame({"date_earliest": ["2021-03-01", None], "date_latest": ["2021-03-02", "2021-04-01"]})
    >>> days(frame, "date", "timeline", open_ended=True)["open"].tolist()
    [False, True]
    """
    first, last = (pd.to_datetime(frame[f"{column}_{end}"]) for end in ("earliest", "latest"))
    loose = first.isna() | last.isna()
    wrong = first.isna() & last.isna() if open_ended else loose
    if wrong.any():
        # What tells a row apart in the message: its id, else its first cell.
        rows = [
            one_line(row.get("id", next(iter(row.values()))))
            for row in frame[wrong].head(3).to_dict("records")
        ]
        raise NotDrawn(
            chart,
            f"{wrong.sum()} rows have no {column} with both ends ({listed(rows)})",
            "fill or drop them",
        )
    known = pd.concat([first, last])
    return pd.DataFrame({"start": first.fillna(known.min()), "end": last.fillna(known.max()), "open": loose})
