"""How far readings of one page agree, and which of them the others confirm."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")
_LENGTH = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of ``text``, counted; a shorter text is one run of what it has.

    >>> len(shingles("one two three four five"))
    2
    """
    found = _WORD.findall(text)
    if not found:
        return Counter()
    return Counter(zip(*(found[i:] for i in range(_LENGTH)), strict=False)) or Counter([tuple(found)])


def overlap(one: Counter, other: Counter) -> float:
    """The share of runs two texts have in common, 0 to 1 (F1 of one against the other); two empty ones agree.

    >>> overlap(shingles("a b c d e"), shingles("a b c d x"))
    0.5
    """
    total = one.total() + other.total()
    if not total:
        return 1.0
    few, many = (one, other) if len(one) < len(other) else (other, one)
    shared = sum(min(count, many[run]) for run, count in few.items() if run in many)
    return 2 * shared / total


def medoid(texts: dict[str, str]) -> tuple[str, float]:
    """The name of the reading that agrees most with the others, and its mean agreement with them.

    Nothing is tuned and nothing is mixed: what comes out is one extractor's reading, whole. A tie goes to the
    one named first. No reading at all raises `ValueError`; a single one has agreement -1, since none confirms it.

    >>> medoid({"a": "w x y z", "b": "w x y z v", "c": "something else was read here"})[0]
    'a'
    """
    if not texts:
        raise ValueError("no readings were given")
    if len(texts) == 1:
        return next(iter(texts)), -1.0
    runs = {name: shingles(text) for name, text in texts.items()}
    scores = {
        name: sum(overlap(mine, theirs) for other, theirs in runs.items() if other != name) / (len(runs) - 1)
        for name, mine in runs.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best, round(scores[best], 4)
