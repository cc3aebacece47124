"""Two coded columns crossed: one square a case, so that a small number looks small."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, name_of, need
from kit.charts.layout import Row, box, canvas, line, text
from kit.charts.text import clean, width, wrap

_SQUARE, _STEP, _MOST_WIDE, _MOST_HIGH = 9, 11, 9, 40
_LAST = ("unknown", "not-recorded", "not-applicable")
NOTICE = ("none", "days", "weeks", "months")


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
) -> Figure:
    """One square a row of the frame, in a grid of the values of two coded columns, with the count beside it.

    A cell that holds a list counts once for each of its values. Values follow the orders given, then how
    often they occur; unknown and its like come last and are drawn hollow. More than 9 columns or 40 rows
    raise `NotDrawn`.

    >>> frame = pd.DataFrame({"kind": ["shop", "shop"], "notice": ["none", "days"]})
    >>> crosstab(frame, rows="kind", columns="notice", headline="H", source="S", alt="A").data
       kind notice  count
    0  shop   days      1
    1  shop   none      1
    """
    cases = need(frame, [rows, columns], "crosstab")
    pairs = cases[[rows, columns]].explode(rows).explode(columns).dropna()
    need(pairs, [rows, columns], "crosstab")
    counts = (
        pairs.value_counts().rename("count").reset_index().sort_values([rows, columns], ignore_index=True)
    )
    down, across = (
        _ordered(pairs[name], order) for name, order in ((rows, row_order), (columns, column_order))
    )
    if len(across) > _MOST_WIDE or len(down) > _MOST_HIGH:
        raise NotDrawn(
            "crosstab",
            f"{len(down)} by {len(across)} values, of which {_MOST_HIGH} by {_MOST_WIDE} can be read",
            "group the values first, or swap rows and columns",
        )
    at = {(row, column): count for row, column, count in counts.itertuples(index=False)}
    labels = {value: wrap(name_of(value, names), 165, theme.SIZE) for value in down}
    gutter = max(width(part, theme.SIZE) for lines in labels.values() for part in lines) + 16
    step = (theme.WIDTH - 12 - gutter) / len(across)
    heads = {value: wrap(name_of(value, names), step - 14, theme.SIZE, bold=True) for value in across}
    top = max(map(len, heads.values())) * theme.LEADING + 10
    titles = [
        {
            "x": gutter + i * step,
            "y": top - 12 - (len(heads[v]) - 1) * theme.LEADING,
            "text": "\n".join(heads[v]),
        }
        for i, v in enumerate(across)
    ]
    sides, numbers, rules = [], [], []
    squares: list[Row] = []
    hollow: list[Row] = []
    per_line = max(1, int((step - 34) // _STEP))
    for value in down:
        tall = max(-(-at.get((value, column), 0) // per_line) for column in across)
        height = max(tall * _STEP, len(labels[value]) * theme.LEADING) + 12
        rules.append({"x": 0, "x2": theme.WIDTH - 8, "y": top, "y2": top})
        middle = top + 12
        sides.append({"x": 0, "y": middle, "text": "\n".join(labels[value])})
        for i, column in enumerate(across):
            count, left = at.get((value, column), 0), gutter + i * step
            for k in range(count):
                x, y = left + k % per_line * _STEP, middle - 5 + k // per_line * _STEP
                place = {"x": x, "x2": x + _SQUARE, "y": y, "y2": y + _SQUARE}
                tip = f"{name_of(value, names)}, {name_of(column, names)}: {count}"
                (hollow if {value, column} & set(_LAST) else squares).append({**place, "cell": tip})
            last = left + min(count, per_line) * _STEP + 3 if count else left
            numbers.append({"x": last, "y": middle, "text": str(count) if count else "–"})
        top += height
    layers = [line(rules), text(titles, fontWeight="bold"), text(sides), text(numbers, color=theme.MUTED)]
    layers += [box(squares, {"cell": "Cases"}, color=theme.ACCENT)] if squares else []
    layers += [box(hollow, {"cell": "Cases"}, fill=theme.PAPER, stroke=theme.MUTED)] if hollow else []
    listed = any(isinstance(cell, tuple | list) for name in (rows, columns) for cell in cases[name])
    key = "A square is one case" + (", counted under each of the values it was given." if listed else ".")
    return figure(
        canvas(layers, top),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=key + (" Hollow: not known." if hollow else ""),
        data=counts,
    )


def notice_by_kind(
    cases: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
) -> Figure:
    """How much notice each kind of platform gave, one square a case.

    >>> cases = pd.DataFrame({"platform_kind": ["ai-model"], "notice": ["none"]})
    >>> notice_by_kind(cases, headline="No notice", source="Our coding", alt="One case, without notice.")
    Figure('No notice')
    """
    return crosstab(
        cases,
        rows="platform_kind",
        columns="notice",
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        column_order=NOTICE,
        names=names,
    )


def reasons_by_relation(
    cases: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
) -> Figure:
    """Which reasons platforms gave, by what the one cut off was to them; a case counts once a reason.

    >>> cases = pd.DataFrame({"relation": ["rival"], "stated_reasons": [("security", "terms")]})
    >>> len(reasons_by_relation(cases, headline="Two reasons", source="Our coding", alt="One case.").data)
    2
    """
    return crosstab(
        cases,
        rows="stated_reasons",
        columns="relation",
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        names=names,
    )


def _ordered(values: pd.Series, order: Sequence[str]) -> list[str]:
    frequent = values.value_counts()
    found = sorted(frequent.index, key=lambda v: (v in _LAST, -frequent[v], clean(v)))
    first = [value for value in order if value in frequent.index]
    return first + [value for value in found if value not in first]
