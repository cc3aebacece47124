"""Pages that must have a source in common: they share phrases that few others hold, or the same mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from kit.errors import BadDate
from kit.evidence.calendar import WEEKDAYS, printed_day
from kit.evidence.lineage_text import Corpus

#: A run of five words that more pages than this hold is a saying, a law's wording or a site's furniture.
RARE = 30
_RUN = 5
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?:(?:{_MONTHS})\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?)"
_PRINTED = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b,?\s+\(?(?:the\s+)?{_DAY}\b")


def phrases(found: Corpus, least: int = 2) -> pd.DataFrame:
    """The pairs of texts that share at least ``least`` rare runs of five words.

    Columns: ``one``, ``other`` (numbers of texts, ``one`` the lower), ``shared`` (how many such runs). A run is rare
    that at most 30 texts hold. Sorted by texts; no pair is compared that shares nothing.

    >>> from kit.evidence.lineage_text import corpus
    >>> two = ["it said the door was shut on them", "the door was shut on them, so it said", "no word of that is here"]
    >>> phrases(corpus(two)).values.tolist()
    [[0, 1, 2]]
    """
    runs, starts = found.runs(_RUN)
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

    >>> impossible_days("It was cut on Tuesday (August 1), says the page of Sunday, August 3, 2025.", 2025)
    {('Tuesday', '2025-08-01')}
    """
    found = set()
    for match in _PRINTED.finditer(text):
        try:
            day = printed_day(match[0].replace("(", " "), year=year)
        except BadDate:  # "Friday, June 31": no day at all, so nothing that two pages could be compared by
            continue
        if day.finding == "clashes":
            found.add((day.weekday, day.date))
    return found


def mistakes(texts: Iterable[str], years: Sequence[int]) -> pd.DataFrame:
    """The pairs of texts that print the same impossible day: ``one``, ``other``, ``mistake``.

    ``years`` holds, for each text, the year in which it appeared.

    >>> mistakes(["On Tuesday, August 1.", "Tuesday, August 1: cut."], [2025, 2025]).values.tolist()
    [[0, 1, 'Tuesday 2025-08-01']]
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
