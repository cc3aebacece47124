"""Things with a width and a height put on shelves so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """From ``left`` to ``right`` in pixels, and so many ``rows`` high."""

    left: float
    right: float
    rows: int


@dataclass
class Shelf:
    """Rows of one height; ``gap`` pixels stay free between neighbours.

    >>> shelf = Shelf(row=14, gap=5)
    >>> [shelf.put(Item(0, 50, 1)), shelf.put(Item(40, 90, 2)), shelf.put(Item(60, 90, 1))]
    [0, 14, 0]
    >>> shelf.height
    42
    """

    row: float
    gap: float
    _taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def put(self, item: Item) -> float:
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

    def _free(self, row: int, item: Item) -> bool:
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
