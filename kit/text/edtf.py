"""Dates that admit doubt: EDTF level 1 and one-of-a-set, kept as written and read as the days they may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import pandas as pd

from kit.errors import BadDate

DATE_FORMS = "write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF level 1 form"
PRECISIONS = ("day", "month", "season", "year", "decade", "century", "interval", "set")
DOUBTS = ("", "uncertain", "approximate", "both")

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_MARKS = {"": "", "?": "uncertain", "~": "approximate", "%": "both"}
_LEVEL_1 = re.compile(r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?[?~%]?", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-4])", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")


@dataclass(frozen=True)
class DateSpan:
    """The days a date may mean; an open end is ``None``, since nobody said where it lies."""

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    doubt: str = ""


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> DateSpan:
    """The days that ``text``, an EDTF level 1 date or one-of-a-set, may mean.

    An impossible or unrecognised date raises `BadDate`: in an event table a guessed day reads as a fact.
    The forms are those of ISO 8601-2 as the Library of Congress describes them (EDTF, 2019).

    >>> parse_date("2021-03~").earliest, parse_date("2021-03~").doubt
    (datetime.date(2021, 3, 1), 'approximate')
    >>> span = parse_date("[2021-02-26..2021-03-01]")
    >>> span.precision, span.latest
    ('set', datetime.date(2021, 3, 1))
    """
    plain = _PREFIX.fullmatch(text)
    if plain and (plain[2] is None or int(plain[2]) <= 12):
        return _plain(text, plain[1], plain[2], plain[3], _MARKS[plain[4]])
    if text.startswith("[") and text.endswith("]") and len(text) > 2:
        members = [parse_date(part.strip()) for part in re.split(r"\.\.|,", text[1:-1]) if part.strip()]
        if len(members) < 2 or any(m.precision in ("interval", "set") for m in members):
            raise BadDate("", f"date {text!r} names no set of dates", DATE_FORMS)
        return _between(text, members[0], members[-1], "set")
    if text.count("/") == 1 and not _SLASHED.fullmatch(text):
        return _interval(text)
    if _LEVEL_1.fullmatch(text):
        return _level_1(text)
    raise BadDate("", f"date {text!r} is not a date as the tables write it", _advice(text))


def _plain(text: str, year: str, month: str | None, day: str | None, doubt: str) -> DateSpan:
    first = _first(text, int(year), int(month or 1), int(day or 1))
    if day:
        return DateSpan(text, first, first, "day", doubt)
    return DateSpan(text, first, _before(first, 1 if month else 12), "month" if month else "year", doubt)


def _first(text: str, year: int, month: int, day: int = 1) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate("", f"date {text!r} is not a real date", DATE_FORMS) from None


def _before(first: date, months: int) -> date:
    """The day before the month that comes so many months later; a winter ends in the next year."""
    years, month = divmod(first.month - 1 + months, 12)
    year = min(first.year + years, 9999)
    return date(year, month + 1, 1) - timedelta(days=1) if year == first.year + years else date(9999, 12, 31)


def _interval(text: str) -> DateSpan:
    ends = [part.strip() for part in text.split("/")]
    first, last = (None if end in ("", "..") else parse_date(end) for end in ends)
    if first is None and last is None:
        raise BadDate("", f"date {text!r} has neither a beginning nor an end", DATE_FORMS)
    return _between(text, first, last, "interval")


def _between(text: str, first: DateSpan | None, last: DateSpan | None, precision: str) -> DateSpan:
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest and latest and earliest > latest:
        raise BadDate("", f"date {text!r} ends before it begins", "put the earlier date first")
    doubts = {end.doubt for end in (first, last) if end and end.doubt}
    doubt = doubts.pop() if len(doubts) == 1 else "both" if doubts else ""
    return DateSpan(text, earliest, latest, precision, doubt)


def _level_1(text: str) -> DateSpan:
    """A season, or digits that nobody knows: the days are all those that some digit in the place of each X would give."""
    bare, doubt = text.rstrip("?~%"), _MARKS.get(text[-1], "")
    if season := _SEASON.fullmatch(bare):
        first = _first(text, int(season[1]), 3 * (int(season[2]) - 20))
        return DateSpan(text, first, _before(first, 3), "season", doubt)
    parts = [re.compile(part.replace("X", "[0-9]")) for part in bare.split("-")]
    years = _ends(parts[0], 4, range(1, 10_000)) if bare[:4] != "XXXX" else []
    days = [
        date(year, month, day)
        for year in years
        for month in _ends(parts[1] if len(parts) > 1 else _ANY, 2, range(1, 13))
        for day in _fitting(parts[2] if len(parts) > 2 else _ANY, 2, range(1, monthrange(year, month)[1] + 1))
    ]
    if not days:
        raise BadDate("", f"date {text!r} is not a real date", DATE_FORMS)
    unknown = bare.find("X")
    precision = {0: "century", 1: "century", 2: "century", 3: "decade", 5: "year", 6: "year"}.get(
        unknown, "month"
    )
    return DateSpan(text, min(days), max(days), precision, doubt)


_ANY = re.compile("[0-9]+")


def _ends(form: re.Pattern[str], width: int, numbers: range) -> list[int]:
    """The first and last five numbers of that form: 29 February is in one year of four or five."""
    found = _fitting(form, width, numbers)
    return list(dict.fromkeys((*found[:5], *found[-5:])))


def _fitting(form: re.Pattern[str], width: int, numbers: range) -> list[int]:
    return [number for number in numbers if form.fullmatch(f"{number:0{width}}")]


def _advice(text: str) -> str:
    slashed = _SLASHED.fullmatch(text)
    if not slashed:
        return DATE_FORMS
    first, second, year = (int(part) for part in slashed.groups())
    readings = []
    # A full stop stands between a day and its month, in that order.
    for month, day in ((second, first),) if "." in text else ((first, second), (second, first)):
        with suppress(ValueError):
            readings.append(date(year, month, day).isoformat())
    choice = " or ".join(dict.fromkeys(readings)) or "YYYY-MM-DD"
    return f"a spreadsheet has rewritten it; write {choice}, and format the column as text"


def date_columns(column: pd.Series) -> pd.DataFrame:
    """``<name>_earliest``, ``_latest`` (datetime64, NaT where open), ``_precision`` and ``_doubt`` for a column.

    Each distinct text is read once, however many rows hold it. Blanks become NaT with precision and doubt '';
    a text that is no date raises `BadDate`.

    >>> frame = date_columns(pd.Series(["2021-03-01", "2021"], name="date"))
    >>> list(frame["date_latest"].dt.strftime("%Y-%m-%d"))
    ['2021-03-01', '2021-12-31']
    """
    codes, texts = pd.factorize(column.to_numpy(object))
    spans = [parse_date(text) if text else _NO_DATE for text in texts]
    days = {
        end: pd.array([getattr(span, end) for span in spans], dtype="datetime64[s]")
        for end in ("earliest", "latest")
    }
    name = column.name
    return pd.DataFrame(
        {
            f"{name}_earliest": days["earliest"].take(codes),
            f"{name}_latest": days["latest"].take(codes),
            f"{name}_precision": _categories([span.precision for span in spans], PRECISIONS, codes),
            f"{name}_doubt": _categories([span.doubt for span in spans], DOUBTS, codes),
        },
        index=column.index,
    )


def _categories(values: list[str], vocabulary: tuple[str, ...], codes) -> pd.Categorical:
    names = list(dict.fromkeys(("", *vocabulary)))
    return pd.Categorical.from_codes(
        pd.array([names.index(v) for v in values], dtype="int8").take(codes), names
    )


_NO_DATE = DateSpan("", None, None, "")
