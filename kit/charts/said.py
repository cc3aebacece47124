"""What each of two sides said, point by point, side by side."""

from __future__ import annotations

import pandas as pd

from kit.charts import theme
from kit.charts.frames import MOST_LINES, Names, name_of, need
from kit.charts.house import Figure, figure
from kit.charts.pixels import Row, canvas, line, text
from kit.charts.words import clean, wrap

_GUTTER, _SMALL = 128, 10


def statements(
    points: pd.DataFrame,
    *,
    left: str,
    right: str,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    names: Names | None = None,
) -> Figure:
    """A row for each ``topic``, with what the sides ``left`` and ``right`` say of it, both given equal room.

    ``<left>_by`` and ``<right>_by``, where the frame has them, say who spoke, when and where. A side that
    said nothing is shown as having said nothing found. More than 200 points raise `NotDrawn`.

    >>> points = pd.DataFrame({"topic": ["Terms"], "anthropic": ["Broken."], "openai": ["Usual."]})
    >>> statements(points, left="anthropic", right="openai", headline="They differ", source="x", alt="y")
    Figure('They differ')
    """
    frame = need(points, ["topic", left, right], "statements", MOST_LINES)
    room = (theme.WIDTH - 8 - _GUTTER) / 2
    columns = ((left, _GUTTER), (right, _GUTTER + room))
    heads = [{"x": x, "y": 9, "text": name_of(side, names)} for side, x in columns]
    topics, small, rules, y = [], [], [], 24.0
    words: list[Row] = []
    empty: list[Row] = []
    for row in frame.to_dict("records"):
        topic = wrap(row["topic"], _GUTTER - 14, theme.SIZE, bold=True)
        topics.append({"x": 0, "y": y + 14, "text": "\n".join(topic)})
        tall = len(topic)
        for side, x in columns:
            said = clean(row[side]) if isinstance(row[side], str) else ""
            lines = wrap(said or "nothing found", room - 16, theme.SIZE)
            by = row.get(f"{side}_by")
            notes = wrap(by, room - 16, _SMALL) if isinstance(by, str) and clean(by) else []
            (words if said else empty).append({"x": x, "y": y + 14, "text": "\n".join(lines)})
            if notes:
                small.append({"x": x, "y": y + 14 + len(lines) * theme.LEADING, "text": "\n".join(notes)})
            tall = max(tall, len(lines) + len(notes))
        rules.append({"x": 0, "x2": theme.WIDTH - 8, "y": y, "y2": y})
        y += tall * theme.LEADING + 14
    layers = [line(rules), text(heads, fontWeight="bold", fontSize=12), text(topics, fontWeight="bold")]
    layers += [text(words)] if words else []
    layers += [text(empty, color=theme.MUTED, fontStyle="italic")] if empty else []
    layers += [text(small, fontSize=_SMALL, color=theme.MUTED)] if small else []
    return figure(canvas(layers, y), headline=headline, source=source, alt=alt, subtitle=subtitle, data=frame)
