"""Charts in one look: a headline, a source line and alt text, or nothing is drawn.

What the kit has is general. A chart that only one story needs is made with Altair, in a module beside the notebooks,
and handed to `figure`; `kit.charts.layout` places marks and words in pixels, where a picture is more of a table.
"""

from __future__ import annotations

from kit.loading import spare_address_parsers

spare_address_parsers()

from kit.charts.crosstab import crosstab
from kit.charts.date_drift import date_drift
from kit.charts.figure import Figure, NotDrawn, Unlabelled, figure
from kit.charts.source_tree import source_tree
from kit.charts.statements import statements, verdicts
from kit.charts.time_series import time_series
from kit.charts.timeline import timeline
from kit.charts.values import values

__all__ = [
    "Figure",
    "NotDrawn",
    "Unlabelled",
    "crosstab",
    "date_drift",
    "figure",
    "source_tree",
    "statements",
    "time_series",
    "timeline",
    "values",
    "verdicts",
]


def __getattr__(name: str) -> object:
    raise AttributeError(f"kit.charts has no {name!r}; it has {', '.join(__all__)}")
