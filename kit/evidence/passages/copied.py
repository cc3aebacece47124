"""Captured text repeated in ours: so many words of another's in a row that they are no accident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kit.case import Case
from kit.evidence.passages.capture_text import captures_here
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.text_index import open_index
from kit.text.normalise import plainly

#: So many words in a row that a page has too are copied, unless they are quoted. A plain sentence on the same matter
#: may well share ten.
COPIED_WORDS = 20
WORDS = re.compile(r"[^\W_]+")
#: A whole text with fewer characters is too little to be told again.
_SHORTEST = 12


def word_runs(text: str, length: int) -> list[str]:
    """Each run of ``length`` words in the text, in order; the whole of a shorter one that is long enough to be told.

    >>> word_runs("The harbour master, he said", 3)
    ['the harbour master', 'harbour master he', 'master he said']
    """
    words = WORDS.findall(plainly(text))
    if len(words) <= length:
        whole = " ".join(words)
        return [whole] if len(words) > 1 and len(whole) >= _SHORTEST else []
    return [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]


def captured_passages(case: Case) -> dict[str, str]:
    """The whole text of each passage whose capture is here, by the id of its evidence."""
    ledger = read_passages(case.path)
    ledger = ledger[ledger["start_offset"].notna() & ledger["evidence"].isin(case.table("evidence")["id"])]
    here = {capture.id for capture in captures_here(case)} if len(ledger) else set()
    ledger = ledger[ledger["capture"].isin(here)]
    if ledger.empty:
        return {}
    found = {}
    with open_index(case) as kept:
        for capture, rows in ledger.groupby("capture"):
            text = kept.page(str(capture)).normal.text
            for row in rows.itertuples():
                found[str(row.evidence)] = text[int(row.start_offset) : int(row.end_offset)]
    return found


def captured_runs(passages: Mapping[str, str], allowed: Iterable[str]) -> dict[str, str]:
    """The passage that has each long run of words, for runs that no text of those ``allowed`` has.

    >>> page = " ".join(f"word{n}" for n in range(21))
    >>> [len(captured_runs({"e-1": page}, may)) for may in ((), [page])]
    [2, 0]
    """
    free = {run for text in allowed for run in word_runs(text, COPIED_WORDS)}
    runs: dict[str, str] = {}
    for identity, text in passages.items():
        if len(WORDS.findall(text)) >= COPIED_WORDS:
            for run in word_runs(text, COPIED_WORDS):
                if run not in free:
                    runs.setdefault(run, identity)
    return runs


def own_words(case: Case) -> Iterator[str]:
    """What the case may print though a page has the same words: titles, and what evidence names of a passage."""
    yield from case.table("sources")["title"]
    evidence = case.table("evidence")
    yield from evidence["says"]
    # Notes print both ends of a passage with dots between them, which are no word; passages may overlap.
    yield from evidence["start"] + " " + evidence["end"]
