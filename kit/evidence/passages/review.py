"""A case's captures read for the gate, and the verdict that stands on each of its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.evidence.passages import ledger
from kit.evidence.passages.capture_text import CaptureText, block_at, captures_here, read_capture
from kit.evidence.passages.judgement import explain_absence, find_passage
from kit.evidence.passages.matching import Passage, named_passages
from kit.evidence.passages.nearest import differing_words
from kit.evidence.passages.quotation import quoted_pieces
from kit.evidence.passages.text_index import TextIndex, open_index
from kit.evidence.passages.verdict import REMEDIES, Verdict, describe_differences, no_capture
from kit.evidence.support.carrying import Carrying
from kit.evidence.support.support import Support
from kit.sources.capture.index import read_index
from kit.sources.extract.interstitial.detection import INTERSTITIALS
from kit.text.normalise import fold

if TYPE_CHECKING:
    from kit.case import Case
    from kit.sources.recapture import PageChange


def judge_passages(
    sought: Iterable[Passage], texts: TextIndex, support: Support | None = None
) -> list[Verdict]:
    """The verdict on each passage, in the order given.

    The newest capture of the passage's source decides. An earlier one that still has the words makes the
    verdict `changed`, unless all that came after are excerpts, which prove no absence. What no capture of the
    source has is looked for in all others: found word for word, it is `wrong-source`, or stays `not-captured`
    where only an excerpt of the source is kept. With the ``support`` that the passages are to give, what holds is
    asked for it.
    """
    sought = list(sought)
    verdicts: dict[str, Verdict] = {}
    lacking: list[Passage] = []
    ordered = sorted(sought, key=lambda passage: passage.source)
    for source, group in groupby(ordered, key=lambda passage: passage.source):
        pages = texts.of(source)
        for passage in group:
            verdict = verdicts[passage.id] = _own(pages, passage)
            if support and verdict.holds:
                page = next(page for page in pages if page.id == verdict.capture)
                words, block = page.normal.text[verdict.start : verdict.stop], block_at(page, verdict.start)
                carried = support.by_page(passage.id, words, block.before, () if "\n" in words else block.row)
                verdicts[passage.id] = _carrying(verdict, carried, support)
            if _lacks(verdict):
                lacking.append(passage)
    _elsewhere(lacking, texts, verdicts)
    return [verdicts[passage.id] for passage in sought]


def _carrying(verdict: Verdict, carried: Carrying, support: Support) -> Verdict:
    return replace(
        verdict,
        carries=carried.verdict,
        missing=carried.missing,
        looked_for=carried.why,
        asked=support.asked(verdict.passage),
    )


def touched(change: PageChange, evidence: pd.DataFrame) -> tuple[str, ...]:
    """The ids of the rows of ``evidence`` whose passage held on the page before the change, and does not after it.

    It is `judge_passages` that says so, of the two captures alone. When the page is gone, all passages of its source are touched.
    """
    sought = named_passages(evidence[evidence["source"].eq(change.before.source)])
    if change.new is None:
        return tuple(passage.id for passage in sought)
    before, after = (
        CaptureText(
            of.id,
            of.source,
            of.captured_at,
            read.excerpt,
            read.text,
            structure=read.structure,
            instead=read.instead,
        )
        for of, read in ((change.before, change.old), (change.after, change.new))
    )
    return tuple(
        passage.id
        for passage in sought
        if _own([before], passage).holds and not _own([before, after], passage).holds
    )


def keep_again(
    case: Case, names: Iterable[str] = (), *, older_than: timedelta | None = None, **options: Any
) -> pd.DataFrame:
    """What became of the pages fetched before, captured again, and which evidence that touches: a row a page.

    Columns are those of `kit.sources.recapture.recapture`, which also takes ``options``. ``names`` (of captures, sources
    or addresses) leave out all other pages. Only what was not tried for ``older_than`` is due: seven days, unless pages
    are named. A name of nothing that is due raises `KitError`; a page that fails stops nothing.
    """
    from kit.sources.keep import now
    from kit.sources.recapture import due, recapture

    names, evidence = list(names), case.table("evidence")
    waited = older_than if older_than is not None else timedelta(days=0 if names else 7)
    pages = due(case, waited, options.get("clock", now)(), names)
    return recapture(case, pages, read_capture, lambda change: touched(change, evidence), **options)


def _lacks(verdict: Verdict) -> bool:
    return verdict.verdict in ("not-found", "not-captured") and verdict.start < 0


def _own(pages: list[CaptureText], passage: Passage) -> Verdict:
    """What the captures of the passage's own source, the oldest first, say of it; the one it names, where it names one."""
    if passage.capture:
        pages = [page for page in pages if page.id == passage.capture]
    if not pages:
        return no_capture(passage.id)
    now: Verdict | None = None
    unseen = True
    for number, page in reversed(list(enumerate(pages))):
        if page.instead and not passage.capture:
            now = now or _shown_instead(page, passage)
            continue
        verdict = find_passage(page, passage)
        if verdict and (verdict.holds or verdict.verdict == "ambiguous"):
            if unseen:
                return _edited(page, pages[:number], passage, verdict)
            reads = f"; it now {now.found}" if now and now.differing else ""
            found = f"stood there on {page.captured_at:%Y-%m-%d}, not in the newest capture{reads}"
            return replace(verdict, verdict="changed", found=found, remedy=_cite_earlier(page.id))
        if (unseen and not page.excerpt) or now is None:
            now = verdict or explain_absence(page, passage)
        unseen = unseen and page.excerpt
    assert now is not None
    return now


