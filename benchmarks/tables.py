"""Load and validate the events table at three sizes, as a ratio to ``pandas.read_csv`` of the same file alone.

    python benchmarks/tables.py [ROWS ...]

Each reading runs in a process of its own; the peak is that process's resident set.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

SIZES = (10_000, 100_000, 1_000_000)
READ = """
import json, pathlib, resource, sys, time
import pandas as pd
from kit.tables.load import load_tables
from kit.tables.schema import TABLES
folder = pathlib.Path(sys.argv[1])
start = time.perf_counter()
if sys.argv[2] == "pandas":
    frame = pd.read_csv(folder / "data/manual/events.csv")
else:
    frame = load_tables(folder, {name: TABLES[name] for name in ("events", "tags", "codebook")})["events"]
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, frame.memory_usage(deep=True).sum() / 1e6, peak]))
"""


def write(folder: Path, rows: int) -> None:
    """An events table of that many rows, nine thousand different days, some of them in doubt."""
    chance = np.random.default_rng(0)
    days = (
        pd.date_range("1999-01-01", periods=9000)
        .strftime("%Y-%m-%d")
        .to_numpy()[chance.integers(0, 9000, rows)]
    )
    tags = np.array([f"t{number}" for number in range(60)])
    events = pd.DataFrame(
        {
            "id": [f"{day}-event-{number}" for number, day in enumerate(days)],
            "date": np.where(chance.random(rows) < 0.03, "2025-08~", days),
            "category": np.array(["a", "b", "c"])[chance.integers(0, 3, rows)],
            "tags": ["; ".join(pair) for pair in tags[chance.integers(0, 60, (rows, 2))]],
            "title": [f"Something happened at place {number}" for number in range(rows)],
            "summary": [
                f"What happened at place {number}, told in two sentences. It ends here."
                for number in range(rows)
            ],
            "case": "",
            "status": "reported",
            "attributed_to": "Somebody",
            "confidence": "high",
            "note": "",
        }
    )
    manual = folder / "data/manual"
    manual.mkdir(parents=True)
    events.to_csv(manual / "events.csv", index=False)
    pd.DataFrame({"id": tags, "facet": "f", "label": "l", "definition": "d"}).to_csv(
        manual / "tags.csv", index=False
    )
    codes = pd.DataFrame({"variable": "category", "value": ["a", "b", "c"], "definition": "d"})
    codes.to_csv(manual / "codebook.csv", index=False)


def main() -> None:
    """Print a line a size: both times, their ratio, the frame and the peak."""
    for rows in [int(size) for size in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), rows)
            best = {}
            for who in ("pandas", "kit"):
                runs = []
                for _ in range(3):
                    done = subprocess.run(
                        [sys.executable, "-c", READ, name, who], capture_output=True, check=True
                    )
                    runs.append(json.loads(done.stdout))
                best[who] = min(runs)
        (plain, _, _), (ours, frame, peak) = best["pandas"], best["kit"]
        print(f"{rows:>9,} rows: pandas {plain:.2f} s, kit {ours:.2f} s, {ours / plain:.1f} times; "
              f"frame {frame:.0f} MB, peak {peak:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
