"""German: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language

_ONES = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_BEFORE_TENS = ["", "einund", *(f"{one}und" for one in _ONES[2:10])]

GERMAN = Language(
    code="de",
    spelled=(*_ONES, *(f"{one}{ten}" for ten in _TENS for one in _BEFORE_TENS)),
    scales={"hundert": 2, "tausend": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9},
    more_months={1: ("Jänner",), 9: ("Sept",)},
    ordinal=r"\.",
    before_month=" ?",
    before_year=" ",
    article="(?:dem |den )?",
    month_first=False,
    before_bare_year=("Jahr", "seit", "anno"),
    credit_before="laut",
    credit_behind="berichtete?",
    speech_before="gegenüber|bei",
    speech_behind="",
)  # fmt: skip
