"""A monthly series with its gaps: where no figure was found, no line is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, days, name_of, need, readable
from kit.charts.layout import Item, Shelf, box, line, spread, text
from kit.charts.scales import TimeScale, ValueScale, amount, ms, scale_for, scale_over
from kit.charts.text import clean, width, wrap

Row = dict[str, Any]
COLUMNS = ("entity", "value", "unit", "period", "period_earliest", "period_latest", "qualifier")
#: How each kind of figure is marked, and in what order one is taken for the line where a period has several.
MARKS = {
    "self-reported": ("circle", True, "filled circle: the company's own figure"),
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
#: What the table under a chart of figures shows.
SHOWN = (
    "metric",
    "entity",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "qualifier",
    "interest",
    "confidence",
    "basis",
)
GUTTER, LABELS = 52, 128


def figures(
    metrics: pd.DataFrame, chart: str, names: Names | None, order: Sequence[str], by: str = "entity"
) -> list[Row]:
    """The rows of metrics as points, by period; ``by`` tells series apart.

    A missing value is left out here and stays in the frame. Values in more than one unit raise `NotDrawn`:
    two units on one scale would compare what cannot be compared.
    """
    frame = need(metrics, [*COLUMNS, by], chart, most=2_000)
    units = sorted(frame["unit"].unique())
    if len(units) > 1:
        raise NotDrawn(
            chart, f"values in {len(units)} units ({', '.join(units[:4])})", "filter the metrics to one unit"
        )
    frame = need(frame[frame["value"].notna()], list(COLUMNS), chart)
    frame = frame.assign(**days(frame, "period", chart))
    inks = theme.colours(list(frame[by].unique()), tuple(order))
    rows = []
    for row in frame.sort_values(["start", "end"], kind="stable").to_dict("records"):
        at, first, last = ms([row["start"] + (row["end"] - row["start"]) / 2, row["start"], row["end"]])
        low, high = row.get("low"), row.get("high")
        rows.append(
            {
                "series": row[by],
                "name": name_of(row[by], names),
                "fill": inks[row[by]],
                "at": at,
                "first": first,
                "last": last,
                "month": (row["start"].year * 12 + row["start"].month),
                "value": float(row["value"]),
                "low": float(low) if low == low and low is not None else float(row["value"]),
                "high": float(high) if high == high and high is not None else float(row["value"]),
                "qualifier": row["qualifier"],
                "shown": amount(row["value"], row["unit"]),
                "unit": row["unit"],
                "when": clean(row["period"]),
                "kind": clean(row["qualifier"])
                + (", sources unread" if row.get("confidence") == "unread" else ""),
                "interest": clean(row.get("interest", "")),
                "basis": clean(row.get("basis", "")),
            }
        )
    return rows


def on_line(rows: Iterable[Row]) -> list[Row]:
    """The rows that a line runs through: one a period, the company's own figure first; no estimates."""
    ranks = list(MARKS)
    chosen: dict[tuple[Any, int], Row] = {}
    for row in rows:
        if row["qualifier"] in _OFF_LINE:
            continue
        place = (row["series"], row["at"])
        if place not in chosen or ranks.index(row["qualifier"]) < ranks.index(chosen[place]["qualifier"]):
            chosen[place] = row
    return list(chosen.values())


def lines(rows: Sequence[Row], time: TimeScale, scale: ValueScale, **mark: Any) -> list[alt.Chart]:
    """A line through the rows of each ``segment``, in the colour of its series."""
    if not rows:
        return []
    chart = alt.Chart(alt.Data(values=[{k: r[k] for k in ("at", "value", "fill", "segment")} for r in rows]))
    return [
        chart.mark_line(strokeWidth=2, **mark).encode(
            x=time.x("at"), y=scale.y("value"), color=alt.Color("fill:N", scale=None), detail="segment:N"
        )
    ]


