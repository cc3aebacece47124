"""Words beside dots, where no word covers another or a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kit.charts import look
from kit.charts.look import wrap

_GAP, _WIDEST = 4, 150
#: Columns of the names that found no room, under the picture.
_COLUMNS = 3


@dataclass(frozen=True)
class Dot:
    """A dot at ``x`` and ``y`` with its radius, in pixels, and what it is called."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True)
class _Area:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Area) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def named_dots(
    dots: Sequence[Dot], width: float, height: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """The words at the dots, the names below the picture of those that got a number, and the height with these.

    A name stands at the right, at the left, above or below its dot, whichever is free first; the largest dots choose
    first. Where none is, its number stands on the dot.

    >>> words, below, height = named_dots([Dot(20, 20, 4, "Quay"), Dot(300, 20, 4, "Pier")], 700, 100)
    >>> [(word["text"], word["x"]) for word in words], below, height
    ([('Quay', 28), ('Pier', 308)], [], 100)
    """
    taken = [_Area(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in dots]
    placed: dict[int, dict[str, Any]] = {}
    left_over = []
    for number in sorted(range(len(dots)), key=lambda n: (-dots[n].radius, n)):
        dot = dots[number]
        lines = wrap(dot.name, _WIDEST, look.SIZE)
        for word, area in _ways(dot, lines):
            inside = area.left >= 0 and area.right <= width and area.top >= 0 and area.bottom <= height
            others = (other for n, other in enumerate(taken) if n != number)
            if inside and not any(area.meets(other) for other in others):
                placed[number] = word
                taken.append(area)
                break
        else:
            left_over.append(number)
    below, bottom = [], height
    for at, number in enumerate(sorted(left_over)):
        dot, step = dots[number], width / _COLUMNS
        placed[number] = {
            "x": dot.x - look.width(str(at + 1), look.SIZE) / 2,
            "y": dot.y,
            "text": f"{at + 1}",
        }
        lines = wrap(f"{at + 1} {dot.name}", step - 12, look.SIZE)
        row = at % _COLUMNS * step
        if at % _COLUMNS == 0:
            top, bottom = bottom + 14, bottom
        below.append({"x": row, "y": top, "text": "\n".join(lines)})
        bottom = max(bottom, top + (len(lines) - 1) * look.LEADING + 6)
    return [placed[number] for number in range(len(dots))], below, bottom


def _ways(dot: Dot, lines: list[str]) -> list[tuple[dict[str, Any], _Area]]:
    """The places that a name may have, the best first, each with the area that it covers."""
    wide, tall = max(look.width(line, look.SIZE) for line in lines), len(lines) * look.LEADING
    away = dot.radius + _GAP
    corners = [
        (dot.x + away, dot.y - tall / 2),
        (dot.x - away - wide, dot.y - tall / 2),
        (dot.x - wide / 2, dot.y - away - tall),
        (dot.x - wide / 2, dot.y + away),
        (dot.x + dot.radius * 0.7, dot.y - away - tall + 4),
        (dot.x + dot.radius * 0.7, dot.y + away - 4),
        (dot.x - dot.radius * 0.7 - wide, dot.y - away - tall + 4),
        (dot.x - dot.radius * 0.7 - wide, dot.y + away - 4),
    ]
    return [
        (
            {"x": round(left, 1), "y": round(top + look.LEADING / 2, 1), "text": "\n".join(lines)},
            _Area(left, top, left + wide, top + tall),
        )
        for left, top in corners
    ]
