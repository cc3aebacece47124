"""Spanish: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language

_ONES = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]

SPANISH = Language(
    code="es",
    spelled=(*_ONES, *(f"{ten} y {one}" if one else ten for ten in _TENS for one in ["", *_ONES[1:10]])),
    scales={"cien": 2, "ciento": 2, "mil": 3, "millón": 6, "millones": 6},
    more_months={9: ("setiembre", "set")},
    ordinal="[º°]?",
    before_month=" de ",
    before_year=" (?:del? )?",
    article="(?:el )?",
    month_first=False,
    before_bare_year=("en", "desde"),
    credit_before="según",
    credit_behind="informó",
    speech_before="a|al|para",
    speech_behind="",
)
