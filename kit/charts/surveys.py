"""Surveys side by side, each with who paid for it, so that their disagreement can be seen; never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kit.charts import theme
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import Names, name_of, need, readable
from kit.charts.layout import box, canvas, line, text
from kit.charts.scales import amount
from kit.charts.text import clean, wrap
from kit.charts.time_series import SHOWN

_GUTTER, _MOST_WIDE, _SMALL = 246, 8, 10
_TIPS = {"said": "Share", "basis": "Basis", "interest": "Interest"}


def survey_share(
    metrics: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    survey: str = "basis",
    names: Names | None = None,
    order: Sequence[str] = (),
) -> Figure:
    """A row for each survey and period, a column for each entity, in each cell the share that survey gives.

    Under a survey's name stands who paid for it or holds a stake in whom. The column ``survey`` tells
    surveys apart. Two values for one entity in one survey and period, more than eight entities, or other
    units than percent raise `NotDrawn`.

    >>> metrics = pd.DataFrame({"entity": ["a", "b"], "value": [32.0, 25.0], "unit": "percent",
    ...     "period": "2025-07", "period_earliest": pd.Timestamp("2025-07-01"), "basis": "Menlo",
    ...     "interest": "Invests in a.", "qualifier": "survey"})
    >>> survey_share(metrics, headline="a leads", source="Menlo", alt="a 32, b 25 percent.")
    Figure('a leads')
    """
    columns = ["entity", "value", "unit", "period", "period_earliest", "interest", "qualifier", survey]
    frame = need(metrics, columns, "survey_share", most=400)
    frame = need(frame[frame["value"].notna()], columns, "survey_share")
    _insist(frame, survey)
    entities = [e for e in dict.fromkeys(order) if e in set(frame["entity"])]
    entities += sorted(
        set(frame["entity"]) - set(entities),
        key=lambda e: (-frame.loc[frame["entity"] == e, "value"].max(), e),
    )
    if len(entities) > _MOST_WIDE:
        raise NotDrawn(
            "survey_share", f"{len(entities)} entities, of which {_MOST_WIDE} fit", "filter the smallest out"
        )
    inks = theme.colours(entities, tuple(entities))
    step = (theme.WIDTH - 10 - _GUTTER) / len(entities)
    full, most = step - 12, max(float(frame["value"].max()), 1.0)
    heads = {e: wrap(name_of(e, names), step - 3, theme.SIZE, bold=True) for e in entities}
    top = max(map(len, heads.values())) * theme.LEADING + 8
    layers = [
        text(
            [
                {
                    "x": _GUTTER + i * step,
                    "y": top - 10 - (len(heads[e]) - 1) * theme.LEADING,
                    "text": "\n".join(heads[e]),
                }
                for i, e in enumerate(entities)
            ],
            fontWeight="bold",
        )
    ]
    rules, titles, notes, bars, numbers, blanks = [], [], [], [], [], []
    groups = frame.sort_values(["period_earliest", survey], kind="stable").groupby(
        [survey, "period"], sort=False
    )
    for (title, period), group in groups:
        kind = " (projection)" if (group["qualifier"] == "projection").all() else ""
        lines = wrap(_dated(title, period) + kind, _GUTTER - 16, theme.SIZE, bold=True)
        who = "; ".join(dict.fromkeys(clean(said) for said in group["interest"] if clean(said)))
        small = wrap(who or "No stake known.", _GUTTER - 16, _SMALL)
        rules.append({"x": 0, "x2": theme.WIDTH - 8, "y": top, "y2": top})
        titles.append({"x": 0, "y": top + 13, "text": "\n".join(lines)})
        notes.append({"x": 0, "y": top + 13 + len(lines) * theme.LEADING, "text": "\n".join(small)})
        given = group.set_index("entity").to_dict("index")
        for i, entity in enumerate(entities):
            x, y = _GUTTER + i * step, top + 13
            if entity not in given:
                blanks.append({"x": x, "y": y, "text": "–"})
                continue
            row = given[entity]
            said = amount(row["value"], "percent")
            numbers.append({"x": x, "y": y, "text": said})
            place = {"x": x, "y": y + 9, "y2": y + 19}
            tips = {
                "basis": clean(row.get("basis", title)),
                "interest": who,
                "said": f"{name_of(entity, names)} {said}",
            }
            bars.append({**place, "x2": x + max(1, full * row["value"] / most), "fill": inks[entity], **tips})
        top += max(44, (len(lines) + len(small)) * theme.LEADING + 13)
    layers += [
        line(rules),
        text(titles, fontWeight="bold"),
        text(notes, fontSize=_SMALL, color=theme.MUTED),
        text(numbers),
    ]
    layers += [text(blanks, color=theme.MUTED)] if blanks else []
    layers += [
        box([b for b in bars if b["fill"] == ink], _TIPS, color=ink)
        for ink in dict.fromkeys(b["fill"] for b in bars)
    ]
    return figure(
        canvas(layers, top),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"A full column is {amount(most, 'percent')}. A dash: that survey gives no figure.",
        data=readable(metrics, (survey, *SHOWN)),
    )


def _insist(frame: pd.DataFrame, survey: str) -> None:
    others = sorted(set(frame["unit"]) - {"percent"})
    if others:
        raise NotDrawn(
            "survey_share", f"values in {', '.join(others)}", "filter the metrics to shares in percent"
        )
    twice = frame[frame.duplicated([survey, "period", "entity"], keep=False)]
    if len(twice):
        rows: dict[Any, Any] = twice.iloc[0].to_dict()
        raise NotDrawn(
            "survey_share",
            f"{len(twice)} values share a survey, period and entity "
            f"(first: {clean(rows['entity'])}, {clean(rows['period'])})",
            "tell them apart in the survey column",
        )


def _dated(title: object, period: object) -> str:
    return clean(title) if str(period)[:4] in str(title) else f"{clean(title)}, {clean(period)}"
