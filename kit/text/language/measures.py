"""What counts and measures in a language: the words around a number, and the names of units and currencies by CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel.core import Locale, UnknownLocaleError
from babel.numbers import get_currency_name
from babel.units import format_unit


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountWords:
    """The words that a language puts around a number; patterns where a word has forms.

    ``numbers`` are forms beside `Language.spelled`, ``multipliers`` words such as "dozen" by what they multiply with;
    ``one`` is the article that counts before a multiplier, ``no_number`` what spells a number and mostly is none.
    """

    numbers: Mapping[str, float] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)
    one: str = "(?!)"
    no_number: tuple[str, ...] = ()
    #: Between two words of one number, as a pattern: "two hundred *and* five", zwei*und*zwanzig.
    link: str = "(?!)"
    #: Between a number and its decimals, where both are words.
    point: str = "(?!)"
    #: Behind a number: "and a half"; and what one of its words ends in, einhalb.
    and_half: str = "(?!)"
    half_suffix: str = "(?!)"
    #: Denominators by their pattern; a numerator that is an article; what must follow such a fraction; and between a
    #: fraction and what it is a fraction of: "a quarter *of a* million".
    denominators: Mapping[str, int] = field(default_factory=dict)
    numerator: str = "(?!)"
    of: str = "(?!)"
    #: "nine *in* ten"; "every eighth".
    proportion: str = "(?!)"
    every: str = "(?!)"
    ordinals: Mapping[str, int] = field(default_factory=dict)
    #: Behind digits, what makes them an ordinal; before them, what has to stand there.
    ordinal_mark: str = "(?!)"
    ordinal_before: str = ""
    #: Before a number: at least, at most, not quite, roughly.
    above: str = "(?!)"
    below: str = "(?!)"
    nearly: str = "(?!)"
    about: str = "(?!)"
    #: Words that open a range with those that link its ends; what links them without such a word.
    ranges: Mapping[str, str] = field(default_factory=dict)
    to: str = "(?!)"
    per: str = "(?!)"
    #: Between a number and its unit: millions *de* euros.
    partitive: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    #: Before a number that says which and not how many; a time of day, its number first.
    label: str = "(?!)"
    time: str = "(?!)"


@dataclass(frozen=True, eq=False, kw_only=True)
class PassageWords:
    """The words by which a passage says when, who and how surely, as alternatives of patterns.

    ``days`` are words for a day by how many days it lies after the page's, ``periods`` those for a week, month or year by
    how many it lies after the page's own; ``possible`` say that something may be, is
    planned or expected, ``alleged`` that somebody says so, ``negated`` that it is not so,
    ``announced`` that what is told was itself a word on what is to come; ``multiples`` say how many times as much;
    ``published`` stand before the day of the page.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    periods: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    pronouns: str = "(?!)"
    possible: str = "(?!)"
    alleged: str = "(?!)"
    negated: str = "(?!)"
    announced: str = "(?!)"
    multiples: Mapping[str, float] = field(default_factory=dict)
    published: str = "(?!)"
    speech: str = "(?!)"


#: A language whose words nobody has given yet: what is in digits is read all the same.
NO_AMOUNTS, NO_PASSAGES = AmountWords(), PassageWords()


def numbered(words: str, *, ending: str = "") -> dict[str, int]:
    """The words, each with ``ending``, by their place from 1.

    >>> numbered("first second")
    {'first': 1, 'second': 2}
    """
    return {word + ending: number for number, word in enumerate(words.split(), start=1)}