def _shown_instead(page: CaptureText, passage: Passage) -> Verdict:
    """The verdict where the site showed another page: it proves nothing, unless the row of evidence names this capture."""
    what, remedy = INTERSTITIALS[page.instead]
    remedy = f"{remedy}; if it is the page after all, write {page.id} into `capture`"
    return Verdict(passage.id, "not-captured", page.id, found=f"the capture shows {what}", remedy=remedy)


def _cite_earlier(capture: str) -> str:
    return f"write {capture} into `capture`, and say that the page has changed since"


def _edited(page: CaptureText, before: list[CaptureText], passage: Passage, verdict: Verdict) -> Verdict:
    """The verdict, or `changed` where an earlier capture has other words between the same ends."""
    if not verdict.holds or passage.quotation:
        return verdict
    for old in reversed(before):
        then = find_passage(old, passage)
        if then and then.holds:
            ours, theirs = (
                old.normal.text[then.start : then.stop],
                page.normal.text[verdict.start : verdict.stop],
            )
            if fold(ours) == fold(theirs):
                continue
            pairs = differing_words(ours, theirs)
            found = f"since {old.captured_at:%Y-%m-%d} it {describe_differences(pairs) or 'has other punctuation'}"
            remedy = (
                "see which words the fact rests on: narrow `start` and `end` to what stands in both, or "
                + _cite_earlier(old.id)
            )
            return replace(verdict, verdict="changed", found=found, remedy=remedy, differing=pairs)
    return verdict


def _elsewhere(lacking: list[Passage], texts: TextIndex, verdicts: dict[str, Verdict]) -> None:
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
        for passage in waiting if not page.instead else ():
            verdict = find_passage(page, passage)
            if verdict and (verdict.holds or verdict.verdict == "ambiguous"):
                settled.add(passage.id)
                verdicts[passage.id] = _other_source(verdicts[passage.id], verdict, page)


def _other_source(own: Verdict, there: Verdict, page: CaptureText) -> Verdict:
    where = f"stands in {page.source}"
    if own.verdict == "not-captured":
        return replace(own, found="; ".join(filter(None, (own.found, where))))
    return replace(there, verdict="wrong-source", found=where, remedy=REMEDIES["wrong-source"])


def _terms(passage: Passage) -> list[str]:
    if passage.quotation:
        return [piece.folded for piece in quoted_pieces(passage.quotation)[0]]
    return [passage.term("start"), passage.term("end")]


VERDICT_COLUMNS = ["evidence", "source", *ledger.PASSAGE_COLUMNS[1:-1], "remedy", "seen", "checked_on"]


