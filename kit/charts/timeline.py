"""The timeline: swim lanes in which a known day is a dot, a longer time a bar, and doubt shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import altair as alt
import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, figure
from kit.charts.frames import Names, days_or_open, name_of, need, readable
from kit.charts.layout import Item, Shelf, box, canvas, dot, line, text
from kit.charts.scales import TimeScale, scale_over
from kit.charts.text import clean, width, wrap

_COLUMNS = ["id", "title", "date", "date_earliest", "date_latest", "date_precision", "date_doubt", "status"]
_SHOWN = ("id", "date", "title", "summary", "status", "attributed_to", "confidence")
_LABELLED, _MOST = 60, 5_000
_GUTTER, _LABEL_ROOM, _DOT = 112, 215, 5
#: A line of a label is four steps of its shelf high, and a step stays free under each label.
_STEP = theme.LEADING / 4
_TIPS = {"title": "Event", "when": "Date", "status": "Standing", "who": "According to", "summary": "Summary"}
_KEY = {
    "day": "Dot: the day is known.",
    "within": "Open bar: one day within it.",
    "lasted": "Solid bar: lasted that long.",
    "faded": "Fading ends: the limits are not certain.",
}


def timeline(
    events: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    lane: str = "category",
    names: Names | None = None,
    highlight: Collection[str] = (),
) -> Figure:
    """The events of the frame in a lane for each value of the column ``lane``, each under its own label.

    Up to 60 events carry their titles, kept clear of each other; more are marks that answer the pointer. A
    title is followed by the word for its standing where it is not confirmed or reported, and says when
    nobody read its sources. No events, or more than 5,000, raise `NotDrawn`; so does one without any date.

    >>> from kit.text.edtf import date_columns
    >>> events = pd.DataFrame({"id": ["raid"], "date": ["2021-03~"], "category": ["raid"],
    ...                        "title": ["Office raided"], "status": ["reported"]})
    >>> events = events.join(date_columns(events["date"]))
    >>> timeline(events, headline="One raid", source="Post", alt="A raid in March.")
    Figure('One raid')
    """
    events = need(events, [*_COLUMNS, lane], "timeline", _MOST)
    chart, key = swim(events, lane, [], names, highlight)
    return figure(
        chart,
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=key,
        data=readable(events, (*_SHOWN, lane)),
    )


def swim(
    events: pd.DataFrame,
    lane: str,
    order: Sequence[object],
    names: Names | None,
    highlight: Collection[str] = (),
) -> tuple[alt.LayerChart, str]:
    """The events in their lanes, and how to read them; lanes follow ``order``, then their first events."""
    events = events.assign(**days_or_open(events, "date", "timeline"))
    events = events.sort_values(["start", "end", "id"], kind="stable")
    scale = scale_over(events["start"].min(), events["end"].max(), _GUTTER + 12, theme.WIDTH - 36)
    rows = [_row(event, scale, event["id"] in highlight) for event in events.to_dict("records")]
    labelled = len(rows) <= _LABELLED
    bands, names_at, top = [], [], 0.0
    for value in dict.fromkeys([*order, *events[lane]]):
        inside = [row for row, at in zip(rows, events[lane], strict=True) if at == value]
        title = wrap(name_of(value, names), _GUTTER - 8, theme.SIZE, bold=True)
        height = max(_place(inside, top + 9, labelled), len(title) * theme.LEADING) + 14
        bands.append({"x": 0, "x2": theme.WIDTH - 8, "y": top, "y2": top + height})
        names_at.append({"x": 4, "y": top + 15, "text": "\n".join(title)})
        top += height
    layers = [
        *([box(bands[1::2], color="#f6f7f8")] if bands[1:] else []),
        _axis(scale, rows),
        line([{**band, "y": band["y2"]} for band in bands], color=theme.RULE),
        text(names_at, fontWeight="bold", fontSize=theme.SIZE),
        *_marks(rows, labelled),
    ]
    return canvas(layers, top), " ".join(
        sentence for kind, sentence in _KEY.items() if any(row[kind] for row in rows)
    )


def _row(event: dict[Any, Any], scale: TimeScale, stressed: bool) -> dict[str, Any]:
    kind = {"day": "day", "interval": "lasted"}.get(event["date_precision"], "within")
    one_day = event["start"] == event["end"]
    x, x2 = scale.px(event["start"]), scale.px(event["end"])
    standing = [event["status"]] if event["status"] in ("alleged", "denied", "disputed") else []
    standing += ["sources unread"] if event.get("confidence") == "unread" else []
    title = clean(event["title"])
    return {
        "x": x if one_day else min(x, (x + x2) / 2 - 3),
        "x2": x2 if one_day else max(x2, (x + x2) / 2 + 3),
        "at": int(event["start"].timestamp() * 1000),
        "day": one_day or kind == "day",
        "within": kind == "within" and not one_day,
        "lasted": kind == "lasted" and not one_day,
        "faded": bool(event["date_doubt"]) or event["open"],
        "label": f"{title} ({', '.join(standing)})" if standing else title,
        "title": title,
        "when": clean(event["date"]),
        "status": clean(event["status"]),
        "who": clean(event.get("attributed_to", "")),
        "summary": clean(event.get("summary", "")),
        "fill": theme.ALERT if stressed else theme.ACCENT,
        "weight": "bold" if stressed else "normal",
    }


def _place(rows: list[dict[str, Any]], top: float, labelled: bool) -> float:
    shelf = Shelf(_STEP if labelled else 8, gap=10 if labelled else 1)
    for row in rows:
        air = _DOT + (_fade(labelled) if row["faded"] else 0)
        left, right = row["x"] - air, row["x2"] + air
        if not labelled:
            row["y"] = top + 4 + shelf.put(Item(left, right, 1))
            continue
        lines = wrap(row["label"], _LABEL_ROOM, theme.SIZE, row["weight"] == "bold", most=9)
        wide = max(width(part, theme.SIZE, row["weight"] == "bold") for part in lines)
        row["text"] = "\n".join(lines)
        drop = 0
        if right + 3 + wide <= theme.WIDTH - 10:
            row |= {"tx": right + 3, "align": "left"}
            item = Item(left, right + 3 + wide, 4 * len(lines) + 1)
        elif left - 3 - wide >= _GUTTER:
            row |= {"tx": left - 3, "align": "right"}
            item = Item(left - 3 - wide, right, 4 * len(lines) + 1)
        else:
            row |= {"tx": max(_GUTTER, min(row["x"], theme.WIDTH - 10 - wide)), "align": "left"}
            item, drop = (
                Item(min(left, row["tx"]), max(right, row["tx"] + wide), 4 * len(lines) + 5),
                theme.LEADING,
            )
        row["y"] = top + theme.LEADING / 2 + shelf.put(item)
        row["ty"] = row["y"] + drop
    return shelf.height


def _fade(labelled: bool) -> float:
    return 16 if labelled else 6


def _axis(scale: TimeScale, rows: list[dict[str, Any]]) -> alt.Chart:
    at = alt.Chart(alt.Data(values=[{"at": row["at"]} for row in rows[:1]]))
    return at.mark_rule(opacity=0).encode(x=scale.x("at"))


def _marks(rows: list[dict[str, Any]], labelled: bool) -> list[alt.Chart]:
    layers, half = [], 4 if labelled else 2.5
    for fill in dict.fromkeys(row["fill"] for row in rows):
        mine = [row for row in rows if row["fill"] == fill]
        fading = [row for row in mine if row["faded"]]
        for side, stops in (("x", (0, 1)), ("x2", (1, 0))):
            outward = _fade(labelled) * (-1 if side == "x" else 1)
            parts = [_bar({**row, "x": row[side], "x2": row[side] + outward}, half) for row in fading]
            shade = alt.Gradient(
                gradient="linear",
                x1=0,
                x2=1,
                y1=0,
                y2=0,
                stops=[
                    alt.GradientStop(color=c, offset=o)
                    for o, c in zip((0, 1), _ends(fill, stops), strict=True)
                ],
            )
            layers += [box(parts, color=shade)] if parts else []
        solid = [_bar(row, half) for row in mine if row["lasted"]]
        hollow = [_bar(row, half) for row in mine if row["within"]]
        points = [{**row, "x": (row["x"] + row["x2"]) / 2} for row in mine if row["day"]]
        layers += [box(solid, _TIPS, color=fill)] if solid else []
        layers += [box(hollow, _TIPS, fill=theme.PAPER, stroke=fill, strokeWidth=1.4)] if hollow else []
        layers += [dot(points, _TIPS, color=fill, size=60 if labelled else 24)] if points else []
    for row_align in ("left", "right") if labelled else ():
        for weight in ("normal", "bold"):
            mine = [
                {"x": r["tx"], "y": r["ty"], "text": r["text"], **{tip: r[tip] for tip in _TIPS}}
                for r in rows
                if r["align"] == row_align and r["weight"] == weight
            ]
            layers += [text(mine, _TIPS, align=row_align, fontWeight=weight)] if mine else []
    return layers


def _bar(row: dict[str, Any], half: float) -> dict[str, Any]:
    left, right = sorted((row["x"], row["x2"]))
    return {
        "x": left,
        "x2": right,
        "y": row["y"] - half,
        "y2": row["y"] + half,
        **{tip: row[tip] for tip in _TIPS},
    }


def _ends(fill: str, stops: tuple[int, int]) -> list[str]:
    return [fill if stop else theme.PAPER for stop in stops]
