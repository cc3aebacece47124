"""Which notebooks are older than the tables they read: what each read when it was last run on this machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from kit.case import Case
from kit.files import CACHE_FOLDER, write_whole
from kit.tables import access_log

_READS = "reads.json"


def remember_reads(case: Case, reads: Mapping[str, Mapping[str, str]]) -> None:
    """Nothing; what each notebook read is there for the next `older_notebooks`, by the notebook's name.

    ``reads`` has the SHA-256 of each file by its path within the case.
    """
    with access_log.apart():
        tables = {table.path for table in case.schema.values()}
        kept = _remembered(case)
        for name, files in reads.items():
            kept[name] = {path: state for path, state in files.items() if path in tables}
        try:
            write_whole(case.path / CACHE_FOLDER / _READS, json.dumps(kept))
        except OSError:
            return  # a case that cannot be written to can still be run


def older_notebooks(case: Case) -> dict[str, list[str]]:
    """The tables that changed since a notebook read them, by the name of the notebook; a notebook that has seen all is left out.

    >>> import kit, hashlib
    >>> case = kit.example()
    >>> remember_reads(case, {"01-the-story": {"data/manual/events.csv": "of another time"}})
    >>> older_notebooks(case)
    {'01-the-story': ['data/manual/events.csv']}
    """
    with access_log.apart():
        found = {}
        for name, files in sorted(_remembered(case).items()):
            changed = sorted(path for path, state in files.items() if _state(case, path) != state)
            if changed and (case.path / "notebooks" / f"{name}.ipynb").is_file():
                found[name] = changed
        return found


def _remembered(case: Case) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads((case.path / CACHE_FOLDER / _READS).read_text(encoding="utf-8"))
        return {str(name): dict(files) for name, files in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _state(case: Case, path: str) -> str:
    try:
        return hashlib.sha256((case.path / path).read_bytes()).hexdigest()
    except OSError:
        return ""
