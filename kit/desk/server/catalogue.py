"""Everything that a mark may name, to be found by a few words while one writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.desk.server.served_case import ServedCase
from kit.errors import KitError
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.verdict import HOLDS
from kit.evidence.prose.document import Document, saved_documents
from kit.evidence.prose.records import RecordedNumber
from kit.sources.capture.index import read_index
from kit.tables.cells import as_text
from kit.tables.declarations import fact_tables
from kit.text.normalise import fold
from kit.text.wording import plural

#: More entries than anybody reads in a list that opens under the cursor, and in the side bar.
MOST_OFFERED, MOST_LISTED = 40, 200
_CITED = re.compile(r"@([a-z0-9][a-z0-9._-]*)")
_READ = {
    "full": "read in full",
    "excerpt": "read in part",
    "relay": "known through other pages",
    "no": "not read",
}
#: The columns that name a fact of each table of the kit; a table of the case's own has a title.
_NAMING = {"metrics": "basis", "claims": "claim"}


@dataclass(frozen=True)
class Citable:
    """A fact or a source: its table, what it is called, who and when, its state in a word and in words.

    ``state`` is ``holds``, ``fails`` or ``open``; ``words`` is what it is searched by.
    """

    id: str
    table: str
    title: str
    who: str
    when: str
    state: str
    says: str
    words: str


class Catalogue:
    """The facts and sources of a case, those cited last before the others, and after them the newest."""

    def __init__(self, case: Case) -> None:
        cited = _last_cited(case.path)
        found = [*_sources(case), *_facts(case)]
        found.sort(key=lambda entry: (entry.when, entry.id), reverse=True)
        found.sort(key=lambda entry: -cited.get(entry.id, -1))
        self.entries = found

    def fitting(self, words: str, tables: Iterable[str] = ()) -> list[Citable]:
        """The entries that have every word of ``words``, or begin a word of theirs with it; one with that very id is first."""
        parts = [f" {part}" for part in fold(words).replace("-", " ").split()]
        wanted = set(tables)
        found = [
            entry
            for entry in self.entries
            if (not wanted or entry.table in wanted) and all(part in entry.words for part in parts)
        ]
        found.sort(key=lambda entry: entry.id != words.strip())
        return found


def offered(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that fit the ``words`` asked for, and how many more do; ``tables`` narrows them, with commas between."""
    words, tables = str(asked.get("words", "")), str(asked.get("tables", ""))
    most = MOST_LISTED if asked.get("list") else MOST_OFFERED
    fitting = served.once(Catalogue).fitting(words[:200], filter(None, tables.split(",")))
    shown = [
        {
            "id": entry.id,
            "table": entry.table,
            "title": entry.title,
            "who": entry.who,
            "when": entry.when,
            "state": entry.state,
            "says": entry.says,
        }
        for entry in fitting[:most]
    ]
    return {"entries": shown, "more": max(0, len(fitting) - most)}


def numbers(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers recorded in the saved notebook at ``path``, or in all of them where it is none."""
    documents = served.once(_documents)
    name = Path(str(asked.get("path", ""))).stem
    chosen = [documents[name]] if name in documents else documents.values()
    found = [record for document in chosen for record in document.records.values()]
    return {"numbers": [shown_number(record) for record in found]}


def shown_number(record: RecordedNumber) -> dict[str, Any]:
    """A recorded number as it is shown.

    >>> shown_number(RecordedNumber("share", 37.25, "percent", "72 coded cases"))
    {'name': 'share', 'value': '37.25', 'unit': 'percent', 'base': '72 coded cases'}
    """
    return {
        "name": record.name,
        "value": f"{record.value:,.12g}",
        "unit": record.unit,
        "base": record.base,
    }


def _documents(case: Case) -> dict[str, Document]:
    try:
        return saved_documents(case)
    except KitError:  # a notebook in the midst of being written is read at the next call
        return {}


def _last_cited(folder: Path) -> dict[str, int]:
    """When each id was cited last, counted: in which notebook by the time of its saving, and where in it."""
    notebooks = sorted((folder / "notebooks").glob("*.ipynb"), key=lambda path: path.stat().st_mtime_ns)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in notebooks)
    return {match[1]: at for at, match in enumerate(m for text in texts for m in _CITED.finditer(text))}


def _words(*parts: object) -> str:
    text = " ".join(str(part) for part in parts if part)
    return " " + fold(text.replace("-", " "))


def _sources(case: Case) -> Iterator[Citable]:
    kept = read_index(case.path)
    days = kept.groupby("source")["captured_at"].max().dt.strftime("%Y-%m-%d").to_dict()
    for row in case.table("sources").to_dict("records"):
        day = days.get(row["id"], "")
        state = "holds" if day and row["read"] in ("full", "excerpt") else "open"
        says = f"{f'kept {day}' if day else 'not kept'}, {_READ[row['read']]}"
        people = "; ".join(row["authors"])
        words = _words(row["id"], row["title"], row["publisher"], row["issued"], people, row["url"])
        yield Citable(row["id"], "sources", row["title"], row["publisher"], row["issued"], state, says, words)


def _facts(case: Case) -> Iterator[Citable]:
    evidence, names = case.table("evidence"), case.names
    taking = case.table("participants").groupby("event")["actor"].agg(list).to_dict()
    states = _states(evidence, read_passages(case.path))
    for table in fact_tables(case.schema):
        schema = case.schema[table]
        dated = next((column.name for column in schema.columns if column.kind == "date"), "")
        texts = [
            column.name
            for column in schema.columns
            if column.kind in ("text", "ref") and column.name != "note"
        ]
        for row in case.table(table).to_dict("records"):
            who = [names.get(one, one) for one in taking.get(row["id"], ())] if table == "events" else []
            who += [
                names.get(row[name], row[name]) for name in ("entity", "speaker", "made_by") if row.get(name)
            ]
            title = row[_NAMING.get(table, "title")] if table in _NAMING or "title" in row else row["id"]
            if table == "metrics":
                title = f"{as_text(row['value'], row.get('value_missing', ''))} {row['unit']}: {title}"
            state, says = states.get(row["id"], ("open", "no evidence"))
            told = [as_text(row[name]) for name in texts if name in row]
            when = str(row[dated]) if dated else ""
            words = _words(row["id"], title, when, *who, *told)
            yield Citable(row["id"], table, title, ", ".join(who), when, state, says, words)


def _states(evidence: pd.DataFrame, ledger: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """How the passages of each fact stand by the ledger: in a word and in words."""
    verdicts = dict(zip(ledger["evidence"], ledger["verdict"], strict=True))
    carried = dict(zip(ledger["evidence"], ledger["carries"], strict=True))
    made: dict[str, tuple[str, str]] = {}
    for record, rows in evidence.groupby("record"):
        named = rows.loc[rows["start"].ne(""), "id"].tolist()
        holding = [id for id in named if verdicts.get(id, "") in HOLDS and carried.get(id) != "lacks"]
        failing = [
            id for id in named if id in verdicts and id not in holding and verdicts[id] != "not-captured"
        ]
        if failing:
            made[str(record)] = "fails", f"{plural(len(failing), 'passage')} of {len(named)} does not hold"
        elif holding:
            made[str(record)] = "holds", f"{len(holding)} of {plural(len(named), 'passage')} found"
        else:
            sources = plural(rows["source"].nunique(), "source")
            made[str(record)] = "open", f"{sources}, {'passage not looked up' if named else 'no passage'}"
    return made
