"""How long a touch of the explorer takes, from 1,000 to 100,000 invented events.

``python benchmarks/explorer.py [events ...]`` prints a line for each: making the explorer, and the middle and the slowest
of several touches: words typed, a tag, an actor, days, an order, a chosen event.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import kit
from kit.desk.panel import Panel

_WORDS = [
    "harbour",
    "office",
    "pilot",
    "crane",
    "tariff",
    "permit",
    "tender",
    "mooring",
    "ledger",
    "dredger",
    "gate",
    "quay",
    "tide",
    "berth",
    "cargo",
    "fee",
    "raid",
    "fine",
]


def case_of(folder: Path, count: int) -> kit.Case:
    """A case with so many events, forty tags in four facets, and two hundred actors."""
    case, draw = kit.new(folder / "case"), random.Random(1)
    tags = [
        {"id": f"t{n}", "facet": f"facet-{n % 4}", "label": f"Tag {n}", "definition": "."} for n in range(40)
    ]
    actors = [{"id": f"a{n}", "kind": "company", "name": f"Actor {n}"} for n in range(200)]
    events = [
        {
            "id": f"e-{n:06}", "date": (date(2005, 1, 1) + timedelta(days=draw.randrange(7300))).isoformat(),
            "tags": "; ".join(f"t{each}" for each in sorted(draw.sample(range(40), 3))),
            "title": " ".join(draw.choices(_WORDS, k=7)), "summary": " ".join(draw.choices(_WORDS, k=40)),
            "status": "confirmed", "confidence": "high",
        }
        for n in range(count)
    ]  # fmt: skip
    taking = [{"event": row["id"], "actor": f"a{draw.randrange(200)}", "role": "party"} for row in events]
    sources = [dict(zip(case.table("sources").columns, [""] * 99, strict=False))][:0]
    tables = {
        "tags": tags,
        "actors": actors,
        "events": events,
        "participants": taking,
        "evidence": [],
        "sources": sources,
    }
    for name, rows in tables.items():
        columns = list(rows[0]) if rows else [c.name for c in case.schema[name].columns]
        with (case.path / f"data/manual/{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return kit.open(case.path)


def touches(panel: Panel) -> list[Callable[[], None]]:
    """What a reader does, one after another."""

    def typed(words: str) -> Callable[[], None]:
        return lambda: setattr(panel.words, "value", words)

    facet = next(iter(panel.facets.values()))
    first = facet.options[0][1]
    last = len(panel.days.options) - 1
    return [
        typed("h"), typed("harb"), typed("harbour"), typed("harbour crane"), typed(""),
        lambda: setattr(facet, "value", (first,)),
        lambda: setattr(panel.actor, "value", "a7"),
        lambda: setattr(panel.list, "value", panel.list.options[0][1]),
        lambda: setattr(panel.days, "index", (last // 4, last // 2)),
        panel.everything.click,
    ]  # fmt: skip


def main(counts: Sequence[int]) -> None:
    """Print a line for each number of events."""
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            case = case_of(Path(name), count)
            case.table("events")
            start = time.perf_counter()
            panel = kit.explore(case).panel
            made = time.perf_counter() - start
            took = []
            for touch in touches(panel):
                start = time.perf_counter()
                touch()
                took.append(1000 * (time.perf_counter() - start))
            print(
                f"{count:>7,} events: made in {made:.2f} s; a touch {statistics.median(took):.0f} ms, the slowest {max(took):.0f} ms"
            )


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1_000, 10_000, 100_000])
