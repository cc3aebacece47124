"""A moment as a page states it, read no finer than it is stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_ISO = re.compile(
    r"^\s*((?:19|20)\d\d)(?:-?(\d\d)(?:-?(\d\d)(?!\d)(?:[T\s]\s*(\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*"
    r"(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?)?)?(?![\d-])"
)
_SLASHED = re.compile(
    r"(?<![\d/.-])(?:((?:19|20)\d\d)[/.](\d\d?)[/.](\d\d?)|(\d\d?)([/.-])(\d\d?)[/.-]((?:19|20)\d\d))(?![\d/-])"
)
_LETTERS = re.compile(r"[A-Za-z]{3}")
_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class StatedDate:
    """``edtf`` is the day, month or year stated; ``printed`` is the text it was read from."""

    edtf: str
    printed: str


def stated_date(text: str) -> StatedDate | None:
    """The moment ``text`` states, or None where it states none that can be told.

    A month stays a month. A day that may be read two ways (3/4/2025) becomes the set of both, since choosing
    would invent. A year before 1990 or a day after tomorrow is no moment a web page was published.

    >>> [stated_date(text).edtf for text in ("2025-08-01T09:30:00-04:00", "August 2025", "03/04/2025")]
    ['2025-08-01', '2025-08', '[2025-03-04,2025-04-03]']
    """
    text = " ".join(text[:120].split())
    whole = _ISO.match(text)
    if whole:
        parts = [part for part in whole.groups()[:3] if part]
        return _checked("-".join(parts), text)
    slashed = _SLASHED.search(text)
    if slashed:
        return _slashed(slashed, text)
    if _LETTERS.search(text) and re.search(r"\b(?:19|20)\d\d\b", text):
        return _spelled(text)
    return None


def date_in_address(url: str) -> StatedDate | None:
    """The day written in an address, as /2025/08/01/ or -2025-08-01-, or None.

    >>> date_in_address("https://post.example/2025/8/1/raid").edtf
    '2025-08-01'
    """
    found = _URL.search(url)
    return _checked(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", found[0]) if found else None


def _slashed(match: re.Match[str], text: str) -> StatedDate | None:
    year, month, day, one, mark, two, last = match.groups()
    if year:
        return _checked(f"{year}-{int(month):02}-{int(day):02}", text)
    readings = {(int(two), int(one)), (int(one), int(two))} if mark in "/-" else {(int(two), int(one))}
    days = sorted({day.edtf for m, d in readings if (day := _checked(f"{last}-{m:02}-{d:02}", text))})
    if not days:
        return None
    return StatedDate(days[0] if len(days) == 1 else f"[{','.join(days)}]", text)


def _spelled(text: str) -> StatedDate | None:
    from dateutil import parser

    # Read twice with different defaults: a part that differs was not in the text.
    try:
        one, other = (
            parser.parse(text, default=datetime(*blank), ignoretz=True)
            for blank in ((2001, 1, 1), (2002, 2, 2))
        )
    except (ValueError, OverflowError):
        return None
    if one.year != other.year:
        return None
    edtf = (
        f"{one.year}"
        if one.month != other.month
        else f"{one:%Y-%m}"
        if one.day != other.day
        else f"{one:%Y-%m-%d}"
    )
    return _checked(edtf, text)


def _checked(edtf: str, printed: str) -> StatedDate | None:
    numbers = [int(part) for part in edtf.split("-")]
    try:
        day = date(*([*numbers, 1, 1])[:3])
    except ValueError:
        return None
    return StatedDate(edtf, printed) if day.year >= 1990 else None


def confirmed(day: str, html: str) -> str:
    """The day ``YYYY-MM-DD`` as EDTF, as surely as a page's source writes it out; '' where it does not.

    A finder of dates gives 1 January for a copyright year, the first for a month, and one of two readings of
    3/4/2025. Such a day is believed only where it is written, and a day that may be read two ways becomes both.

    >>> confirmed("2025-01-01", "<p>© 2025 Example</p>"), confirmed("2025-01-01", "<p>1 January 2025</p>")
    ('', '2025-01-01')
    >>> confirmed("2025-04-03", "<p>03/04/2025</p>")
    '[2025-03-04,2025-04-03]'
    """
    year, month, number = (int(part) for part in day.split("-"))
    if number != 1 and (number > 12 or number == month):
        return day
    d, m, name = rf"0?{number}", rf"0?{month}", date(2000, month, 1).strftime("%b")
    sure = (
        rf"{year}[-/.年\s]{{1,2}}{m}[-/.月\s]{{1,2}}{d}(?!\d)",
        rf"(?<!\d){year}{month:02}{number:02}(?!\d)",
        rf"(?<!\d){d}\.\s?{m}\.\s?(?:{year}|{year % 100:02})(?!\d)",
        rf"(?<!\d){d}(?:st|nd|rd|th|\.|er|º|ª)?\s+(?:de\s+|of\s+)?[^\W\d]{{3,12}}[.,]?\s+(?:de\s+)?{year}",
        rf"{name}[a-z]*\.?\s+{d}(?:st|nd|rd|th)?,?\s+{year}",
    )
    if any(re.search(form, html, re.IGNORECASE) for form in sure):
        return day
    either = rf"(?<!\d)(?:{d}[-/]{m}|{m}[-/]{d})[-/](?:{year}|{year % 100:02})(?!\d)"
    if number == month or not re.search(either, html):
        return "" if number == 1 else day
    return f"[{','.join(sorted((day, f'{year}-{number:02}-{month:02}')))}]"
