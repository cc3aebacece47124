"""Passages of invented pages, faults planted in them, and sound ones in every typographic variation.

A `Case` holds the captures, the passage looked for, what was done to it, and which verdicts are due. The same
faults are planted each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kit.evidence.passages.matching import Passage
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import TextIndex
from kit.evidence.passages.verdict import Verdict
from support.harbour import MONTHS, Page, page
from support.variations import IN_PRINT, ON_PAGES


@dataclass(frozen=True)
class Case:
    """One passage to judge: ``kind`` says what was done to it, ``due`` which verdicts are right."""

    kind: str
    passage: Passage
    pages: tuple[Page, ...]
    due: tuple[str, ...]


def ends(sentence: str, words: int = 4) -> tuple[str, str]:
    """The first and last few words of a sentence."""
    parts = sentence.split()
    return " ".join(parts[:words]), " ".join(parts[-words:])


def _sought(page: Page, sentence: str, **cells: str) -> Passage:
    start, end = ends(sentence)
    return Passage(**{"id": "p", "source": page.source, "start": start, "end": end, **cells})


def _quoted(page: Page, words: str) -> Passage:
    return Passage("p", page.source, quotation=words)


def faults(number: int) -> Iterator[Case]:
    """Each kind of fault, planted in passages of page ``number``."""
    here = page(number)
    draw = random.Random(-number - 1)
    fact, later = draw.sample(here.facts, 2)
    yield from _in_the_words(here, fact)
    yield from _in_the_order(here, fact, later, page(number + 1))
    yield from _in_the_place(here, fact, later, page(number + 1), draw.choice(here.speech)[1])


def _in_the_words(here: Page, fact: str) -> Iterator[Case]:
    def quoted(kind: str, words: str) -> Case:
        return Case(kind, _quoted(here, words), (here,), ("altered",))

    words, every = fact.split(), (*here.facts, *(words for _, words in here.speech))
    middle = len(words) // 2
    yield quoted("a word swapped in a quotation", " ".join([*words[: middle - 1], "purple", *words[middle:]]))
    yield quoted("a word left out of a quotation", " ".join(words[: middle - 1] + words[middle:]))
    yield quoted("a word put into a quotation", " ".join([*words[:middle], "reportedly", *words[middle:]]))
    yield quoted(
        "punctuation changed", " ".join([*words[:middle], f"{words[middle]}!", *words[middle + 1 :]])
    )
    for text in every:
        without = re.sub(r" (not|never|no one|Nobody) ", " ", text, count=1)
        if without != text:
            yield quoted("a negation dropped", without)
        if "$" in text:
            yield quoted("a currency changed", text.replace("$", "€"))
        if "US" in text:
            yield quoted("an acronym in lower case", text.replace("US", "us"))
        if "%" in text:
            yield quoted("a percent sign dropped", text.replace("%", ""))
        if digits := re.search(r"\d\d", text):
            other = str((int(digits[0]) + 7) % 90 + 10)
            yield quoted("a number changed", text[: digits.start()] + other + text[digits.end() :])
        if month := re.search("|".join(MONTHS), text):
            other = MONTHS[(MONTHS.index(month[0]) + 1) % len(MONTHS)]
            yield quoted("a month changed", text[: month.start()] + other + text[month.end() :])
    for who, text in here.speech:
        if who == "Esther Molnár":
            yield quoted("an accent dropped from a name", f"{text},” said Esther Molnar")
    first, last = (end.split() for end in ends(fact))
    for name, end in (("start", first), ("end", last)):
        swapped = {name: " ".join([*end[:2], "purple", *end[3:]])}
        kind = f"a word swapped in the {'first' if name == 'start' else 'last'} words"
        yield Case(kind, _sought(here, fact, **swapped), (here,), ("altered", "not-found"))


def _in_the_order(here: Page, fact: str, later: str, there: Page) -> Iterator[Case]:
    def spliced(kind: str, passage: Passage, at: Page = here) -> Case:
        return Case(kind, passage, (at,), ("spliced",))

    words, others = fact.split(), later.split()
    halves = words[: len(words) // 2] + others[len(others) // 2 :]
    yield spliced("halves of two sentences joined", _quoted(here, " ".join(halves)))
    first, *_, last = sorted(here.facts, key=here.text.find)
    yield spliced("an ellipsis against the order", _quoted(here, f"{last} ... {first}"))
    yield spliced("an ellipsis over most of the page", _quoted(here, f"{first} ... {last}"))
    one, other = sorted((words for _, words in here.speech), key=here.text.find)[:2]
    yield spliced("an ellipsis joining two speakers", _quoted(here, f"{one} ... {other}"))
    start, end = ends(fact)
    yield spliced("the ends in the wrong order", Passage("p", here.source, end, start))
    filler = "\n\n".join([there.text] * 3)
    apart = replace(here, text=f"{first}.\n\n{filler}\n\n{last}.")
    yield spliced("the ends from two places", Passage("p", here.source, ends(first)[0], ends(last)[1]), apart)


def _in_the_place(here: Page, fact: str, later: str, there: Page, said: str) -> Iterator[Case]:
    words = fact.split()
    changed = " ".join([*words[:5], "purple", *words[6:]])
    yield Case("moved to another source", _sought(there, fact), (here, there), ("wrong-source",))
    yield Case("a quotation moved to another source", _quoted(there, said), (here, there), ("wrong-source",))
    since = replace(here, id=f"{here.source}-b", captured_at=datetime(2021, 6, 1, tzinfo=UTC))
    gone = replace(since, text=here.text.replace(fact, "This sentence was withdrawn"))
    yield Case("taken off the page since", _sought(here, fact), (here, gone), ("changed",))
    inside = replace(since, text=here.text.replace(fact, changed))
    yield Case("reworded since, between the same ends", _sought(here, fact), (here, inside), ("changed",))
    yield Case("a quotation reworded since", _quoted(here, fact), (here, inside), ("changed",))
    invented = "The keeper of the light kept nine grey parrots in the tower"
    yield Case("invented", _sought(here, invented), (here, there), ("not-found",))
    yield Case("an invented quotation", _quoted(here, invented), (here, there), ("not-found",))
    outside = _sought(here, fact, quotation=later)
    yield Case("a quotation from outside the passage", outside, (here,), ("not-found",))
    yield Case("altered inside the passage", _sought(here, fact, quotation=changed), (here,), ("altered",))
    yield Case("too short to prove anything", _quoted(here, words[-1]), (here,), ("ambiguous",))
    twice = replace(here, text=f"{here.text}\n\n{fact}.")
    yield Case("in two places", _sought(here, fact), (twice,), ("ambiguous",))
    yield Case("never captured", _sought(there, fact), (here,), ("not-captured",))
    unseen = max(here.facts, key=here.text.find)
    cut = replace(here, excerpt=True, text=here.text[: here.text.find(unseen)])
    yield Case("outside the excerpt kept", _sought(here, unseen), (cut,), ("not-captured",))


def sound(number: int) -> Iterator[Case]:
    """Sound passages of page ``number`` in every typographic variation: none is a fault."""
    here = page(number)
    for kind, change in ON_PAGES.items():
        varied = replace(here, text=change(here.text, random.Random(number)))
        for sentence in here.facts:
            yield Case(f"page: {kind}", _sought(here, sentence), (varied,), ("exact", "normalised"))
            yield Case(f"page: {kind}", _quoted(here, sentence), (varied,), ("exact", "normalised"))
    for kind, change in IN_PRINT.items():
        for words in (*here.facts, *(words for _, words in here.speech)):
            printed = change(words, random.Random(number))
            yield Case(f"print: {kind}", _quoted(here, printed), (here,), ("exact", "normalised"))


def judged(cases: list[Case]) -> list[Verdict]:
    """The gate's verdict on each case, over that case's captures alone."""
    verdicts: dict[int, Verdict] = {}
    alike: dict[tuple[Page, ...], list[int]] = {}
    for number, case in enumerate(cases):
        alike.setdefault(case.pages, []).append(number)
    for pages, numbers in alike.items():
        with TextIndex(Path(":memory:")) as texts:
            texts.add(pages)
            passages = [replace(cases[number].passage, id=str(number)) for number in numbers]
            verdicts |= dict(zip(numbers, judge_passages(passages, texts), strict=True))
    return [verdicts[number] for number in range(len(cases))]
