"""The amounts that a sentence prints in its own words, untied to a cell, and not those that name or date something."""

from __future__ import annotations

import re
from collections.abc import Collection

from kit.evidence.prose.sentences import Sentence
from kit.text.amounts import Amount, amounts

_NAME_BEFORE = re.compile(r"(?P<name>[A-Z][\w’.-]*)(?P<space>[ -])$")
#: A number word up to here may only point at what has been named.
_SMALL = 12
#: What may be a version or a model.
_BARE = re.compile(r"\d+(?:\.\d+)*x?")


def quantities(sentence: Sentence, names: Collection[str] = ()) -> list[Amount]:
    """The amounts typed by hand in the sentence's own words, ordinals and multiples ("doubled") among them, in order.

    None is: a date, a year, a time of day; a version, a product's name or another name ("Mark-5", "Ferry 4"); a number
    that says which (page 5, No. 12, (1)); "one"; a small number word that points back ("the two companies") or announces
    the text's own list ("three kinds"); what stands in code, in quotation marks or in a block quotation. ``names`` are
    names the case knows, for those at the head of a sentence.

    >>> text = "Of 82 pages on the Mark-5 the two firms read nine in 2025, or about 11%."
    >>> [found.printed for found in quantities(Sentence(1, 1, 1, "paragraph", text))]
    ['82', 'nine', '11%']
    """
    text = sentence.ours
    for number in sentence.numbers:
        text = text[: number.start] + "\0" * (number.stop - number.start) + text[number.stop :]
    words = sentence.language.prose
    found = [one for one in amounts(text, sentence.language) if one.counts or one.kind == "ordinal"]
    told = [one for one in found if _says(one, text, sentence, names)]
    times = [
        Amount(*match.span(), match[0], None, kind="multiple") for match in words.multiples.finditer(text)
    ]
    return sorted([*told, *times], key=lambda one: one.start)


def _says(amount: Amount, text: str, sentence: Sentence, names: Collection[str]) -> bool:
    """Whether it says how many, and does not point at something or name it."""
    before, after, words = text[: amount.start], text[amount.stop :], sentence.language.prose
    if _BARE.fullmatch(amount.printed) and _named(before, names, sentence):
        return False
    if amount.kind != "count" or amount.unit or amount.value is None:
        return True
    if amount.printed.isdigit():
        listed = before.endswith(("(", "[")) and after.startswith((")", "]"))
        return not listed
    if amount.printed[0].isdigit() or amount.value > _SMALL:
        return True
    return amount.value > 1 and not (words.known.search(before) or words.announced.match(after))


def _named(before: str, names: Collection[str], sentence: Sentence) -> bool:
    """Whether the number that follows is part of a name, as its capital tells: "Ferry 4", "Chapter 11"."""
    match, language = _NAME_BEFORE.search(before), sentence.language
    if not match or language.nouns_capital:
        return False
    word = match["name"].casefold()
    if (
        word in language.prose.before_a_number
        or word in language.calendar
        or word.rstrip(".") in language.month_numbers
    ):
        return False
    head = before[: match.start()]
    at_head = not head.strip(" “‘(*\"'") or head.rstrip().endswith((".", ":"))
    return not at_head or any(name.split()[0] == match["name"] for name in names)
