"""A page captured again: gone, moved, or its text changed, and which passages of the case that touches."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from kit.errors import KitError
from kit.sources.capture import index
from kit.sources.capture.capture import Capture
from kit.sources.capture.keep import PAGE, CaseFolder, keep, now

SENTENCES = 4_000  # compared one by one; what a page has beyond them is compared as one piece
SHOWN = 20_000  # characters of a diff
PASSAGE = 20_000  # characters between the first and last words of a passage
COLUMNS = ["source", "url", "change", "before", "after", "diff", "touched", "reason"]
Read = Callable[[bytes, str, str], str]


@dataclass(frozen=True)
class Change:
    """What happened to a page between two captures; ``kinds`` is empty when nothing did.

    Kinds: ``gone`` (404, 410), ``unavailable`` (another error), ``moved`` (it leads elsewhere now),
    ``text changed``, ``only the code changed``.
    """

    before: Capture
    after: Capture
    kinds: tuple[str, ...]
    diff: str
    old_text: str
    new_text: str


def due(case: CaseFolder, older_than: timedelta, at: datetime) -> pd.DataFrame:
    """The captures to compare with, one for each fetched address not tried for ``older_than`` before ``at``.

    It is the latest that holds the page; one that only says the page is gone does not count as one.
    """
    known = index.read_index(case.path)
    fetched = known[known["how"] == "fetched"].sort_values(["captured_at", "id"])
    tried = fetched.groupby("url")["captured_at"].max()
    pages = fetched[fetched["status"].str.match(PAGE)].drop_duplicates("url", keep="last")
    if pages.empty:  # pandas cannot map no addresses to times
        return pages
    return pages[pages["url"].map(tried) <= at - older_than].sort_values("id", ignore_index=True)


def compare(before: Capture, after: Capture, read: Read) -> Change:
    """What changed between two captures; ``read`` gives the text from bytes, media type and address."""
    if after.status in ("404", "410"):
        return Change(before, after, ("gone",), "", _text(before, read), "")
    if after.status and after.status[0] in "45":
        return Change(before, after, ("unavailable",), "", _text(before, read), "")
    kinds = ["moved"] if before.final_url and after.final_url != before.final_url else []
    old, new = _text(before, read), _text(after, read)
    if _plain(old) != _plain(new):
        kinds.append("text changed")
    elif before.sha256 != after.sha256:
        kinds.append("only the code changed")
    return Change(before, after, tuple(kinds), readable_diff(old, new), old, new)


def readable_diff(old: str, new: str) -> str:
    """The sentences that went (``-``) and came (``+``), with one unchanged sentence around them.

    >>> print(readable_diff("We may. We can. We will.", "We may. We cannot. We will."))
      We may.
    - We can.
    + We cannot.
      We will.
    """
    hunks = difflib.SequenceMatcher(None, a := _sentences(old), b := _sentences(new)).get_grouped_opcodes(1)
    lines: list[str] = []
    for number, hunk in enumerate(hunks):
        lines += ["..."] if number else []
        for tag, a1, a2, b1, b2 in hunk:
            if tag == "equal":
                lines += [f"  {sentence}" for sentence in a[a1:a2]]
            else:
                lines += [f"- {sentence}" for sentence in a[a1:a2]] + [
                    f"+ {sentence}" for sentence in b[b1:b2]
                ]
    text = "\n".join(lines)
    return text if len(text) <= SHOWN else text[:SHOWN] + "\n... (more than can be shown)"


def touched(change: Change, evidence: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``evidence`` whose passage was on the page and is not any more.

    Only passages of the page's source that have first words (``start``) count; when the page is
    gone, all of them do.
    """
    own = evidence[(evidence["source"] == change.before.source) & (evidence["start"].fillna("") != "")]
    if {"gone", "unavailable"} & set(change.kinds):
        return own
    old, new = _plain(change.old_text), _plain(change.new_text)
    lost = [
        _holds(old, start, end) and not _holds(new, start, end)
        for start, end in zip(own["start"].fillna(""), own["end"].fillna(""), strict=True)
    ]
    return own[pd.Series(lost, index=own.index, dtype=bool)]


def recapture(
    case: CaseFolder, captures: pd.DataFrame, read: Read, evidence: pd.DataFrame,
    clock: Callable[[], datetime] = now, **options: Any,
) -> pd.DataFrame:  # fmt: skip
    """What happened to each of ``captures`` (rows of the ledger, from `due`), captured again now.

    Columns: source, url, change (kinds, joined by "; "; blank when nothing changed; ``missed``
    when it could not be captured, with the reason), before and after (capture ids), diff, and
    touched (the ids of the evidence rows concerned).
    """
    rows = []
    for _, row in captures.iterrows():
        before = index.capture_of(case.path, row)
        found = {"source": before.source, "url": before.url, "before": before.id, "after": "", "diff": ""}
        try:
            after = keep(case, before.url, source=before.source, again=True, clock=clock, **options)
            change = compare(before, after, read)
        except KitError as error:
            rows.append(found | {"change": "missed", "touched": (), "reason": str(error)})
            continue
        ids = tuple(touched(change, evidence)["id"])
        found |= {"after": after.id, "diff": change.diff, "change": "; ".join(change.kinds)}
        rows.append(found | {"touched": ids, "reason": ""})
    return pd.DataFrame(rows, columns=COLUMNS)


def _text(capture: Capture, read: Read) -> str:
    data, kind = capture.page()
    return read(data, kind, capture.final_url or capture.url)


def _plain(text: str) -> str:
    """Text as passages are compared: one form of each character, plain quotes, single spaces."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", text).strip()


_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": ""})


def _holds(text: str, start: str, end: str) -> bool:
    start, end = _plain(start), _plain(end)
    at = text.find(start)
    while at >= 0:
        if not end or text.find(end, at, at + len(start) + PASSAGE + len(end)) >= 0:
            return True
        at = text.find(start, at + 1)
    return False


def _sentences(text: str) -> list[str]:
    parts = [" ".join(part.split()) for part in re.split(r"(?<=[.!?])\s+|\n+", text)]
    parts = [part for part in parts if part]
    return parts if len(parts) <= SENTENCES else [*parts[:SENTENCES], " ".join(parts[SENTENCES:])]
