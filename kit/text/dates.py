"""The days, months and years that English prose prints, each with its place in the text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from kit.errors import BadDate
from kit.text.edtf import parse_date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: What the calendar can say of a printed day; each printed day is exactly one of these.
FINDINGS = {
    "agrees": "weekday and date go together",
    "clashes": "that date fell on another weekday",
    "date only": "a full date without a weekday: nothing to compare",
    "weekday only": "a weekday without a full date: nothing to compare",
    "vague": "neither a weekday nor a full date",
}
REMEDY = "write it as on the page, in English: 'Tuesday, 2025-08-01', 'Tuesday (August 1)', 'this week'"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:(?P<month_1>{_MONTH})\.? (?P<day_1>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year_1>\d{{4}}))?(?!\d)"
    rf"|(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month_2>{_MONTH})\b\.?"
    r"(?:,? (?P<year_2>\d{4})(?!\d))?"
    rf"|(?P<month_3>{_MONTH})\.?,? (?P<year_3>\d{{4}})(?!\d)"
    r"|(?P<iso>\d{4}(?:-\d{2}){0,2})(?![\d-]))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PrintedDay:
    """What a page prints for a day: ``weekday``, and ``date`` as YYYY, YYYY-MM or YYYY-MM-DD; '' for none."""

    weekday: str
    date: str

    @property
    def fell_on(self) -> str:
        """The weekday on which the date fell, or '' where it is no single day."""
        return weekday(date.fromisoformat(self.date)) if len(self.date) == 10 else ""

    @property
    def finding(self) -> str:
        """One of `FINDINGS`."""
        if self.weekday and self.fell_on:
            return "agrees" if self.weekday == self.fell_on else "clashes"
        if self.fell_on:
            return "date only"
        return "weekday only" if self.weekday else "vague"


def weekday(day: date) -> str:
    """The English name of the weekday, whatever language the machine speaks.

    >>> weekday(date(2025, 8, 1))
    'Friday'
    """
    return WEEKDAYS[day.weekday()]


def last(name: str, before: date) -> date:
    """The last day of that weekday before ``before``; on that weekday itself, a week earlier.

    A name that is no weekday raises `BadDate`.

    >>> last("Tuesday", before=date(2025, 8, 1))
    datetime.date(2025, 7, 29)
    """
    if name not in WEEKDAYS:
        raise BadDate("", f"{name!r} is no weekday", f"write one of {', '.join(WEEKDAYS)}")
    return before - timedelta(days=(before.weekday() - WEEKDAYS.index(name) - 1) % 7 + 1)


def printed_day(text: str, *, year: int | None = None) -> PrintedDay:
    """The weekday and the date in ``text``, the day as a page prints it, put into English.

    ``year`` completes a date printed without one. An impossible date, one that cannot be completed, or two
    weekdays or dates at once raise `BadDate`: which of them is meant is for a person to say.

    >>> printed_day("Tuesday (August 1)", year=2025)
    PrintedDay(weekday='Tuesday', date='2025-08-01')
    >>> printed_day("Tuesday (August 1)", year=2025).finding
    'clashes'
    """
    names = {found.capitalize() for found in _WEEKDAY.findall(text)}
    dates = _dates(text, year)
    for what, found in (("weekdays", names), ("dates", dates)):
        if len(found) > 1:
            raise BadDate(
                "", f"{text!r} names two {what}: {' and '.join(sorted(found))}", "keep the one meant"
            )
    return PrintedDay("".join(names), "".join(dates))


def compare(printed: Iterable[str], *, year: int | None = None) -> pd.DataFrame:
    """A row a text: ``printed``, its ``weekday`` and ``date``, the weekday it ``fell_on``, the ``finding``.

    The finding is one of `FINDINGS`. The rows keep the order of the texts, and their index if they have one.
    All texts that cannot be read are named in one `BadDate`.

    >>> compare(["Tuesday, 2025-08-02"]).iloc[0].tolist()
    ['Tuesday, 2025-08-02', 'Tuesday', '2025-08-02', 'Saturday', 'clashes']
    """
    texts = printed if isinstance(printed, pd.Series) else pd.Series(list(printed), dtype=object)
    rows, wrong = [], []
    for text in texts:
        try:
            day = printed_day(text, year=year)
        except BadDate as error:
            wrong.append(error.value)
        else:
            rows.append((text, day.weekday, day.date, day.fell_on, day.finding))
    if wrong:
        raise BadDate("", "; ".join(wrong), REMEDY)
    return pd.DataFrame(rows, columns=["printed", "weekday", "date", "fell_on", "finding"], index=texts.index)


def _dates(text: str, year: int | None) -> set[str]:
    """The dates in the text, as YYYY, YYYY-MM or YYYY-MM-DD."""
    if any(character.isdigit() for character in _DATE.sub("", text)):
        raise BadDate("", f"{text!r} holds digits that are no date", REMEDY)
    found = set()
    for match in _DATE.finditer(text):
        if match["iso"]:
            found.add(parse_date(match["iso"]).text)
            continue
        month = match["month_1"] or match["month_2"] or match["month_3"]
        day = match["day_1"] or match["day_2"]
        whole = match["year_1"] or match["year_2"] or match["year_3"] or year
        if not whole:
            raise BadDate("", f"{text!r} gives a day and no year", "say which year it belongs to: year=...")
        number = _MONTHS.index(month[:3].capitalize()) + 1
        iso = f"{whole:0>4}-{number:02}" + (f"-{int(day):02}" if day else "")
        found.add(parse_date(iso).text)
    return found


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PRINTED_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[89]|20)\d\d"
_NAMES = "|".join(WEEKDAYS)
#: A day with its month; a month with its year; a year after a word that makes it one. The weekday may stand before
#: the date ("a Friday, 2 August" is another day's), or after it: "(Friday)", ", a Friday", "was a Friday".
_PRINTED_DATE = re.compile(
    rf"(?<![\w.-])(?:(?<!\ba )(?<!\ban )(?P<weekday>{_NAMES}),? (?:the )?\(?)?"
    rf"(?:(?P<day>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<month>{_PRINTED_MONTH})(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<month_2>{_PRINTED_MONTH}) (?P<day_2>{_DAY})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year_2>{_YEAR}))?"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<month_3>{_PRINTED_MONTH})(?: of)?,? (?P<year_3>{_YEAR})"
    rf"|(?<=\b[Ii]n )(?P<year_4>{_YEAR})(?! [a-z]+s\b)|(?<=\bof )(?P<year_5>{_YEAR})(?! [a-z]+s\b))"
    rf"(?![\w-]|[.,]\d)(?:,? \((?P<weekday_2>{_NAMES})\)|,? (?:(?:was|is|fell on) )?an? (?P<weekday_3>{_NAMES})\b)?"
)
#: A year or a month alone, for those who only have to know that it is no quantity.
MENTION = re.compile(
    rf"(?<![\w.-])(?:{_PRINTED_MONTH},? )?{_YEAR}s?(?![\w]|[.,]\d)|(?<![\w.-]){_DAY}(?:st|nd|rd|th)?(?: of)? {_PRINTED_MONTH}(?!\w)"
    rf"|(?<![\w.-]){_PRINTED_MONTH} {_DAY}(?:st|nd|rd|th)?(?![\w])"
)


@dataclass(frozen=True)
class PrintedDate:
    """A date where prose prints it: the weekday beside it, or '', and what of year, month and day is printed; 0 for none."""

    start: int
    stop: int
    weekday: str
    year: int
    month: int
    day: int

    def span(self, year: int = 0) -> tuple[date, date] | None:
        """The days it may mean, its year completed by ``year``; ``None`` where no year is known or no such day is.

        >>> PrintedDate(0, 4, "", 0, 7, 0).span(2025)
        (datetime.date(2025, 7, 1), datetime.date(2025, 7, 31))
        """
        year = self.year or year
        if not year:
            return None
        if not self.month:
            return date(year, 1, 1), date(year, 12, 31)
        last = monthrange(year, self.month)[1]
        if self.day > last:
            return None
        return date(year, self.month, self.day or 1), date(year, self.month, self.day or last)


def printed_dates(text: str) -> list[PrintedDate]:
    """Each date in ``text`` that names a day, a month of a year, or a year behind "in" or "of".

    Words that are no months ("may 5 people"), versions and counts are none.

    >>> [(d.weekday, d.year, d.month, d.day) for d in printed_dates("on Tuesday 29 July, in May 2025 and in 2008")]
    [('Tuesday', 0, 7, 29), ('', 2025, 5, 0), ('', 2008, 0, 0)]
    """
    found = []
    for match in _PRINTED_DATE.finditer(text):
        named = match.groupdict()
        weekday = named["weekday"] or named["weekday_2"] or named["weekday_3"] or ""
        if named["iso"]:
            year, month, day = (int(part) for part in named["iso"].split("-"))
            if not 1 <= month <= 12:
                continue
        else:
            year = int(
                next((named[n] for n in ("year", "year_2", "year_3", "year_4", "year_5") if named[n]), 0)
            )
            name = named["month"] or named["month_2"] or named["month_3"]
            month = MONTHS.index(name[:3].casefold()) + 1 if name else 0
            day = int(named["day"] or named["day_2"] or 0)
        found.append(PrintedDate(match.start(), match.end(), weekday, year, month, day))
    return found
