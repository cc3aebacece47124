"""Figures over time: marked by who says so, joined where that is honest, with gaps, breaks and events beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt_
import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import FIGURES, Names, days, name_of, need, printed, readable
from kit.charts.layout import Box, Row, Shelf, at, box, canvas, line, spread, text
from kit.charts.look import one_line, width, wrap
from kit.charts.scales import TimeScale, ValueScale, amount, ms, scale_for, scale_over
from kit.text.wording import listed

_COLUMNS = ("entity", "value", "unit", "period", "period_earliest", "period_latest", "qualifier")
#: How each kind of figure is marked, and in what order one is taken for the line where a period has several.
_MARKS = {
    "self-reported": ("circle", True, "filled circle: self-reported"),
    "reported": ("circle", False, "open circle: reported by others"),
    "survey": ("square", True, "filled square: from a survey"),
    "computed": ("square", False, "open square: computed"),
    "estimate": ("diamond", False, "open diamond: an estimate"),
    "projection": ("triangle-up", False, "open triangle: a projection"),
}
_OFF_LINE = ("estimate", "projection")
_TIPS = {
    "name": "Of",
    "shown": "Figure",
    "when": "Period",
    "kind": "Kind",
    "interest": "Interest",
    "basis": "Basis",
}
_GUTTER, _LABELS, _PLOT, _MOST_FLAGS, _FLAG_ROOM = 56, 146, 322, 30, 170


def time_series(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    series: str = "entity",
    names: Names | None = None,
    order: Sequence[str] = (),
    ratio: bool = False,
    steps: bool = False,
    gaps: bool = False,
    breaks: Mapping[str, str] | None = None,
    events: pd.DataFrame | None = None,
    each: str = "event",
) -> Figure:
    """The figures of each ``series`` over time, a mark for each kind of figure, the last one named at the end.

    The line runs through one figure a period, its own where there is one; estimates, projections and further figures
    for the same period stand beside it, since averaging them would make a figure nobody gave. ``ratio`` lays values
    out by ratio, so that equal growth is an equal slope; otherwise the scale starts at zero. ``steps``: a value holds
    until the next one known, as a price does. ``gaps``: months are expected, no line crosses a missing one, and those
    without any figure are shaded. ``breaks`` names the months (YYYY-MM) in which the series change what they measure,
    with the words to print there; no line crosses those. ``events`` (``title`` and ``date_earliest``, ``date_latest``)
    hang over the figures as flags; those outside their span are counted under the chart; ``each`` is what the key
    calls one of them.

    Figures in two units, of a kind that has no mark, or of zero and less with ``ratio``, a break that is no month or
    lies outside the figures, more than 2,000 figures or thirty events raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": "quay", "value": [4.0, 8.0], "unit": "percent",
    ...     "period": ["2025-01", "2025-04"],
    ...     "period_earliest": pd.to_datetime(["2025-01-01", "2025-04-01"]),
    ...     "period_latest": pd.to_datetime(["2025-01-31", "2025-04-30"]), "qualifier": "reported"})
    >>> time_series(metrics, gaps=True, headline="Doubled", source="Post", alt="Two months, a gap between.")
    Figure('Doubled')
    """
    words = printed(names)
    rows = _figures(metrics, series, words, order)
    time = scale_over(
        pd.Timestamp(min(row["first"] for row in rows), unit="ms"),
        pd.Timestamp(max(row["last"] for row in rows), unit="ms"),
        _gutter(rows, ratio),
        look.WIDTH - 8 - _LABELS,
    )
    flags, top, left_out = _flags(events, time) if events is not None else ([], 0.0, 0)
    changes, top = _breaks(breaks or {}, time, top)
    bottom = top + _PLOT
    scale = _scale(rows, top + 8, bottom - 4, ratio)
    followed = _segments(_on_line(rows), breaks or {}, gaps)
    shade, bare = _gaps(rows, time, top + 8, bottom) if gaps else ([], False)
    layers = [
        *shade,
        *_value_axis(scale, rows[0]["unit"], time),
        *_flag_marks(flags, top + 8, bottom),
        *line([{**c, "x2": c["x"], "y2": bottom - 4} for c in changes], color=look.INK, strokeDash=[3, 3]),
        *text([{**change, "x": change["tx"]} for change in changes]),
        *_lines(followed, time, scale, "step-after" if steps else "linear"),
        *_points(rows, time, scale),
        *_end_labels(followed or rows, time, scale),
    ]
    shown = readable(metrics, FIGURES if series in FIGURES else (series, *FIGURES))
    shown = shown.assign(**{series: [name_of(value, words) for value in metrics[series]]})
    if events is not None:
        shown = pd.concat([readable(events, ("title", "date")), shown], ignore_index=True)
    return figure(
        canvas(layers, bottom),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=" ".join(
            (
                _key(rows),
                *(["A line ends at the last value seen."] if steps else []),
                *(["A line breaks where a month is missing."] if gaps else []),
                *(["Shaded: no figure was found."] if bare else []),
                *_key_to_flags(flags, one_line(each), left_out),
                *(["Equal steps up are equal ratios."] if ratio else []),
            )
        ),
        data=shown,
    )


def _figures(metrics: pd.DataFrame, series: str, names: Mapping[str, str], order: Sequence[str]) -> list[Row]:
    """The rows of metrics as points, by period; a missing value is left out here and stays in the frame."""
    chart = "time_series"
    frame = need(metrics, [*_COLUMNS, series], chart, most=2_000)
    units = sorted(frame["unit"].unique())
    if len(units) > 1:
        raise NotDrawn(
            chart, f"values in {len(units)} units ({listed(units[:4])})", "filter the metrics to one unit"
        )
    if strange := sorted(set(frame["qualifier"]) - set(_MARKS)):
        remedy = f"use one of {listed(list(_MARKS), 'or')}"
        raise NotDrawn(chart, f"a kind of figure that has no mark: {one_line(strange[0])!r}", remedy)
    frame = need(frame[frame["value"].notna()], list(_COLUMNS), chart)
    frame = frame.assign(**days(frame, "period", chart))
    inks = look.colours(list(frame[series].unique()), order)
    rows = []
    for row in frame.sort_values(["start", "end"], kind="stable").to_dict("records"):
        middle, first, last = ms([row["start"] + (row["end"] - row["start"]) / 2, row["start"], row["end"]])
        value = float(row["value"])
        low, high = (value if pd.isna(row.get(end)) else float(row[end]) for end in ("low", "high"))
        unread = ", sources unread" if row.get("confidence") == "unread" else ""
        rows.append(
            {
                "series": row[series],
                "name": name_of(row[series], names),
                "ink": inks[row[series]],
                "at": middle,
                "first": first,
                "last": last,
                "month": row["start"].year * 12 + row["start"].month,
                "value": value,
                "low": low,
                "high": high,
                "qualifier": row["qualifier"],
                "shown": amount(value, row["unit"]),
                "unit": row["unit"],
                "when": one_line(row["period"]),
                "kind": name_of(row["qualifier"], {}) + unread,
                "interest": one_line(row.get("interest", "")),
                "basis": one_line(row.get("basis", "")),
            }
        )
    return rows


def _scale(rows: list[Row], top: float, bottom: float, ratio: bool) -> ValueScale:
    ends = [value for row in rows for value in (row["value"], row["low"], row["high"])]
    if ratio and min(ends) <= 0:
        wrong = f"a figure of {min(ends):g} has no place on a scale of ratios"
        raise NotDrawn("time_series", wrong, "filter it out and say so")
    return scale_for(ends, bottom, top, log=ratio)


def _on_line(rows: Iterable[Row]) -> list[Row]:
    """The rows that a line runs through: one a period, its own figure first; no estimates."""
    ranks = list(_MARKS)
    chosen: dict[tuple[Any, int], Row] = {}
    for row in rows:
        if row["qualifier"] in _OFF_LINE:
            continue
        place = (row["series"], row["at"])
        if place not in chosen or ranks.index(row["qualifier"]) < ranks.index(chosen[place]["qualifier"]):
            chosen[place] = row
    return list(chosen.values())


def _segments(rows: list[Row], breaks: Iterable[str], gaps: bool) -> list[Row]:
    """The rows with the ``segment`` of their line: another one behind a missing month, and behind a break."""
    marked = [month.year * 12 + month.month for month in map(_month, breaks)]
    before: dict[object, Row] = {}
    found = []
    for row in rows:
        last = before.get(row["series"])
        joined = last is not None and (not gaps or row["month"] - last["month"] <= 1)
        crosses = last is not None and any(last["month"] < month <= row["month"] for month in marked)
        segment = last["segment"] if last and joined and not crosses else f"{row['series']} {row['when']}"
        before[row["series"]] = {**row, "segment": segment}
        found.append(before[row["series"]])
    return found


def _lines(rows: list[Row], time: TimeScale, scale: ValueScale, shape: Any) -> list[alt_.Chart]:
    """A line through the rows of each segment, in the colour of its series."""
    if not rows:
        return []
    chart = alt_.Chart(alt_.Data(values=[{k: r[k] for k in ("at", "value", "ink", "segment")} for r in rows]))
    return [
        chart.mark_line(strokeWidth=2, interpolate=shape).encode(
            x=time.x("at"),
            y=scale.y("value"),
            color=alt_.Color("ink:N", scale=None),
            detail="segment:N",
        )
    ]


def _points(rows: list[Row], time: TimeScale, scale: ValueScale) -> list[alt_.Chart]:
    """Each row as the mark of its kind; a range as a line up and down, a long period as a line across."""
    spans = [
        {
            "value": row["value"],
            "ink": row["ink"],
            "x": _left(time, row["first"]),
            "x2": _left(time, row["last"]),
        }
        for row in rows
    ]
    place = {"x": time.x("at"), "y": scale.y("value"), "color": alt_.Color("ink:N", scale=None)}
    across = {**place, "x": at("x"), "x2": alt_.X2("x2:Q")}
    layers = [alt_.Chart(alt_.Data(values=spans)).mark_rule(opacity=0.45).encode(**across)]
    if ranges := [row for row in rows if row["low"] != row["high"]]:
        upright = {**place, "y": scale.y("low"), "y2": alt_.Y2("high:Q")}
        bars = alt_.Chart(alt_.Data(values=ranges))
        layers.append(bars.mark_rule(strokeWidth=1.5, opacity=0.6).encode(**upright))
    tips = [alt_.Tooltip(f"{field}:N", title=title) for field, title in _TIPS.items()]
    for qualifier, (shape, filled, _) in _MARKS.items():
        if mine := [row for row in rows if row["qualifier"] == qualifier]:
            mark: dict[str, Any] = {"shape": shape, "size": 55, "opacity": 1, "strokeWidth": 1.6}
            mark |= {"filled": True} if filled else {"filled": False, "fill": look.PAPER}
            points = alt_.Chart(alt_.Data(values=mine))
            layers.append(points.mark_point(**mark).encode(tooltip=tips, **place))
    return layers


def _left(time: TimeScale, moment: int) -> float:
    return time.px(pd.Timestamp(moment, unit="ms"))


def _end_labels(rows: list[Row], time: TimeScale, scale: ValueScale) -> list[alt_.Chart]:
    """The name and last figure of each series, right of the plot, kept apart and led to its point."""
    last = {row["series"]: row for row in rows}
    lines = [wrap(f"{r['name']} {r['shown']}", _LABELS - 16, look.SIZE, bold=True) for r in last.values()]
    drops = [(len(each) - 1) * look.LEADING / 2 for each in lines]
    wanted = [scale.px(row["value"]) - drop for row, drop in zip(last.values(), drops, strict=True)]
    room = look.LEADING * max(map(len, lines)) + 1
    places = spread(wanted, room, scale.top, scale.bottom - 4)
    leaders, labels = [], []
    for row, each, y, drop in zip(last.values(), lines, places, drops, strict=True):
        start, ink = _left(time, row["at"]) + 6, row["ink"]
        leaders.append(
            {"x": start, "x2": time.right + 10, "y": scale.px(row["value"]), "y2": y + drop, "ink": ink}
        )
        labels.append({"x": time.right + 13, "y": y, "text": "\n".join(each), "ink": ink})
    return [*line(leaders, strokeDash=[1, 3]), *text(labels, fontWeight="bold")]


def _gutter(rows: list[Row], ratio: bool) -> float:
    """How far from the left the figures begin, so that the words of the round values have room."""
    ticks = _scale(rows, 0, 1, ratio).ticks()
    return max(_GUTTER, *(width(amount(tick, rows[0]["unit"]), look.SIZE) + 10 for tick in ticks))


def _value_axis(scale: ValueScale, unit: str, time: TimeScale) -> list[alt_.Chart]:
    """Pale lines across at round values, with the values at their left."""
    ticks = [
        {"value": tick, "x": time.left, "x2": time.right, "left": time.left - 6} for tick in scale.ticks()
    ]
    chart = alt_.Chart(alt_.Data(values=[{**tick, "text": amount(tick["value"], unit)} for tick in ticks]))
    return [
        chart.mark_rule(color=look.PALE).encode(x=at("x"), x2="x2:Q", y=scale.y("value")),
        chart.mark_text(align="right", baseline="middle", color=look.MUTED).encode(
            x=at("x", "left"), y=scale.y("value"), text="text:N"
        ),
    ]


def _key(rows: list[Row]) -> str:
    """How to read the marks that occur among the rows.

    >>> _key([{"qualifier": "survey"}])
    'Filled square: from a survey.'
    """
    found = [words for kind, (_, _, words) in _MARKS.items() if any(row["qualifier"] == kind for row in rows)]
    sentence = "; ".join(found)
    return sentence[:1].upper() + sentence[1:] + "." if found else ""


def _gaps(rows: list[Row], time: TimeScale, top: float, bottom: float) -> tuple[list[alt_.Chart], bool]:
    """Shades over the months for which no series has a figure, and whether there are any."""
    bands, words = [], []
    for month, after in pairwise(sorted({row["month"] for row in rows})):
        if after - month <= 1:
            continue
        left, right = (time.px(pd.Timestamp(m // 12, m % 12 + 1, 1)) for m in (month, after - 1))
        bands.append({"x": left, "x2": right, "y": top, "y2": bottom - 4})
        lines = wrap("no figure", right - left, look.SMALL)
        if len(lines) <= 2:
            y = bottom - look.LEADING * len(lines) - 2
            words.append({"x": (left + right) / 2, "y": y, "text": "\n".join(lines)})
    layers = box(bands, color=look.PALE)
    return [*layers, *text(words, align="center", fontSize=look.SMALL, color=look.MUTED)], bool(bands)


def _breaks(breaks: Mapping[str, str], time: TimeScale, top: float) -> tuple[list[Row], float]:
    """The months in which a series changes what it measures, with their words on a shelf, and where that ends."""
    shelf, found = Shelf(look.LEADING, gap=8), []
    for month, said in sorted((_month(month), said) for month, said in breaks.items()):
        if not time.first <= month.start_time <= time.last:
            wrong = f"the break in {month} lies outside the figures"
            raise NotDrawn("time_series", wrong, "leave it out of breaks=")
        x = time.px(month.start_time)
        lines = wrap(said, _FLAG_ROOM, look.SIZE, most=3)
        wide = max(width(part, look.SIZE) for part in lines)
        left = min(x + 4, look.WIDTH - 10 - wide)
        y = top + shelf.put(Box(left, left + wide, len(lines)))
        found.append({"x": x, "y": y + 7, "tx": left, "text": "\n".join(lines)})
    return found, top + shelf.height + (4 if found else 0)


def _month(text: str) -> pd.Period:
    try:
        return pd.Period(text, "M")
    except ValueError:
        wrong = f"a break in {one_line(text)!r}, which is no month"
        raise NotDrawn("time_series", wrong, "write it as YYYY-MM") from None


def _flags(events: pd.DataFrame, time: TimeScale) -> tuple[list[Row], float, int]:
    """Flags on poles, how high they stand, and how many events lie outside the figures.

    Seen from the right, each hangs above those that its words would cross.
    """
    columns = ["title", "date_earliest", "date_latest"]
    hung = need(events, columns, "time_series", _MOST_FLAGS)
    hung = hung.assign(**days(hung, "date", "time_series"))
    inside = hung[(hung["end"] >= time.first) & (hung["start"] <= time.last)]
    flags: list[Row] = []
    for event in reversed(inside.sort_values(["start", "end", "title"], kind="stable").to_dict("records")):
        x, x2 = (min(max(time.px(event[end]), time.left), time.right) for end in ("start", "end"))
        lines = wrap(event["title"], min(_FLAG_ROOM, look.WIDTH - 14 - x), look.SIZE, most=5)
        end = x + 14 + max(width(part, look.SIZE) for part in lines)
        below = max((flag["up"] for flag in flags if flag["x"] < end), default=0)
        up = below + len(lines) * look.LEADING + 5
        flags.append({"x": x, "x2": x2, "tx": x + 4, "up": up, "text": "\n".join(lines)})
    height = max((flag["up"] for flag in flags), default=0)
    placed = [{**flag, "y": height - flag["up"] + 7} for flag in flags]
    return placed, height + 4, len(hung) - len(inside)


def _flag_marks(flags: list[Row], top: float, bottom: float) -> list[alt_.Chart]:
    periods = [{**flag, "y": top, "y2": bottom - 4} for flag in flags if flag["x2"] > flag["x"] + 2]
    poles = [{**flag, "x2": flag["x"], "y": flag["y"] - 6, "y2": bottom - 4} for flag in flags]
    words = [{**flag, "x": flag["tx"]} for flag in flags]
    return [*box(periods, color=look.INK, opacity=0.1), *line(poles, color=look.MUTED), *text(words)]


def _key_to_flags(flags: list[Row], each: str, left_out: int) -> list[str]:
    found = []
    if flags:
        found = [f"Upright line: one {each} begins; shaded, where only a longer period is known."]
    if left_out:
        found.append(f"Outside the span of the figures, and not shown: {left_out}.")
    return found
