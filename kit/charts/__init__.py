"""Charts in one look: a headline, a source line and alt text, or nothing is drawn.

What the kit has is general. A chart that only one story needs is made with Altair, in a module beside the notebooks,
and handed to `figure`; `kit.charts.layout` places marks and words in pixels, where a picture is more of a table.
"""

from __future__ import annotations

from kit.loading import spare_address_parsers

spare_address_parsers()

from kit.charts.atlas.places import place_map
from kit.charts.crosstab import crosstab
from kit.charts.date_drift import date_drift
from kit.charts.figure import Figure, NotDrawn, Unlabelled, figure
from kit.charts.look import theme
from kit.charts.relations.flow import flow
from kit.charts.relations.knowledge import knowledge
from kit.charts.relations.network import network, pairs
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
    "flow",
    "knowledge",
    "network",
    "pairs",
    "place_map",
    "source_tree",
    "statements",
    "theme",
    "time_series",
    "timeline",
    "values",
    "verdicts",
]


def __getattr__(name: str) -> object:
    raise AttributeError(f"kit.charts has no {name!r}; it has {', '.join(__all__)}")
