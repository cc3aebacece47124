"""The words of our captures with the passages that facts rest on marked, for the editions that stay on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from kit.case import Case
from kit.evidence.passages.capture_text import CaptureText, captures_here
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.matching import passage_hash
from kit.evidence.passages.text_index import open_index
from kit.sources.capture.index import read_index
from kit.sources.capture.integrity import damages

_FOLDER = "captures"


@dataclass(frozen=True)
class Stretch:
    """A stretch of a capture's text; ``begins`` are the ids of the evidence whose passage begins with it."""

    text: str
    marked: bool
    begins: tuple[str, ...]


@dataclass(frozen=True)
class CapturedWords:
    """The text of a capture in pieces, and what to know of it."""

    id: str
    sha256: str
    captured_on: str
    excerpt: bool
    source: pd.Series
    pieces: list[Stretch]
    file: str

    @property
    def links(self) -> dict[str, str]:
        """Where each passage marked here is, by the id of its evidence."""
        return {id: f"{self.file}#{id}" for piece in self.pieces for id in piece.begins}


def captured_words(case: Case, cited: set[str]) -> list[CapturedWords]:
    """The captures here in which passages of the evidence ``cited`` were found, with those passages marked.

    A capture whose words are no longer those of the ledger is left out, since its offsets would point elsewhere; so is
    one whose file is not what arrived.
    """
    ledger = read_passages(case.path)
    ledger = ledger[
        ledger["evidence"].isin(cited) & ledger["capture"].ne("") & ledger["start_offset"].notna()
    ]
    captures = {capture.id: capture for capture in captures_here(case)} if len(ledger) else {}
    for damage in damages(case.path, read_index(case.path)) if captures else ():
        captures.pop(damage.warc.removesuffix(".warc.gz"), None)
    found = ledger[ledger["capture"].isin(captures)]
    if found.empty:
        return []
    sources = case.table("sources").set_index("id", drop=False)
    made = []
    with open_index(case) as kept:
        for id, rows in found.groupby("capture"):
            page = kept.page(str(id))
            spans = [span for row in rows.itertuples() if (span := _span(page, row))]
            if spans:
                capture = captures[str(id)]
                made.append(
                    CapturedWords(
                        capture.id,
                        capture.sha256,
                        f"{capture.captured_at:%Y-%m-%d at %H:%M} UTC",
                        page.excerpt,
                        sources.loc[capture.source],
                        stretches(page.text, spans),
                        f"{_FOLDER}/{capture.id}.html",
                    )
                )
    return made


def _span(page: CaptureText, row: Any) -> tuple[int, int, str] | None:
    start, stop = int(row.start_offset), int(row.end_offset)
    if passage_hash(page.normal, start, stop) != row.hash:
        return None
    return (*page.normal.origin(start, stop), row.evidence)


def stretches(text: str, spans: list[tuple[int, int, str]]) -> list[Stretch]:
    """The text cut where the spans (start, stop, id) begin and end; spans may overlap.

    >>> [(piece.text, piece.marked, piece.begins) for piece in stretches("abcd", [(1, 3, "x"), (2, 3, "y")])]
    [('a', False, ()), ('b', True, ('x',)), ('c', True, ('y',)), ('d', False, ())]
    """
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(stop for _, stop, _ in spans)})
    return [
        Stretch(
            # Half a surrogate pair, which a broken page can hold, is no text that a file can.
            text[start:stop].encode("utf-8", "replace").decode(),
            any(first <= start and stop <= last for first, last, _ in spans),
            tuple(id for first, _, id in spans if first == start),
        )
        for start, stop in pairwise(cuts)
    ]
