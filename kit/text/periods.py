"""Times that prose tells without a full date: a weekday, a month, a quarter or a season; and dates in digits alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kit.text.dates import printed_dates
from kit.text.days import Days
from kit.text.language import ENGLISH, Language
from kit.text.language.language import alternatives

_WEEK = timedelta(days=6)
#: On this day of its month a season ends by the sun.
_SOLSTICE = 23
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?!\d|[./-]\d)")
_DECADE = re.compile(r"(?<!\d)(?P<year>(?:1[5-9]|20)\d0)(?:s|ern?)\b")
_YEAR_BEHIND = r"(?:,?(?: \w{2,7}){0,2} (?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"


@dataclass(frozen=True)
class Period:
    """A time where text tells it: one of ``day``, ``weekday``, ``month``, ``quarter``, ``season`` and ``decade``.

    ``number`` counts weekdays from Monday, 0; months and quarters from 1; seasons as EDTF does. ``year`` is 0 where none
    is told. ``days`` are the readings of a date in digits.
    """

    start: int
    stop: int
    kind: str
    number: int = 0
    year: int = 0
    days: tuple[date, ...] = ()

    def spans(self, years: Collection[int]) -> list[Days]:
        """The days that it may mean, a time without a year being of each of ``years``; none of a weekday.

        >>> Period(0, 8, "quarter", 2).spans([2021])
        [(datetime.date(2021, 4, 1), datetime.date(2021, 6, 30))]
        """
        if self.kind == "day":
            return [(day, day) for day in self.days]
        found = []
        for year in [self.year] if self.year else years:
            match self.kind:
                case "month" | "quarter":
                    months = 1 if self.kind == "month" else 3
                    first, last = (self.number - 1) * months + 1, self.number * months
                    after = date(year + last // 12, last % 12 + 1, 1)
                    found.append((date(year, first, 1), after - timedelta(days=1)))
                case "season":
                    found += [_season(self.number, of) for of in _years(self.number, year)]
                case "decade":
                    found.append((date(year, 1, 1), date(year + 9, 12, 31)))
        return found

    def meets(self, times: Iterable[Days], years: Collection[int]) -> bool:
        """Whether it may mean one of ``times``, by its weekday or its days.

        >>> Period(0, 6, "weekday", 0).meets([(date(2021, 3, 1), date(2021, 3, 1))], [2021])
        True
        """
        if self.kind == "weekday":
            return any(_has_weekday(self.number, *days) for days in times)
        return any(a <= d and c <= b for a, b in self.spans(years) for c, d in times)


_WINTER = 24


def _years(season: int, year: int) -> tuple[int, ...]:
    """The years in which a season of a year begins: the winter of a year is the one before it or behind."""
    return (year - 1, year) if season == _WINTER else (year,)


def _season(number: int, year: int) -> Days:
    """The days of a season, from the first of its first month to the turn of the sun."""
    first = date(year, 3 * (number - 20), 1)
    ends = date(year + first.month // 12, (first.month + 3) % 12 or 12, _SOLSTICE)
    return first, ends


def _has_weekday(number: int, first: date, last: date) -> bool:
    return last - first >= _WEEK or (number - first.weekday()) % 7 <= (last - first).days


def told_periods(text: str, language: Language = ENGLISH) -> list[Period]:
    """The times that ``text`` tells beside those that `printed_dates` finds, in order.

    A date in digits alone has two readings in English and puts the day first in other languages.

    >>> [(p.kind, p.number, p.year) for p in told_periods("On a Friday in May, in the second quarter of 2021")]
    [('weekday', 4, 0), ('month', 5, 0), ('quarter', 2, 2021)]
    >>> [day.isoformat() for day in told_periods("on 16/06/2021")[0].days]
    ['2021-06-16']
    """
    taken = [(day.start, day.stop) for day in printed_dates(text, language) if day.month or day.weekday]
    found = [period for period in _found(text, language) if not _within(period, taken)]
    return sorted(found, key=lambda period: period.start)


def _within(period: Period, taken: list[tuple[int, int]]) -> bool:
    return any(start < period.stop and period.start < stop for start, stop in taken)


def _found(text: str, language: Language) -> Iterable[Period]:
    for match in _NUMERIC.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        days = []
        for day, month in ((one, other), (other, one)) if language.month_first else ((one, other),):
            with suppress(ValueError):
                days.append(date(year if year > 99 else 2000 + year, month, day))
        if days:
            yield Period(*match.span(), "day", days=tuple(dict.fromkeys(days)))
    for match in _DECADE.finditer(text):
        yield Period(*match.span(), "decade", year=int(match["year"]))
    for kind, number, pattern in _patterns(language):
        for match in pattern.finditer(text):
            year = int(match["year"] or 0) if kind != "weekday" else 0
            yield Period(*match.span(), kind, number or _quarter(match), year)


def _quarter(match: re.Match[str]) -> int:
    """The number of a quarter, by its digit or by which of the language's words stands there."""
    groups = match.groupdict()
    if digit := groups.get("digit") or groups.get("digit_2"):
        return int(digit)
    return next((int(name[1:]) for name, found in groups.items() if name[0] == "w" and found), 0)


@cache
def _patterns(language: Language) -> list[tuple[str, int, re.Pattern[str]]]:
    if not language.judged:
        return []
    names_capital = language.months[0][0][0].isupper()
    flags = re.NOFLAG if names_capital else re.IGNORECASE
    found = [
        ("weekday", number, re.compile(rf"(?<!\w){name}(?!\w)", flags))
        for number, name in enumerate(language.weekdays)
    ]
    # A capital behind the month makes it somebody's first name; one at the head may be a verb.
    named = (
        rf"(?!\w)(?! [A-Z]){_YEAR_BEHIND}"
        if names_capital and not language.nouns_capital
        else rf"(?!\w){_YEAR_BEHIND}"
    )
    head = r"(?<=[\w,] )" if names_capital else r"(?<!\w)"
    found += [
        ("month", number, re.compile(rf"{head}{alternatives(forms[:1])}{named}", flags))
        for number, forms in enumerate(language.months, 1)
    ]
    found += [
        (
            "season",
            number,
            re.compile(
                rf"(?<!\w)(?:{word})(?!\w){_YEAR_BEHIND}", flags if language.nouns_capital else re.IGNORECASE
            ),
        )
        for word, number in language.seasons.items()
    ]
    found.append(
        ("quarter", 0, re.compile(rf"(?<!\w)(?:{language.quarter})(?!\w){_YEAR_BEHIND}", re.IGNORECASE))
    )
    return found
