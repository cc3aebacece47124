"""A case as the gate's rules see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from kit.case import Case
from kit.clock import today
from kit.evidence.checks import quotes
from kit.evidence.checks.quotes import Quotation
from kit.evidence.checks.rule import Finding, Rule
from kit.evidence.passages import review
from kit.evidence.passages.text_index import open_index
from kit.evidence.passages.verdict import Verdict
from kit.evidence.prose.document import Document, prose_language, saved_documents
from kit.evidence.prose.sentences import Sentence
from kit.evidence.provenance.lineage import lineage
from kit.evidence.support.cited_facts import SUPPORTING_STANCES
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index
from kit.sources.capture.integrity import Damage, damages
from kit.text.language import Language

Made = TypeVar("Made")


@dataclass
class CheckContext:
    """A case as the rules see it on the day ``on``: its tables, and its notebooks as saved, each read once.

    ``codes`` are those of all rules, and ``found`` is what the rules before found: the rules on waivers need both, and
    come last. ``ran`` says that the notebooks were run just now, and ``thorough`` that every capture is read whole.
    """

    case: Case
    on: date = field(default_factory=today)
    codes: tuple[str, ...] = ()
    ran: bool = False
    thorough: bool = False
    found: list[tuple[Rule, Finding]] = field(default_factory=list)
    _made: dict[Callable[[CheckContext], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[CheckContext], Made]) -> Made:
        """What ``make`` makes of this context, made when first asked for: several rules look at the same."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    @cached_property
    def waivers(self) -> pd.DataFrame:
        """The waivers, with the columns of their table; `BadTable` where the tables do not load."""
        return self.case.table("waivers")

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Each saved notebook by its path within the case, in order; `KitError` for one that cannot be read."""
        return {f"notebooks/{name}.ipynb": document for name, document in saved_documents(self.case).items()}

    @cached_property
    def facts(self) -> dict[str, str]:
        """The table of each fact, by its id."""
        return self.case.facts

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """The verdict that stands on each passage, with the columns of `kit.evidence.passages.review.passage_verdicts`."""
        return review.passage_verdicts(self.case)

    def passage_words(self, record: str) -> list[str]:
        """The words of the passages of a fact that captures on this machine hold."""
        evidence = self.case.table("evidence")
        found = self.verdicts[
            self.verdicts["evidence"].isin(evidence.loc[evidence["record"].eq(record), "id"])
        ]
        found = found[found["seen"].eq("here") & found["start_offset"].notna()]
        if found.empty:
            return []
        with open_index(self.case) as texts:
            return [
                texts.page(row.capture).original(row.start_offset, row.end_offset)
                for row in found.itertuples()
            ]

    @cached_property
    def language(self) -> Language:
        """The language by whose words the prose is judged."""
        return prose_language(self.case)

    @cached_property
    def sentences(self) -> dict[str, list[Sentence]]:
        """The sentences of each notebook's prose, by its path within the case."""
        return {path: document.sentences for path, document in self.documents.items()}

    def prose(self) -> Iterator[tuple[str, Sentence]]:
        """Each sentence of the notebooks' prose, with the path of its notebook."""
        return ((path, sentence) for path, found in self.sentences.items() for sentence in found)

    @cached_property
    def cited(self) -> set[str]:
        """The ids of the facts and sources that the notebooks cite."""
        return {id for _, sentence in self.prose() for id in sentence.cited}

    @cached_property
    def quotes(self) -> list[Quotation]:
        """The quotations in the tables and the notebooks, each with the sources beside it."""
        return quotes.printed_quotations(self.case, self.sentences)

    @cached_property
    def quotations(self) -> list[tuple[Quotation, str, Verdict]]:
        """The quotations beside a source, with the source that settles them and its verdict."""
        return quotes.judge_quotations(self.case, self.quotes)

    @cached_property
    def supporting(self) -> dict[str, list[Any]]:
        """The sources that support each fact, as rows of `kit.evidence.provenance.lineage.lineage`; a fact that none supports is left out."""
        evidence = self.case.table("evidence")
        rows = {row.id: row for row in lineage(self.case.table("sources")).itertuples(index=False)}
        bearing = evidence["stance"].isin(SUPPORTING_STANCES) & evidence["record"].isin(self.facts)
        pairs = evidence.loc[bearing, ["record", "source"]].drop_duplicates()
        found: dict[str, list[Any]] = {}
        for record, source in sorted(pairs.itertuples(index=False)):
            found.setdefault(record, []).append(rows[source])
        return found

    @cached_property
    def captures(self) -> pd.DataFrame:
        """The ledger of captures, with ``here``: whether the file is on this machine."""
        index = read_index(self.case.path)
        files = {path.name for path in (self.case.path / CAPTURES).glob("*.warc.gz")}
        return index.assign(here=index["warc"].isin(files))

    @cached_property
    def damages(self) -> list[Damage]:
        """What is wrong with the captures' files on this machine; all are read whole where the context is thorough."""
        return damages(self.case.path, read_index(self.case.path), thorough=self.thorough)
