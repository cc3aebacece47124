"""Places on a map, each with its name beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from kit.charts import look
from kit.charts.atlas.countries import Extent, Ring, outlines
from kit.charts.atlas.names import Dot, named_dots
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import need
from kit.charts.layout import canvas, dot, line, shapes, text
from kit.charts.look import one_line
from kit.errors import Problem, Problems

_MOST, _TALLEST, _LOWEST = 80, 460, 220
#: Degrees from north to south that are shown at least, from how many on borders are drawn, which are too coarse for a
#: town, and how much of the map is left free around the places.
_NARROWEST, _BORDERS, _MARGIN = 0.004, 0.6, 0.18
#: Kilometres of a degree from south to north.
_DEGREE = 111.2
#: The area, in square pixels, of the dot of one place, and of the largest where they tell a number.
_DOT, _LARGEST = 60, 900
#: Pixels between two points of an outline.
_APART = 1.2


class BadPlaces(Problems, NotDrawn):
    """Places without coordinates, or with some that no place on Earth has."""


def place_map(
    frame: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    size: str = "",
    highlight: Sequence[str] = (),
) -> Figure:
    """The places as dots on a map of the countries around them, each with its name.

    ``frame`` has ``name``, ``latitude`` and ``longitude`` in degrees, as the case's table of places; ``size`` is a
    column of counts that the dots' areas tell, ``highlight`` the ids or names of places in another colour. What has no
    room beside its dot gets a number, and its name below the map. Coordinates that are missing or none raise
    `BadPlaces`, with all of them. More than 80 places raise `NotDrawn`.

    >>> ports = pd.DataFrame({"name": ["Valletta", "Syracuse"], "latitude": [35.9, 37.07], "longitude": [14.51, 15.29]})
    >>> place_map(ports, headline="Two ports", source="Port authorities", alt="Two dots, in Malta and Sicily.")
    Figure('Two ports')
    """
    rows = need(frame, ["name", "latitude", "longitude", *([size] if size else [])], "place_map", _MOST)
    _insist(rows)
    east, north = rows["longitude"].astype(float), rows["latitude"].astype(float)
    sheet = _Sheet(east.tolist(), north.tolist())
    names = [one_line(name) for name in rows["name"]]
    ids = rows["id"].tolist() if "id" in rows else names
    counts = rows[size].astype(float).tolist() if size else [1.0] * len(rows)
    most = max(counts)
    areas = [max(12.0, _LARGEST * count / most) if size and most > 0 else _DOT for count in counts]
    marks = [
        Dot(*sheet.at(*place), math.sqrt(area / math.pi), name)
        for place, area, name in zip(zip(east, north, strict=True), areas, names, strict=True)
    ]
    words, below, height = named_dots(marks, sheet.width, sheet.height)
    tips = {"name": "Place", **({"count": one_line(size).capitalize()} if size else {})}
    dots = [
        {
            "x": mark.x, "y": mark.y, "name": name, "count": f"{count:g}", "area": area,
            "ink": look.ALERT if {one_line(id), name} & set(highlight) else look.ACCENT,
        }
        for mark, name, id, count, area in zip(marks, names, ids, counts, areas, strict=True)
    ]  # fmt: skip
    bar = sheet.bar()
    land = [drawn for ring in sheet.borders() if len(drawn := sheet.outline(ring)) > 2]
    layers = [
        *shapes(land, fill=look.PALE, stroke=look.RULE, strokeWidth=0.7),
        *dot(dots, tips, area="area", opacity=0.85, stroke=look.PAPER),
        *line([bar | {"y2": bar["y"]}], color=look.MUTED, strokeWidth=2),
        *text([{"x": bar["x"], "y": bar["y"] - 9, "text": bar["text"]}], color=look.MUTED),
        *text(words),
        *text(below, color=look.MUTED),
    ]
    return figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"The area of a dot tells {one_line(size).replace('_', ' ')}." if size else "",
        data=rows[["name", "latitude", "longitude", *([size] if size else [])]],
    )


def _insist(rows: pd.DataFrame) -> None:
    problems = []
    for row in rows.to_dict("records"):
        place = one_line(row.get("id", row["name"]))
        north, east = row["latitude"], row["longitude"]
        if pd.isna(north) or pd.isna(east):
            lacks = "latitude" if pd.isna(north) else "longitude"
            problems.append(Problem(place, f"has no {lacks}", "fill it in, or leave the place out"))
        elif not (-90 <= north <= 90 and -180 <= east <= 180):
            swapped = -90 <= east <= 90 and -180 <= north <= 180
            remedy = "the two seem to be swapped" if swapped else "degrees go from -90 to 90 and -180 to 180"
            problems.append(Problem(place, f"latitude {north:g}, longitude {east:g} is no place", remedy))
    if problems:
        raise BadPlaces({"place_map": problems})


class _Sheet:
    """How degrees become pixels: true to shape at the middle of the map."""

    width = look.WIDTH - 8

    def __init__(self, east: list[float], north: list[float]) -> None:
        tall = max((max(north) - min(north)) * (1 + 2 * _MARGIN), _NARROWEST)
        middle = (max(north) + min(north)) / 2, (max(east) + min(east)) / 2
        # At the poles a degree from east to west has no width.
        squeezed = max(0.2, math.cos(math.radians(middle[0])))
        wide = max((max(east) - min(east)) * (1 + 2 * _MARGIN), tall * self.width / _TALLEST / squeezed)
        self._scale = self.width / wide
        lowest = max(tall, _LOWEST / self._scale * squeezed)
        self.height = lowest * self._scale / squeezed
        self._squeezed = squeezed
        self.extent = Extent(
            middle[1] - wide / 2, middle[0] - lowest / 2, middle[1] + wide / 2, middle[0] + lowest / 2
        )

    def borders(self) -> Iterator[Ring]:
        """The outlines of the land, in degrees; none where they are too coarse."""
        return outlines(self.extent) if self.extent.north - self.extent.south >= _BORDERS else iter(())

    def bar(self) -> dict[str, Any]:
        """A line of a round length in kilometres, and its words: how far things are from one another."""
        pixels = self._scale / (_DEGREE * self._squeezed)  # of a kilometre, from west to east
        most = self.width / 5 / pixels
        length = max(n * 10.0**power for power in range(-3, 5) for n in (1, 2, 5) if n * 10.0**power <= most)
        words = f"{length:g} km" if length >= 1 else f"{1000 * length:g} m"
        return {"x": 8, "x2": round(8 + length * pixels, 1), "y": round(self.height - 8, 1), "text": words}

    def outline(self, ring: Ring) -> Ring:
        """The outline in pixels without points that nobody can tell apart; next to nothing of an island too small to see."""
        kept: Ring = []
        for point in ring:
            x, y = self.at(*point)
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _APART:
                kept.append((x, y))
        return kept

    def at(self, east: float, north: float) -> tuple[float, float]:
        """The pixels from the left and from the top."""
        across = (east - self.extent.west) * self._scale
        down = (self.extent.north - north) * self._scale / self._squeezed
        return round(across, 1), round(down, 1)
