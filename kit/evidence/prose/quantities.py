"""Quantities that prose prints: numbers that count or measure something, and not those that name or date it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kit.evidence.prose.sentences import Sentence
from kit.text.dates import MENTION, MONTHS, WEEKDAYS
from kit.text.sentences import listed

_SCALE = r"(?:thousand|million|billion|trillion|bn|tn|m|k)\b"
_UNIT = r"(?:%|(?:percentage points?|percent|per cent|points|dollars|euros|pounds|usd|eur|gbp)\b)"
_DIGITS = re.compile(
    rf"(?<![\w#@/\\.:-])(?:US|[-\u2212+])?[$€£]?(?<![\d.,])\d[\d,]*(?:\.\d+)?(?:[ -]?{_SCALE})?(?: ?{_UNIT}|x\b)?",
    re.IGNORECASE,
)
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS = re.compile(
    rf"\b(?:(?:{_SMALL}|{_TEENS}|(?:{_TENS})(?:-(?:one|{_SMALL}))?|an? (?=hundred|thousand|million|billion|dozen))"
    rf"(?:[ -](?:hundred|thousand|million|billion|dozen|thirds|quarters|fifths|times|percent|per cent))?"
    rf"(?:{_SCALE})? ?(?:hundred|thousand|million|billion|dozen)?(?: {_UNIT})?"
    r"|(?:a|one) (?:third|quarter|fifth|half)(?= of)|half(?= (?:of|the|its|their)\b)|twice(?= (?:as|the)\b)"
    r"|doubled|tripled|quadrupled|\w+fold)\b(?!-?(?:hand|way|sided?)\b)",
    re.IGNORECASE,
)
#: A number behind one of these says which, not how many; so does one in a list that such a word begins.
_WHICH = re.compile(
    r"(?<![\w-])(?:pages?|pp?|cells?|notebooks?|rows?|columns?|sections?|sec|articles?|art|chapters?|figures?|fig|tables?|"
    r"steps?|findings?|nos?|numbers?|versions?|parts?|paragraphs?|para|clauses?|rules?|items?|lines?|notes?|levels?|"
    r"weeks?|days?|series|appendix|docket|route|form|room|act|title)\.?"
    r"(?: \d[\d.]*(?:,| and| to|–|-| or)?)* ?$",
    re.IGNORECASE,
)
_WHICH_ONE = re.compile(
    r"(?<![\w-])(?:page|cell|notebook|row|column|section|article|chapter|figure|table|step|finding|number|version|part|"
    r"paragraph|clause|rule|item|line|note|level|week|day|route|form|room|act|title) $",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^\d{1,2}(?::\d\d|\.\d\d)?(?::\d\d)? ?(?:[ap]\.?m\b|o’?'?clock)|^\d{1,2}:\d\d", re.IGNORECASE
)
#: A small number word behind one of these points back to what has been named.
_KNOWN = re.compile(
    r"\b(?:the|these|those|both|its|their|our|his|her|whose|all|other|first|last|next|one or|two or|every|"
    r"[\w-]+[’']s?)(?: (?:other|same|first|last|next|latter|former|main))? $",
    re.IGNORECASE,
)
#: A small number word before one of these announces what the text itself goes on to list.
_ANNOUNCED = re.compile(
    r"^ (?:(?!the\b)\w+ )?(?:kinds?|sorts?|ways?|parts?|groups?|points?|limits?|reasons?|questions?|steps?|things?|sides?|"
    r"senses?|respects?|exceptions?|readings?|directions?)\b",
    re.IGNORECASE,
)
_LITTLE = listed("two three four five six seven eight nine ten")
_NO_NAMES = frozenset(name.casefold() for name in WEEKDAYS) | listed(
    "about over under some only nearly almost i"
)
_NAME_BEFORE = re.compile(r"(?P<name>[A-Z][\w’.-]*)(?P<space>[ -])$")


@dataclass(frozen=True)
class Quantity:
    """A quantity where prose prints it; ``target`` is the recorded number it is tied to, or ''."""

    start: int
    stop: int
    printed: str
    target: str = ""


def quantities(sentence: Sentence, names: Collection[str] = ()) -> list[Quantity]:
    """The quantities that the sentence prints, tied to a recorded number or typed by hand, in order.

    No quantity is: a date, a year, a time of day; a version, a product's name or another name ("GPT-5", "Claude 4",
    "3taps"); a number that says which (page 5, notebook 02, No. 12, 1st, (1)); "one"; a small number word that points
    back ("the two companies") or announces the text's own list ("three kinds"); what stands in code or in quotation
    marks, where the words are another's. ``names`` are names the case knows, for those at the head of a sentence.

    >>> text = "Of 82 pages on GPT-5 the two firms read nine in 2025, or about 11%."
    >>> [found.printed for found in quantities(Sentence(1, 1, 1, "paragraph", text))]
    ['82', 'nine', '11%']
    """
    text = sentence.prose
    for span in (*sentence.quotations, *sentence.numbers):
        text = text[: span.start] + "\0" * (span.stop - span.start) + text[span.stop :]
    marked = [Quantity(n.start, n.stop, n.printed, n.target) for n in sentence.numbers]
    typed = [*_digits(text, names), *_words(text)]
    return sorted([*marked, *typed], key=lambda found: found.start)


def _digits(text: str, names: Collection[str]) -> Iterator[Quantity]:
    dated = [match.span() for match in MENTION.finditer(text)]
    for match in _DIGITS.finditer(text):
        printed = match[0].rstrip(",. ")
        start, stop = match.start(), match.start() + len(printed)
        after, before = text[stop:], text[:start]
        if any(first < stop and start < last for first, last in dated):
            continue
        if re.match(r"\w|-?[A-Z]|(?:st|nd|rd|th)\b|/\d|\.\d|-\d", after) or _TIME.match(text[start:]):
            continue
        bare = printed.isdigit() or re.fullmatch(r"\d+(?:\.\d+)+|\d+x", printed)
        if bare and (_WHICH.search(before) or _named(before, names) or re.fullmatch(r"0\d+", printed)):
            continue
        if printed.isdigit() and before.endswith(("(", "[")) and after.startswith((")", "]")):
            continue
        yield Quantity(start, stop, printed)


def _words(text: str) -> Iterator[Quantity]:
    for match in _WORDS.finditer(text):
        printed = match[0].rstrip()
        after, before = text[match.start() + len(printed) :], text[: match.start()]
        little = printed.casefold() in _LITTLE
        if little and (_KNOWN.search(before) or _ANNOUNCED.match(after) or _WHICH_ONE.search(before)):
            continue
        yield Quantity(match.start(), match.start() + len(printed), printed)


def _named(before: str, names: Collection[str]) -> bool:
    """Whether the number that follows is part of a name, as its capital tells: "Claude 4", "Chapter 11"."""
    match = _NAME_BEFORE.search(before)
    if not match or match["name"].casefold() in _NO_NAMES or match["name"].casefold()[:3] in MONTHS:
        return False
    at_head = not before[: match.start()].strip(" “‘(*\"'") or before[: match.start()].rstrip().endswith(
        (".", ":")
    )
    return not at_head or any(name.split()[0] == match["name"] for name in names)
