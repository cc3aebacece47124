"""Which cases lie nearest to one, and how far that hangs on the choice of variables."""

from __future__ import annotations

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, name_of, need
from kit.charts.layout import canvas, dot, line, text
from kit.charts.scales import scale_for
from kit.charts.text import wrap

_GUTTER = 300


def nearest(
    distances: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
    top: int = 15,
) -> Figure:
    """The ``top`` nearest cases as dots at their distance, with its range when one variable is left out.

    A distance that is missing, or outside its own range, raises `NotDrawn`.

    >>> frame = pd.DataFrame({"title": ["A cuts B"], "distance": [0.2], "low": [0.1], "high": [0.3]})
    >>> nearest(frame, headline="A cuts B is nearest", source="Our coding", alt="Distance 0.2.")
    Figure('A cuts B is nearest')
    """
    frame = need(distances, ["title", "distance", "low", "high"], "nearest")
    sound = (frame["low"] <= frame["distance"]) & (frame["distance"] <= frame["high"])
    if not sound.all():
        raise NotDrawn(
            "nearest",
            f"distance of {frame.loc[~sound, 'title'].iloc[0]!r} lies outside its range",
            "recompute it",
        )
    shown = frame.sort_values(["distance", "title"], kind="stable").head(top)
    scale = scale_for([float(shown["high"].max()) or 1.0], _GUTTER, theme.WIDTH - 44, log=False)
    y, titles, ranges, dots, numbers = 26.0, [], [], [], []
    for row in shown.to_dict("records"):
        lines = wrap(
            name_of(row["title"], names) if names is not None else row["title"], _GUTTER - 18, theme.SIZE
        )
        middle = y + len(lines) * theme.LEADING / 2
        low, at, high = (scale.px(row[column]) for column in ("low", "distance", "high"))
        said = f"{row['distance']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        titles.append({"x": 0, "y": y + theme.LEADING / 2, "text": "\n".join(lines)})
        ranges.append({"x": low, "x2": high, "y": middle, "y2": middle})
        dots.append({"x": at, "y": middle, "said": said, "title": "\n".join(lines)})
        numbers.append({"x": high + 8, "y": middle, "text": f"{row['distance']:.2f}"})
        y += len(lines) * theme.LEADING + 8
    ticks = [(scale.px(tick), f"{tick:g}") for tick in scale.ticks()]
    layers = [
        line([{"x": x, "x2": x, "y": 20, "y2": y} for x, _ in ticks], color=theme.PALE),
        text([{"x": x, "y": 10, "text": label} for x, label in ticks], align="center", color=theme.MUTED),
        line(ranges, color=theme.ACCENT, strokeWidth=3, opacity=0.35),
        dot(dots, {"title": "Case", "said": "Distance"}, color=theme.ACCENT, size=70),
        text(titles),
        text(numbers, color=theme.MUTED),
    ]
    rest = len(frame) - len(shown)
    return figure(
        canvas(layers, y),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="Dot: distance on all variables, 0 for the same. Bar: its range when any one of them is left out."
        + (f" {rest} cases lie farther away." if rest else ""),
        data=frame.sort_values(["distance", "title"], kind="stable"),
    )
