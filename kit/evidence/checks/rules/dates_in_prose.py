"""The gate's rules on dates in prose: held against the calendar and against the facts that a sentence cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.fact_dates import fact_dates, meet, spans_of
from kit.evidence.checks.rule import Finding, place_of, rule
from kit.evidence.checks.rules.dates_in_tables import clashes, wrong_weekdays
from kit.evidence.prose.sentences import Sentence
from kit.text.dates import PrintedDate, printed_dates
from kit.text.days import Days
from kit.text.periods import Period, told_periods

#: A year behind such a word is a name's: "the Act of 1998".
_NAMED = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ]\w+ (?:of|von|de|du|del) $")
#: A fact as narrow as this lends its date to the whole sentence; a month or a year only to its own clause.
_NARROW = timedelta(days=3)


@rule("weekday-wrong", "error", "look the day up in the source; if the source has the slip, say so beside it")
def weekday_wrong(context: CheckContext) -> Iterator[Finding]:
    """A date falls on one weekday, and this is another.

    In prose, in the year printed or in that of a cited fact or source; and in our texts of the tables.
    """
    facts = context.once(fact_dates)
    issued = context.case.table("sources").set_index("id")["issued_earliest"].dropna()
    for path, sentence in context.prose():
        days = printed_dates(sentence.ours, sentence.language)
        years = {day.year for day in days if day.year}
        for identity in sentence.cited:
            years |= {issued[identity].year} if identity in issued.index else set()
            years |= set(facts[identity].years) if identity in facts else set()
        for found in clashes(sentence.text, days, years, sentence.language):
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
    """The sentence tells a month, a year or a weekday that the fact it cites does not have.

    A quarter, a season and a decade too.
    """
    return _disallowed(context, of_a_day=False)


def _disallowed(context: CheckContext, *, of_a_day: bool) -> Iterator[Finding]:
    """Dates printed before the mark of a fact whose own date, texts and sources do not allow them."""
    facts = context.once(fact_dates)
    for path, sentence in context.prose():
        cited = [facts[identity] for identity in sentence.cited if identity in facts]
        told = _told(sentence, of_a_day=of_a_day) if cited else []
        years = sorted({year for fact in cited for year in fact.years})
        beside = [one for fact in cited for one in fact.own if one[1] - one[0] <= _NARROW]
        published = not of_a_day and bool(sentence.language.prose.published.search(sentence.text))
        for start, stop, group in _groups(sentence) if told else ():
            if not all(identity in facts for identity in group):
                continue
            own = [facts[identity] for identity in group]
            allowed = [
                *beside,
                *(one for fact in own for one in fact.allowed(sentence.text, published=published)),
            ]
            for time in told:
                if start <= time.start < stop and not _may_be(time, allowed, years):
                    ours = "; ".join(f"{each} is of {_shown(facts[each].own[0])}" for each in group)
                    printed = sentence.text[time.start : time.stop]
                    yield Finding(place_of(path, sentence), group[0], f"prints {printed!r}, and {ours}")


def _told(sentence: Sentence, *, of_a_day: bool) -> list[PrintedDate | Period]:
    """The times that a sentence tells in its own words: days, or what is not as narrow."""
    dates = [day for day in printed_dates(sentence.ours, sentence.language) if bool(day.day) == of_a_day]
    periods = told_periods(sentence.ours, sentence.language)
    dates = [day for day in dates if day.month or not _NAMED.search(sentence.ours[: day.start])]
    return [*dates, *(period for period in periods if (period.kind == "day") == of_a_day)]


def _may_be(time: PrintedDate | Period, allowed: list[Days], years: list[int]) -> bool:
    if isinstance(time, Period):
        return time.meets(allowed, years)
    spans = spans_of(time, years)
    return not spans or any(meet(one, other) for one in spans for other in allowed)


def _shown(days: Days) -> str:
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


RULES = (weekday_wrong, other_day, other_month)
