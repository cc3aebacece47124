"""What goes beside a report so that its folder can be handed over: the tables, a manifest, and RO-Crate metadata."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from kit.case import SETTINGS, Case
from kit.errors import KitError
from kit.reporting.deposit.crate import CRATE, crate
from kit.reporting.document.document import Book
from kit.reporting.document.formats import DISTRIBUTION
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index
from kit.tables.datapackage import described, package, shared
from kit.tables.ledgers import LEDGERS


def inputs(case: Case, reads: Iterable[str] = ()) -> list[str]:
    """The files that a report of the case is made from, as seen from its folder, but for those that stay with the desk."""
    path = case.path
    private = {table.path for table in case.schema.values() if table.private}
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
        name
        for name in found - private
        if not any(part.startswith(".") or part == "__pycache__" for part in Path(name).parts)
    )


MANIFEST = "manifest.json"
_NAME = re.compile(r"^[A-Za-z0-9._-]+")


def write(book: Book, folder: Path, formats: Iterable[str], only: str, reads: Iterable[str] = ()) -> None:
    """Nothing; the tables, ``ro-crate-metadata.json`` and ``manifest.json`` stand in ``folder`` beside the report.

    ``reads`` are files of the case that notebooks read, over and above those that belong to every case.
    """
    case = book.case
    reports = _files(folder)
    for name, content in _tables(case).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    software = _software()
    data = [name for name in _files(folder) if name not in reports]
    _json(folder / CRATE, crate(book, folder, reports, data, MANIFEST, software["casebook-kit"]))
    _json(
        folder / MANIFEST,
        {
            "title": case.title,
            "edition": book.edition,
            "formats": list(formats),
            "only": only,
            "inputs": {name: _hash(case.path / name) for name in inputs(case, reads)},
            "captures": read_index(case.path)[["id", "source", "sha256"]].to_dict("records"),
            "software": software,
            "warnings": sorted({str(problem) for problem in book.warnings}),
            "outputs": {name: _hash(folder / name) for name in _files(folder)},
        },
    )


def _tables(case: Case) -> dict[str, bytes]:
    """The tables that may be handed over, the ledgers, and their descriptions, by their path in the folder."""
    tables = shared([*case.schema.values(), *LEDGERS.values()])
    here = [table for table in tables if (case.path / table.path).is_file()]
    files = {table.path: (case.path / table.path).read_bytes() for table in here}
    files["data/README.md"] = described(case.path)["data/README.md"].encode()
    files["data/datapackage.json"] = package(case.path, case.title, here).encode()
    return files


def _software() -> dict[str, str]:
    """The versions of the interpreter, the kit and the packages that it asks for."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
        names = sorted(_NAME.findall(line)[0] for line in wanted if "extra ==" not in line)
        return {
            "python": python_version(),
            DISTRIBUTION: metadata.version(DISTRIBUTION),
            **{name: metadata.version(name) for name in names},
        }
    except metadata.PackageNotFoundError as error:
        raise KitError(error.name or DISTRIBUTION, "is not installed", "install the kit with pip") from error


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
