"""Pages that must have a source in common: they share phrases that few others hold, or the same mistake."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from rensa import RMinHash

from kit.text.dates import printed_dates

#: Words, and each character of a script that puts no spaces between them.
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
_LONG = 64
#: An odd number without pattern (the golden ratio in 64 bits), so that the order of words matters to the hash of a run.
_STEP = np.uint64(0x9E3779B97F4A7C15)


def word_list(text: str) -> list[str]:
    """The words of the text, case put aside.

    >>> word_list("Nobody was told — on Tuesday. 港口")
    ['nobody', 'was', 'told', 'on', 'tuesday', '港', '口']
    """
    return _WORD.findall(text.casefold())


@dataclass(frozen=True)
class Corpus:
    """Texts as one array of hashed words; text ``i`` lies between ``starts[i]`` and ``starts[i + 1]``."""

    hashed: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def runs(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        """The distinct runs of so many words of each text, sorted within it, and where each text's runs start.

        A text with fewer words has no run.
        """
        parts = [self._runs(i, length) for i in range(len(self))]
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
        return (np.concatenate(parts) if parts else np.empty(0, np.uint64)), starts

    def _runs(self, i: int, length: int) -> np.ndarray:
        own = self.hashed[self.starts[i] : self.starts[i + 1]]
        if len(own) < length:
            return np.empty(0, np.uint64)
        many = len(own) - length + 1
        mixed = np.zeros(many, np.uint64)
        for at in range(length):
            mixed = mixed * _STEP + own[at : at + many]
            mixed ^= mixed >> np.uint64(29)
        return np.unique(mixed)


def corpus(texts: Iterable[str]) -> Corpus:
    """The texts as a `Corpus`; the same texts give the same numbers on any machine.

    >>> two = corpus(["one two three", "one two four"])
    >>> runs, starts = two.runs(2)
    >>> len(np.intersect1d(runs[: starts[1]], runs[starts[1] :]))
    1
    """
    known: dict[str, int] = {}
    arrays = []
    for text in texts:
        found = word_list(text)
        for word in found:
            if word not in known:
                known[word] = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        arrays.append(np.fromiter((known[word] for word in found), np.uint64, len(found)))
    starts = np.concatenate([[0], np.cumsum([len(array) for array in arrays])]).astype(np.int64)
    return Corpus(np.concatenate(arrays) if arrays else np.empty(0, np.uint64), starts)


def longest_shared(one: str, other: str, most: int = 8) -> str:
    """The longest run of words that both texts hold, as ``one`` prints it, cut to its first ``most`` words.

    Runs of more than 64 words count as equally long, so that no page, however it repeats itself, takes long.

    >>> longest_shared("He said that nobody was told on Tuesday.", "Nobody was told, it said.")
    'nobody was told'
    """
    places = list(_WORD.finditer(one))
    mine, theirs = [place[0].casefold() for place in places], word_list(other)
    low, high, begins = 0, min(_LONG, len(mine), len(theirs)), 0
    while low < high:
        length = (low + high + 1) // 2
        held = {tuple(theirs[at : at + length]) for at in range(len(theirs) - length + 1)}
        at = next((at for at in range(len(mine) - length + 1) if tuple(mine[at : at + length]) in held), -1)
        low, high, begins = (length, high, at) if at >= 0 else (low, length - 1, begins)
    return one[places[begins].start() : places[begins + min(low, most) - 1].end()] if low else ""


#: Runs of this many words are what two pages can have in common.
RUN = 5
#: 128 hashes in bands of 2 find nine in ten of the pairs that are alike by a fifth; what they find is then compared run
#: by run, so that a pair that shares less does no harm but cost.
_HASHES, _ROWS, _SEED = 128, 2, 1
#: In a band where many pages agree, each is compared with this many of the earliest, which is where copies come from.
_FIRST = 12


def shared_runs(found: Corpus, order: np.ndarray, least: float = 0.1) -> pd.DataFrame:
    """The pairs of texts of which one shares at least the part ``least`` of its runs of five words with the other.

    Columns: ``one``, ``other`` (numbers of texts; ``one`` comes first by ``order``, an array that sorts the texts in
    time), ``contained`` (the shared part of the text that has fewer runs), ``alike`` (the shared part of both, Jaccard's
    measure). The signatures are R-MinHash (rensa); texts without five words share nothing.

    >>> from kit.evidence.provenance.text_reuse import corpus
    >>> text = "the gate to the harbour was shut on a tuesday because the fees were owed they said"
    >>> shared_runs(corpus([text, text + " again", "nothing of this is shared by the third of them"]), np.arange(3))
       one  other  contained  alike
    0    0      1        1.0   0.93
    """
    runs, starts = found.runs(RUN)
    filled = np.flatnonzero(np.diff(starts))
    offsets = np.concatenate([[0], starts[filled + 1]])
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(runs, offsets, _HASHES, _SEED)
    signatures = np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(filled), _HASHES)
    by_time = filled[np.argsort(order[filled], kind="stable")]
    place = np.empty(len(found), dtype=np.int64)
    place[filled] = np.arange(len(filled))
    pairs: set[tuple[int, int]] = set()
    for band in range(0, _HASHES, _ROWS):
        keys = signatures[place[by_time], band : band + _ROWS].astype(np.uint64)
        pairs.update(_agreeing(keys[:, 0] << np.uint64(32) | keys[:, 1], by_time))
    rows = []
    for one, other in sorted(pairs):
        mine, theirs = runs[starts[one] : starts[one + 1]], runs[starts[other] : starts[other + 1]]
        shared = np.intersect1d(mine, theirs, assume_unique=True).size
        contained = shared / min(len(mine), len(theirs))
        if contained >= least:
            alike = shared / (len(mine) + len(theirs) - shared)
            rows.append((one, other, round(contained, 2), round(alike, 2)))
    return pd.DataFrame(rows, columns=["one", "other", "contained", "alike"])


def _agreeing(keys: np.ndarray, by_time: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of texts with the same key; of many, each with the earliest few."""
    sort = np.argsort(keys, kind="stable")
    ordered = keys[sort]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sizes = np.diff(np.append(begins, len(ordered)))
    for begin, size in zip(begins[sizes > 1], sizes[sizes > 1], strict=True):
        group = by_time[sort[begin : begin + size]].tolist()
        for at, other in enumerate(group):
            for one in group[: min(at, _FIRST)]:
                yield one, other


