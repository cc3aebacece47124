"""Charts in one house style: a headline, a source line and alt text, or nothing is drawn."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kit.loading import spare_address_parsers

spare_address_parsers()

#: Each public name and the module it lives in; loaded when first used, since Altair takes a while to import.
_WHERE = {
    "Figure": "house",
    "NotDrawn": "house",
    "Unlabelled": "house",
    "figure": "house",
    "adoption": "series",
    "concentration": "shares",
    "crosstab": "crosstabs",
    "date_drift": "drift",
    "event_counts": "counts",
    "growth": "cutoffs",
    "lineage": "coverage",
    "nearest": "neighbours",
    "notice_by_kind": "crosstabs",
    "precedent_matrix": "matrix",
    "price_steps": "prices",
    "reasons_by_relation": "crosstabs",
    "run_rate": "run_rates",
    "statements": "said",
    "survey_share": "surveys",
    "timeline": "lanes",
    "verdicts": "claimed",
    "word_ladder": "ladder",
}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"kit.charts has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"kit.charts.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
