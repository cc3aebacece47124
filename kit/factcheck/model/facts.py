"""What a statement rests on, ready to be printed in a packet: facts with their evidence, verdicts and origins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.evidence.passages.verdict import HOLDS
from kit.evidence.provenance.lineage import lineage, lineage_sentence
from kit.evidence.support.carrying import carrying_sentence
from kit.evidence.support.cited_facts import SUPPORTING_STANCES
from kit.reporting.book.notes import VERDICT_WORDS, Notes
from kit.text.pandoc import stringify

#: Said of a fact that stands in the tables without a source.
NO_SOURCE = "No source in our tables carries it."
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
    """One row of evidence: what it says of the fact, its source, the passage, and the gate's verdict in a sentence.

    ``passage`` is the whole passage where this edition may print it; otherwise its first and last words. ``verdict`` is
    blank where the row names no passage.
    """

    stance: str
    source: str
    read: str
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
    line: str
    proofs: tuple[Proof, ...] = ()
    also: tuple[str, ...] = ()
    origins: str = ""
    lacks: bool = False

    @property
    def is_source(self) -> bool:
        """Whether it is a source itself, cited for no fact."""
        return not (self.proofs or self.also or self.origins or self.lacks)


#: Gives the whole passage of an evidence row, or '' where it is not to be printed or not at hand.
Whole = Callable[[str], str]


class Facts:
    """The facts and sources of a case by their ids; each is looked up when it is asked for."""

    def __init__(self, notes: Notes, verdicts: Mapping[str, Any], whole: Whole) -> None:
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
        line = self.notes.line(identity)
        if rows is None:
            return Fact(identity, line, lacks=True)
        rows = rows.assign(order=rows["stance"].map(_ORDER.index))
        full = rows[rows["start"].ne("") | rows["says"].ne("") | rows["stance"].eq("disputes")]
        proofs = tuple(
            self._proof(row) for row in full.sort_values(["order", "source", "field"]).itertuples()
        )
        others = sorted(set(rows["source"]) - set(full["source"]))
        lacks = not rows["stance"].isin(SUPPORTING_STANCES).any()
        return Fact(identity, line, proofs, tuple(map(self._short, others)), self._origins(rows), lacks)

    def _proof(self, row: Any) -> Proof:
        source = self.sources.loc[row.source]
        about = f" {row.field.replace('_', ' ')}" if row.field else ""
        stance = f"{_STANCES[row.stance]}{about}" + (f": {row.says}" if row.says else "")
        ends = f"{row.start} … {row.end}" if row.end else row.start
        found = self.verdicts.get(row.id)
        words = (
            f"{VERDICT_WORDS[found.verdict]}, {found.checked_on}"
            if found
            else "not yet looked up in a capture"
        )
        carried = carrying_sentence(found.carries, found.missing) if found else ""
        return Proof(
            stance,
            self._citation(row.source),
            _READ[source["read"]],
            (row.start and self.whole(row.id)) or ends,
            row.locator,
            self.notes.live_link(row, source["url"]),
            source["archived_url"],
            f"{words[:1].upper()}{words[1:]}. {carried}".strip() if row.start else "",
            found is not None and found.verdict in HOLDS and found.carries != "lacks",
        )

    def _origins(self, rows: pd.DataFrame) -> str:
        supporting = rows.loc[rows["stance"].eq("supports"), "source"]
        pages = self.lineage[self.lineage["id"].isin(supporting)]
        return lineage_sentence(pages, self.table)

    def _citation(self, source: str) -> str:
        return stringify(self.notes.citations[source]).rstrip(".")

    def _short(self, source: str) -> str:
        row = self.sources.loc[source]
        return f"{row['publisher']}, {row['issued']} ({_READ[row['read']]})"
