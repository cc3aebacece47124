"""Days as pages write them, for machines and for readers, read no finer than they are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError

from kit.text.language.language import alternatives

_YEAR = r"(?:1[5-9]|20)\d\d"
_ISO = re.compile(
    rf"^\s*({_YEAR})(?:-?(\d\d)(?:-?(\d\d)(?!\d)(?:[T\s]\s*(\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*"
    r"(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?)?)?(?![\d/.-])"
)
_DAY_IN_ADDRESS = re.compile(
    rf"(?<!\d)({_YEAR})(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
_MONTH_IN_ADDRESS = re.compile(rf"/({_YEAR})/(0[1-9]|1[0-2])/")
#: What a clock shows that was never set: the first day that programs count from, east and west of Greenwich.
_UNSET = frozenset({"1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30", "1899-12-31"})
#: Languages whose months are known on any page; the page's own comes before them.
_MONTHS_OF = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "tr", "ru", "uk")
_MORE_MONTHS = {"sept": 9, "jänner": 1, "feber": 2, "maerz": 3}
_LONGEST = 2_000


@dataclass(frozen=True)
class StatedDate:
    """``edtf`` is the day, month or year stated; ``printed`` is the text it was read from.

    ``zone`` is the offset or the name of a zone behind a moment for machines, ``Z`` for none but UTC.
    """

    edtf: str
    printed: str
    zone: str = ""

    @property
    def day(self) -> date | None:
        """The day, where it is one and only one."""
        return date.fromisoformat(self.edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", self.edtf) else None


@dataclass(frozen=True)
class DatePrinted:
    """A date within a text: where it stands, and its readings as (year, month, day); 0 for what is not printed."""

    start: int
    stop: int
    readings: tuple[tuple[int, int, int], ...]

    def edtf(self, near: date | None = None) -> str:
        """The date as EDTF, or '' where it has no year and there is no day to complete it by.

        ``near`` is a day that it should be close to: it completes a year, and decides between two readings where one
        of them, and only one, is at most a day from it.

        >>> dates_printed("03/04/2025")[0].edtf(), dates_printed("03/04/2025")[0].edtf(date(2025, 3, 5))
        ('[2025-03-04,2025-04-03]', '2025-03-04')
        >>> dates_printed("31 December")[0].edtf(date(2021, 1, 1))
        '2020-12-31'
        """
        whole = [reading for reading in (self._completed(each, near) for each in self.readings) if reading]
        close = [
            text
            for text in whole
            if near and len(text) == 10 and abs(date.fromisoformat(text) - near).days <= 1
        ]
        found = sorted(set(close if len(close) == 1 else whole))
        return found[0] if len(found) == 1 else f"[{','.join(found)}]" if found else ""

    @staticmethod
    def _completed(reading: tuple[int, int, int], near: date | None) -> str:
        year, month, day = reading
        if year:
            return _edtf(year, month, day)
        if near is None or not day:
            return ""
        days = [_edtf(near.year + shift, month, day) for shift in (-1, 0, 1)]
        known = [date.fromisoformat(text) for text in days if text]
        return min(known, key=lambda each: abs(each - near)).isoformat() if known else ""


def stated_date(text: str, language: str = "") -> StatedDate | None:
    """The moment ``text`` states, or None where it states none that can be told.

    A month stays a month. A day that may be read two ways (3/4/2025) becomes the set of both, since choosing
    would invent. ``language`` is that of the names of months, beside the widespread ones. The day that a clock
    shows which was never set (1970-01-01) is none.

    >>> [stated_date(text).edtf for text in ("2025-08-01T09:30:00-04:00", "1. März 1874", "03/04/2025")]
    ['2025-08-01', '1874-03-01', '[2025-03-04,2025-04-03]']
    """
    text = " ".join(text[:120].split())
    whole = _ISO.match(text)
    if whole:
        year, month, day = (int(part or 0) for part in whole.groups()[:3])
        edtf = "" if whole[2] == "00" or whole[3] == "00" else _edtf(year, month, day)
        zone = (
            "Z"
            if whole[5] in ("Z", "UTC", "GMT") or re.fullmatch(r"[+-]00:?(?:00)?", whole[5] or "")
            else whole[5]
        )
    else:
        edtf, zone = next((edtf for found in dates_printed(text, language) if (edtf := found.edtf())), ""), ""
    return StatedDate(edtf, text, zone or "") if edtf and edtf not in _UNSET else None


def date_in_address(url: str) -> StatedDate | None:
    """The day written in an address, as /2025/08/01/, -2025-08-01- or /20250801/, the month as /2025/08/, or None.

    >>> date_in_address("https://post.example/2025/8/1/raid").edtf, date_in_address("https://a.example/2025/08/raid").edtf
    ('2025-08-01', '2025-08')
    """
    path = url.partition("?")[0]
    for pattern in (_DAY_IN_ADDRESS, _MONTH_IN_ADDRESS):
        for found in pattern.finditer(path):
            year, month, *day = (int(part) for part in found.groups() if part and part.isdecimal())
            if edtf := _edtf(year, month, *day or [0]):
                return StatedDate(edtf, found[0])
    return None


def dates_printed(text: str, language: str = "") -> list[DatePrinted]:
    """Each date that ``text`` prints, in its order: a day, with its year or without, or a month of a year.

    Months may have their names in ``language`` (``de``, ``pt-BR``) or any of the widespread ones. At most the first
    2,000 characters are looked at.

    >>> [found.readings for found in dates_printed("Le 1er mars 2021, mis à jour le 2 mars; 2021年3月4日")]
    [((2021, 3, 1),), ((0, 3, 2),), ((2021, 3, 4),)]
    """
    names, pattern = _calendar(language.partition("-")[0].lower())
    return [day for match in pattern.finditer(text[:_LONGEST]) if (day := _read(match, names))]


def _read(match: re.Match[str], names: dict[str, int]) -> DatePrinted | None:
    given = {name.rstrip("_"): text for name, text in match.groupdict().items() if text}
    number = {name: int(text) for name, text in given.items() if text.isdecimal()}
    year = _whole_year(given.get("year", ""))
    if "one" in number:
        pairs = [(number["two"], number["one"])]
        if given["mark"] in "/-":
            pairs.append((number["one"], number["two"]))
    elif "name" in given:
        pairs = [(names[given["name"].casefold().rstrip(".")], number.get("day", 0))]
    else:
        pairs = [(number["month"], number["day"])]
    readings = tuple(dict.fromkeys((year, *pair) for pair in pairs if _edtf(year or 2000, *pair)))
    return DatePrinted(match.start(), match.end(), readings) if readings else None


def _whole_year(digits: str) -> int:
    if len(digits) == 2:  # of this century and the last, as everybody reads them
        return 1900 + int(digits) if int(digits) > 50 else 2000 + int(digits)
    return int(digits or 0)


def _edtf(year: int, month: int, day: int) -> str:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}" if month else f"{year:04}"


@lru_cache(maxsize=64)
def _calendar(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    """The number of each month by its names, case put aside, and the pattern of a date with them."""
    names = dict(_MORE_MONTHS)
    for code in dict.fromkeys((language, *_MONTHS_OF)):
        # "ago" is August in Spain; on an English page it is none.
        short = not language or code in (language, "en")
        for form, number in _months(code, ("wide", "abbreviated") if short else ("wide",)):
            names.setdefault(form, number)
    name = rf"(?:{alternatives(list(names))})"
    day, year = r"(?:0?[1-9]|[12]\d|3[01])", rf"{_YEAR}(?!\d)"
    clock = r"(?:,?\s+\d\d?:\d\d(?::\d\d)?(?:\s+(?:[A-Z]{3,5}|[+-]\d{4})\b)?)?"
    joint = r"(?:\s+|\s?[-–/]\s?|\s*,\s*|\s+(?:de|del|of)\s+)"
    return names, re.compile(
        rf"(?<![\d.,/:-])(?:(?P<year>{_YEAR})\s?(?P<sign>[-./])\s?(?P<month>0?[1-9]|1[0-2])\s?(?P=sign)\s?(?P<day>{day})(?!\d)"
        rf"|(?P<year_>{_YEAR})\s?[年년]\s?(?P<month_>\d\d?)\s?[月월]\s?(?P<day_>\d\d?)\s?[日일]"
        rf"|(?P<one>{day})(?P<mark>[./-])\s?(?P<two>{day})(?P=mark)\s?(?P<year__>{year}|\d\d(?![\d./:-]))(?![/.-]?\d)"
        rf"|(?P<day__>{day})(?:st|nd|rd|th|er|ème|\.º|[.ºª°]|-?го)?(?:\s+day\s+of\s+|{joint}|\s?)(?P<name>{name})(?!\w)\.?(?:{joint}(?P<year___>{year}))?(?!\w)"
        rf"|(?<!\w)(?P<name_>{name})(?!\w)\.?\s+(?P<day___>{day})(?:st|nd|rd|th|\.)?(?![\w:]|\.\d)(?:(?:\s*,\s*|\s+(?:of\s+)?|{clock}\s+)(?P<year____>{year}))?"
        rf"|(?<!\w)(?P<name__>{name})(?!\w)\.?{joint}(?P<year_____>{year}))",
        re.IGNORECASE,
    )


def _months(code: str, widths: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Each form of each month's name in CLDR that has letters, and its number; none for a code it does not know."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError, TypeError):
        return
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, form in locale.months[context][width].items():
                bare = form.casefold().rstrip(".")
                if len(bare) > 2 and not any(sign.isdigit() for sign in bare):
                    yield bare, number
