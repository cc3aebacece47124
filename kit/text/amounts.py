"""Amounts that a text prints, in digits, words or both, with the unit, the bounds and the doubt that it prints with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kit.text.dates import date_mentions
from kit.text.language import ENGLISH, Language
from kit.text.language.measures import CONVERSIONS, CURRENCY_SIGNS, unit_names
from kit.text.numerals import SPACE, Numeral, numerals

#: What an amount may be. The first three say how many or how much; the others say which, or when.
_KINDS = ("count", "fraction", "ratio", "ordinal", "label", "time", "date")

_CHAINED = re.compile(r"[./:-]\d+|-[^\W\d]+\d|[^\W\d_]")
_RANGE_OR_RATIO = re.compile(r"([-–:])(\d+(?:[.,]\d+)?)(?![\w/:-])")
_NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2}))(?![\d/-])"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MASSES = ("µg", "mg", "g")
#: In characters, how far from its number "per litre" may stand.
_REACH = 120
#: How far from the printed number a value may lie before "more than" or "nearly" misleads.
_MOST_ABOVE = Decimal("1.5")
_LEAST_BELOW = Decimal("0.85")
#: So far beyond the bound that the words set it may lie, by rounding.
_BEYOND = Decimal("0.02")
#: Parts of a whole are told to the percent.
_PERCENT = Decimal("0.005")


@dataclass(frozen=True)
class Amount:
    """A number where a text prints it.

    ``value`` is the number as the language is read, in full (2.3 million is 2300000), ``None`` for a range; ``readings``
    are the other numbers that the same digits may be (1.250). ``low`` and ``high`` bound it where the text does: a
    range, "over", "up to". ``half`` is half a unit of the last place printed. ``unit`` is the kit's name: a currency's
    code in small letters, "percent", "points", "µg/l", "hours"; '' where what is counted is no measure.
    """

    start: int
    stop: int
    printed: str
    value: Decimal | None
    unit: str = ""
    kind: str = "count"
    low: Decimal | None = None
    high: Decimal | None = None
    half: Decimal = Decimal(0)
    approximate: bool = False
    readings: tuple[Decimal, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it says how many or how much."""
        return self.kind in _KINDS[:3]

    @property
    def bare(self) -> bool:
        """Whether the text sets it no bound, neither "over" nor "about" nor a range."""
        return self.value is not None and self.low is None and self.high is None and not self.approximate

    def admits(self, value: Decimal) -> bool:
        """Whether somebody who knows ``value`` might print this amount for it; the unit is for the caller to compare.

        >>> over, nearly, about = amounts("over 30,000, nearly 18 million, about 12")
        >>> over.admits(Decimal(31400)), over.admits(Decimal(80000)), nearly.admits(Decimal(17800000))
        (True, False, True)
        >>> about.admits(Decimal("12.4")), about.admits(Decimal(14))
        (True, False)
        """
        if self.value is None:
            low, high = (value if end is None else end for end in (self.low, self.high))
            return low - self.half <= value <= high + self.half
        return any(self._admits(value, printed) for printed in (self.value, *self.readings))

    def _admits(self, value: Decimal, printed: Decimal) -> bool:
        slack = min(self.half, abs(printed) * _BEYOND)
        if self.low is not None:
            return printed - slack <= value <= printed * _MOST_ABOVE
        if self.high is not None:
            return printed * _LEAST_BELOW <= value <= printed + slack
        return abs(value - printed) <= (2 * rounding(printed) if self.approximate else self.half)


def amounts(text: str, language: Language = ENGLISH) -> list[Amount]:
    """Each amount that ``text`` prints, in order; of those that overlap, the one that says more.

    Digits are read in any locale, the language deciding which reading comes first; words are read in ``language``.

    >>> [(str(a.value), a.unit) for a in amounts("He paid €2.3 million for forty-one percent.")]
    [('2300000', 'eur'), ('41', 'percent')]
    >>> from kit.text.language import GERMAN
    >>> (found,) = amounts("1.250 Proben", GERMAN)
    >>> found.value, found.readings
    (Decimal('1250'), (Decimal('1.250'),))
    """
    reader = _reader(language)
    counted = _apart([*reader.counts(text)])
    found = _apart([*reader.fractions(text), *reader.ordinals(text), *reader.joined(text, counted)])
    return [reader.bounded(text, amount) for amount in found]


