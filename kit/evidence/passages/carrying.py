"""Whether a passage carries the fact it is cited for: its numbers, its day, who it is about, and that it happened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from kit.errors import BadDate
from kit.text.amounts import Amount, amounts, rounding, unit_of
from kit.text.dates import printed_dates
from kit.text.days import named_in_calendar, printed_days, told_days
from kit.text.edtf import DateSpan, parse_date
from kit.text.language import ENGLISH, Language
from kit.text.language.measures import CONVERSIONS

#: What a passage may be found to do; what it may be missing.
VERDICTS = ("carries", "part", "lacks", "not-judged")
PARTS = ("number", "unit", "day", "who", "modality")

#: A number of ours may be rounded from the source's, by half of this or by this share of it, whichever is more.
_ROUNDED = Decimal("0.5")
_SHARE = Decimal("0.01")
#: How far from a date marked as approximate a printed one may lie.
_ABOUT = timedelta(days=31)
_CLAUSE = re.compile(r"[;:!?()–—]|,(?!\d)|(?<!\d)\.")
_DATE_FIELDS = ("date", "began", "ended", "period", "issued")
_VALUE_FIELDS = ("value", "low", "high")
_CONFIRMED = ("", "confirmed")


@dataclass(frozen=True)
class CitedFact:
    """What a row of evidence cites a passage for: the row's ``says`` and ``field``, and the columns of its fact.

    ``value``, ``low``, ``high`` and ``unit`` are a metric's, ``date`` is EDTF; ``actors`` is a group of names for each
    actor, aliases among them; ``wording`` is the fact as our tables word it, title first.
    """

    says: str = ""
    field: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    date: str = ""
    actors: tuple[tuple[str, ...], ...] = ()
    wording: str = ""
    status: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What stands around a passage: the page's day (EDTF) and headline, the paragraph before it, its table row's cells."""

    page_day: str = ""
    headline: str = ""
    before: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carrying:
    """What a passage was found to do, which of `PARTS` it is missing, and what was looked for."""

    verdict: str
    missing: tuple[str, ...] = ()
    why: str = ""


def carrying(
    passage: str, fact: CitedFact, around: Surroundings | None = None, language: Language | None = ENGLISH
) -> Carrying:
    """Whether ``passage`` carries ``fact``: one of `VERDICTS` with the parts that are missing.

    ``lacks``: no number of the fact stands there, or not the day that the row is about, or nothing at all. ``part``:
    something is missing. ``not-judged``: the fact has nothing to look for, or, with ``language`` ``None``, what is
    missing may be told in words that the kit does not know; digits, ISO dates and names are looked for all the same.

    >>> fine = CitedFact(value=Decimal(2300000), unit="eur", actors=(("Harbour Office",),))
    >>> carrying("The Harbour Office paid 2.3 million euros.", fine).verdict
    'carries'
    >>> carrying("The Harbour Office paid €2.3 billion.", fine)
    Carrying(verdict='lacks', missing=('number',), why='looked for 2,300,000 eur')
    """
    around = around or Surroundings()
    asked: dict[str, list[bool]] = {}
    looked: list[str] = []
    text = " ".join((passage, *around.cells))
    figures = _figures(fact, language)
    found = [_standing(figure, text, language) for figure in figures]
    if figures:
        asked["number"] = [state != "" for state in found]
        looked += [str(figure) for figure, state in zip(figures, found, strict=True) if state != "whole"]
    missing = [] if all(asked.get("number", [])) else ["number"]
    if "bare" in found:
        missing.append("unit")
    span, demanded = _day_wanted(fact)
    if span and (demanded or (not figures and fact.field == "")):
        asked["day"] = [_day_stands(span, fact.says, passage, around, language)]
        if not asked["day"][0]:
            missing.append("day")
            looked.append(span.text)
    elif span and figures and _other_days(span, passage, language):
        missing.append("day")
        looked.append(span.text)
    if fact.actors:
        asked["who"] = [_named(fact.actors, passage, around, language)]
        if not asked["who"][0]:
            missing.append("who")
            looked.append(" or ".join(names[0] for names in fact.actors))
    if language and _unsure(passage, fact, language):
        missing.append("modality")
        looked.append("that it happened")
    if not asked:
        return Carrying("not-judged", why="the fact has no number, day or actor to look for")
    why = f"looked for {'; '.join(looked)}" if looked else ""
    if missing and language is None:
        return Carrying(
            "not-judged", tuple(missing), f"{why}; the words of the passage's language are not known"
        )
    nothing = not any(any(states) for states in asked.values())
    bare = "number" in asked and not any(asked["number"])
    if nothing or bare or (demanded and not asked["day"][0]):
        return Carrying("lacks", tuple(missing), why)
    return Carrying("part" if missing else "carries", tuple(missing), why)


