"""Cutoffs laid along the growth of a business: what stood near what in time, and no more than that."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, figure
from kit.charts.frames import Names, days, need, readable
from kit.charts.layout import box, line, text
from kit.charts.run_rates import frame_of, growth_layers
from kit.charts.scales import TimeScale
from kit.charts.text import clean, width, wrap
from kit.charts.time_series import GUTTER, SHOWN, figures, key, value_axis

_SHOWN = ("title", "platform", "began")
_PLOT, _MOST, _ROOM = 300, 30, 150


def growth(
    metrics: pd.DataFrame,
    cutoffs: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
    order: Sequence[str] = (),
) -> Figure:
    """The run rates of the metrics, and over them each cutoff where it began or may have, under its title.

    Cutoffs before the first or after the last figure have nothing to stand along; they are left out and
    counted under the chart. More than thirty raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": "a", "value": [1e9, 5e9], "unit": "usd",
    ...     "period": ["2025-01", "2025-07"], "period_earliest": pd.to_datetime(["2025-01-01", "2025-07-01"]),
    ...     "period_latest": pd.to_datetime(["2025-01-31", "2025-07-31"]), "qualifier": "reported"})
    >>> cutoffs = pd.DataFrame({"title": ["A cuts B"], "began_earliest": pd.to_datetime(["2025-06-03"]),
    ...     "began_latest": pd.to_datetime(["2025-06-03"])})
    >>> growth(metrics, cutoffs, headline="One cut", source="Press", alt="A cut in June.")
    Figure('One cut')
    """
    rows = figures(metrics, "growth", names, order)
    cuts = need(cutoffs, ["title", "began_earliest", "began_latest"], "growth", _MOST)
    cuts = cuts.assign(**days(cuts, "began", "growth")).sort_values(["start", "end", "title"], kind="stable")
    time, _ = frame_of(rows, "growth", 0, _PLOT)
    inside = cuts[(cuts["end"] >= time.first) & (cuts["start"] <= time.last)]
    flags, top = _flags(inside, time)
    bottom = top + _PLOT
    _, scale = frame_of(rows, "growth", top + 8, bottom)
    bands = [{**flag, "y": top + 8, "y2": bottom - 4} for flag in flags if flag["x2"] > flag["x"] + 2]
    poles = [{"x": flag["x"], "x2": flag["x"], "y": flag["y"] - 6, "y2": bottom - 4} for flag in flags]
    words = [{"x": flag["tx"], "y": flag["y"], "text": flag["text"]} for flag in flags]
    layers = [
        *value_axis(scale, rows[0]["unit"], GUTTER, time.right),
        *([box(bands, {"said": "Cutoff"}, color=theme.INK, opacity=0.1)] if bands else []),
        *([line(poles, color=theme.MUTED), text(words)] if flags else []),
        *growth_layers(rows, time, scale),
    ]
    outside = len(cuts) - len(inside)
    left_out = f" {outside} cutoffs outside the span of the figures are not shown." if outside else ""
    return figure(
        alt_.layer(*layers).properties(width=theme.WIDTH - 8, height=bottom),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"{key(rows)} Upright line: a cutoff begins; shaded, where only a longer period is known. "
        f"Equal steps up are equal ratios.{left_out}",
        data=pd.concat([readable(cuts, _SHOWN), readable(metrics, SHOWN)], ignore_index=True),
    )


def _flags(cuts: pd.DataFrame, time: TimeScale) -> tuple[list[dict], float]:
    """Flags on poles: seen from the right, each hangs above those that its words would cross."""
    flags: list[dict] = []
    for cut in reversed(cuts.to_dict("records")):
        x, x2 = (min(max(time.px(cut[end]), time.left), time.right) for end in ("start", "end"))
        lines = wrap(cut["title"], min(_ROOM, theme.WIDTH - 14 - x), theme.SIZE, most=5)
        end = x + 14 + max(width(part, theme.SIZE) for part in lines)
        below = max((flag["top"] for flag in flags if flag["x"] < end), default=0)
        flags.append(
            {
                "x": x,
                "x2": max(x2, x + 1),
                "tx": x + 4,
                "top": below + len(lines) * theme.LEADING + 5,
                "text": "\n".join(lines),
                "said": clean(cut["title"]),
            }
        )
    height = max((flag["top"] for flag in flags), default=0)
    return [{**flag, "y": height - flag["top"] + 7} for flag in flags], height + 4
