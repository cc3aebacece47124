"""The words by which prose of a language is judged; a language without them is judged by digits, marks and quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class StrongVerb:
    """A verb, as a pattern of its forms; what it adds beyond the act; the plainer word; and the stem that a source
    which says so itself would have."""

    forms: str
    adds: str
    plainer: str
    stem: str


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``.

    >>> sorted(word_set("mr mrs"))
    ['mr', 'mrs']
    """
    return frozenset(text.split())


def any_case(pattern: str) -> re.Pattern[str]:
    """The pattern, whatever the case of its letters.

    >>> any_case("denied").findall("Denied")
    ['Denied']
    """
    return re.compile(pattern, re.IGNORECASE)


_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, eq=False, kw_only=True)
class ProseWords:
    """Words and patterns; what a language does not give finds nothing."""

    #: Before a name or a number: a full stop after one of these ends no sentence.
    abbreviations: frozenset[str] = frozenset()
    #: Only before a number: "No. 5" and "p. 12", but "The answer was no. Then".
    before_numbers: frozenset[str] = frozenset()
    #: At the end of a sentence or within it, as the next word tells: "Harbour Inc. appealed", "of Harbour Inc. The court".
    at_ends: frozenset[str] = frozenset()
    #: Words that begin a sentence far more often than they follow an abbreviation or an initial.
    starters: frozenset[str] = frozenset()

    #: Verbs by which somebody is said to say something, as alternatives of a pattern; those of the press; what stands
    #: before a name that says so.
    speech_verbs: str = "(?!)"
    press_verbs: str = "(?!)"
    according: str = "(?!)"
    #: What stands behind such a name; words that end in it, or are it, make a name one of a paper.
    by_name: str = "(?!)"
    papers: str = "(?!)"
    #: Words by which a sentence says that somebody says so; those that name nobody who does.
    attribution: re.Pattern[str] = _NEVER
    anonymous: re.Pattern[str] = _NEVER
    #: Words by which a sentence says that somebody else says otherwise, or that it is not settled; and those with which
    #: it says that nobody does.
    contradiction: re.Pattern[str] = _NEVER
    undisputed: re.Pattern[str] = _NEVER
    #: That something is not so; that something is meant to be and not done.
    negation: re.Pattern[str] = _NEVER
    planned: re.Pattern[str] = _NEVER
    #: Words of an attribution that name nobody.
    nobody: re.Pattern[str] = _NEVER
    #: Verbs that say more than the act, for a person to weigh: a source may have used the very word. Words that accuse,
    #: each with the stem that a source which says so has.
    strong_verbs: tuple[StrongVerb, ...] = ()
    accusations: Mapping[str, str] = field(default_factory=dict)
    #: Each kind of job title, with a pattern of its forms; and how a title stands before a name and behind it.
    job_titles: Mapping[str, str] = field(default_factory=dict)
    title_before: str = "(?!)"
    title_after: str = "(?!)"

    #: Job titles, papers and parties, as far as they make a sentence one about something outside the notebook.
    titles: re.Pattern[str] = _NEVER
    documents: re.Pattern[str] = _NEVER
    parties: re.Pattern[str] = _NEVER
    #: Words of quantity beside numbers; a verb; a denial; the past tense in the main clause.
    many: str = "(?!)"
    verbs: re.Pattern[str] = _NEVER
    denials: re.Pattern[str] = _NEVER
    past: re.Pattern[str] = _NEVER
    #: A label before a sentence; a sentence on the notebook's own cells and charts; what a caveat says of a chart; and
    #: what stands behind such words and may state a fact all the same.
    label: re.Pattern[str] = _NEVER
    on_itself: re.Pattern[str] = _NEVER
    on_a_chart: re.Pattern[str] = _NEVER
    goes_on: re.Pattern[str] = _NEVER
    #: Words to the reader, and the verbs with which an instruction begins.
    to_reader: re.Pattern[str] = _NEVER
    orders: frozenset[str] = frozenset()
    #: A word that its capital makes a name, and words that have a capital and are none.
    names: re.Pattern[str] = _NEVER
    no_names: frozenset[str] = frozenset()

    #: Words that multiply: "doubled", "tenfold".
    multiples: re.Pattern[str] = _NEVER
    #: A small number word behind one of these points back to what has been named; before one, it announces a list.
    known: re.Pattern[str] = _NEVER
    announced: re.Pattern[str] = _NEVER
    #: Words with a capital that name nothing when a number follows.
    before_a_number: frozenset[str] = frozenset()

    #: Between two parts of a time: "five weeks and three days". Behind a time, the words that count it from another day: to one before it, to one after it. Those of them that
    #: name what they count from; distances told without a number, with their units.
    joins: str = "(?!)"
    earlier: str = "(?!)"
    later: str = "(?!)"
    distances: re.Pattern[str] = _NEVER
    distance_units: Mapping[str, str] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()
    #: What puts one clause before or after the event that it names behind the word.
    precedes: re.Pattern[str] = _NEVER
    follows: re.Pattern[str] = _NEVER
    #: That a page came out; that weekday and date do not go together; that they are said to; that a day is not exact.
    published: re.Pattern[str] = _NEVER
    mistaken: re.Pattern[str] = _NEVER
    said_to_be: re.Pattern[str] = _NEVER
    inexact: re.Pattern[str] = _NEVER


#: A language whose words nobody has given yet.
NO_WORDS = ProseWords()
