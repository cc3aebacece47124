"""A day as bibliographies write it, in the form of the tables; where it has two readings, both, and a question."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from kit.errors import BadDate
from kit.text.dates import printed_dates
from kit.text.edtf import parse_date
from kit.text.language import ENGLISH, FRENCH, GERMAN, SPANISH, Language

_LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH)
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})(?:[/.-](\d{1,2}))?(?:/.*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([/.-]))?(\d{1,2})[/.-](\d{4})", re.ASCII)
_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*")
_YEARS = re.compile(r"(\d{4}) ?(?:-{1,3}|[–—/]) ?(\d{2}|\d{4})")
_ABOUT = re.compile(r"(?:circa|ca?\.?|about|approx(?:\.|imately)?|um|vers|hacia) ?(?=\d)", re.IGNORECASE)
_FROM_TO = re.compile(r"(\w+)\.? ?(?:-{1,3}|[–—/]) ?(\w+\.?)")
_WORD_SECOND = re.compile(r"(\d{4})[ ,-]{1,2}([^\W\d]+)\.?(?:[ -](\d{1,2}))?")
_SOME_YEAR = re.compile(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)")
_NONE = re.compile(
    r"n\.? ?d\.?|no date|undated|s\.? ?[ad]\.?|o\. ?J\.|forthcoming|in press|to appear|submitted|im Druck",
    re.IGNORECASE,
)
#: Unknown digits and ends as the format wrote them before it became a standard.
_OLD = re.compile(r"(?<=\d)u+(?![a-z])|(?<=-)uu(?![a-z])|(?<=\d/)(?:open|unknown)$|\?~$", re.IGNORECASE)
_LONGEST = 80


def read_day(text: str) -> tuple[str, str]:
    """The date that ``text`` gives as the tables write it, '' where it gives none, and what a person must be asked about it.

    A day whose month and day could be either way round is both days, as one of a set; of words that cannot be read
    only the year is taken. Months are read in English, German, French and Spanish.

    >>> read_day("March 2, 2021"), read_day("c. 1984"), read_day("Spring 2021")
    (('2021-03-02', ''), ('1984~', ''), ('2021-21', ''))
    >>> read_day("02/03/2021")
    ('[2021-02-03,2021-03-02]', 'is 3 February or 2 March 2021')
    >>> read_day("Easter 2021")
    ('2021', 'is read as 2021 and no more')
    """
    text = _OLD.sub(_as_now, " ".join(text.split()))
    bare = text if _is_date(text) else text.strip("[]() .,;/")
    if not bare or _NONE.fullmatch(text) or _NONE.fullmatch(bare):
        return "", ""
    if found := _written(bare[:_LONGEST]):
        return found
    years = list(dict.fromkeys(match[0] for match in _SOME_YEAR.finditer(text)))
    if len(years) == 1:
        return years[0], f"is read as {years[0]} and no more"
    return "", "cannot be read as a date"


def _as_now(old: re.Match[str]) -> str:
    return {"open": "..", "unknown": "", "?~": "%"}.get(old[0].lower(), "X" * len(old[0]))


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except BadDate:
        return False
    return True


def _written(text: str) -> tuple[str, str] | None:
    about = _ABOUT.match(text)
    if about and (found := _written(text[about.end() :])) and _is_date(f"{found[0]}~"):
        return f"{found[0]}~", found[1]
    if text[-1:] in "?~%" and (found := _written(text[:-1].strip())) and _is_date(found[0] + text[-1]):
        return found[0] + text[-1], found[1]
    if _is_date(text):
        return text, ""
    for pattern in (_YEAR_FIRST, _TOGETHER):
        if (match := pattern.fullmatch(text)) and (day := _day(*match.groups())):
            return day, ""
    if (match := _CLOCK.fullmatch(text)) and _is_date(match[1]):
        return match[1], ""
    if match := _YEARS.fullmatch(text):
        last = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
        return (f"{match[1]}/{last}", "") if int(last) > int(match[1]) else None
    if match := _YEAR_LAST.fullmatch(text):
        return _either_way(match[1], match[2], match[3], match[4])
    if match := _FROM_TO.search(text):
        ends = [_in_any_words(text[: match.start()] + match[end] + text[match.end() :]) for end in (1, 2)]
        if all(ends) and _is_date(between := "/".join(end[0] for end in ends if end)):
            return between, ""
    return _in_any_words(text)


def _in_any_words(text: str) -> tuple[str, str] | None:
    return next(filter(None, (_in_words(text, language) for language in _LANGUAGES)), None)


def _day(year: str, month: str = "", day: str = "") -> str:
    parts = [int(part) for part in (year, month, day) if part]
    with suppress(ValueError):
        date(*parts, *[1] * (3 - len(parts)))
        return "-".join([year, *(f"{part:02}" for part in parts[1:])])
    return ""


def _either_way(first: str | None, sign: str | None, second: str, year: str) -> tuple[str, str] | None:
    if first is None:
        return (month, "") if (month := _day(year, second)) else None
    # A full stop stands between a day and its month, in that order, wherever it stands in dates.
    orders = ((first, second),) if sign == "." else ((second, first), (first, second))
    days = sorted({found for day, month in orders if (found := _day(year, month, day))})
    if len(days) < 2:
        return (days[0], "") if days else None
    words = [f"{day.day} {ENGLISH.months[day.month - 1][0]}" for day in map(date.fromisoformat, days)]
    return f"[{','.join(days)}]", f"is {' or '.join(words)} {year}"


def _in_words(text: str, language: Language) -> tuple[str, str] | None:
    if match := _WORD_SECOND.fullmatch(text):
        text = " ".join(filter(None, (match[3], match[2], match[1])))
    text = text.title() if text.isupper() or text.islower() else text
    if language.code == "de":  # bibliographies leave out the full stop of "12. März"
        text = re.sub(r"^(\d{1,2}) (?=[^\W\d])", r"\1. ", text)
    for word, number in (*language.seasons.items(), ("fall", 23)):
        if match := re.fullmatch(rf"(?:{word})[ ,]+(\d{{4}})", text, re.IGNORECASE):
            return f"{match[1]}-{number}", ""
    found = [day for day in printed_dates(text, language) if day.year and day.month]
    if len(found) == 1 and found[0].date and _is_date(found[0].date):
        rest = text[: found[0].start] + text[found[0].stop :]
        if not re.search(r"[^\W_]", rest):
            return found[0].date, ""
    return None
