"""RO-Crate 1.1 metadata: what a repository needs to know of a report's folder that is deposited in it.

The rules are those of https://w3id.org/ro/crate/1.1: a descriptor that points to the root, a root with name,
description, day and licence, and every file named once and reached from the root.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kit.reporting.document.book import Book
from kit.reporting.document.formats import EARLIEST, as_of
from kit.tables.datapackage import LICENCE

CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_NAMES = {
    "index.html": "The report: contents and what it rests on",
    "data/datapackage.json": "The tables described for programs (Frictionless Data Package)",
    "data/README.md": "The tables described for people",
    "manifest.json": "What the report was made from and what came out, with hashes",
}
# What the standard library's table has differs between machines.
_FORMATS = {
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


def crate(
    book: Book, folder: Path, reports: Iterable[str], data: Iterable[str], manifest: str, version: str
) -> dict[str, Any]:
    """The metadata of ``folder``, whose files ``reports`` were made from its ``data`` by this ``version`` of the kit.

    The day is that of `dated.as_of`; where none is known, the earliest there can be.
    """
    case = book.case
    reports, data = list(reports), list(data)
    files = [_file(folder, name) for name in [*reports, *data]]
    files.append(
        {"@id": manifest, "@type": "File", "name": _NAMES[manifest], "encodingFormat": "application/json"}
    )
    day = as_of(case) or EARLIEST
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": case.title,
        "description": f"Report ({book.edition} edition) of an investigation, with the tables that it rests on.",
        "datePublished": day.date().isoformat(),
        "license": {"@id": LICENCE["path"]},
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
    licence = {
        "@id": LICENCE["path"],
        "@type": "CreativeWork",
        "name": LICENCE["title"],
        "identifier": LICENCE["name"],
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
    return {
        "@context": f"{_PROFILE}/context",
        "@graph": [descriptor, root, licence, build, kit, *files],
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    kind = _FORMATS.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {
        "@id": name,
        "@type": "File",
        "name": _NAMES.get(name, name),
        "encodingFormat": kind,
        "contentSize": str((folder / name).stat().st_size),
    }
