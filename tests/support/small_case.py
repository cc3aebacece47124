"""A small sound case as rows, and how they are written as a case folder."""

from __future__ import annotations

import csv
from pathlib import Path

from kit.tables.schema import TABLES

ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {
            "id": "harbour-post-2021-03-02-raid",
            "type": "article-newspaper",
            "title": "Police raid the harbour office",
            "authors": "Roe, Jane; Doe, John",
            "publisher": "Harbour Post",
            "issued": "2021-03-02",
            "url": "https://harbourpost.example/2021/03/02/raid",
            "language": "en",
            "tier": "original-reporting",
            "read": "full",
        },
        {
            "id": "coast-digest-2021-03-03-raid",
            "type": "post-weblog",
            "title": "Harbour raided, says Post",
            "publisher": "Coast Digest",
            "issued": "2021-03",
            "url": "https://coastdigest.example/raid",
            "language": "en",
            "tier": "aggregator",
            "derived_from": "harbour-post-2021-03-02-raid",
            "read": "excerpt",
        },
    ],
    "tags": [
        {"id": "fine", "facet": "law", "label": "Fine", "definition": "A penalty in money was set."},
        {"id": "raid", "facet": "law", "label": "Raid", "definition": "Premises were searched."},
    ],
    "actors": [
        {
            "id": "harbour-office",
            "kind": "public-body",
            "name": "Harbour Office",
            "aliases": "HO; the Office",
        },
        {"id": "police", "kind": "public-body", "name": "Police"},
    ],
    "codebook": [
        {"variable": variable, "kind": kind, "value": value, "definition": definition}
        for variable, kind, value, definition in (
            ("category", "", "search", "When it is search."),
            ("category", "", "ruling", "When it is ruling."),
            ("role", "", "searched", "When it is searched."),
            ("role", "", "searcher", "When it is searcher."),
            ("office", "actor", "", "Who shut them out"),
            ("brokers", "actors", "", "Who was shut out"),
            ("reasons", "many", "", "Reasons that were given"),
            ("reasons", "", "safety", "When it is safety."),
            ("reasons", "", "debt", "When it is debt."),
            ("rule", "one", "", "The rule that was cited"),
            ("rule", "", "existing", "When it is existing."),
            ("warning_days", "number", "", "Days of warning"),
            ("reopened_on", "date", "", "When they came back (EDTF)"),
        )
    ],
    "events": [
        {
            "id": "2021-03-01-raid-harbour",
            "date": "2021-03-01",
            "category": "search",
            "tags": "raid",
            "title": "Police search the harbour office",
            "summary": "Officers took papers away.",
            "case": "harbour-brokers-2021",
            "status": "reported",
            "attributed_to": "Harbour Post",
            "confidence": "high",
        },
        {
            "id": "2021-06-fine-paid",
            "date": "2021-06~",
            "category": "ruling",
            "tags": "fine; raid",
            "title": "The office pays a fine",
            "summary": "The sum was not given.",
            "status": "confirmed",
            "confidence": "medium",
        },
    ],
    "participants": [
        {"event": "2021-03-01-raid-harbour", "actor": "harbour-office", "role": "searched"},
        {"event": "2021-03-01-raid-harbour", "actor": "police", "role": "searcher"},
    ],
    "cases": [
        {
            "id": "harbour-brokers-2021",
            "title": "The harbour shuts out brokers",
            "began": "2021-01",
            "office": "harbour-office",
            "brokers": "police",
            "reasons": "safety; debt",
            "rule": "existing",
            "warning_days": "not-applicable",
            "confidence": "high",
        },
    ],
    "second_coding": [
        {"case": "harbour-brokers-2021", "variable": "rule", "first": "existing", "second": "existing"}
    ],
    "metrics": [
        {
            "id": "harbour-2021-boxes",
            "metric": "boxes-taken",
            "entity": "police",
            "value": "38",
            "unit": "boxes",
            "period": "2021-03-01",
            "basis": "boxes carried out, counted by the paper",
            "qualifier": "reported",
            "confidence": "high",
        },
    ],
    "claims": [
        {
            "id": "digest-c01",
            "claim": "All papers were taken.",
            "made_by": "coast-digest-2021-03-03-raid",
            "verdict": "unsupported",
            "why": "The Post counted boxes, not papers.",
        },
    ],
    "evidence": [
        {
            "record": record,
            "source": "harbour-post-2021-03-02-raid",
            "stance": "supports",
            "start": start,
            "end": end,
        }
        for record, start, end in (
            ("2021-03-01-raid-harbour", "Police searched the", "on Monday morning"),
            ("2021-06-fine-paid", "", ""),
            ("harbour-brokers-2021", "", ""),
            ("harbour-2021-boxes", "officers carried 38", "boxes away"),
        )
    ],
    "replies": [],
}


#: Columns that the files of this case do without.
WITHOUT = {
    "alias",
    "updated",
    "file",
    "places",
    "publish",
    "public_note",
    "speaker",
    "about",
    "capture",
    "translation",
}


def columns(name: str, rows: dict[str, list[dict[str, str]]]) -> list[str]:
    """The columns of a file of the case, those of `cases` with the variables of the codebook."""
    used = {column for row in rows[name] for column in row}
    names = [column for column in TABLES[name].names if column not in WITHOUT or column in used]
    if name == "cases":
        variables = [row["variable"] for row in rows["codebook"] if row.get("kind")]
        names[names.index("confidence") : names.index("confidence")] = variables
    return names


def write_rows(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    """The case folder, with its settings and the rows as CSV files."""
    (folder / "data/manual").mkdir(parents=True, exist_ok=True)
    (folder / "data/case.toml").write_text(
        'title = "The harbour raid"\ncontact = "desk@harbourpost.example"\n'
    )
    for name, table in rows.items():
        with (folder / TABLES[name].path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(name, rows), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(table, key=lambda row: [row.get(k, "") for k in TABLES[name].key]))
    return folder
