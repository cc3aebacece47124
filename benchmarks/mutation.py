"""Do the tests notice a changed line? Small changes of code, a sample of them, each in a copy; some test must fail.

    python benchmarks/mutation.py [ROOM ...] [--sample NUMBER] [--seed NUMBER]

A change turns a comparison, an ``and`` into an ``or``, a ``not`` or a truth value over, or takes a sum for a
difference, in a function of a module of a ROOM (``kit/text``, ``kit/evidence`` and ``kit/sources/extract`` unless
named). The tests of the module's own room that name it run, and its own examples. Printed are the changes that no test
noticed, and how many of how many were.
"""

from __future__ import annotations

import argparse
import ast
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thresholds import ROOT, copied, fails, tests_of

ROOMS = ("kit/text", "kit/evidence", "kit/sources/extract")
OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A module with one change: where it is, and the module's code with it."""

    module: Path
    line: int
    code: str
    changed: str


def mutants(module: Path) -> Iterator[Mutant]:
    """Every change of the module's functions; the code is written anew from its tree, without comments."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPPOSITE:
                before, node.ops = node.ops, [OPPOSITE[type(node.ops[0])]()]  # type: ignore[list-item]
                yield Mutant(module, node.lineno, ast.unparse(node), ast.unparse(tree))
                node.ops = before
            elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in OPPOSITE:
                was, node.op = node.op, OPPOSITE[type(node.op)]()  # type: ignore[assignment]
                yield Mutant(module, node.lineno, ast.unparse(node), ast.unparse(tree))
                node.op = was
            elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
                node.value = not node.value
                yield Mutant(module, node.lineno, ast.unparse(node), ast.unparse(tree))
                node.value = not node.value


def main() -> None:
    """Print what no test noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    modules = [path for room in given.rooms for path in sorted((ROOT / room).rglob("*.py"))]
    found = [mutant for module in modules if tests_of(module, set()) for mutant in mutants(module)]
    chosen = random.Random(given.seed).sample(found, min(given.sample, len(found)))
    left = 0
    with tempfile.TemporaryDirectory() as made:
        folder = copied(Path(made))
        for mutant in chosen:
            name = mutant.module.relative_to(ROOT).as_posix()
            place = folder / name
            before = place.read_text(encoding="utf-8")
            place.write_text(mutant.changed, encoding="utf-8")
            if not fails(folder, [*tests_of(mutant.module, set()), name]):
                left += 1
                print(f"{name}:{mutant.line}: {mutant.code}", flush=True)
            place.write_text(before, encoding="utf-8")
    print(f"{len(chosen) - left} of {len(chosen)} changes made a test fail, of {len(found)} that there are")


if __name__ == "__main__":
    main()
