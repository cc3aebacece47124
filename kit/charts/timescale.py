"""Days on a horizontal axis, in UTC throughout, so that a chart is the same in every time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

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
