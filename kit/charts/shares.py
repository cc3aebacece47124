"""Shares of a whole, each drawn as its part of the whole."""

from __future__ import annotations

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import MOST_LINES, Names, name_of, need, readable
from kit.charts.layout import box, canvas, text
from kit.charts.scales import amount
from kit.charts.text import clean, width, wrap
from kit.charts.time_series import SHOWN

_GUTTER, _SMALL = 300, 10


def concentration(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
) -> Figure:
    """Each share as the filled part of a bar of 100 percent, with what it is a share of and who says so.

    Other units than percent, or a share outside 0 to 100, raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": ["a"], "value": [25.0], "unit": ["percent"],
    ...     "basis": ["revenue from two customers"], "period": ["2025"], "qualifier": ["reported"]})
    >>> concentration(metrics, headline="A quarter", source="Press", alt="25 percent.")
    Figure('A quarter')
    """
    frame = need(
        metrics, ["entity", "value", "unit", "basis", "period", "qualifier"], "concentration", MOST_LINES
    )
    frame = need(frame[frame["value"].notna()], ["value"], "concentration")
    wrong = frame[(frame["unit"] != "percent") | ~frame["value"].between(0, 100)]
    if len(wrong):
        first = wrong.iloc[0]
        raise NotDrawn(
            "concentration",
            f"{first['value']:g} {first['unit']} is no share of a whole",
            "filter to percent, 0-100",
        )
    whole, parts, names_at, notes, numbers, top = [], [], [], [], [], 0.0
    room = theme.WIDTH - 8 - _GUTTER
    for row in frame.to_dict("records"):
        who = wrap(
            f"{name_of(row['entity'], names)}, {clean(row['period'])}", _GUTTER - 20, theme.SIZE, bold=True
        )
        unread = ", sources unread" if row.get("confidence") == "unread" else ""
        small = wrap(f"{clean(row['basis'])} ({clean(row['qualifier'])}{unread})", _GUTTER - 20, _SMALL)
        height = max(34, (len(who) + len(small)) * theme.LEADING + 10)
        names_at.append({"x": 0, "y": top + 9, "text": "\n".join(who)})
        notes.append({"x": 0, "y": top + 9 + len(who) * theme.LEADING, "text": "\n".join(small)})
        said = amount(row["value"], "percent")
        end, wide = _GUTTER + room * row["value"] / 100, width(said, theme.SIZE, bold=True)
        fits = end + 6 + wide <= theme.WIDTH - 12
        numbers.append(
            {"x": end + 6 if fits else end - 6 - wide, "y": top + 15, "text": said, "on": not fits}
        )
        whole.append({"x": _GUTTER, "x2": _GUTTER + room, "y": top + 4, "y2": top + 26})
        parts.append(
            {
                "x": _GUTTER,
                "x2": end,
                "y": top + 4,
                "y2": top + 26,
                "said": said,
                "basis": clean(row["basis"]),
            }
        )
        top += height
    layers = [
        box(whole, color=theme.PALE),
        box(parts, {"said": "Share", "basis": "Of"}, color=theme.ACCENT),
        text(names_at, fontWeight="bold"),
        text(notes, fontSize=_SMALL, color=theme.MUTED),
    ]
    for on, ink in ((False, theme.INK), (True, theme.PAPER)):
        mine = [number for number in numbers if number["on"] == on]
        layers += [text(mine, fontWeight="bold", color=ink)] if mine else []
    return figure(
        canvas(layers, top),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="The whole bar is 100%.",
        data=readable(metrics, SHOWN),
    )
