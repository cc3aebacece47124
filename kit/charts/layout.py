"""Marks placed in pixels, for pictures whose layout is ours: trees, tables, labels that keep clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt

from kit.charts import look


@dataclass(frozen=True)
class Box:
    """From ``left`` to ``right`` in pixels, and so many ``rows`` high."""

    left: float
    right: float
    rows: int


@dataclass
class Shelf:
    """Rows of one height; ``gap`` pixels stay free between neighbours.

    >>> shelf = Shelf(row=14, gap=5)
    >>> [shelf.put(Box(0, 50, 1)), shelf.put(Box(40, 90, 2)), shelf.put(Box(60, 90, 1))]
    [0, 14, 0]
    >>> shelf.height
    42
    """

    row: float
    gap: float
    _taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def put(self, item: Box) -> float:
        """The height, in pixels from the top, of the first row from which the item finds room."""
        at = 0
        while not all(self._free(row, item) for row in range(at, at + item.rows)):
            at += 1
        self._taken += [[] for _ in range(at + item.rows - len(self._taken))]
        for row in range(at, at + item.rows):
            self._taken[row].append((item.left, item.right))
        return at * self.row

    @property
    def height(self) -> float:
        """How high the shelves stand."""
        return len(self._taken) * self.row

    def _free(self, row: int, item: Box) -> bool:
        if row >= len(self._taken):
            return True
        return all(
            item.right + self.gap <= left or item.left >= right + self.gap
            for left, right in reversed(self._taken[row])
        )


def spread(wanted: list[float], room: float, low: float, high: float) -> list[float]:
    """Places as near as may be to those wanted, in their order, ``room`` apart, from ``low`` to ``high``.

    Where they cannot all fit, they keep their distance and run past ``high``, so that no label covers
    another.

    >>> spread([10.0, 12.0, 40.0], room=14, low=0, high=60)
    [10.0, 24.0, 40.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    places = [0.0] * len(wanted)
    floor = low
    for i in order:
        places[i] = max(wanted[i], floor)
        floor = places[i] + room
    ceiling = high
    for i in reversed(order):
        places[i] = min(places[i], ceiling)
        ceiling = places[i] - room
    floor = low
    for i in order:
        places[i] = max(places[i], floor)
        floor = places[i] + room
    return places


Row = dict[str, Any]


def _marks(rows: Sequence[Row], tips: dict[str, str] | None) -> tuple[alt.Chart, dict[str, Any]]:
    """The chart of the rows and what every mark encodes: its place, its colour where rows have one, its tips."""
    chart = alt.Chart(alt.Data(values=tuple(rows)))  # a tuple, since Altair copies lists again and again
    coded: dict[str, Any] = {axis: at(axis) for axis in ("x", "y")}
    if rows and "ink" in rows[0]:
        coded["color"] = alt.Color("ink:N", scale=None, legend=None)
    if tips:
        coded["tooltip"] = [alt.Tooltip(f"{field}:N", title=title) for field, title in tips.items()]
    return chart, coded


def at(axis: str, field: str = "") -> alt.X | alt.Y:
    """The encoding of ``field`` (the axis's own name, where it is blank) as pixels from the left or the top.

    >>> at("x", "middle").to_dict()
    {'axis': None, 'field': 'middle', 'scale': None, 'type': 'quantitative'}
    """
    encoding = alt.X if axis == "x" else alt.Y
    return encoding(f"{field or axis}:Q", scale=None, axis=None)


def text(rows: Sequence[Row], tips: dict[str, str] | None = None, **mark: Any) -> list[alt.Chart]:
    """The ``text`` of each row at its ``x`` and ``y``, which is where the first line's middle lies.

    Lines are parted by a line feed. ``tips`` names the fields that the pointer shows, with their titles. Where the
    rows have an ``ink``, it is their colour. A list, empty where there are no rows, as `box`, `line` and `dot` give.

    >>> len(text([{"x": 0, "y": 9, "text": "Police came"}])), text([])
    (1, [])
    """
    chart, coded = _marks(rows, tips)
    options = {"align": "left", "baseline": "middle", **mark}
    return [chart.mark_text(**options).encode(text=alt.Text("text:N"), **coded)] if rows else []


def box(rows: Sequence[Row], tips: dict[str, str] | None = None, **mark: Any) -> list[alt.Chart]:
    """A rectangle a row, from ``x``, ``y`` to ``x2``, ``y2``."""
    chart, coded = _marks(rows, tips)
    return [chart.mark_rect(**mark).encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), **coded)] if rows else []


def line(rows: Sequence[Row], **mark: Any) -> list[alt.Chart]:
    """A straight line a row, from ``x``, ``y`` to ``x2``, ``y2``."""
    chart, coded = _marks(rows, None)
    options = {"strokeWidth": 1, **({} if "color" in coded else {"color": look.RULE}), **mark}
    drawn = chart.mark_rule(**options).encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), **coded)
    return [drawn] if rows else []


def dot(
    rows: Sequence[Row], tips: dict[str, str] | None = None, area: str = "", **mark: Any
) -> list[alt.Chart]:
    """A point a row, at ``x``, ``y``; ``area`` names the field that holds its square pixels, where they differ."""
    chart, coded = _marks(rows, tips)
    if area:
        coded["size"] = alt.Size(f"{area}:Q", scale=None, legend=None)
    options = {"filled": True, "opacity": 1, "size": 50, **mark}
    return [chart.mark_point(**options).encode(**coded)] if rows else []


def shapes(rings: Sequence[Sequence[tuple[float, float]]], **mark: Any) -> list[alt.Chart]:
    """A closed shape for each list of points, in pixels; with ``filled=False`` each is a line from its first to its last.

    >>> [len(shapes([[(0, 0), (9, 0), (9, 9)]])), shapes([])]
    [1, []]
    """
    if not rings:
        return []
    closed = mark.get("filled", True)
    made = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
            if closed
            else {"type": "LineString", "coordinates": list(ring)},
        }
        for ring in rings
    ]
    # Without a scale and a place of its own Vega would fit the shapes into the picture, whatever their pixels.
    chart = alt.Chart(alt.Data(values=tuple(made)))
    return [chart.mark_geoshape(clip=False, **mark).project(type="identity", scale=1, translate=[0, 0])]


def canvas(layers: Sequence[alt.Chart], height: float, width: float = look.WIDTH - 8) -> Any:
    """The layers, one over the other, on a sheet of that many pixels."""
    return alt.layer(*layers).properties(width=width, height=height)
