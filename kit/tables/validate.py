"""All that is wrong with the tables, at once: types, vocabularies, keys, and what one table says about another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from kit.errors import BadDate, Problem
from kit.tables.cells import split_list
from kit.tables.columns import Column, Table
from kit.tables.declarations import fact_tables
from kit.tables.read import complete, suggest
from kit.tables.schema import MISSING, TABLES
from kit.tables.spreadsheet.damage import damage_of, day_of_number
from kit.text.edtf import parse_date

_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_SHOWN = 3
#: Which kind of problem a bad cell of a column's kind is: a word that no list has, an id that names nothing.
_PROBLEM_KINDS = {"code": "vocabulary", "ref": "dangling"}


def check_tables(
    texts: Mapping[str, pd.DataFrame], tables: Mapping[str, Table] = TABLES
) -> dict[str, list[Problem]]:
    """Every problem of every table, by file, in the order of the rows.

    ``texts`` holds the cells as text, a frame a table, as `read_text` gives them, and ``tables`` their descriptions.
    What refers to a table that is not among them is not looked up.
    """
    texts = {name: complete(frame, tables[name]) for name, frame in texts.items()}
    known = known_words(texts)
    found: dict[str, list[tuple[int, Problem]]] = {tables[name].path: [] for name in texts}
    for name, frame in texts.items():
        table = tables[name]
        problems = found[table.path]
        for column in table.columns:
            problems += _column(frame, table, column, known, tables)
        problems += _keys(frame, table)
    for name, row, problem in [*_shared_ids(texts, known, tables), *_between_columns(texts, tables, known)]:
        found[tables[name].path].append((row, problem))
    return {path: [p for _, p in sorted(rows)] for path, rows in found.items() if rows}


def cell_problem(
    cell: str, column: Column, known: dict[str, set[str]], tables: Mapping[str, Table] = TABLES
) -> Problem | None:
    """What is wrong with one cell of a row that is being typed; ``None`` where nothing is. ``known`` is `known_words`.

    >>> cell_problem("2021-13", TABLES["events"].column("date"), {}).wrong
    "date '2021-13' is not a real date"
    """
    if not cell:
        return Problem("", f"{column.name} is blank", "write a value") if column.required else None
    check = _checker(column, known, tables)
    wrong = check(cell) if check else None
    return Problem("", *wrong, kind=_PROBLEM_KINDS.get(column.kind, "")) if wrong else None


def known_words(texts: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """The ids of each table, and the values of each variable of the codebook as ``codebook:variable``.

    >>> known_words({"tags": pd.DataFrame({"id": ["fine"]})})
    {'tags': {'fine'}}
    """
    known = {name: set(frame["id"].to_numpy(object)) for name, frame in texts.items() if "id" in frame}
    if "codebook" in texts:
        values = texts["codebook"][texts["codebook"]["value"].ne("")]
        for variable, rows in values.groupby("variable"):
            known[f"codebook:{variable}"] = set(rows["value"])
    return known


def _column(
    frame: pd.DataFrame,
    table: Table,
    column: Column,
    known: dict[str, set[str]],
    tables: Mapping[str, Table],
) -> Iterator[tuple[int, Problem]]:
    cells = frame[column.name]
    if column.required:
        blank = cells.eq("")
        if blank.any():
            remedy = f"write a value, or one of {', '.join(MISSING)}" if column.missing else "write a value"
            yield _problem(frame, table, blank.to_numpy().nonzero()[0], f"{column.name} is blank", remedy)
    check = _checker(column, known, tables)
    own = column.own and column.kind == "text"
    damage = damage_of(cells, own=own) if table.folder == "manual" else None
    if check is None and damage is None:
        return
    # A value is judged once, however many rows hold it; plain objects iterate several times faster than pandas' str.
    codes, values = pd.factorize(cells.to_numpy(object))
    for number, value in enumerate(values):
        if not value:
            continue
        if damage and (wrong := damage(value)):
            yield _problem(frame, table, (codes == number).nonzero()[0], *wrong)
        elif check and (wrong := check(value)):
            kind = _PROBLEM_KINDS.get(column.kind, "")
            yield _problem(frame, table, (codes == number).nonzero()[0], *wrong, kind=kind)


_Verdict = tuple[str, str] | None


def _checker(
    column: Column, known: dict[str, set[str]], tables: Mapping[str, Table]
) -> Callable[[str], _Verdict] | None:
    judge: Callable[[str, Column], _Verdict]
    if column.form:
        judge = _bad_form
    elif column.kind in ("code", "ref"):
        allowed = _allowed(column, known)
        if allowed is None:
            return None

        def judge(value: str, column: Column) -> _Verdict:
            return None if value in allowed else _unknown(value, column, allowed, tables)
    elif column.kind == "text":
        return None
    else:
        judges = {"id": _bad_id, "date": _bad_date, "number": _bad_number, "url": _bad_address}
        judge = judges[column.kind]

    def one(value: str) -> _Verdict:
        return None if column.missing and value in MISSING else judge(value, column)

    if not column.many:
        return one
    return lambda cell: next(filter(None, map(one, split_list(cell))), None)


def _allowed(column: Column, known: dict[str, set[str]]) -> set[str] | None:
    """What a code or a ref may be; ``None`` where that stands in a file or a variable that is not there."""
    if column.kind == "ref":
        if any(table not in known for table in column.refers):
            return None
        return set().union(*(known[table] for table in column.refers))
    return known.get(f"codebook:{column.codebook}") if column.codebook else set(column.words)


def _bad_form(value: str, column: Column) -> _Verdict:
    if re.fullmatch(column.form, value):
        return None
    return f"{column.name} {value[:60]!r} is not of its form", "correct it"


def _bad_address(value: str, column: Column) -> _Verdict:
    if re.fullmatch(r"https?://[^\s\"<>]+", value):
        return None
    return f"{column.name} {value!r} is no web address", "write one that begins with http"


def is_id(text: str) -> bool:
    """Whether the text can be an id: lower-case letters and digits, with single hyphens, dots or low lines between them.

    >>> is_id("harbour-post-2021"), is_id("Harbour Post")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def _bad_id(value: str, column: Column) -> _Verdict:
    if is_id(value):
        return None
    return (
        f"id {value!r} is not lower-case letters, digits and single hyphens",
        "for instance harbour-post-2021-03-02-raid",
    )


