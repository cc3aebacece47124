"""Who repeats whom, worked out from the pages themselves, each finding with its reasons, for a person to judge."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.passages.capture_text import FOREIGN, UNSEEN, CaptureText, captures_here
from kit.evidence.passages.text_index import TextIndex, open_index
from kit.evidence.provenance.credit import Newsroom, web_addresses
from kit.evidence.provenance.furniture import share_only_a_frame, without_furniture
from kit.evidence.provenance.lineage import FIRST_HAND
from kit.evidence.provenance.text_reuse import (
    Corpus,
    corpus,
    longest_shared,
    rare_phrases,
    shared_mistakes,
    shared_runs,
)
from kit.files import CACHE_FOLDER, write_whole

#: How a page is thought to repeat a source, the surest first.
REPETITIONS = {
    "link": "it gives the source's address",
    "reuse": "half of the shorter text, or more, is in both, and it is not the earlier",
    "credit": "it credits the source's publisher, and tells what the source's title says",
    "mention": "it names the publisher of a report that it then tells",
    "story": "it tells, credited or not, what a report told within six weeks before it",
    "kin": "a page that shares rare phrases, or a mistake, with it repeats the source",
}
_COPIED = 0.5
#: What was found of the pages as they are, and a number that goes up when others would be found in the same pages.
_FOUND, _WAY = CACHE_FOLDER / "lineage.json", 1
_BESIDE = {*UNSEEN, *FOREIGN} - {"quotation"}


class NoPage(KitError):
    """A page that the table of sources does not hold."""


def propose_lineage(case: Case) -> pd.DataFrame:
    """The repetitions that the pages captured here betray, for a person to take over into ``derived_from`` or not.

    Columns: ``source``, ``parent``, ``kind`` (the surest of `REPETITIONS`), ``reasons`` (one sentence each), ``known``
    (whether ``derived_from`` says so already). The newest text of each source of the case is read; `KitError` where no
    capture is here.
    """
    if not captures_here(case):
        raise KitError("data/captures", "holds no page to read", "keep some: kit keep")
    sources = case.table("sources")
    with open_index(case) as texts:
        asked = hashlib.sha256(repr((_WAY, texts.stamps(), sources.to_csv())).encode()).hexdigest()
        found = _found_before(case, asked)
        pages = _newest_pages(texts, sources) if found is None else None
    if found is None:
        found = find_repetitions(pages, sources)
        write_whole(case.path / _FOUND, json.dumps({"asked": asked, "found": found.to_dict("split")}))
    parents = dict(zip(sources["id"], sources["derived_from"], strict=True))
    pairs = zip(found["source"], found["parent"], strict=True)
    return found.assign(known=[parent in parents[source] for source, parent in pairs])


def _found_before(case: Case, asked: str) -> pd.DataFrame | None:
    """What was found of the same pages and sources; ``None`` where they differ, or nothing can be read of it."""
    try:
        known = json.loads((case.path / _FOUND).read_text(encoding="utf-8"))
        if known["asked"] == asked:
            found = pd.DataFrame(known["found"]["data"], columns=known["found"]["columns"])
            return found.assign(reasons=found["reasons"].map(tuple))
    except (OSError, ValueError, KeyError, TypeError):
        pass  # made anew, as where nothing was looked for yet
    return None


def _newest_pages(texts: TextIndex, sources: pd.DataFrame) -> pd.DataFrame:
    ids = sorted(set(sources["id"]) & set(texts.sources().values()))
    newest = {id: [page for page in texts.of(id) if not page.instead][-1:] for id in ids}
    rows = [(id, page.text, _story(page)) for id, found in newest.items() for page in found]
    return pd.DataFrame(rows, columns=["id", "text", "story"])


def _story(page: CaptureText) -> str:
    """The text without what stands beside the article or is hidden."""
    beside = [span for span in page.structure if span.label in _BESIDE]
    story, at = "", 0
    for span in sorted(beside, key=lambda span: span.start):
        story += page.text[at : max(at, span.start)]
        at = max(at, span.end)
    return story + page.text[at:]


def find_repetitions(pages: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The repetitions that the texts of the pages betray, for a person to take over into ``derived_from`` or not.

    ``pages``: columns ``id`` and ``text``, one row a page, and where they are known ``links`` (addresses it leads to) and
    ``story`` (the text without menus and boxes); what a site puts beside each of its stories makes no two of them kin;
    ``sources`` as loaded: a page may repeat any of them, captured or not. Columns that come back: ``source``,
    ``parent``, ``kind`` (the surest of `REPETITIONS`), ``reasons`` (one sentence each). A page whose id is not among the
    sources raises `NoPage`. A page that names nobody and copies nobody gets no row: that is no proof of an origin.

    >>> from kit.text.edtf import date_columns
    >>> sources = pd.DataFrame({
    ...     "id": ["post-raid", "digest-raid"], "publisher": ["Harbour Post", "Digest"],
    ...     "title": ["Police raid the harbour office", "Harbour raided"], "tier": ["original-reporting", "aggregator"],
    ...     "url": ["https://post.example/raid", ""], "issued": ["2021-03-02", "2021-03-03"],
    ... })
    >>> sources = sources.join(date_columns(sources["issued"]))
    >>> pages = pd.DataFrame({"id": ["digest-raid"], "text": ["Police raided the harbour office, reported Harbour Post."]})
    >>> find_repetitions(pages, sources)[["source", "parent", "kind"]].values.tolist()
    [['digest-raid', 'post-raid', 'credit']]
    """
    lost = sorted(set(pages["id"]) - set(sources["id"]))
    if lost:
        raise NoPage(
            f"{lost[0]!r}", "is a page without a row in sources", "add it to data/manual/sources.csv"
        )
    by_id = sources.set_index("id")
    ids, texts = pages["id"].tolist(), pages["text"].tolist()
    links = pages["links"].tolist() if "links" in pages else [()] * len(pages)
    reasons: dict[tuple[str, str], dict[str, str]] = {}

    def say(source: str, parent: str, kind: str, reason: str) -> None:
        if source != parent:
            reasons.setdefault((source, parent), {}).setdefault(kind, reason)

    newsroom = Newsroom(sources)
    for page, text, given in zip(ids, texts, links, strict=True):
        for parent, address in newsroom.linked([*given, *web_addresses(text)]):
            say(page, parent, "link", f"leads to {address}")
        for credit in newsroom.credits(text):
            if parent := newsroom.meant(page, credit, text):
                say(page, parent, "credit" if credit.sure else "mention", f"says “{credit.words}”")
        if parent := newsroom.told_before(page, text):
            say(page, parent, "story", f"tells what {by_id.loc[parent, 'publisher']} told before it")
    houses = by_id.loc[ids, "publisher"].tolist()
    stories = without_furniture(pages["story"].tolist() if "story" in pages else texts, houses)
    words = corpus(stories)
    first, last = (by_id.loc[ids, f"issued_{end}"].to_numpy() for end in ("earliest", "latest"))
    for one, other, contained, _ in shared_runs(words, last, _COPIED).itertuples(index=False, name=None):
        framed = houses[one] == houses[other] and share_only_a_frame(stories[one], stories[other])
        if not (first[one] > last[other] or framed):
            phrase = longest_shared(stories[one], stories[other])
            say(
                ids[other],
                ids[one],
                "reuse",
                f"{contained:.0%} of the shorter text is in both, such as “{phrase}”",
            )
    for page, parent, reason in _inherited(ids, _kin(words, stories, last, houses), reasons, by_id):
        say(page, parent, "kin", reason)
    rows = [
        (
            source,
            parent,
            next(kind for kind in REPETITIONS if kind in why),
            tuple(why[kind] for kind in REPETITIONS if kind in why),
        )
        for (source, parent), why in sorted(reasons.items())
    ]
    return pd.DataFrame(rows, columns=["source", "parent", "kind", "reasons"])


