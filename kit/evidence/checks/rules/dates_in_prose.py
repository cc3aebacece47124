"""The gate's rules on dates in prose: held against the calendar, the facts that a sentence cites, and one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from kit.errors import BadDate
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place_of, rule
from kit.evidence.checks.rules.dates_in_tables import clashes, wrong_weekdays
from kit.evidence.prose.sentences import Sentence
from kit.tables.declarations import fact_tables
from kit.text.dates import PrintedDate, printed_dates
from kit.text.edtf import parse_date
from kit.text.language.language import JudgedLanguage

_Days = tuple[date, date]

#: What a date may be away from one that is marked as approximate.
_ABOUT = timedelta(days=31)
#: Columns whose dates are the fact's too; a note may tell of dates that others give.
_TEXTS = ("title", "summary", "basis")
_NAME = re.compile(r"\b[A-Z]\w{2,}")
#: A fact as narrow as this lends its date to the whole sentence; a month or a year only to its own clause.
_NARROW = timedelta(days=3)


@dataclass
class _Fact:
    """The days of a fact, those that its own texts and its supporters name, and those of its pages, by publisher."""

    own: list[_Days] = field(default_factory=list)
    named: list[_Days] = field(default_factory=list)
    pages: list[tuple[str, _Days]] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        return sorted({day.year for days in self.own for day in days})


def _facts(context: CheckContext) -> dict[str, _Fact]:
    """Each fact of the tables that has a date of its own."""
    facts: dict[str, _Fact] = defaultdict(_Fact)
    schema = context.case.schema
    for table in fact_tables(schema):
        columns = [column.name for column in schema[table].columns if column.kind == "date"]
        texts = [name for name in _TEXTS if name in schema[table].names]
        for row in context.case.table(table).to_dict("records") if columns else ():
            fact = _Fact()
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
                fact.named += [span for day in days for span in _spans(day, fact.years)]
            facts[row["id"]] = fact
    pages = context.case.table("sources").set_index("id")[["publisher", "issued_earliest", "issued_latest"]]
    for row in context.case.table("evidence").itertuples():
        if row.record in facts:
            publisher, first, last = pages.loc[row.source]
            if pd.notna(first) and pd.notna(last):
                facts[row.record].pages.append((publisher, _days(first, last)))
            facts[row.record].named += _stated(row.says, context.language) if row.stance == "supports" else []
    return dict(facts)


def _days(first: pd.Timestamp, last: pd.Timestamp, *, about: bool = False) -> _Days:
    slack = _ABOUT if about else timedelta()
    start = date.min if pd.isna(first) else first.date() - slack
    return start, date.max if pd.isna(last) else last.date() + slack


def _stated(says: str, language: JudgedLanguage) -> list[_Days]:
    try:
        span = parse_date(says)
    except BadDate:
        return [days for day in printed_dates(says, language) for days in _spans(day, [])]
    return [(span.earliest or date.min, span.latest or date.max)]


def _spans(day: PrintedDate, years: list[int]) -> list[_Days]:
    return [span for year in ([day.year] if day.year else years) if (span := day.span(year))]


def _meet(one: _Days, other: _Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _printed(sentence: Sentence, language: JudgedLanguage) -> list[PrintedDate]:
    """The dates that a sentence prints in its own words."""
    return printed_dates(sentence.prose_without(*sentence.quotations), language)


@rule("weekday-wrong", "error", "look the day up in the source; if the source has the slip, say so beside it")
def weekday_wrong(context: CheckContext) -> Iterator[Finding]:
    """A date falls on one weekday, and this is another.

    In prose, in the year printed or in that of a cited fact or source; and in our texts of the tables.
    """
    facts = context.once(_facts)
    issued = context.case.table("sources").set_index("id")["issued_earliest"].dropna()
    for path, sentence in context.prose():
        days = _printed(sentence, context.language)
        years = {day.year for day in days if day.year}
        for identity in sentence.cited:
            years |= {issued[identity].year} if identity in issued.index else set()
            years |= set(facts[identity].years) if identity in facts else set()
        for found in clashes(sentence.text, days, years, context.language):
            yield Finding(place_of(path, sentence), next(iter(sentence.cited), ""), found)
    yield from wrong_weekdays(context)


@rule("date-not-the-facts", "error", "print the fact's date, or cite the fact that has this one")
def other_day(context: CheckContext) -> Iterator[Finding]:
    """The sentence prints a day that the fact it cites does not have."""
    return _disallowed(context, of_a_day=True)


@rule(
    "month-not-the-facts",
    "warning",
    "print the fact's date, cite the fact that has this one, or put the mark right behind its own clause",
)
def other_month(context: CheckContext) -> Iterator[Finding]:
    """The sentence prints a month or a year that the fact it cites does not have."""
    return _disallowed(context, of_a_day=False)


def _disallowed(context: CheckContext, *, of_a_day: bool) -> Iterator[Finding]:
    """Dates printed before the mark of a fact whose own date, texts and sources do not allow them."""
    facts = context.once(_facts)
    for path, sentence in context.prose():
        days = [day for day in _printed(sentence, context.language) if bool(day.day) == of_a_day]
        cited = [facts[identity] for identity in sentence.cited if identity in facts]
        years = sorted({year for fact in cited for year in fact.years})
        beside = [one for fact in cited for one in fact.own if one[1] - one[0] <= _NARROW]
        published = not of_a_day and bool(context.language.published.search(sentence.text))
        for start, stop, group in _groups(sentence) if days else ():
            if not all(identity in facts for identity in group):
                continue
            own = [facts[identity] for identity in group]
            allowed = [*beside, *(one for fact in own for one in _may(fact, sentence.text, published))]
            for day in days:
                spans = _spans(day, years) if start <= day.start < stop else []
                if spans and not any(_meet(one, other) for one in spans for other in allowed):
                    ours = "; ".join(f"{each} is of {_shown(facts[each].own[0])}" for each in group)
                    printed = sentence.text[day.start : day.stop]
                    yield Finding(place_of(path, sentence), group[0], f"prints {printed!r}, and {ours}")


def _may(fact: _Fact, text: str, published: bool) -> list[_Days]:
    """The days that the text may print for a fact: its own, those named with it, and those of pages that the text names.

    A page is named by a word of its publisher ("the Post reported on 2 March"); its month or year, by being published.
    """
    names = set(_NAME.findall(text))
    pages = [days for publisher, days in fact.pages if published or names & set(_NAME.findall(publisher))]
    return [*fact.own, *fact.named, *pages]


def _shown(days: _Days) -> str:
    first, last = days
    if first == last:
        return first.isoformat()
    return f"{'…' if first == date.min else first} to {'…' if last == date.max else last}"


def _groups(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    """The text before each place that has citations, back to the last such place, and the ids cited there.

    Semicolons part it into clauses, of which it has no more than ids, the last ones.
    """
    places: dict[int, list[str]] = {}
    for citation in sentence.citations:
        places.setdefault(citation.start, []).append(citation.target)
    start = 0
    for stop, group in places.items():
        clauses = [start, *(start + m.end() for m in re.finditer(";", sentence.text[start:stop]))]
        clause = clauses[-min(len(group), len(clauses))]
        yield clause, len(sentence.text) if len(places) == 1 else stop, group
        start = stop


@rule("time-apart", "warning", "count the days and record the number, or correct the words")
def time_apart(context: CheckContext) -> Iterator[Finding]:
    """The words put another time between two days than the dates do.

    Only where the sentence has two dates of its own, printed or its facts', and where no cell computed the number.

    "Nine days after the raid" may count from any fact cited so far, "nine days later" from one in the same block.
    """
    facts = context.once(_facts)
    path, block = "", (0, 0)
    so_far: list[_Days] = []
    in_block: list[_Days] = []
    for where, sentence in context.prose():
        if where != path:
            path, block, so_far = where, (0, 0), []
        if block != (sentence.cell, sentence.block):
            block, in_block = (sentence.cell, sentence.block), []
        cited = [identity for identity in dict.fromkeys(sentence.cited) if identity in facts]
        here = _here(sentence, [facts[identity] for identity in cited], context.language)
        named = [span for identity in cited for span in facts[identity].named]
        for match in context.language.distances.finditer(sentence.prose_without(*sentence.quotations)):
            apart = _distance(match, context.language)
            computed = any(number.start <= match.start() < number.stop for number in sentence.numbers)
            if apart is None or computed or len(here) < 2:
                continue
            way = (match["way"] or match["way_2"] or "").casefold()
            anchored = bool(match["anchor"]) and way in context.language.anchors
            others = [*named, *in_block, *(so_far if anchored else ())]
            if not any(_fits(one, other, apart) for one, other in _pairs(here, others)):
                gaps = sorted({_gap(one, other) for one, other in _pairs(here, [])})
                words = match[0].removesuffix(match["anchor"] or "")
                found = f"says {words!r}; its dates are {' or '.join(gaps)} days apart"
                yield Finding(place_of(path, sentence), next(iter(cited), ""), found)
        so_far += here
        in_block += here


def _here(sentence: Sentence, cited: list[_Fact], language: JudgedLanguage) -> list[_Days]:
    """The different dates of a sentence: its facts', and the days that it prints."""
    years = [year for fact in cited for year in fact.years][:1]
    printed = [span for day in _printed(sentence, language) if day.day for span in _spans(day, years)]
    return list(dict.fromkeys([*(fact.own[0] for fact in cited), *printed]))


