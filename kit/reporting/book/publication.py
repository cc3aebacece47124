"""What goes public: the facts that the public edition cites, the sources behind them, and of each what may be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.prose.document import Document
from kit.tables.cells import join_list, split_list
from kit.tables.columns import Table
from kit.tables.datapackage import published
from kit.tables.declarations import fact_tables
from kit.tables.load import read_all
from kit.tables.write import table_bytes

#: The tables that follow from the facts: rows that published ones refer to.
_FOLLOW = ("actors", "places", "tags")
#: The columns of what `Publication.reasons` holds.
REASON_COLUMNS = ("table", "row", "public", "why")


class PublicCase(Case):
    """A case as the public edition may show it: without what is not to be published, and without true names.

    Rows with ``publish`` set to ``no`` are not there, nor is the evidence that they give; columns for the desk are blank;
    actors and sources that have an alias bear it.
    """

    def __init__(self, case: Case) -> None:
        super().__init__(case.path)
        self.settings, self._whole = case.settings, case

    @cached_property
    def schema(self) -> dict[str, Table]:
        """Every table that the case can have, by name."""
        return self._whole.schema

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        whole = self._whole
        kept = {name: _allowed(whole.table(name)) for name in whole.schema}
        gone = {
            row
            for name, rows in kept.items()
            if "id" in rows
            for row in set(whole.table(name)["id"]) - set(rows["id"])
        }
        for name, columns in (("evidence", ("record", "source")), ("participants", ("event",))):
            for column in columns:
                kept[name] = kept[name][~kept[name][column].isin(gone)]
        return {
            name: whole.protection.frame(_bare(rows, self.schema[name]), self.schema[name])
            for name, rows in kept.items()
        }


def _allowed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["publish"].ne("no")] if "publish" in rows else rows


def _bare(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows without what was written for the desk."""
    desk = [
        c.name
        for c in table.columns
        if not c.public and c.kind == "text" and not c.required and c.name != "alias"
    ]
    return rows.assign(
        **{
            name: rows[name].map(lambda value: () if isinstance(value, tuple) else "")
            for name in desk
            if name in rows
        }
    )


def public_documents(case: Case, documents: Mapping[str, Document]) -> dict[str, Document]:
    """Those of the notebooks that are chapters of the public edition, with what is printed in place of true names.

    Where none is, `KitError`.
    """
    shown = {name: document for name, document in documents.items() if document.public}
    if not shown:
        remedy = 'take "publish": false out of the metadata of one'
        raise KitError("notebooks", "none of them is a chapter of the public edition", remedy)
    if not case.protection:
        return shown
    return {name: document.reworded(case.protection.text) for name, document in shown.items()}


@dataclass(frozen=True)
class Publication:
    """The rows that go public, as cells of their public columns, by table, and why each row of the case does or does not.

    ``tables`` describe just what is published. ``reasons`` has the columns `REASON_COLUMNS`, a row each; ``public`` is
    ``yes`` or ``no``.
    """

    tables: dict[str, Table]
    cells: dict[str, pd.DataFrame]
    reasons: pd.DataFrame

    def files(self, settings: Mapping[str, object]) -> dict[str, bytes]:
        """The tables and their descriptions, by their path in the folder of a report."""
        made = {table.path: table_bytes(self.cells[name], table) for name, table in self.tables.items()}
        described = published(settings, self.tables.values())
        return made | {name: content.encode() for name, content in described.items()}


def publication(case: Case, cited: Iterable[str]) -> Publication:
    """What goes public with an edition that marks the ids ``cited``.

    A fact goes public when it is cited, or when its row says ``publish`` = ``yes``, and never where it says ``no``; with
    it go the sources of its evidence, and the actors, places, tags and values of the codebook that it names. Of each row
    go the public columns that the file has.

    >>> import kit
    >>> found = publication(kit.example(), ["example-2021-03-01-raid-harbour"])
    >>> found.cells["events"]["id"].tolist(), "note" in found.cells["events"]
    (['example-2021-03-01-raid-harbour'], False)
    """
    texts, _ = read_all(case.path, case.schema)
    choice = _Choice(case, texts, set(cited))
    choice.facts()
    choice.evidence()
    choice.followers()
    return choice.published()


