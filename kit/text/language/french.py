"""French: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language

_ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]


def _tens(name: str, ones: list[str]) -> list[str]:
    """A ten and what follows it; one and eleven are joined with "et", but not to eighty."""
    joined = [f"{name.removesuffix('s')}{' et ' if one in ('un', 'onze') and name != 'quatre-vingts' else '-'}{one}" for one in ones]  # fmt: skip
    return [name, *joined]


_SCORES = [
    *(word for ten in ("vingt", "trente", "quarante", "cinquante") for word in _tens(ten, _ONES[1:10])),
    *_tens("soixante", _ONES[1:20]),
    *_tens("quatre-vingts", _ONES[1:20]),
]

FRENCH = Language(
    code="fr",
    spelled=(*_ONES, *_SCORES),
    scales={"cent": 2, "cents": 2, "mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9},
    more_months={},
    ordinal="(?:er)?",
    before_month=" ",
    before_year=" ",
    article="(?:le )?",
    month_first=False,
    before_bare_year=("en", "depuis"),
    credit_before="selon",
    credit_behind="rapporte",
    speech_before="à",
    speech_behind="",
)