def unit_of(text: str, language: Language = ENGLISH) -> str:
    """The kit's name of a unit that a table gives, in English or in ``language``; '' where it is no measure but a thing.

    >>> unit_of("USD"), unit_of("percentage points"), unit_of("litres"), unit_of("mg/l"), unit_of("customers")
    ('usd', 'points', 'l', 'mg/l', '')
    """
    mass, slash, volume = text.strip().partition("/")
    for reader in (_reader(ENGLISH), _reader(language)):
        if slash and volume in ("l", "L") and reader.named(mass) in _MASSES:
            return f"{reader.named(mass)}/l"
        if name := reader.named(text.strip()):
            return name
    return ""


def converted_value(value: Decimal, unit: str, into: str) -> Decimal | None:
    """The value in another unit of its kind; ``None`` where the two are of no kind.

    >>> converted_value(Decimal(90), "minutes", "hours"), converted_value(Decimal(2), "eur", "usd")
    (Decimal('1.5'), None)
    """
    if unit == into:
        return value
    (one, factor), (other, divisor) = (CONVERSIONS.get(name, (name, 1)) for name in (unit, into))
    if one != other or not unit or not into:
        return None
    return round(value * Decimal(str(factor)) / Decimal(str(divisor)), 9).normalize()


def rounding(number: Decimal) -> Decimal:
    """Half a unit of the last digit that is not zero.

    >>> rounding(Decimal(30000)), rounding(Decimal("12.5"))
    (Decimal('5E+3'), Decimal('0.05'))
    """
    return Decimal(5).scaleb(int(number.normalize().as_tuple().exponent) - 1) if number else Decimal(0)


def _apart(found: list[Amount]) -> list[Amount]:
    """Of those that overlap the longest, in the order of the text."""
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda a: (a.start, -a.stop)):
        if not kept or amount.start >= kept[-1].stop:
            kept.append(amount)
        elif amount.stop - amount.start > kept[-1].stop - kept[-1].start:
            kept[-1] = amount
    return kept


