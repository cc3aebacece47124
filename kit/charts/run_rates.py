"""Run rates on a scale of ratios: equal growth is an equal slope, whoever grows."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, readable
from kit.charts.scales import TimeScale, ValueScale, scale_for, scale_over
from kit.charts.time_series import (
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

_HEIGHT = 340


def run_rate(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
    order: Sequence[str] = (),
) -> Figure:
    """Each entity's figures over time on a log scale, marked by who says so, its last figure at the end.

    The line runs through one figure a period, the company's own where there is one; estimates, projections
    and further figures for the same period stand beside it, since averaging them would make a figure nobody
    gave. A figure of zero or less, or figures in two units, raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": ["a"], "value": [1e9], "unit": ["usd"], "period": ["2025-07"],
    ...     "period_earliest": [pd.Timestamp("2025-07-01")], "period_latest": [pd.Timestamp("2025-07-31")],
    ...     "qualifier": ["reported"]})
    >>> run_rate(metrics, headline="One figure", source="A paper", alt="A billion in July.")
    Figure('One figure')
    """
    rows = figures(metrics, "run_rate", names, order)
    time, scale = frame_of(rows, "run_rate", 8, _HEIGHT)
    layers = [*value_axis(scale, rows[0]["unit"], GUTTER, time.right), *growth_layers(rows, time, scale)]
    return figure(
        alt_.layer(*layers).properties(width=theme.WIDTH - 8, height=_HEIGHT),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"{key(rows)} Each line across is a month or longer period. Equal steps up are equal ratios.",
        data=readable(metrics, SHOWN),
    )


def frame_of(rows: list[Row], chart: str, top: float, bottom: float) -> tuple[TimeScale, ValueScale]:
    """The scales that hold the rows, with room for labels at the right; zero or less raises `NotDrawn`."""
    lowest = min(min(row["value"], row["low"]) for row in rows)
    if lowest <= 0:
        raise NotDrawn(
            chart, f"a figure of {lowest:g} has no place on a log scale", "filter it out and say so"
        )
    first, last = (
        pd.Timestamp(pick(row[end] for row in rows), unit="ms")
        for pick, end in ((min, "first"), (max, "last"))
    )
    ends = [v for row in rows for v in (row["value"], row["low"], row["high"])]
    return scale_over(first, last, GUTTER, theme.WIDTH - 8 - LABELS), scale_for(
        ends, bottom - 4, top, log=True
    )


def growth_layers(rows: list[Row], time: TimeScale, scale: ValueScale) -> list[alt_.Chart | alt_.LayerChart]:
    """Lines, points and end labels of the rows."""
    followed = [{**row, "segment": row["series"]} for row in on_line(rows)]
    return [
        *lines(followed, time, scale),
        *points(rows, time, scale),
        *end_labels(followed or rows, time, scale, time.right),
    ]
