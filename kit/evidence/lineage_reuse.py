"""Pages that share text: found by MinHash and banding, not by comparing every page with every other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from rensa import RMinHash

from kit.evidence.lineage_text import Corpus

#: Runs of this many words are what two pages can have in common.
RUN = 5
#: 128 hashes in bands of 2 find nine in ten of the pairs that are alike by a fifth; what they find is then compared run
#: by run, so that a pair that shares less does no harm but cost.
_HASHES, _ROWS, _SEED = 128, 2, 20250729
#: In a band where many pages agree, each is compared with this many of the earliest, which is where copies come from.
_FIRST = 12


def reuse(found: Corpus, order: np.ndarray, least: float = 0.1) -> pd.DataFrame:
    """The pairs of texts of which one shares at least the part ``least`` of its runs of five words with the other.

    Columns: ``one``, ``other`` (numbers of texts; ``one`` comes first by ``order``, an array that sorts the texts in
    time), ``contained`` (the shared part of the text that has fewer runs), ``alike`` (the shared part of both, Jaccard's
    measure). The signatures are R-MinHash (rensa); texts without five words share nothing.

    >>> from kit.evidence.lineage_text import corpus
    >>> text = "access to the interface was cut on a tuesday because the terms were broken they said"
    >>> reuse(corpus([text, text + " again", "nothing of this is shared by the third of them"]), np.arange(3))
       one  other  contained  alike
    0    0      1        1.0   0.92
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
