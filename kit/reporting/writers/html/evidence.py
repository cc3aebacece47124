"""The rows of the page of evidence: what each cited fact rests on, and what a reader can choose the rows by."""

from __future__ import annotations

from typing import Any

from kit.evidence.checks.risk import REASONS, confidence
from kit.reporting.book.book import Book
from kit.reporting.book.notes import Notes
from kit.reporting.writers.html.profiles import Profiles

#: The place of a fact that is not at risk.
_LAST = 1_000_000
#: What the rows of a table of facts are called, one and several.
NOUNS = {
    "events": ("event", "events"),
    "cases": ("coded case", "coded cases"),
    "metrics": ("number", "numbers"),
    "claims": ("claim of others", "claims of others"),
}


def called(table: str) -> tuple[str, str]:
    """What the facts of a table are called, one and several.

    >>> called("cases"), called("port_fees")
    (('coded case', 'coded cases'), ('port fee', 'port fees'))
    """
    rows = table.replace("_", " ")
    return NOUNS.get(table, (rows.removesuffix("s"), rows))


#: The columns of the evidence, each with its class; those of `DESK_COLUMNS` only where the edition tells what is at risk.
COLUMNS = {
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
DESK_COLUMNS = ("Confidence", "Why at risk")
#: The columns that a reader can choose by.
_FILTERS = ("Confidence", "Why at risk", "Stance", "Verdict")


def evidence_rows(book: Book, profiles: Profiles) -> list[dict[str, Any]]:
    """A row for each piece of evidence of the facts that the chapters cite, by fact, stance and source; first the facts most
    at risk, where the edition tells.

    ``cited`` are the places (chapter, note) of the fact, ``page`` is its own page, ``risk`` its reasons for care and ``rank`` its place among all
    facts that have any. A passage without a verdict in the ledger was ``not looked up``.
    """
    cited = profiles.cited
    evidence = book.case.table("evidence")
    order = ["record", "stance", "source", "field", "id"]
    evidence = evidence[evidence["record"].isin(cited)].sort_values(order)
    reasons = (
        {} if book.risk is None else book.risk.groupby("record", sort=False)["reason"].unique().to_dict()
    )
    ranks = {record: rank for rank, record in enumerate(reasons)}
    trust = confidence(book.case) if reasons else {}
    rows = [
        _evidence_row(row, book.notes)
        | {
            "cited": cited[row.record],
            "page": profiles.link(row.record),
            "confidence": book.notes.say(trust.get(row.record, "")),
            "risk": list(reasons.get(row.record, ())),
            "rank": ranks.get(row.record, _LAST),
        }
        for row in evidence.itertuples()
    ]
    return sorted(rows, key=lambda row: row["rank"])


def _evidence_row(row: Any, notes: Notes) -> dict[str, Any]:
    source, table = notes.sources.loc[row.source], notes.tables[row.record]
    looked_up = notes.verdicts.loc[row.id] if row.id in notes.verdicts.index else None
    pending = notes.say("not looked up") if row.start else ""
    return {
        "id": row.id,
        "record": row.record,
        "fact": notes.label(row.record),
        "kind": notes.say(called(table)[0]),
        "field": row.field.replace("_", " "),
        "stance": notes.say(row.stance),
        "says": row.says,
        "source": f"{source['publisher']} ({source['issued']}): {source['title']}",
        "url": source["url"],
        "archived": source["archived_url"],
        "passage": f"“{row.start} … {row.end}”" if row.end else f"“{row.start} …”" if row.start else "",
        "live": notes.live_link(row, source["url"]) if row.start else "",
        "locator": row.locator,
        "capture": notes.captured.get(row.id, ""),
        "verdict": pending if looked_up is None else notes.say(looked_up["verdict"].replace("-", " ")),
        "checked_on": "" if looked_up is None else looked_up["checked_on"],
    }


def row_filters(rows: list[dict[str, Any]], columns: list[str]) -> list[tuple[str, int, dict[str, str]]]:
    """What a reader can choose the rows by: the column's name, its place, and its values with what they are called."""
    found = []
    for name in _FILTERS:
        if name not in columns:
            continue
        if name == "Why at risk":
            there = {code for row in rows for code in row["risk"]}
            values = {code: REASONS[code] for code in REASONS if code in there}
        else:
            values = {value: value for value in sorted({row[COLUMNS[name]] for row in rows} - {""})}
        found.append((name, columns.index(name), values))
    return found