#: A run of five words that more pages than this hold is a saying, a law's wording or a site's furniture.
RARE = 30


def rare_phrases(found: Corpus, least: int = 2) -> pd.DataFrame:
    """The pairs of texts that share at least ``least`` rare runs of five words.

    Columns: ``one``, ``other`` (numbers of texts, ``one`` the lower), ``shared`` (how many such runs). A run is rare
    that at most 30 texts hold. Sorted by texts; no pair is compared that shares nothing.

    >>> from kit.evidence.provenance.text_reuse import corpus
    >>> two = ["it said the door was shut on them", "the door was shut on them, so it said", "no word of that is here"]
    >>> rare_phrases(corpus(two)).values.tolist()
    [[0, 1, 2]]
    """
    runs, starts = found.runs(RUN)
    owners = np.repeat(np.arange(len(found), dtype=np.int64), np.diff(starts))
    order = np.argsort(runs, kind="stable")
    ordered = runs[order]
    begins = (
        np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        if len(ordered)
        else np.empty(0, int)
    )
    sizes = np.diff(np.append(begins, len(ordered)))
    keys, weights = [], []
    for size in range(2, RARE + 1):
        at = begins[sizes == size]
        if not len(at):
            continue
        # Copies of one text share hundreds of runs: each group of texts is taken once, with how many runs it shares.
        groups, many = np.unique(owners[order[at[:, None] + np.arange(size)]], axis=0, return_counts=True)
        one, other = np.triu_indices(size, 1)
        keys.append((groups[:, one] * len(found) + groups[:, other]).ravel())
        weights.append(np.repeat(many, len(one)))
    if not keys:
        return pd.DataFrame({"one": [], "other": [], "shared": []}, dtype=np.int64)
    pairs, back = np.unique(np.concatenate(keys), return_inverse=True)
    shared = np.bincount(back, weights=np.concatenate(weights)).astype(np.int64)
    kept = shared >= least
    return pd.DataFrame(
        {"one": pairs[kept] // len(found), "other": pairs[kept] % len(found), "shared": shared[kept]}
    )


def impossible_days(text: str, year: int) -> set[tuple[str, str]]:
    """The days in the text whose weekday and date the calendar does not let go together, as (weekday, date).

    ``year`` completes a date printed without one.

    >>> impossible_days("It was shut on Tuesday (March 1), says the page of Wednesday, March 3, 2021.", 2021)
    {('Tuesday', '2021-03-01')}
    """
    days = (replace(day, year=day.year or year) for day in printed_dates(" ".join(text.split())))
    return {(day.weekday, day.date) for day in days if day.finding == "clashes"}


def shared_mistakes(texts: Iterable[str], years: Sequence[int]) -> pd.DataFrame:
    """The pairs of texts that print the same impossible day: ``one``, ``other``, ``mistake``.

    ``years`` holds, for each text, the year in which it appeared.

    >>> shared_mistakes(["On Tuesday, March 1.", "Tuesday, March 1: shut."], [2021, 2021]).values.tolist()
    [[0, 1, 'Tuesday 2021-03-01']]
    """
    holders: dict[tuple[str, str], list[int]] = {}
    for number, (text, year) in enumerate(zip(texts, years, strict=True)):
        for day in impossible_days(text, year):
            holders.setdefault(day, []).append(number)
    rows = [
        (one, other, " ".join(day))
        for day, who in sorted(holders.items())
        for at, one in enumerate(who)
        for other in who[at + 1 :]
    ]
    return pd.DataFrame(rows, columns=["one", "other", "mistake"])
