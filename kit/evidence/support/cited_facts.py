"""What each row of evidence cites its passage for, put together from all that the tables know of its fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.evidence.prose.classification import name_finder
from kit.evidence.prose.document import prose_language
from kit.evidence.support.question import ANY_UNIT, CitedFact, Surroundings
from kit.tables.columns import Column
from kit.tables.declarations import fact_tables
from kit.text.amounts import unit_of
from kit.text.language import LANGUAGES, Language
from kit.text.language.measures import CONVERSIONS

if TYPE_CHECKING:
    from kit.case import Case

#: Stances with which a source bears a fact out.
SUPPORTING_STANCES = ("supports", "states")
#: Fields whose rows are about the fact as a whole, or its words, and so about whether it happened.
_WHOLE = ("", "title", "summary", "claim")
#: Kinds of numbers that nobody tells as done.
_OPEN_NUMBERS = ("estimate", "projection")
#: Columns that hold a fact as we word it, the first that a table has.
_WORDED = ("title", "claim", "basis")


class CitedFacts:
    """The facts of a case as its rows of evidence cite them: for each row a `CitedFact`, and what its source adds.

    >>> import kit
    >>> case = kit.example()
    >>> rows = case.table("evidence")
    >>> CitedFacts(case).fact(rows[rows["start"].ne("")].iloc[0]).date
    '2021-03-01'
    """

    def __init__(self, case: Case) -> None:
        self.ours = prose_language(case)
        self._tables = case.facts
        self._columns = {
            name: {column.name: column for column in case.schema[name].columns}
            for name in fact_tables(case.schema)
        }
        self._rows = {row["id"]: row for name in self._columns for row in case.table(name).to_dict("records")}
        sources = case.table("sources")
        self._sources = {row["id"]: row for row in sources.to_dict("records")}
        self._actors = _names(case)
        self._others = name_finder(
            name for row in case.table("actors").itertuples() for name in (row.name, *row.aliases)
        )

    def fact(self, row: Any) -> CitedFact:
        """What a row of evidence, as a Series or a tuple with its columns, cites its passage for.

        A row that supports its fact, or gives its own value of it, is asked for all of it; one that disputes it, or is
        background, only for what it says itself.
        """
        if row.record not in self._tables:  # a case may come without the table
            return CitedFact(says=row.says)
        cells, columns = self._rows[row.record], self._columns[self._tables[row.record]]
        supports, column = row.stance in SUPPORTING_STANCES, columns.get(row.field)
        says, field = row.says.strip(), row.field
        numbers: dict[str, Decimal | None] = {}
        unit, date = _unit(cells, column), ""
        computed = (
            cells.get("qualifier") == "computed"
        )  # from what its passages say, so that none has the result
        if supports:
            dated = column if column and column.kind == "date" else _first_date(columns)
            date = cells[dated.name] if dated and f"{dated.name}_earliest" in cells else ""
            if column and column.kind == "number" and field not in ("value", "low", "high"):
                numbers, field = {"value": _number(cells[field])}, "value"
            elif "value" in columns and not (says and (row.stance == "states" or computed)):
                numbers = {end: _number(cells.get(end)) for end in ("value", "low", "high")}
            elif column and column.kind == "text" and not says:
                says = cells[field]
        if column and column.kind == "date":
            field = "date"
        return CitedFact(
            says=says,
            field=field,
            unit=unit,
            date=date,
            actors=self._actors.get(row.record, ()),
            wording=self._wording(cells, columns, says) if supports else "",
            status=cells.get("status") or cells.get("qualifier", ""),
            language=self.ours,
            others=self._others,
            **numbers,
        )

    def around(self, row: Any) -> Surroundings:
        """What the row's source says of its page: the day it came out, and its headline."""
        source = self._sources[row.source]
        return Surroundings(page_day=source["issued"], headline=source["title"])

    def language(self, row: Any) -> Language | None:
        """The language of the row's source, the case's where it names none; ``None`` where the kit has no words of it."""
        code = self._sources[row.source]["language"] or self.ours.code
        return LANGUAGES.get(code.partition("-")[0].lower())

    def _wording(self, cells: Mapping[str, Any], columns: Mapping[str, Column], says: str) -> str:
        if cells.get("qualifier") in _OPEN_NUMBERS or unit_of(str(cells.get("unit", ""))) in CONVERSIONS:
            return (
                ""  # nobody tells as done what is to be, and a length of time is often told before it is over
            )
        first = next((cells[name] for name in _WORDED if name in columns), "")
        return ". ".join(filter(None, (first, cells.get("summary", ""), says)))


def subjects(case: Case, *tables: str) -> list[tuple[str, str]]:
    """Each fact with each actor that it is about: who takes part in an event, and whoever a column of a fact names, as
    whose number it is; with whatever stands in such a column and is a row of one of the other ``tables``.
    """
    tables = ("actors", *tables)
    ids = {id for table in tables for id in case.table(table)["id"]}
    pairs = list(case.table("participants")[["event", "actor"]].itertuples(index=False, name=None))
    for name in fact_tables(case.schema):
        for column in case.schema[name].columns:
            if "actors" in column.refers:
                named = case.table(name)[["id", column.name]].explode(column.name)
                pairs += named.itertuples(index=False, name=None)
    return [(fact, subject) for fact, subject in pairs if subject in ids]


def _names(case: Case) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The actors and places that each fact is about, by the fact's id: a group of names for each."""
    called = {
        row.id: (row.name, *row.aliases)
        for table in ("places", "actors")
        for row in case.table(table).itertuples()
    }
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for fact, subject in subjects(case, "places"):
        found.setdefault(fact, {})[called[subject]] = None
    return {fact: tuple(groups) for fact, groups in found.items()}


def _first_date(columns: Mapping[str, Column]) -> Column | None:
    return next((column for column in columns.values() if column.kind == "date"), None)


def _unit(cells: Mapping[str, Any], column: Column | None) -> str:
    """The fact's own unit, or that by which the column is called: ``hours_lost`` or ``lost_hours`` are hours."""
    if column and column.kind == "number" and "unit" not in cells:
        return next(filter(None, map(unit_of, column.name.split("_"))), ANY_UNIT)
    return str(cells.get("unit", ""))


def _number(cell: Any) -> Decimal | None:
    return None if cell is None or pd.isna(cell) else Decimal(repr(float(cell))).normalize() + 0
