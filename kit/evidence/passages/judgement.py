"""One passage looked for on one page: whether it stands there, and if not, what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise, starmap

from kit.evidence.passages import quotation
from kit.evidence.passages.capture_text import CaptureText, page_numbers, part_of_page, rank
from kit.evidence.passages.fragments import fragment
from kit.evidence.passages.matching import (
    LONGEST_PASSAGE,
    SHORTEST_PASSAGE,
    Passage,
    Place,
    located,
    named_pages,
    places,
    weight,
)
from kit.evidence.passages.nearest import (
    ALIKE,
    Near,
    differing_words,
    find_words,
    nearest_stretch,
    spliced_parts,
)
from kit.evidence.passages.quotation import BRACKETED, QuotedPiece, chains
from kit.evidence.passages.verdict import Verdict, absent, altered_at, noticed, verdict_at
from kit.text.normalise import fold, normalise

Spans = list[tuple[int, int]]

#: So many places are looked at; of more it is only said that there are more.
_MANY = 9
#: Characters that may stand between two parts that were one, as around a word left out.
_LITTLE = 20
#: A stretch as like as this is the one meant, altered; what is less like may be put together from several.
_ALIKE_ENOUGH = 92.0
#: How alike words must be where nothing else of the passage is on an excerpt: most of the page was not seen.
_ALIKE_ALONE = 90.0
#: How alike one end must be where the other stands on the page word for word.
_ALIKE_BESIDE = 65.0
#: Characters from a passage's first word to its last from which on a person is told.
LONG = 600
_SAY_NO = "quote the words that say so, or say it in your own without quotation marks"
_OVER_BLOCKS = "words of two blocks (paragraphs, items, rows) are joined"
_NAME_ENDS = "take `start` and `end` each from one block"
_TOO_SHORT = f"fewer than {SHORTEST_PASSAGE} characters prove nothing alone"


def _several(count: int) -> str:
    return f"{count} places" + " or more" * (count == _MANY)


def judge_quotation(page: CaptureText, passage: Passage, within: tuple[int, int] | None = None) -> Verdict:
    """The verdict on the quotation of ``passage``, against the page between two offsets or against all of it.

    Ellipses keep the order and leave out a bounded stretch of one speaker's words; what stands in brackets is
    shown for a person to judge. Without ``within`` the words must stand in one place only and be long enough
    to prove something.
    """
    normal, at = page.normal, partial(verdict_at, page, passage.id)
    sought, brackets = quotation.quoted_pieces(passage.quotation)
    sought = [replace(piece, text=normal.broken(piece.text)) for piece in sought]
    start, stop = within or (0, len(normal.text))
    if not sought:
        return absent(page, passage.id, "the quotation has no words of the source's")
    ways = list(islice(chains(normal, sought, start, stop), 1 if within else _MANY))
    if ways:
        nearest = min(rank(page, way[0][0], way[-1][1]) for way in ways)
        ways = [way for way in ways if rank(page, way[0][0], way[-1][1]) == nearest]
    if not ways:
        return _not_quoted(page, passage, sought, start, stop)
    way = ways[0]
    if found := _two_speakers(page, way):
        return at("spliced", way, found)
    if any(joins_blocks(normal.text[first:last]) for first, last in way):
        return at("spliced", way, _OVER_BLOCKS)
    read = ((piece.text, normal.text[first:last]) for piece, (first, last) in zip(sought, way, strict=True))
    if pairs := tuple(chain.from_iterable(starmap(quotation.differing_letters, read))):
        return altered_at(page, passage.id, way, pairs)
    if within is None and sum(weight(piece.folded) for piece in sought) < SHORTEST_PASSAGE:
        return at("ambiguous", way, _TOO_SHORT)
    if len(ways) > 1:
        return at("ambiguous", way, _several(len(ways)))
    if turn := _turned(page, sought, way):
        return replace(at("altered", way, turn), remedy=_SAY_NO)
    shown = [f"{mark} is the quoter's" for mark in brackets]
    gaps = [len(normal.text[one[1] : after[0]].split()) for one, after in pairwise(way)]
    shown += [f"{count} words left out" for count in gaps if count]
    bare = passage.quotation.strip().strip("\"'“”‘’«»„.,;: ")
    exact = len(way) == 1 and not brackets and page.original(*way[0]) == bare
    span = way[0][0], way[-1][1]
    notices = [part_of_page(page, *span)]
    notices += [("cut", words) for words in quotation.cut_ends(normal.text, *span, page.language)]
    verdict = at("exact" if exact else "normalised", way, "; ".join(shown))
    return replace(verdict, notices=noticed(notices))


def _turned(page: CaptureText, sought: list[QuotedPiece], way: Spans) -> str:
    """What an ellipsis or a bracket does to the meaning, in words; '' where it does nothing that words tell."""
    text, first = page.normal.text, sought[0]
    before = text[max(0, way[0][0] - BRACKETED) : way[0][0]].rpartition("\n")[2]
    gaps = [f"; {before}" if first.gap else "", *(text[one[1] : after[0]] for one, after in pairwise(way))]
    for gap, piece in zip(gaps, sought, strict=True):
        dash = " - " if piece.text.startswith("-") else ""
        if turn := quotation.turned(gap + dash, piece.put_in, piece.text, page.language):
            return turn
    return ""


def joins_blocks(words: str) -> bool:
    """Whether words run over a block's end in the midst of a sentence.

    >>> joins_blocks("A fine of 12\\n500 people"), joins_blocks("They paid.\\nThey left.")
    (True, False)
    """
    return any(
        not re.search(r"[.!?…:][\"')\]]*$", before) or re.match(r"[\"'(\[]*[a-z0-9]", after) is not None
        for before, after in pairwise(words.split("\n"))
    )


def _not_quoted(
    page: CaptureText, passage: Passage, sought: list[QuotedPiece], start: int, stop: int
) -> Verdict:
    """What stands in place of the quotation: altered, put together, elsewhere, or nothing like it."""
    normal, at = page.normal, partial(verdict_at, page, passage.id)
    spans, alike = _nearly(page, sought, start, stop)
    joined = spliced_parts(normal, sought[0].folded) if len(sought) == 1 and alike < _ALIKE_ENOUGH else []
    if joined and not (spans and _together(joined)):
        how = f"put together from {len(joined)} places without an ellipsis"
        return at("spliced", sorted(joined), how)
    if spans:
        read = ((piece.text, normal.text[a:b]) for piece, (a, b) in zip(sought, spans, strict=True))
        return altered_at(page, passage.id, spans, tuple(chain.from_iterable(starmap(differing_words, read))))
    stretches = [find_words(normal.folded, piece.folded) for piece in sought]
    if len(sought) > 1 and min(stretches) >= 0:
        how = "too far apart" if stretches == sorted(stretches) else "in another order"
        way = sorted((at, at + len(piece.text)) for at, piece in zip(stretches, sought, strict=True))
        return at("spliced", way, f"its parts stand {how}")
    whole = 0, len(normal.text)
    if (start, stop) != whole and (elsewhere := next(chains(normal, sought, *whole), None)):
        found = "stands on the page, but not between the ends"
        return at("not-found", elsewhere, found, remedy="move `start` and `end`")
    return absent(page, passage.id)


def _nearly(page: CaptureText, sought: list[QuotedPiece], start: int, stop: int) -> tuple[Spans, float]:
    """Where the pieces stand in order and within reach, word for word or nearly, and how alike the least alike is."""
    spans: Spans = []
    after, reach, alike = start, stop, 100.0
    for number, piece in enumerate(sought):
        if number:
            reach = min(stop, after + piece.gap + 2 * len(piece.text))
        at = find_words(page.normal.folded, piece.folded, after)
        if at >= 0 and at + len(piece.text) <= reach:
            spans.append((at, at + len(piece.text)))
        elif near := nearest_stretch(page.normal, piece.folded, after, reach):
            spans.append((near.start, near.stop))
            alike = min(alike, near.alike)
        else:
            return [], 0.0
        after = spans[-1][1]
    return spans, alike


def _together(spans: Spans) -> bool:
    """Whether parts stand in order with little between them, as around a word left out."""
    return all(0 <= second[0] - first[1] <= _LITTLE for first, second in pairwise(spans))


def _two_speakers(page: CaptureText, way: Spans) -> str:
    names = [quotation.speaker(page.normal, *span) for span in way]
    for first, second in pairwise(names):
        if quotation.other_speaker(first, second):
            return f"joins the words of {first} and of {second}"
    return ""


def find_passage(page: CaptureText, passage: Passage) -> Verdict | None:
    """The verdict when the page has the passage, in one place or several; nothing where it has not.

    A quotation is compared with the text between the ends, or with the whole page where no ends are given. Of several
    places those in the article count, or else those beside it, or else those that nobody sees.
    """
    if not passage.term("start"):
        verdict = judge_quotation(page, passage)
        return verdict if verdict.holds or verdict.verdict == "ambiguous" else None
    found = list(islice(places(page.normal, passage), _MANY))
    if not found:
        return None
    nearest = min(rank(page, place.start, place.stop) for place in found)
    found = [place for place in found if rank(page, place.start, place.stop) == nearest]
    notices: list[tuple[str, str]] = []
    if passage.locator:
        inside = [place for place in found if _at_locator(page, passage.locator, place)]
        if not inside:
            notices.append(("locator", f"not at {passage.locator!r}{_page_of(page, found[0])}"))
        found = inside or found
    place, at = found[0], partial(verdict_at, page, passage.id)
    span = place.start, place.stop
    if sum(weight(passage.term(name)) for name in ("start", "end", "prefix", "suffix")) < SHORTEST_PASSAGE:
        return at("ambiguous", [span], _TOO_SHORT)
    if len(found) > 1:
        return at("ambiguous", [span], _several(len(found)))
    if passage.quotation:
        return judge_quotation(page, passage, span)
    notices += _notices(page, passage, place)
    name = "exact" if _as_captured(page, passage, place) else "normalised"
    return replace(at(name, [span]), link=fragment(page, *span), notices=noticed(notices))


def _at_locator(page: CaptureText, locator: str, place: Place) -> bool:
    """Whether a place is where a locator says, as far as that can be told: on that page, or in that paragraph."""
    pages, numbers = named_pages(locator), page_numbers(page, place.start)
    if pages and numbers:
        return any(pages[0] <= number <= pages[1] for number in numbers)
    stretch = located(page.normal, locator)
    return stretch is None or stretch[0] <= place.start < stretch[1]


def _page_of(page: CaptureText, place: Place) -> str:
    numbers = page_numbers(page, place.start)
    return f", but on page {min(numbers)} of the file" if len(numbers) == 1 else ""


def _notices(page: CaptureText, passage: Passage, place: Place) -> Iterator[tuple[str, str]]:
    """What a person should know of a passage that stands there."""
    text = page.normal.text
    yield part_of_page(page, place.start, place.stop)
    blocks, length = text.count("\n", place.start, place.stop) + 1, place.stop - place.start
    speakers = [
        quotation.speaker(page.normal, *ends)
        for ends in ((place.start, place.start_stop), (place.end_start, place.stop))
    ]
    if quotation.other_speaker(*speakers):
        yield "span", f"from the words of {speakers[0]} to those of {speakers[1]}, {length:,} characters"
    elif blocks > 1:
        yield "span", f"{length:,} characters over {blocks} blocks"
    elif length > LONG:
        yield "span", f"{length:,} characters"
    for words in quotation.cut_ends(text, place.start, place.stop, page.language):
        yield "cut", words
    theirs = text[place.start : place.start_stop], text[place.end_start : place.stop]
    for ours, other in zip((passage.start, passage.end), theirs, strict=True):
        ours = normalise(ours).text
        if ours and fold(ours) == fold(other) and (words := quotation.other_acronyms(ours, other)):
            yield "cut", words


def _as_captured(page: CaptureText, passage: Passage, place: Place) -> bool:
    if page.original(place.start, place.start_stop) != passage.start.strip():
        return False
    return not passage.term("end") or page.original(place.end_start, place.stop) == passage.end.strip()


def explain_absence(page: CaptureText, passage: Passage) -> Verdict:
    """What the page has in place of a passage that is not on it: altered, spliced, or nothing like it.

    An excerpt proves no absence: what it lacks is `not-captured`.
    """
    if not passage.term("start"):
        return judge_quotation(page, passage)
    start, end = (page.normal.broken(passage.term(name)) for name in ("start", "end"))
    bare = Passage(passage.id, passage.source, passage.start, passage.end)
    if (passage.prefix or passage.suffix) and (place := next(places(page.normal, bare, blocks=False), None)):
        found = "stands there, but not next to that prefix and suffix"
        return verdict_at(page, passage.id, "altered", [(place.start, place.stop)], found)
    if place := next(places(page.normal, passage, blocks=False), None):
        joined = verdict_at(
            page, passage.id, "spliced", [(place.start, place.stop)], _OVER_BLOCKS, remedy=_NAME_ENDS
        )
        return replace(joined, link=fragment(page, place.start, place.stop))
    first = find_words(page.normal.folded, start)
    last = find_words(page.normal.folded, end) if end else -1
    if first >= 0 and last >= 0:
        return _ends_apart(page, passage, first, last)
    begins, ends = _nearest(page, passage, first, last)
    if begins and ends and begins.start < ends.stop <= begins.start + LONGEST_PASSAGE:
        sure = max(begins.alike, ends.alike) if end else begins.alike
        if not page.excerpt or sure >= _ALIKE_ALONE:
            pairs = differing_words(passage.start, page.normal.text[begins.start : begins.stop])
            if end:
                pairs += differing_words(passage.end, page.normal.text[ends.start : ends.stop])
            return altered_at(page, passage.id, [(begins.start, ends.stop)], pairs)
    if first >= 0 or last >= 0:
        there, lacking = ("first", "last") if first >= 0 else ("last", "first")
        return absent(page, passage.id, f"the {there} words are there, the {lacking} are not")
    return absent(page, passage.id)


def _nearest(page: CaptureText, passage: Passage, first: int, last: int) -> tuple[Near | None, Near | None]:
    """What is most like the first and the last words; one that is there lets the other be less alike, close by."""
    start, end = passage.term("start"), passage.term("end")
    if last >= 0:
        stop = last + len(end)
        reach = max(0, stop - LONGEST_PASSAGE)
        return nearest_stretch(page.normal, start, reach, last, _ALIKE_BESIDE), Near(last, stop, 100.0)
    begins = Near(first, first + len(start), 100.0) if first >= 0 else nearest_stretch(page.normal, start)
    if not end or begins is None:
        return begins, begins
    reach = min(len(page.normal.text), begins.start + LONGEST_PASSAGE)
    alike = _ALIKE_BESIDE if first >= 0 else ALIKE
    return begins, nearest_stretch(page.normal, end, begins.stop, reach, alike)


def _ends_apart(page: CaptureText, passage: Passage, first: int, last: int) -> Verdict:
    """Both ends are there, but not one after the other within reach."""
    at, start, end = partial(verdict_at, page, passage.id), passage.term("start"), passage.term("end")
    overlap = find_words(page.normal.folded, end, first)
    if first <= overlap < first + len(start) <= overlap + len(end):
        found, remedy = "the first and the last words overlap", "shorten `start` or `end`"
        return at("normalised", [(first, overlap + len(end))], found, remedy=remedy)
    if last < first:
        return at("spliced", [(last, first + len(start))], "the last words stand before the first")
    found = f"the ends stand {last - first:,} characters apart"
    return at("spliced", [(first, last + len(end))], found)
