"""The day of a fact, looked for in a passage as a date, a weekday or a word such as "yesterday"."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from kit.errors import BadDate
from kit.evidence.support.question import (
    DATE_FIELDS,
    INFERRED,
    VALUE_FIELDS,
    CitedFact,
    Surroundings,
    folded_name,
)
from kit.text.dates import printed_dates
from kit.text.days import named_in_calendar, printed_days, told_days
from kit.text.edtf import DateSpan, parse_date
from kit.text.language import Language

#: How far from a date marked as approximate a printed one may lie.
_ABOUT = timedelta(days=31)
#: Stands for the day of a page that has none.
_ANY_DAY = date(2000, 1, 1)


def day_wanted(fact: CitedFact) -> tuple[DateSpan | None, bool]:
    """The days of the fact, and whether the row is about them and nothing else; none where the row infers them.

    >>> span, alone = day_wanted(CitedFact(says="Tuesday", field="date", date="2022-07-05"))
    >>> span.text, alone
    ('2022-07-05', True)
    """
    about_days = fact.field in DATE_FIELDS
    said = fact.says.strip()
    if INFERRED.search(said):
        return None, False
    if about_days or not said.isdigit():
        with suppress(BadDate):
            if said:
                return parse_date(said), True
    printed = [day.span() for day in printed_dates(said, fact.language)] if about_days else []
    if printed and printed[0]:
        first, last = printed[0]
        return DateSpan(said, first, last, "day" if first == last else "interval"), True
    if (
        fact.field in VALUE_FIELDS
        and (told := [day.span() for day in printed_dates(said, fact.language)])
        and told[0]
    ):
        return DateSpan(said, *told[0], "interval"), False  # the row itself says of when its number is
    with suppress(BadDate):
        if fact.date and (about_days or fact.field in ("", *VALUE_FIELDS)):
            return parse_date(fact.date), about_days
    return None, False


def day_stands(
    span: DateSpan, fact: CitedFact, passage: str, around: Surroundings, language: Language | None
) -> bool | None:
    """Whether the passage tells a day of the fact; ``None`` where only the page's own day could tell, and is not known.

    A weekday or a month that the row itself gives is enough where it is the fact's, and can be by the page's day.

    >>> from kit.text.language import ENGLISH
    >>> fact = CitedFact(date="2022-07-05")
    >>> span, _ = day_wanted(fact)
    >>> [day_stands(span, fact, "It shut on Tuesday.", Surroundings(day), ENGLISH) for day in ("2022-07-06", "2022-07-20", "")]
    [True, False, None]
    """
    pages = _page_days(around.page_day)
    slack = _ABOUT if span.doubt in ("approximate", "both") else timedelta(0)
    first, last = _ends_of(span)
    years = {day.year + more for day in pages for more in (-1, 0, 1)} or {
        span.earliest.year if span.earliest else 0
    }
    days = {day for year in sorted(years) for day in printed_days(passage, language, year=year)}
    told = {day for page in pages for day in told_days(passage, page, language)} if language else set()
    if any(day >= first - slack and until <= last + slack for day, until in days | told):
        return True
    own_word = fact.says and folded_name(fact.says) in folded_name(passage)
    if own_word and any(day <= last and first <= until for day, until in told):
        return True  # "this week" says no more than the week
    if language and _same_calendar_day(span, fact, passage, language):
        return not told
    unknown = language and not pages and any(told_days(passage, _ANY_DAY, language))
    return None if unknown and not days else False


def _same_calendar_day(span: DateSpan, fact: CitedFact, passage: str, language: Language) -> bool:
    """Whether row and passage name one weekday or one month, which the fact's day does not rule out."""
    if any(character.isdigit() for character in fact.says):
        return False
    theirs = named_in_calendar(passage, language)
    ours = [named_in_calendar(fact.says, each) for each in (fact.language, language)]
    both = {kind: set().union(*(given[kind] for given in ours)) & numbers for kind, numbers in theirs.items()}
    if span.earliest and span.earliest == span.latest:
        both["weekdays"] &= {span.earliest.weekday()}
    return any(both.values())


def _page_days(issued: str) -> list[date]:
    """The days on which a page may have come out, none where that is not known to the month."""
    with suppress(BadDate):
        span = parse_date(issued)
        if span.earliest and span.latest and date.min.year < span.earliest.year < date.max.year:
            days = (span.latest - span.earliest).days + 1
            return [span.earliest + timedelta(days=n) for n in range(days)] if days <= _ABOUT.days else []
    return []


def _ends_of(span: DateSpan) -> tuple[date, date]:
    """The first and the last day, an open end so far away that a month more does not matter."""
    return max(span.earliest or date.min, date.min + _ABOUT), min(span.latest or date.max, date.max - _ABOUT)


def other_days(span: DateSpan, passage: str, language: Language | None) -> bool:
    """Whether the passage of a number gives days of its own, and none of them meets the fact's.

    >>> from kit.text.language import ENGLISH
    >>> other_days(parse_date("2024-12"), "It made $100 in January 2025.", ENGLISH)
    True
    """
    first, last = _ends_of(span)
    days = list(printed_days(passage, language))
    return bool(days) and not any(first <= until and day <= last for day, until in days)