def _kin(words: Corpus, texts: list[str], last: np.ndarray, houses: list[str]) -> dict[int, dict[int, str]]:
    """For each text those that must have a source in common with it, and why."""
    years = pd.DatetimeIndex(last).year.fillna(0).astype(int).tolist()
    shared = [
        (one, other, f"shares {many} rare phrases with")
        for one, other, many in rare_phrases(words).itertuples(index=False, name=None)
        if houses[one] != houses[other] or not share_only_a_frame(texts[one], texts[other])
    ]
    shared += [
        (one, other, f"prints the same impossible day ({day}) as")
        for one, other, day in shared_mistakes(texts, years).itertuples(index=False, name=None)
    ]
    kin: dict[int, dict[int, str]] = {}
    for one, other, why in shared:
        kin.setdefault(one, {})[other] = why
        kin.setdefault(other, {})[one] = why
    return kin


def _inherited(
    ids: list[str],
    kin: dict[int, dict[int, str]],
    parents_of: Iterable[tuple[str, str]],
    by_id: pd.DataFrame,
) -> list[tuple[str, str, str]]:
    """For each second-hand page without a finding of its own: the source that most of its kin repeat."""
    parents: dict[str, list[str]] = {}
    for source, parent in sorted(parents_of):
        parents.setdefault(source, []).append(parent)
    latest, earliest = by_id["issued_latest"].to_dict(), by_id["issued_earliest"].to_dict()
    house, tier = by_id["publisher"].to_dict(), by_id["tier"].to_dict()
    rows = []
    for number, relatives in sorted(kin.items()):
        page = ids[number]
        if page in parents or tier[page] in FIRST_HAND:
            continue
        through = [(parent, other) for other in sorted(relatives) for parent in parents.get(ids[other], ())]
        fitting = [p for p, _ in through if house[p] != house[page] and not earliest[p] > latest[page]]
        for parent, _ in Counter(fitting).most_common(1):
            other = next(relative for named, relative in through if named == parent)
            rows.append((page, parent, f"{relatives[other]} {ids[other]}, which repeats it"))
    return rows
