"""The fact-check packet: every statement of an edition with what it rests on and its status."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kit.case import Case
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.matching import passage_hash
from kit.evidence.prose.classification import name_finder, statement_kinds
from kit.evidence.prose.document import Document, prose_language
from kit.evidence.prose.records import RECORD_MIMETYPE, RecordedNumber
from kit.evidence.prose.remarks import open_remarks, remark_line
from kit.evidence.prose.reviews import ReviewState, review_state, statement_basis
from kit.evidence.prose.statements import DrawnChart, Statement, drawn_charts, update_statements
from kit.factcheck.model.facts import Fact, Facts, Whole
from kit.reporting.book.notes import Notes
from kit.text.pandoc import stringify

#: Goes up when a packet printed before can no longer be read back.
PACKET_FORMAT = 2
#: Each status as it is shown.
STATUS_SHOWN = {"unchecked": "unchecked", "checked": "checked", "wrong": "wrong", "needs-work": "needs work"}
#: Stands before what came back in an earlier packet and nobody has dealt with yet.
OPEN_REMARK = "Not dealt with yet: "
#: Editions that never leave the newsroom and its lawyers, and so may print whole passages of other people's pages.
WHOLE = ("internal", "legal")
_DOCUMENTS = ("document", "legal_case", "legislation", "report", "dataset")


@dataclass(frozen=True)
class Computed:
    """A number that a cell computed: what is printed, the cell, the name, and the value with its unit and base."""

    printed: str
    cell: int
    record: RecordedNumber

    def __str__(self) -> str:
        found = self.record
        return f"{self.printed}: cell {self.cell} computed {found.name} = {found.value:,.12g} {found.unit} ({found.base})"


@dataclass(frozen=True)
class Entry:
    """A statement as the packet prints it.

    ``facts`` are printed in full where they come first; ``again`` names those that stand in full under an earlier
    statement, each with its id. ``drawn`` is the chart whose headline it is, ``open`` what came back in earlier packets and nobody has dealt with yet. ``rests_on`` is what a mark on the
    statement holds good for.
    """

    statement: Statement
    section: str
    kinds: tuple[str, ...]
    numbers: tuple[Computed, ...]
    facts: tuple[Fact, ...]
    again: tuple[tuple[Fact, str], ...]
    rests_on: tuple[str, ...]
    standing: ReviewState
    drawn: DrawnChart | None = None
    open: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.statement.id

    @property
    def text(self) -> str:
        """The statement's words."""
        return self.statement.text

    @property
    def place(self) -> str:
        """Where the statement stands."""
        return f"notebook {self.statement.notebook}, cell {self.statement.cell}"

    @property
    def bare(self) -> bool:
        """Whether the statement rests on nothing: no fact that a source carries, no source, no number or chart of a cell."""
        named = (*self.facts, *(fact for fact, _ in self.again))
        return not (self.numbers or self.drawn or any(not fact.lacks for fact in named))

    @property
    def why_bare(self) -> str:
        """Why a statement without evidence has none."""
        if self.facts or self.again:
            return "The text names a fact, and no source in our tables carries it."
        return "No mark in the text leads from this sentence to a fact, a source or a computed number."

    @property
    def headline(self) -> str:
        """What there is to check in the statement, and where it stands."""
        context = self.statement.sentence.context
        table = f", in a table ({context})" if context else ", headline of a chart" if self.drawn else ""
        return f"Check: {', '.join(self.kinds) or 'what it says'}. {self.place[:1].upper()}{self.place[1:]}{table}."

    @property
    def note(self) -> str:
        """What a checker has to know of an earlier mark; blank where there is nothing."""
        standing = self.standing
        return f"Changed since it was {standing.before}: {standing.changed}." if standing.changed else ""


@dataclass(frozen=True)
class Packet:
    """The statements of an edition; ``titles`` are the titles of its notebooks by name.

    ``case_id`` is the case's own id, blank where it has none; ``open`` are remarks that stand on no statement of it
    and that nobody has dealt with yet.
    """

    case: str
    case_id: str
    edition: str
    language: str
    titles: dict[str, str]
    entries: list[Entry]
    open: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """An id that changes when anything that a checker sees as ours does."""
        said = [
            (e.id, e.text, e.rests_on, e.standing.status, e.standing.by, e.standing.on, e.open)
            for e in self.entries
        ]
        content = json.dumps([PACKET_FORMAT, self.case, self.edition, said, self.open])
        return "p-" + hashlib.sha256(content.encode()).hexdigest()[:10]

    @property
    def summary(self) -> str:
        """What the packet holds, in a line: statements, those without evidence, and how many have each status."""
        statuses = Counter(entry.standing.status for entry in self.entries)
        bare = sum(entry.bare for entry in self.entries)
        parts = [f"{len(self.entries)} statements", f"{bare} without evidence"]
        return ", ".join(
            [*parts, *(f"{statuses[s]} {shown}" for s, shown in STATUS_SHOWN.items() if statuses[s])]
        )


