"""Is every threshold pinned on both sides? Each is changed, one number at a time, in a copy; some fast test must fail.

    python benchmarks/thresholds.py [ROOM ...] [--without TEST ...] [--sample NUMBER]

A threshold is a number that a module of a ROOM (``kit/text`` and ``kit/evidence`` unless named) keeps under a name of
its own. For each number a smaller and a larger one is written into a copy of the project; first the tests of
thresholds run, then those of the same room that import the module. ``--without`` leaves test files out, to see what
they are good for; ``--sample`` takes so many of the changes, the same each time. Printed are the changes that no test
noticed, and how many of how many were.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("kit/text", "kit/evidence")
FIRST = ("tests/evidence/test_thresholds.py", "tests/reporting/test_report_thresholds.py")
#: Numbers that decide nothing: versions of a format, seeds, a bound that only ends what would not end, tables of facts.
NOT_THRESHOLDS = {
    "_FORMAT", "_READING", "_SEED", "_SECONDS", "_ZONES", "_THOUSANDFOLD", "CONVERSIONS", "_MONTHS",
}  # fmt: skip
#: How far a number is changed: a twentieth, but at least by one; a part by so much, a likeness of 100 by one.
_STEP = 0.05
#: What may hold a threshold: numbers in tuples, and lengths of time.
_CALLS = {"timedelta", "Timedelta"}


@dataclass(frozen=True)
class Number:
    """A number in a module, and the name that it stands under."""

    module: Path
    name: str
    line: int
    column: int
    text: str

    def others(self) -> list[str]:
        """A smaller and a larger number of its kind."""
        value = ast.literal_eval(self.text)
        step = max(1, round(value * _STEP)) if isinstance(value, int) else _STEP * (1 if value <= 1 else 20)
        return [repr(round(value - step, 2)), repr(round(value + step, 2))]


def numbers(module: Path) -> Iterator[Number]:
    """The thresholds of a module."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Name, ast.Tuple)):
            target = node.targets[0]
            names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
            parts = node.value.elts if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) else [node.value]  # fmt: skip
            for name, part in zip(names, parts, strict=False):
                if name.isupper() and name not in NOT_THRESHOLDS:
                    yield from (
                        Number(module, name, each.lineno, each.col_offset, ast.unparse(each))
                        for each in _literals(part)
                    )


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield node
    elif isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _literals(each)
    elif isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in _CALLS:
            for each in (*node.args, *(word.value for word in node.keywords)):
                yield from _literals(each)


def copied(folder: Path) -> Path:
    """A copy of what git knows of the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def tests_of(module: Path, without: set[str]) -> list[str]:
    """The test files of the module's own room that name it."""
    dotted = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    package, _, name = dotted.rpartition(".")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests" / module.relative_to(ROOT).parts[1]).glob("test_*.py"))
        if (dotted in (text := path.read_text(encoding="utf-8")) or f"from {package} import {name}" in text)
    ]
    return [path for path in found if path not in without]


def fails(folder: Path, tests: list[str]) -> bool:
    """Whether some test of these fails in the copy."""
    if not tests:
        return False
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "-m", "not desk and not long", *tests]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=_environment(folder))
    return done.returncode == 1


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


def changes(rooms: list[str]) -> list[tuple[Number, str]]:
    """Each number of the rooms with each other number to put in its place."""
    modules = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    found = [number for module in modules for number in numbers(module)]
    return [(number, other) for number in found for other in number.others()]


def unnoticed(chosen: list[tuple[Number, str]], without: set[str]) -> Iterator[tuple[Number, str]]:
    """The changes after which every test passes."""
    with tempfile.TemporaryDirectory() as made:
        folder = copied(Path(made))
        first = [test for test in FIRST if test not in without and (ROOT / test).exists()]
        for number, other in chosen:
            place = folder / number.module.relative_to(ROOT)
            before = place.read_text(encoding="utf-8")
            lines = before.splitlines(keepends=True)
            line = lines[number.line - 1]
            lines[number.line - 1] = line[: number.column] + other + line[number.column + len(number.text) :]
            place.write_text("".join(lines), encoding="utf-8")
            rest = [test for test in tests_of(number.module, without) if test not in first]
            if not fails(folder, first) and not fails(folder, rest):
                yield number, other
            place.write_text(before, encoding="utf-8")


def main() -> None:
    """Print what no test noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--sample", type=int)
    given = parser.parse_args()
    chosen = changes(given.rooms)
    if given.sample:
        chosen = random.Random(0).sample(chosen, min(given.sample, len(chosen)))
    left = 0
    for number, other in unnoticed(chosen, set(given.without)):
        left += 1
        where = number.module.relative_to(ROOT).as_posix()
        print(f"{where}: {number.name} {number.text} -> {other}", flush=True)
    print(f"{len(chosen) - left} of {len(chosen)} changes made a test fail")


if __name__ == "__main__":
    main()
