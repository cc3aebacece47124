"""A page captured again: gone, moved, or its text changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import pandas as pd

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.sources.capture import index
from kit.sources.capture.capture import Capture
from kit.sources.extract.reading.page import TextRange
from kit.sources.keep import keep_source, now
from kit.text.normalise import normalise

SENTENCES = 4_000  # compared one by one; what a page has beyond them is compared as one piece
SHOWN = 20_000  # characters of a diff
COLUMNS = ["source", "url", "change", "before", "after", "diff", "touched", "reason"]


class Reading(Protocol):
    """What a capture says, whether that is only part of the page, what stretches of it are, and what it shows in place of the page."""

    @property
    def text(self) -> str: ...
    @property
    def excerpt(self) -> bool: ...
    @property
    def structure(self) -> tuple[TextRange, ...]: ...
    @property
    def instead(self) -> str: ...


Read = Callable[[Capture], Reading]


@dataclass(frozen=True)
class PageChange:
    """What happened to a page between two captures; ``kinds`` is empty when nothing did.

    Kinds: ``gone`` (404, 410), ``unavailable`` (another error, or another page in its place), ``moved`` (it leads elsewhere now),
    ``text changed``, ``only the code changed``. ``new`` is ``None`` where there is no page any more.
    """

    before: Capture
    after: Capture
    kinds: tuple[str, ...]
    diff: str
    old: Reading
    new: Reading | None


def due(case: Case, older_than: timedelta, at: datetime, names: Iterable[str] = ()) -> pd.DataFrame:
    """The captures to compare with, one for each fetched address not tried for ``older_than`` before ``at``.

    It is the latest that holds the page; one that only says the page is gone does not count as one. ``names`` (of
    captures, sources or addresses) leave out all others; those that fit none raise `Problems`.
    """
    known = index.read_index(case.path)
    fetched = known[known["how"] == "fetched"].sort_values(["captured_at", "id"])
    tried = fetched.groupby("url")["captured_at"].max()
    pages = fetched[fetched["status"].str.match(index.PAGE)].drop_duplicates("url", keep="last")
    if len(pages):  # pandas cannot map no addresses to times
        pages = pages[pages["url"].map(tried) <= at - older_than]
    chosen = {name: index.rows_named(pages, name) for name in names}
    if wrong := [name for name, rows in chosen.items() if rows.empty]:
        why = "was never fetched, or not long enough ago", "keep it first"
        raise Problems({"to keep again": [Problem(name, *why) for name in wrong]})
    if chosen:
        pages = pages[pages["id"].isin([identity for rows in chosen.values() for identity in rows["id"]])]
    return pages.sort_values("id", ignore_index=True)


def compare_captures(before: Capture, after: Capture, read: Read) -> PageChange:
    """What changed between two captures; ``read`` says what a capture says.

    >>> from types import SimpleNamespace
    >>> page = SimpleNamespace(status="200", final_url="https://post.example/raid", sha256="1")
    >>> moved = SimpleNamespace(status="200", final_url="https://post.example/new", sha256="2")
    >>> compare_captures(page, moved, lambda capture: SimpleNamespace(text="Fifty boxes.", instead="")).kinds
    ('moved', 'only the code changed')
    """
    old = read(before)
    if after.status in ("404", "410"):
        return PageChange(before, after, ("gone",), "", old, None)
    if after.status and after.status[0] in "45":
        return PageChange(before, after, ("unavailable",), "", old, None)
    new = read(after)
    if new.instead and not old.instead:
        return PageChange(before, after, ("unavailable",), "", old, None)
    kinds = ["moved"] if before.final_url and after.final_url != before.final_url else []
    if _plain(old.text) != _plain(new.text):
        kinds.append("text changed")
    elif before.sha256 != after.sha256:
        kinds.append("only the code changed")
    return PageChange(before, after, tuple(kinds), readable_diff(old.text, new.text), old, new)


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


def recapture(
    case: Case, captures: pd.DataFrame, read: Read, touched: Callable[[PageChange], Iterable[str]],
    each: Callable[[dict[str, Any], int, int], object] = lambda row, number, total: None,
    clock: Callable[[], datetime] = now, **options: Any,
) -> pd.DataFrame:  # fmt: skip
    """What happened to each of ``captures`` (rows of the ledger, from `due`), captured again now.

    Columns: source, url, change (kinds, joined by "; "; blank when nothing changed; ``missed`` when it could not be
    captured, with the reason), before and after (capture ids), diff, touched (the ids of the evidence rows concerned,
    as ``touched`` gives them) and reason. Each is in the ledger before the next is asked for, and ``each`` is given
    its row, its number and how many there are, so that nothing is lost when the run is stopped.
    """
    rows = []
    for number, (_, before) in enumerate(captures.iterrows(), 1):
        rows.append(_recaptured(case, index.capture_of(case.path, before), read, touched, clock, options))
        each(rows[-1], number, len(captures))
    return pd.DataFrame(rows, columns=COLUMNS)


def _recaptured(
    case: Case, before: Capture, read: Read, touched: Callable[[PageChange], Iterable[str]],
    clock: Callable[[], datetime], options: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    row = dict.fromkeys(COLUMNS, "") | {
        "source": before.source,
        "url": before.url,
        "before": before.id,
        "touched": (),
    }
    try:
        kept = keep_source(case, before.url, source=before.source, again=True, clock=clock, **options)
        change = compare_captures(before, kept.capture, read)
    except KitError as error:
        return row | {"change": "missed", "reason": str(error)}
    found = {"after": kept.capture.id, "diff": change.diff, "change": "; ".join(change.kinds)}
    return row | found | {"touched": tuple(touched(change))}


def _plain(text: str) -> str:
    return " ".join(normalise(text).text.split())


def _sentences(text: str) -> list[str]:
    parts = [" ".join(part.split()) for part in re.split(r"(?<=[.!?])\s+|\n+", text)]
    parts = [part for part in parts if part]
    return parts if len(parts) <= SENTENCES else [*parts[:SENTENCES], " ".join(parts[SENTENCES:])]
