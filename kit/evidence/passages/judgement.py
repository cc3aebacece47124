"""One passage looked for on one page: whether it stands there, and if not, what stands there instead."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise, starmap

from kit.evidence.passages import matching, quotation
from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.matching import LONGEST_PASSAGE, SHORTEST_PASSAGE, Passage, Place, places, weight
from kit.evidence.passages.nearest import (
    ALIKE,
    Near,
    differing_words,
    find_words,
    nearest_stretch,
    spliced_parts,
)
from kit.evidence.passages.quotation import QuotedPiece, chains
from kit.evidence.passages.verdict import Verdict, absent, altered_at, verdict_at

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
    if not ways:
        return _not_quoted(page, passage, sought, start, stop)
    way = ways[0]
    if found := _two_speakers(page, way):
        return at("spliced", way, found)
    read = ((piece.text, normal.text[first:last]) for piece, (first, last) in zip(sought, way, strict=True))
    if pairs := tuple(chain.from_iterable(starmap(quotation.differing_letters, read))):
        return altered_at(page, passage.id, way, pairs)
    if within is None and sum(weight(piece.folded) for piece in sought) < SHORTEST_PASSAGE:
        return at("ambiguous", way, _TOO_SHORT)
    if len(ways) > 1:
        return at("ambiguous", way, _several(len(ways)))
    shown = [f"{mark} is the quoter's" for mark in brackets]
    gaps = [len(normal.text[one[1] : after[0]].split()) for one, after in pairwise(way)]
    shown += [f"{count} words left out" for count in gaps if count]
    bare = passage.quotation.strip().strip("\"'“”‘’«»„.,;: ")
    exact = len(way) == 1 and not brackets and page.original(*way[0]) == bare
    return at("exact" if exact else "normalised", way, "; ".join(shown))


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

    A quotation is compared with the text between the ends, or with the whole page where no ends are given.
    """
    if not passage.term("start"):
        verdict = judge_quotation(page, passage)
        return verdict if verdict.holds or verdict.verdict == "ambiguous" else None
    found = list(islice(places(page.normal, passage), _MANY))
    loose = not found
    if loose:
        found = list(islice(places(page.normal, passage, blocks=False), _MANY))
    if not found:
        return None
    notes, remedy = [], ""
    if passage.locator and (stretch := matching.located(page.normal, passage.locator)):
        inside = [place for place in found if stretch[0] <= place.start < stretch[1]]
        if not inside:
            notes, remedy = [f"not at {passage.locator!r}"], "mend `locator`"
        found = inside or found
    place, at = found[0], partial(verdict_at, page, passage.id)
    span = place.start, place.stop
    if sum(weight(passage.term(name)) for name in ("start", "end", "prefix", "suffix")) < SHORTEST_PASSAGE:
        return at("ambiguous", [span], _TOO_SHORT)
    if len(found) > 1:
        return at("ambiguous", [span], _several(len(found)))
    if passage.quotation:
        return judge_quotation(page, passage, span)
    notes += ["runs over a paragraph's end"] * loose
    name = "exact" if not loose and _as_captured(page, passage, place) else "normalised"
    return at(name, [span], "; ".join(notes), remedy=remedy)


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
