"""One passage looked for on one page: whether it stands there, and if not, what stands there instead."""

from __future__ import annotations

from itertools import islice

from kit.evidence.findings import Kept, Verdict, missing, said, verdict_at
from kit.evidence.near import ALIKE, Near, differences, nearest, standing
from kit.evidence.passages import LONGEST, SHORTEST, Passage, Place, located, places, weight
from kit.evidence.quoting import quoted

_MANY = 9
#: How alike words must be where nothing else of the passage is on an excerpt: most of the page was not seen.
_ALIKE_ALONE = 90.0
#: How alike one end must be where the other stands on the page word for word.
_ALIKE_BESIDE = 65.0


def read(page: Kept, passage: Passage) -> Verdict | None:
    """The verdict when the page has the passage, in one place or several; nothing where it has not.

    A quotation is compared with the text between the ends, or with the whole page where no ends are given.
    """
    if not passage.term("start"):
        verdict = quoted(page, passage)
        return verdict if verdict.holds or verdict.verdict == "ambiguous" else None
    found = list(islice(places(page.normal, passage), _MANY))
    loose = not found
    if loose:
        found = list(islice(places(page.normal, passage, blocks=False), _MANY))
    if not found:
        return None
    notes, remedy = [], ""
    if passage.locator and (stretch := located(page.normal, passage.locator)):
        inside = [place for place in found if stretch[0] <= place.start < stretch[1]]
        if not inside:
            notes, remedy = [f"not at {passage.locator!r}"], "mend `locator`"
        found = inside or found
    place = found[0]
    span = place.start, place.stop
    if sum(weight(passage.term(name)) for name in ("start", "end", "prefix", "suffix")) < SHORTEST:
        return verdict_at(
            page, passage.id, "ambiguous", span, f"fewer than {SHORTEST} characters prove nothing alone"
        )
    if len(found) > 1:
        several = f"{len(found)} places" + " or more" * (len(found) == _MANY)
        return verdict_at(page, passage.id, "ambiguous", span, several)
    if passage.quotation:
        return quoted(page, passage, span)
    notes += ["runs over a paragraph's end"] * loose
    name = "exact" if not loose and _as_captured(page, passage, place) else "normalised"
    return verdict_at(page, passage.id, name, span, "; ".join(notes), (), remedy)


def instead(page: Kept, passage: Passage) -> Verdict:
    """What the page has in place of a passage that is not on it: altered, spliced, or nothing like it.

    An excerpt proves no absence: what it lacks is `not-captured`.
    """
    if not passage.term("start"):
        return quoted(page, passage)
    start, end = (page.normal.broken(passage.term(name)) for name in ("start", "end"))
    bare = Passage(passage.id, passage.source, passage.start, passage.end)
    if (passage.prefix or passage.suffix) and (place := next(places(page.normal, bare, blocks=False), None)):
        span = place.start, place.stop
        return verdict_at(
            page, passage.id, "altered", span, "stands there, but not next to that prefix and suffix"
        )
    first = standing(page.normal.folded, start)
    last = standing(page.normal.folded, end) if end else -1
    if first >= 0 and last >= 0:
        return _parted(page, passage, first, last)
    begins, ends = _nearest(page, passage, first, last)
    if begins and ends and begins.start < ends.stop <= begins.start + LONGEST:
        sure = max(begins.alike, ends.alike) if end else begins.alike
        if not page.excerpt or sure >= _ALIKE_ALONE:
            return _altered(page, passage, begins, ends)
    if first >= 0 or last >= 0:
        there, lacking = ("first", "last") if first >= 0 else ("last", "first")
        return missing(page, passage.id, f"the {there} words are there, the {lacking} are not")
    return missing(page, passage.id)


def _nearest(page: Kept, passage: Passage, first: int, last: int) -> tuple[Near | None, Near | None]:
    """What is most like the first and the last words; one that is there lets the other be less alike, close by."""
    start, end = passage.term("start"), passage.term("end")
    if last >= 0:
        stop = last + len(end)
        reach = max(0, stop - LONGEST)
        return nearest(page.normal, start, reach, last, _ALIKE_BESIDE), Near(last, stop, 100.0)
    begins = Near(first, first + len(start), 100.0) if first >= 0 else nearest(page.normal, start)
    if not end or begins is None:
        return begins, begins
    reach = min(len(page.normal.text), begins.start + LONGEST)
    alike = _ALIKE_BESIDE if first >= 0 else ALIKE
    return begins, nearest(page.normal, end, begins.stop, reach, alike)


def _parted(page: Kept, passage: Passage, first: int, last: int) -> Verdict:
    """Both ends are there, but not one after the other within reach."""
    text, start, end = page.normal.folded, passage.term("start"), passage.term("end")
    overlap = standing(text, end, first)
    if first <= overlap < first + len(start) <= overlap + len(end):
        span = first, overlap + len(end)
        return verdict_at(
            page,
            passage.id,
            "normalised",
            span,
            "the first and the last words overlap",
            (),
            "shorten `start` or `end`",
        )
    if last < first:
        return verdict_at(
            page, passage.id, "spliced", (last, first + len(start)), "the last words stand before the first"
        )
    how = f"the ends stand {last - first:,} characters apart"
    return verdict_at(page, passage.id, "spliced", (first, last + len(end)), how)


def _altered(page: Kept, passage: Passage, begins: Near, ends: Near) -> Verdict:
    text = page.normal.text
    pairs = differences(passage.start, text[begins.start : begins.stop])
    if passage.term("end"):
        pairs += differences(passage.end, text[ends.start : ends.stop])
    return verdict_at(
        page,
        passage.id,
        "altered",
        (begins.start, ends.stop),
        said(pairs) or "the punctuation differs",
        pairs,
    )


def _as_captured(page: Kept, passage: Passage, place: Place) -> bool:
    if page.original(place.start, place.start_stop) != passage.start.strip():
        return False
    return not passage.term("end") or page.original(place.end_start, place.stop) == passage.end.strip()
