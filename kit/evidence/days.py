"""The days, months and years that English prose prints, each with its place in the text."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kit.evidence.calendar import WEEKDAYS

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[89]|20)\d\d"
_NAMES = "|".join(WEEKDAYS)
#: A day with its month; a month with its year; a year after a word that makes it one. The weekday may stand before
#: the date ("a Friday, 2 August" is another day's), or after it: "(Friday)", ", a Friday", "was a Friday".
_DATE = re.compile(
    rf"(?<![\w.-])(?:(?<!\ba )(?<!\ban )(?P<weekday>{_NAMES}),? (?:the )?\(?)?"
    rf"(?:(?P<day>{_DAY})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<month_2>{_MONTH}) (?P<day_2>{_DAY})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year_2>{_YEAR}))?"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<month_3>{_MONTH})(?: of)?,? (?P<year_3>{_YEAR})"
    rf"|(?<=\b[Ii]n )(?P<year_4>{_YEAR})(?! [a-z]+s\b)|(?<=\bof )(?P<year_5>{_YEAR})(?! [a-z]+s\b))"
    rf"(?![\w-]|[.,]\d)(?:,? \((?P<weekday_2>{_NAMES})\)|,? (?:(?:was|is|fell on) )?an? (?P<weekday_3>{_NAMES})\b)?"
)
#: A year or a month alone, for those who only have to know that it is no quantity.
MENTION = re.compile(
    rf"(?<![\w.-])(?:{_MONTH},? )?{_YEAR}s?(?![\w]|[.,]\d)|(?<![\w.-]){_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!\w)"
    rf"|(?<![\w.-]){_MONTH} {_DAY}(?:st|nd|rd|th)?(?![\w])"
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
    for match in _DATE.finditer(text):
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