#: Each unit by the name that the kit gives it.
_CLDR_UNITS = {
    "mass-microgram": "µg", "mass-milligram": "mg", "mass-gram": "g", "mass-kilogram": "kg", "mass-tonne": "t",
    "volume-milliliter": "ml", "volume-liter": "l", "volume-cubic-meter": "m³", "length-millimeter": "mm",
    "length-centimeter": "cm", "length-meter": "m", "length-kilometer": "km", "length-mile": "miles", "length-foot": "feet",
    "area-square-meter": "m²", "area-square-kilometer": "km²", "area-hectare": "ha", "area-acre": "acres",
    "duration-second": "seconds", "duration-minute": "minutes", "duration-hour": "hours", "duration-day": "days",
    "duration-week": "weeks", "duration-month": "months", "duration-year": "years", "speed-kilometer-per-hour": "km/h",
    "speed-mile-per-hour": "mph", "temperature-celsius": "°C", "energy-kilowatt-hour": "kWh", "power-megawatt": "MW",
    "digital-gigabyte": "GB",
}  # fmt: skip
_CURRENCIES = (
    "USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "NZD", "CNY", "INR", "BRL", "MXN", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RUB", "UAH", "TRY", "ILS", "ZAR", "KRW",
)  # fmt: skip
_SIGNS = {
    r"US ?\$": "usd", r"AU?\$": "aud", r"CA?\$": "cad", r"NZ\$": "nzd", r"R\$": "brl", r"MX\$": "mxn", r"\$": "usd", "€": "eur",
    "£": "gbp", "¥": "jpy", "₹": "inr", "Fr\\.": "chf",
}  # fmt: skip
_EVERYWHERE = {
    "%": "percent", "‰": "permille", "°C": "°C", "[µμ]g": "µg", "mg": "mg", "kg": "kg", "g": "g", "km/h": "km/h", "mph": "mph",
    "km²": "km²", "m²": "m²", "m³": "m³", "km": "km", "cm": "cm", "mm": "mm", "m": "m", "ha": "ha", "[lL]": "l", "kWh": "kWh",
    "MW": "MW", "GB": "GB", "pp": "points", "[x×]": "times", "usd": "usd", "eur": "eur", "gbp": "gbp", "chf": "chf", "jpy": "jpy", "aud": "aud",
    "cad": "cad",
}  # fmt: skip
#: A time or a mass told in another unit of its kind: the unit to compare in, and how many of those one is.
CONVERSIONS = {
    "seconds": ("minutes", 1 / 60), "hours": ("minutes", 60), "days": ("minutes", 1440), "weeks": ("minutes", 10080),
    "months": ("minutes", 43800), "years": ("minutes", 525600),
    "µg": ("g", 1e-6), "mg": ("g", 1e-3), "kg": ("g", 1e3), "t": ("g", 1e6), "ml": ("l", 1e-3), "mm": ("m", 1e-3),
    "cm": ("m", 1e-2), "km": ("m", 1e3), "µg/l": ("g/l", 1e-6), "mg/l": ("g/l", 1e-3),
}  # fmt: skip


#: What stands before an amount of money, as a pattern, by its code in small letters; longer signs before shorter ones.
CURRENCY_SIGNS = _SIGNS | {code: code.lower() for code in _CURRENCIES}


def locale_of(code: str) -> Locale:
    """CLDR's data on a language, or those that hold for any where it has none.

    >>> locale_of("de").language, locale_of("zxx").language
    ('de', 'root')
    """
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("root")


@cache
def unit_names(code: str) -> Mapping[str, str]:
    """Each name of a unit or a currency in the language, as a pattern, with the name that the kit gives it.

    >>> unit_names("de")["Stunden"], unit_names("fr")["dollars australiens"]
    ('hours', 'aud')
    """
    names, locale = dict(_EVERYWHERE), locale_of(code)
    for unit, name in _CLDR_UNITS.items():
        for count in (1, 2):
            printed = format_unit(count, unit, length="long", locale=locale)
            names[re.escape(re.sub(r"^[\d\s]+", "", printed).strip()).replace("\\ ", " ")] = name
    for currency in _CURRENCIES:
        for count in (1, 2):
            names[re.escape(get_currency_name(currency, count, locale=locale)).replace("\\ ", " ")] = (
                currency.lower()
            )
        names[currency] = currency.lower()
    return names | {sign: code for sign, code in _SIGNS.items() if sign != "Fr\\."}
