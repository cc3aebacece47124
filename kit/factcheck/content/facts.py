"""What a statement rests on, ready to be printed in a packet: facts with their evidence, verdicts and origins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.evidence.checks.context import SUPPORTING_STANCES
from kit.evidence.passages.verdict import HOLDS
from kit.evidence.provenance.lineage import lineage, sentence
from kit.reporting.document.notes import VERDICTS, Notes
from kit.sources.bibliography.citation import passage_link
from kit.text.pandoc import stringify

_STANCES = {
    "supports": "Supports",
    "states": "Gives its own value",
    "disputes": "Disputes it",
    "context": "Background",
}
_ORDER = list(_STANCES)
_READ = {
    "full": "read in full",
    "excerpt": "read in part",
    "relay": "known to us through other pages only",
    "no": "not read by us",
}


@dataclass(frozen=True)
class Proof:
    """One row of evidence: what it says of the fact, its source, the passage's ends, and the gate's verdict.

    ``passage`` is the whole passage where this edition may print it; otherwise blank. ``verdict`` is blank where the
    row names no passage.
    """

    stance: str
    source: str
    read: str
    ends: str = ""
    passage: str = ""
    locator: str = ""
    link: str = ""
    archived: str = ""
    verdict: str = ""
    holds: bool = False


@dataclass(frozen=True)
class Fact:
    """What a mark names: the fact in one line, its evidence, the sources that only support it, and its origins.

    ``lacks`` says of a fact that no source carries it, which is not so of a source.
    """

    id: str
    told: str
    proofs: tuple[Proof, ...] = ()
    also: tuple[str, ...] = ()
    origins: str = ""
    lacks: bool = False


#: Gives the whole passage of an evidence row, or '' where it is not to be printed or not at hand.
Whole = Callable[[str], str]


class Facts:
    """The facts and sources of a case by their ids; each is looked up when it is asked for."""

    def __init__(self, notes: Notes, verdicts: Mapping[str, tuple[str, str]], whole: Whole) -> None:
        self.notes, self.verdicts, self.whole = notes, verdicts, whole
        self.sources = notes.sources
        self.table = notes.sources.reset_index(drop=True)
        self.lineage = lineage(self.table)

    def known(self, identity: str) -> bool:
        """Whether a fact or a source is called that."""
        return identity in self.notes.tables

    def fact(self, identity: str) -> Fact:
        """The fact or source of that id; an unknown one raises ``KeyError``."""
        if self.notes.tables[identity] == "sources":
            row = self.sources.loc[identity]
            return Fact(identity, f"{self._citation(identity)} ({_READ[row['read']]})")
        rows = self.notes.evidence.get(identity)
        told = self.notes.line(identity)
        if rows is None:
            return Fact(identity, told, lacks=True)
        rows = rows.assign(order=rows["stance"].map(_ORDER.index))
        full = rows[rows["start"].ne("") | rows["says"].ne("") | rows["stance"].eq("disputes")]
        proofs = tuple(
            self._proof(row) for row in full.sort_values(["order", "source", "field"]).itertuples()
        )
        others = sorted(set(rows["source"]) - set(full["source"]))
        lacks = not rows["stance"].isin(SUPPORTING_STANCES).any()
        return Fact(identity, told, proofs, tuple(map(self._short, others)), self._origins(rows), lacks)

    def _proof(self, row: Any) -> Proof:
        source = self.sources.loc[row.source]
        about = f" {row.field.replace('_', ' ')}" if row.field else ""
        stance = f"{_STANCES[row.stance]}{about}" + (f": {row.says}" if row.says else "")
        ends = f"{row.start} … {row.end}" if row.end else row.start
        words = (row.start, row.end, row.prefix, row.suffix)
        verdict, day = self.verdicts.get(row.id, ("", ""))
        told = f"{VERDICTS[verdict]}, {day}" if verdict else "not yet looked up in a capture"
        return Proof(
            stance,
            self._citation(row.source),
            _READ[source["read"]],
            ends,
            self.whole(row.id) if row.start else "",
            row.locator,
            passage_link(source["url"], *words) if source["url"] else "",
            source["archived_url"],
            told if row.start else "",
            verdict in HOLDS,
        )

    def _origins(self, rows: pd.DataFrame) -> str:
        supporting = rows.loc[rows["stance"].eq("supports"), "source"]
        pages = self.lineage[self.lineage["id"].isin(supporting)]
        return sentence(pages, self.table)

    def _citation(self, source: str) -> str:
        return stringify(self.notes.citations[source]).rstrip(".")

    def _short(self, source: str) -> str:
        row = self.sources.loc[source]
        return f"{row['publisher']}, {row['issued']} ({_READ[row['read']]})"
