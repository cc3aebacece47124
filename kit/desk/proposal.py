"""A proposed fact: the format of its file, read with bounds, and told to programs as a JSON schema."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.desk.rows import Edit
from kit.evidence.passages.verdict import Verdict
from kit.tables.cells import join_list
from kit.tables.columns import Column, Table
from kit.tables.read import suggest
from kit.tables.schema import MISSING
from kit.text.printable import printable

#: What a file of the inbox says it is.
PROPOSAL = "proposal/1"
#: A file of one fact is small; rows of one proposal; characters of a remark.
_LARGEST, _MOST_ROWS = 1_000_000, 50
#: What a file may be called, without its ending.
PROPOSAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_WORDS = 2_000
_REMEDY = "mend the file, or drop it; the format is in docs/inbox.md"

Rows = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Proposal:
    """One file of the inbox: who proposes which ``rows``, by table, each cell as text, and what was found of them.

    ``version`` is another where the file is. ``verdicts`` are those on its passages, by the captures that are here, with what each
    carries of its fact; ``problems`` is all that keeps it from being accepted.
    """

    id: str
    version: str
    by: str = ""
    why: str = ""
    rows: Rows = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def edits(self) -> list[Edit]:
        """The rows as they would be saved."""
        return [Edit(table, row) for table, rows in self.rows.items() for row in rows]


def read_proposal(case: Case, path: Path) -> Proposal:
    """The proposal as its file has it, or with all that is wrong with the file: its ``problems``.

    >>> import kit
    >>> read_proposal(kit.example(), Path("none.json")).problems[0].partition(" (")[0]
    'the file is no JSON'
    """
    shown = printable(path.stem, lines=False)[:100]
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST or not PROPOSAL_NAME.fullmatch(path.stem):
            wrong = f"is a link, larger than {_LARGEST:,} bytes, or not called so that it can be named"
            return Proposal(shown, "", problems=(f"the file {wrong}; {_REMEDY}",))
        raw = path.read_bytes()
        told = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError) as error:
        wrong = printable(str(error), lines=False)[:200]
        return Proposal(shown, "", problems=(f"the file is no JSON ({wrong}); {_REMEDY}",))
    version = hashlib.sha256(raw).hexdigest()[:16]
    problems = list(_shape_problems(case, told))
    if problems:
        return Proposal(shown, version, problems=tuple(problems))
    rows = {
        table: [{name: _cell(value) for name, value in row.items()} for row in given]
        for table, given in told["rows"].items()
        if given
    }
    by, why = (printable(str(told.get(name, "")))[:_WORDS] for name in ("by", "why"))
    return Proposal(shown, version, by, why, rows)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _shape_problems(case: Case, told: Any) -> Iterator[str]:
    """What keeps the file from being a proposal of rows of this case's tables."""
    if (
        not isinstance(told, dict)
        or told.get("casebook") != PROPOSAL
        or not isinstance(told.get("rows"), dict)
    ):
        yield f'the file is no proposal; it begins with {{"casebook": "{PROPOSAL}", "by": "...", "rows": {{...}}}}'
        return
    if strange := told.keys() - {"casebook", "by", "why", "rows"}:
        yield f"{_quoted(min(strange, key=str))} means nothing here; a proposal has by, why and rows"
    if (
        not all(isinstance(told.get(name, ""), str) for name in ("by", "why"))
        or not str(told.get("by", "")).strip()
    ):
        yield "by is blank, or by or why is no text; say who proposes it"
    tables, rows = _proposable(case), told["rows"]
    lists = [given for given in rows.values() if isinstance(given, list)]
    if not any(lists) or sum(map(len, lists)) > _MOST_ROWS:
        yield f"has no row, or more than {_MOST_ROWS}; propose one fact in a file, with what belongs to it"
        return
    for table, given in rows.items():
        if table not in tables:
            near = suggest(str(table), tables)
            yield f"rows of {_quoted(table)} cannot be proposed" + (
                f"; did you mean {near!r}?" if near else ""
            )
        elif not isinstance(given, list):
            yield f"{table} is no list of rows"
        else:
            for row in given:
                yield from _row_problems(row, tables[table])


def _row_problems(row: Any, table: Table) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"a row of {table.name} is no object of cells"
        return
    for name, value in row.items():
        if name not in table.names:
            near = suggest(str(name), table.names)
            yield f"{table.name} has no column {_quoted(name)}" + (
                f"; did you mean {near!r}?" if near else ""
            )
        elif isinstance(value, list):
            if not table.column(name).many:
                yield f"{table.name}, {name}: holds one value, not a list"
            elif not all(isinstance(each, str) and ";" not in each for each in value):
                yield f"{table.name}, {name}: holds something that is no text, or has a semicolon"
        elif value is not None and (isinstance(value, bool) or not isinstance(value, str | int | float)):
            yield f"{table.name}, {name}: is no text, number or list"


def _cell(value: Any) -> str:
    """A cell as the table has it: lists with semicolons, numbers plain; nothing that a terminal obeys."""
    if isinstance(value, list):
        return join_list(printable(each, lines=False) for each in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return "" if value is None else printable(str(value)).strip()


def _quoted(value: object) -> str:
    return repr(printable(str(value), lines=False)[:60])


def inbox_schema(case: Case) -> dict[str, Any]:
    """The format of a proposal as a JSON schema (2020-12), made from the tables of this case, its own columns included.

    >>> import kit
    >>> inbox_schema(kit.example())["properties"]["casebook"]
    {'const': 'proposal/1'}
    """
    tables = {
        name: {
            "type": "array",
            "description": table.about,
            "maxItems": _MOST_ROWS,
            "items": {
                "type": "object",
                "properties": {column.name: _column_schema(column) for column in table.columns},
                "required": [column.name for column in table.columns if column.required],
                "additionalProperties": False,
            },
        }
        for name, table in _proposable(case).items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A fact proposed to a Casebook case",
        "type": "object",
        "properties": {
            "casebook": {"const": PROPOSAL},
            "by": {
                "type": "string",
                "description": "Who proposes it: a person, or a program and its version",
            },
            "why": {"type": "string", "description": "What a person should know before accepting it"},
            "rows": {
                "type": "object",
                "properties": tables,
                "additionalProperties": False,
                "minProperties": 1,
            },
        },
        "required": ["casebook", "by", "rows"],
        "additionalProperties": False,
    }


def _proposable(case: Case) -> dict[str, Table]:
    """The tables of which rows may be proposed; what a person decides, and what the desk keeps for itself, are not."""
    return {name: table for name, table in case.schema.items() if not table.private}


def _column_schema(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"description": column.about}
    one: dict[str, Any] = {"type": "string"}
    if column.words:
        one["enum"] = [*column.words] if column.required else [*column.words, ""]
    if column.kind == "number":
        one = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    if column.form:
        one["pattern"] = f"^(?:{column.form})$" if column.required else f"^(?:{column.form})?$"
    if column.many:
        return told | {"type": "array", "items": one}
    if column.missing:
        told["description"] += f"; or one of {', '.join(MISSING)}"
    return told | one
