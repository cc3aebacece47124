"""Two coded columns crossed: one square a row of the table, so that a small number looks small."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, heading, need, printed
from kit.charts.layout import Row, box, canvas, line, text
from kit.charts.look import one_line, width, wrap
from kit.tables.schema import MISSING

_SQUARE, _STEP, _MOST_WIDE, _MOST_HIGH = 9, 11, 9, 40


def crosstab(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    row_order: Sequence[str] = (),
    column_order: Sequence[str] = (),
    names: Names | None = None,
    each: str = "row of the table",
) -> Figure:
    """One square a row of the frame, in a grid of the values of two coded columns, with the count beside it.

    A cell that holds a list counts once for each of its values. Values follow the orders given, then how often they
    occur; unknown and its like come last and are drawn hollow. ``names`` (a case, or words by id) says how values are
    printed; ``each`` is what the key calls a square. More than 9 columns or 40 rows raise `NotDrawn`.

    >>> frame = pd.DataFrame({"kind": ["shop", "shop"], "notice": ["none", "days"]})
    >>> crosstab(frame, rows="kind", columns="notice", headline="H", source="S", alt="A").data
       kind notice  count
    0  Shop   Days      1
    1  Shop   None      1
    """
    given = need(frame, [rows, columns], "crosstab")
    pairs = given[[rows, columns]].explode(rows).explode(columns).dropna()
    need(pairs, [rows, columns], "crosstab")
    counts = pairs.value_counts().rename("count").reset_index()
    counts = counts.sort_values([rows, columns], ignore_index=True)
    down, across = _ordered(pairs[rows], row_order), _ordered(pairs[columns], column_order)
    if len(across) > _MOST_WIDE or len(down) > _MOST_HIGH:
        raise NotDrawn(
            "crosstab",
            f"{len(down)} by {len(across)} values, of which {_MOST_HIGH} by {_MOST_WIDE} can be read",
            "group the values first, or swap rows and columns",
        )
    words = printed(names)
    labels = {value: heading(value, words) for value in (*down, *across)}
    layers, height = _grid(down, across, labels, counts)
    lists = any(isinstance(cell, tuple | list) for name in (rows, columns) for cell in given[name])
    key = f"A square is one {one_line(each)}" + (", counted under each of its values." if lists else ".")
    return figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=key + (" Hollow: not known." if {*down, *across} & {*MISSING} else ""),
        data=counts.assign(**{name: counts[name].map(labels) for name in (rows, columns)}),
    )


def _grid(
    down: list[str], across: list[str], labels: dict[str, str], counts: pd.DataFrame
) -> tuple[list, float]:
    """The marks of the table and its height; squares stand in lines as wide as a column, each column alike."""
    at = {(row, column): count for row, column, count in counts.itertuples(index=False)}
    sides = {value: wrap(labels[value], 165, look.SIZE) for value in down}
    gutter = max(width(part, look.SIZE) for lines in sides.values() for part in lines) + 16
    step = (look.WIDTH - 12 - gutter) / len(across)
    heads = {value: wrap(labels[value], step - 10, look.SIZE, bold=True) for value in across}
    top = max(map(len, heads.values())) * look.LEADING + 10
    titles = [
        {
            "x": gutter + i * step,
            "y": top - 12 - (len(heads[value]) - 1) * look.LEADING,
            "text": "\n".join(heads[value]),
        }
        for i, value in enumerate(across)
    ]
    names_at, numbers, rules = [], [], []
    squares: list[Row] = []
    hollow: list[Row] = []
    per_line = max(1, int((step - 34) // _STEP))
    for value in down:
        tall = max(-(-at.get((value, column), 0) // per_line) for column in across)
        middle = top + 12
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": top, "y2": top})
        names_at.append({"x": 0, "y": middle, "text": "\n".join(sides[value])})
        for i, column in enumerate(across):
            count, left = at.get((value, column), 0), gutter + i * step
            tip = f"{labels[value]}, {labels[column]}: {count}"
            for k in range(count):
                x, y = left + k % per_line * _STEP, middle - 5 + k // per_line * _STEP
                place = {"x": x, "x2": x + _SQUARE, "y": y, "y2": y + _SQUARE, "cell": tip}
                (hollow if {value, column} & {*MISSING} else squares).append(place)
            last = left + min(count, per_line) * _STEP + 3 if count else left
            numbers.append({"x": last, "y": middle, "text": str(count) if count else "–"})
        top += max(tall * _STEP, len(sides[value]) * look.LEADING) + 12
    layers = [
        *line(rules),
        *text(titles, fontWeight="bold"),
        *text(names_at),
        *text(numbers, color=look.MUTED),
        *box(squares, {"cell": "Count"}, color=look.ACCENT),
        *box(hollow, {"cell": "Count"}, fill=look.PAPER, stroke=look.MUTED),
    ]
    return layers, top


def _ordered(values: pd.Series, order: Sequence[str]) -> list[str]:
    frequent = values.value_counts()
    found = sorted(frequent.index, key=lambda value: (value in MISSING, -frequent[value], one_line(value)))
    first = [value for value in order if value in frequent.index]
    return first + [value for value in found if value not in first]