@dataclass(frozen=True)
class _Figure:
    """A number to look for: one value, or the two ends of a range, either of which may be open."""

    ends: tuple[Decimal, ...]
    unit: str

    def __str__(self) -> str:
        return f"{' to '.join(f'{end:,f}' for end in self.ends)} {self.unit}".strip()


def _figures(fact: CitedFact, language: Language | None) -> list[_Figure]:
    """What the row itself says, or else the value of the fact with the ends of its range."""
    said = [amount for amount in amounts(fact.says, language or ENGLISH) if amount.counts]
    if said:
        return [_Figure(_ends(amount), amount.unit or _own_unit(amount, fact)) for amount in said]
    if fact.says or fact.field not in ("", *_VALUE_FIELDS):
        return [] if fact.value is None or fact.says else [_Figure((fact.value,), fact.unit)]
    unit = unit_of(fact.unit) or fact.unit
    wanted = {"value": (fact.value,), "low": (fact.low,), "high": (fact.high,)}.get(
        fact.field,
        (fact.low, fact.high) if None not in (fact.low, fact.high) else (fact.value, fact.low, fact.high),
    )
    ends = [end for end in wanted if end is not None]
    return [_Figure((end,), unit) for end in ends]


def _ends(amount: Amount) -> tuple[Decimal, ...]:
    if amount.kind == "fraction" and amount.value is not None:
        return (amount.value,)
    return (
        (amount.value,)
        if amount.value is not None
        else tuple(e for e in (amount.low, amount.high) if e is not None)
    )


def _own_unit(amount: Amount, fact: CitedFact) -> str:
    """The fact's unit for a number that ``says`` gives without one, if it is the fact's own number."""
    own = (fact.value, fact.low, fact.high)
    return unit_of(fact.unit) if amount.value in own and amount.kind == "count" else ""


def _standing(figure: _Figure, text: str, language: Language | None) -> str:
    """``whole`` where the figure stands in the text, ``bare`` where it does without its unit, '' where it does not."""
    states = []
    printed = [amount for amount in amounts(text, language or ENGLISH) if amount.counts]
    for end in figure.ends:
        at_best = ""
        for amount in printed:
            if not any(_same(end, value) for value in _values(amount, figure.unit)):
                continue
            if _base(amount.unit) == _base(unit_of(figure.unit)) or amount.kind == "fraction":
                at_best = "whole"
            elif not amount.unit:
                at_best = at_best or "bare"
        states.append(at_best)
    return min(states, key=("", "bare", "whole").index)


def _base(unit: str) -> str:
    return CONVERSIONS[unit][0] if unit in CONVERSIONS else unit


def _values(amount: Amount, unit: str) -> Iterator[Decimal]:
    """The numbers that an amount gives, in the unit that is looked for."""
    wanted = unit_of(unit)
    if amount.kind == "fraction":
        if wanted in ("percent", "") and amount.value is not None:
            yield amount.value * (100 if wanted == "percent" else 1)
        return
    times = Decimal(1)
    if amount.unit != wanted and _base(amount.unit) == _base(wanted) and amount.unit:
        times = _factor(amount.unit) / _factor(wanted)
    readings = (reading for reading in amount.readings if not _padded(reading))
    for number in (amount.value, *readings, *((amount.low, amount.high) if amount.value is None else ())):
        if number is not None:
            yield number * times


def _padded(reading: Decimal) -> bool:
    """Whether a reading ends in noughts behind its point (1.250), as no text prints a number of less than a thousand."""
    return reading.as_tuple().digits[-1] == 0 and int(reading.as_tuple().exponent) < 0


def _factor(unit: str) -> Decimal:
    return Decimal(str(CONVERSIONS[unit][1])) if unit in CONVERSIONS else Decimal(1)


def _same(wanted: Decimal, printed: Decimal) -> bool:
    """Whether our number is the source's, or rounded from it."""
    return abs(wanted - printed) <= min(rounding(wanted), max(_ROUNDED, _SHARE * abs(wanted)))


def _day_wanted(fact: CitedFact) -> tuple[DateSpan | None, bool]:
    """The days of the fact, and whether the row is about them and nothing else; none where the row infers them."""
    about_days = fact.field in _DATE_FIELDS
    said = fact.says.strip()
    if re.search(r"\binferred\b", said):
        return None, False
    if about_days or not said.isdigit():
        with suppress(BadDate):
            if said:
                return parse_date(said), True
    printed = [day.span() for day in printed_dates(said)] if about_days else []
    if printed and printed[0]:
        first, last = printed[0]
        return DateSpan(said, first, last, "day" if first == last else "interval"), True
    with suppress(BadDate):
        if fact.date and (about_days or fact.field in ("", *_VALUE_FIELDS)):
            return parse_date(fact.date), about_days
    return None, False