class _Reader:
    """The patterns of a language, made once."""

    def __init__(self, language: Language) -> None:
        words = language.amounts
        self.language, self.words, self.numerals = language, words, numerals(language)
        names = dict(unit_names(language.code)) | dict(words.units)
        # Short names are signs, whose case matters; of two patterns that fit, the language's own comes last.
        self.names = [
            (re.compile(name if len(name) < 4 else f"(?i){name}"), unit) for name, unit in names.items()
        ]
        long, short = (
            "|".join(sorted(some, key=len, reverse=True))
            for some in ([n for n in names if len(n) > 3], [n for n in names if len(n) < 4])
        )
        self.unit = re.compile(
            rf"(?:{SPACE}|-)?(?:{words.partitive})?(?P<unit>(?i:{long})|{short})(?:(?!\w)|(?<=[%‰])(?=\d))"
        )
        self.sign = re.compile(
            rf"(?:(?<!\w)|(?<=[a-zß-ÿ])(?=[$€£¥]))(?P<sign>{'|'.join(CURRENCY_SIGNS)}){SPACE}?$"
        )
        per = rf"(?:(?:{words.per}){SPACE}|/{SPACE}?)"
        self.per_litre = _pattern(rf"(?<!\w){per}(?:l|lit(?:re|er|ro)s?)(?!\w)|/l(?!\w)")
        small, ordinals = self.numerals.small, "|".join(words.ordinals) or "(?!)"
        self.fraction = _pattern(
            rf"(?<!\w)(?:(?P<count>{small})|(?P<one>{words.numerator}))?(?(count)[ -]?|(?(one) |))"
            rf"(?P<part>{'|'.join(words.denominators) or '(?!)'})(?!\w)(?P<of>{SPACE}(?:{words.of})(?!\w))?"
        )
        self.proportion = _pattern(
            rf"(?<![\w.,])(?:(?P<count>{small})|{words.one})(?: [^\W\d][\w’'-]*){{0,2}} (?:{words.proportion}) "
            rf"(?P<whole>{small})(?![\w.,]\w)"
        )
        self.every = _pattern(rf"(?<!\w)(?:{words.every}) (?P<part>{ordinals})(?!\w)")
        self.ordinal = _pattern(rf"(?<!\w)(?:(?P<tens>{self.numerals.tens})[- ])?(?P<part>{ordinals})(?!\w)")
        self.ordinal_mark = _pattern(words.ordinal_mark)
        self.ordinal_before = _pattern(words.ordinal_before)
        self.label = _pattern(rf"(?<!\w)(?:{words.label}){SPACE}?$|[^\W\d]-$|#$")
        self.acronym = re.compile(r"\b[A-Z]{2,} $")
        self.time = _pattern(words.time)
        links = "|".join(words.ranges.values()) or "(?!)"
        self.between = [
            (_pattern(rf"\b{opening} $"), _pattern(f" {link} ")) for opening, link in words.ranges.items()
        ]
        self.to = _pattern(rf" ?[-–—] ?| (?:{words.to}) ")
        self.also = _pattern(rf" |,? (?:{words.to}|{links}|&) |, ")
        article = rf"{SPACE}?(?:(?:{words.one}|the|el|la|les?){SPACE})?$"
        self.bounds = [
            (name, _pattern(rf"(?<!\w)(?:{before}){article}"))
            for name, before in (
                ("high", f"{words.below}|{words.nearly}"),
                ("low", words.above),
                ("about", words.about),
            )
        ]

    def named(self, printed: str) -> str:
        """The kit's name of a unit as it is printed, '' for none."""
        return next((unit for pattern, unit in reversed(self.names) if pattern.fullmatch(printed)), "")

    def counts(self, text: str) -> Iterator[Amount]:
        """Each number with its unit, and its kind where its surroundings tell it."""
        dated = _marked(text, date_mentions(self.language), _NUMERIC_DATE)
        timed = _marked(text, self.time)
        for found in self.numerals.in_digits(text):
            amount = self._measured(text, found)
            inside = (timed[found.start : found.stop], dated[found.start : found.stop])
            yield replace(amount, kind=self._kind(text, found, amount, *map(any, inside)))
        for found in self.numerals.in_words(text):
            yield self._measured(text, found)

    def _measured(self, text: str, found: Numeral) -> Amount:
        """The number with the currency before it or the unit behind it."""
        start, stop, unit = found.start, found.stop, ""
        if sign := self.sign.search(text[max(0, start - 6) : start]):
            start -= len(sign[0])
            unit = next(code for form, code in CURRENCY_SIGNS.items() if re.fullmatch(form, sign["sign"]))
        elif match := self.unit.match(text, stop + text.startswith(".", stop)):
            unit, stop = self.named(match["unit"]), match.end()
            sentence = re.split(r"[.!?](?:\s|$)", text[stop : stop + _REACH])[0]
            head = re.split(r"[.!?]\s", text[max(0, start - _REACH) : start])[-1]
            if unit in _MASSES:
                per = self.per_litre.search(sentence)
                unit += "/l" if per or self.per_litre.search(head) else ""
                stop += per.end() if per and per.start() < 2 else 0
        printed = text[start:stop].strip()
        return Amount(start, stop, printed, found.value, unit, half=found.half, readings=found.readings)

    def _kind(self, text: str, found: Numeral, amount: Amount, timed: bool, dated: bool) -> str:
        before, digits = text[max(0, amount.start - 24) : amount.start], text[found.start : found.stop]
        if timed:
            return "time"
        if dated and not (amount.unit and _YEAR.fullmatch(digits)):
            return "date"
        if self.label.search(before) or (before[-1:] in "/:-" and before[-2:-1].isdigit()):
            return "label"
        if self.ordinal_mark.match(text, found.stop) and self.ordinal_before.search(before):
            return "ordinal"
        linked = _RANGE_OR_RATIO.match(text, found.stop)
        if amount.unit or found.scale > 1:
            return "count"
        if linked and (linked[1] == ":" or found.value < Decimal(linked[2].replace(",", "."))):
            return "count"
        named = _CHAINED.match(text, found.stop) or re.fullmatch(r"0\d+", digits)
        return "label" if named or self.acronym.search(before) else "count"

    def joined(self, text: str, counted: list[Amount]) -> Iterator[Amount]:
        """The amounts, the two ends of a range as one; a ratio's sides and a list of labels marked as such."""
        waiting = list(counted)
        while waiting:
            first = waiting.pop(0)
            second = waiting[0] if waiting else None
            between = text[first.stop : second.start] if second else ""
            if second is None:
                yield first
            elif first.kind == "label" and not second.unit and self.also.fullmatch(between):
                waiting[0] = replace(second, kind="label")
                yield first
            elif first.kind != "count" or second.kind not in ("count", "label"):
                yield first
            elif whole := self._range(text, first, second, between):
                waiting.pop(0)
                yield whole
            elif between == ":" or (self.to.fullmatch(between) and between.strip().isalpha()):
                waiting[0] = replace(second, kind="ratio")
                yield replace(first, kind="ratio")
            else:
                yield first

    def _range(self, text: str, first: Amount, second: Amount, between: str) -> Amount | None:
        before = text[max(0, first.start - 12) : first.start]
        opened = any(opening.search(before) and link.fullmatch(between) for opening, link in self.between)
        if not (opened or self.to.fullmatch(between)) or first.value is None or second.value is None:
            return None
        low, high = first.value, second.value
        if low < 1000 <= second.half * 2:  # "5 to 10 million" are both millions
            scale = max(n for n in self.numerals.scales.values() if n <= high)
            low *= scale if low < high / scale else 1
        if low >= high or (first.unit and second.unit and first.unit != second.unit):
            return None
        printed = text[first.start : second.stop]
        unit = second.unit or first.unit
        return Amount(first.start, second.stop, printed, None, unit, low=low, high=high, half=second.half)

    def fractions(self, text: str) -> Iterator[Amount]:
        """Parts of a whole: two thirds, half of, nine in ten, every eighth; of a number or a unit they are counts."""
        for match in self.fraction.finditer(text):
            whole = _number_of(self.words.denominators, match["part"])
            if match["count"] or match["one"] or whole == 2:
                count = self.numerals.value_of(match["count"]) if match["count"] else Decimal(1)
                yield from self._part(text, match, count / whole)
        for match in self.proportion.finditer(text):
            count = self.numerals.value_of(match["count"]) if match["count"] else Decimal(1)
            whole = self.numerals.value_of(match["whole"])
            if count < whole <= 1000 and not self.unit.match(text, match.end()):
                yield Amount(*match.span(), match[0], count / whole, kind="fraction", half=_PERCENT)
        for match in self.every.finditer(text):
            part = 1 / _number_of(self.words.ordinals, match["part"])
            yield Amount(*match.span(), match[0], part, kind="fraction", half=_PERCENT)

    def _part(self, text: str, match: re.Match[str], value: Decimal) -> Iterator[Amount]:
        start, stop, of = match.start(), match.end("part"), match.end("of" if match["of"] else "part")
        times = self.numerals.scale.match(text, of)
        unit = self.unit.match(text, of)
        if times and len(times["scale"]) > 2:
            value *= self.numerals.scales[times["scale"].casefold()]
            yield self._measured(text, Numeral(start, times.end("scale"), value, value / 20))
        elif unit and (name := self.named(unit["unit"])) not in ("percent", "points"):
            yield Amount(start, unit.end(), text[start : unit.end()], value, name, half=value / 10)
        elif match["of"] or match["count"] or stop == len(text):
            yield Amount(start, stop, text[start:stop], value, kind="fraction", half=_PERCENT)

    def ordinals(self, text: str) -> Iterator[Amount]:
        """Ordinals in words."""
        for match in self.ordinal.finditer(text):
            value = _number_of(self.words.ordinals, match["part"])
            value += self.numerals.value_of(match["tens"]) if match["tens"] else 0
            yield Amount(*match.span(), match[0], value, kind="ordinal")

    def bounded(self, text: str, amount: Amount) -> Amount:
        """The amount with the bound that the words before it set."""
        if amount.value is None or not amount.counts:
            return amount
        before = text[max(0, amount.start - 40) : amount.start]
        match next((name for name, pattern in self.bounds if pattern.search(before)), ""):
            case "high":
                return replace(amount, high=amount.value)
            case "low":
                return replace(amount, low=amount.value)
            case "about":
                return replace(amount, approximate=True)
        return amount


def _number_of(forms: Mapping[str, int], printed: str) -> Decimal:
    return Decimal(next(n for form, n in forms.items() if re.fullmatch(form, printed, re.IGNORECASE)))


def _marked(text: str, *patterns: re.Pattern[str]) -> bytearray:
    """A one for each character that one of the patterns takes."""
    marks = bytearray(len(text))
    for pattern in patterns:
        for match in pattern.finditer(text):
            marks[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return marks


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _reader(language: Language) -> _Reader:
    return _Reader(language)
