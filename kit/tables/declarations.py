"""What a case declares: its settings, the variables of its codebook, and columns and tables of its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from kit.errors import BadTable, KitError, NoCase, Problem
from kit.tables.columns import Column, Table
from kit.tables.ledgers import LEDGERS
from kit.tables.read import header, read_cells, suggest
from kit.tables.schema import FACTS, MISSING, OF_A_FACT, TABLES, VARIABLE_KINDS

SETTINGS = "data/case.toml"
CODEBOOK = TABLES["codebook"]
#: Kinds that a column of one's own can have.
KINDS = ("text", "code", "ref", "date", "number", "url")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
#: What `kit.tables.load.typed` adds behind a column of a kind.
COMPUTED = ("_earliest", "_latest", "_precision", "_doubt", "_missing")
#: What a variable's kind is, as a column of `cases`.
_AS_COLUMN: dict[str, dict[str, Any]] = {
    "one": {"kind": "code", "required": True},
    "many": {"kind": "code", "required": True, "many": True},
    "number": {"kind": "number", "required": True, "missing": True},
    "date": {"kind": "date", "missing": True},
    "actor": {"kind": "ref", "required": True, "missing": True, "refers": ("actors",)},
    "actors": {"kind": "ref", "required": True, "missing": True, "refers": ("actors",), "many": True},
    "text": {"kind": "text", "public": False},
}
_LAST = {column.name: column for column in OF_A_FACT}


def read_settings(folder: Path) -> dict[str, Any]:
    """The settings in ``data/case.toml`` of the case folder; `NoCase` where there are none, `KitError` for bad ones.

    >>> read_settings(Path("nowhere"))
    Traceback (most recent call last):
        ...
    kit.errors.NoCase: nowhere: no data/case.toml; make a case with: kit new
    """
    try:
        settings = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoCase(folder, f"no {SETTINGS}", "make a case with: kit new") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError(SETTINGS, f"cannot be read ({error})", "mend it: each line is name = value") from error
    if not isinstance(settings.get("title"), str) or not settings["title"].strip():
        raise KitError(SETTINGS, "has no title", 'add a line: title = "..."')
    if not isinstance(settings.get("id", ""), str):
        raise KitError(SETTINGS, f"id {settings['id']!r} is no text", 'write it as: id = "..."')
    return settings


def tables_of(folder: Path, codebook: pd.DataFrame | None = None) -> dict[str, Table]:
    """Every table that the case in ``folder`` can have, by name, those of the kit first; with another ``codebook`` than its
    own, where that is given.

    To the tables of the kit come, from ``data/case.toml``, columns (``[columns.events.berth]``) and tables
    (``[tables.inspections]``) of its own and, from the codebook, the variables of ``cases``; where there is no codebook,
    each further column of ``cases`` is text. `BadTable` says all that is wrong with these declarations.
    """
    tables, wrong = with_own(TABLES, read_settings(folder))
    problems = {SETTINGS: wrong} if wrong else {}
    if codebook is None and (folder / CODEBOOK.path).is_file():
        cells, wrong, _ = read_cells(folder / CODEBOOK.path, tables["codebook"])
        codebook = None if wrong else cells
        if wrong:
            problems[CODEBOOK.path] = wrong
    if codebook is not None:
        tables["cases"], wrong = with_variables(tables["cases"], codebook)
        if wrong:
            problems[CODEBOOK.path] = wrong
    else:
        cases = tables["cases"]
        strange = [
            name for name in header(folder / cases.path) if name not in cases.names and _NAME.fullmatch(name)
        ]
        undefined = [Column(name, "text", "No codebook says", own=True) for name in dict.fromkeys(strange)]
        tables["cases"] = _inserted(cases, undefined)
    if problems:
        raise BadTable(problems)
    return tables


def with_variables(cases: Table, codebook: pd.DataFrame) -> tuple[Table, list[Problem]]:
    """The table of cases with a column for each variable of the codebook, before the last ones, and what is wrong.

    A variable is a row with a ``kind`` and a blank ``value``; its ``definition`` says what the column means.

    >>> cells = pd.DataFrame({"variable": ["speed"], "kind": ["number"], "value": [""], "definition": ["Knots"]})
    >>> with_variables(TABLES["cases"], cells)[0].names[4:6]
    ['speed', 'confidence']
    """
    columns: list[Column] = []
    problems: list[Problem] = []
    cells = codebook.reindex(columns=CODEBOOK.names, fill_value="")
    valued = set(cells.loc[cells["value"].ne(""), "variable"])
    variables = {row.variable for row in cells.itertuples() if row.kind and not row.value}
    for row in cells[cells["kind"].ne("")].itertuples():
        place = f"row {row.Index + 2} ({row.variable})"
        if row.value:
            if row.variable not in variables:
                wrong = f"kind {row.kind!r} stands beside a value"
                problems.append(
                    Problem(place, wrong, "give the variable a row of its own, with a blank value")
                )
            continue
        taken = row.variable in cases.names or row.variable in [column.name for column in columns]
        if row.kind not in VARIABLE_KINDS:
            near = suggest(row.kind, VARIABLE_KINDS)
            remedy = f"did you mean {near!r}?" if near else f"give one of {', '.join(VARIABLE_KINDS)}"
            problems.append(Problem(place, f"kind {row.kind!r} is none", remedy))
        elif not _NAME.fullmatch(row.variable):
            wrong = f"{row.variable!r} cannot be the name of a column"
            problems.append(Problem(place, wrong, "use lower-case letters, digits and _"))
        elif taken or row.variable.endswith(COMPUTED):
            problems.append(Problem(place, "has the name of another column of cases", "give it another name"))
        elif row.kind in ("one", "many") and row.variable not in valued:
            problems.append(Problem(place, "has no value", "add a row for each value that it may take"))
        else:
            coded = {"codebook": row.variable} if row.kind in ("one", "many") else {}
            columns.append(
                Column(row.variable, about=row.definition, own=True, **_AS_COLUMN[row.kind], **coded)
            )
    return _inserted(cases, columns), problems


def with_own(
    tables: Mapping[str, Table], settings: Mapping[str, Any]
) -> tuple[dict[str, Table], list[Problem]]:
    """The tables with the columns and tables that the settings declare, and what is wrong with the declarations.

    >>> berth = {"kind": "number", "about": "Where the ship lay"}
    >>> with_own(TABLES, {"columns": {"events": {"berth": berth}}})[0]["events"].column("berth").about
    'Where the ship lay'
    """
    problems: list[Problem] = []
    made = dict(tables)
    own = _section(settings, "tables", problems)
    names = {name for name, table in tables.items() if table.key == ("id",)}
    names |= {name for name, wanted in own.items() if isinstance(wanted, Mapping) and "key" not in wanted}
    for name, wanted in own.items():
        if table := _own_table(name, wanted, names, problems):
            made[name] = table
    for name, wanted in _section(settings, "columns", problems).items():
        if name not in tables:
            remedy = "declare a table of your own, with its columns, under [tables.NAME]"
            problems.append(_problem(f"columns.{name}", "is no table", suggest(name, tables), remedy))
        elif isinstance(wanted, Mapping):
            columns = _own_columns(f"columns.{name}", wanted, made[name].names, names, problems)
            made[name] = _inserted(made[name], columns)
        else:
            problems.append(Problem(f"[columns.{name}]", "names no column", f"write [columns.{name}.COLUMN]"))
    facts = fact_tables(made)
    return {name: _about_facts(table, facts) for name, table in made.items()}, problems


def fact_tables(tables: Mapping[str, Table]) -> tuple[str, ...]:
    """The names of the tables whose rows take evidence.

    >>> fact_tables(TABLES)
    ('events', 'cases', 'metrics', 'claims')
    """
    return tuple(name for name, table in tables.items() if table.fact)


def _section(settings: Mapping[str, Any], name: str, problems: list[Problem]) -> Mapping[str, Any]:
    found = settings.get(name, {})
    if isinstance(found, Mapping):
        return found
    problems.append(Problem(name, "is no table of the file", f"write [{name}.NAME] above its lines"))
    return {}


def _inserted(table: Table, columns: list[Column]) -> Table:
    """The table with the columns before confidence and notes, which close it."""
    place = next((n for n, c in enumerate(table.columns) if c.name in _LAST), len(table.columns))
    return replace(table, columns=(*table.columns[:place], *columns, *table.columns[place:]))


def _about_facts(table: Table, facts: tuple[str, ...]) -> Table:
    """The table with a column that refers to facts referring to the case's own too."""
    columns = (replace(c, refers=facts) if c.refers == FACTS else c for c in table.columns)
    return replace(table, columns=tuple(columns))


