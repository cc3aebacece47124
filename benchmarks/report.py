"""How long the report takes, as a ratio to running the same notebooks and to nbconvert making plain HTML of them.

python benchmarks/report.py

Everything is done in a copy of the case, so that no cache of an earlier run helps and no report is touched. The rows:
the notebooks run, nothing else; nbconvert, executing them and writing HTML; the internal edition in every format, cold;
the same once more, nothing changed; one row of a table changed that one notebook does not read.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kit
from kit.reporting.execution.kernel import execute, notebooks

_LEFT = shutil.ignore_patterns(".git", ".venv*", ".kit-cache", "reports", "__pycache__", "captures")


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(folder: Path) -> None:
    """The internal edition, in a process of its own, as a desk runs it."""
    command = [sys.executable, "-m", "kit", "--case", str(folder), "report", "--edition", "internal"]
    subprocess.run(command, check=True, capture_output=True)


def nbconvert(folder: Path) -> None:
    """What nbconvert gives without the kit: HTML of the executed notebooks."""
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "html",
        "--execute",
        "--output-dir",
        str(folder / "plain"),
    ]
    subprocess.run([*command, *map(str, notebooks(kit.open(folder)))], check=True, capture_output=True)


def note_added(folder: Path) -> None:
    """One more note in the table of replies, which not every notebook reads."""
    table = folder / "data/manual/replies.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines[:-1], lines[-1] + "."]) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Print each time and its ratio to the plain run."""
    # Beside the case, since what a notebook does in the folder for temporary files is not followed.
    case = kit.open().path
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=case.parent) as scratch:
        folder = Path(scratch) / "case"
        shutil.copytree(case, folder, ignore=_LEFT)
        plain = timed(lambda: [execute(path) for path in notebooks(kit.open(folder))])
        rows = {"notebooks run": plain, "nbconvert, HTML": timed(lambda: nbconvert(folder))}
        rows["report, every format, cold"] = timed(lambda: report(folder))
        rows["report, nothing changed"] = timed(lambda: report(folder))
        note_added(folder)
        rows["report, one table changed"] = timed(lambda: report(folder))
        for name, seconds in rows.items():
            print(f"{name:28} {seconds:6.1f} s  {seconds / plain:5.2f} times the plain run")


if __name__ == "__main__":
    main()
