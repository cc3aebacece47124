"""Dates that admit doubt: EDTF level 1 and one-of-a-set, kept as written and read as the days they may mean."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from kit.errors import BadDate

DATE_FORMS = "write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF level 1 form"
PRECISIONS = ("day", "month", "season", "year", "decade", "century", "interval", "set")
DOUBTS = ("", "uncertain", "approximate", "both")

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
_MARKS = {"": "", "?": "uncertain", "~": "approximate", "%": "both"}
_LEVEL_1 = re.compile(r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?[?~%]?", re.ASCII)
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
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise BadDate("", f"date {text!r} is not a real date", DATE_FORMS) from None
    if day:
        return DateSpan(text, first, first, "day", doubt)
    after = date(first.year + 1, 1, 1) if not month or month == "12" else date(first.year, first.month + 1, 1)
    return DateSpan(text, first, date.fromordinal(after.toordinal() - 1), "month" if month else "year", doubt)


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
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
    except (EDTFParseException, ValueError) as error:
        raise BadDate("", f"date {text!r} is not a real date", DATE_FORMS) from error
    first, last = (date(*end[:3]) for end in (parsed.lower_strict(), parsed.upper_strict()))
    bare = text.rstrip("?~%")
    precision = {7: "month", 10: "day"}.get(len(bare), "year")
    if type(parsed).__name__ == "Season" or re.fullmatch(r"\d{4}-2[1-4]", bare):
        precision = "season"
    elif "X" in bare:
        precision = {2: "century", 3: "decade"}.get(
            bare.index("X"), "year" if bare.index("X") == 5 else "month"
        )
    return DateSpan(text, first, last, precision, _MARKS.get(text[-1], ""))


def _advice(text: str) -> str:
    slashed = _SLASHED.fullmatch(text)
    if not slashed:
        return DATE_FORMS
    first, second, year = (int(part) for part in slashed.groups())
    readings = []
    for month, day in ((first, second), (second, first)):
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
