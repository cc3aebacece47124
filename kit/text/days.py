"""The days that a text tells: dates it prints, and weekdays and words such as "yesterday" by the day of its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from kit.text.dates import printed_dates
from kit.text.language import ENGLISH, Language

#: The first and the last of the days that a text tells by one of its words.
Days = tuple[date, date]

_YEAR = re.compile(r"(?<![\w.,/-])(?:1[5-9]|20)\d\d(?![\w%/]|[.,-]\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?![\d/-]|\.\d)")
#: Years of two digits are of this century.
_CENTURY = 2000
_MONTHS = 12


def printed_days(text: str, language: Language | None = ENGLISH, *, year: int = 0) -> Iterator[Days]:
    """The days of each date that ``text`` prints, a date without a year being of ``year``.

    A date in digits alone gives both of its readings (3/4/2021), a month alone all of it. The date on which a page says that it came out is none.

    >>> [(str(first), str(last)) for first, last in printed_days("Published on 3 May 2021. It shut in April 2021.")]
    [('2021-04-01', '2021-04-30')]
    """
    published = language.passages.published if language else "(?!)"
    came_out = re.compile(rf"(?i)(?<!\w)(?:{published})(?: on| am| le| el)?:? $")
    taken = []
    text = _with_day_in_digits(text, language or ENGLISH)
    for printed in printed_dates(text, language or ENGLISH):
        taken.append((printed.start, printed.stop))
        if (days := printed.span(year)) and not came_out.search(text[: printed.start]):
            yield days
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < stop for start, stop in taken):
            yield date(int(match[0]), 1, 1), date(int(match[0]), 12, 31)
    for number, name in enumerate(forms[0] for forms in language.months) if language and year else ():
        for match in re.finditer(rf"(?<!\w){name}(?!\w)", text):
            if not any(start <= match.start() < stop for start, stop in taken):
                yield _month(year * _MONTHS + number)
    for match in _NUMERIC.finditer(text):
        one, two, of = (int(part) for part in match.groups())
        of += _CENTURY if of < 100 else 0
        for month, day in ((two, one), (one, two)):
            with suppress(ValueError):
                yield date(of, month, day), date(of, month, day)


def told_days(text: str, page: date, language: Language = ENGLISH) -> Iterator[Days]:
    """The days that weekdays and words such as "yesterday" and "last month" give on a page of that day.

    A weekday is the one before the page's day and the one after it; on that weekday itself, a week before too.

    >>> [str(first) for first, _ in told_days("He came yesterday, on Monday.", date(2021, 5, 4))]
    ['2021-05-03', '2021-05-03', '2021-05-10']
    """
    for word, days in language.passages.days.items():
        if _has(word, text):
            yield page + timedelta(days=days), page + timedelta(days=days)
    for word, (unit, count) in language.passages.periods.items():
        if _has(word, text):
            yield _period(page, unit, count)
    for number in named_in_calendar(text, language)["weekdays"]:
        last = page - timedelta(days=(page.weekday() - number) % 7)
        for day in (last, last + timedelta(days=7), *([last - timedelta(days=7)] if last == page else [])):
            yield day, day


def named_in_calendar(text: str, language: Language = ENGLISH) -> dict[str, set[int]]:
    """Which ``weekdays`` and ``months`` the text names by their full names, Monday and January being 0.

    >>> named_in_calendar("late on a Tuesday in July")
    {'weekdays': {1}, 'months': {6}}
    """
    names = {"weekdays": language.weekdays, "months": tuple(forms[0] for forms in language.months)}
    return {
        kind: {n for n, name in enumerate(some) if _has(f"{name}s?", text)} for kind, some in names.items()
    }


def _has(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{word})(?!\w)", text, re.IGNORECASE) is not None


def _period(page: date, unit: str, count: int) -> Days:
    """The week (from Monday), month or year that lies ``count`` of them after the page's."""
    if unit == "week":
        monday = page + timedelta(days=7 * count - page.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(page.year + count, 1, 1), date(page.year + count, 12, 31)
    return _month(page.year * _MONTHS + page.month - 1 + count)


def _month(number: int) -> Days:
    """The first and the last day of the month that so many came before, counted from the year nought."""
    first, after = (date(n // _MONTHS, n % _MONTHS + 1, 1) for n in (number, number + 1))
    return first, after - timedelta(days=1)


def _with_day_in_digits(text: str, language: Language) -> str:
    """The text with the words for a day before a month in digits: the first of March, le premier mars."""
    day, forms = _worded_days(language)
    stop = ". " if language.ordinal == r"\." else " "
    return day.sub(lambda match: f"{_number(match[1], forms)}{stop}{match[2] or ''}", text)


def _number(word: str, forms: list[tuple[str, int]]) -> int:
    return next(number for form, number in forms if re.fullmatch(form, word, re.IGNORECASE))


@cache
def _worded_days(language: Language) -> tuple[re.Pattern[str], list[tuple[str, int]]]:
    forms = [*language.amounts.ordinals.items()]
    words = "|".join(form for form, _ in forms)
    names = "|".join(month[0] for month in language.months)
    return re.compile(rf"(?i)(?<!\w)({words}) ((?:of|de) )?(?=(?:{names})(?!\w))"), forms
