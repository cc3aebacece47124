"""The days, months and years that prose prints, each with its place in the text, held against the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pandas as pd

from kit.errors import BadDate
from kit.text.edtf import parse_date
from kit.text.language import ENGLISH, Language
from kit.text.language.language import alternatives

WEEKDAYS = ENGLISH.weekdays
#: What the calendar can say of a printed day; each printed day is exactly one of these.
FINDINGS = {
    "agrees": "weekday and date go together",
    "clashes": "that date fell on another weekday",
    "date only": "a full date without a weekday: nothing to compare",
    "weekday only": "a weekday without a full date: nothing to compare",
    "vague": "neither a weekday nor a full date",
}
_HOW = "write it as on the page, in English: 'Monday, 2021-03-01', 'Monday (March 1)', 'this week'"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[89]|20)\d\d"


@dataclass(frozen=True)
class PrintedDate:
    """A date where text prints it: the English name of the weekday beside it, or '', and what of year, month and day
    is printed; 0 for none."""

    start: int
    stop: int
    weekday: str
    year: int
    month: int
    day: int

    def span(self, year: int = 0) -> tuple[date, date] | None:
        """The days it may mean, its year completed by ``year``; ``None`` where no year is known or no such day is.

        >>> PrintedDate(0, 4, "", 0, 7, 0).span(2021)
        (datetime.date(2021, 7, 1), datetime.date(2021, 7, 31))
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

    @property
    def date(self) -> str:
        """The date as YYYY, YYYY-MM or YYYY-MM-DD, '' where no year is known."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        known = 3 if self.day else 2 if self.month else 1
        return "-".join(parts[:known]) if self.year else ""

    @property
    def fell_on(self) -> str:
        """The weekday on which the date fell, or '' where it is no single day."""
        days = self.span() if self.day else None
        return weekday(days[0]) if days else ""

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

    >>> weekday(date(2021, 3, 1))
    'Monday'
    """
    return WEEKDAYS[day.weekday()]


def last(name: str, before: date) -> date:
    """The last day of that weekday before ``before``; on that weekday itself, a week earlier.

    A name that is no weekday raises `BadDate`.

    >>> last("Monday", before=date(2021, 3, 4))
    datetime.date(2021, 3, 1)
    """
    if name not in WEEKDAYS:
        raise BadDate("", f"{name!r} is no weekday", f"write one of {', '.join(WEEKDAYS)}")
    return before - timedelta(days=(before.weekday() - WEEKDAYS.index(name) - 1) % 7 + 1)


def printed_dates(text: str, language: Language = ENGLISH) -> list[PrintedDate]:
    """Each date in ``text`` that names a day, a month of a year, or a year behind a word such as "in" or "of".

    Words that are no months ("may 5 people"), versions and counts are none.

    >>> [(d.weekday, d.year, d.month, d.day) for d in printed_dates("on Monday 1 March, in May 2021 and in 2008")]
    [('Monday', 0, 3, 1), ('', 2021, 5, 0), ('', 2008, 0, 0)]
    >>> from kit.text.language import GERMAN
    >>> [(d.weekday, d.date) for d in printed_dates("Am Montag, dem 1. März 2021, war es so.", GERMAN)]
    [('Monday', '2021-03-01')]
    """
    found = (_printed(match, language) for match in _in_prose(language).finditer(text))
    return [day for day in found if day.month <= 12]


def printed_day(text: str, *, year: int | None = None) -> PrintedDate:
    """The weekday and the date in ``text``, the day as a page prints it, put into English.

    ``year`` completes a date printed without one. An impossible date, one that cannot be completed, digits that are
    no date, or two weekdays or dates at once raise `BadDate`: which of them is meant is for a person to say.

    >>> printed_day("Tuesday (March 1)", year=2021).finding
    'clashes'
    """
    alone = _alone(ENGLISH)
    if any(character.isdigit() for character in alone.sub("", text)):
        raise BadDate("", f"{text!r} holds digits that are no date", _HOW)
    names = {found.capitalize() for found in re.findall(rf"(?i)\b(?:{'|'.join(WEEKDAYS)})\b", text)}
    days = {}
    for match in alone.finditer(text):
        day = _printed(match, ENGLISH)
        if not (day.year or year):
            raise BadDate("", f"{text!r} gives a day and no year", "say which year it belongs to: year=...")
        day = PrintedDate(0, len(text), "".join(names), day.year or year or 0, day.month, day.day)
        days[parse_date(day.date).text] = day
    for what, found in (("weekdays", names), ("dates", days)):
        if len(found) > 1:
            raise BadDate(
                "", f"{text!r} names two {what}: {' and '.join(sorted(found))}", "keep the one meant"
            )
    return next(iter(days.values()), PrintedDate(0, len(text), "".join(names), 0, 0, 0))


