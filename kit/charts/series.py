"""A monthly series with its gaps: where no figure was found, no line is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.amounts import scale_for
from kit.charts.frames import Names, readable
from kit.charts.house import Figure, NotDrawn, figure
from kit.charts.packing import Item, Shelf
from kit.charts.pixels import box, line, text
from kit.charts.timescale import TimeScale, scale_over
from kit.charts.trends import (
    GUTTER,
    LABELS,
    SHOWN,
    Row,
    end_labels,
    figures,
    key,
    lines,
    on_line,
    points,
    value_axis,
)
from kit.charts.words import width, wrap

_HEIGHT, _TOP = 330, 46


def adoption(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
    order: Sequence[str] = (),
    breaks: Mapping[str, str] | None = None,
) -> Figure:
    """Each entity's share month by month; no line crosses a missing month, and those without any are shaded.

    ``breaks`` names the months (YYYY-MM) in which the series changes what it measures, with the words to
    print there; no line crosses those either. One outside the figures, or figures in two units, raise
    `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": "a", "value": [4.0, 8.0], "unit": "percent",
    ...     "period": ["2025-01", "2025-04"],
    ...     "period_earliest": pd.to_datetime(["2025-01-01", "2025-04-01"]),
    ...     "period_latest": pd.to_datetime(["2025-01-31", "2025-04-30"]), "qualifier": "reported"})
    >>> adoption(metrics, headline="Doubled", source="Ramp", alt="Two months, a gap between them.")
    Figure('Doubled')
    """
    rows = figures(metrics, "adoption", names, order)
    time = scale_over(
        pd.Timestamp(min(r["first"] for r in rows), unit="ms"),
        pd.Timestamp(max(r["last"] for r in rows), unit="ms"),
        GUTTER,
        theme.WIDTH - 8 - LABELS,
    )
    scale = scale_for([r["high"] for r in rows], _HEIGHT - 4, _TOP, log=False)
    changes = {pd.Period(month, "M"): words for month, words in (breaks or {}).items()}
    for month in changes:
        if not time.first <= month.start_time <= time.last:
            raise NotDrawn(
                "adoption", f"the break in {month} lies outside the figures", "leave it out of breaks="
            )
    followed = _segments(on_line(rows), changes)
    layers = [
        *_gaps(rows, time),
        *value_axis(scale, rows[0]["unit"], GUTTER, time.right),
        *_changes(changes, time),
        *lines(followed, time, scale),
        *points(rows, time, scale),
        *end_labels(followed or rows, time, scale, time.right),
    ]
    return figure(
        alt_.layer(*layers).properties(width=theme.WIDTH - 8, height=_HEIGHT),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"{key(rows)} A line breaks where a month is missing; shaded: no figure was found.",
        data=readable(metrics, SHOWN),
    )


def _segments(rows: list[Row], changes: Mapping[pd.Period, str]) -> list[Row]:
    marked = [month.year * 12 + month.month for month in changes]
    before: dict[object, Row] = {}
    parted = []
    for row in rows:
        last = before.get(row["series"])
        whole = last is not None and row["month"] - last["month"] <= 1
        crosses = last is not None and any(last["month"] < month <= row["month"] for month in marked)
        segment = (
            last["segment"]
            if last is not None and whole and not crosses
            else f"{row['series']} {row['when']}"
        )
        before[row["series"]] = {**row, "segment": segment}
        parted.append(before[row["series"]])
    return parted


def _gaps(rows: list[Row], time: TimeScale) -> list[alt_.Chart]:
    known = sorted({row["month"] for row in rows})
    bands, words = [], []
    for month, after in pairwise(known):
        if after - month <= 1:
            continue
        first, last = (pd.Timestamp(m // 12, m % 12 + 1, 1) for m in (month, after - 1))
        left, right = time.px(first), time.px(last)
        bands.append({"x": left, "x2": right, "y": _TOP, "y2": _HEIGHT - 4})
        lines = wrap("no figure", right - left, 10)
        if len(lines) <= 2:
            words.append(
                {"x": (left + right) / 2, "y": _HEIGHT - 14 * len(lines) - 2, "text": "\n".join(lines)}
            )
    layers = [box(bands, color=theme.PALE)] if bands else []
    return layers + ([text(words, align="center", fontSize=10, color=theme.MUTED)] if words else [])


def _changes(changes: Mapping[pd.Period, str], time: TimeScale) -> list[alt_.Chart]:
    shelf, rules, words = Shelf(theme.LEADING, gap=8), [], []
    for month, said in sorted(changes.items()):
        x = time.px(month.start_time)
        lines = wrap(said, 150, theme.SIZE, most=3)
        wide = max(width(part, theme.SIZE) for part in lines)
        left = min(x + 4, theme.WIDTH - 10 - wide)
        y = shelf.put(Item(left, left + wide, len(lines)))
        rules.append({"x": x, "x2": x, "y": y, "y2": _HEIGHT - 4})
        words.append({"x": left, "y": y + 7, "text": "\n".join(lines)})
    if not rules:
        return []
    return [line(rules, color=theme.INK, strokeDash=[3, 3]), text(words, color=theme.INK)]
