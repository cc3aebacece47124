"""Charts that only this investigation needs, in the look of all charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from precedents import UNKNOWN

import kit
from kit.charts import Figure, NotDrawn, look
from kit.charts.frames import MOST_LINES, Names, heading, name_of, need, printed
from kit.charts.layout import Row, box, canvas, line, text
from kit.charts.look import one_line, wrap
from kit.text.wording import listed

_GUTTER, _SMALL, _MOST_WIDE, _LEADING = 150, 9.5, 8, 12


def precedent_matrix(
    cases: pd.DataFrame,
    *,
    variables: Sequence[str],
    like: str,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
) -> Figure:
    """A row a case, a column a variable, its coded value in the cell; filled where the case ``like`` agrees.

    The case ``like`` comes first and the others follow by how many cells agree; unknown agrees with nothing. An
    unknown case or variable, more than eight variables or 200 cases raise `NotDrawn`.

    >>> cases = pd.DataFrame({"id": ["a", "b"], "title": ["A", "B"], "notice": ["none", "none"]})
    >>> precedent_matrix(cases, variables=["notice"], like="a", headline="Alike", source="Us", alt="Both.")
    Figure('Alike')
    """
    frame = need(cases, ["id", "title", *variables], "precedent_matrix", MOST_LINES)
    if not 0 < len(variables) <= _MOST_WIDE:
        raise NotDrawn("precedent_matrix", f"{len(variables)} variables", f"choose 1 to {_MOST_WIDE}")
    if like not in set(frame["id"]):
        raise NotDrawn("precedent_matrix", f"no case {like!r} in the frame", "keep it in")
    values = {v: [cell if isinstance(cell, tuple) else (cell,) for cell in frame[v]] for v in variables}
    first = list(frame["id"]).index(like)
    agrees = [[_agree(values[v][i], values[v][first]) for v in variables] for i in range(len(frame))]
    frame = frame[["id", "title", *variables]].assign(agree=[sum(row) for row in agrees])
    order = sorted(
        range(len(frame)), key=lambda i: (i != first, -frame["agree"].iloc[i], frame["title"].iloc[i])
    )
    layers, height = _cells(
        [frame["title"].iloc[i] for i in order],
        [[values[v][i] for v in variables] for i in order],
        [agrees[i] for i in order],
        list(variables),
        printed(names),
    )
    return kit.charts.figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"Filled: coded as in “{frame['title'].iloc[first]}”; a list, where one value is shared.",
        data=frame.iloc[order],
    )


def _cells(
    titles: list[str],
    coded: list[list[tuple[str, ...]]],
    agrees: list[list[bool]],
    variables: list[str],
    names: Mapping[str, str],
) -> tuple[list, float]:
    """The marks of the table and its height; the first row is the case that the others are held against."""
    step = (look.WIDTH - 8 - _GUTTER) / len(variables)
    heads = [wrap(heading(v, names), step - 6, look.SIZE, bold=True) for v in variables]
    y = max(map(len, heads)) * look.LEADING + 8
    heads_at = [
        {"x": _GUTTER + k * step + 4, "y": y - 12 - (len(head) - 1) * look.LEADING, "text": "\n".join(head)}
        for k, head in enumerate(heads)
    ]
    fills, rules = [], []
    titles_at: list[Row] = []
    known: list[Row] = []
    unknown: list[Row] = []
    for title, cells, agree in zip(titles, coded, agrees, strict=True):
        first = not titles_at
        lines = wrap(title, _GUTTER - 12, look.SIZE, bold=first)
        inside = [wrap(listed([name_of(value, names) for value in cell]), step - 8, _SMALL) for cell in cells]
        height = max(len(lines) * look.LEADING, max(map(len, inside)) * _LEADING) + 8
        titles_at.append({"x": 0, "y": y + 11, "text": "\n".join(lines)})
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y})
        for k, (words, cell) in enumerate(zip(inside, cells, strict=True)):
            left = _GUTTER + k * step
            place = {"x": left + 4, "y": y + 11, "text": "\n".join(words)}
            (unknown if set(cell) <= UNKNOWN else known).append(place)
            if agree[k]:
                edges = {"x": left, "x2": left + step - 1, "y": y + 1, "y2": y + height}
                fills.append({**edges, "case": one_line(title)})
        y += height
    return [
        *box(fills, {"case": "Agrees with"}, color="#cfe3f1"),
        *line(rules),
        *text(heads_at, fontWeight="bold"),
        *text(titles_at[:1], fontWeight="bold"),
        *text(titles_at[1:]),
        *text(known, fontSize=_SMALL, lineHeight=_LEADING),
        *text(unknown, fontSize=_SMALL, lineHeight=_LEADING, color=look.MUTED, fontStyle="italic"),
    ], y


def _agree(one: tuple, other: tuple) -> bool:
    return bool((set(one) & set(other)) - UNKNOWN)


def word_ladder(
    pages: pd.DataFrame,
    *,
    steps: Mapping[int, str],
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
) -> Figure:
    """Each page on the rung of its ``strength``, the strongest on top, at its day, with the words it used.

    Pages that used the same words on the same day share a mark. ``steps`` says what each strength means; a strength
    it does not name raises `NotDrawn`, and so does a page without a date.

    >>> from kit.text.edtf import date_columns
    >>> pages = pd.DataFrame({"publisher": ["Post"], "words": ["breach of terms"], "strength": [1],
    ...                       "issued": ["2025-08-01"]})
    >>> pages = pages.join(date_columns(pages["issued"]))
    >>> word_ladder(pages, steps={1: "breach", 2: "theft"}, headline="Mild", source="Pages", alt="One page.")
    Figure('Mild')
    """
    spans = [f"issued_{end}" for end in ("earliest", "latest", "precision", "doubt")]
    frame = need(pages, ["publisher", "words", "strength", "issued", *spans], "word_ladder")
    if strange := sorted(set(frame["strength"]) - set(steps)):
        wrong = f"strength {strange[0]} is not among the steps"
        raise NotDrawn("word_ladder", wrong, "say in steps= what it means")
    alike = frame.groupby(["strength", "issued", "words"], sort=True)
    who = alike["publisher"].agg(lambda publishers: listed([one_line(name) for name in publishers]))
    marks = alike[spans].first().assign(who=who).reset_index()
    marks = marks.rename(columns=lambda name: str(name).replace("issued", "date"))
    marks = marks.assign(
        id=marks.index,
        title=[f"{w}: “{one_line(s)}”" for w, s in zip(marks["who"], marks["words"], strict=True)],
        rung=marks["strength"].map(steps),
        status="reported",
    )
    return kit.charts.timeline(
        marks,
        lane="rung",
        order=[steps[strength] for strength in sorted(steps, reverse=True)],
        each="wording",
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        data=frame[["publisher", "words", "strength", "issued"]].assign(step=frame["strength"].map(steps)),
    )
