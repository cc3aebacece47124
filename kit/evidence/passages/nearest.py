"""What stands on a page instead of the words sought: the nearest stretch, its words, parts put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kit.text.normalise import Normal, fold
from kit.text.sentences import WORD, bounded

#: How alike (of 100) one unbroken stretch must be to the words sought before it is held to be them, altered.
ALIKE = 80.0
_COMMON = 60  # a word that stands on the page more often than this helps no search
_CLUES = 12
_STEP = 24
_PLACES = 5
_SLACK = 24
_PARTS = 4
_PART_WORDS = 3


@dataclass(frozen=True)
class Near:
    """The stretch of a page's normalised text most like the words sought, and how alike they are, of 100."""

    start: int
    stop: int
    alike: float


def nearest_stretch(
    page: Normal, sought: str, start: int = 0, stop: int | None = None, alike: float = ALIKE
) -> Near | None:
    """The stretch between two offsets most like ``sought``; nothing where none is as like as ``alike``.

    ``sought`` is folded. The stretch is one, unbroken, of whole words; fewer than three words are too few to
    be like anything. Where to compare is voted by the words that both have, each for where ``sought`` would
    then begin.

    >>> from kit.text.normalise import normalise
    >>> page = normalise("Under its rules the firm never paid for access.")
    >>> near = nearest_stretch(page, "the firm always paid for access")
    >>> page.text[near.start : near.stop]
    'the firm never paid for access'
    """
    text, stop = page.folded, len(page.text) if stop is None else stop
    words = [(match[0], match.start()) for match in WORD.finditer(sought)]
    if len(words) < _PART_WORDS:
        return None
    clues = sorted(words, key=lambda word: (-len(word[0]), word[1]))[:_CLUES]
    counts = {word: text.count(word, start, stop) for word, _ in clues}
    least = min((count for count in counts.values() if count), default=0)
    votes: Counter[int] = Counter()
    for word, offset in clues:
        if not 0 < counts[word] <= max(_COMMON, least):
            continue
        at = text.find(word, start, stop)
        while at >= 0:
            votes.update(((at - offset) // _STEP, (at - offset) // _STEP + 1))
            at = text.find(word, at + 1, stop)
    best: Near | None = None
    looked: set[int] = set()
    for step, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_PLACES]:
        if looked & {step - 1, step + 1}:
            continue  # the stretch around the one overlaps that around the other
        looked.add(step)
        near = _around(text, sought, step * _STEP, start, stop, alike)
        if near and (best is None or near.alike > best.alike):
            best = near
    return best and _to_the_edges(text, sought, best, start, stop)


def _to_the_edges(text: str, sought: str, near: Near, start: int, stop: int) -> Near:
    """The stretch, widened where ``sought`` begins or ends with words of its own, by what stands in their place."""
    words = WORD.findall(sought)
    codes = Levenshtein.opcodes(words, WORD.findall(text[near.start : near.stop]))
    lead = codes[0].src_end if codes and codes[0].tag == "delete" else 0
    trail = codes[-1].src_end - codes[-1].src_start if len(codes) > 1 and codes[-1].tag == "delete" else 0
    before = [
        match.start() for match in WORD.finditer(text, max(start, near.start - _STEP * lead), near.start)
    ]
    after = [match.end() for match in WORD.finditer(text, near.stop, min(stop, near.stop + _STEP * trail))]
    first = before[-min(lead, len(before))] if lead and before else near.start
    last = after[min(trail, len(after)) - 1] if trail and after else near.stop
    return Near(first, last, near.alike)


def _around(text: str, sought: str, begin: int, start: int, stop: int, alike: float) -> Near | None:
    """The stretch most like ``sought`` that begins and ends near where it would, if it began at ``begin``."""
    low = max(start, begin - _STEP - _SLACK)
    high = min(stop, begin + _STEP + len(sought) + _SLACK)
    while low > start and not bounded(text, low):
        low -= 1
    while high < stop and not bounded(text, high):
        high += 1
    spans = [(low + match.start(), low + match.end()) for match in WORD.finditer(text[low:high])]
    begins = [first for first, _ in spans if first <= begin + _STEP + _SLACK]
    ends = [last for _, last in spans if last >= begin + len(sought) - _STEP - _SLACK]
    best = None
    # Of two texts alike to this degree neither is longer than this beside the other.
    shortest, longest = len(sought) * alike / (200 - alike), len(sought) * (200 - alike) / alike
    for first in begins:
        for last in ends:
            if not shortest <= last - first <= longest:
                continue
            score = fuzz.ratio(sought, text[first:last], score_cutoff=alike)
            if score >= alike and (best is None or score > best.alike):
                best, alike = Near(first, last, score), score
    return best


def differing_words(ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    """The words that differ, as pairs: in ``ours``, in ``theirs``; blank where a word is only in the other.

    >>> differing_words("It never paid for access", "It always paid access")
    (('never', 'always'), ('for', ''))
    """
    first, second = _shown(ours), _shown(theirs)
    codes = Levenshtein.opcodes([fold(word) for word in first], [fold(word) for word in second])
    return tuple(
        (" ".join(first[code.src_start : code.src_end]), " ".join(second[code.dest_start : code.dest_end]))
        for code in codes
        if code.tag != "equal"
    )


def _shown(text: str) -> list[str]:
    return [text[match.start() : match.end()] for match in WORD.finditer(fold(text))]


def spliced_parts(page: Normal, sought: str) -> list[tuple[int, int]]:
    """Where the parts of ``sought`` stand when it was put together from up to four stretches; else nothing.

    A part has at least three words, and the parts together hold every word.
    """
    spans = [match.span() for match in WORD.finditer(sought)]
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(spans):
        stretch, first = _longest(page, sought, spans, first)
        if stretch is None or len(found) == _PARTS:
            return []
        found.append(stretch)
    return found if len(found) > 1 else []


def _longest(
    page: Normal, sought: str, spans: list[tuple[int, int]], first: int
) -> tuple[tuple[int, int] | None, int]:
    """The longest run of words from ``first`` on that stands on the page, and the word after it."""
    best, last = None, min(first + _PART_WORDS, len(spans))
    while last <= len(spans):
        at = find_words(page.folded, sought[spans[first][0] : spans[last - 1][1]])
        if at < 0:
            break
        best = (at, at + spans[last - 1][1] - spans[first][0])
        last += 1
    return best, last - 1


def find_words(text: str, term: str, at: int = 0) -> int:
    """Where ``term`` stands in ``text`` from ``at`` on as whole words; below nought when it does not."""
    while (at := text.find(term, at)) >= 0:
        if bounded(text, at) and bounded(text, at + len(term)):
            return at
        at += 1
    return -1