def _pairs(here: list[_Days], others: list[_Days]) -> Iterator[tuple[_Days, _Days]]:
    for at, one in enumerate(here):
        for other in (*here[at + 1 :], *others):
            yield one, other


def _distance(match: re.Match[str], language: JudgedLanguage) -> tuple[float, float] | None:
    """The days that a phrase puts between two dates, least and most; ``None`` where its count is no number."""
    if match["same"]:
        return 0, 0
    unit = match["unit"] or match["next"] or match["side"] or match["last"]
    words = (match["count"] or language.articles[0]).casefold()
    count = 1 if words in language.articles else int(words) if words.isdigit() else language.counted(words)
    if count is None:
        return None
    days, slack = language.distance_units[unit.casefold()]
    return count * days - slack, count * days + slack


def _fits(one: _Days, other: _Days, apart: tuple[float, float]) -> bool:
    """Whether two dates can lie that far apart, whichever comes first."""
    least, most = _between(one, other)
    return least <= apart[1] and apart[0] <= most


def _between(one: _Days, other: _Days) -> tuple[int, int]:
    if _meet(one, other):
        return 0, max((one[1] - other[0]).days, (other[1] - one[0]).days)
    first, second = sorted((one, other))
    return (second[0] - first[1]).days, (second[1] - first[0]).days


def _gap(one: _Days, other: _Days) -> str:
    least, most = _between(one, other)
    return str(least) if least == most else f"{least} to {most}"


RULES = (weekday_wrong, other_day, other_month, time_apart)