def points(rows: Sequence[Row], time: TimeScale, scale: ValueScale) -> list[alt.Chart]:
    """Each row as the mark of its kind; a range as a line up and down, a long period as a line across."""
    layers: list[alt.Chart] = []
    tips = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TIPS.items()]
    ink = alt.Color("fill:N", scale=None)
    for ink_of, mine in _by_fill(rows).items():
        across, ranges = [], []
        for row in mine:
            x, y = _moment(time, row["at"]), scale.px(row["value"])
            across.append(
                {"x": _moment(time, row["first"]), "x2": _moment(time, row["last"]), "y": y, "y2": y}
            )
            if row["low"] != row["high"]:
                ranges.append({"x": x, "x2": x, "y": scale.px(row["low"]), "y2": scale.px(row["high"])})
        layers.append(line(across, color=ink_of, opacity=0.45))
        layers += [line(ranges, color=ink_of, strokeWidth=1.5, opacity=0.6)] if ranges else []
    for qualifier, (shape, filled, _) in MARKS.items():
        mine = [row for row in rows if row["qualifier"] == qualifier]
        if not mine:
            continue
        look: dict[str, Any] = {"shape": shape, "size": 55, "opacity": 1, "strokeWidth": 1.6}
        look |= {"filled": True} if filled else {"filled": False, "fill": theme.PAPER}
        layers.append(
            alt.Chart(alt.Data(values=mine))
            .mark_point(**look)
            .encode(x=time.x("at"), y=scale.y("value"), color=ink, tooltip=tips)
        )
    return layers


def end_labels(
    rows: Sequence[Row], time: TimeScale, scale: ValueScale, left: float
) -> list[alt.LayerChart | alt.Chart]:
    """The name and last figure of each series, right of the plot, kept apart and led to its point."""
    last = {row["series"]: row for row in rows}
    wrapped = {
        s: wrap(f"{r['name']} {r['shown']}", LABELS - 16, theme.SIZE, bold=True) for s, r in last.items()
    }
    most = max(map(len, wrapped.values()))
    places = spread(
        [scale.px(r["value"]) - (len(wrapped[s]) - 1) * theme.LEADING / 2 for s, r in last.items()],
        theme.LEADING * most + 1,
        scale.top,
        scale.bottom - 4,
    )
    layers: list[alt.LayerChart | alt.Chart] = []
    for (series, row), y in zip(last.items(), places, strict=True):
        start = _moment(time, row["at"]) + 6
        middle = y + (len(wrapped[series]) - 1) * theme.LEADING / 2
        leader = [{"x": start, "x2": left + 10, "y": scale.px(row["value"]), "y2": middle}]
        layers.append(line(leader, color=row["fill"], strokeWidth=1, strokeDash=[1, 3]))
        label = [{"x": left + 13, "y": y, "text": "\n".join(wrapped[series])}]
        layers.append(text(label, color=row["fill"], fontWeight="bold"))
    return layers


def value_axis(scale: ValueScale, unit: str, left: float, right: float) -> list[alt.Chart]:
    """Pale lines across at round values, with the values at their left."""
    ticks = [(scale.px(tick), amount(tick, unit)) for tick in scale.ticks()]
    across = [{"x": left, "x2": right, "y": y, "y2": y} for y, _ in ticks]
    return [
        line(across, color=theme.PALE),
        text(
            [{"x": left - 6, "y": y, "text": label} for y, label in ticks], align="right", color=theme.MUTED
        ),
    ]


def key(rows: Sequence[Row]) -> str:
    """How to read the marks that occur among the rows.

    >>> key([{"qualifier": "survey"}])
    'Filled square: from a survey.'
    """
    found = [MARKS[q][2] for q in MARKS if any(row["qualifier"] == q for row in rows)]
    sentence = "; ".join(found)
    return sentence[:1].upper() + sentence[1:] + "." if found else ""


def _by_fill(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {fill: [r for r in rows if r["fill"] == fill] for fill in dict.fromkeys(r["fill"] for r in rows)}


def _moment(time: TimeScale, at: int) -> float:
    return time.px(pd.Timestamp(at, unit="ms"))


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
