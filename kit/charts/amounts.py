"""Amounts as a reader expects them, and the scale on which a chart lays them out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt

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
    """Values from ``low`` at pixel ``bottom`` to ``high`` at pixel ``top``, evenly or by ratio (``log``)."""

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
        """The encoding of ``field`` on this scale, without an axis, whose labels are drawn as text."""
        scale = alt.Scale(
            type="log" if self.log else "linear",
            domain=[self.low, self.high],
            range=[self.bottom, self.top],
            nice=False,
            zero=alt.Undefined if self.log else False,
        )
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


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
