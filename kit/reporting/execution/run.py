"""Run the notebooks again after a change of data, show what that changed, and save it only when it is accepted."""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import Problem, Problems, UnknownMark
from kit.evidence.freshness import remember_reads
from kit.evidence.prose.document import Document
from kit.evidence.prose.marks import mark_problems
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.evidence.prose.statements import CHART_DATA, VEGALITE
from kit.evidence.status import remember_run
from kit.files import write_all
from kit.reporting.execution.kernel import notebook_bytes, notebooks, outputs, read_notebook
from kit.reporting.execution.scheduler import Progress, Runs
from kit.reporting.execution.settling import settled

_LINES = 6


@dataclass(frozen=True)
class Change:
    """One output that a run changed; ``was`` is '' for what is new, ``now`` is '' for what is gone."""

    cell: int
    kind: str
    was: str
    now: str

    def __str__(self) -> str:
        if not self.was:
            return f"cell {self.cell}: new {self.kind}: {self.now}"
        return f"cell {self.cell}: {self.kind} {self.was} → {self.now or 'gone'}"


def changes(before: Any, after: Any) -> list[Change]:
    """What differs between two runs of a notebook, cell by cell; none when a reader would see the same.

    >>> def nb(text): return {"cells": [{"outputs": [{"output_type": "stream", "name": "stdout", "text": text}]}]}
    >>> [str(change) for change in changes(nb("3 rows"), nb("4 rows"))]
    ['cell 1: text 3 rows → 4 rows']
    """
    old, new = _by_cell(before), _by_cell(after)
    found = []
    for cell in sorted(old.keys() | new.keys()):
        left, right = old.get(cell, []), new.get(cell, [])
        for position in range(max(len(left), len(right))):
            was = left[position] if position < len(left) else None
            now = right[position] if position < len(right) else None
            if was != now:
                found.append(_change(cell, was, now))
    return found


