"""Who with whom: names around a ring, joined where they have something in common."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, heading, need, printed
from kit.charts.layout import canvas, dot, line, shapes, spread, text
from kit.charts.look import wrap
from kit.text.wording import plural

_MOST, _SIDE, _ROW, _BENT = 40, 190, 17, 24
#: The widest line, in pixels, and how often the order is gone through for a better one.
_THICK, _ROUNDS = 6.0, 12


def pairs(frame: pd.DataFrame, *, of: str = "actor", each: str = "event") -> pd.DataFrame:
    """Who stands with whom in the same ``each``: columns ``one``, ``other``, ``together`` (how often).

    ``frame`` has a row for each ``of`` in each ``each``, as the table of participants has for actors and events, or that
    of evidence for sources (``of="source", each="record"``).

    >>> rows = pd.DataFrame({"event": ["raid", "raid", "fine", "fine"], "actor": ["police", "office", "court", "office"]})
    >>> pairs(rows).values.tolist()
    [['court', 'office', 1], ['office', 'police', 1]]
    """
    rows = need(frame, [of, each], "pairs")
    counts: Counter[tuple[str, str]] = Counter()
    for _, members in rows.groupby(each)[of]:
        counts.update(combinations(sorted(set(members.dropna())), 2))
    found = [(one, other, count) for (one, other), count in sorted(counts.items())]
    return pd.DataFrame(found, columns=["one", "other", "together"])


def network(
    links: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    weight: str = "together",
    names: Names | None = None,
    highlight: Sequence[str] = (),
) -> Figure:
    """The names of ``one`` and ``other`` around a ring, a line between two that a row joins.

    ``links`` is what `pairs` gives, or any frame with columns ``one`` and ``other``; where it has the column ``weight``,
    a line is the wider the more it is. Those who have most to do with each other stand near to each other, which takes
    no chance: the same rows give the same picture. ``highlight`` are ids whose lines are in another colour. Somebody joined
    with nobody else, more than 40 names, or a weight below zero raise `NotDrawn`.

    >>> links = pd.DataFrame({"one": ["police", "court"], "other": ["office", "office"], "together": [2, 1]})
    >>> network(links, headline="All roads lead to the office", source="The tables", alt="Two lines to one name.")
    Figure('All roads lead to the office')
    """
    rows = need(links, ["one", "other"], "network")
    rows = rows.assign(weight=rows[weight].astype(float) if weight in rows else 1.0)
    _insist(rows)
    shown = printed(names)
    edges: dict[tuple[str, str], float] = {}
    for one, other, much in rows[["one", "other", "weight"]].itertuples(index=False):
        pair = min(one, other), max(one, other)
        edges[pair] = edges.get(pair, 0.0) + much
    order = _ring(edges)
    if len(order) > _MOST:
        raise NotDrawn(
            "network", f"{len(order)} names, of which {_MOST} can be read at most", "leave some out"
        )
    places, labels, height = _places(order, {node: heading(node, shown) for node in order})
    degree = Counter(node for pair in edges for node in pair)
    dots = [
        {
            "x": x, "y": y, "name": heading(node, shown), "with": plural(degree[node], "other"),
            "area": 30 + 260 * degree[node] / max(degree.values()),
            "ink": look.ALERT if node in highlight else look.ACCENT,
        }
        for node, (x, y) in places.items()
    ]  # fmt: skip
    layers = [*_lines(edges, places, set(highlight)), *line(labels[1], color=look.RULE)]
    layers += dot(dots, {"name": "Name", "with": "With"}, area="area")
    layers += text([each for each in labels[0] if not each["left"]])
    layers += text([each for each in labels[0] if each["left"]], align="right")
    weighted = weight in rows and rows["weight"].nunique() > 1
    table = rows[["one", "other", *([weight] if weight in rows else [])]]
    return figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="A line joins two names; the wider, the more often. A larger dot is joined with more."
        if weighted
        else "A line joins two names. A larger dot is joined with more.",
        data=table.assign(one=rows["one"].map(lambda id: heading(id, shown)), other=rows["other"].map(lambda id: heading(id, shown))),
    )  # fmt: skip


def _insist(rows: pd.DataFrame) -> None:
    alone = rows[rows["one"].eq(rows["other"])]
    if len(alone):
        raise NotDrawn("network", f"{alone['one'].iloc[0]!r} is joined with itself", "leave that row out")
    if rows[["one", "other"]].isna().any(axis=None):
        raise NotDrawn("network", "a row joins a name with nothing", "fill it in, or leave it out")
    if not (rows["weight"] > 0).all():
        raise NotDrawn("network", "a weight is not above zero", "leave rows out that join nobody")


def _ring(edges: Mapping[tuple[str, str], float]) -> list[str]:
    """The names in an order around the ring in which those that are joined lie near to each other."""
    near: dict[str, dict[str, float]] = {}
    for (one, other), much in edges.items():
        near.setdefault(one, {})[other] = much
        near.setdefault(other, {})[one] = much
    left = set(near)
    order: list[str] = []
    while left:
        best = min(
            left,
            key=lambda node: (-sum(near[node].get(other, 0.0) for other in order), -len(near[node]), node),
        )
        order.append(best)
        left.remove(best)

    def cost(node: str, at: int, place: Mapping[str, int]) -> float:
        around = len(place)
        return sum(
            much * min(abs(at - place[other]), around - abs(at - place[other]))
            for other, much in near[node].items()
        )

    # Two change places as long as that brings them nearer to those they are joined with.
    for _ in range(_ROUNDS):
        place = {node: at for at, node in enumerate(order)}
        changed = False
        for one, other in combinations(sorted(order), 2):
            before = cost(one, place[one], place) + cost(other, place[other], place)
            swapped = {**place, one: place[other], other: place[one]}
            if cost(one, swapped[one], swapped) + cost(other, swapped[other], swapped) < before - 1e-9:
                place, changed = swapped, True
        order = sorted(place, key=place.__getitem__)
        if not changed:
            break
    return order  # fmt: skip


def _places(
    order: list[str], words: Mapping[str, str]
) -> tuple[dict[str, tuple[float, float]], tuple[list[dict], list[dict]], float]:
    """Where each name's dot lies; the words beside the ring, with lines to them; and how high the picture is."""
    wrapped = {node: wrap(words[node], _SIDE - 40, look.SIZE) for node in order}
    rows = {node: len(lines) * look.LEADING + 4 for node, lines in wrapped.items()}
    room = max(_ROW, *rows.values())
    height = max(240.0, -(-len(order) // 2) * room + 24.0)
    middle, across, down = (look.WIDTH - 8) / 2, (look.WIDTH - 8) / 2 - _SIDE, height / 2 - 22
    places = {}
    for at, node in enumerate(order):
        angle = 2 * math.pi * (at + 0.5) / len(order) - math.pi / 2
        places[node] = (
            round(middle + across * math.cos(angle), 1),
            round(height / 2 + down * math.sin(angle), 1),
        )
    labels: list[dict] = []
    leads: list[dict] = []
    for left in (False, True):
        side = sorted((n for n in order if (places[n][0] < middle) is left), key=lambda n: (places[n][1], n))
        if not side:
            continue
        tops = spread([places[node][1] for node in side], room, 10, height - 10)
        for node, top in zip(side, tops, strict=True):
            x, y = places[node]
            edge = middle - across - _BENT if left else middle + across + _BENT
            first = top - (len(wrapped[node]) - 1) * look.LEADING / 2
            text_at = edge - 4 if left else edge + 4
            labels.append(
                {"x": text_at, "y": round(first, 1), "text": "\n".join(wrapped[node]), "left": left}
            )
            leads.append({"x": x, "y": y, "x2": edge, "y2": round(top, 1)})
    return places, (labels, leads), height


def _lines(
    edges: Mapping[tuple[str, str], float], places: Mapping[str, tuple[float, float]], marked: set[str]
) -> list:
    """The lines of each width and colour; each bends towards the middle, so that it passes by no third name."""
    most = max(edges.values())
    centre = (
        sum(x for x, _ in places.values()) / len(places),
        sum(y for _, y in places.values()) / len(places),
    )
    of: dict[tuple[bool, float], list[list[tuple[float, float]]]] = {}
    for (one, other), much in sorted(edges.items()):
        thick = round(1 + (_THICK - 1) * (much / most), 1) if most > min(edges.values()) else 1.5
        of.setdefault((bool({one, other} & marked), thick), []).append(
            _bend(places[one], places[other], centre)
        )
    layers = []
    for (is_marked, thick), curves in sorted(of.items()):
        layers += shapes(
            curves,
            filled=False,
            stroke=look.ALERT if is_marked else "#9aa0a6",
            strokeWidth=thick,
            strokeOpacity=0.75,
        )
    return layers


def _bend(
    start: tuple[float, float], end: tuple[float, float], centre: tuple[float, float]
) -> list[tuple[float, float]]:
    """The way from one to the other, bent towards the centre, the more the farther they lie apart."""
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    pull = min(0.9, math.dist(start, end) / 2 / max(math.dist(middle, centre), 1.0))
    towards = tuple(middle[axis] + pull * (centre[axis] - middle[axis]) for axis in (0, 1))
    points = []
    for step in range(17):
        share = step / 16
        ways = ((1 - share) ** 2, 2 * share * (1 - share), share**2)
        x, y = (
            sum(way * point[axis] for way, point in zip(ways, (start, towards, end), strict=True))
            for axis in (0, 1)
        )
        points.append((round(x, 1), round(y, 1)))
    return points  # fmt: skip
