"""The fragment of an address that opens the page where a passage stands: in a browser, or at the page of a PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kit.evidence.passages.capture_text import CaptureText, page_numbers, rank
from kit.evidence.passages.copied import COPIED_WORDS, WORDS
from kit.evidence.passages.matching import Passage, places
from kit.sources.bibliography.text_fragment import text_fragment
from kit.sources.extract.reading.lines import BLOCK_END, CELL_END
from kit.text.sentences import UNSPACED

#: A passage of up to so many characters in one block stands whole in the link, unless it has so many words that printing
#: them is copying; of a longer one so many words of each end.
_WHOLE, _WORDS = 120, 5
#: So often words are added until a browser would find this place first; both ends together stay below what is copying.
_TRIES = 5
#: So far from the passage words are taken to tell it apart.
_REACH = 300
_PART = re.compile(f"{BLOCK_END}|{CELL_END}|\n")
#: Where words of a script without spaces surely end: a browser looks up the others in a dictionary that we have not.
_STOP = re.compile(r"[\s\W]")


@dataclass(frozen=True)
class _Part:
    """A stretch of the captured text that stands in one block of the page, without a note's number in it."""

    start: int
    stop: int


_NOTHING = _Part(0, 0)


def fragment(page: CaptureText, start: int, stop: int) -> str:
    """What opens the page at the stretch between two offsets of the text evened out; '' where nothing can.

    The words are the page's own, whole and within one block; where another place has them too, more are taken, and
    those before. A PDF opens at its page.

    >>> from datetime import datetime
    >>> page = CaptureText("c-1", "s", datetime(2021, 3, 1), False, "A high‑contrast mark\\n\\nstands on berth nine")
    >>> fragment(page, 2, 20), fragment(page, 2, len(page.normal.text))
    ('text=high%E2%80%91contrast%20mark', 'text=high%E2%80%91contrast%20mark,stands%20on%20berth%20nine')
    """
    numbers = [span.label.removeprefix("page ") for span in page.structure if span.label.startswith("page ")]
    if numbers:
        here = page_numbers(page, start)
        number = next((each for each in dict.fromkeys(numbers) if _holds(page, start, each)), "")
        return f"page={number}" if here and number else ""
    if rank(page, start, stop) == 2:
        return ""
    first, last = page.normal.origin(start, stop)
    plainest: tuple[_Part, ...] = ()
    for way in (way for words in range(_WORDS, _WORDS + _TRIES) for way in _ways(page, first, last, words)):
        plainest = plainest or way
        if _opens_here(page, way, start, stop):
            return text_fragment(*(_words(page, part) for part in way))
    return text_fragment(*(_words(page, part) for part in plainest)) if plainest else ""


def _holds(page: CaptureText, at: int, number: str) -> bool:
    place = page.normal.origin(at, min(at + 1, len(page.normal.text)))[0]
    label = f"page {number}"
    return any(span.start <= place < span.end for span in page.structure if span.label == label)


def _ways(page: CaptureText, first: int, last: int, words: int) -> Iterator[tuple[_Part, ...]]:
    """Ways to name the stretch: its first words, its last, those before and behind; the plainest way first."""
    parts = _parts(page, first, last)
    if not parts:
        return
    head, tail = parts[0], parts[-1]
    begin, end = head, _NOTHING
    long = last - first > _WHOLE or len(WORDS.findall(page.text, first, last)) >= COPIED_WORDS
    if len(parts) > 1 or long:
        begin = _Part(head.start, _after_words(page.text, head, words))
        rest = tail if len(parts) > 1 else _Part(begin.stop, tail.stop)
        end = _Part(_before_words(page.text, rest, words), tail.stop)
        if not page.text[end.start : end.stop].strip():
            begin, end = head, _NOTHING
    count = words - _WORDS + 2
    prefix, suffix = _edge_before(page, head.start), _edge_behind(page, tail.stop)
    yield begin, end, prefix, suffix
    before = prefix if prefix.stop else _words_before(page, head.start, count)
    behind = suffix if suffix.stop else _words_behind(page, tail.stop, count)
    for ahead, after in ((before, suffix), (prefix, behind), (before, behind)):
        yield begin, end, ahead, after


