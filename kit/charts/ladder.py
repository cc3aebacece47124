"""How words grew stronger on their way from page to page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import need
from kit.charts.text import clean, joined
from kit.charts.timeline import swim

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
    """Each page on the rung of its ``strength``, the strongest on top, at its day, with the words it used.

    Pages that used the same words on the same day share a mark.

    ``steps`` says what each strength means. A strength it does not name, a page without a date, or more
    than sixty pages raise `NotDrawn`.

    >>> from kit.text.edtf import date_columns
    >>> pages = pd.DataFrame({"publisher": ["Post"], "words": ["breach of terms"], "strength": [1],
    ...                       "issued": ["2025-08-01"]})
    >>> pages = pages.join(date_columns(pages["issued"]))
    >>> word_ladder(pages, steps={1: "breach", 2: "theft"}, headline="Mild", source="Pages", alt="One page.")
    Figure('Mild')
    """
    columns = ["publisher", "words", "strength", "issued", "issued_earliest", "issued_latest"]
    frame = need(pages, [*columns, "issued_precision", "issued_doubt"], "word_ladder", _MOST)
    strange = sorted(set(frame["strength"]) - set(steps))
    if strange:
        raise NotDrawn(
            "word_ladder", f"strength {strange[0]} is not among the steps", "say in steps= what it means"
        )
    spans = [f"issued_{end}" for end in ("earliest", "latest", "precision", "doubt")]
    alike = frame.groupby(["strength", "issued", "words"], sort=True)
    marks = (
        alike[spans].first().reset_index().rename(columns=lambda name: str(name).replace("issued", "date"))
    )
    who = alike["publisher"].agg(lambda names: joined([clean(name) for name in names])).to_numpy()
    marks = marks.assign(
        id=marks.index, title=[f"{w}: “{clean(s)}”" for w, s in zip(who, marks["words"], strict=True)]
    )
    marks = marks.assign(status="reported")
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