def compare_weekdays(printed: Iterable[str], *, year: int | None = None) -> pd.DataFrame:
    """A row a text: ``printed``, its ``weekday`` and ``date``, the weekday it ``fell_on``, the ``finding``.

    The finding is one of `FINDINGS`. The rows keep the order of the texts, and their index if they have one.
    All texts that `printed_day` cannot read are named in one `BadDate`.

    >>> compare_weekdays(["Tuesday, 2021-03-01"]).iloc[0].tolist()
    ['Tuesday, 2021-03-01', 'Tuesday', '2021-03-01', 'Monday', 'clashes']
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
        raise BadDate("", "; ".join(wrong), _HOW)
    return pd.DataFrame(rows, columns=["printed", "weekday", "date", "fell_on", "finding"], index=texts.index)


@cache
def date_mentions(language: Language = ENGLISH) -> re.Pattern[str]:
    """What finds each date, and a year or a month alone, for those who only have to know that it is no quantity.

    >>> date_mentions().sub("...", "In May 2021, on 3 May and in 2008 they paid 38.")
    'In ..., on ... and in ... they paid 38.'
    """
    month, ordinal = _month(language), language.ordinal
    return re.compile(
        rf"(?<![\w.-])(?:{month},? )?{_YEAR}s?(?![\w]|[.,]\d)"
        rf"|(?<![\w.-]){_DAY}{ordinal}{language.before_month}{month}(?!\w)"
        + (rf"|(?<![\w.-]){month} {_DAY}{ordinal}(?![\w])" if language.month_first else "")
    )


def _month(language: Language) -> str:
    """A month's name; a full stop goes only with what is not the name in full."""
    full = [forms[0] for forms in language.months]
    short = [form for forms in language.months for form in forms[1:]]
    return rf"(?:{alternatives(full)}|(?:{alternatives(short)})\.?(?!\w))"


def _forms(language: Language, day: str, year: str) -> str:
    """A day with its month, or a month with its year, in the order and with the joints of the language."""
    month, ordinal = _month(language), language.ordinal
    forms = [
        rf"(?P<day>{day}){ordinal}{language.before_month}(?P<month>{month})(?:{language.before_year}(?P<year>{year})(?!\d))?",
        rf"(?P<month_3>{month})(?: of)?,?{language.before_year.removeprefix(',?')}(?P<year_3>{year})(?!\d)",
    ]
    if language.month_first:
        forms.insert(
            1,
            rf"(?P<month_2>{month}) (?P<day_2>{day}){ordinal}(?!\d)(?:{language.before_year}(?P<year_2>{year})(?!\d))?",
        )
    return "|".join(forms)


@cache
def _in_prose(language: Language) -> re.Pattern[str]:
    """A date in a sentence; a year alone only behind a word that makes it one.

    The weekday may stand before the date ("a Friday, 2 August" is another day's), or after it: "(Friday)", ", a Friday",
    "was a Friday".
    """
    names = "|".join(language.weekdays)
    bare = (
        "|".join(
            rf"(?<=\b[{word[0].upper()}{word[0].lower()}]{word[1:]} )(?P<bare_{number}>{_YEAR})(?! [a-z]+s\b)"
            for number, word in enumerate(language.before_bare_year)
        )
        or "(?!)"
    )
    before = rf"(?<!\ba )(?<!\ban )(?P<weekday>{names}),? {language.article}\(?"
    behind = rf",? \((?P<weekday_2>{names})\)|,? (?:(?:was|is|fell on) )?an? (?P<weekday_3>{names})\b"
    return re.compile(
        rf"(?<![\w.-])(?:{before})?(?:{_forms(language, _DAY, _YEAR)}|(?P<iso>{_YEAR}-\d\d-\d\d)|{bare})"
        rf"(?![\w-]|[.,]\d)(?:{behind})?",
        0 if language.weekdays[0][0].isupper() else re.IGNORECASE,
    )


@cache
def _alone(language: Language) -> re.Pattern[str]:
    """A date in a cell that says nothing else."""
    forms = _forms(language, r"\d{1,2}", r"\d{4}")
    return re.compile(rf"\b(?:{forms}|(?P<iso>\d{{4}}(?:-\d{{2}}){{0,2}})(?![\d-]))", re.IGNORECASE)


def _printed(match: re.Match[str], language: Language) -> PrintedDate:
    """What a match of either pattern says."""
    groups = {name: text for name, text in match.groupdict().items() if text}

    def given(kind: str) -> str:
        return next((text for name, text in groups.items() if name.partition("_")[0] == kind), "")

    if "iso" in groups:
        year, month, day = (int(part) for part in [*groups["iso"].split("-"), "0", "0"][:3])
    else:
        month = language.month_numbers.get(given("month").rstrip(".").casefold(), 0)
        year, day = int(given("year") or given("bare") or 0), int(given("day") or 0)
    names = [name.casefold() for name in language.weekdays]
    name = WEEKDAYS[names.index(given("weekday").casefold())] if given("weekday") else ""
    return PrintedDate(match.start(), match.end(), name, year, month, day)
