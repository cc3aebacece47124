"""Marks placed in pixels, for pictures whose layout is ours: trees, tables, labels that keep clear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from kit.charts import theme

Row = dict[str, Any]
_TIPS = "tips"


def _base(rows: Sequence[Row], tips: dict[str, str] | None) -> tuple[alt.Chart, dict[str, Any]]:
    chart = alt.Chart(alt.Data(values=tuple(rows)))  # a tuple, since Altair copies lists again and again
    shown = (
        {"tooltip": [alt.Tooltip(f"{field}:N", title=title) for field, title in tips.items()]} if tips else {}
    )
    return chart, shown


def _at(field: str, axis: type, **more: Any) -> Any:
    return axis(f"{field}:Q", scale=None, axis=None, **more)


def text(rows: Sequence[Row], tips: dict[str, str] | None = None, **mark: Any) -> alt.Chart:
    """The ``text`` of each row at its ``x`` and ``y``, which is where the first line's middle lies.

    Lines are parted by a line feed. ``tips`` names the fields that the pointer shows, with their titles.
    """
    chart, shown = _base(rows, tips)
    options = {"align": "left", "baseline": "middle", **mark}
    return chart.mark_text(**options).encode(
        x=_at("x", alt.X), y=_at("y", alt.Y), text=alt.Text("text:N"), **shown
    )


def box(rows: Sequence[Row], tips: dict[str, str] | None = None, **mark: Any) -> alt.Chart:
    """A rectangle a row, from ``x``, ``y`` to ``x2``, ``y2``."""
    chart, shown = _base(rows, tips)
    return chart.mark_rect(**mark).encode(
        x=_at("x", alt.X), y=_at("y", alt.Y), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), **shown
    )


def line(rows: Sequence[Row], **mark: Any) -> alt.Chart:
    """A straight line a row, from ``x``, ``y`` to ``x2``, ``y2``."""
    chart, _ = _base(rows, None)
    options = {"color": theme.RULE, "strokeWidth": 1, **mark}
    return chart.mark_rule(**options).encode(
        x=_at("x", alt.X), y=_at("y", alt.Y), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")
    )


def dot(rows: Sequence[Row], tips: dict[str, str] | None = None, **mark: Any) -> alt.Chart:
    """A point a row, at ``x``, ``y``; in the colour of the row's ``fill``, where the mark names none."""
    chart, shown = _base(rows, tips)
    if "color" not in mark and rows and "fill" in rows[0]:
        shown["color"] = alt.Color("fill:N", scale=None, legend=None)
    options = {"filled": True, "opacity": 1, "size": 50, **mark}
    return chart.mark_point(**options).encode(x=_at("x", alt.X), y=_at("y", alt.Y), **shown)


def canvas(layers: Sequence[alt.Chart], height: float, width: float = theme.WIDTH - 8) -> Any:
    """The layers, one over the other, on a sheet of that many pixels."""
    return alt.layer(*layers).properties(width=width, height=height)
