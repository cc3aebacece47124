"""A report compared, byte by byte, with one that is built anew from nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.reporting.build import FOLDER, build
from kit.reporting.deposit.manifest import MANIFEST, inputs
from kit.reporting.execution.cache import state_of
from kit.reporting.execution.scheduler import Progress, Runs


class Differs(Problems):
    """A report is not what its case gives when it is built anew."""


def verify(case: Case, edition: str, progress: Progress | None = None) -> list[str]:
    """The files of the edition, each found to be what a fresh build gives; nothing that was remembered is used.

    `Differs` names every file that is not, and every input that has changed since; `KitError` is raised where there is
    no report to compare.
    """
    folder = case.path / FOLDER / edition
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        formats, only, known = manifest["formats"], manifest["only"], manifest["inputs"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        place = f"{FOLDER}/{edition}/{MANIFEST}"
        raise KitError(
            place, "is not there, or is none", f"build it: kit report --edition {edition}"
        ) from error
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary)
        build(case, fresh, edition, formats, only, progress, Runs(case))
        before, after = (_bytes(place) for place in (folder, fresh))
    problems = {}
    if differing := [
        _told(name, before, after) for name in sorted(before | after) if before.get(name) != after.get(name)
    ]:
        problems[f"{FOLDER}/{edition}"] = differing
        now = {name: state_of(case.path / name) for name in {*inputs(case), *known}}
        if moved := [name for name in sorted(now) if now[name] != known.get(name)]:
            remedy = "put it back, or build the report again"
            problems["inputs"] = [
                Problem(name, "is not as it was when the report was built", remedy) for name in moved
            ]
    if problems:
        raise Differs(problems)
    return sorted(before)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _told(name: str, before: dict[str, bytes], after: dict[str, bytes]) -> Problem:
    if name not in after:
        return Problem(name, "is in the report and in no build of it", "remove it")
    if name not in before:
        return Problem(name, "is missing from the report", "build it again: kit report")
    old, new = before[name], after[name]
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return Problem(name, f"differs from byte {at + 1:,} on", "build it again: kit report")
