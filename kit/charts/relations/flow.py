"""Money on its way: from whom, to whom, and how much, as bands between names."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, heading, need, printed
from kit.charts.layout import box, canvas, shapes, text
from kit.charts.look import one_line, wrap
from kit.charts.scales import amount

_MOST, _BAR, _SIDE, _FREE = 40, 12, 150, 16
_TALL = 320.0


def flow(
    frame: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    payer: str,
    payee: str,
    value: str = "value",
    subtitle: str = "",
    unit: str = "",
    names: Names | None = None,
) -> Figure:
    """Bands from each payer to each payee, as wide as the ``value``; who both gets and gives stands between them.

    ``unit`` is printed beside the sums. A name's bar is as high as what it gives or gets, whichever is more; what the
    tables do not account for stays free. Money that comes back to where it began, an amount that is missing or not above
    zero, or more than 40 names raise `NotDrawn`.

    >>> paid = pd.DataFrame({"payer": ["Port", "Agency"], "payee": ["Agency", "Mayor"], "value": [500, 200]})
    >>> flow(paid, payer="payer", payee="payee", unit="euros", headline="200 euros reached the mayor", source="The books", alt="Two bands.")
    Figure('200 euros reached the mayor')
    """
    rows = need(frame, [payer, payee, value], "flow")
    bad = rows[~(pd.to_numeric(rows[value], errors="coerce") > 0)]
    if len(bad):
        row = bad.iloc[0]
        raise NotDrawn(
            "flow",
            f"{one_line(row[payer])} to {one_line(row[payee])}: {one_line(row[value])} is no amount above zero",
            "fill it in, or leave the row out",
        )
    sums = rows.groupby([payer, payee], sort=True)[value].sum()
    bands = {(str(one), str(other)): float(much) for (one, other), much in sums.items()}
    columns = _columns(bands)
    shown = printed(names)
    sheet = _Sheet(bands, columns, {node: heading(node, shown) for node in columns}, unit)
    layers = [
        *(layer for ring, ink in sheet.bands for layer in shapes([ring], fill=ink, fillOpacity=0.35)),
        *box(sheet.bars, {"name": "Name", "sum": "Sum"}, color=look.INK),
        *text([each for each in sheet.words if each["side"] == "right"]),
        *text([each for each in sheet.words if each["side"] == "left"], align="right"),
    ]
    return figure(
        canvas(layers, sheet.height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="A band is as wide as its amount.",
        data=rows[[payer, payee, value]].assign(
            **{name: rows[name].map(lambda id: heading(id, shown)) for name in (payer, payee)}
        ),
    )  # fmt: skip


def _columns(bands: Mapping[tuple[str, str], float]) -> dict[str, int]:
    """The column of each name: right of all that give to it."""
    givers: dict[str, set[str]] = {}
    for one, other in bands:
        givers.setdefault(other, set()).add(one)
        givers.setdefault(one, set())
    if len(givers) > _MOST:
        raise NotDrawn(
            "flow", f"{len(givers)} names, of which {_MOST} can be read at most", "add small ones up"
        )
    try:
        order = list(
            TopologicalSorter({node: sorted(of) for node, of in sorted(givers.items())}).static_order()
        )
    except CycleError as error:
        circle = " to ".join(error.args[1])
        raise NotDrawn("flow", f"money goes in a circle: {circle}", "draw one direction at a time") from error
    columns: dict[str, int] = {}
    for node in order:
        columns[node] = 1 + max((columns[giver] for giver in givers[node]), default=-1)
    return columns  # fmt: skip


class _Sheet:
    """Bars, bands and words in pixels."""

    def __init__(
        self,
        bands: Mapping[tuple[str, str], float],
        columns: Mapping[str, int],
        words: Mapping[str, str],
        unit: str,
    ) -> None:
        gives = {node: sum(m for (one, _), m in bands.items() if one == node) for node in columns}
        gets = {node: sum(m for (_, other), m in bands.items() if other == node) for node in columns}
        size = {node: max(gives[node], gets[node]) for node in columns}
        last = max(columns.values())
        step = (look.WIDTH - 8 - 2 * _SIDE - _BAR) / max(last, 1)
        said = {
            node: wrap(f"{words[node]} {amount(size[node], unit)}", _SIDE - 16, look.SIZE) for node in columns
        }
        need_ = {node: max(_FREE, len(said[node]) * look.LEADING + 4) for node in columns}
        stacks: list[list[str]] = [[] for _ in range(last + 1)]
        for node in sorted(columns, key=lambda n: (columns[n], -size[n], n)):
            stacks[columns[node]].append(node)
        self._order(stacks, bands)
        scale = _TALL / max(sum(size[node] for node in stack) for stack in stacks)
        high = {node: max(size[node] * scale, 1.0) for node in columns}
        room = [sum(max(high[n], need_[n]) + _FREE for n in stack) - _FREE for stack in stacks]
        self.height = max(room) + 8
        self.bars: list[dict[str, Any]] = []
        self.words: list[dict[str, Any]] = []
        top: dict[str, float] = {}
        left: dict[str, float] = {}
        for number, stack in enumerate(stacks):
            y = (self.height - room[number]) / 2
            for node in stack:
                slot = max(high[node], need_[node])
                top[node], left[node] = y + (slot - high[node]) / 2, _SIDE + number * step
                middle = top[node] + high[node] / 2 - (len(said[node]) - 1) * look.LEADING / 2
                side = "left" if number == 0 else "right"
                x = left[node] - 6 if side == "left" else left[node] + _BAR + 6
                self.words.append(
                    {"x": x, "y": round(middle, 1), "text": "\n".join(said[node]), "side": side}
                )
                self.bars.append(
                    {"x": left[node], "x2": left[node] + _BAR, "y": round(top[node], 1), "y2": round(top[node] + high[node], 1),
                     "name": words[node], "sum": amount(size[node], unit)}
                )  # fmt: skip
                y += slot + _FREE
        self.bands = []
        out, into = dict(top), dict(top)
        place = {node: (columns[node], top[node]) for node in columns}
        inks = look.colours([words[node] for node in stacks[0]])
        for (one, other), much in sorted(
            bands.items(), key=lambda each: (place[each[0][0]], place[each[0][1]])
        ):
            thick = much * scale
            start, end = (left[one] + _BAR, out[one]), (left[other], into[other])
            out[one] += thick
            into[other] += thick
            self.bands.append((_band(start, end, thick), inks.get(words[one], look.MUTED)))

    @staticmethod
    def _order(stacks: list[list[str]], bands: Mapping[tuple[str, str], float]) -> None:
        """Each column in the order of the middle of those that give to it, so that few bands cross."""
        place = {node: at for stack in stacks for at, node in enumerate(stack)}
        for stack in stacks[1:]:
            from_ = {
                node: [(place[one], much) for (one, other), much in bands.items() if other == node]
                for node in stack
            }
            middle = {
                node: sum(at * much for at, much in each) / sum(much for _, much in each)
                if each
                else place[node]
                for node, each in from_.items()
            }
            stack[:] = [node for _, node in sorted((middle[node], node) for node in stack)]
            place |= {node: at for at, node in enumerate(stack)}


def _band(start: tuple[float, float], end: tuple[float, float], thick: float) -> list[tuple[float, float]]:
    upper = []
    for step in range(21):
        share = step / 20
        eased = share * share * (3 - 2 * share)
        x = start[0] + share * (end[0] - start[0])
        upper.append((round(x, 1), round(start[1] + eased * (end[1] - start[1]), 1)))
    return [*upper, *((x, round(y + thick, 1)) for x, y in reversed(upper))]
