"""Who knew what, and since when: a dot for each that is known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, heading, need, printed
from kit.charts.layout import canvas, dot, line, text
from kit.charts.look import one_line, width, wrap
from kit.errors import BadDate
from kit.text.edtf import parse_date

_WIDEST, _MOST_HIGH, _MOST_WIDE, _ROW = 170, 40, 10, 34


def knowledge(
    frame: pd.DataFrame,
    *,
    who: str,
    what: str,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    when: str = "date",
    who_order: Sequence[str] = (),
    what_order: Sequence[str] = (),
    names: Names | None = None,
) -> Figure:
    """A row for each ``who``, a column for each ``what``, a dot where the frame has a row, the day (``when``) under it.

    The dot of the first who knew a thing is in another colour; a hollow one stands for knowledge whose day is not known
    (blank, or ``unknown``). Dates are printed as they stand, and compared by their earliest day. Where a pair has two rows
    the earlier counts. No dot: nothing is known, which is not that somebody knew nothing. More than 40 rows or 10 columns
    raise `NotDrawn`.

    >>> rows = pd.DataFrame({"who": ["board", "mayor"], "what": ["crack", "crack"], "date": ["2021-02-01", "2021-03"]})
    >>> knowledge(rows, who="who", what="what", headline="The board knew first", source="Minutes", alt="Two dots.").data
         who   what        date
    0  Board  Crack  2021-02-01
    1  Mayor  Crack     2021-03
    """
    rows = need(frame, [who, what, when], "knowledge")
    rows = rows.assign(**{when: rows[when].fillna("").astype(str).where(rows[when].notna(), "")})
    first = [_first_day(day) for day in rows[when]]
    rows = rows.assign(first=first).sort_values("first", kind="stable").drop_duplicates([who, what])
    down, across = _ordered(rows, who, who_order), _ordered(rows, what, what_order)
    if len(down) > _MOST_HIGH or len(across) > _MOST_WIDE:
        wrong = f"{len(down)} by {len(across)}, of which {_MOST_HIGH} by {_MOST_WIDE} can be read at most"
        raise NotDrawn("knowledge", wrong, "leave some out, or swap who and what")
    shown = printed(names)
    labels = {value: heading(value, shown) for value in (*down, *across)}
    known = {(row[who], row[what]): (row[when], row["first"]) for row in rows.to_dict("records")}
    layers, height = _grid(down, across, labels, known)
    hollow = any(not day for _, day in known.values())
    return figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="A dot: it is known that they knew, since that day at the latest. In orange: the first to know."
        + (" Hollow: the day is not known." if hollow else ""),
        data=rows.sort_values([what, "first", who])[[who, what, when]].assign(
            **{name: rows[name].map(labels) for name in (who, what)}
        ),
    )


def _grid(
    down: list[str], across: list[str], labels: dict[str, str], known: dict[tuple[str, str], tuple[str, str]]
) -> tuple[list, float]:
    sides = {value: wrap(labels[value], _WIDEST, look.SIZE) for value in down}
    gutter = max(width(part, look.SIZE) for lines in sides.values() for part in lines) + 18
    step = (look.WIDTH - 12 - gutter) / len(across)
    heads = {value: wrap(labels[value], step - 10, look.SIZE, bold=True) for value in across}
    top = max(map(len, heads.values())) * look.LEADING + 12
    titles = [
        {"x": gutter + at * step, "y": top - 14 - (len(heads[value]) - 1) * look.LEADING, "text": "\n".join(heads[value])}
        for at, value in enumerate(across)
    ]  # fmt: skip
    first = {
        what: min((day for (_, of), (_, day) in known.items() if of == what and day), default="")
        for what in across
    }
    rules, names_at, said = [], [], []
    filled: list[dict] = []
    hollow: list[dict] = []
    for value in down:
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": top, "y2": top})
        names_at.append({"x": 0, "y": top + 13, "text": "\n".join(sides[value])})
        for at, what in enumerate(across):
            if (value, what) not in known:
                continue
            printed_day, day = known[value, what]
            x, y = gutter + at * step + 5, top + 12
            tip = {"who": labels[value], "what": labels[what], "day": printed_day or "not known"}
            ink = look.ALERT if day and day == first[what] else look.ACCENT
            (filled if day else hollow).append({"x": x, "y": y, "ink": ink, **tip})
            said.append({"x": x - 5, "y": y + 13, "text": one_line(printed_day) if day else "day not known"})
        top += max(_ROW, len(sides[value]) * look.LEADING + 10)
    tips = {"who": "Who", "what": "What", "day": "Since"}
    layers = [
        *line(rules),
        *text(titles, fontWeight="bold"),
        *text(names_at),
        *dot(filled, tips, size=90),
        *dot([{**each, "ink": look.MUTED} for each in hollow], tips, size=80, filled=False),
        *text(said, color=look.MUTED, fontSize=look.SMALL),
    ]
    return layers, top  # fmt: skip


def _first_day(date: str) -> str:
    """The earliest day that an EDTF date leaves open; '' where none is known."""
    try:
        earliest = parse_date(date).earliest if date else None
    except BadDate:
        return ""
    return earliest.isoformat() if earliest else ""


def _ordered(rows: pd.DataFrame, column: str, order: Sequence[str]) -> list[str]:
    """The values in the order given, the others by who knew, or what was known, first."""
    dated = rows.assign(late=rows["first"].eq(""))
    firsts = dated.sort_values(["late", "first", column])[column].drop_duplicates().tolist()
    wanted = [value for value in order if value in firsts]
    return wanted + [value for value in firsts if value not in wanted]
