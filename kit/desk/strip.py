"""The explorer's timeline: every event a mark over its days, those that fit dark, the others pale."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd

from kit.charts.layout import Box, Shelf
from kit.charts.look import one_line
from kit.charts.scales import scale_over

_WIDTH, _MARGIN, _MARK, _FOOT = 960, 14, 6, 22
#: So many events are drawn one by one; bars of more have this width and height.
_SINGLY, _BAR, _HIGH = 1_000, 4, 80
_CHOSEN = "#d1570a"


def strip(
    events: pd.DataFrame, fits: np.ndarray, window: tuple[pd.Timestamp, pd.Timestamp], chosen: str = ""
) -> str:
    """An SVG element with the events that touch the days of ``window``; the one whose id is ``chosen`` stands out.

    A known day is a dot, a stretch of time a bar, one day within a stretch an open bar; a doubtful date is dashed. Of
    more than 1,000 events, bars show how many fall on each stretch of days. It is drawn by hand, not by Vega, since it is drawn again
    at each touch of a filter.
    """
    first, last = window
    start, end = events["date_earliest"].fillna(first), events["date_latest"].fillna(last)
    start, end = start.where(start > first, first), end.where(end < last, last)
    scale = scale_over(first, last, _MARGIN, _WIDTH - _MARGIN)
    inside = (start <= end).to_numpy()
    left = _pixels(start, scale.first, scale.last)
    right = _pixels(end, scale.first, scale.last)
    drawn = _each if inside.sum() <= _SINGLY else _bars
    body, high = drawn(events, fits, inside, left, right, chosen)
    days, form = scale.ticks()
    ticks = "".join(_tick(scale.px(day), high, day.strftime(form)) for day in days)
    label = f"Timeline, {first:%Y-%m} to {last:%Y-%m}: {int((fits & inside).sum())} of {int(inside.sum())} events fit."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(label)}" '
        f'viewBox="0 -6 {_WIDTH} {high + _FOOT + 6:g}" style="width:100%;max-width:{_WIDTH}px;display:block">'
        f'<g fill="currentColor" stroke="currentColor" stroke-opacity="0.25">{ticks}</g>{body}</svg>'
    )


def _each(
    events: pd.DataFrame,
    fits: np.ndarray,
    inside: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    chosen: str,
) -> tuple[str, float]:
    """A mark for each event, those that overlap one above the other, and how high they stand."""
    shelf = Shelf(_MARK + 1, gap=1)
    placed = []
    columns = ["id", "title", "date", "date_precision", "date_doubt"]
    for at, (identity, title, date, precision, doubt) in zip(
        np.flatnonzero(inside), events.loc[inside, columns].itertuples(index=False), strict=True
    ):
        one = right[at] - left[at] < _MARK
        x = (left[at] + right[at] - _MARK) / 2 if one else left[at]
        wide = _MARK if one else right[at] - left[at]
        y = shelf.put(Box(x, x + wide, 1))
        kind = "dot" if one else "bar" if precision == "interval" else "open"
        placed.append((kind, x, y, wide, identity, f"{date}: {title}", not fits[at], bool(doubt)))
    high = shelf.height + 8
    body, ring = "", ""
    for kind, x, y, wide, identity, words, pale, doubtful in placed:
        y = high - _MARK - 4 - y  # the marks stand on the axis
        mark = _mark(kind, x, y, wide, words, pale=pale, doubtful=doubtful)
        if identity == chosen:
            mark = mark.replace("currentColor", _CHOSEN)
            ring = _mark("ring", x - 3, y - 3, wide + 6, words, pale=False, doubtful=False)
        body += mark
    body += ring
    return body, high


def _bars(
    events: pd.DataFrame,
    fits: np.ndarray,
    inside: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    chosen: str,
) -> tuple[str, float]:
    """Bars of the events of each stretch of days, pale of all and dark of those that fit, and how high they stand."""
    count = (_WIDTH - 2 * _MARGIN) // _BAR
    first = np.clip((left[inside] - _MARGIN) // _BAR, 0, count - 1).astype(int)
    last = np.clip((right[inside] - _MARGIN) // _BAR, 0, count - 1).astype(int)
    fitting = fits[inside]

    def heights(among: np.ndarray) -> np.ndarray:
        steps = np.bincount(first[among], minlength=count + 1) - np.bincount(
            last[among] + 1, minlength=count + 1
        )
        return np.cumsum(steps)[:count]

    every, those = heights(np.ones(len(fitting), dtype=bool)), heights(fitting)
    most, high = max(int(every.max()), 1), _HIGH + 4.0
    body = []
    for at in np.flatnonzero(every):
        words = f"{those[at]:,} of {every[at]:,} events fit"
        for number, shown in ((every[at], ' opacity="0.18"'), (those[at], "")):
            if number:
                tall = max(1.0, round(_HIGH * number / most, 1))
                body.append(
                    f'<rect x="{_MARGIN + at * _BAR}" y="{high - 4 - tall:g}" width="{_BAR - 1}" height="{tall:g}" '
                    f'fill="currentColor"{shown}><title>{words}</title></rect>'
                )
    for chose in np.flatnonzero((events["id"] == chosen).to_numpy() & inside):
        words = f"{events['date'].iloc[chose]}: {events['title'].iloc[chose]}"
        body.append(
            _mark("ring", left[chose] - 6, high - _MARK - 10, _MARK + 6, words, pale=False, doubtful=False)
        )
    return "".join(body), high


def _pixels(days: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> np.ndarray:
    share = ((days - first) / (last - first)).to_numpy(dtype=float)
    return np.round(_MARGIN + share * (_WIDTH - 2 * _MARGIN), 1)


def _mark(kind: str, x: float, y: float, wide: float, words: str, *, pale: bool, doubtful: bool) -> str:
    shown = ' opacity="0.18"' if pale else ""
    dashed = ' stroke-dasharray="1.5 1.2"' if doubtful else ""
    if kind == "ring":
        paint = f'fill="none" stroke="{_CHOSEN}" stroke-width="2"'
    elif kind == "open" or doubtful:
        paint = f'fill="currentColor" fill-opacity="0.12" stroke="currentColor" stroke-width="1.2"{dashed}'
    else:
        paint = 'fill="currentColor"'
    high = _MARK + 6 if kind == "ring" else _MARK
    rounded = high / 2 if kind in ("dot", "ring") else 0
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{rounded:g}" {paint}{shown}>'
        f"<title>{html.escape(one_line(words))}</title></rect>"
    )


def _tick(x: float, high: float, words: str) -> str:
    line = f'<line x1="{x:g}" x2="{x:g}" y1="-4" y2="{high:g}"/>'
    place = f'x="{x:g}" y="{high + 15:g}" font-size="12" text-anchor="middle" stroke="none"'
    return f"{line}<text {place}>{html.escape(words)}</text>"
