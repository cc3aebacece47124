"""Cases against coded variables, and where each agrees with one of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import MOST_LINES, Names, name_of, need
from kit.charts.layout import Row, box, canvas, line, text
from kit.charts.text import clean, joined, wrap

_GUTTER, _SMALL, _MOST_WIDE, _LEADING = 196, 9.5, 8, 12
_UNKNOWN = ("unknown", "not-recorded", "not-applicable")


def precedent_matrix(
    cases: pd.DataFrame,
    *,
    variables: Sequence[str],
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    like: str | None = None,
    names: Names | None = None,
) -> Figure:
    """A row a case, a column a variable, its coded value in the cell; filled where the case ``like`` agrees.

    With ``like``, that case comes first and the others follow by how many cells agree; unknown agrees with
    nothing. An unknown case or variable, more than eight variables or 200 cases raise `NotDrawn`.

    >>> cases = pd.DataFrame({"id": ["a", "b"], "title": ["A", "B"], "notice": ["none", "none"]})
    >>> precedent_matrix(cases, variables=["notice"], like="a", headline="Alike", source="Us", alt="Both.")
    Figure('Alike')
    """
    frame = need(cases, ["id", "title", *variables], "precedent_matrix", MOST_LINES)
    if not 0 < len(variables) <= _MOST_WIDE:
        raise NotDrawn("precedent_matrix", f"{len(variables)} variables", f"choose 1 to {_MOST_WIDE}")
    if like is not None and like not in set(frame["id"]):
        raise NotDrawn("precedent_matrix", f"no case {like!r} in the frame", "keep it in, or leave like= out")
    values = {v: [cell if isinstance(cell, tuple) else (cell,) for cell in frame[v]] for v in variables}
    at = list(frame["id"]).index(like) if like is not None else None
    agrees = [
        [at is not None and _agree(values[v][i], values[v][at]) for v in variables] for i in range(len(frame))
    ]
    frame = frame[["id", "title", *variables]].assign(agree=[sum(row) for row in agrees])
    order = list(range(len(frame)))
    if at is not None:
        order.sort(key=lambda i: (i != at, -frame["agree"].iloc[i], frame["title"].iloc[i]))
    step = (theme.WIDTH - 8 - _GUTTER) / len(variables)
    heads = [wrap(name_of(v, names), step - 6, theme.SIZE, bold=True) for v in variables]
    y = max(map(len, heads)) * theme.LEADING + 8
    heads_at = [
        {"x": _GUTTER + k * step + 4, "y": y - 12 - (len(head) - 1) * theme.LEADING, "text": "\n".join(head)}
        for k, head in enumerate(heads)
    ]
    fills, rules = [], []
    titles: list[Row] = []
    first: list[Row] = []
    cells: list[Row] = []
    grey: list[Row] = []
    for i in order:
        title = wrap(frame["title"].iloc[i], _GUTTER - 12, theme.SIZE, bold=i == at)
        inside = [
            wrap(joined([name_of(c, names) for c in values[v][i]]), step - 8, _SMALL) for v in variables
        ]
        height = max(len(title) * theme.LEADING, max(map(len, inside)) * _LEADING) + 8
        (first if i == at else titles).append({"x": 0, "y": y + 11, "text": "\n".join(title)})
        rules.append({"x": 0, "x2": theme.WIDTH - 8, "y": y, "y2": y})
        for k, lines in enumerate(inside):
            left = _GUTTER + k * step
            unknown = set(values[variables[k]][i]) <= set(_UNKNOWN)
            (grey if unknown else cells).append({"x": left + 4, "y": y + 11, "text": "\n".join(lines)})
            if agrees[i][k] and not unknown:
                fills.append(
                    {
                        "x": left,
                        "x2": left + step - 1,
                        "y": y + 1,
                        "y2": y + height,
                        "case": clean(frame["title"].iloc[i]),
                    }
                )
        y += height
    layers = [box(fills, {"case": "Agrees with"}, color="#cfe3f1")] if fills else []
    layers += [line(rules), text(heads_at, fontWeight="bold")]
    layers += [text(titles)] if titles else []
    layers += [text(first, fontWeight="bold")] if first else []
    layers += [text(cells, fontSize=_SMALL, lineHeight=_LEADING)] if cells else []
    layers += (
        [text(grey, fontSize=_SMALL, lineHeight=_LEADING, color=theme.MUTED, fontStyle="italic")]
        if grey
        else []
    )
    key = (
        f"Filled: coded as in “{frame['title'].iloc[at]}”; a list, where one value is shared."
        if at is not None
        else ""
    )
    return figure(
        canvas(layers, y),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=key,
        data=frame.iloc[order] if at is not None else frame.drop(columns="agree"),
    )


def _agree(one: tuple, other: tuple) -> bool:
    return bool((set(one) & set(other)) - set(_UNKNOWN))