def _bad_date(value: str, column: Column) -> _Verdict:
    try:
        parse_date(value)
    except BadDate as error:
        if (day := day_of_number(value)) != value:
            return f"{column.name} {value!r} is a number by which spreadsheets count days", f"write {day}"
        return error.value.replace("date ", f"{column.name} ", 1), error.remedy
    return None


def _bad_number(value: str, column: Column) -> _Verdict:
    if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", value):
        return None
    bare = re.sub(r"(?<=\d),(?=\d{3}\b)", "", value.strip().lstrip("$€£").rstrip("%"))
    remedy = (
        f"write {bare}" if re.fullmatch(r"-?\d+(\.\d+)?", bare) else "write digits, with a point for decimals"
    )
    if column.missing:
        remedy += f", or one of {', '.join(MISSING)}"
    return f"{column.name} {value!r} is not a number", remedy


def _unknown(value: str, column: Column, allowed: set[str], tables: Mapping[str, Table]) -> _Verdict:
    if column.kind == "ref":
        place = "is not in " + " or ".join(tables[table].path for table in column.refers)
    elif column.codebook:
        place = f"is not in {TABLES['codebook'].path}"
    else:
        place = f"is not one of {', '.join(column.words)}"
    kind = column.refers[0].rstrip("s") if (column.name,) == column.refers else column.name
    if re.search(r"[\u2018-\u201f\u2010-\u2015]", value):
        return (
            f"{kind} {value!r} {place}",
            "a spreadsheet has put typographic quotes or dashes into it; retype it",
        )
    if column.many and set(parts := split_list(value.replace(",", ";"))) <= allowed and len(parts) > 1:
        return f"{kind} {value!r} {place}", f"a list has semicolons: write {'; '.join(parts)}"
    near = suggest(value, sorted(allowed))
    return (
        f"{kind} {value!r} {place}",
        f"did you mean {near!r}?" if near else "correct it, or add it there first",
    )


def _keys(frame: pd.DataFrame, table: Table) -> Iterator:
    key = list(table.key)
    again = frame.duplicated(key, keep="first")
    for number in again.to_numpy().nonzero()[0]:
        row = frame.iloc[number]
        first = frame[key].eq(row[key]).all(axis="columns").to_numpy().nonzero()[0][0]
        what = (
            f"id {row['id']!r} is used twice"
            if key == ["id"]
            else f"says again what row {frame.index[first] + 2} says"
        )
        remedy = (
            f"row {frame.index[first] + 2} has it too; give one of them another"
            if key == ["id"]
            else "remove one of them"
        )
        yield _problem(frame, table, [number], what, remedy, kind="duplicate")


def _shared_ids(
    texts: Mapping[str, pd.DataFrame], known: dict[str, set[str]], tables: Mapping[str, Table]
) -> Iterator[tuple[str, int, Problem]]:
    names = [name for name in ("sources", *fact_tables(tables)) if name in texts]
    for later, earlier in ((b, a) for i, a in enumerate(names) for b in names[i + 1 :]):
        for value in known[earlier] & known[later]:
            numbers = texts[later]["id"].eq(value).to_numpy().nonzero()[0]
            wrong = f"id {value!r} is also in {tables[earlier].path}"
            remedy = "an id in the prose must name one thing; change one of them"
            yield (later, *_problem(texts[later], tables[later], numbers, wrong, remedy, kind="duplicate"))


