"""A passage is located by its first and last words, as a text fragment in a link is, in normalised text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kit.errors import KitError
from kit.text.normalise import Normal, fold, normalise
from kit.text.sentences import UNSPACED, bounded

#: Characters from a passage's first word to its last: what is longer is two passages, or a splice.
LONGEST_PASSAGE = 3000
#: Fewer characters than this are found on almost any page and prove nothing alone.
SHORTEST_PASSAGE = 12
_PAGE = re.compile(
    r"\b(?:pp?\.?|pages?|S\.|Seiten?|págs?\.?|páginas?)\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"(?:¶+|\bparas?\.?|\bparagraphs?)\s*(\d{1,4})", re.IGNORECASE)


class BadPassage(KitError):
    """A passage that names no words to look for."""


@dataclass(frozen=True)
class Passage:
    """What is sought: a source, the passage's first and last words, what surrounds it, and any quotation.

    ``capture`` is the one that it is to be read in; blank: the newest that holds it. ``quotation`` is what we print between quotation marks; it is compared with the text between the ends.
    Neither ``start`` nor ``quotation``, or an ``end`` without a ``start``, raises `BadPassage`.
    """

    id: str
    source: str
    start: str = ""
    end: str = ""
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    quotation: str = ""
    capture: str = ""

    def __post_init__(self) -> None:
        if not self.term("start") and (self.end or not self.quotation):
            raise BadPassage(
                self.id, "has no first words", "give in `start` the first few words of the passage"
            )

    @cached_property
    def _terms(self) -> dict[str, str]:
        names = ("start", "end", "prefix", "suffix")
        given = ((name, getattr(self, name)) for name in names)
        terms = {name: fold(normalise(words).text).strip() if words else "" for name, words in given}
        if terms["end"] == terms["start"]:
            terms["end"] = ""  # a short passage, given whole in both cells
        return terms

    def term(self, name: str) -> str:
        """The words in ``name`` (start, end, prefix or suffix) as they are searched."""
        return self._terms[name]


@dataclass(frozen=True)
class Place:
    """Where a passage stands in normalised text, and where its first words stop and its last words begin."""

    start: int
    stop: int
    start_stop: int
    end_start: int


def named_passages(evidence: pd.DataFrame) -> list[Passage]:
    """The passages that rows of the evidence table name; rows that name none are left out."""
    columns = ["id", "source", "start", "end", "prefix", "suffix", "locator", "capture"]
    named = evidence.loc[evidence["start"].str.strip() != ""].reindex(columns=columns, fill_value="")
    return [Passage(**dict(zip(columns, row, strict=True))) for row in named.itertuples(index=False)]


def places(page: Normal, passage: Passage, *, blocks: bool = True) -> Iterator[Place]:
    """Each place where the passage stands, in the order of the page; the first is what a browser would show.

    The steps are those of a text fragment (WICG, URL Fragment Text Directives, "find a range from a text
    directive"): words whole, in order, the first end after each start, prefix and suffix next to the match.
    Case and accents do not count. No part runs over a paragraph's end, unless ``blocks`` is false: pages read
    from PDF files have paragraph ends that the author never set. Passages longer than `LONGEST_PASSAGE` are left out.

    >>> page = normalise("The fee rose. Nobody told the users. The fee fell.")
    >>> [page.text[at.start : at.stop] for at in places(page, Passage("e-1", "s", "the fee", "fell"))]
    ['The fee rose. Nobody told the users. The fee fell', 'The fee fell']
    """
    names = ("start", "end", "prefix", "suffix")
    start, end, prefix, suffix = (page.broken(passage.term(name)) for name in names)
    whole = bool(end) or not suffix
    text = page.folded
    seek = 0
    while True:
        if prefix:
            ahead = _find(page, prefix, seek, True, False, blocks)
            if ahead < 0:
                return
            seek = ahead + 1
            first = _skip(text, ahead + len(prefix))
            if not text.startswith(start, first) or not _sound(page, first, start, False, whole, blocks):
                continue
        else:
            first = _find(page, start, seek, True, whole, blocks)
            if first < 0:
                return
            seek = first + 1
        last, stop = _end(page, first + len(start), end, suffix, blocks)
        if 0 <= stop <= first + LONGEST_PASSAGE:
            yield Place(first, stop, first + len(start), last)


def _end(page: Normal, at: int, end: str, suffix: str, blocks: bool) -> tuple[int, int]:
    """Where the last words begin and stop after ``at``; below nought where they or the suffix are missing."""
    text, stop = page.folded, at
    last = at
    while True:
        if end:
            last = _find(page, end, stop, True, not suffix, blocks)
            if last < 0:
                return -1, -1
            stop = last + len(end)
        if not suffix:
            return last, stop
        after = _skip(text, stop)
        if text.startswith(suffix, after) and _sound(page, after, suffix, False, True, blocks):
            return last, stop
        if not end:
            return -1, -1


def _find(page: Normal, term: str, at: int, head: bool, tail: bool, blocks: bool) -> int:
    while (at := page.folded.find(term, at)) >= 0:
        if _sound(page, at, term, head, tail, blocks):
            return at
        at += 1
    return -1


def _sound(page: Normal, at: int, term: str, head: bool, tail: bool, blocks: bool) -> bool:
    stop = at + len(term)
    return (
        (not head or bounded(page.text, at))
        and (not tail or bounded(page.text, stop))
        and not (blocks and "\n" in page.text[at:stop])
    )


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def located(page: Normal, locator: str) -> tuple[int, int] | None:
    """The stretch of the numbered paragraph that a locator names; nothing where it names none that is marked so.

    >>> page = normalise("14. They paid.\\n\\n15. They left.")
    >>> page.text[slice(*located(page, "para. 15"))]
    '\\n15. They left.'
    """
    match = _PARAGRAPH.search(locator)
    if not match:
        return None
    number = match[1]
    begin = re.search(rf"(?:^|\n)[¶\[(]?\s?{number}[\].)]?\s", page.text)
    if not begin:
        return None
    after = re.compile(rf"\n[¶\[(]?\s?{int(number) + 1}[\].)]?\s").search(page.text, begin.end())
    return begin.start(), after.start() if after else len(page.text)


def named_pages(locator: str) -> tuple[int, int] | None:
    """The first and the last page that a locator names; nothing where it names none.

    >>> named_pages("pp. 3-5"), named_pages("S. 12"), named_pages("para. 4")
    ((3, 5), (12, 12), None)
    """
    match = _PAGE.search(locator)
    return (int(match[1]), int(match[2] or match[1])) if match else None


def passage_hash(page: Normal, start: int, stop: int) -> str:
    """The SHA-256 of a stretch of normalised text: which words were there, without the words."""
    return hashlib.sha256(page.text[start:stop].encode()).hexdigest()


def weight(term: str) -> int:
    """How much words prove, in characters; one of a script without spaces counts for a short word, three.

    >>> weight("cut off"), weight("切断")
    (7, 6)
    """
    return len(term) if term.isascii() else len(term) + 2 * len(UNSPACED.findall(term))
