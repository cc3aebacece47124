"""The tables described for people (data/README.md) and for programs (datapackage.json), from the schema alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kit.tables.ledgers import LEDGERS
from kit.tables.schema import MISSING, TABLES, Column, Table

_TYPES = {"number": "number"}
#: What the tables may be used for.
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def described(title: str) -> dict[str, str]:
    """The generated files by their path in the case folder, for a case of this title."""
    return {"data/README.md": _readme(), "data/datapackage.json": package(title, shared())}


def shared() -> list[Table]:
    """The tables and ledgers that may be handed to others."""
    return [table for table in (*TABLES.values(), *LEDGERS.values()) if not table.private]


def _readme() -> str:
    lines = [
        "# The tables",
        "",
        "<!-- Generated from kit/tables/schema.py and ledgers.py by `kit docs`; change it there. -->",
        "",
        "Plain CSV in `manual/`: UTF-8, one header row, sorted by id, lists separated by `; `. They can be edited in a",
        "spreadsheet; `kit tidy` puts them back into house form. Dates are EDTF level 1 (`2025`, `2025-08~`, `2025-07-29?`,",
        "`2025-07-29/2025-08-01` for a span, `[2025-07-28..2025-08-01]` for one day within). A missing value in a required",
        f"column is a word: `{MISSING[0]}` (looked for, not found), `{MISSING[1]}` (nobody looked), `{MISSING[2]}`.",
        "The tables are licensed CC BY 4.0.",
        "",
        "What stands in `processed/` is written by the kit and not edited: the ledgers say what was captured, and which",
        "passages were found in it. They hold hashes and places, never a page's text.",
    ]
    for table in (*TABLES.values(), *LEDGERS.values()):
        lines += ["", f"## {table.path.removeprefix('data/')}", "", f"One row: {table.about}.", ""]
        lines += ["| column | holds | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {_holds(c)} | {c.about} |" for c in table.columns]
    return "\n".join(lines) + "\n"


def _holds(column: Column) -> str:
    if column.words:
        what = " ".join(f"`{word}`" for word in column.words)
    elif column.codebook:
        what = f"a value of `{column.codebook}` in `codebook`"
    elif column.refers:
        what = "id in " + " or ".join(f"`{table}`" for table in column.refers)
    else:
        what = {"id": "id", "text": "text", "date": "EDTF date", "number": "number", "url": "web address"}[
            column.kind
        ]
    return ("list: " if column.many else "") + what + ("" if column.required else "; may be blank")


def package(title: str, tables: Iterable[Table]) -> str:
    """The data package (Frictionless Data Package 2) of these tables, as its file holds it."""
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "casebook",
        "title": title,
        "licenses": [LICENCE],
        "resources": [_resource(table) for table in tables],
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _resource(table: Table) -> dict:
    keys = [
        {"fields": [c.name], "reference": {"resource": c.refers[0], "fields": ["id"]}}
        for c in table.columns
        if len(c.refers) == 1 and not c.many
    ]
    schema = {
        "fields": [_field(c) for c in table.columns],
        "primaryKey": list(table.key),
        "missingValues": ["", *MISSING],
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name.replace("_", "-"),
        "path": table.path.removeprefix("data/"),
        "description": table.about,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict:
    constraints: dict = {}
    if column.kind == "id":
        constraints["unique"] = True
    if column.required and not column.missing:
        constraints["required"] = True
    if column.words and not column.many:
        constraints["enum"] = list(column.words)
    field: dict = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
    }
    if column.kind == "url":
        field["format"] = "uri"
    if constraints:
        field["constraints"] = constraints
    return field


def stale(folder: Path, title: str) -> list[str]:
    """The generated files in the case folder that are not what the schema would give; `kit docs` mends them."""
    return [
        name
        for name, content in described(title).items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != content
    ]
