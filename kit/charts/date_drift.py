"""The day that each page gives for one event, on a calendar that shows which weekday it was."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import MOST_LINES, need
from kit.charts.layout import Row, box, canvas, dot, line, text
from kit.charts.look import one_line, width, wrap
from kit.charts.scales import TimeScale
from kit.errors import BadDate
from kit.text.dates import WEEKDAYS
from kit.text.edtf import parse_date
from kit.text.wording import listed, plural

_GIVEN = re.compile(rf"(?:({'|'.join(WEEKDAYS)})[, ]+)?(\S*\d\S*)")
Span = tuple[pd.Timestamp, pd.Timestamp]
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
    """A row for each date given in ``says``, with the pages that give it; ``ours`` is the date we hold.

    ``says`` may be a date in EDTF, one with its weekday ("Tuesday, 2025-08-01", which is checked against
    the calendar), or words alone ("this week"), which are listed and not placed. A page whose source is not
    among the sources raises `NotDrawn`, and so does evidence that says nothing.

    >>> evidence = pd.DataFrame({"source": ["a"], "says": ["Tuesday, 2025-08-01"]})
    >>> sources = pd.DataFrame({"id": ["a"], "publisher": ["Post"]})
    >>> drift = date_drift(evidence, sources, headline="A Friday", source="Pages", alt="One page.")
    >>> drift.data["calendar"].tolist()
    ['2025-08-01 was a Friday']
    """
    pages = need(evidence, ["source", "says"], "date_drift")
    pages = need(pages[pages["says"].str.strip() != ""], ["source", "says"], "date_drift")
    publishers = need(sources, ["id", "publisher"], "date_drift").set_index("id")["publisher"]
    absent = sorted(set(pages["source"]) - set(publishers.index))
    if absent:
        raise NotDrawn("date_drift", f"no source {absent[0]!r} among the sources", "pass all of case.sources")
    pages = pages.assign(publisher=pages["source"].map(publishers)).drop_duplicates(["source", "says"])
    given = [_given(str(says), group) for says, group in pages.groupby("says")]
    given.sort(key=lambda row: (row["span"] or (pd.Timestamp.max,), -row["count"], row["says"]))
    need(pd.DataFrame(given), ["says"], "date_drift", MOST_LINES)
    own = _span(ours)
    time = _calendar([row["span"] for row in given if row["span"]], own)
    layers, bottom = _rows(given, time)
    return figure(
        canvas([*(_days(time, own, bottom) if time else []), *layers], bottom),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="One row a date as it is given. Dot: a day. Bar: a longer period, with an arrow where it runs on. Grey "
        "words: no date given." + (f" Shaded: {one_line(ours)}, the date we hold." if own else ""),
        data=pd.DataFrame([{k: g[k] for k in ("says", "calendar", "count", "pages")} for g in given]),
    )


def _given(says: str, group: pd.DataFrame) -> dict[str, Any]:
    publishers = sorted({one_line(name) for name in group["publisher"]}, key=str.lower)
    found = _GIVEN.fullmatch(one_line(says))
    span, calendar = _span(found[2]) if found else None, ""
    if found and found[1] and span and span[0] == span[1]:
        real = WEEKDAYS[span[0].weekday()]
        calendar = "" if real == found[1] else f"{span[0]:%Y-%m-%d} was a {real}"
    return {
        "says": one_line(says),
        "span": span,
        "calendar": calendar,
        "count": len(group),
        "pages": listed(publishers),
    }


def _span(says: str) -> Span | None:
    try:
        date = parse_date(says) if says else None
    except BadDate:
        return None
    if date is None or date.earliest is None or date.latest is None:
        return None
    return pd.Timestamp(date.earliest), pd.Timestamp(date.latest)


def _calendar(spans: list[Span], own: Span | None) -> TimeScale | None:
    """The days given as days, with some air; else the longer periods; none without any date."""
    held = [*spans, own] if own else spans
    days = [span for span in held if span[0] == span[1]] or held
    if not days:
        return None
    first, last = min(span[0] for span in days), max(span[1] for span in days)
    return TimeScale(first - pd.Timedelta(days=2), last + pd.Timedelta(days=3), _LEFT, _RIGHT)


def _days(time: TimeScale, own: Span | None, bottom: float) -> list[Any]:
    """Day numbers under their weekdays, with our own date shaded."""
    every = max(1, -(-(time.last - time.first).days * _DAY // int(_RIGHT - _LEFT)))
    ticks, rules = [], []
    for day in pd.date_range(time.first, time.last - pd.Timedelta(days=1), freq=f"{every}D"):
        left, right = time.px(day), time.px(day + pd.Timedelta(days=1))
        rules.append({"x": left, "x2": left, "y": 16, "y2": bottom})
        weekday = f"{WEEKDAYS[day.weekday()][:2]}\n" if every == 1 else ""
        ticks.append({"x": (left + right) / 2, "y": 24, "text": f"{weekday}{day.day}"})
    months: list[Row] = []
    free = 0.0
    for month in sorted({time.first, *pd.date_range(time.first, time.last, freq="MS")}, reverse=True):
        x = time.px(month)
        said = f"{month:%B %Y}"
        if not months or x + width(said, look.SIZE) + 8 < free:
            free = min(x, look.WIDTH)
            months.append({"x": x, "y": 8, "text": said})
    shades = []
    if own:
        left, right = max(time.px(own[0]), _LEFT), min(time.px(own[1] + pd.Timedelta(days=1)), _RIGHT)
        shades.append({"x": left, "x2": right, "y": 16, "y2": bottom})
    return [
        *box(shades, color="#e3e6ea"),
        *(line(rules, color=look.PALE) if every == 1 else []),
        *text(ticks, align="center", color=look.MUTED, fontSize=look.SMALL),
        *text(months, color=look.MUTED),
    ]


def _rows(given: list[dict[str, Any]], time: TimeScale | None) -> tuple[list[Any], float]:
    y, wrong, said, rules = (50.0 if time else 6.0), [], [], []
    words: list[Row] = []
    grey: list[Row] = []
    dots: list[Row] = []
    bars: list[Row] = []
    arrows: list[Row] = []
    for row in given:
        lines = wrap(row["says"], _LEFT - 14, look.SIZE, bold=True)
        notes = wrap(row["calendar"], _LEFT - 14, look.SMALL) if row["calendar"] else []
        pages = wrap(
            f"{plural(row['count'], 'page')}: {row['pages']}" if row["count"] > 1 else row["pages"],
            look.WIDTH - 10 - _TEXT,
            look.SIZE,
        )
        height = max(len(lines) + len(notes), len(pages)) * look.LEADING + 10
        middle = y + 12
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y})
        (words if row["span"] else grey).append({"x": 0, "y": middle, "text": "\n".join(lines)})
        if notes:
            wrong.append({"x": 0, "y": middle + len(lines) * look.LEADING, "text": "\n".join(notes)})
        said.append({"x": _TEXT, "y": middle, "text": "\n".join(pages)})
        if row["span"] and time:
            _mark(row, time, middle, dots, bars, arrows)
        y += height
    tips = {"says": "Given as", "pages": "By"}
    layers = [
        *line(rules),
        *text(said),
        *text(words, fontWeight="bold"),
        *text(grey, fontWeight="bold", color=look.MUTED),
        *text(wrong, fontSize=look.SMALL, color=look.ALERT),
        *box(bars, tips, fill=look.PAPER, stroke=look.ACCENT, strokeWidth=1.4),
        *dot(dots, tips),
        *text(arrows, align="center", color=look.ACCENT, fontWeight="bold", fontSize=13),
    ]
    return layers, y


def _mark(
    row: dict[str, Any], time: TimeScale, y: float, dots: list[Row], bars: list[Row], arrows: list[Row]
) -> None:
    first, last = row["span"][0], row["span"][1] + pd.Timedelta(days=1)
    tips = {"says": row["says"], "pages": row["pages"]}
    if row["span"][0] == row["span"][1]:
        ink = look.ALERT if row["calendar"] else look.ACCENT
        dots.append({"x": (time.px(first) + time.px(last)) / 2, "y": y, "ink": ink, **tips})
        return
    left, right = max(time.px(first), _LEFT + 12), min(time.px(last), _RIGHT - 12)
    if left < right:
        bars.append({"x": left, "x2": right, "y": y - 4, "y2": y + 4, **tips})
    arrows += [{"x": _LEFT + 5, "y": y, "text": "‹"}] if first < time.first else []
    arrows += [{"x": _RIGHT - 5, "y": y, "text": "›"}] if last > time.last else []
