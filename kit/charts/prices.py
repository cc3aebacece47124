"""Prices that hold until they change, so that a line goes level and then steps."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, figure
from kit.charts.frames import Names, readable
from kit.charts.scales import scale_for, scale_over
from kit.charts.time_series import (
    GUTTER,
    LABELS,
    SHOWN,
    end_labels,
    figures,
    key,
    lines,
    on_line,
    points,
    value_axis,
)

_HEIGHT = 330
#: From this ratio of the dearest to the cheapest on, an even scale would press the cheap ones into one line.
_WIDE = 12


def price_steps(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
    order: Sequence[str] = (),
    series: str = "entity",
) -> Figure:
    """Each price level until the next one known in its series, which the column ``series`` tells apart.

    A line ends at the last price seen: that it still holds is not assumed. Prices that lie more than
    twelvefold apart are laid out by ratio. Prices in two currencies raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": "opus", "value": [15.0, 5.0], "unit": "usd",
    ...     "period": ["2025-08-05", "2025-11-24"],
    ...     "period_earliest": pd.to_datetime(["2025-08-05", "2025-11-24"]),
    ...     "period_latest": pd.to_datetime(["2025-08-05", "2025-11-24"]), "qualifier": "reported"})
    >>> price_steps(metrics, headline="A third", source="Price list", alt="From 15 to 5 dollars.")
    Figure('A third')
    """
    rows = figures(metrics, "price_steps", names, order, by=series)
    ends = [value for row in rows for value in (row["low"], row["high"])]
    log = min(ends) > 0 and max(ends) / min(ends) > _WIDE
    time = scale_over(
        pd.Timestamp(min(r["first"] for r in rows), unit="ms"),
        pd.Timestamp(max(r["last"] for r in rows), unit="ms"),
        GUTTER,
        theme.WIDTH - 8 - LABELS,
    )
    scale = scale_for(ends, _HEIGHT - 4, 8, log)
    followed = [{**row, "segment": row["series"]} for row in on_line(rows)]
    layers = [
        *value_axis(scale, rows[0]["unit"], GUTTER, time.right),
        *lines(followed, time, scale, interpolate="step-after"),
        *points(rows, time, scale),
        *end_labels(followed or rows, time, scale, time.right),
    ]
    return figure(
        alt_.layer(*layers).properties(width=theme.WIDTH - 8, height=_HEIGHT),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"{key(rows)} A line ends at the last price seen."
        + (" Equal steps up are equal ratios." if log else ""),
        data=readable(metrics, SHOWN),
    )
