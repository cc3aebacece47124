"""Quantities that prose prints: numbers that count or measure something, and not those that name or date it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kit.evidence.prose.sentences import Sentence
from kit.text.dates import date_mentions
from kit.text.language import ENGLISH
from kit.text.language.language import JudgedLanguage

_NAME_BEFORE = re.compile(r"(?P<name>[A-Z][\w’.-]*)(?P<space>[ -])$")


@dataclass(frozen=True)
class Quantity:
    """A quantity where prose prints it; ``target`` is the recorded number it is tied to, or ''."""

    start: int
    stop: int
    printed: str
    target: str = ""


def quantities(
    sentence: Sentence, names: Collection[str] = (), language: JudgedLanguage = ENGLISH
) -> list[Quantity]:
    """The quantities that the sentence prints, tied to a recorded number or typed by hand, in order.

    No quantity is: a date, a year, a time of day; a version, a product's name or another name ("Mark-5", "Ferry 4",
    "3docks"); a number that says which (page 5, notebook 02, No. 12, 1st, (1)); "one"; a small number word that points
    back ("the two companies") or announces the text's own list ("three kinds"); what stands in code or in quotation
    marks, where the words are another's. ``names`` are names the case knows, for those at the head of a sentence.

    >>> text = "Of 82 pages on the Mark-5 the two firms read nine in 2025, or about 11%."
    >>> [found.printed for found in quantities(Sentence(1, 1, 1, "paragraph", text))]
    ['82', 'nine', '11%']
    """
    text = sentence.prose_without(*sentence.quotations, *sentence.numbers)
    marked = [Quantity(n.start, n.stop, n.printed, n.target) for n in sentence.numbers]
    typed = [*_digits(text, names, language), *_words(text, language)]
    return sorted([*marked, *typed], key=lambda found: found.start)


def _digits(text: str, names: Collection[str], language: JudgedLanguage) -> Iterator[Quantity]:
    dated = [match.span() for match in date_mentions(language).finditer(text)]
    for match in language.digits.finditer(text):
        printed = match[0].rstrip(",. ")
        start, stop = match.start(), match.start() + len(printed)
        after, before = text[stop:], text[:start]
        if any(first < stop and start < last for first, last in dated):
            continue
        if re.match(r"\w|-?[A-Z]|/\d|\.\d|-\d", after) or language.time_of_day.match(text[start:]):
            continue
        bare = printed.isdigit() or re.fullmatch(r"\d+(?:\.\d+)+|\d+x", printed)
        if bare and (
            language.which.search(before) or _named(before, names, language) or re.fullmatch(r"0\d+", printed)
        ):
            continue
        if printed.isdigit() and before.endswith(("(", "[")) and after.startswith((")", "]")):
            continue
        yield Quantity(start, stop, printed)


def _words(text: str, language: JudgedLanguage) -> Iterator[Quantity]:
    for match in language.worded.finditer(text):
        printed = match[0].rstrip()
        after, before = text[match.start() + len(printed) :], text[: match.start()]
        if printed.casefold() in language.small and (
            language.known.search(before)
            or language.announced.match(after)
            or language.which_one.search(before)
        ):
            continue
        yield Quantity(match.start(), match.start() + len(printed), printed)


def _named(before: str, names: Collection[str], language: JudgedLanguage) -> bool:
    """Whether the number that follows is part of a name, as its capital tells: "Ferry 4", "Chapter 11"."""
    match = _NAME_BEFORE.search(before)
    if not match:
        return False
    word = match["name"].casefold()
    if (
        word in language.before_a_number
        or word in language.calendar
        or word.rstrip(".") in language.month_numbers
    ):
        return False
    head = before[: match.start()]
    at_head = not head.strip(" “‘(*\"'") or head.rstrip().endswith((".", ":"))
    return not at_head or any(name.split()[0] == match["name"] for name in names)