def _own_table(name: str, wanted: Any, names: set[str], problems: list[Problem]) -> Table | None:
    place = f"tables.{name}"
    before = len(problems)
    if not _NAME.fullmatch(name) or name in TABLES or name in LEDGERS:
        problems.append(
            Problem(f"[{place}]", "cannot be called so", "use another name, in lower-case letters")
        )
    if not isinstance(wanted, Mapping):
        problems.append(Problem(f"[{place}]", "declares nothing", "give it about and columns"))
        return None
    problems += _keys(place, wanted, {"about": str, "key": list, "fact": bool, "columns": dict})
    if not wanted.get("about") or not wanted.get("columns"):
        problems.append(
            Problem(f"[{place}]", "lacks about or columns", "say what a row is, and declare its columns")
        )
    if len(problems) > before:
        return None
    fact, key = wanted.get("fact", False), tuple(wanted.get("key", ("id",)))
    given = dict(wanted["columns"])
    first = [Column("id", "id", "Readable id", required=True)] if key == ("id",) or fact else []
    if fact and "title" not in given:
        first.append(Column("title", "text", "One line", required=True))
    taken = [column.name for column in first]
    columns = [*first, *_own_columns(f"{place}.columns", given, taken, names, problems)]
    if fact:
        have = {column.name for column in columns}
        columns += [replace(c, required=False) for c in _LAST.values() if c.name not in have]
    if strange := [part for part in key if part not in {column.name for column in columns}]:
        problems.append(
            Problem(f"[{place}]", f"key names {strange[0]!r}, which is no column", "name its columns")
        )
        return None
    if fact and key != ("id",):
        problems.append(
            Problem(f"[{place}]", "is a table of facts with another key than id", "leave key out")
        )
        return None
    return Table(name, wanted["about"], tuple(columns), key, fact=fact, own=True)


