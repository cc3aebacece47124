"""Every passage against every capture, and which verdicts must be renewed when a capture changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from kit.evidence.findings import REMEDIES, Kept, Verdict, said
from kit.evidence.near import differences
from kit.evidence.normal import fold
from kit.evidence.passages import Passage
from kit.evidence.quotations import pieces
from kit.evidence.reading import instead, read
from kit.evidence.texts import Texts

_STANDS = "stands in "


def check(passages: Iterable[Passage], texts: Texts) -> list[Verdict]:
    """The verdict on each passage, in the order given.

    The newest capture of the passage's source decides. An earlier one that still has the words makes the
    verdict `changed`, unless all that came after are excerpts, which prove no absence. What no capture of the
    source has is looked for in all others: found word for word, it is `wrong-source`, or stays `not-captured`
    where only an excerpt of the source is kept.
    """
    passages = list(passages)
    verdicts: dict[str, Verdict] = {}
    lacking: list[Passage] = []
    ordered = sorted(passages, key=lambda passage: passage.source)
    for source, group in groupby(ordered, key=lambda passage: passage.source):
        pages = texts.of(source)
        for passage in group:
            verdict = verdicts[passage.id] = _own(pages, passage)
            if _lacks(verdict):
                lacking.append(passage)
    _elsewhere(lacking, texts, verdicts)
    return [verdicts[passage.id] for passage in passages]


def recheck(
    passages: Iterable[Passage], texts: Texts, earlier: Mapping[str, Verdict], changed: Collection[str]
) -> list[Verdict]:
    """The verdicts after the captures ``changed`` came or changed: as `check` gives them, from ``earlier``.

    Read again are passages of those sources, those that were found in those captures or may stand in them now,
    and new ones. After a capture was dropped everything must be checked.
    """
    passages = list(passages)
    of = texts.sources()
    sources = {of[id] for id in changed}
    again, elsewhere = [], []
    for passage in passages:
        before = earlier.get(passage.id)
        if before is None or passage.source in sources or before.capture in changed:
            again.append(passage)
        elif before.verdict == "wrong-source" or _lacks(before):
            elsewhere.append(passage)
    holding = texts.holding({passage.id: _terms(passage) for passage in elsewhere}, changed)
    named = tuple(f"{_STANDS}{source}" for source in sources)
    again += [p for p in elsewhere if holding[p.id] or earlier[p.id].found.endswith(named)]
    renewed = {verdict.passage: verdict for verdict in check(again, texts)}
    return [renewed.get(passage.id) or earlier[passage.id] for passage in passages]


def _lacks(verdict: Verdict) -> bool:
    return verdict.verdict in ("not-found", "not-captured") and verdict.start < 0


def _own(pages: list[Kept], passage: Passage) -> Verdict:
    """What the captures of the passage's own source, the oldest first, say of it."""
    if not pages:
        return Verdict(
            passage.id, "not-captured", found="no capture of its source", remedy=REMEDIES["not-captured"]
        )
    now: Verdict | None = None
    unseen = True
    for number, page in reversed(list(enumerate(pages))):
        verdict = read(page, passage)
        if verdict and (verdict.holds or verdict.verdict == "ambiguous"):
            if unseen:
                return _edited(page, pages[:number], passage, verdict)
            reads = f"; it now {now.found}" if now and now.differing else ""
            found = f"stood there on {page.captured_at:%Y-%m-%d}, not in the newest capture{reads}"
            return replace(verdict, verdict="changed", found=found, remedy=REMEDIES["changed"])
        if (unseen and not page.excerpt) or now is None:
            now = verdict or instead(page, passage)
        unseen = unseen and page.excerpt
    assert now is not None
    return now


def _edited(page: Kept, before: list[Kept], passage: Passage, verdict: Verdict) -> Verdict:
    """The verdict, or `changed` where an earlier capture has other words between the same ends."""
    if not verdict.holds or passage.quotation:
        return verdict
    for old in reversed(before):
        then = read(old, passage)
        if then and then.holds:
            ours, theirs = (
                old.normal.text[then.start : then.stop],
                page.normal.text[verdict.start : verdict.stop],
            )
            if fold(ours) == fold(theirs):
                continue
            pairs = differences(ours, theirs)
            found = f"since {old.captured_at:%Y-%m-%d} it {said(pairs) or 'has other punctuation'}"
            remedy = "see which words the fact rests on, and narrow `start` and `end` to what stands in both"
            return replace(verdict, verdict="changed", found=found, remedy=remedy, differing=pairs)
    return verdict


def _elsewhere(lacking: list[Passage], texts: Texts, verdicts: dict[str, Verdict]) -> None:
    """Look in the other captures for what its own source lacks, and say where it is."""
    of = texts.sources()
    holding = texts.holding({passage.id: _terms(passage) for passage in lacking})
    wanted: dict[str, list[Passage]] = {}
    for passage in lacking:
        for id in holding[passage.id]:
            if of[id] != passage.source:
                wanted.setdefault(id, []).append(passage)
    settled: set[str] = set()
    for id in sorted(wanted):
        waiting = [passage for passage in wanted[id] if passage.id not in settled]
        if not waiting:
            continue
        page = texts.page(id)
        for passage in waiting:
            verdict = read(page, passage)
            if verdict and (verdict.holds or verdict.verdict == "ambiguous"):
                settled.add(passage.id)
                verdicts[passage.id] = _other_source(verdicts[passage.id], verdict, page)


def _other_source(own: Verdict, there: Verdict, page: Kept) -> Verdict:
    where = f"{_STANDS}{page.source}"
    if own.verdict == "not-captured":
        return replace(own, found="; ".join(filter(None, (own.found, where))))
    return replace(there, verdict="wrong-source", found=where, remedy=REMEDIES["wrong-source"])


def _terms(passage: Passage) -> list[str]:
    if passage.quotation:
        return [piece.folded for piece in pieces(passage.quotation)[0]]
    return [passage.term("start"), passage.term("end")]
