"""What each hostile page, server or file of the tests costs: seconds, and peak memory in its own process.

Run it from the checkout: ``python benchmarks/hostile.py``. Nothing but loopback is contacted.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support import hostile


def main() -> None:
    """Print a Markdown table, one threat a row."""
    context = multiprocessing.get_context("spawn")
    print("| threat | outcome | seconds | peak MB |\n|---|---|---|---|")
    for name in hostile.THREATS:
        with (
            tempfile.TemporaryDirectory() as folder,
            hostile.launched(name, Path(folder)) as what,
            ProcessPoolExecutor(1, mp_context=context) as pool,
        ):
            fate = pool.submit(hostile.suffer, name, what, Path(folder)).result()
        print(f"| {name} | {fate.outcome[:110]} | {fate.seconds:.2f} | {fate.megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
