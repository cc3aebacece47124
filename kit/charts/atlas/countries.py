"""The outlines of the world's countries, within a rectangle of degrees."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

_Point = tuple[float, float]
Ring = list[_Point]


@dataclass(frozen=True)
class Extent:
    """A rectangle of degrees, west and south first."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, ring: np.ndarray) -> bool:
        """Whether the rectangle around the ring and this one have something in common."""
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        return west < self.east and east > self.west and south < self.north and north > self.south


def outlines(extent: Extent) -> Iterator[Ring]:
    """The outer outline of each piece of land within ``extent``, cut off at its sides, in degrees east and north.

    >>> around_malta = list(outlines(Extent(14.0, 35.7, 14.7, 36.2)))
    >>> len(around_malta), all(14.0 <= east <= 14.7 for ring in around_malta for east, _ in ring)
    (2, True)
    """
    for ring in _rings():
        if extent.meets(ring) and len(cut := _cut(ring.tolist(), extent)) > 2:
            yield cut


@cache
def _rings() -> list[np.ndarray]:
    """The outer rings of all countries, from the file's arcs: each point there is a step from the one before."""
    packed = files("kit.charts.atlas").joinpath("countries-50m.json.gz").read_bytes()
    topology: dict[str, Any] = json.loads(gzip.decompress(packed))
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    rings = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for outer, *_ in polygons:
            parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in outer]
            rings += _whole(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))
    return rings


def _whole(ring: np.ndarray) -> list[np.ndarray]:
    """The ring without leaps over the 180th meridian: where it crosses that, once on each side."""
    east = np.unwrap(ring[:, 0], period=360)
    if abs(east[-1] - east[0]) > 180:  # around a pole: closed along it
        pole = math.copysign(90, ring[0, 1])
        ring = np.concatenate([ring, [[0, pole], [0, pole]]])
        east = np.concatenate([east, [east[-1], east[0]]])
    return [
        np.column_stack([east + turn, ring[:, 1]])
        for turn in (-360, 0, 360)
        if (east + turn).min() < 180 and (east + turn).max() > -180
    ]


def _cut(ring: list[Any], extent: Extent) -> Ring:
    """The part of a ring within the rectangle, side by side (Sutherland and Hodgman, 1974)."""
    sides = ((0, extent.west, 1), (0, extent.east, -1), (1, extent.south, 1), (1, extent.north, -1))
    points: Ring = [(east, north) for east, north in ring]
    for axis, limit, sign in sides:
        kept: Ring = []
        for before, point in zip(points[-1:] + points[:-1], points, strict=True):
            inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside is not was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                crossing = [before[n] + share * (point[n] - before[n]) for n in (0, 1)]
                crossing[axis] = limit
                kept.append((crossing[0], crossing[1]))
            if inside:
                kept.append(point)
        points = kept
    return points
