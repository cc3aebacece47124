"""Charts in one house style: a headline, a source line and alt text, or nothing is drawn."""

from __future__ import annotations

from kit.loading import spare_address_parsers

spare_address_parsers()

from kit.charts.counts import event_counts
from kit.charts.crosstab import crosstab, notice_by_kind, reasons_by_relation
from kit.charts.cutoffs import growth
from kit.charts.date_drift import date_drift
from kit.charts.figure import Figure, NotDrawn, Unlabelled, figure
from kit.charts.ladder import word_ladder
from kit.charts.matrix import precedent_matrix
from kit.charts.neighbours import nearest
from kit.charts.prices import price_steps
from kit.charts.run_rates import run_rate
from kit.charts.shares import concentration
from kit.charts.source_tree import lineage
from kit.charts.statements import statements, verdicts
from kit.charts.surveys import survey_share
from kit.charts.time_series import adoption
from kit.charts.timeline import timeline

__all__ = [
    "Figure",
    "NotDrawn",
    "Unlabelled",
    "adoption",
    "concentration",
    "crosstab",
    "date_drift",
    "event_counts",
    "figure",
    "growth",
    "lineage",
    "nearest",
    "notice_by_kind",
    "precedent_matrix",
    "price_steps",
    "reasons_by_relation",
    "run_rate",
    "statements",
    "survey_share",
    "timeline",
    "verdicts",
    "word_ladder",
]


def __getattr__(name: str) -> object:
    raise AttributeError(f"kit.charts has no {name!r}; it has {', '.join(__all__)}")
