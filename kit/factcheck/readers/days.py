"""The day that somebody typed: read where it can mean one day only, asked about where it can mean two."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.core import Locale

from kit.text.language import LANGUAGES

_TIME = re.compile(r"(?<=\d)(?:T|,?\s)\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\.\d+)?Z?\b")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(\s?[./-]\s?|)(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.,])(\d\d?)(\s?[./-]\s?)(\d\d?)\2(\d{4}|\d{2})(?!\d)")
_FIRST, _AHEAD = date(2000, 1, 1), timedelta(days=366)
#: Words that may stand before a date and say nothing of it.
_SMALL = re.compile(r"(?:on|the|am|den|dem|der|le|el|du|del|de)\b|[\s,.()]", re.IGNORECASE)
_LONGEST, _SHORT = 200, 3
#: Stands for the date in a text that is looked at without it.
_HERE = "\0"


@dataclass(frozen=True)
class TypedDay:
    """What somebody typed where a day was asked for: the ``day`` as 2025-07-29, or ``why`` it is none; and the ``rest``,
    words that stand beside the day."""

    day: str = ""
    why: str = ""
    rest: str = ""


def typed_day(text: str, on: date) -> TypedDay:
    """The day in ``text`` as a person types it, in any language of the kit; ``on`` is today.

    Two readings (03/04/2026), a weekday that is not the date's, and a day more than a year ahead are said in ``why``,
    and no day is given. A blank text gives neither.

    >>> today = date(2026, 12, 1)
    >>> typed_day("01.12.2026", today).day, typed_day("1. Dezember 2026", today).day
    ('2026-12-01', '2026-12-01')
    >>> typed_day("03/04/2026", today).why
    '03/04/2026 may be 3 April 2026 (2026-04-03) or 4 March 2026 (2026-03-04)'
    """
    text = " ".join(text.split())
    if not text:
        return TypedDay()
    if len(text) > _LONGEST:
        return TypedDay(why=f"{text} is no day")
    readings, around = _readings(_TIME.sub("", text))
    if not readings:
        return TypedDay(why=f"{text} is no day")
    named, rest = _weekday(around)
    meant = [day for day in readings if named in (None, day.weekday())]
    if len(meant) > 1:
        told = " or ".join(f"{day.day} {day:%B %Y} ({day})" for day in meant)
        return TypedDay(why=f"{text} may be {told}")
    if not meant:
        fell = " and ".join(f"{day} is a {_ENGLISH[day.weekday()]}" for day in readings)
        return TypedDay(why=f"{text}: {fell}, not a {_ENGLISH[named or 0]}")
    day = meant[0]
    if not _FIRST <= day <= on + _AHEAD:
        return TypedDay(why=f"{text} is not a day on which this can have been checked")
    while small := _SMALL.match(rest):
        rest = rest[small.end() :]
    return TypedDay(day.isoformat(), rest=rest.strip(" ,;"))


_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _readings(text: str) -> tuple[list[date], str]:
    """The days that the text may mean, and the text with a sign where the date stands."""
    found: list[tuple[re.Match[str], list[date]]] = []
    for match in _YEAR_FIRST.finditer(text):
        found.append((match, _days([(match[1], match[3], match[4])])))
    for match in _YEAR_LAST.finditer(text):
        one, sign, two, last = match[1], match[2].strip(), match[3], match[4]
        orders = [(last, two, one)] + ([] if sign == "." else [(last, one, two)])
        if len(one) == len(last) == 2 and sign == "-":
            orders.append((one, two, last))
        found.append((match, _days(orders)))
    for pattern in _with_month():
        for match in pattern.finditer(text):
            month = str(_months()[match["month"].casefold()])
            found.append((match, _days([(match["year"], month, match["day"])])))
    days = list(dict.fromkeys(day for _, some in found for day in some))
    if not days:
        return [], text
    match = next(match for match, some in found if some)
    return days, f"{text[: match.start()]}{_HERE}{text[match.end() :]}"


def _days(orders: list[tuple[str, str, str]]) -> list[date]:
    found = []
    for year, month, day in orders:
        with suppress(ValueError):
            count = int(year.lstrip("'"))
            found.append(date(count if len(year) == 4 else 2000 + count, int(month), int(day)))
    return list(dict.fromkeys(found))


def _weekday(text: str) -> tuple[int | None, str]:
    """The weekday beside the date in the text, Monday being 0, and the text without both."""
    for pattern in _beside():
        if found := pattern.search(text):
            return _names()[found[1].casefold()], f"{text[: found.start()]}{text[found.end() :]}"
    return None, text.replace(_HERE, "")


@cache
def _months() -> dict[str, int]:
    """The number of the month that each name means, in all languages."""
    names = {
        name.rstrip(".").casefold(): number
        for code in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale(code).months["format"][width].items()
    }
    more = (
        (form, n) for each in LANGUAGES.values() for n, forms in enumerate(each.months, 1) for form in forms
    )
    return {form.casefold(): number for form, number in more} | names


@cache
def _with_month() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a day with a month's name behind it, and one with the name before it."""
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, _months()), key=len, reverse=True))})(?!\w)\.?"
    day, year = r"(?<![\d.,])(?P<day>\d\d?)(?:st|nd|rd|th|er|º|°|\.)?", r"(?P<year>\d{4}|'?\d{2})(?!\d)"
    small = r"(?:\s|[-/,.]|\b(?:of|de|del)\b){0,4}"
    return (
        re.compile(rf"{day}{small}(?<!\w){month}{small}{year}", re.IGNORECASE),
        re.compile(rf"(?<!\w){month}{small}{day}(?!\d){small}{year}", re.IGNORECASE),
    )


@cache
def _names() -> dict[str, int]:
    """The weekday that each full or abbreviated name means, in all languages."""
    return {
        name.rstrip(".").casefold(): number
        for code in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale(code).days["format"][width].items()
    }


@cache
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a weekday before the date, and its full name behind it, where a short one may be another word."""
    some = sorted(map(re.escape, _names()), key=len, reverse=True)
    full = [name for name in some if len(name) > _SHORT]
    small = r"(?:[\s,.(]|\b(?:the|dem|den|der|le|el|a|an|un)\b){0,6}"
    return (
        re.compile(rf"(?<!\w)({'|'.join(some)})(?!\w){small}{_HERE}", re.IGNORECASE),
        re.compile(rf"{_HERE}{small}(?<!\w)({'|'.join(full)})(?!\w)\)?", re.IGNORECASE),
    )