def _own_columns(
    place: str, wanted: Mapping[str, Any], taken: list[str], names: set[str], problems: list[Problem]
) -> list[Column]:
    made = []
    for name, given in wanted.items():
        found = list(_column_problems(f"{place}.{name}", name, given, taken, names))
        problems += found
        if not found:
            kind, required = given["kind"], given.get("required", False)
            made.append(
                Column(
                    name, kind, given["about"], required, given.get("many", False),
                    words=tuple(given.get("words", ())), refers=tuple(given.get("refers", ())),
                    codebook=given.get("codebook", ""), missing=required and kind in ("date", "number"), own=True,
                    public=given.get("public", False),
                )
            )  # fmt: skip
    return made


_OF_A_COLUMN = {
    "kind": str, "about": str, "required": bool, "many": bool, "words": list, "refers": list, "codebook": str,
    "public": bool,
}  # fmt: skip


def _column_problems(
    place: str, name: str, given: Any, taken: list[str], names: set[str]
) -> Iterator[Problem]:
    if not _NAME.fullmatch(name) or name.endswith(COMPUTED):
        remedy = f"use lower-case letters, digits and _, and none of the endings {', '.join(COMPUTED)}"
        yield Problem(f"[{place}]", "cannot be called so", remedy)
    if name in taken:
        yield Problem(f"[{place}]", "is a column of the table already", "use another name")
    if not isinstance(given, Mapping):
        yield Problem(f"[{place}]", "declares nothing", 'give it kind and about, as in kind = "text"')
        return
    wrong = _keys(place, given, _OF_A_COLUMN)
    yield from wrong
    if wrong:
        return
    kind = given.get("kind", "")
    if kind not in KINDS:
        yield _problem(
            place, f"kind {kind!r} is none", suggest(kind, KINDS), f"give one of {', '.join(KINDS)}"
        )
    if not given.get("about", "").strip():
        yield Problem(f"[{place}]", "does not say what it means", "add a line: about = ...")
    if (kind == "code") != bool(given.get("words") or given.get("codebook")):
        yield Problem(f"[{place}]", "has words without being of kind code, or the other way round",
                      'a code has words = ["...", "..."], or codebook = "variable"')  # fmt: skip
    if (kind == "ref") != bool(given.get("refers")):
        yield Problem(f"[{place}]", "refers to a table without being of kind ref, or the other way round",
                      'a ref has refers = ["actors"]')  # fmt: skip
    for table in given.get("refers", ()):
        if table not in names:
            remedy = "name a table that has ids"
            yield _problem(
                place, f"refers to {table!r}, which is no table with ids", suggest(str(table), names), remedy
            )
    if bad := [
        w for w in given.get("words", ()) if not isinstance(w, str) or not w or ";" in w or w in MISSING
    ]:
        yield Problem(
            f"[{place}]", f"{bad[0]!r} cannot be a word of it", "write words as text, without semicolons"
        )


def _keys(place: str, given: Mapping[str, Any], known: Mapping[str, type]) -> list[Problem]:
    kinds = {str: "text", bool: "true or false", list: 'a list, as in ["a", "b"]', dict: "a table"}
    found = []
    for key, value in given.items():
        if key not in known:
            found.append(
                _problem(
                    place, f"{key!r} means nothing here", suggest(key, known), f"it takes {', '.join(known)}"
                )
            )
        elif not isinstance(value, known[key]):
            found.append(Problem(f"[{place}]", f"{key} = {value!r} is not {kinds[known[key]]}", "correct it"))
        elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
            found.append(
                Problem(f"[{place}]", f"{key} holds something that is not text", "put it in quotation marks")
            )
    return found


def _problem(place: str, wrong: str, near: str, remedy: str) -> Problem:
    return Problem(f"[{place}]", wrong, f"did you mean {near!r}?" if near else remedy)
