"""What is typed into a search box, read: words, phrases in quotation marks, beginnings of words; and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kit.errors import KitError
from kit.text.normalise import normalise
from kit.text.printable import printable
from kit.text.sentences import search_pattern, search_words

#: Letters that are a beginning: whatever begins with one letter is no search.
_BEGUN = 2
#: More than anybody types; a whole page pasted into the box is told so.
_LONGEST, _MOST_TERMS = 1000, 32
_QUOTES = '"“”„«»「」'
_PIECE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}](\*?)|([^\s{_QUOTES}]+)")
#: Characters of a text shown on each side of what was found, and of what was found.
_BESIDE, _FOUND = 90, 160
#: Characters among which words count as standing together, and places that are looked at for each.
_NEAR, _PLACES = 240, 40
#: Characters of a text that are looked through for the place to show.
_LOOKED_THROUGH = 2_000_000


@dataclass(frozen=True)
class Term:
    """Words that stand one behind another; the last may go on where ``prefix`` is on."""

    words: tuple[str, ...]
    prefix: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the term in a text as it was written."""
        return search_pattern(self.words, prefix=self.prefix)


@dataclass(frozen=True)
class Query:
    """Terms that all have to occur."""

    terms: tuple[Term, ...]

    @property
    def match(self) -> str:
        """The query in the language of FTS5; blank where it has no word."""
        return " AND ".join(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}' for term in self.terms)


def read_query(typed: str) -> Query:
    """The terms that were typed; signs mean nothing but quotation marks and the ``*`` behind a word's first letters, two at least.

    A mark that is not closed, and any other syntax, is read as words. More than 1,000 characters or 32 terms raise
    `KitError`.

    >>> read_query('raid* "Harbour Office" AND (fees').match
    '"raid"* AND "harbour office" AND "and" AND "fees"'
    """
    if len(typed) > _LONGEST:
        raise KitError("search", f"has {len(typed):,} characters", f"look for at most {_LONGEST:,} of them")
    terms: dict[Term, None] = {}
    for phrase, star, word in _PIECE.findall(typed):
        words = tuple(search_words(normalise(phrase or word).text))
        if words:
            begun = bool(star) or (phrase or word).endswith("*")
            terms[Term(words, begun and len(words[-1]) >= _BEGUN)] = None
    if len(terms) > _MOST_TERMS:
        raise KitError("search", f"has {len(terms)} words", f"look for at most {_MOST_TERMS} of them")
    return Query(tuple(terms))


@dataclass(frozen=True)
class Hit:
    """What was found in a text, in one line, with what stands before and behind it; ``at`` is its offset there."""

    before: str
    found: str
    after: str
    at: int
    #: How many of the terms stand there together.
    together: int


def best_hit(query: Query, text: str) -> Hit | None:
    """Where most of the terms stand together, the first such place; ``None`` where none of them stands in the text.

    >>> hit = best_hit(read_query("office zoe"), "The Office was shut. Later, Zoë saw the office.")
    >>> hit.before, hit.found, hit.after
    ('The ', 'Office', ' was shut. Later, Zoë saw the office.')
    """
    text = text[:_LOOKED_THROUGH]
    places = sorted(
        (found.start(), found.end(), number)
        for number, term in enumerate(query.terms)
        for found in islice(term.pattern.finditer(text), _PLACES)
    )
    best: tuple[int, int, int] | None = None
    for first, (start, stop, _) in enumerate(places):
        here = {number for at, _, number in _within(places[first:], start + _NEAR)}
        if best is None or len(here) > best[2]:
            best = (start, stop, len(here))
    if best is None:
        return None
    start, stop, together = best
    stop = min(stop, start + _FOUND)
    before, after = text[max(0, start - _BESIDE) : start], text[stop : stop + _BESIDE]
    if start > _BESIDE:
        before = "…" + before.partition(" ")[2]
    if stop + _BESIDE < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Hit(_one_line(before), _one_line(text[start:stop]), _one_line(after), start, together)


def beginning(text: str) -> Hit:
    """The first words of a text, where nothing was looked for in it.

    >>> beginning("Officers took papers.").after
    'Officers took papers.'
    """
    most = 2 * _BESIDE
    return Hit("", "", _one_line(text[:most]) + ("…" if len(text) > most else ""), 0, 0)


def _within(places: Sequence[tuple[int, int, int]], until: int) -> Iterator[tuple[int, int, int]]:
    for place in places:
        if place[0] > until:
            return
        yield place


def _one_line(text: str) -> str:
    """The text in one line, its outer spaces kept as one: it is put together with what stands beside it."""
    line = printable(text, lines=False)
    return f"{' ' if text[:1].isspace() and line else ''}{line}{' ' if text[-1:].isspace() and line else ''}"