def passage_verdicts(case: Case) -> pd.DataFrame:
    """The verdict that stands on each passage of the case, a row each, in the order of the evidence table.

    Columns are those of the ledger, ``source``, ``remedy``, and ``seen``: ``here`` when read in the captures of
    this machine, ``ledger`` when taken from the ledger, ``nowhere`` when neither has it (`not-captured`).

    The captures here decide, and the ledger where they cannot: it speaks of a capture that is not here and
    either newer than all of that source that are, or they are excerpts that do not reach the passage. Where a
    whole newer capture has lost what an older one, elsewhere, had, the verdict is `changed`. An evidence id
    changes with its row, so the ledger has no verdict on a passage that was edited since. Nothing is written
    beside the index; where no capture is here (a clean clone), nothing at all.
    """
    sources = case.table("evidence").set_index("id")["source"]
    rows = [
        (
            of.passage, sources[of.passage], of.capture, of.start, of.stop, of.hash, of.verdict, of.found, of.link, of.notices,
            of.carries, "; ".join(of.missing), of.looked_for, of.asked, of.remedy, *seen,
        )
        for of, *seen in _standing(case)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=VERDICT_COLUMNS)
    offsets = {name: frame[name].astype("Int64") for name in ledger.PASSAGE_COLUMNS[2:4]}
    return frame.assign(**{name: each.mask(each < 0) for name, each in offsets.items()})


def passage_openings(case: Case) -> dict[str, str]:
    """What opens the page at each passage that was found, by the id of its evidence: by the ledger, or, of passages that
    it has not, by the captures here."""
    written = ledger.read_passages(case.path)
    found = dict(zip(written["evidence"], written["link"], strict=True))
    sought = [passage for passage in named_passages(case.table("evidence")) if passage.id not in found]
    if sought and captures_here(case):
        with open_index(case) as texts:
            found |= {verdict.passage: verdict.link for verdict in judge_passages(sought, texts)}
    return found


def renew_passages(case: Case, on: date) -> pd.DataFrame:
    """The ledger of passages, written, in the columns of its file: what `passage_verdicts` finds, with the day it was found.

    What stands as it stood keeps its day. Passages that no capture was read for have no row: nothing was checked.
    """
    return ledger.write_passages(
        case.path, [verdict for verdict, _, _ in _standing(case) if verdict.capture], on
    )


def _standing(case: Case) -> Iterator[tuple[Verdict, str, str]]:
    """Each passage's verdict, where it was seen, and the day the ledger gives it."""
    written = ledger.read_passages(case.path)
    before = ledger.earlier_verdicts(written)
    dates = dict(zip(written["evidence"], written["checked_on"], strict=True))
    sought, support = named_passages(case.table("evidence")), Support(case)
    local = captures_here(case)
    if local:
        with open_index(case) as texts:
            fresh = judge_passages(sought, texts, support)
    else:
        fresh = [no_capture(passage.id) for passage in sought]
    made = read_index(case.path).set_index("id")["captured_at"]
    newest: dict[str, datetime] = {}
    for capture in local:
        newest[capture.source] = max(capture.captured_at, newest.get(capture.source, capture.captured_at))
    ids = {capture.id for capture in local}
    for passage, verdict in zip(sought, fresh, strict=True):
        old, day = before.get(passage.id), dates.get(passage.id, "")
        latest = newest.get(passage.source)
        elsewhere = old and old.capture in made.index and (latest is None or old.capture not in ids)
        if old and elsewhere:
            if latest is None or made[old.capture] > latest or verdict.verdict == "not-captured":
                if old.holds and old.asked != support.asked(passage.id):
                    old = _carrying(old, support.by_ends(passage.id, old.hash), support)
                yield old, "ledger", day
                continue
            if old.holds and verdict.verdict == "not-found":
                found = f"stood there on {made[old.capture]:%Y-%m-%d}, not in the newest capture"
                verdict = replace(verdict, verdict="changed", found=found, remedy=REMEDIES["changed"])
        same = old and (old.verdict, old.capture, old.start, old.stop, old.hash, old.found, old.notices) == (
            verdict.verdict, verdict.capture, verdict.start, verdict.stop, verdict.hash, verdict.found, verdict.notices,
        )  # fmt: skip
        yield verdict, "here" if latest else "nowhere", day if same else ""
