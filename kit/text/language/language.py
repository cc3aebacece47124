"""What the kit knows of a language: its calendar and numbers, and the words by which its prose is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.core import Locale

from kit.text.language.measures import AmountWords, PassageWords


@dataclass(frozen=True)
class StrongVerb:
    """A verb, as a pattern of its forms; what it adds beyond the act; the plainer word; and the stem that a source
    which says so itself would have."""

    forms: str
    adds: str
    plainer: str
    stem: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Language:
    """A language by its code (ISO 639-1): how it prints dates and numbers, and how it gives credit.

    The names of months and weekdays are those of CLDR, the Unicode consortium's data on languages, by way of babel.
    """

    code: str
    #: The numbers from nought to ninety-nine in words, in order; and words that multiply, by their power of ten.
    spelled: tuple[str, ...]
    scales: Mapping[str, int]
    #: Forms of months that CLDR does not have.
    more_months: Mapping[int, tuple[str, ...]]
    #: Around a date, as patterns: what follows the day's digits, stands before the month, before the year, and between
    #: weekday and day; whether the month may stand first; and the words that make a bare number behind them a year.
    ordinal: str
    before_month: str
    before_year: str
    article: str
    month_first: bool
    before_bare_year: tuple[str, ...]
    #: What counts and measures.
    amounts: AmountWords
    #: What tells in a passage when, who and how surely.
    passages: PassageWords
    #: Words that make a publisher's name beside them a credit. The first will do for anybody; those of speech, before
    #: the name or behind it, only for those who report news: one may speak *to* a company without repeating it.
    credit_before: str
    credit_behind: str
    speech_before: str
    speech_behind: str

    @cached_property
    def _locale(self) -> Locale:
        return Locale(self.code)

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


@dataclass(frozen=True, eq=False, kw_only=True)
class JudgedLanguage(Language):
    """A language whose prose the kit can judge, with the words and patterns by which it does."""

    #: Before a name or a number: a full stop after one of these ends no sentence.
    abbreviations: frozenset[str]
    #: Only before a number: "No. 5" and "p. 12", but "The answer was no. Then".
    before_numbers: frozenset[str]
    #: At the end of a sentence or within it, as the next word tells: "Harbour Inc. appealed", "of Harbour Inc. The court".
    at_ends: frozenset[str]
    #: Words that begin a sentence far more often than they follow an abbreviation or an initial.
    starters: frozenset[str]

    #: Verbs by which somebody is said to say something, as alternatives of a pattern.
    speech_verbs: str
    #: Words by which a sentence says that somebody says so.
    attribution: re.Pattern[str]
    #: Words by which a sentence says that somebody else says otherwise, or that it is not settled.
    contradiction: re.Pattern[str]
    #: That something is not so.
    negation: re.Pattern[str]
    #: Words of an attribution that name nobody.
    nobody: re.Pattern[str]
    #: Verbs that say more than the act, for a person to weigh: a source may have used the very word.
    strong_verbs: tuple[StrongVerb, ...]
    #: Each kind of job title, with a pattern of its forms; and how a title stands before a name and behind it.
    job_titles: Mapping[str, str]
    title_before: str
    title_after: str

    #: Job titles, papers and parties, as far as they make a sentence one about something outside the notebook.
    titles: re.Pattern[str]
    documents: re.Pattern[str]
    parties: re.Pattern[str]
    #: A number in words or digits; a verb; a denial; the past tense in the main clause.
    counts: re.Pattern[str]
    verbs: re.Pattern[str]
    denials: re.Pattern[str]
    past: re.Pattern[str]
    #: A label before a sentence; a sentence on the notebook's own cells and charts; what a caveat says of a chart; and
    #: what stands behind such words and may state a fact all the same.
    label: re.Pattern[str]
    on_itself: re.Pattern[str]
    on_a_chart: re.Pattern[str]
    goes_on: re.Pattern[str]
    #: Words to the reader, and the verbs with which an instruction begins.
    to_reader: re.Pattern[str]
    orders: frozenset[str]
    #: A word that its capital makes a name, and words that have a capital and are none.
    names: re.Pattern[str]
    no_names: frozenset[str]

    #: Quantities in digits and in words.
    digits: re.Pattern[str]
    worded: re.Pattern[str]
    #: A number behind one of these says which, not how many; so does one in a list that such a word begins.
    which: re.Pattern[str]
    which_one: re.Pattern[str]
    time_of_day: re.Pattern[str]
    #: A small number word behind one of these points back to what has been named; before one, it announces a list.
    known: re.Pattern[str]
    announced: re.Pattern[str]
    small: frozenset[str]
    #: Words with a capital that name nothing when a number follows.
    before_a_number: frozenset[str]
    #: A source's own value and nothing else: "about 38 percent", "at most 5 days".
    stated_value: re.Pattern[str]
    #: Other nouns that print a unit of the metrics table than the unit's own name.
    unit_nouns: Mapping[str, tuple[str, ...]]
    #: What begins a unit that must not be mistaken for another, and the family that it is of.
    unit_families: Mapping[str, str]

    #: Distances in time told in words, the days of each unit with the slack that such words have, and the words that
    #: count from what follows them.
    distances: re.Pattern[str]
    distance_units: Mapping[str, tuple[float, float]]
    anchors: tuple[str, ...]
    articles: tuple[str, ...]
    #: That a page came out; that weekday and date do not go together; that they are said to; that a day is not exact.
    published: re.Pattern[str]
    mistaken: re.Pattern[str]
    said_to_be: re.Pattern[str]
    inexact: re.Pattern[str]


def _words(text: str) -> list[str]:
    return re.split(r"[\s-]+", text.casefold().strip())


def alternatives(words: list[str] | tuple[str, ...]) -> str:
    """The words as alternatives of a pattern, the longest first, so that none hides a longer one.

    >>> alternatives(["six", "sixty", "a.m."])
    'sixty|a\\\\.m\\\\.|six'
    """
    return "|".join(
        re.escape(word) for word in sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    )
