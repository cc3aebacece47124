"""What checkers wrote beside their marks, ``data/manual/remarks.csv``: what of it nobody has dealt with yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from typing import Any

import pandas as pd

from kit.tables.cells import unguarded

#: How each kind is told.
REMARK_WORDS = {
    "rewording": "was reworded to",
    "struck": "was struck out",
    "remark": "was remarked on",
    "conflict": "has two marks or sentences that differ",
    "question": "has a mark that cannot be understood",
    "lost": "did not come back",
    "unknown": "came back, and is not of the packet",
}
#: Columns that say what a remark is; the others say when it came and what became of it.
_SAID = ("packet", "statement", "kind", "place", "words", "by")


def remark_id(said: Mapping[str, str]) -> str:
    """The id of a remark: the same for the same words at the same place of the same packet.

    >>> said = {"packet": "p-1", "statement": "s-0001", "kind": "struck", "place": "", "words": "They paid.", "by": "Roe"}
    >>> remark_id(said)
    'r-36ef7441be'
    """
    content = "\0".join(said[name] for name in _SAID)
    return "r-" + hashlib.sha256(content.encode()).hexdigest()[:10]


def remark_line(row: Any) -> str:
    """A row of the table in one line: the statement, what became of it and where, the words, who and when.

    >>> from types import SimpleNamespace as Row
    >>> remark_line(Row(statement="s-0001", kind="remark", place="a footnote", words="Forty?", by="Roe", on="2021-06-02"))
    's-0001 was remarked on (a footnote): Forty? (Roe, 2021-06-02)'
    """
    place, words, by, on = map(unguarded, (row.place, row.words, row.by, row.on))
    where = f" ({place})" if place else ""
    about = ", ".join(filter(None, (by, on)))
    signed = f" ({about})" if about and not words.endswith(")") else ""
    return f"{row.statement or 'the packet'} {REMARK_WORDS[row.kind]}{where}: {words}{signed}"


def open_remarks(remarks: pd.DataFrame, texts: Set[str], marks: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of the remarks that nobody has dealt with, in the columns of their table.

    Dealt with is a remark with a day in ``settled``; a rewording that stands in the notebooks now; a struck sentence
    that is gone; a mark that the table of checks has by now. ``texts`` are the sentences of the notebooks, ``marks``
    the rows of the checks table by statement.

    >>> row = {"id": "r-1", "statement": "s-0001", "kind": "rewording", "words": "They paid 41.", "settled": ""}
    >>> [len(open_remarks(pd.DataFrame([row]), {text}, {})) for text in ("They paid 38.", "They paid 41.")]
    [1, 0]
    """
    dealt = [bool(row.settled) or _done(row, texts, marks) for row in remarks.itertuples()]
    return remarks[[not each for each in dealt]] if dealt else remarks


def _done(row: Any, texts: Set[str], marks: Mapping[str, Any]) -> bool:
    if row.kind == "rewording":
        return unguarded(row.words) in texts
    if row.kind == "struck":
        return unguarded(row.words) not in texts
    mark = marks.get(row.statement)
    if row.kind not in ("conflict", "question") or mark is None:
        return False
    return row.words.startswith(f"{mark.status} ({unguarded(mark.by)}")
