"""How long strict nbval takes on the notebooks, as a ratio to running the same notebooks without comparing anything.

python benchmarks/notebooks.py
"""

from __future__ import annotations

import subprocess
import sys
import time

import kit
from kit.reporting.execution.kernel import execute, notebooks


def main() -> None:
    """Print both times and their ratio."""
    case = kit.open()
    start = time.perf_counter()
    for path in notebooks(case):
        execute(path)
    plain = time.perf_counter() - start
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "-p",
        "no:cacheprovider",
        str(case.path / "notebooks"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    compared = time.perf_counter() - start
    print(f"plain {plain:.0f} s, nbval {compared:.0f} s, {compared / plain:.2f} times")


if __name__ == "__main__":
    main()
