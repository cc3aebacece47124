"""What a mark in rendered text stands for: a fact or source with its evidence, or a number, and what fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from rapidfuzz import process

from kit.case import Case
from kit.desk.server.catalogue import Catalogue, shown_number
from kit.desk.server.served_case import ServedCase
from kit.errors import KitError
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.matching import named_passages
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import open_index
from kit.evidence.prose.marks import Mark, mark_problems
from kit.evidence.prose.records import RecordedNumber
from kit.evidence.provenance.lineage import lineage, lineage_sentence
from kit.evidence.support.carrying import carrying_sentence
from kit.evidence.support.support import Support
from kit.reporting.book.notes import Notes, outcome, outcome_sentence
from kit.sources.bibliography.text_fragment import row_link
from kit.sources.capture.index import read_index

#: Marks answered at a time; a longer text asks in turns.
MOST_MARKS = 500
_NEAR, _ALIKE = 3, 60


def cards(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What there is to say of each of ``ids`` and ``numbers``, by id and in order.

    Each of the ``numbers`` has its ``name`` and what is ``printed``; ``records`` are those of the notebook as it is
    open, which need not be saved.
    """
    ids = [str(id) for id in _list(asked, "ids")]
    found = served.once(Evidence)
    records = _records(_list(asked, "records"))
    printed = [
        (str(each.get("name", "")), str(each.get("printed", "")))
        for each in _list(asked, "numbers")
        if isinstance(each, dict)
    ]
    return {
        "cards": {id: found.card(id) for id in ids},
        "numbers": [number_card(name, shown, records) for name, shown in printed],
    }


def number_card(name: str, printed: str, records: Mapping[str, RecordedNumber]) -> dict[str, Any]:
    """A number in a text: what was computed, and what is wrong with what is printed.

    >>> number_card("share", "38%", {"share": RecordedNumber("share", 37.2, "percent", "72 cases")})["wrong"]
    '[38%](#=share): printed 38, computed 37.2'
    """
    problems = mark_problems([Mark(0, "number", name, printed)], (), records)
    wrong = {"wrong": problems[0].wrong, "remedy": problems[0].remedy} if problems else {}
    known = shown_number(records[name]) if name in records else {"name": name}
    return {"state": "fails" if problems else "holds", **known, **wrong}


class Evidence:
    """The facts and sources of a case with what bears them out, as a card shows it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.entries = {entry.id: entry for entry in Catalogue(case).entries}
        self.notes = Notes(case, [], desk=True)
        self.sources = case.table("sources").set_index("id", drop=False)
        self.lineage = lineage(case.table("sources"))
        self.verdicts = read_passages(case.path).set_index("evidence")
        kept = read_index(case.path).sort_values(["captured_at", "id"], ascending=False)
        self.kept_on = dict(zip(kept["id"], kept["captured_at"].dt.strftime("%Y-%m-%d"), strict=True))
        self.captures = kept.groupby("source", sort=False)["id"].agg(list).to_dict()

    def card(self, id: str) -> dict[str, Any]:
        """What there is to say of an id; of one that nothing has, which are nearest."""
        if id not in self.entries:
            near = process.extract(id, self.entries.keys(), limit=_NEAR, score_cutoff=_ALIKE)
            wrong = f"[@{id}] names no fact or source"
            remedy = "add it to a table, or correct the mark"
            return {
                "state": "fails",
                "wrong": wrong,
                "remedy": remedy,
                "nearest": [name for name, _, _ in near],
            }
        entry = self.entries[id]
        shown = {"table": entry.table, "title": entry.title, "who": entry.who, "when": entry.when}
        if entry.table == "sources":
            return shown | {"state": entry.state, "says": entry.says, **self._opens(id)}
        rows = self.notes.evidence.get(id, self.case.table("evidence").iloc[:0])
        verdicts = self._verdicts(rows)
        passages = [self._passage(row, verdicts.get(row.id)) for row in rows.itertuples()]
        supporting = rows.loc[rows["stance"].eq("supports"), "source"].unique()
        origins = lineage_sentence(self.lineage[self.lineage["id"].isin(supporting)], self.sources)
        states = [each["state"] for each in passages if each["start"]]
        state = "fails" if "fails" in states else "holds" if "holds" in states else "open"
        failing = [f"{each['source']}: {each['verdict']}" for each in passages if each["state"] == "fails"]
        return shown | {
            "state": state,
            "says": self.notes.line(id),
            "passages": passages,
            "origins": origins if len(supporting) else "",
            **(
                {"wrong": " ".join(failing), "remedy": "mend the passage, or cite what bears it out"}
                if failing
                else {}
            ),
        }

    def _opens(self, source: str) -> dict[str, Any]:
        return {"url": self.sources.loc[source, "url"], "captures": self.captures.get(source, [])[:5]}

    def _verdicts(self, rows: pd.DataFrame) -> dict[str, tuple[str, str, str, str, str]]:
        """The verdict on each passage of the rows, its capture, what it carries and lacks, and what opens it.

        What the ledger has not seen yet is looked up in the captures now.
        """
        names = ["verdict", "capture", "carries", "missing", "link"]
        known = self.verdicts.loc[self.verdicts.index.isin(rows["id"]), names]
        found = {str(row[0]): tuple(row[1:]) for row in known.itertuples()}
        sought = named_passages(rows[~rows["id"].isin(known.index)])
        sought = [passage for passage in sought if passage.source in self.captures]
        if sought:
            with open_index(self.case) as texts:
                for one in judge_passages(sought, texts, Support(self.case)):
                    found[one.passage] = (
                        one.verdict,
                        one.capture,
                        one.carries,
                        "; ".join(one.missing),
                        one.link,
                    )
        return found

    def _passage(self, row: Any, verdict: tuple[str, str, str, str, str] | None) -> dict[str, Any]:
        name, capture, carries, missing, link = verdict or ("", "", "", "", "")
        source = self.sources.loc[row.source]
        said = ""
        if row.start:
            said = outcome_sentence(name, self.kept_on.get(capture, ""), kept=row.source in self.captures)
            said = f"{said} {carrying_sentence(carries, missing)}".strip()
        state = ("fails" if carries == "lacks" else outcome(name)) if row.start else "open"
        return {
            "evidence": row.id,
            "stance": row.stance,
            "field": row.field,
            "source": row.source,
            "publisher": source["publisher"],
            "issued": source["issued"],
            "start": row.start,
            "end": row.end,
            "state": state,
            "verdict": said,
            "capture": capture or next(iter(self.captures.get(row.source, [])), ""),
            "url": row_link(row, source["url"], link) if source["url"] else "",
        }


def _list(asked: Mapping[str, Any], name: str) -> list[Any]:
    given = asked.get(name, [])
    if not isinstance(given, list) or len(given) > MOST_MARKS:
        raise KitError(name, f"is no list of at most {MOST_MARKS}", "ask in turns")
    return given


def _records(given: Iterable[Any]) -> dict[str, RecordedNumber]:
    """The recorded numbers among what a notebook's outputs hold; what is none is left out."""
    found = {}
    for each in given:
        try:
            record = RecordedNumber(
                str(each["name"]), float(each["value"]), str(each["unit"]), str(each["base"])
            )
        except (TypeError, ValueError, KeyError):
            continue
        found[record.name] = record
    return found
