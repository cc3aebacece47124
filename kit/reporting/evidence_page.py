"""The evidence of the facts cited in a report: a row for each source that says something of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.evidence.ledger import read_ledger
from kit.reporting.chapter import Book
from kit.reporting.page import Page
from kit.sources.fragments import passage_link

COLUMNS = ("Fact", "Notes", "Field", "Stance", "Value", "Source", "Passage", "Verdict", "Looked up")
#: The columns that a reader can choose by, and their places.
FILTERS = (("Stance", 3), ("Verdict", 7))
_KINDS = {"events": "event", "cases": "coded case", "metrics": "number", "claims": "claim of others"}


@dataclass(frozen=True)
class Row:
    """One row: the fact and where it is cited (chapter, note), what the source says of it, the passage and its verdict."""

    id: str
    fact: str
    kind: str
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


def evidence_rows(book: Book, pages: list[Page]) -> list[Row]:
    """The rows of the facts that the pages cite, sorted by fact, stance and source.

    A passage without a verdict in the ledger was ``not looked up``; a row that names none has no verdict. A ledger
    that cannot be trusted raises `BadTable`.
    """
    cited: dict[str, list[tuple[str, int]]] = {}
    for page in pages:
        for identity, number in page.noted.items():
            cited.setdefault(identity, []).append((page.name, number))
    evidence = book.case.evidence
    evidence = evidence[evidence["record"].isin(cited)].sort_values(
        ["record", "stance", "source", "field", "id"]
    )
    verdicts = read_ledger(book.case.path).set_index("evidence")
    return [_row(row, book, tuple(cited[row.record]), verdicts) for row in evidence.itertuples()]


def _row(row: Any, book: Book, cited: tuple[tuple[str, int], ...], verdicts: pd.DataFrame) -> Row:
    notes = book.notes
    source = notes.sources.loc[row.source]
    table = notes.tables[row.record]
    looked_up = verdicts.loc[row.id] if row.id in verdicts.index else None
    pending = "not looked up" if row.start else ""
    return Row(
        id=row.id,
        fact=_label(notes.facts[table].loc[row.record], table, notes.actors),
        kind=_KINDS[table],
        cited=cited,
        field=row.field.replace("_", " "),
        stance=row.stance,
        says=row.says,
        source=f"{source['publisher']} ({source['issued']}): {source['title']}",
        url=source["url"],
        archived=source["archived_url"],
        passage=f"“{row.start} … {row.end}”" if row.end else f"“{row.start} …”" if row.start else "",
        live=passage_link(source["url"], row.start, row.end, row.prefix, row.suffix)
        if source["url"] and row.start
        else "",
        locator=row.locator,
        capture=notes.captured.get(row.id, ""),
        verdict=pending if looked_up is None else looked_up["verdict"].replace("-", " "),
        checked_on="" if looked_up is None else looked_up["checked_on"],
    )


def _label(fact: pd.Series, table: str, actors: pd.Series) -> str:
    if table == "events":
        return f"{fact['date']}: {fact['title']}"
    if table == "metrics":
        return f"{actors[fact['entity']]}, {fact['period']}: {fact['basis']}"
    return fact["claim"] if table == "claims" else f"{fact['title']} ({fact['began']})"
