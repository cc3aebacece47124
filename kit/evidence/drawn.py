"""The headlines of charts: sentences of ours that stand in no prose, and rest on what the chart draws."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kit.evidence.prose import Sentence

#: What a chart says of itself, for what prints it: headline, source line, alt text, and its data as CSV.
CHART_FACTS = "application/vnd.casebook.chart+json"


@dataclass(frozen=True)
class Drawn:
    """A chart that a cell drew: its headline, its source line, and the hash of its data."""

    cell: int
    headline: str
    source: str
    data: str

    def __str__(self) -> str:
        return f"Chart drawn by cell {self.cell}; its source line: {self.source}"


def drawn(notebook: Any) -> Iterator[Drawn]:
    """The charts with a headline among the outputs of a notebook, in order."""
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            facts = output.get("data", {}).get(CHART_FACTS)
            if facts and facts.get("headline"):
                data = hashlib.sha256(str(facts.get("data", "")).encode()).hexdigest()[:10]
                yield Drawn(number, facts["headline"], facts.get("source", ""), data)


def headlines(notebook: Any) -> list[Sentence]:
    """The headlines as sentences.

    >>> facts = {"headline": "Fines doubled in 2021", "source": "Source: the court", "data": ""}
    >>> cell = {"cell_type": "code", "source": "", "outputs": [{"data": {CHART_FACTS: facts}}]}
    >>> [(each.cell, each.kind, each.text) for each in headlines({"cells": [cell]})]
    [(1, 'headline', 'Fines doubled in 2021')]
    """
    found: list[Sentence] = []
    for chart in drawn(notebook):
        position = 1 + sum(each.cell == chart.cell for each in found)
        found.append(Sentence(chart.cell, 1, position, "headline", " ".join(chart.headline.split())))
    return found
