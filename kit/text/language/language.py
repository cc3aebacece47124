"""What the kit knows of a language: its calendar and numbers, and the words where they belong: what counts, what tells of a passage, what judges prose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from babel.core import Locale

from kit.text.language.measures import NO_AMOUNTS, NO_PASSAGES, AmountWords, PassageWords, locale_of
from kit.text.language.prose.words import NO_WORDS, ProseWords


@dataclass(frozen=True, eq=False, kw_only=True)
class Language:
    """A language by its code (ISO 639-1): how it prints dates and numbers, and how it gives credit.

    The names of months and weekdays are those of CLDR, the Unicode consortium's data on languages, by way of babel.
    """

    code: str
    #: The numbers from nought to ninety-nine in words, in order; and words that multiply, by their power of ten.
    spelled: tuple[str, ...] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    #: Forms of months that CLDR does not have.
    more_months: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    #: Around a date, as patterns: what follows the day's digits, stands before the month, before the year, and between
    #: weekday and day; whether the month may stand first; and the words that make a bare number behind them a year.
    ordinal: str = "(?!)"
    before_month: str = "(?!)"
    before_year: str = "(?!)"
    article: str = ""
    month_first: bool = False
    before_bare_year: tuple[str, ...] = ()
    #: The seasons as patterns, by their number in EDTF; words for a quarter, with its number first or behind.
    seasons: Mapping[str, int] = field(default_factory=dict)
    quarter: str = "(?!)"
    #: Whether every noun has a capital, so that a capital makes no name.
    nouns_capital: bool = False
    #: What counts and measures.
    amounts: AmountWords = NO_AMOUNTS
    #: What tells in a passage when, who and how surely.
    passages: PassageWords = NO_PASSAGES
    #: By which words prose is judged.
    prose: ProseWords = NO_WORDS
    #: Words that make a publisher's name beside them a credit. The first will do for anybody; those of speech, before
    #: the name or behind it, only for those who report news: one may speak *to* a company without repeating it.
    credit_before: str = ""
    credit_behind: str = ""
    speech_before: str = ""
    speech_behind: str = ""

    @property
    def judged(self) -> bool:
        """Whether the kit has the words by which prose in it is judged."""
        return self.prose is not NO_WORDS

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self.code)

    @cached_property
    def months(self) -> tuple[tuple[str, ...], ...]:
        """The forms of each month's name, January's first, without full stops; the full name first.

        >>> from kit.text.language import GERMAN
        >>> GERMAN.months[1]
        ('Februar', 'Feb')
        """
        found = []
        for number in range(1, 13):
            forms = [
                self._locale.months[context][width][number].rstrip(".")
                for width in ("wide", "abbreviated")
                for context in ("format", "stand-alone")
            ]
            found.append(tuple(dict.fromkeys([*forms, *self.more_months.get(number, ())])))
        return tuple(found)

    @cached_property
    def weekdays(self) -> tuple[str, ...]:
        """The names of the weekdays, Monday's first.

        >>> from kit.text.language import FRENCH
        >>> FRENCH.weekdays[:2]
        ('lundi', 'mardi')
        """
        return tuple(self._locale.days["format"]["wide"][number] for number in range(7))

    @cached_property
    def month_numbers(self) -> dict[str, int]:
        """The number of each month by each of its forms, case put aside."""
        return {form.casefold(): number for number, forms in enumerate(self.months, 1) for form in forms}

    @cached_property
    def calendar(self) -> frozenset[str]:
        """The full names of months and weekdays, case put aside."""
        return frozenset(name.casefold() for name in (*self.weekdays, *(forms[0] for forms in self.months)))

    @property
    def decimal(self) -> str:
        """What parts the whole from its fraction."""
        return self._locale.number_symbols["latn"]["decimal"]

    @property
    def group(self) -> str:
        """What parts thousands."""
        return self._locale.number_symbols["latn"]["group"]

    @cached_property
    def _values(self) -> dict[str, int]:
        return {" ".join(_words(word)): value for value, word in enumerate(self.spelled)}

    def counted(self, text: str) -> int | None:
        """The number that the first words of the text spell, up to ninety-nine; ``None`` where they spell none.

        >>> from kit.text.language import ENGLISH, SPANISH
        >>> ENGLISH.counted("Twenty-one"), ENGLISH.counted("many"), SPANISH.counted("treinta y dos casos")
        (21, None, 32)
        """
        words = _words(text)[:3]
        heads = (" ".join(words[:size]) for size in range(len(words), 0, -1))
        return next((self._values[head] for head in heads if head in self._values), None)


def _words(text: str) -> list[str]:
    return re.split(r"[\s-]+", text.casefold().strip())


def alternatives(words: list[str] | tuple[str, ...]) -> str:
    """The words as alternatives of a pattern, the longest first, so that none hides a longer one; of none, what never fits.

    >>> alternatives(["six", "sixty", "a.m."])
    'sixty|a\\\\.m\\\\.|six'
    """
    found = (re.escape(word) for word in sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))
    return "|".join(found) or "(?!)"