def make_packet(
    case: Case,
    edition: str,
    documents: Mapping[str, Document],
    notes: Notes,
    on: date,
    saved: Mapping[str, Document] | None = None,
) -> Packet:
    """The packet of the executed notebooks ``documents``, by name, as the edition shows them.

    ``on`` is the day that statements first seen now get in their ledger, which follows the ``saved`` notebooks. The gate's verdicts are those of the ledger
    of passages; only whole passages are read from the captures, and only in an edition of `WHOLE`.
    """
    ledger = read_passages(case.path)
    verdicts = {row.evidence: row for row in ledger.itertuples()}
    whole = _whole(case, ledger) if edition in WHOLE else _ends_only
    statements = update_statements(case, on, saved)
    maker = _Maker(case, Facts(notes, verdicts, whole), {s.text for s in statements})
    entries: list[Entry] = []
    titles: dict[str, str] = {}
    standing_here = [s for s in statements if s.notebook in documents]
    for name, document in documents.items():
        headings, titles[name] = _headings(document.prose, name)
        charts = {
            (chart.cell, " ".join(chart.headline.split())): chart for chart in drawn_charts(document.notebook)
        }
        for statement in (each for each in standing_here if each.notebook == name):
            chart = charts.get((statement.cell, statement.text))
            if statement.cell in headings or chart:
                section = headings[max(cell for cell in (0, *headings) if cell <= statement.cell)]
                entries.append(maker.entry(statement, section, document, chart))
    language = case.settings.get("language", "en")
    printed = {entry.id for entry in entries}
    apart = [words for id, some in maker.open.items() if id not in printed for words in some]
    return Packet(
        case.title, str(case.settings.get("id", "")), edition, language, titles, entries, tuple(apart)
    )


class _Maker:
    """Makes entries in order, and remembers which facts have been printed."""

    def __init__(self, case: Case, facts: Facts, texts: set[str]) -> None:
        self.facts = facts
        self.language = prose_language(case)
        self.names = name_finder(
            n for row in case.table("actors").itertuples() for n in (row.name, *row.aliases)
        )
        sources = case.table("sources")
        self.documents = frozenset(sources.loc[sources["type"].isin(_DOCUMENTS), "id"])
        self.marks = {row.statement: row for row in case.table("checks").itertuples()}
        self.open: dict[str, list[str]] = {}
        for row in open_remarks(case.table("remarks"), texts, self.marks).itertuples():
            self.open.setdefault(row.statement, []).append(remark_line(row))
        self.first: dict[str, tuple[Fact, str]] = {}

    def entry(
        self, statement: Statement, section: str, document: Document, chart: DrawnChart | None = None
    ) -> Entry:
        sentence, computed, cells = statement.sentence, document.records, _cells(document.notebook)
        facts, again = [], []
        for identity in dict.fromkeys(filter(self.facts.known, sentence.cited)):
            if identity in self.first:
                again.append(self.first[identity])
            else:
                facts.append(self.facts.fact(identity))
                self.first[identity] = (facts[-1], statement.id)
        numbers = [
            Computed(n.printed, cells[n.target], computed[n.target])
            for n in sentence.numbers
            if n.target in computed
        ]
        rests_on = statement_basis(sentence, computed) + ([f"chart = {chart.data}"] if chart else [])
        return Entry(
            statement,
            section,
            statement_kinds(sentence, self.names, self.documents),
            tuple(numbers),
            tuple(facts),
            tuple(again),
            tuple(rests_on),
            review_state(statement.text, rests_on, self.marks.get(statement.id)),
            chart,
            tuple(self.open.get(statement.id, ())),
        )


def _cells(notebook: Any) -> dict[str, int]:
    """The number of the cell that recorded each number."""
    return {
        output["data"][RECORD_MIMETYPE]["name"]: number
        for number, cell in enumerate(notebook["cells"], start=1)
        for output in cell.get("outputs", ())
        if RECORD_MIMETYPE in output.get("data", {})
    }


def _headings(prose: Mapping[int, list[Any]], name: str) -> tuple[dict[int, str], str]:
    """The section that each cell of prose ends in, 0 for what stands before all of them, and the notebook's title."""
    section, title, found = "", name, {0: ""}
    for cell, blocks in prose.items():
        for block in blocks:
            if block["t"] == "Header" and block["c"][0] == 1:
                title = stringify(block["c"][2])
            elif block["t"] == "Header":
                section = stringify(block["c"][2])
        found[cell] = section
    return found, title


def _ends_only(evidence: str) -> str:
    return ""


def _whole(case: Case, ledger: pd.DataFrame) -> Whole:
    """What gives whole passages from the captures on this machine, where the ledger's words still stand there."""
    from kit.evidence.passages.capture_text import captures_here
    from kit.evidence.passages.text_index import open_index

    rows = ledger[
        ledger["start_offset"].notna() & ledger["capture"].isin({each.id for each in captures_here(case)})
    ]
    if rows.empty:
        return _ends_only
    found: dict[str, str] = {}
    with open_index(case) as kept:
        for capture, named in rows.groupby("capture"):
            page = kept.page(str(capture))
            for row in named.itertuples():
                place = (int(row.start_offset), int(row.end_offset))
                if passage_hash(page.normal, *place) == row.hash:
                    found[row.evidence] = " ".join(page.original(*place).split())
    return lambda evidence: found.get(evidence, "")
