"""What of a case can be found: rows with the names that their ids stand for, cells of notebooks, documents."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from kit.errors import BadDate
from kit.evidence.passages.full_text import Owner, TextEntry
from kit.tables.cells import split_list
from kit.tables.columns import Column, Table
from kit.tables.declarations import fact_tables
from kit.tables.load import evidence_ids
from kit.text.edtf import parse_date

#: What is read of a file; a notebook with pictures in its outputs may be large.
_LARGEST = 50_000_000
#: The column that names a row to a person, in the order in which one is looked for.
_TITLES = ("title", "name", "claim", "label", "metric", "variable")
#: The tables whose ids are told by a name, and the column that has it.
_NAMES = {"actors": "name", "places": "name", "tags": "label"}
#: The folders in which documents are looked for, seen from the case; others hold what was made.
_DOCUMENTS = ("*.md", "notebooks/*.md", "docs/**/*.md")

Texts = Mapping[str, pd.DataFrame]


def found_tables(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables whose rows can be found: those that say something in words, and are not kept for the desk's own ends.

    >>> from kit.tables.schema import TABLES
    >>> sorted(TABLES.keys() - found_tables(TABLES).keys())
    ['checks', 'participants', 'remarks', 'waivers', 'withheld']
    """
    return {
        name: table
        for name, table in tables.items()
        if not table.private and any(column.kind == "text" for column in table.columns)
    }


def row_entries(texts: Texts, tables: Mapping[str, Table]) -> Iterator[TextEntry]:
    """Each row of the tables that can be found, with the names of the actors, places and tags that its ids stand for.

    ``texts`` has the cells as text, by table.
    """
    names = {
        id: name
        for table, column in _NAMES.items()
        if table in texts and {"id", column} <= set(texts[table])
        for id, name in zip(texts[table]["id"], texts[table][column], strict=True)
    }
    people = _people(texts)
    for name, table in found_tables(tables).items():
        if name not in texts:
            continue
        cells = texts[name]
        ids = _ids(cells, table)
        # What is shown of a row is the first place of the best; words say more than ids and addresses.
        columns = sorted(
            (column for column in table.columns if column.name in cells),
            key=lambda column: column.kind != "text",
        )
        title = next((column for column in _TITLES if column in cells), "")
        told = [(column, _names(column, cells, names)) for column in columns if _told(column, title)]
        titles = cells[title] if title else ids
        for at, (id, headed) in enumerate(zip(ids, titles, strict=True)):
            fields = [(column.name, _composed(words[at])) for column, words in told if words[at]]
            if name == "events" and id in people:
                fields.append(("participants", ", ".join(names.get(one, one) for one in people[id])))
            yield TextEntry(name, id, f"{name}/{id}", _composed(headed), tuple(fields))


def filters_of(
    texts: Texts, tables: Mapping[str, Table], verdicts: Mapping[str, str]
) -> tuple[list[Owner], list[tuple[str, str, str]]]:
    """What filters ask about each row, and each value of a facet with its row: tag, actor, tier, read, verdict.

    A source has the tags and actors of the facts that it bears on, a row of evidence those of its fact and what its
    source has; ``verdicts`` says of evidence whether its passage holds.
    """
    facets: dict[str, set[tuple[str, str]]] = defaultdict(set)
    owners: list[Owner] = []
    facts: dict[str, str] = {}
    people = _people(texts)
    citable = fact_tables(tables)
    for name, table in found_tables(tables).items():
        if name not in texts:
            continue
        cells = texts[name]
        ids = _ids(cells, table)
        title = next((column for column in _TITLES if column in cells), "")
        day = next((c.name for c in table.columns if c.kind == "date" and c.name in cells), "")
        for id, headed, date in zip(
            ids, cells[title] if title else ids, cells[day] if day else [""] * len(ids), strict=True
        ):
            cite = id if name in (*citable, "sources") else ""
            owners.append(Owner(f"{name}/{id}", headed, cite, *_days(date)))
        if name in citable:
            facts |= dict.fromkeys(ids, name)
        for column in table.columns:
            if column.name in cells and (facet := _facet(name, column)):
                for id, cell in zip(ids, cells[column.name], strict=True):
                    values = split_list(cell) if column.many else (cell,)
                    facets[f"{name}/{id}"] |= {(facet, value) for value in values if value}
        if name in ("actors", "tags"):
            for id in ids:
                facets[f"{name}/{id}"].add((name.removesuffix("s"), id))
    for event, actors in people.items():
        facets[f"events/{event}"] |= {("actor", actor) for actor in actors}
    owners += _evidence(texts, tables, verdicts, facts, facets)
    return owners, sorted((name, value, owner) for owner, had in facets.items() for name, value in had)