def _day_stands(
    span: DateSpan, said: str, passage: str, around: Surroundings, language: Language | None
) -> bool:
    """Whether the passage tells a day of the fact, or the very weekday or month that the row gives for it."""
    if language and not any(character.isdigit() for character in said):
        theirs = named_in_calendar(passage, language)
        ours = [named_in_calendar(said, each) for each in (ENGLISH, language)]
        if any(given[kind] & theirs[kind] for given in ours for kind in given):
            return True
    page = None
    with suppress(BadDate):
        issued = parse_date(around.page_day) if around.page_day else None
        first = issued.earliest if issued and issued.precision == "day" else None
        page = first if first and date.min.year < first.year < date.max.year else None
    known = page or span.earliest
    days = [*printed_days(passage, language, year=known.year if known else 0)]
    if page and language:
        days += told_days(passage, page, language)
    slack = _ABOUT if span.doubt in ("approximate", "both") else timedelta(0)
    first, last = _ends_of(span)
    return any(day >= first - slack and until <= last + slack for day, until in days)


def _ends_of(span: DateSpan) -> tuple[date, date]:
    """The first and the last day, an open end so far away that a month more does not matter."""
    return max(span.earliest or date.min, date.min + _ABOUT), min(span.latest or date.max, date.max - _ABOUT)


def _other_days(span: DateSpan, passage: str, language: Language | None) -> bool:
    """Whether the passage of a number gives days of its own, and none of them meets the fact's."""
    first, last = _ends_of(span)
    days = list(printed_days(passage, language))
    return bool(days) and not any(first <= until and day <= last for day, until in days)


def _named(
    actors: tuple[tuple[str, ...], ...], passage: str, around: Surroundings, language: Language | None
) -> bool:
    """Whether one of the actors is named near by, or meant by a pronoun of the passage.

    Near are the headline, the row, and what stands of the passage's first sentence before it.
    """
    sentence = "" if re.search(r"[.!?…]\W*$", around.before) else re.split(r"[.!?…]\s", around.before)[-1]
    near = " ".join((sentence, passage, around.headline, *around.cells))
    if any(_stands(name, near) for names in actors for name in names):
        return True
    if not any(_stands(name, around.before) for names in actors for name in names):
        return False
    return language is None or bool(re.search(rf"(?i)(?<!\w)(?:{language.passages.pronouns})(?!\w)", passage))


def _stands(name: str, text: str) -> bool:
    """Whether the text has the name, without its article or accents, or, of several words, the last with its capital."""
    bare = re.sub(r"^(?:the|der|die|das|les?|la|el|los|las|l['’]) ?", "", name, flags=re.IGNORECASE)
    last = bare.rsplit(" ", 1)[-1]
    if re.search(rf"(?<!\w){re.escape(_folded(bare))}(?:['’]?s)?(?!\w)", _folded(text)):
        return True
    return (
        " " in bare
        and last[:1].isupper()
        and bool(re.search(rf"(?<!\w){re.escape(last)}(?:['’]?s)?(?!\w)", text))
    )


@cache
def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _unsure(passage: str, fact: CitedFact, language: Language) -> bool:
    """Whether the passage tells as possible, planned or alleged what the fact is told as done."""
    words = language.passages
    kinds = [words.possible] + ([words.alleged] if fact.status in _CONFIRMED else [])
    unsure = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(kinds)})(?!\w)")
    if not fact.wording or unsure.search(fact.wording):
        return False
    return unsure.search(_telling(passage, fact.wording, words.speech)) is not None


def _telling(passage: str, wording: str, speech: str) -> str:
    """The clause of the passage that tells the fact: the one that shares most with its wording, or the longest."""
    clauses = [clause for clause in _CLAUSE.split(passage) if clause.strip()]
    spoken = re.compile(rf"(?i)(?<!\w)(?:{speech})(?!\w)")
    told = {word[:5] for word in re.findall(r"[^\W\d_]{4,}", wording.casefold())}

    def weight(clause: str) -> tuple[int, bool, int]:
        shared = told & {word[:5] for word in re.findall(r"[^\W\d_]{4,}", clause.casefold())}
        return len(shared), not spoken.search(clause), len(clause)

    return max(clauses, key=weight, default="")