def _parts(page: CaptureText, first: int, last: int) -> list[_Part]:
    cuts = {first, last}
    for match in _PART.finditer(page.text, first, last):
        cuts |= {match.start(), match.end()}
    cuts |= {at for at in _cuts(page, first, last) if first < at < last}
    edges = sorted(cuts)
    found = []
    for start, stop in pairwise(edges):
        text = page.text[start:stop]
        if any(map(str.isalnum, text)):
            lead = len(text) - len(text.lstrip())
            found.append(_Part(start + lead, start + len(text.rstrip())))
    return found


def _after_words(text: str, part: _Part, count: int) -> int:
    """Where the first words of a part stop; of a script without spaces, at a stop of the sentence."""
    at = part.start
    for match in re.finditer(r"\S+", text[part.start : part.stop]):
        at = part.start + match.end()
        count -= 1
        if count <= 0:
            break
    if UNSPACED.search(text, part.start, at):
        stop = _STOP.search(text, min(part.start + count + _WORDS, part.stop), part.stop)
        return stop.start() if stop else part.stop
    return at


def _before_words(text: str, part: _Part, count: int) -> int:
    """Where the last words of a part begin."""
    words = list(re.finditer(r"\S+", text[part.start : part.stop]))
    if not words:
        return part.stop
    at = part.start + words[-min(count, len(words))].start()
    if UNSPACED.search(text, at, part.stop):
        stops = [
            match.end() for match in _STOP.finditer(text, part.start, max(part.start, part.stop - _WORDS))
        ]
        return stops[-1] if stops else part.start
    return at


def _edge_before(page: CaptureText, at: int) -> _Part:
    """What stands before a word of a script without spaces, back to where a word surely begins."""
    text, start = page.text, at
    if not (UNSPACED.match(text, at) and at and UNSPACED.match(text, at - 1)):
        return _NOTHING
    while start and not _STOP.match(text[start - 1]):
        start -= 1
    return _Part(start, at)


def _edge_behind(page: CaptureText, at: int) -> _Part:
    text, stop = page.text, at
    if not (at < len(text) and UNSPACED.match(text, at) and UNSPACED.match(text, at - 1)):
        return _NOTHING
    while stop < len(text) and not _STOP.match(text[stop]):
        stop += 1
    return _Part(at, stop)


def _words_before(page: CaptureText, at: int, count: int) -> _Part:
    """The last words before a place, of its block, or else of the block before that."""
    start = max(0, at - _REACH)
    last = start + len(page.text[start:at].rstrip())
    blocks = [match.end() for match in _PART.finditer(page.text, start, last)]
    part = _Part(max([start, *blocks, *_cuts(page, start, last)]), last)
    return _Part(_before_words(page.text, part, count), last) if last > part.start else _NOTHING


def _words_behind(page: CaptureText, at: int, count: int) -> _Part:
    """The first words behind a place, of its block, or else of the block behind that."""
    stop = min(len(page.text), at + _REACH)
    first = re.compile(r"\S").search(page.text, at, stop)
    if not first:
        return _NOTHING
    end = _PART.search(page.text, first.start(), stop)
    edges = [cut for cut in _cuts(page, first.start(), stop) if cut > first.start()]
    part = _Part(first.start(), min([end.start() if end else stop, *edges]))
    return _Part(part.start, _after_words(page.text, part, count))


def _cuts(page: CaptureText, start: int, stop: int) -> list[int]:
    """Where a browser may have words that the text has not."""
    return [span.start for span in page.structure if span.label == "note" and start <= span.start <= stop]


def _words(page: CaptureText, part: _Part) -> str:
    """The words of a part as they stand in the page's code, where a raised digit is a digit."""
    text = page.text[part.start : part.stop]
    for span in reversed(page.structure):
        at, until = span.start - part.start, span.end - part.start
        if span.label.startswith("note ") and 0 < at <= len(text):
            text = text[:at] + span.label.removeprefix("note ") + text[at:]
        elif span.label == "raised" and at >= 0 and until <= part.stop - part.start:
            text = text[:at] + unicodedata.normalize("NFKC", text[at:until]) + text[until:]
    return text


def _opens_here(page: CaptureText, way: tuple[_Part, ...], start: int, stop: int) -> bool:
    """Whether the first place that a browser finds is this one, give or take marks at its edges."""
    terms = (page.text[part.start : part.stop] for part in way)
    found = next(places(page.normal, Passage("", "", *terms)), None)
    return found is not None and abs(found.start - start) <= 2 and abs(found.stop - stop) <= 2
