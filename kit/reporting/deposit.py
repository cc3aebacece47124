"""What goes beside a report so that its folder can be handed over: the tables, a manifest, and RO-Crate 1.1 metadata.

The rules of the crate are those of https://w3id.org/ro/crate/1.1: a descriptor that points to the root, a root with
name, description, day and licence, and every file named once and reached from the root.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

from kit.case import SETTINGS, Case
from kit.errors import KitError
from kit.files import write_whole
from kit.reporting.book.book import Book
from kit.reporting.book.editions import DISTRIBUTION, PUBLIC, built_for, collected_until
from kit.reporting.book.publication import Publication, publication
from kit.reporting.execution.cache import digest
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index
from kit.tables.datapackage import ALL_RIGHTS_RESERVED, described, licence, shared
from kit.tables.ledgers import LEDGERS

MANIFEST = "manifest.json"
CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_REQUIREMENT = re.compile(r"^[A-Za-z0-9._-]+")
_NAMES = {
    "index.html": "The report: contents and what it rests on",
    "data/datapackage.json": "The tables described for programs (Frictionless Data Package)",
    "data/README.md": "The tables described for people",
    MANIFEST: "What the report was made from and what came out, with hashes",
}
# What the standard library's table has differs between machines.
_MEDIA = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def inputs(case: Case, reads: Iterable[str] = ()) -> list[str]:
    """The files that a report of the case is made from, as seen from its folder, but for those that stay with the desk.

    ``reads`` are files that notebooks read, over and above those that belong to every case.
    """
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


def write_deposit(
    case: Case, book: Book, folder: Path, formats: Iterable[str], only: str, reads: Iterable[str] = ()
) -> None:
    """Nothing; the tables, ``ro-crate-metadata.json`` and ``manifest.json`` stand in ``folder`` beside the report.

    The manifest has the inputs and every file written with its SHA-256, the captures, the versions of all software, and
    what could not be printed as it stands. The public edition has the tables that `publication` chooses, and its manifest
    names no other; of all inputs together it has one hash. A kit that is not installed raises `KitError`.
    """
    reports = _files(folder)
    public = book.edition == PUBLIC
    chosen = (
        publication(case, [mark for chapter in book.chapters for mark in chapter.marks]) if public else None
    )
    tables = chosen.files(case.settings) if chosen else _tables(case)
    for name, content in tables.items():
        write_whole(folder / name, content)
    software = _software()
    data = [name for name in _files(folder) if name not in reports]
    _write_json(folder / CRATE, _crate(book, folder, reports, data, software[DISTRIBUTION]))
    made_from = {name: _hash(case.path / name) for name in inputs(case, reads)}
    chapters = {f"notebooks/{document.path.name}" for document in book.documents.values()}
    captures = read_index(case.path)[["id", "source", "sha256"]]
    if chosen:
        captures = captures[captures["source"].isin(_ids(chosen, "sources"))]
    manifest = {
        "title": case.title,
        "edition": book.edition,
        "built_for": built_for().date().isoformat(),
        "collected_until": last.isoformat() if (last := collected_until(case)) else "",
        "formats": list(formats),
        "only": only,
        "inputs": {
            name: made for name, made in made_from.items() if not public or name in chapters | tables.keys()
        },
        "all_inputs": digest(*(f"{name} {made}" for name, made in sorted(made_from.items()))),
        "captures": captures.to_dict("records"),
        "software": software,
        "warnings": sorted({str(problem) for problem in book.warnings}),
        "outputs": {name: _hash(folder / name) for name in _files(folder)},
    }
    _write_json(folder / MANIFEST, manifest)


def _ids(chosen: Publication, table: str) -> set[str]:
    return set(chosen.cells[table]["id"]) if table in chosen.cells else set()


def _tables(case: Case) -> dict[str, bytes]:
    """The tables that may be handed over, the ledgers, and their descriptions, by their path in the folder."""
    here = [
        table
        for table in shared([*case.schema.values(), *LEDGERS.values()])
        if (case.path / table.path).is_file()
    ]
    files = {table.path: (case.path / table.path).read_bytes() for table in here}
    return files | {name: content.encode() for name, content in described(case.path).items()}


def _software() -> dict[str, str]:
    """The versions of the interpreter, the kit and the packages that it asks for."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
        names = sorted(_REQUIREMENT.findall(line)[0] for line in wanted if "extra ==" not in line)
        return {
            "python": python_version(),
            DISTRIBUTION: metadata.version(DISTRIBUTION),
            **{name: metadata.version(name) for name in names},
        }
    except metadata.PackageNotFoundError as error:
        raise KitError(error.name or DISTRIBUTION, "is not installed", "install the kit with pip") from error


def _crate(book: Book, folder: Path, reports: list[str], data: list[str], version: str) -> dict[str, Any]:
    """The metadata of the folder, whose files ``reports`` were made from its ``data`` by this ``version`` of the kit."""
    case = book.case
    last = collected_until(case)
    collected = f" Pages were collected until {last.isoformat()}." if last else ""
    files = [_described(name, str((folder / name).stat().st_size)) for name in [*reports, *data]]
    files.append(_described(MANIFEST))
    chosen = licence(case.settings)
    rights = {
        "@id": chosen.get("path", "#rights"),
        "@type": "CreativeWork",
        "name": chosen.get("title", ALL_RIGHTS_RESERVED),
    } | ({"identifier": chosen["name"]} if chosen else {})
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": case.title,
        "description": f"Report ({book.edition} edition) of an investigation, with the tables that it rests on.{collected}",
        "datePublished": built_for().date().isoformat(),
        "license": {"@id": rights["@id"]},
        "inLanguage": str(case.settings.get("language", "en")),
        "hasPart": [{"@id": file["@id"]} for file in files],
        "mentions": {"@id": "#build"},
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _PROFILE},
        "about": {"@id": "./"},
    }
    build = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "Notebooks run and printed",
        "instrument": {"@id": "#kit"},
        "object": [{"@id": name} for name in data],
        "result": [{"@id": name} for name in reports],
    }
    kit = {"@id": "#kit", "@type": "SoftwareApplication", "name": "Casebook", "version": version}
    return {"@context": f"{_PROFILE}/context", "@graph": [descriptor, root, rights, build, kit, *files]}


def _described(name: str, size: str = "") -> dict[str, str]:
    kind = _MEDIA.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    known = {"@id": name, "@type": "File", "name": _NAMES.get(name, name), "encodingFormat": kind}
    return known | ({"contentSize": size} if size else {})


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, content: Any) -> None:
    write_whole(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
