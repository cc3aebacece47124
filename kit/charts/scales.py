"""Scales of values and of days, with round ticks; days in UTC, so that a chart is the same in every time zone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

_SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}
_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))


def amount(value: float, unit: str) -> str:
    """The value with its unit, at three figures, money and large numbers shortened.

    >>> amount(1_300_000_000, "usd"), amount(38, "percent"), amount(0.25, "usd"), amount(12_500, "users")
    ('$1.3bn', '38%', '$0.25', '12.5k users')
    """
    size, word = next(((s, w) for s, w in _SIZES if abs(value) >= 0.9995 * s), (1, ""))
    digits = max(0, 2 - math.floor(math.log10(abs(value / size))) if value else 0)
    number = f"{value / size:,.{digits}f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    if unit in _SIGNS and not word and number != f"{value:,.0f}":
        number = f"{value:,.2f}"
    if unit in _SIGNS:
        return f"{_SIGNS[unit]}{number}{word}"
    return f"{number}{word}%" if unit == "percent" else f"{number}{word} {unit.replace('-', ' ')}".rstrip()


@dataclass(frozen=True)
class ValueScale:
    """Values from ``low`` at pixel ``bottom`` to ``high`` at pixel ``top``, evenly or by ratio (``log``).

    Across a chart, ``bottom`` is its left end and ``top`` its right one.
    """

    low: float
    high: float
    bottom: float
    top: float
    log: bool = False

    def px(self, value: float) -> float:
        """Where the value lies.

        >>> ValueScale(1, 100, 200, 0, log=True).px(10)
        100.0
        """
        low, high, at = (math.log(v) if self.log else v for v in (self.low, self.high, value))
        return round(self.bottom + (at - low) / (high - low) * (self.top - self.bottom), 2)

    def ticks(self) -> list[float]:
        """Round values to mark: on a log scale 1, 2 and 5 times each power of ten, or fewer."""
        if not self.log:
            step = _step(self.high - self.low)
            first = math.ceil(self.low / step - 1e-9)
            return [round(i * step, 10) for i in range(first, math.floor(self.high / step + 1e-9) + 1)]
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        for factors in ((1, 2, 5), (1, 3), (1,)):
            found = [round(f * 10.0**p, 10) for p in powers for f in factors]
            found = [tick for tick in found if self.low <= tick <= self.high]
            if len(found) <= 9:
                break
        return found

    def y(self, field: str) -> alt.Y:
        """The encoding of ``field`` on this scale, upwards, without an axis: its labels are drawn as text."""
        return alt.Y(f"{field}:Q", scale=self._scale(), axis=None)

    def x(self, field: str, ticks: Mapping[float, str]) -> alt.X:
        """The encoding of ``field`` on this scale, across, with an axis on top that has words at the ``ticks``."""
        values = list(ticks)
        words = f"{json.dumps(list(ticks.values()))}[indexof({json.dumps(values)}, datum.value)]"
        axis = alt.Axis(
            values=values,
            labelExpr=words,
            orient="top",
            domain=False,
            ticks=False,
            title=None,
            labelFlush=False,
        )
        return alt.X(f"{field}:Q", scale=self._scale(), axis=axis)

    def _scale(self) -> alt.Scale:
        return alt.Scale(
            type="log" if self.log else "linear",
            domain=[self.low, self.high],
            range=[self.bottom, self.top],
            nice=False,
            zero=alt.Undefined if self.log else False,
        )


def scale_for(values: list[float], bottom: float, top: float, log: bool) -> ValueScale:
    """A scale that holds the values with some air; an even one starts at zero, since bars and shares do.

    >>> scale_for([3, 40], 100, 0, log=False).low
    0
    """
    low, high = min(values), max(values)
    if log:
        return ValueScale(low / 1.25, high * 1.25, bottom, top, log=True)
    step = _step(high or 1)
    return ValueScale(min(0, low), math.ceil((high or 1) * 1.04 / step) * step, bottom, top)


def _step(length: float) -> float:
    rough = length / 5
    power = 10 ** math.floor(math.log10(rough))
    return next(f * power for f in (1, 2, 2.5, 5, 10) if f * power >= rough)


#: Steps a reader of dates knows, with the way their ticks are written.
_STEPS = (
    ("1D", 1, "%-d %b"),
    ("2D", 2, "%-d %b"),
    ("7D", 7, "%-d %b"),
    ("14D", 14, "%-d %b"),
    ("MS", 30, "%b %Y"),
    ("2MS", 61, "%b %Y"),
    ("QS", 91, "%b %Y"),
    ("6MS", 182, "%b %Y"),
    ("YS", 365, "%Y"),
    ("2YS", 730, "%Y"),
    ("5YS", 1826, "%Y"),
    ("10YS", 3652, "%Y"),
    ("50YS", 18262, "%Y"),
    ("100YS", 36525, "%Y"),
)
_TICK_ROOM = 62


def ms(moments: Iterable[Any]) -> list[int]:
    """Each moment as milliseconds since 1970 in UTC, which every Vega-Lite reads as the same instant.

    >>> ms([pd.Timestamp("1970-01-02")])
    [86400000]
    """
    return [int(pd.Timestamp(moment).value // 1_000_000) for moment in moments]


@dataclass(frozen=True)
class TimeScale:
    """The days from ``first`` to ``last`` laid over the pixels from ``left`` to ``right``."""

    first: pd.Timestamp
    last: pd.Timestamp
    left: float
    right: float

    def px(self, moment: Any) -> float:
        """Where the moment lies.

        >>> TimeScale(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-03"), 0, 100).px("2025-01-02")
        50.0
        """
        share = (pd.Timestamp(moment) - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 2)

    def ticks(self) -> tuple[list[pd.Timestamp], str]:
        """The days to mark, far enough apart for their labels, and the format of those labels."""
        most = max(2, int((self.right - self.left) // _TICK_ROOM))
        length = (self.last - self.first).days + 1
        step, _, form = next((s for s in _STEPS if length / s[1] <= most), _STEPS[-1])
        first = self.first.normalize()
        if step.endswith("YS"):
            every = int(step[:-2] or 1)
            years = range(first.year // every * every, self.last.year + every + 1, every)
            days = [pd.Timestamp(year, 1, 1) for year in years if year > 0]
        else:
            days = list(
                pd.date_range(
                    first if step.endswith("D") else first.replace(month=1, day=1), self.last, freq=step
                )
            )
        return [day for day in days if self.first <= day <= self.last], form

    def x(
        self,
        field: str,
        title: str | None = None,
        orient: Literal["top", "bottom"] = "bottom",
        grid: bool = True,
    ) -> alt.X:
        """The encoding of the milliseconds in ``field`` on this scale, with an axis that names each year."""
        days, form = self.ticks()
        if title is None and "%Y" not in form:
            years = sorted({self.first.year, self.last.year})
            title = " to ".join(map(str, years))
        axis = alt.Axis(values=ms(days), format=form, orient=orient, grid=grid, title=title, labelFlush=False)
        scale = alt.Scale(
            type="utc", domain=ms([self.first, self.last]), range=[self.left, self.right], nice=False
        )
        return alt.X(f"{field}:T", scale=scale, axis=axis)


def scale_over(
    start: pd.Timestamp, end: pd.Timestamp, left: float, right: float, margin: float = 0.02
) -> TimeScale:
    """A scale over the days from start to end with some air; a single day gets a week on each side."""
    air = max((end - start) * margin, pd.Timedelta(days=7) if start == end else pd.Timedelta(days=1))
    return TimeScale((start - air).normalize(), (end + air).normalize(), left, right)
