"""The evidence of the facts cited in a report: a row for each source that says something of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.evidence.checks.risk import confidence
from kit.reporting.book.book import Book
from kit.reporting.book.notes import Notes, live_link
from kit.reporting.writers.html.page import WebPage

#: The columns, each with its class; those of `DESK` only where the edition tells what is at risk.
EVIDENCE_COLUMNS = {
    "Fact": "fact",
    "Confidence": "confidence",
    "Why at risk": "risk",
    "Notes": "noted",
    "Field": "field",
    "Stance": "stance",
    "Value": "value",
    "Source": "source",
    "Passage": "passage",
    "Verdict": "verdict",
    "Looked up": "day",
}
DESK = ("Confidence", "Why at risk")
#: The columns that a reader can choose by.
FILTERS = ("Confidence", "Why at risk", "Stance", "Verdict")
#: The place of a fact that is not at risk.
_LAST = 1_000_000
_KINDS = {"events": "event", "cases": "coded case", "metrics": "number", "claims": "claim of others"}


@dataclass(frozen=True)
class EvidenceRow:
    """One row: the fact and where it is cited (chapter, note), what the source says of it, the passage and its verdict.

    ``risk`` are the reasons for care with the fact, keys of `kit.evidence.checks.risk.REASONS`, and ``rank`` its place among
    all facts that have any, the worst first; ``confidence`` is ours. All three are blank where the edition is public.
    """

    id: str
    record: str
    fact: str
    kind: str
    confidence: str
    risk: tuple[str, ...]
    rank: int
    cited: tuple[tuple[str, int], ...]
    field: str
    stance: str
    says: str
    source: str
    url: str
    archived: str
    passage: str
    live: str
    locator: str
    capture: str
    verdict: str
    checked_on: str


def evidence_rows(book: Book, pages: list[WebPage]) -> list[EvidenceRow]:
    """The rows of the facts that the pages cite, sorted by fact, stance and source; first those most at risk, where the
    edition tells.

    A passage without a verdict in the ledger was ``not looked up``; a row that names none has no verdict.
    """
    cited: dict[str, list[tuple[str, int]]] = {}
    for page in pages:
        for identity, number in page.noted.items():
            cited.setdefault(identity, []).append((page.name, number))
    evidence = book.case.table("evidence")
    evidence = evidence[evidence["record"].isin(cited)].sort_values(
        ["record", "stance", "source", "field", "id"]
    )
    risk = {} if book.risk is None else _risk(book.risk)
    trust = pd.Series(dtype="str") if book.risk is None else confidence(book.case)
    rows = [
        _row(row, book.notes, tuple(cited[row.record]), trust.get(row.record, ""), risk.get(row.record))
        for row in evidence.itertuples()
    ]
    return sorted(rows, key=lambda row: row.rank)


def _risk(risk: pd.DataFrame) -> dict[str, tuple[int, tuple[str, ...]]]:
    """The place of each fact among those at risk, and its reasons, each once."""
    by_fact = risk.groupby("record", sort=False)["reason"].unique()
    return {str(record): (place, tuple(codes)) for place, (record, codes) in enumerate(by_fact.items())}


def _row(
    row: Any,
    notes: Notes,
    cited: tuple[tuple[str, int], ...],
    trust: str,
    risk: tuple[int, tuple[str, ...]] | None,
) -> EvidenceRow:
    source = notes.sources.loc[row.source]
    table = notes.tables[row.record]
    looked_up = notes.verdicts.loc[row.id] if row.id in notes.verdicts.index else None
    rank, reasons = risk or (_LAST, ())
    pending = "not looked up" if row.start else ""
    return EvidenceRow(
        id=row.id,
        record=row.record,
        fact=notes.label(row.record),
        kind=_KINDS.get(table, table.replace("_", " ")),
        confidence=trust,
        risk=reasons,
        rank=rank,
        cited=cited,
        field=row.field.replace("_", " "),
        stance=row.stance,
        says=row.says,
        source=f"{source['publisher']} ({source['issued']}): {source['title']}",
        url=source["url"],
        archived=source["archived_url"],
        passage=f"“{row.start} … {row.end}”" if row.end else f"“{row.start} …”" if row.start else "",
        live=live_link(row, source["url"]) if row.start else "",
        locator=row.locator,
        capture=notes.captured.get(row.id, ""),
        verdict=pending if looked_up is None else looked_up["verdict"].replace("-", " "),
        checked_on="" if looked_up is None else looked_up["checked_on"],
    )