def _between_columns(
    texts: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], known: dict[str, set[str]]
) -> Iterator[tuple[str, int, Problem]]:
    """Rules that need two columns or two tables."""

    def report(name: str, numbers: Iterable[int], wrong: str, remedy: str) -> tuple[str, int, Problem]:
        return (name, *_problem(texts[name], tables[name], list(numbers), wrong, remedy))

    if "events" in texts:
        events = texts["events"]
        unconfirmed = [word for word in tables["events"].column("status").words if word != "confirmed"]
        bare = events["status"].isin(unconfirmed) & events["attributed_to"].eq("")
        for number in bare.to_numpy().nonzero()[0]:
            status = events["status"].iloc[number]
            yield report("events", [number], f"status {status!r} has no attributed_to", "write who says so")
    if "metrics" in texts:
        metrics = texts["metrics"]
        ends = metrics[["low", "high"]].apply(pd.to_numeric, errors="coerce")
        for number in (ends["low"] > ends["high"]).to_numpy().nonzero()[0]:
            yield report("metrics", [number], "low is above high", "swap them")
    if "codebook" in texts and "second_coding" in texts:
        columns = {column.name: column for column in tables["cases"].columns}
        for number, row in enumerate(texts["second_coding"].itertuples()):
            column = columns.get(row.variable)
            allowed = known.get(f"codebook:{row.variable}", set())
            for value in (row.first, row.second):
                if column and column.kind in ("date", "number"):
                    check = _checker(column, known, tables)
                    if check and (wrong := check(value)):
                        yield report("second_coding", [number], *wrong)
                elif not column or not column.codebook or not allowed.issuperset(split_list(value)):
                    said = f"{row.variable} = {value}"
                    yield report(
                        "second_coding", [number], f"{said!r} is not in the codebook", "use a defined value"
                    )
    if "evidence" in texts:
        yield from _evidence_rules(texts, tables, report)


def _evidence_rules(
    texts: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], report: Callable
) -> Iterator:
    evidence = texts["evidence"]
    facts = [name for name in fact_tables(tables) if name in texts]
    for fact in facts:
        about = evidence["record"].isin(set(texts[fact]["id"]))
        strange = about & evidence["field"].ne("") & ~evidence["field"].isin(tables[fact].names)
        for number in strange.to_numpy().nonzero()[0]:
            field = evidence["field"].iloc[number]
            yield report(
                "evidence",
                [number],
                f"field {field!r} is no column of {tables[fact].path}",
                "name the column it bears on",
            )
        days = [column.name for column in tables[fact].columns if column.kind == "date"]
        counted = evidence["says"].map(day_of_number)
        for number in (
            (about & evidence["field"].isin(days) & counted.ne(evidence["says"])).to_numpy().nonzero()[0]
        ):
            wrong = f"says {evidence['says'].iloc[number]!r} is a number by which spreadsheets count days"
            yield report("evidence", [number], wrong, f"write {counted.iloc[number]}, if that is meant")
    half = evidence["start"].eq("") & evidence["end"].ne("")
    for number in half.to_numpy().nonzero()[0]:
        yield report(
            "evidence", [number], "has an end but no start", "write the passage's first words in start"
        )
    if "sources" not in texts:
        return
    read = texts["sources"].drop_duplicates("id").set_index("id")["read"]
    supporting = evidence[evidence["stance"].isin(("supports", "states"))]
    unread = supporting["source"].map(read).eq("no").groupby(supporting["record"]).all()
    for fact in facts:
        frame = texts[fact]
        if "confidence" not in frame:
            continue
        rests, given = frame["id"].map(unread), frame["confidence"]
        for number in (rests.eq(True) & given.ne("unread") & given.ne("")).to_numpy().nonzero()[0]:
            yield report(
                fact,
                [number],
                f"confidence {given.iloc[number]!r}, but every source that supports it is unread",
                "write unread, or read a source",
            )
        for number in (rests.ne(True) & given.eq("unread")).to_numpy().nonzero()[0]:
            yield report(
                fact,
                [number],
                "confidence 'unread', but no source says so",
                "write high, medium or low, or add evidence",
            )


def _problem(
    frame: pd.DataFrame, table: Table, numbers, wrong: str, remedy: str, kind: str = ""
) -> tuple[int, Problem]:
    """One problem for all the rows that share it: its place names the first of them."""
    label = [c for c in table.key if c in frame][:2]

    def name(number: int) -> str:
        key = "/".join(v for v in frame.iloc[number][label] if v)
        row = frame.index[number] + 2
        return f"{row} ({key})" if key else f"{row}"

    shown = ", ".join(name(n) for n in numbers[:_SHOWN])
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    place = f"row{'s' if len(numbers) > 1 else ''} {shown}{more}"
    return int(numbers[0]), Problem(place, wrong, remedy, kind)
