"""Passages from elsewhere, each with the fact it is cited for and the verdict that a person gave."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kit.evidence.support.carrying import Carrying, carrying
from kit.evidence.support.question import CitedFact, Surroundings
from kit.text.language import LANGUAGES

FOLDER = Path(__file__).parents[1] / "evidence" / "sentences"


@dataclass(frozen=True)
class JudgedPassage:
    """A row of ``passages_tuning.csv`` or ``passages_unseen.csv``: ``verdict`` and ``missing`` are a person's."""

    id: str
    language: str
    kind: str
    text: str
    fact: CitedFact
    around: Surroundings
    verdict: str
    missing: frozenset[str]

    def judged(self) -> Carrying:
        return carrying(self.text, self.fact, self.around, LANGUAGES[self.language])


def judged_passages(half: str) -> Iterator[JudgedPassage]:
    """The passages of one half, ``tuning`` or ``unseen``."""
    with (FOLDER / f"passages_{half}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            record = json.loads(row["record"])
            fact = CitedFact(
                says=record.get("says", ""),
                date=record.get("date", ""),
                unit=record.get("unit", ""),
                wording=record.get("title", ""),
                status=record.get("status", ""),
                actors=tuple(tuple(names) for names in record.get("actors", [])),
                **{end: Decimal(record[end]) for end in ("value", "low", "high") if end in record},
            )
            yield JudgedPassage(
                row["id"],
                row["language"],
                row["kind"],
                row["passage"],
                fact,
                Surroundings(row["page_day"], row["headline"], row["before"]),
                row["verdict"],
                frozenset(filter(None, row["missing"].split(";"))),
            )
