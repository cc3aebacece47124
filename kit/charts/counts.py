"""How many events carry each tag, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import need
from kit.charts.layout import box, canvas, line, text
from kit.charts.scales import TimeScale
from kit.charts.text import clean, wrap

_EVERY = {"year": "Y", "quarter": "Q", "month": "M"}
_GUTTER, _TALL, _MOST, _SHOWN = 170, 30, 40, 12


def event_counts(
    events: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    show: Sequence[str] = (),
    every: str = "year",
) -> Figure:
    """A strip of bars for each tag, one a year, quarter or month, as high as its events are many.

    The tags named in ``show``, in that order; else the twelve most frequent. An event counts where its
    whole date falls within one period; those dated less closely are counted under the chart, not spread or
    guessed. An unknown tag or period raises `NotDrawn`.

    >>> events = pd.DataFrame({"tags": [("api",)], "date_earliest": [pd.Timestamp("2025-07-29")],
    ...                        "date_latest": [pd.Timestamp("2025-07-29")]})
    >>> tags = pd.DataFrame({"id": ["api"], "label": ["API"]})
    >>> event_counts(events, tags, headline="One", source="Press", alt="One event.").data.to_dict("list")
    {'tags': ['api'], 'period': ['2025'], 'events': [1]}
    """
    if every not in _EVERY:
        raise NotDrawn("event_counts", f"every={every!r} is no period", f"use one of {', '.join(_EVERY)}")
    labels = {
        str(row["id"]): clean(row["label"])
        for row in need(tags, ["id", "label"], "event_counts").to_dict("records")
    }
    placed, loose = _placed(events, _EVERY[every])
    totals = placed["tags"].value_counts()
    chosen = list(show) or sorted(totals.index, key=lambda tag: (-totals[tag], tag))[:_SHOWN]
    strange = [tag for tag in chosen if tag not in labels]
    if strange or len(chosen) > _MOST:
        wrong = (
            f"{', '.join(strange)} not among the tags"
            if strange
            else f"{len(chosen)} tags of at most {_MOST}"
        )
        raise NotDrawn("event_counts", wrong, "choose among the ids of the table of tags")
    counts = placed[placed["tags"].isin(chosen)].groupby(["tags", "period"]).size()
    periods = pd.period_range(placed["period"].min(), placed["period"].max(), freq=_EVERY[every])
    time = TimeScale(periods[0].start_time, periods[-1].end_time.ceil("D"), _GUTTER, theme.WIDTH - 56)
    layers, bottom = _strips(chosen, labels, counts, totals, time)
    return figure(
        canvas(layers, bottom),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"One bar a {every}, all on one scale; each tag's peak is numbered. Events may have several tags."
        + (f" {loose} events are dated less closely than a {every} and are not shown." if loose else ""),
        data=counts.rename("events").reset_index().astype({"period": str}),
    )


def _placed(events: pd.DataFrame, freq: str) -> tuple[pd.DataFrame, int]:
    """A row a tag for each event whose whole date lies in one period, and how many events' do not."""
    events = need(events, ["tags", "date_earliest", "date_latest"], "event_counts")
    first, last = (events[f"date_{end}"].dt.to_period(freq) for end in ("earliest", "latest"))
    close = first.notna() & last.notna() & (first == last)
    tagged = events.assign(period=first)[close].explode("tags").dropna(subset="tags")
    return need(tagged, ["tags"], "event_counts"), int((~close).sum())


def _strips(
    chosen: list[str], labels: dict[str, str], counts: pd.Series, totals: pd.Series, time: TimeScale
) -> tuple[list[Any], float]:
    most = int(counts.max()) if len(counts) else 1
    bars, numbers, names_at, totals_at, floors, y = [], [], [], [], [], 4.0
    for tag in chosen:
        title = wrap(labels[tag], _GUTTER - 14, theme.SIZE)
        height = max(_TALL + 16, len(title) * theme.LEADING + 8)
        floor = y + height - 4
        names_at.append({"x": 0, "y": floor - 6 - (len(title) - 1) * theme.LEADING, "text": "\n".join(title)})
        totals_at.append({"x": theme.WIDTH - 44, "y": floor - 6, "text": f"{int(totals.get(tag, 0))}"})
        floors.append({"x": _GUTTER, "x2": time.right, "y": floor, "y2": floor})
        own = counts[counts.index.get_level_values("tags") == tag].droplevel("tags")
        for period, count in zip(own.index, own.tolist(), strict=True):
            left, right = time.px(period.start_time), time.px(period.end_time)
            top = floor - _TALL * count / most
            tip = f"{labels[tag]}, {period}: {count}"
            bars.append({"x": left + 0.5, "x2": right - 0.5, "y": top, "y2": floor, "said": tip})
            if count == own.max() and (right - left >= 8 or count > 1):
                numbers.append({"x": (left + right) / 2, "y": top - 6, "text": str(count)})
        y += height
    days, form = time.ticks()
    ticks = [
        {"x": time.px(day), "y": y + 14, "text": day.strftime(form.replace("%-d", "%d"))} for day in days
    ]
    layers = [
        line([{"x": t["x"], "x2": t["x"], "y": 14, "y2": y} for t in ticks], color=theme.PALE),
        *([box(bars, {"said": "Events"}, color=theme.ACCENT)] if bars else []),
        line(floors),
        text(names_at),
        text(totals_at, fontWeight="bold"),
        *([text(numbers, align="center", fontSize=9.5, color=theme.MUTED)] if numbers else []),
        text(ticks, align="center", color=theme.MUTED),
        text([{"x": theme.WIDTH - 44, "y": 4, "text": "total"}], color=theme.MUTED),
    ]
    return layers, y + 20
