"""How words grew stronger on their way from page to page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kit.charts.frames import need
from kit.charts.house import Figure, NotDrawn, figure
from kit.charts.lanes import swim
from kit.charts.words import clean

_MOST = 60


def word_ladder(
    pages: pd.DataFrame,
    *,
    steps: Mapping[int, str],
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
) -> Figure:
    """Each page on the rung of its ``strength``, strongest words on top, at the day it came out, with the words it used.

    ``steps`` says what each strength means. A strength it does not name, a page without a date, or more than sixty pages
    raise `NotDrawn`.

    >>> from kit.tables.dates import date_columns
    >>> pages = pd.DataFrame({"publisher": ["Post"], "words": ["breach of terms"], "strength": [1], "issued": ["2025-08-01"]})
    >>> pages = pages.join(date_columns(pages["issued"]))
    >>> word_ladder(pages, steps={1: "breach", 2: "theft"}, headline="Mild", source="Pages", alt="One page.")
    Figure('Mild')
    """
    columns = ["publisher", "words", "strength", "issued", "issued_earliest", "issued_latest"]
    frame = need(pages, [*columns, "issued_precision", "issued_doubt"], "word_ladder", _MOST)
    strange = sorted(set(frame["strength"]) - set(steps))
    if strange:
        raise NotDrawn("word_ladder", f"strength {strange[0]} is not among the steps", "say in steps= what it means")
    ends = ("earliest", "latest", "precision", "doubt")
    marks = frame.rename(columns={"issued": "date", **{f"issued_{end}": f"date_{end}" for end in ends}})
    said = [f"{clean(p)}: “{clean(w)}”" for p, w in zip(frame["publisher"], frame["words"], strict=True)]
    marks = marks.assign(id=frame.index, title=said, status="reported", who=frame["publisher"])
    rungs = sorted(steps, reverse=True)
    chart, key = swim(marks, "strength", rungs, {str(rung): steps[rung] for rung in rungs})
    return figure(
        chart,
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=f"Strongest words on top. {key}",
        data=frame[columns[:4]].assign(step=frame["strength"].map(steps)),
    )
