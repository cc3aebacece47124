"""A quotation held against a page: the words between quotation marks against the words that stand there."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise

from kit.evidence.findings import Kept, Verdict, missing, said, verdict_at
from kit.evidence.near import differences, nearest, parts, standing
from kit.evidence.passages import SHORTEST, Passage, weight
from kit.evidence.quotations import Piece, chains, letters, pieces
from kit.evidence.speakers import other, speaker

_MANY = 9
_LITTLE = 20
#: A stretch as like as this is the one meant, altered; what is less like may be put together from several.
_ALIKE_ENOUGH = 92.0
Span = tuple[int, int]


def quoted(page: Kept, passage: Passage, within: Span | None = None) -> Verdict:
    """The verdict on the quotation of ``passage``, against the page between two offsets or against all of it.

    Ellipses keep the order and leave out a bounded stretch of one speaker's words; what stands in brackets is
    shown for a person to judge. Without ``within`` the words must stand in one place only and be long enough
    to prove something.
    """
    sought, brackets = pieces(passage.quotation)
    sought = [replace(piece, text=page.normal.broken(piece.text)) for piece in sought]
    start, stop = within or (0, len(page.normal.text))
    if not sought:
        return missing(page, passage.id, "the quotation has no words of the source's")
    ways = list(islice(chains(page.normal, sought, start, stop), 1 if within else _MANY))
    if not ways:
        return _instead(page, passage, sought, start, stop)
    way = ways[0]
    if parted := _speakers(page, way):
        return _at(page, passage, "spliced", way, parted)
    pairs = tuple(
        pair
        for piece, (first, last) in zip(sought, way, strict=True)
        for pair in letters(piece.text, page.normal.text[first:last])
    )
    if pairs:
        return _at(page, passage, "altered", way, said(pairs), pairs)
    if within is None and sum(weight(piece.folded) for piece in sought) < SHORTEST:
        return _at(page, passage, "ambiguous", way, f"fewer than {SHORTEST} characters prove nothing alone")
    if len(ways) > 1:
        return _at(page, passage, "ambiguous", way, f"{len(ways)} places" + " or more" * (len(ways) == _MANY))
    shown = [f"{mark} is the quoter's" for mark in brackets]
    gaps = [len(page.normal.text[one[1] : after[0]].split()) for one, after in pairwise(way)]
    shown += [f"{count} words left out" for count in gaps if count]
    bare = passage.quotation.strip().strip("\"'“”‘’«»„.,;: ")
    exact = len(way) == 1 and not brackets and page.original(*way[0]) == bare
    return _at(page, passage, "exact" if exact else "normalised", way, "; ".join(shown))


def _instead(page: Kept, passage: Passage, sought: list[Piece], start: int, stop: int) -> Verdict:
    """What stands in place of the quotation: altered, put together, elsewhere, or nothing like it."""
    text = page.normal.text
    spans, alike = _nearly(page, sought, start, stop)
    joined = parts(page.normal, sought[0].folded) if len(sought) == 1 and alike < _ALIKE_ENOUGH else []
    if joined and not (spans and _together(joined)):
        how = f"put together from {len(joined)} places without an ellipsis"
        return _at(page, passage, "spliced", sorted(joined), how)
    if spans:
        read = ((piece.text, text[a:b]) for piece, (a, b) in zip(sought, spans, strict=True))
        pairs = tuple(pair for ours, theirs in read for pair in differences(ours, theirs))
        return _at(page, passage, "altered", spans, said(pairs) or "the punctuation differs", pairs)
    stretches = [standing(page.normal.folded, piece.folded) for piece in sought]
    if len(sought) > 1 and min(stretches) >= 0:
        how = "too far apart" if stretches == sorted(stretches) else "in another order"
        way = sorted((at, at + len(piece.text)) for at, piece in zip(stretches, sought, strict=True))
        return _at(page, passage, "spliced", way, f"its parts stand {how}")
    if (start, stop) != (0, len(text)) and (
        elsewhere := next(chains(page.normal, sought, 0, len(text)), None)
    ):
        found, remedy = "stands on the page, but not between the ends", "move `start` and `end`"
        return _at(page, passage, "not-found", elsewhere, found, (), remedy)
    return missing(page, passage.id)


def _nearly(page: Kept, sought: list[Piece], start: int, stop: int) -> tuple[list[Span], float]:
    """Where the pieces stand in order and within reach, word for word or nearly, and how alike the least alike is."""
    spans: list[Span] = []
    after, reach, alike = start, stop, 100.0
    for number, piece in enumerate(sought):
        if number:
            reach = min(stop, after + piece.gap + 2 * len(piece.text))
        at = standing(page.normal.folded, piece.folded, after)
        if at >= 0 and at + len(piece.text) <= reach:
            spans.append((at, at + len(piece.text)))
        elif near := nearest(page.normal, piece.folded, after, reach):
            spans.append((near.start, near.stop))
            alike = min(alike, near.alike)
        else:
            return [], 0.0
        after = spans[-1][1]
    return spans, alike


def _together(spans: list[Span]) -> bool:
    """Whether parts stand in order with little between them, as around a word left out."""
    return all(0 <= second[0] - first[1] <= _LITTLE for first, second in pairwise(spans))


def _speakers(page: Kept, way: list[Span]) -> str:
    names = [speaker(page.normal, *span) for span in way]
    for first, second in pairwise(names):
        if other(first, second):
            return f"joins the words of {first} and of {second}"
    return ""


def _at(
    page: Kept,
    passage: Passage,
    name: str,
    way: list[Span],
    found: str,
    differing: tuple[tuple[str, str], ...] = (),
    remedy: str | None = None,
) -> Verdict:
    return verdict_at(page, passage.id, name, (way[0][0], way[-1][1]), found, differing, remedy)