def _by_cell(notebook: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, _, output in outputs(notebook):
        place = found.setdefault(number, [])
        settled(made := copy.deepcopy(output), number, len(place))
        content = made.get("data") or {"text/plain": made.get("text", made.get("evalue", ""))}
        place.append(
            _as_read({kind: value for kind, value in content.items() if kind not in _unread(content)})
        )
    return found


def _unread(content: dict[str, Any]) -> tuple[str, ...]:
    """What a reader does not look at: the pictures that JupyterLab adds to a chart when it saves one."""
    return ("image/png",) if VEGALITE in content else ()


def _as_read(node: Any) -> Any:
    """What was put out, whatever program has written it: lines joined, a whole number without its point, no settings."""
    if isinstance(node, dict):
        return {name: _as_read(value) for name, value in node.items() if name != "usermeta"}
    if isinstance(node, (list, tuple)):
        lines = len(node) > 1 and all(isinstance(each, str) for each in node) and node[0].endswith("\n")
        return "".join(node) if lines else [_as_read(each) for each in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node


def _change(cell: int, was: dict | None, now: dict | None) -> Change:
    sample = now or was or {}
    if RECORD_MIMETYPE in sample:
        return Change(cell, "number", *(_number(bundle) for bundle in (was, now)))
    if VEGALITE in sample:
        return Change(cell, "chart", *_charts(was, now))
    kind = "table" if "text/html" in sample else "text"
    return Change(cell, kind, *_texts(was, now))


def _number(bundle: dict | None) -> str:
    return bundle["text/plain"] if bundle else ""


def _charts(was: dict | None, now: dict | None) -> tuple[str, str]:
    old, new = _rows(was), _rows(now)
    if was and now and _headline(was) == _headline(now) and old != new:
        gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
        shown = f"{_headline(was)} ({len(old)} rows) {' '.join(gone[:1])}".strip()
        return shown, f"({len(new)} rows) {' '.join(come[:1])}".strip()
    if was and now and _headline(was) == _headline(now):
        return _headline(was), "drawn differently"
    return _headline(was), _headline(now)


def _headline(bundle: dict | None) -> str:
    return repr(bundle["text/plain"].splitlines()[0]) if bundle and bundle.get("text/plain") else ""


def _rows(bundle: dict | None) -> list[str]:
    """The rows under a chart as text; of a chart that `kit.charts` did not make, those of all its datasets."""
    sets = (bundle or {}).get(VEGALITE, {}).get("datasets", {})
    shown = [sets[CHART_DATA]] if CHART_DATA in sets else sets.values()
    return [json.dumps(row, sort_keys=True) for rows in shown for row in rows]


def _texts(was: dict | None, now: dict | None) -> tuple[str, str]:
    old, new = ("".join((bundle or {}).get("text/plain", "")).splitlines() for bundle in (was, now))
    if not old or not new:
        return " / ".join(old[:_LINES]), " / ".join(new[:_LINES])
    lines = [line for line in difflib.ndiff(old, new) if line[:2] in ("- ", "+ ")]
    gone = [line[2:].strip() for line in lines if line.startswith("- ")][:_LINES]
    come = [line[2:].strip() for line in lines if line.startswith("+ ")][:_LINES]
    return " / ".join(gone) or "(nothing)", " / ".join(come) or "(only the markup differs)"


def wrong_marks(case: Case, documents: Iterable[Document]) -> dict[str, list[Problem]]:
    """The marks that name nothing, and the printed numbers that are not what was computed, by notebook."""
    known = case.citable
    problems: dict[str, list[Problem]] = {}
    for document in documents:
        if found := mark_problems(document.marks, known, document.records):
            problems[f"notebooks/{document.path.name}"] = found
    return problems


def check_marks(case: Case, documents: Iterable[Document]) -> None:
    """Nothing, where every mark of every notebook holds; otherwise `UnknownMark` with all that do not."""
    if problems := wrong_marks(case, documents):
        raise UnknownMark(problems)


def run(
    case: Case, *, only: str = "", accept: bool = False, progress: Progress | None = None
) -> dict[str, list[Change]]:
    """What running the notebooks again changes, by notebook; empty where a reader would see the same.

    ``only`` begins the name of one notebook; ``progress`` is told how far the run is. A failed cell raises `FailedCell`,
    marks that do not hold `UnknownMark` with all of them. With ``accept`` the notebooks are saved as they ran, once all
    of them have, unless one of them was saved meanwhile, which raises `Problems`; without it nothing is written. This is how a desk keeps strict regression tests and still adds rows:
    look at what moved, then accept it.

    >>> import kit
    >>> run(kit.example(), only="00")
    {}
    """
    runs, as_read = Runs(case), {path: path.read_bytes() for path in notebooks(case, only)}
    before = {path: read_notebook(path) for path in as_read}
    done = runs.executed(only, progress)
    check_marks(case, [Document(notebook, path) for path, notebook in done.items()])
    found = {path.stem: changes(before[path], notebook) for path, notebook in done.items()}
    moved = {name: changed for name, changed in found.items() if changed}
    if accept:
        save(case, done, as_read)
    remember_reads(case, {name: files for name, files in runs.read_by.items() if accept or name not in moved})
    if not only and (accept or not moved):
        remember_run(case)
    return moved


def save(case: Case, done: Mapping[Path, Any], as_read: Mapping[Path, bytes]) -> None:
    """Nothing; the notebooks that differ from their files are written, all or none.

    ``as_read`` has the bytes of each before it ran. Those that are others now were saved by somebody meanwhile:
    `Problems` names each, and nothing is written.
    """
    with case.writing():
        moved = [path for path in done if not path.is_file() or path.read_bytes() != as_read[path]]
        if moved:
            what, remedy = "was saved while it ran, so nothing is saved", "run it again: kit run --accept"
            raise Problems({"notebooks": [Problem(f"notebooks/{path.name}", what, remedy) for path in moved]})
        made = {path: notebook_bytes(notebook) for path, notebook in done.items()}
        write_all({path: content for path, content in made.items() if content != as_read[path]})