class _Choice:
    """The choosing of rows, table by table; ``why`` holds the reason for each row chosen, by table and row."""

    def __init__(self, case: Case, texts: dict[str, pd.DataFrame], cited: set[str]) -> None:
        self.case, self.texts, self.cited = case, texts, cited
        self.facts_in = [name for name in fact_tables(case.schema) if name in texts]
        self.why: dict[str, dict[int, str]] = {}
        self.why_not: dict[str, dict[int, str]] = {}

    def rows(self, name: str) -> pd.DataFrame:
        return self.texts.get(name, pd.DataFrame(columns=self.case.schema[name].names, dtype="str"))

    def chosen(self, name: str) -> pd.DataFrame:
        return self.rows(name).loc[sorted(self.why.get(name, {}))]

    def take(self, name: str, at: int, why: str) -> None:
        self.why.setdefault(name, {}).setdefault(at, why)

    def leave(self, name: str, at: int, why: str) -> None:
        self.why_not.setdefault(name, {}).setdefault(at, why)

    def facts(self) -> None:
        for name in self.facts_in:
            for row in self.rows(name).itertuples():
                wish = getattr(row, "publish", "")
                if wish == "no":
                    self.leave(name, row.Index, "publish = no")
                elif row.id in self.cited:
                    self.take(name, row.Index, "cited")
                elif wish == "yes":
                    self.take(name, row.Index, "publish = yes")
                else:
                    self.leave(name, row.Index, "not cited")

    def ids(self, *names: str) -> set[str]:
        return {identity for name in names for identity in self.chosen(name).get("id", ())}

    def evidence(self) -> None:
        facts, sources = self.ids(*self.facts_in), self.rows("sources").set_index("id", drop=False)
        kept = {row.id: row.Index for row in self.rows("sources").itertuples()}
        barred = set(sources.loc[sources["publish"].eq("no"), "id"]) if "publish" in sources else set()
        behind: dict[str, str] = {}
        for row in self.rows("evidence").itertuples():
            if row.record not in facts:
                self.leave("evidence", row.Index, "its fact is not published")
            elif row.source in barred:
                self.leave("evidence", row.Index, "its source has publish = no")
            else:
                self.take("evidence", row.Index, f"evidence of {row.record}")
                behind.setdefault(row.source, f"behind {row.record}")
        for name in self.facts_in:
            for row in self.chosen(name).itertuples():
                for column in self.case.schema[name].columns:
                    if column.public and "sources" in column.refers:
                        for identity in split_list(getattr(row, column.name, "")):
                            behind.setdefault(identity, f"named by {row.id}")
        for identity, at in kept.items():
            wish = sources.loc[identity].get("publish", "")
            if identity in barred:
                self.leave("sources", at, "publish = no")
            elif identity in self.cited:
                self.take("sources", at, "cited")
            elif identity in behind:
                self.take("sources", at, behind[identity])
            elif wish == "yes":
                self.take("sources", at, "publish = yes")
            else:
                self.leave("sources", at, "not cited, and behind no fact that is")

    def followers(self) -> None:
        events = self.ids("events")
        for row in self.rows("participants").itertuples():
            if row.event in events:
                self.take("participants", row.Index, f"takes part in {row.event}")
            else:
                self.leave("participants", row.Index, "its event is not published")
        named: dict[str, dict[str, str]] = {name: {} for name in _FOLLOW}
        words: set[tuple[str, str]] = set()
        for name in (*self.facts_in, "participants", "sources"):
            for row in self.chosen(name).to_dict("records"):
                for column in self.case.schema[name].columns:
                    for value in split_list(row.get(column.name, "")) if column.public else ():
                        if column.codebook:
                            words |= {(column.codebook, value), (column.codebook, "")}
                        for table in column.refers:
                            named.get(table, {}).setdefault(
                                value, f"named by {row.get('id', row.get('event', ''))}"
                            )
                    if column.own and column.public and name == "cases":
                        words.add((column.name, ""))
        for name, reasons in named.items():
            for row in self.rows(name).itertuples():
                if row.id in reasons:
                    self.take(name, row.Index, reasons[row.id])
                else:
                    self.leave(name, row.Index, "named by no row that is published")
        for row in self.rows("codebook").itertuples():
            if (row.variable, row.value) in words:
                self.take("codebook", row.Index, "a word of a published row")
            else:
                self.leave("codebook", row.Index, "a word of no published row")

    def published(self) -> Publication:
        tables: dict[str, Table] = {}
        cells: dict[str, pd.DataFrame] = {}
        there = {name: self.ids(name) for name in self.texts if "id" in self.rows(name)}
        for name in self.texts:
            rows, table = self.chosen(name), self.case.schema[name]
            if rows.empty or table.private:
                continue
            columns = [c for c in table.columns if c.public and c.name in rows]
            columns = [c for c in columns if c.required or c.name in table.key or rows[c.name].ne("").any()]
            for column in columns:
                if column.refers and set(column.refers) & there.keys():
                    known = set().union(*(there.get(of, set()) for of in column.refers))
                    rows = rows.assign(
                        **{column.name: rows[column.name].map(lambda cell, known=known: _among(cell, known))}
                    )
            names = [column.name for column in columns]
            key = tuple(name for name in table.key if name in names)
            tables[name] = replace(table, columns=tuple(columns), key=key)
            cells[name] = self.case.protection.frame(rows, table)[names]
        return Publication(tables, cells, self._reasons())

    def _reasons(self) -> pd.DataFrame:
        found = []
        for name, table in self.case.schema.items():
            for row in self.rows(name).itertuples():
                chosen = self.why.get(name, {}).get(row.Index)
                other = "for the desk" if table.private else "such tables are not published"
                why = chosen or self.why_not.get(name, {}).get(row.Index, other)
                identity = " ".join(filter(None, (str(getattr(row, column, "")) for column in table.key[:3])))
                found.append((name, identity, "yes" if chosen else "no", why))
        return pd.DataFrame(found, columns=list(REASON_COLUMNS))


def _among(cell: str, known: set[str]) -> str:
    """The cell without references to what is not published."""
    return join_list(value for value in split_list(cell) if value in known)
