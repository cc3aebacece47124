"""A capture to be read as text, with the passages that facts rest on, and a passage picked in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.case import Case
from kit.desk.rows import Edit, as_if
from kit.desk.server.served_case import ServedCase
from kit.desk.suggestions import picked
from kit.errors import KitError
from kit.evidence.passages.capture_text import captures_here
from kit.evidence.passages.matching import named_passages
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import open_index
from kit.evidence.support.carrying import carrying_sentence
from kit.evidence.support.support import Support
from kit.reporting.book.captures import stretches
from kit.reporting.book.notes import outcome, outcome_sentence
from kit.sources.capture.capture import Capture

#: Characters of a capture that are shown, and of a passage that is picked.
_LONGEST, _LONGEST_PICK = 1_000_000, 5_000


def capture_read(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a ``capture``, or of the newest of a ``source``, in pieces; a piece names the facts that rest on it.

    ``others`` are the captures of the same page, the newest first. `KitError` where its file is not on this machine.
    """
    case = served.loaded()
    chosen, others = _captures(case, str(asked.get("capture", "")), str(asked.get("source", "")))
    evidence = case.table("evidence")
    evidence = evidence[evidence["source"].eq(chosen.source)]
    records = dict(zip(evidence["id"], evidence["record"], strict=True))
    with open_index(case) as texts:
        page = texts.page(chosen.id)
        verdicts = judge_passages(named_passages(evidence), texts)
    spans = [
        (*page.normal.origin(one.start, one.stop), one.passage)
        for one in verdicts
        if one.capture == chosen.id and one.holds
    ]
    shown = page.text[:_LONGEST]
    pieces = stretches(shown, [span for span in spans if span[1] <= len(shown)])
    rows = case.table("sources").set_index("id")
    known = chosen.source in rows.index
    return {
        "capture": chosen.id,
        "source": chosen.source,
        "title": str(rows.loc[chosen.source, "title"]) if known else chosen.source,
        "day": f"{chosen.captured_at:%Y-%m-%d}",
        "url": chosen.final_url or chosen.url,
        "excerpt": page.excerpt,
        "cut": len(page.text) > _LONGEST,
        "others": [{"id": each.id, "day": f"{each.captured_at:%Y-%m-%d %H:%M}"} for each in others],
        "pieces": [
            {"text": each.text, "marked": each.marked, "facts": [[id, records[id]] for id in each.begins]}
            for each in pieces
        ],
    }


def passage_picked(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The row of evidence for ``words`` that were selected in a ``capture``, and whether they bear out the ``record``.

    The verdict, and what the passage carries, are those that the gate would give; nothing is written. Without a record
    the words are only found. `KitError` where they do not stand there, or in several places.
    """
    case, words = served.loaded(), str(asked.get("words", ""))[:_LONGEST_PICK]
    chosen, _ = _captures(case, str(asked.get("capture", "")), "")
    with open_index(case) as texts:
        ends = picked(texts.page(chosen.id), words)
        cells = {"source": chosen.source, "stance": str(asked.get("stance", "supports")), **ends}
        if not (record := str(asked.get("record", ""))):
            return {"cells": cells, "state": "open", "verdict": "", "carries": ""}
        cells["record"] = record
        then = as_if(case, [Edit("evidence", cells)])
        rows = then.table("evidence")
        rows = rows[
            rows["record"].eq(record) & rows["source"].eq(chosen.source) & rows["start"].eq(ends["start"])
        ]
        (verdict, *_) = judge_passages(named_passages(rows), texts, Support(then))
    day = f"{chosen.captured_at:%Y-%m-%d}"
    return {
        "cells": cells,
        "state": "fails" if verdict.carries == "lacks" else outcome(verdict.verdict),
        "verdict": outcome_sentence(verdict.verdict, day, kept=True),
        "carries": carrying_sentence(verdict.carries, "; ".join(verdict.missing)),
    }


def _captures(case: Case, capture: str, source: str) -> tuple[Capture, list[Capture]]:
    """The capture of that id, or the newest of the source, and all of its source, the newest first."""
    here = sorted(captures_here(case), key=lambda one: (one.captured_at, one.id), reverse=True)
    chosen = next((one for one in here if capture == one.id or (not capture and source == one.source)), None)
    if chosen is None:
        raise KitError(capture or source, "has no capture on this machine", "keep the page: kit keep")
    return chosen, [one for one in here if one.source == chosen.source]
