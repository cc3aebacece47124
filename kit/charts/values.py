"""Values side by side: bars or dots with their ranges, in groups where they belong together, and a limit to hold them to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import altair as alt_
import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import FIGURES, MOST_LINES, Names, heading, need, printed, readable
from kit.charts.layout import Row, at, box, canvas, line, text
from kit.charts.look import one_line, width, wrap
from kit.charts.scales import ValueScale, amount, scale_for
from kit.text.wording import listed, plural

#: The most room for labels, and that for a number at the right end of a mark.
_LABELS, _NUMBER = 290, 64
_THICK, _INDENT = 12, 14
_TIPS = {"label": "Of", "said": "Value", "range": "Range", "note": "Note"}


def values(
    frame: pd.DataFrame,
    *,
    label: str,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    value: str = "value",
    unit: str = "",
    mark: Literal["bar", "dot"] = "bar",
    note: str = "",
    group: str = "",
    order: Sequence[str] = (),
    names: Names | None = None,
    top: int | None = None,
    limit: float | None = None,
    limit_label: str = "limit",
    key: str = "",
    columns: Sequence[str] = (),
) -> Figure:
    """A line for each row of the frame, in its order: its ``label``, a bar or a dot at its ``value``, and the number.

    ``label``, ``value``, ``note`` and ``group`` name columns. Where the frame has ``low`` and ``high``, a thin line
    shows the range. Numbers are in ``unit`` (``percent``, ``usd``, ``days``), else in that of the frame's own column
    ``unit``, else plain with two decimals. A ``note`` stands in small print under its label or, where rows stand in
    groups, under the heading of its group. In each ``group`` every label of the frame stands, in a colour of its own
    and in ``order``, with a dash where the group has no value for it. ``limit`` draws a line at that value, named
    ``limit_label``; the scale reaches it. Where ``top`` is given, only so many rows are drawn; the key counts the
    others, and the table under the chart has them. ``key`` says more on how to read the marks, ``columns`` names more
    columns for the table.

    More than 200 rows to draw, no value at all, values in two units, a value outside its own range, or a label that
    stands twice in a group raise `NotDrawn`.

    >>> plans = pd.DataFrame({"plan": ["small", "large"], "value": [20.0, 200.0], "unit": "usd"})
    >>> values(plans, label="plan", headline="Ten times as dear", source="Price list", alt="20 and 200 dollars.")
    Figure('Ten times as dear')
    """
    asked = {"name": label, "value": value, "note": note, "group": group}
    needed = [*filter(None, asked.values()), *columns]
    given = need(frame, needed, "values")
    shown = need(given if top is None else given.head(top), needed, "values", MOST_LINES)
    need(shown[shown[value].notna()], needed, "values")
    measure = unit or _unit(shown)
    rows = _rows(shown, asked, measure)
    groups = _grouped(rows, order) if group else {"": rows}
    known = [row for row in rows if row["value"] is not None]
    ends = [end for row in known for end in (row["value"], row["low"], row["high"])]
    reach = ends if limit is None else [*ends, float(limit)]
    words = printed(names)
    written, left, height = _written(groups, words)
    scale = scale_for(reach, left, look.WIDTH - 8 - _NUMBER, log=False)
    layers = [*_marks(known, scale, mark, measure), *written]
    if limit is not None:
        layers += _limit(scale, float(limit), one_line(limit_label), height)
    how = [f"{mark.capitalize()}: the value. Line: its range."] if any(row["range"] for row in known) else []
    how += ["Dash: no value is given."] if len(known) < sum(map(len, groups.values())) else []
    more = [f"Not drawn: {plural(len(given) - len(shown), 'row')} more."] if len(given) > len(shown) else []
    return figure(
        canvas(layers, height),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=" ".join([*([key] if key else how), *more]),
        data=readable(given, [group, *(name for name in needed if name not in FIGURES), *FIGURES]).assign(
            **{name: [heading(each, words) for each in given[name]] for name in (group, label) if name}
        ),
    )


def _unit(frame: pd.DataFrame) -> str:
    units = sorted(frame["unit"].unique()) if "unit" in frame else [""]
    if len(units) > 1:
        wrong = f"values in {len(units)} units ({listed(units[:4])})"
        raise NotDrawn("values", wrong, "filter the frame to one unit")
    return str(units[0])


def _number(value: float, unit: str) -> str:
    return amount(value, unit) if unit else f"{value:,.2f}"


def _rows(frame: pd.DataFrame, columns: Mapping[str, str], unit: str) -> list[Row]:
    """The rows under names of ours, each with its number in words; ``value`` is ``None`` where none is given."""
    rows = []
    for row in frame.to_dict("records"):
        found: Row = {name: row[column] if column else "" for name, column in columns.items()}
        found |= {"note": one_line(found["note"]), "ink": look.ACCENT, "said": "–", "range": ""}
        if pd.isna(found["value"]):
            rows.append({**found, "value": None})
            continue
        value = float(found["value"])
        low, high = (value if pd.isna(row.get(end)) else float(row[end]) for end in ("low", "high"))
        if not low <= value <= high:
            wrong = f"the value of {one_line(found['name'])!r} lies outside its range"
            raise NotDrawn("values", wrong, "correct low, high or the value")
        between = f"{_number(low, unit)} to {_number(high, unit)}" if low < high else ""
        found |= {"value": value, "low": low, "high": high, "said": _number(value, unit), "range": between}
        rows.append(found)
    return rows


def _grouped(rows: list[Row], order: Sequence[str]) -> dict[str, list[Row]]:
    """The rows by group, in each a row for every label; a label that stands twice raises `NotDrawn`."""
    found = list(dict.fromkeys(row["name"] for row in rows))
    labels = [name for name in dict.fromkeys(order) if name in found]
    labels += [name for name in found if name not in labels]
    inks = look.colours(labels, labels)
    groups: dict[str, list[Row]] = {}
    for group in dict.fromkeys(row["group"] for row in rows):
        mine = [row for row in rows if row["group"] == group]
        by_label = {row["name"]: row for row in mine}
        if len(by_label) < len(mine):
            wrong = f"{len(mine) - len(by_label)} labels stand twice in {one_line(group)!r}"
            raise NotDrawn("values", wrong, "tell them apart in the column of the group")
        note = "; ".join(dict.fromkeys(row["note"] for row in mine if row["note"]))
        blank = {"value": None, "said": "–", "range": "", "note": note, "group": group}
        groups[group] = [by_label.get(name, {**blank, "name": name}) for name in labels]
        for row in groups[group]:
            row |= {"ink": inks[row["name"]], "note": note}
    return groups


def _written(groups: dict[str, list[Row]], names: Mapping[str, str]) -> tuple[list[alt_.Chart], float, float]:
    """Headings, labels and small print, where they end at the right, and how high they stand.

    Each row learns its ``middle``.
    """
    y, edge, heads, labels, small, rules, bands = 4.0, 60.0, [], [], [], [], []
    bold = not any(groups) and any(row["note"] for rows in groups.values() for row in rows)
    for group, rows in groups.items():
        if group:
            lines = wrap(heading(group, names), look.WIDTH - 12, look.SIZE, bold=True)
            notes = wrap(rows[0]["note"], look.WIDTH - 12, look.SMALL) if rows[0]["note"] else []
            high = (len(lines) + len(notes)) * look.LEADING + 10
            rules.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y})
            bands.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y + high})
            heads.append({"x": 0, "y": y + 13, "text": "\n".join(lines)})
            small.append({"x": 0, "y": y + 13 + len(lines) * look.LEADING, "text": "\n".join(notes)})
            y += high
        left = _INDENT if group else 0
        for row in rows:
            row["label"] = heading(row["name"], names)
            lines = wrap(row["label"], _LABELS - 16 - left, look.SIZE, bold)
            notes = wrap(row["note"], _LABELS - 16, look.SMALL) if row["note"] and not group else []
            edge = max(edge, *(left + width(part, look.SIZE, bold) for part in lines))
            edge = max(edge, *(width(part, look.SMALL) for part in notes), 0)
            row["middle"] = y + 4 + len(lines) * look.LEADING / 2
            labels.append({"x": left, "y": y + 4 + look.LEADING / 2, "text": "\n".join(lines)})
            below = y + 4 + (len(lines) + 0.5) * look.LEADING
            small.append({"x": left, "y": below, "text": "\n".join(notes)})
            y += (len(lines) + len(notes)) * look.LEADING + 8
        y += 6 if group else 0
    dashes = [row for rows in groups.values() for row in rows if row["value"] is None]
    layers = [
        *box(bands, color=look.PAPER),  # no line of the axis runs through a heading
        *line(rules),
        *text(heads, fontWeight="bold"),
        *text(labels, fontWeight="bold" if bold else "normal"),
        *text([row for row in small if row["text"]], fontSize=look.SMALL, color=look.MUTED),
        *text([{"x": edge + 16, "y": row["middle"], "text": "–"} for row in dashes], color=look.MUTED),
    ]
    return layers, edge + 16, y


def _marks(rows: list[Row], scale: ValueScale, mark: str, unit: str) -> list[alt_.Chart]:
    """Bars or dots, their ranges, and the number behind each."""
    floor = max(scale.low, min(0.0, scale.high))
    kept = (*_TIPS, "value", "low", "high", "middle", "ink")
    data = [
        {name: row[name] for name in kept}
        | {"floor": floor, "y": row["middle"] - _THICK / 2, "y2": row["middle"] + _THICK / 2}
        for row in rows
    ]
    chart = alt_.Chart(alt_.Data(values=data))
    ticks = {tick: _number(tick, unit) if unit else f"{tick:g}" for tick in scale.ticks()}
    middle, ink = at("y", "middle"), alt_.Color("ink:N", scale=None, legend=None)
    tips = [alt_.Tooltip(f"{field}:N", title=title) for field, title in _TIPS.items()]
    layers = [
        chart.mark_text(align="left", baseline="middle", dx=8).encode(
            x=scale.x("high", ticks), y=middle, text="said:N"
        )
    ]
    if mark == "bar":
        layers.append(
            chart.mark_rect().encode(
                x=scale.x("floor", ticks), x2="value:Q", y=at("y"), y2="y2:Q", color=ink, tooltip=tips
            )
        )
    if ranged := [row for row in data if row["range"]]:
        ranges = alt_.Chart(alt_.Data(values=ranged))
        shown = {"color": look.INK, "opacity": 0.6} if mark == "bar" else {"strokeWidth": 3, "opacity": 0.35}
        shade = {} if mark == "bar" else {"color": ink}
        layers.append(
            ranges.mark_rule(**shown).encode(x=scale.x("low", ticks), x2="high:Q", y=middle, **shade)
        )
    if mark == "dot":
        layers.append(
            chart.mark_point(filled=True, opacity=1, size=70).encode(
                x=scale.x("value", ticks), y=middle, color=ink, tooltip=tips
            )
        )
    return layers


def _limit(scale: ValueScale, limit: float, label: str, height: float) -> list[alt_.Chart]:
    """An upright line at the limit, named over the axis, on the side that has room."""
    x, wide = scale.px(limit), width(label, look.SIZE, bold=True)
    left = max(0, min(x - wide / 2, look.WIDTH - 10 - wide))
    return [
        *line([{"x": x, "x2": x, "y": 0, "y2": height}], color=look.ALERT, strokeWidth=1.5),
        *text([{"x": left, "y": -24, "text": label}], color=look.ALERT, fontWeight="bold"),
    ]
