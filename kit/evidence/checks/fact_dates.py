"""The days of each fact: its own, those that its texts and its supporters name, and those of its pages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from kit.errors import BadDate
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.fact_numbers import stems
from kit.tables.declarations import fact_tables
from kit.text.dates import PrintedDate, printed_dates
from kit.text.days import Days
from kit.text.edtf import parse_date
from kit.text.language import Language
from kit.text.periods import told_periods

#: What a date may be away from one that is marked as approximate.
_ABOUT = timedelta(days=31)
#: Columns whose dates are the fact's too; a note may tell of dates that others give.
_TEXTS = ("title", "summary", "basis")
_NAME = re.compile(r"\b[A-ZÀ-Þ]\w{2,}")


@dataclass
class FactDates:
    """The days of a fact, those that its own texts and its supporters name, and those of its pages, by publisher.

    ``names`` are the words with a capital in its texts and in the names of those who took part; ``title`` and ``words``
    the stems by which a sentence may speak of it.
    """

    own: list[Days] = field(default_factory=list)
    named: list[Days] = field(default_factory=list)
    pages: list[tuple[str, Days]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    title: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def years(self) -> list[int]:
        """The years of its own days."""
        return sorted({day.year for days in self.own for day in days})

    def allowed(self, text: str, *, published: bool) -> list[Days]:
        """The days that ``text`` may print for it: its own, those named with it, and those of pages that the text names.

        A page is named by its publisher, or by a word of the publisher's name that is not the fact's too ("the Post
        reported on 2 March"); with ``published``, the text speaks of pages.
        """
        said = set(_NAME.findall(text))
        pages = [
            days
            for publisher, days in self.pages
            if published or publisher in text or said & (set(_NAME.findall(publisher)) - self.names)
        ]
        return [*self.own, *self.named, *pages]


def fact_dates(context: CheckContext) -> dict[str, FactDates]:
    """Each fact of the tables that has a date of its own, by its id."""
    facts: dict[str, FactDates] = defaultdict(FactDates)
    schema, case = context.case.schema, context.case
    actors = case.table("actors").set_index("id")["name"]
    parties = case.table("participants").groupby("event")["actor"].agg(list)
    for table in fact_tables(schema):
        columns = [column.name for column in schema[table].columns if column.kind == "date"]
        texts = [name for name in _TEXTS if name in schema[table].names]
        for row in case.table(table).to_dict("records") if columns else ():
            fact = FactDates()
            for column in columns:
                ends = (row[f"{column}_earliest"], row[f"{column}_latest"])
                if not all(pd.isna(end) for end in ends):
                    fact.own.append(_days(*ends, about=row[f"{column}_doubt"] in ("approximate", "both")))
            if not fact.own:
                continue
            if len(fact.own) > 1:
                fact.own.append((min(first for first, _ in fact.own), max(last for _, last in fact.own)))
            for text in (row[name] for name in texts):
                days = printed_dates(text, context.language)
                fact.named += [span for day in days for span in spans_of(day, fact.years)]
                periods = told_periods(text, context.language)
                fact.named += [span for period in periods for span in period.spans(fact.years)]
            named = [actors[actor] for actor in parties.get(row["id"], ()) if actor in actors.index]
            fact.names = set(_NAME.findall(" ".join([*(row[name] for name in texts), *named])))
            fact.title, fact.words = stems(row.get("title", "")), stems(" ".join(row[name] for name in texts))
            facts[row["id"]] = fact
    pages = case.table("sources").set_index("id")[["publisher", "issued_earliest", "issued_latest"]]
    for row in case.table("evidence").itertuples():
        if row.record in facts:
            publisher, first, last = pages.loc[row.source]
            if pd.notna(first) and pd.notna(last):
                facts[row.record].pages.append((publisher, _days(first, last)))
            facts[row.record].named += _stated(row.says, context.language) if row.stance == "supports" else []
    return dict(facts)


def _days(first: pd.Timestamp, last: pd.Timestamp, *, about: bool = False) -> Days:
    slack = _ABOUT if about else timedelta()
    start = date.min if pd.isna(first) else first.date() - slack
    return start, date.max if pd.isna(last) else last.date() + slack


def _stated(says: str, language: Language) -> list[Days]:
    try:
        span = parse_date(says)
    except BadDate:
        return [days for day in printed_dates(says, language) for days in spans_of(day, [])]
    return [(span.earliest or date.min, span.latest or date.max)]


def spans_of(day: PrintedDate, years: list[int]) -> list[Days]:
    """The days that a printed date may mean, one without a year being of each of ``years``.

    >>> spans_of(PrintedDate(0, 4, "", 0, 7, 0), [2021])
    [(datetime.date(2021, 7, 1), datetime.date(2021, 7, 31))]
    """
    return [span for year in ([day.year] if day.year else years) if (span := day.span(year))]


def meet(one: Days, other: Days) -> bool:
    """Whether two stretches of days have one in common.

    >>> meet((date(2021, 3, 1), date(2021, 3, 5)), (date(2021, 3, 5), date(2021, 3, 9)))
    True
    """
    return one[0] <= other[1] and other[0] <= one[1]
