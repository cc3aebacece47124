"""A case's captures read for the gate, and the verdict that stands on each of its passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from kit.evidence.passages import ledger
from kit.evidence.passages import matching as named
from kit.evidence.passages.capture_texts import Texts
from kit.evidence.passages.judgement import instead, read
from kit.evidence.passages.matching import Passage
from kit.evidence.passages.nearest import differences
from kit.evidence.passages.quotation import pieces
from kit.evidence.passages.verdict import REMEDIES, Kept, Verdict, kept, said
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture, capture_in
from kit.sources.capture.keep import PAGE
from kit.sources.capture.warc import BadWarc
from kit.sources.capture.web.politeness import capture_software
from kit.text.normalise import fold

if TYPE_CHECKING:
    from kit.case import Case
    from kit.sources.capture.recapture import PageChange


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


def touched(change: PageChange, evidence: pd.DataFrame) -> tuple[str, ...]:
    """The ids of the rows of ``evidence`` whose passage held on the page before the change, and does not after it.

    It is `check` that says so, of the two captures alone. When the page is gone, all passages of its source are touched.
    """
    sought = named.passages(evidence[evidence["source"].eq(change.before.source)])
    if change.new is None:
        return tuple(passage.id for passage in sought)
    before, after = (
        kept(of.id, of.source, of.captured_at, said.excerpt, said.text)
        for of, said in ((change.before, change.old), (change.after, change.new))
    )
    return tuple(
        passage.id
        for passage in sought
        if _own([before], passage).holds and not _own([before, after], passage).holds
    )


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


INDEX = CAPTURES / ".texts.sqlite"
#: Goes up when captures are read otherwise than before, so that those in the index are read again.
_READING = 2
COLUMNS = ["evidence", "source", *ledger.COLUMNS[1:-1], "remedy", "seen", "checked_on"]
#: Warnings of the reader that say a page was not seen whole, so that it proves no absence.
_PARTLY = {"stub", "paywall", "too-much", "no-text", "cut"}


@dataclass(frozen=True)
class Captured:
    """The text of a capture, as `Texts` wants it; ``excerpt`` also where a wall or a limit hid the rest."""

    id: str
    source: str
    captured_at: datetime
    excerpt: bool
    text: str
    stamp: str


def read_capture(capture: Capture) -> Captured:
    """What a capture says: all visible words of a page, a PDF's text with a form feed between pages, or the text.

    What has no words, or none that can be read within bounds (an image, a locked PDF), is an empty excerpt: it
    proves nothing. A file whose bytes are not those of the ledger raises `BadWarc`, a missing one `NoCapture`.
    """
    data, kind = capture.page()  # first, since it says of a missing file which it is
    if capture_in(capture.path).sha256 != capture.sha256:
        raise BadWarc(
            capture.warc, "its bytes are not those the ledger was told of", "see backups of data/captures"
        )
    text, whole = _words(capture, data, kind)
    excerpt = capture.excerpt == "yes" or not whole or not text.strip()
    return Captured(capture.id, capture.source, capture.captured_at, excerpt, text, _stamp(capture))


def _words(capture: Capture, data: bytes, kind: str) -> tuple[str, bool]:
    """The text, and whether all of it was seen: read as `kit.sources.extract.documents` reads it, any kind of plain text too."""
    # Slow to load, and a check of what is indexed already needs none of it.
    from kit.sources.extract.documents import read_page as read_page
    from kit.sources.extract.html_tree import Unreadable

    said = "utf-8" if capture.how == "pasted" else capture.charset()
    plain = kind.startswith("text/") and kind != "text/html"
    try:
        page = read_page(data, "text/plain" if plain else kind, capture.final_url or capture.url, said)
    except Unreadable:
        return "", False
    codes = {warning.code for warning in page.warnings}
    text = page.visible
    if page.media_type == "application/pdf":
        pages = {int(span.label): text[span.start : span.end] for span in page.lines}
        text = "\f".join(pages.get(number, "") for number in range(1, max(pages, default=0) + 1))
    elif "embedded" in codes:  # the article is in the page's data, not among the words it shows
        text = f"{text}\n\n{page.text.value}"
    return text, not codes & _PARTLY


def _stamp(capture: Capture) -> str:
    """Changes when the capture's text, or how we read it, may be another."""
    return f"{capture.source} {capture.sha256} {capture.excerpt} {capture_software()} {_READING}"


def here(case: Case) -> list[Capture]:
    """The captures of the ledger that hold a page and whose files are here, in the order of their ids.

    The news that a page is gone (a capture with status 404, say) is no new text of that page.
    """
    rows = index.read_index(case.path)
    rows = rows[rows["status"].str.match(PAGE)]
    captures = (index.capture_of(case.path, row) for _, row in rows.iterrows())
    return [capture for capture in captures if capture.path.is_file()]


def texts(case: Case) -> Texts:
    """The index of the captures' texts, data/captures/.texts.sqlite, brought up to date; close it after use.

    Captures are read one at a time, and only those that are new; those whose files are gone are dropped.
    """
    captures = {capture.id: capture for capture in here(case)}
    store = Texts(case.path / INDEX)
    try:
        known = store.stamps()
        store.drop(known.keys() - captures.keys())
        store.add(_new(captures, known))
    except BaseException:
        store.close()
        raise
    return store


def _new(captures: dict[str, Capture], known: dict[str, str]) -> Iterator[Captured]:
    for id, capture in captures.items():
        if known.get(id) != _stamp(capture):
            yield read_capture(capture)


def passages(case: Case) -> list[named.Passage]:
    """The passages that the case's evidence names, each with the id of its evidence.

    >>> import kit
    >>> {passage.id[:2] for passage in passages(kit.open())}
    {'e-'}
    """
    return named.passages(case.table("evidence"))


def verdicts(case: Case) -> pd.DataFrame:
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
        (of.passage, sources[of.passage], of.capture, of.start, of.stop, of.hash, of.verdict, of.found, of.remedy, *seen)
        for of, *seen in _standing(case)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS)
    offsets = {name: frame[name].astype("Int64") for name in ledger.COLUMNS[2:4]}
    return frame.assign(**{name: each.mask(each < 0) for name, each in offsets.items()})


def renew(case: Case, on: date) -> pd.DataFrame:
    """The ledger of passages as `verdicts` has it, written; what stands as it stood keeps its date.

    Passages that no capture was read for have no row: nothing was checked.
    """
    return ledger.write_ledger(
        case.path, [verdict for verdict, _, _ in _standing(case) if verdict.capture], on
    )


def _standing(case: Case) -> Iterator[tuple[Verdict, str, str]]:
    """Each passage's verdict, where it was seen, and the day the ledger gives it."""
    written = ledger.read_ledger(case.path)
    before = ledger.earlier(written)
    dates = dict(zip(written["evidence"], written["checked_on"], strict=True))
    sought = passages(case)
    local = here(case)
    if local:
        with texts(case) as store:
            fresh = check(sought, store)
    else:
        found, remedy = "no capture of its source", REMEDIES["not-captured"]
        fresh = [Verdict(passage.id, "not-captured", found=found, remedy=remedy) for passage in sought]
    made = index.read_index(case.path).set_index("id")["captured_at"]
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
                yield old, "ledger", day
                continue
            if old.holds and verdict.verdict == "not-found":
                found = f"stood there on {made[old.capture]:%Y-%m-%d}, not in the newest capture"
                verdict = replace(verdict, verdict="changed", found=found, remedy=REMEDIES["changed"])
        same = old == replace(verdict, remedy=REMEDIES[verdict.verdict], differing=())
        yield verdict, "here" if latest else "nowhere", day if same else ""