def _evidence(
    texts: Texts,
    tables: Mapping[str, Table],
    verdicts: Mapping[str, str],
    facts: Mapping[str, str],
    facets: dict[str, set[tuple[str, str]]],
) -> Iterator[Owner]:
    """The rows of evidence, which hand on what the fact and the source have."""
    cells = texts.get("evidence")
    if cells is None or not {"record", "source"} <= set(cells):
        return
    handed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for id, record, source in zip(
        _ids(cells, tables["evidence"]), cells["record"], cells["source"], strict=True
    ):
        fact = f"{facts.get(record, 'events')}/{record}"
        about = {(name, value) for name, value in facets.get(fact, ()) if name in ("tag", "actor")}
        judged = {("verdict", verdicts[id])} if id in verdicts else set()
        facets[f"evidence/{id}"] |= about | judged | facets.get(f"sources/{source}", set())
        handed[f"sources/{source}"] |= about
        yield Owner(f"evidence/{id}", f"{record} – {source}", record)
    for owner, had in handed.items():
        facets[owner] |= had


def notebook_entries(path: Path, name: str) -> list[TextEntry]:
    """Each Markdown cell of a notebook, called ``name``; none where the file is no notebook, which the gate says."""
    try:
        cells = json.loads(_read(path))["cells"]
        told = [(n, "".join(c["source"])) for n, c in enumerate(cells, 1) if c["cell_type"] == "markdown"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return []
    title = next(
        (line.lstrip("# ") for _, text in told for line in text.splitlines() if line[:2] == "# "), name
    )
    return [
        TextEntry(
            "notebooks", f"{name}#{number}", "", _composed(title), ((f"cell {number}", _composed(text)),)
        )
        for number, text in told
        if text.strip()
    ]


def document_entries(path: Path, name: str) -> list[TextEntry]:
    """The Markdown document, called ``name``, as one entry."""
    text = _composed(_read(path))
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), name)
    return [TextEntry("documents", name, "", title, (("", text),))] if text.strip() else []


def prose_files(folder: Path) -> dict[str, tuple[str, Path]]:
    """The notebooks and Markdown documents of the case folder by name, each with ``notebooks`` or ``documents``.

    What a link leads to outside the folder, and what is too large to be prose, is left aside.
    """
    home = folder.resolve()
    found = [("notebooks", path) for path in (folder / "notebooks").glob("*.ipynb")]
    found += [("documents", path) for form in _DOCUMENTS for path in folder.glob(form)]
    return {
        path.relative_to(folder).as_posix(): (place, path)
        for place, path in sorted(found, key=lambda one: one[1])
        if path.is_file() and path.resolve().is_relative_to(home) and path.stat().st_size <= _LARGEST
    }


def _people(texts: Texts) -> dict[str, list[str]]:
    """Who takes part, by event."""
    found: dict[str, list[str]] = defaultdict(list)
    cells = texts.get("participants")
    if cells is not None and {"event", "actor"} <= set(cells):
        for event, actor in zip(cells["event"], cells["actor"], strict=True):
            if actor not in found[event]:
                found[event].append(actor)
    return found


def _ids(cells: pd.DataFrame, table: Table) -> list[str]:
    if table.name == "evidence":
        return evidence_ids(cells)
    parts = [cells[name] for name in table.key if name in cells]
    return ["/".join(filter(None, key)) for key in zip(*parts, strict=True)] if parts else [""] * len(cells)


def _told(column: Column, title: str) -> bool:
    """Whether what stands in the column is looked for: all but words of a closed list."""
    return column.name != title and column.kind != "code"


def _names(column: Column, cells: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    told = cells[column.name].tolist()
    if column.kind != "ref" or not set(column.refers) & _NAMES.keys():
        return told
    return [", ".join(names.get(one, one) for one in split_list(cell)) for cell in told]


def _facet(table: str, column: Column) -> str:
    if column.kind == "ref" and column.refers == ("tags",):
        return "tag"
    if column.kind == "ref" and "actors" in column.refers:
        return "actor"
    if table == "sources" and column.name in ("tier", "read"):
        return column.name
    return "verdict" if table == "claims" and column.name == "verdict" else ""


def _days(date: str) -> tuple[str, str, str]:
    """The date, and its first and its last day; blank where it has none, and far off where it is open."""
    try:
        span = parse_date(date)
    except BadDate:
        return date, "", ""
    first = span.earliest.isoformat() if span.earliest else "0001-01-01"
    return date, first, span.latest.isoformat() if span.latest else "9999-12-31"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def by_place(entries: Iterable[TextEntry]) -> dict[str, dict[str, TextEntry]]:
    """The entries by place and id; of two with one id, the last.

    >>> sorted(by_place([TextEntry("events", "a", "events/a", "A", ())]))
    ['events']
    """
    found: dict[str, dict[str, TextEntry]] = defaultdict(dict)
    for entry in entries:
        found[entry.place][entry.id] = entry
    return found
