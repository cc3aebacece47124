"""Somebody else's sentences under test, and what became of each."""

from __future__ import annotations

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, figure
from kit.charts.frames import MOST_LINES, Names, heading, name_of, need, printed, readable
from kit.charts.layout import Row, box, canvas, line, text
from kit.charts.look import one_line, width, wrap

_GUTTER = 128


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

    >>> points = pd.DataFrame({"topic": ["Terms"], "office": ["Broken."], "brokers": ["Usual."]})
    >>> statements(points, left="office", right="brokers", headline="They differ", source="x", alt="y")
    Figure('They differ')
    """
    frame = need(points, ["topic", left, right], "statements", MOST_LINES)
    room = (look.WIDTH - 8 - _GUTTER) / 2
    columns = ((left, _GUTTER), (right, _GUTTER + room))
    words = printed(names)
    heads = [{"x": x, "y": 9, "text": heading(side, words)} for side, x in columns]
    topics, small, rules, y = [], [], [], 24.0
    given: list[Row] = []
    empty: list[Row] = []
    for row in frame.to_dict("records"):
        topic = wrap(row["topic"], _GUTTER - 14, look.SIZE, bold=True)
        topics.append({"x": 0, "y": y + 14, "text": "\n".join(topic)})
        tall = len(topic)
        for side, x in columns:
            said = one_line(row[side]) if isinstance(row[side], str) else ""
            lines = wrap(said or "nothing found", room - 16, look.SIZE)
            by = row.get(f"{side}_by")
            notes = wrap(by, room - 16, look.SMALL) if isinstance(by, str) and one_line(by) else []
            (given if said else empty).append({"x": x, "y": y + 14, "text": "\n".join(lines)})
            if notes:
                small.append({"x": x, "y": y + 14 + len(lines) * look.LEADING, "text": "\n".join(notes)})
            tall = max(tall, len(lines) + len(notes))
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y})
        y += tall * look.LEADING + 14
    layers = [
        *line(rules),
        *text(heads, fontWeight="bold", fontSize=12),
        *text(topics, fontWeight="bold"),
        *text(given),
        *text(empty, color=look.MUTED, fontStyle="italic"),
        *text(small, fontSize=look.SMALL, color=look.MUTED),
    ]
    shown = readable(frame, ["topic", left, right, f"{left}_by", f"{right}_by"])
    return figure(canvas(layers, y), headline=headline, source=source, alt=alt, subtitle=subtitle, data=shown)


#: From what holds to what does not, each with its ink and the ink of words upon it.
_VERDICTS = {
    "supported": ("#0072b2", look.PAPER),
    "partly-supported": ("#8fc1e3", look.INK),
    "unverifiable": ("#d9dbdf", look.INK),
    "unsupported": ("#f0b48a", look.INK),
    "contradicted": ("#b84a00", look.PAPER),
}
_MARGIN, _STRIP = 118, 30


def verdicts(
    claims: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
) -> Figure:
    """How many claims came out how, as a strip with a piece for each, and under it each with its verdict.

    More than 200 claims raise `NotDrawn`.

    >>> claims = pd.DataFrame({"id": ["a-1"], "claim": ["Access was cut."], "verdict": ["supported"],
    ...                        "why": ["Both say so."]})
    >>> verdicts(claims, headline="One of one holds", source="Our check", alt="One claim, supported.")
    Figure('One of one holds')
    """
    frame = need(claims, ["id", "claim", "verdict", "why"], "verdicts", MOST_LINES)
    ranks = [*_VERDICTS, *sorted(set(frame["verdict"]) - set(_VERDICTS))]
    order = sorted(
        range(len(frame)), key=lambda i: (ranks.index(frame["verdict"].iloc[i]), frame["id"].iloc[i])
    )
    frame = frame.iloc[order].reset_index(drop=True)
    layers, y = _strip(frame)
    chips, names_at, claims_at, rules = [], [], [], []
    for row in frame.to_dict("records"):
        lines = wrap(row["claim"], look.WIDTH - 14 - _MARGIN, look.SIZE)
        fill, ink = _VERDICTS.get(row["verdict"], (look.PALE, look.INK))
        tips = {"claim": one_line(row["claim"]), "why": one_line(row["why"])}
        rules.append({"x": 0, "x2": look.WIDTH - 8, "y": y, "y2": y})
        chips.append({"x": 0, "x2": _MARGIN - 14, "y": y + 4, "y2": y + 20, "ink": fill, **tips})
        names_at.append(
            {"x": (_MARGIN - 14) / 2, "y": y + 12, "text": name_of(row["verdict"], {}), "ink": ink}
        )
        claims_at.append({"x": _MARGIN, "y": y + 12, "text": "\n".join(lines), **tips})
        y += max(1, len(lines)) * look.LEADING + 10
    tips = {"claim": "Claim", "why": "What we found"}
    layers += [
        *line(rules),
        *box(chips, tips),
        *text(names_at, align="center", fontSize=look.SMALL),
        *text(claims_at, tips),
    ]
    return figure(
        canvas(layers, y),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key="Each piece of the strip is one claim.",
        data=readable(frame, ["id", "claim", "made_by", "verdict", "why"]),
    )


def _strip(frame: pd.DataFrame) -> tuple[list, float]:
    """Pieces of equal width, each verdict's name and count over its own, on as many lines as they need."""
    step = (look.WIDTH - 8) / len(frame)
    counts = frame["verdict"].value_counts()
    left, labels = 0.0, []
    ends: list[float] = []
    for verdict in dict.fromkeys(frame["verdict"]):
        said = f"{name_of(verdict, {})} {counts[verdict]}"
        wide = width(said, look.SIZE, bold=True)
        x = min(left, look.WIDTH - 10 - wide)
        level = next((i for i, end in enumerate(ends) if x >= end + 12), len(ends))
        ends[level : level + 1] = [x + wide]
        labels.append((x, level, said))
        left += step * counts[verdict]
    top = len(ends) * look.LEADING + 6
    labels_at = [{"x": x, "y": top - 12 - level * look.LEADING, "text": said} for x, level, said in labels]
    gap = 1 if step > 4 else 0
    pieces = [
        {"x": i * step, "x2": (i + 1) * step - gap, "y": top, "y2": top + _STRIP, "ink": _fill(verdict)}
        for i, verdict in enumerate(frame["verdict"])
    ]
    return [*box(pieces), *text(labels_at, fontWeight="bold")], top + _STRIP + 16


def _fill(verdict: str) -> str:
    return _VERDICTS.get(verdict, (look.PALE, look.INK))[0]
