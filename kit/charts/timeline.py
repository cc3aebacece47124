"""The timeline: lanes in which a known day is a dot, a longer time a bar, and doubt shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt_
import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, figure
from kit.charts.frames import Names, days, heading, need, printed, readable
from kit.charts.layout import Box, Shelf, box, canvas, dot, line, text
from kit.charts.look import one_line, width, wrap
from kit.charts.scales import TimeScale, scale_over

_COLUMNS = ["id", "title", "date", "date_earliest", "date_latest", "date_precision", "date_doubt", "status"]
_SHOWN = ("id", "date", "title", "summary", "status", "attributed_to", "confidence")
_LABELLED, _MOST = 60, 5_000
_GUTTER, _LABEL_ROOM, _DOT = 118, 230, 5
#: A line of a label is four steps of its shelf high, and a step stays free under each label.
_STEP = look.LEADING / 4
_TIPS = {"title": "Event", "when": "Date", "status": "Standing", "who": "According to", "summary": "Summary"}
_KEY = {
    "day": "Dot: one {each}, its day known.",
    "within": "Open bar: one {each}, on a day within it.",
    "lasted": "Solid bar: one {each} that lasted so long.",
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
    order: Sequence[object] = (),
    names: Names | None = None,
    highlight: Collection[str] = (),
    each: str = "event",
    data: pd.DataFrame | None = None,
) -> Figure:
    """The events of the frame in a lane for each value of the column ``lane``, each under its own label.

    Lanes follow ``order``, then their first events; one in ``order`` is drawn even where nothing stands in it.
    ``names`` (a case, or words by id) says how lanes are printed; ``highlight`` names the ids that stand out; ``each``
    is what the key calls a mark, ``data`` another frame for the table under the chart. Up to 60 events carry their
    titles, kept clear of each other; more are marks that answer the pointer. A title is followed by the word for its
    standing where it is not confirmed or reported, and says when nobody read its sources.

    No events, or more than 5,000, raise `NotDrawn`; so does one without any date.

    >>> from kit.text.edtf import date_columns
    >>> events = pd.DataFrame({"id": ["raid"], "date": ["2021-03~"], "category": ["raid"],
    ...                        "title": ["Office raided"], "status": ["reported"]})
    >>> events = events.join(date_columns(events["date"]))
    >>> timeline(events, headline="One raid", source="Post", alt="A raid in March.")
    Figure('One raid')
    """
    events = need(events, [*_COLUMNS, lane], "timeline", _MOST)
    words = printed(names)
    chart, marks = _lanes(events, lane, order, words, highlight)
    shown = readable(events, (*_SHOWN, lane))
    shown = shown.assign(**{lane: [heading(value, words) for value in events[lane]]})
    return figure(
        chart,
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=" ".join(said.format(each=one_line(each)) for kind, said in _KEY.items() if kind in marks),
        data=shown if data is None else data,
    )


def _lanes(
    events: pd.DataFrame,
    lane: str,
    order: Sequence[object],
    words: Mapping[str, str],
    highlight: Collection[str],
) -> tuple[Any, set[str]]:
    """The events in their lanes, and which kinds of mark occur."""
    events = events.assign(**days(events, "date", "timeline", open_ended=True))
    events = events.sort_values(["start", "end", "id"], kind="stable")
    scale = scale_over(events["start"].min(), events["end"].max(), _GUTTER + 12, look.WIDTH - 36)
    rows = [_row(event, scale, event["id"] in highlight) for event in events.to_dict("records")]
    labelled = len(rows) <= _LABELLED
    bands, names_at, top = [], [], 0.0
    for value in dict.fromkeys([*order, *events[lane]]):
        inside = [row for row, its in zip(rows, events[lane], strict=True) if its == value]
        title = wrap(heading(value, words), _GUTTER - 8, look.SIZE, bold=True)
        height = max(_place(inside, top + 9, labelled), len(title) * look.LEADING) + 14
        bands.append({"x": 0, "x2": look.WIDTH - 8, "y": top, "y2": top + height})
        names_at.append({"x": 4, "y": top + 15, "text": "\n".join(title)})
        top += height
    layers = [
        *box(bands[1::2], color="#f6f7f8"),
        _axis(scale, rows),
        *line([{**band, "y": band["y2"]} for band in bands]),
        *text(names_at, fontWeight="bold"),
        *_marks(rows, labelled),
    ]
    return canvas(layers, top), {kind for kind in _KEY if any(row[kind] for row in rows)}


def _row(event: dict[Any, Any], scale: TimeScale, stressed: bool) -> dict[str, Any]:
    kind = {"day": "day", "interval": "lasted"}.get(event["date_precision"], "within")
    one_day = event["start"] == event["end"]
    x, x2 = scale.px(event["start"]), scale.px(event["end"])
    standing = [event["status"]] if event["status"] in ("alleged", "denied", "disputed") else []
    standing += ["sources unread"] if event.get("confidence") == "unread" else []
    title = one_line(event["title"])
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
        "when": one_line(event["date"]),
        "status": one_line(event["status"]),
        "who": one_line(event.get("attributed_to", "")),
        "summary": one_line(event.get("summary", "")),
        "ink": look.ALERT if stressed else look.ACCENT,
        "weight": "bold" if stressed else "normal",
    }


def _place(rows: list[dict[str, Any]], top: float, labelled: bool) -> float:
    shelf = Shelf(_STEP if labelled else 8, gap=10 if labelled else 1)
    for row in rows:
        air = _DOT + (_fade(labelled) if row["faded"] else 0)
        left, right = row["x"] - air, row["x2"] + air
        if not labelled:
            row["y"] = top + 4 + shelf.put(Box(left, right, 1))
            continue
        lines = wrap(row["label"], _LABEL_ROOM, look.SIZE, row["weight"] == "bold", most=9)
        wide = max(width(part, look.SIZE, row["weight"] == "bold") for part in lines)
        row["text"] = "\n".join(lines)
        drop = 0
        if right + 3 + wide <= look.WIDTH - 10:
            row |= {"tx": right + 3, "align": "left"}
            item = Box(left, right + 3 + wide, 4 * len(lines) + 1)
        elif left - 3 - wide >= _GUTTER:
            row |= {"tx": left - 3, "align": "right"}
            item = Box(left - 3 - wide, right, 4 * len(lines) + 1)
        else:
            row |= {"tx": max(_GUTTER, min(row["x"], look.WIDTH - 10 - wide)), "align": "left"}
            item, drop = (
                Box(min(left, row["tx"]), max(right, row["tx"] + wide), 4 * len(lines) + 5),
                look.LEADING,
            )
        row["y"] = top + look.LEADING / 2 + shelf.put(item)
        row["ty"] = row["y"] + drop
    return shelf.height


def _fade(labelled: bool) -> float:
    return 16 if labelled else 6


def _axis(scale: TimeScale, rows: list[dict[str, Any]]) -> alt_.Chart:
    at = alt_.Chart(alt_.Data(values=[{"at": row["at"]} for row in rows[:1]]))
    return at.mark_rule(opacity=0).encode(x=scale.x("at"))


def _marks(rows: list[dict[str, Any]], labelled: bool) -> list[alt_.Chart]:
    layers, half = [], 4 if labelled else 2.5
    for ink in dict.fromkeys(row["ink"] for row in rows):
        fading = [row for row in rows if row["ink"] == ink and row["faded"]]
        for side, ends in (("x", (look.PAPER, ink)), ("x2", (ink, look.PAPER))):
            outward = _fade(labelled) * (-1 if side == "x" else 1)
            parts = [_bar({**row, "x": row[side], "x2": row[side] + outward}, half) for row in fading]
            stops = [alt_.GradientStop(color=color, offset=i) for i, color in enumerate(ends)]
            shade = alt_.Gradient(gradient="linear", x1=0, x2=1, y1=0, y2=0, stops=stops)
            layers += box([{k: v for k, v in part.items() if k != "ink"} for part in parts], color=shade)
    layers += box([_bar(row, half) for row in rows if row["lasted"]], _TIPS)
    hollow = [_bar(row, half) for row in rows if row["within"]]
    layers += box(hollow, _TIPS, filled=False, fill=look.PAPER, strokeWidth=1.4)
    points = [_tipped(row) | {"x": (row["x"] + row["x2"]) / 2} for row in rows if row["day"]]
    layers += dot(points, _TIPS, size=60 if labelled else 24)
    for side in ("left", "right") if labelled else ():
        for weight in ("normal", "bold"):
            mine = [row for row in rows if (row["align"], row["weight"]) == (side, weight)]
            words = [
                _tipped(row) | {"x": row["tx"], "y": row["ty"], "text": row["text"], "ink": look.INK}
                for row in mine
            ]
            layers += text(words, _TIPS, align=side, fontWeight=weight)
    return layers


def _tipped(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("y", "ink", *_TIPS)}


def _bar(row: dict[str, Any], half: float) -> dict[str, Any]:
    left, right = sorted((row["x"], row["x2"]))
    return _tipped(row) | {"x": left, "x2": right, "y": row["y"] - half, "y2": row["y"] + half}
