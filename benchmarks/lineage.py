"""Find who repeats whom among 100,000 made-up pages on one machine: time, memory, and what was planted and found.

    python benchmarks/lineage.py [PAGES ...]
    python benchmarks/lineage.py --case FOLDER

With ``--case``, what the kit proposes from the captures of a case is held against the case's own ``derived_from``.

Each size runs in a process of its own; the peak is that process's resident set. Ten pages tell one story: an original,
and nine that repeat it (three copy most of its text, three retell it and credit its publisher, three retell it without
a word of credit), in words drawn as unevenly as those of a language.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from kit.case import open_case
from kit.evidence.passages.text_index import open_index
from kit.evidence.provenance.detection import REPETITIONS, find_repetitions, propose_lineage
from kit.text.edtf import date_columns

SIZES = (1_000, 10_000, 100_000)
STORY, WORDS, TITLE = 10, 300, 7
HOW = ("copy", "copy", "copy", "credit", "credit", "credit", "bare", "bare", "bare")


def made_up(many: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """So many pages, the sources they are rows of, and the repetitions planted in them with how each was made."""
    chance = np.random.default_rng(0)
    vocabulary = np.array([f"w{number:x}" for number in range(50_000)])
    weights = 1 / np.arange(10, len(vocabulary) + 10)
    drawn = chance.choice(vocabulary, (many, WORDS), p=weights / weights.sum())
    sources, pages, planted = [], [], []
    for number in range(many):
        story, place = divmod(number, STORY)
        identity, house = f"s{number}", f"House{number % 997} Press"
        day = pd.Timestamp("2020-01-01") + pd.Timedelta(days=story % 1500 + place)
        title = chance.choice(vocabulary[2_000:], TITLE)
        if place == 0:
            first, first_title, text = number, title, " ".join([*title, *drawn[number]])
        else:
            how = HOW[place - 1]
            kept = drawn[first, : int(WORDS * 0.7)] if how == "copy" else []
            credit = f"as House{first % 997} Press reported" if how == "credit" else ""
            retold = first_title if how != "copy" else []
            text = " ".join([*retold, credit, *kept, *drawn[number, : WORDS - len(kept)]])
            planted.append((identity, f"s{first}", how))
        tier = "aggregator" if place else "original-reporting"
        sources.append(
            (
                identity,
                house,
                " ".join(title),
                tier,
                f"{day:%Y-%m-%d}",
                f"https://house{number}.example/{number}",
            )
        )
        pages.append((identity, text))
    frame = pd.DataFrame(sources, columns=["id", "publisher", "title", "tier", "issued", "url"])
    edges = pd.DataFrame(planted, columns=["source", "parent", "how"])
    return pd.DataFrame(pages, columns=["id", "text"]), frame.join(date_columns(frame["issued"])), edges


def measure(many: int) -> dict[str, object]:
    """The readings for one size."""
    pages, sources, planted = made_up(many)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    edges = find_repetitions(pages, sources)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    right = planted.merge(edges, on=["source", "parent"])
    # A copy of a copy's text repeats the story too: what counts as wrong is a parent from another story.
    strange = edges["source"].str[1:].astype(int) // STORY != edges["parent"].str[1:].astype(int) // STORY
    recall = {
        how: round(float(n), 3)
        for how, n in (right.groupby("how").size() / planted.groupby("how").size()).items()
    }
    return {
        "pages": many,
        "seconds": round(wall, 1),
        "cpu": round(cpu, 1),
        "peak_mb": round(peak),
        "pages_in_memory_mb": round(before),
        "edges": len(edges),
        "from_another_story": int(strange.sum()),
        "recall": recall,
    }


def against_hand(edges: pd.DataFrame, sources: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """How the edges agree with ``derived_from``, by kind and in all: a row a kind, with the kinds above it, in `REPETITIONS`' order.

    Columns: ``kind``; ``edges``; ``new``: edges of pages whose ``derived_from`` is empty, which the hand-made lineage
    neither confirms nor denies; ``right``: edges of the other pages whose parent is one of those named there or one of
    theirs; ``precision``: ``right`` among the other pages' edges, blank where there are none; ``recall``: of the pages' parents named by hand, the
    part found by this kind. The last row, ``all``, is every kind together.
    """
    hand: dict[str, tuple[str, ...]] = dict(zip(sources["id"], sources["derived_from"], strict=True))
    named = {(page, parent) for page in pages["id"] for parent in hand[page]}
    rows = []
    for kind in (*REPETITIONS, "all"):
        chosen = edges if kind == "all" else edges[edges["kind"] == kind]
        pairs = list(zip(chosen["source"], chosen["parent"], strict=True))
        judged = [(page, parent) for page, parent in pairs if hand[page]]
        right = sum(parent in _above(page, hand) for page, parent in judged)
        rows.append(
            {
                "kind": kind,
                "edges": len(pairs),
                "new": len(pairs) - len(judged),
                "right": right,
                "precision": right / len(judged) if judged else float("nan"),
                "recall": len(named & set(pairs)) / len(named) if named else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def _above(page: str, hand: dict[str, tuple[str, ...]]) -> set[str]:
    above: set[str] = set()
    waiting = list(hand[page])
    while waiting:
        parent = waiting.pop()
        if parent not in above:
            above.add(parent)
            waiting += hand[parent]
    return above


def of_case(folder: str) -> pd.DataFrame:
    """`against_hand` of the newest captures in a case folder."""
    case = open_case(Path(folder))
    sources = case.table("sources")
    with open_index(case) as texts:
        pages = pd.DataFrame({"id": sorted(set(sources["id"]) & set(texts.sources().values()))})
    return against_hand(propose_lineage(case), sources, pages)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["--case"]:
        print(of_case(sys.argv[2]).round(2).to_string(index=False, na_rep="–"))
    else:
        for size in [int(word) for word in sys.argv[1:]] or SIZES:
            ran = subprocess.run(
                [sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True
            )
            print(ran.stdout.strip(), flush=True)
