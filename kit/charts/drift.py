"""The day that each page gives for one event, on a calendar that shows which weekday it was."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from kit.charts import theme
from kit.charts.frames import MOST_LINES, need
from kit.charts.house import Figure, NotDrawn, figure
from kit.charts.pixels import box, canvas, dot, line, text
from kit.charts.timescale import TimeScale
from kit.charts.words import clean, joined, wrap
from kit.errors import BadDate
from kit.tables.dates import DateSpan, parse_date

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GIVEN = re.compile(rf"(?:({'|'.join(_WEEKDAYS)})[, ]+)?(\S*\d\S*)")
_LEFT, _RIGHT, _TEXT, _DAY = 152, 420, 436, 19


def date_drift(
    evidence: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    ours: str = "",
) -> Figure:
    """A row for each date given in ``says``, with the pages that give it; ``ours`` is the date this case holds, in EDTF.

    ``says`` may be a date in EDTF, one with its weekday ("Tuesday, 2025-08-01", which is checked against the calendar),
    or words alone ("this week"), which are listed and not placed. A page whose source is not among the sources raises
    `NotDrawn`, and so does evidence that says nothing.

    >>> evidence = pd.DataFrame({"source": ["a"], "says": ["Tuesday, 2025-08-01"]})
    >>> sources = pd.DataFrame({"id": ["a"], "publisher": ["Post"]})
    >>> date_drift(evidence, sources, headline="A Friday", source="Pages", alt="One page.").data["calendar"].tolist()
    ['2025-08-01 was a Friday']
    """
    pages = need(evidence, ["source", "says"], "date_drift")
    pages = need(pages[pages["says"].str.strip() != ""], ["source", "says"], "date_drift")
    publishers = need(sources, ["id", "publisher"], "date_drift").set_index("id")["publisher"]
    absent = sorted(set(pages["source"]) - set(publishers.index))
    if absent:
        raise NotDrawn("date_drift", f"no source {absent[0]!r} among the sources", "pass all of case.sources")
    pages = pages.assign(publisher=pages["source"].map(publishers)).drop_duplicates(["source", "says"])
    given = [_given(says, group) for says, group in pages.groupby("says")]
    given.sort(key=lambda g: (g["span"] is None, g["span"] and (g["span"].earliest, g["span"].latest), -g["count"], g["says"]))
    need(pd.DataFrame(given), ["says"], "date_drift", MOST_LINES)
    time = _calendar([g["span"] for g in given if g["span"]])
    own = _span(ours)
    layers, bottom = _rows(given, time, own)
    return figure(
        canvas([*_days(time, own, bottom), *layers], bottom),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="Dot: one day. Bar: a longer period; an arrow where it runs off the calendar. Grey words: no date given."
        + (f" Shaded: {clean(ours)}, the date we hold." if own else ""),
        data=pd.DataFrame([{k: g[k] for k in ("says", "calendar", "count", "pages")} for g in given]),
    )


def _given(says: str, group: pd.DataFrame) -> dict[str, Any]:
    publishers = sorted({clean(name) for name in group["publisher"]}, key=str.lower)
    found = _GIVEN.fullmatch(clean(says))
    span, calendar = _span(found[2]) if found else None, ""
    if found and found[1] and span and span.earliest and span.earliest == span.latest:
        real = _WEEKDAYS[span.earliest.weekday()]
        calendar = "" if real == found[1] else f"{span.earliest} was a {real}"
    return {
        "says": clean(says),
        "span": span if span and span.earliest and span.latest else None,
        "calendar": calendar,
        "count": len(group),
        "pages": joined(publishers),
    }


def _span(says: str) -> DateSpan | None:
    try:
        return parse_date(says) if says else None
    except BadDate:
        return None


def _calendar(spans: list[DateSpan]) -> TimeScale:
    days = [span for span in spans if span.earliest == span.latest] or spans
    if not days:
        days = [parse_date("2000-01-01")]
    first = pd.Timestamp(min(span.earliest for span in days)) - pd.Timedelta(days=2)
    last = pd.Timestamp(max(span.latest for span in days)) + pd.Timedelta(days=3)
    return TimeScale(first, last, _LEFT, _RIGHT)


def _days(time: TimeScale, own: DateSpan | None, bottom: float) -> list[Any]:
    """Day numbers under their weekdays; weekends and our own date shaded."""
    every = max(1, -(-(time.last - time.first).days * _DAY // int(_RIGHT - _LEFT)))
    shades, ticks, months, rules = [], [], [], []
    for i, day in enumerate(pd.date_range(time.first, time.last - pd.Timedelta(days=1))):
        left, right = time.px(day), time.px(day + pd.Timedelta(days=1))
        if own and own.earliest and own.latest and own.earliest <= day.date() <= own.latest:
            shades.append({"x": left, "x2": right, "y": 16, "y2": bottom})
        rules.append({"x": left, "x2": left, "y": 16, "y2": bottom})
        if i % every == 0:
            weekday = f"{_WEEKDAYS[day.weekday()][:2]}\n" if every == 1 else ""
            ticks.append({"x": (left + right) / 2, "y": 24, "text": f"{weekday}{day.day}"})
        if i == 0 or day.day == 1:
            months.append({"x": left, "y": 8, "text": f"{day:%B %Y}", "day": i})
    if len(months) > 1 and months[1]["x"] - months[0]["x"] < 90:
        months = months[1:]
    layers = [box(shades, color="#e3e6ea")] if shades else []
    layers += [line(rules, color=theme.PALE)] if every == 1 else []
    return [*layers, text(ticks, align="center", color=theme.MUTED, fontSize=10), text(months, color=theme.MUTED)]


def _rows(given: list[dict[str, Any]], time: TimeScale, own: DateSpan | None) -> tuple[list[Any], float]:
    y, words, grey, wrong, said, rules, dots, bars, arrows = 50.0, [], [], [], [], [], [], [], []
    for row in given:
        lines = wrap(row["says"], _LEFT - 14, theme.SIZE, bold=True)
        notes = wrap(row["calendar"], _LEFT - 14, 10) if row["calendar"] else []
        pages = wrap(f"{row['count']} pages: {row['pages']}" if row["count"] > 1 else row["pages"], theme.WIDTH - 10 - _TEXT, theme.SIZE)
        height = max(len(lines) + len(notes), len(pages)) * theme.LEADING + 10
        middle = y + 12
        rules.append({"x": 0, "x2": theme.WIDTH - 8, "y": y, "y2": y})
        (words if row["span"] else grey).append({"x": 0, "y": middle, "text": "\n".join(lines)})
        if notes:
            wrong.append({"x": 0, "y": middle + len(lines) * theme.LEADING, "text": "\n".join(notes)})
        said.append({"x": _TEXT, "y": middle, "text": "\n".join(pages)})
        if row["span"]:
            _mark(row, time, middle, dots, bars, arrows)
        y += height
    layers: list[Any] = [line(rules), text(said)]
    layers += [text(words, fontWeight="bold")] if words else []
    layers += [text(grey, fontWeight="bold", color=theme.MUTED)] if grey else []
    layers += [text(wrong, fontSize=10, color=theme.ALERT)] if wrong else []
    tips = {"says": "Given as", "pages": "By"}
    layers += [box(bars, tips, fill=theme.PAPER, stroke=theme.ACCENT, strokeWidth=1.4)] if bars else []
    layers += [dot(dots, tips)] if dots else []
    layers += [text(arrows, align="center", color=theme.ACCENT, fontWeight="bold", fontSize=13)] if arrows else []
    return layers, y


def _mark(row: dict[str, Any], time: TimeScale, y: float, dots: list, bars: list, arrows: list) -> None:
    first = pd.Timestamp(row["span"].earliest)
    last = pd.Timestamp(row["span"].latest) + pd.Timedelta(days=1)
    tips = {"says": row["says"], "pages": row["pages"]}
    if row["span"].earliest == row["span"].latest:
        ink = theme.ALERT if row["calendar"] else theme.ACCENT
        dots.append({"x": (time.px(first) + time.px(last)) / 2, "y": y, "fill": ink, **tips})
        return
    left, right = max(time.px(first), _LEFT + 12), min(time.px(last), _RIGHT - 12)
    if left < right:
        bars.append({"x": left, "x2": right, "y": y - 4, "y2": y + 4, **tips})
    arrows += [{"x": _LEFT + 5, "y": y, "text": "‹"}] if first < time.first else []
    arrows += [{"x": _RIGHT - 5, "y": y, "text": "›"}] if last > time.last else []
