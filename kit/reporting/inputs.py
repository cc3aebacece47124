"""What a report is made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kit.case import SETTINGS, Case
from kit.sources.capture import CAPTURES
from kit.tables.schema import TABLES


def inputs(case: Case, reads: Iterable[str] = ()) -> list[str]:
    """The files that a report of the case is made from, as seen from its folder, but for those that stay with the desk."""
    path = case.path
    private = {table.path for table in TABLES.values() if table.private}
    # Captures have a ledger, and stay on the desk that keeps them.
    found = {
        name
        for name in reads
        if not Path(name).is_absolute() and (path / name).is_file() and not name.startswith(f"{CAPTURES}/")
    }
    for folder in ("data/manual", "data/processed", "notebooks"):
        found |= {file.relative_to(path).as_posix() for file in (path / folder).rglob("*") if file.is_file()}
    found.add(SETTINGS)
    style = str(case.settings.get("citation_style", ""))
    if style and (path / style).is_file():
        found.add(style)
    return sorted(
        name for name in found - private if not any(part.startswith(".") for part in Path(name).parts)
    )
