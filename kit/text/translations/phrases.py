"""The fixed phrases that a report prints, in the language of its case."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date

from kit.text.language.measures import locale_of


class Phrases:
    """What is printed in a language: called with a phrase in English, it gives that of the language.

    A phrase that ``kit/text/translations`` lacks stays English.

    >>> say = phrases("de")
    >>> say("Sources"), say("See note {number}.", number=3), say("Not yet translated")
    ('Quellen', 'Siehe Anmerkung 3.', 'Not yet translated')
    """

    def __init__(self, code: str, words: Mapping[str, str]) -> None:
        self.code, self.words = code, words

    def __call__(self, english: str, /, **given: object) -> str:
        found = self.words.get(english, english)
        return found.format(**given) if given else found

    def many(self, number: int, one: str, several: str) -> str:
        """The count with its noun in the number it takes.

        >>> phrases("de").many(2, "event", "events"), phrases("en").many(1, "event", "events")
        ('2 Ereignisse', '1 event')
        """
        return f"{self.count(number)} {self(one if number == 1 else several)}"

    def count(self, number: int) -> str:
        """The count as the language groups its thousands.

        >>> phrases("en").count(1200), phrases("de").count(1200)
        ('1,200', '1.200')
        """
        return f"{number:,}".replace(",", self("thousands,").removeprefix("thousands"))

    def day(self, day: date) -> str:
        """A day as it is printed.

        >>> phrases("en").day(date(2025, 8, 1)), phrases("de").day(date(2025, 8, 1))
        ('1 August 2025', '1. August 2025')
        """
        if self.code == "en":
            return f"{day.day} {day:%B %Y}"
        return format_date(day, "long", locale=locale_of(self.code))

    def month(self, day: date) -> str:
        """The month of a day.

        >>> phrases("en").month(date(2025, 8, 1)), phrases("de").month(date(2025, 8, 1))
        ('August 2025', 'August 2025')
        """
        if self.code == "en":
            return f"{day:%B %Y}"
        return format_date(day, "LLLL yyyy", locale=locale_of(self.code))

    def listed(self, parts: list[str]) -> str:
        """The parts as a sentence lists them.

        >>> phrases("de").listed(["a", "b", "c"])
        'a, b und c'
        """
        *first, final = parts or [""]
        return f"{', '.join(first)} {self('and')} {final}" if first else final


@cache
def phrases(code: str) -> Phrases:
    """The phrases of a language by its code, as case.toml names it; English where there is no translation.

    >>> phrases("de-AT").code, phrases("fi")("Sources")
    ('de', 'Sources')
    """
    language = str(code).partition("-")[0]
    path = files("kit.text.translations") / f"{language}.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8")) if language.isalpha() and path.is_file() else {}
    return Phrases(language, words)


IN_ENGLISH = phrases("en")
