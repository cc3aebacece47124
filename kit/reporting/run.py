"""Run the notebooks again after a change of data, show what that changed, and save it only when it is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import Problem, UnknownMark
from kit.evidence.marks import citable, find_marks, mark_problems, records
from kit.reporting.changes import Change, changes
from kit.reporting.execute import notebook_bytes, read
from kit.reporting.runs import Progress, Runs
from kit.tables.write import write_whole


def wrong_marks(case: Case, done: dict[Path, Any]) -> dict[str, list[Problem]]:
    """The marks that name nothing, and the printed numbers that are not what was computed, by notebook."""
    known = citable(case)
    problems: dict[str, list[Problem]] = {}
    for path, notebook in done.items():
        if found := mark_problems(find_marks(notebook), known, records(notebook)):
            problems[f"notebooks/{path.name}"] = found
    return problems


def check_marks(case: Case, done: dict[Path, Any]) -> None:
    """Nothing, where every mark of every notebook holds; otherwise `UnknownMark` with all that do not."""
    if problems := wrong_marks(case, done):
        raise UnknownMark(problems)


def run(
    case: Case, *, only: str = "", accept: bool = False, progress: Progress | None = None
) -> dict[str, list[Change]]:
    """What running the notebooks again changes, by notebook; empty where a reader would see the same.

    Marks that do not hold raise `UnknownMark` with all of them. With ``accept`` the notebooks are saved as they ran, once all of them have; without it nothing is written. This is
    how a desk keeps strict regression tests and still adds rows: look at what moved, then accept it.
    """
    done = Runs(case).executed(only, progress)
    check_marks(case, done)
    found = {path.stem: changes(read(path), notebook) for path, notebook in done.items()}
    if accept:
        save(done.items())
    return {name: moved for name, moved in found.items() if moved}


def save(done: Iterable[tuple[Path, Any]]) -> None:
    """Nothing; the notebooks that differ from their files are written, each whole or not at all."""
    for path, notebook in done:
        content = notebook_bytes(notebook)
        if path.read_bytes() != content:
            write_whole(path, content)
