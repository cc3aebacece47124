"""Sources from and to other programs: CSL-JSON, BibTeX, BibLaTeX and RIS, which is what Zotero exports."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from kit.case import Case
from kit.errors import BadTable, KitError, Problem, Problems
from kit.files import write_whole
from kit.sources.bibliography.bibtex import read_bibtex, write_bibtex
from kit.sources.bibliography.csl import FileItems, Item, csl_items, extra_fields, with_extra_fields
from kit.sources.bibliography.identity import identifiers, is_usable, likeness, source_id
from kit.sources.bibliography.ris import read_ris, write_ris
from kit.sources.bibliography.rows import COLUMNS, item_row, read_issued
from kit.sources.bibliography.values import read_json
from kit.tables.cells import as_text, guarded, join_list, split_list, unguarded
from kit.tables.declarations import COMPUTED
from kit.tables.load import typed, with_id
from kit.tables.read import complete, read_text
from kit.tables.schema import TABLES
from kit.tables.validate import check_tables
from kit.tables.write import appended, saved_as, table_bytes
from kit.text.printable import printable

_PATH = TABLES["sources"].path
_MB = 1_000_000


@dataclass(frozen=True)
class Format:
    """A file format: how its text becomes CSL items and back, and how much of it is read at most."""

    read: Callable[[str], FileItems]
    write: Callable[[list[Item]], str]
    largest: int = 20 * _MB


def _read_json(text: str) -> FileItems:
    try:
        items = read_json(text)
    except (ValueError, RecursionError) as error:
        raise KitError("CSL-JSON", f"is not JSON ({error})", "export it again") from error
    items = items.get("items", [items]) if isinstance(items, dict) else items
    if not isinstance(items, list) or (items and not any(isinstance(item, dict) for item in items)):
        raise KitError("CSL-JSON", "is not a list of items", "export it as CSL JSON")
    aside = [(f"item {at}", "is no item") for at, item in enumerate(items, 1) if not isinstance(item, dict)]
    return FileItems([item for item in items if isinstance(item, dict)], aside)


def _write_json(items: list[Item]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


class Added(NamedTuple):
    """What became of sources that were to be added, a frame each.

    - added: the rows that are new, as the sources table has them.
    - there: those that the table has already, and so were not added: ``id``, ``title``, ``same_as`` (the source), ``by``
      (its id, address or DOI).
    - told: what a person should look at: ``id``, ``title``, ``says``: an entry that could not be read, a date with two
      readings, a title and date like another's.
    """

    added: pd.DataFrame
    there: pd.DataFrame
    told: pd.DataFrame


#: The formats by the ending of the file's name. TeX takes the longest to read, hence the lower limit.
FORMATS = {
    ".json": Format(_read_json, _write_json),
    ".bib": Format(read_bibtex, write_bibtex, 5 * _MB),
    ".ris": Format(read_ris, write_ris),
}


def import_sources(case: Case, path: str | Path, tier: str = "") -> Added:
    """The sources added to data/manual/sources.csv, those that were there already, and what a person should look at.

    ``tier`` says how near to what happened the sources are; without it each must say so itself, as our own
    exports do, since only a person can judge it. A source is there already when its address or its DOI is; a title
    and date like another's are told and no more. Ids that the table can use are kept; others are made, the old one
    staying in the note. An entry that cannot be read is left aside and told. A file in which nothing can be read
    raises `KitError`, rows that the table cannot hold raise `BadTable` with every problem, and in either
    case nothing is written.
    """
    path = Path(path)
    own = [column.name for column in case.schema["sources"].columns if column.own]
    items, aside = _format(path).read(_text(path))
    told = [(key, "", f"is left aside: {why}") for key, why in aside]
    for item in items:
        if asked := read_issued(item.get("issued"))[1]:
            told.append(
                (
                    printable(str(item.get("id", "")), lines=False),
                    printable(str(item.get("title", "")), lines=False),
                    asked,
                )
            )
    added = add_rows(case, [item_row(item, own) for item in items], tier, path.name)
    return added._replace(told=pd.concat([_told(told), added.told], ignore_index=True))


def add_rows(case: Case, rows: list[dict[str, str]], tier: str, place: str, *, own: bool = False) -> Added:
    """The rows of cells added to data/manual/sources.csv, with those that were there already, as `import_sources`
    gives them; ``place`` names where they come from in an error. ``own`` is a person's word that each is a source of
    its own: an address or a DOI that another has is then told, and stops nothing.
    """
    with case.writing():
        table, there = case.schema["sources"], _there(case)
        added, duplicates, alike = _sorted_out(rows, complete(there, table), set(case.citable), own)
        _give_tier(added, tier, place)
        new = complete(pd.DataFrame(added, dtype="str"), table)
        if added:
            _write(case, appended(there, new, table), place)
    same = pd.DataFrame(duplicates, columns=["id", "title", "same_as", "by"], dtype="str")
    return Added(typed(new, table), same, _told(alike))


def _told(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "title", "says"], dtype="str")


def fill_cells(case: Case, identity: str, cells: dict[str, str]) -> bool:
    """Whether a blank cell of the source's row was filled; what a person wrote there is never replaced."""
    with case.writing():
        there = _there(case)
        row = there["id"].eq(identity)
        blank = {
            column: cell
            for column, cell in cells.items()
            if row.any() and (column not in there or there.loc[row, column].eq("").all())
        }
        for column, cell in blank.items():
            if column not in there:
                there[column] = ""
            there.loc[row, column] = guarded(cell)
        if blank:
            _write(case, there, identity)
        return bool(blank)


def _there(case: Case) -> pd.DataFrame:
    there, wrong = read_text(case.path / _PATH, case.schema["sources"])
    if wrong:
        raise BadTable({_PATH: wrong})
    return there


def _write(case: Case, sources: pd.DataFrame, place: str) -> None:
    if problems := check_tables({"sources": sources}, case.schema):
        raise BadTable({f"{place}, as {table}": found for table, found in problems.items()})
    write_whole(case.path / _PATH, saved_as(case.path / _PATH, table_bytes(sources, case.schema["sources"])))


def export_sources(case: Case, path: str | Path, sources: pd.DataFrame | None = None) -> Path:
    """The file written: every source of the case, or those of ``sources``, in the format that the file's name ends in.

    What the format has no field for stands at the end of the note, in a line that `import_sources` reads.
    The file is read back before it is written, and any source that would not come back the same raises
    `Problems`; an ending that is no format raises `KitError`.
    """
    path = Path(path)
    chosen = case.table("sources") if sources is None else sources
    write_whole(path, exported(chosen, path.suffix).encode())
    return path


def exported(sources: pd.DataFrame, ending: str) -> str:
    """The text of the sources in the format of that ending, ``.json``, ``.bib`` or ``.ris``.

    `Problems` names every source that would not come back the same.

    >>> row = {"id": "a", "type": "report", "title": "On Ports", "authors": ("Roe, Jane",), "publisher": "Quay Press"}
    >>> row |= {"issued": "2021-03", "url": "", "language": "en", "tier": "primary", "derived_from": (), "read": "full"}
    >>> print(exported(pd.DataFrame([row | {"archived_url": "", "note": ""}]), ".ris").splitlines()[-2])
    N1  - [casebook read=full tier=primary]
    """
    form = _format(Path(f"sources{ending}"))
    sources = with_id(sources)
    own = [name for name in sources if name not in COLUMNS and not name.endswith(COMPUTED)]
    rows = [_cells(row, own) for row in sources.to_dict("records")]
    items = [_noted(item, row, {}) for item, row in zip(csl_items(sources), rows, strict=True)]
    back = [item_row(item, own) for item in form.read(form.write(items)).items] if items else []
    lost = [_lost(row, cells) for row, cells in zip(rows, back, strict=True)]
    items = [_noted(item, row, more) for item, row, more in zip(items, rows, lost, strict=True)]
    text = form.write(items)
    problems = [
        Problem(row["id"], f"{', '.join(more)} would not come back the same", "write it in plainer signs")
        for row, cells in zip(rows, [item_row(item, own) for item in form.read(text).items], strict=True)
        if (more := _lost(row, cells))
    ]
    if problems:
        raise Problems({f"sources{ending}": problems})
    return text


def _format(path: Path) -> Format:
    if (form := FORMATS.get(path.suffix.lower())) is None:
        wanted = ", ".join(FORMATS)
        raise KitError(
            path.name, f"{path.suffix or 'no ending'} is not a format for sources", f"name it {wanted}"
        )
    return form


def _text(path: Path) -> str:
    largest = _format(path).largest
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        raise KitError(path, f"cannot be read ({error.strerror})", "give the path of an export") from error
    if len(raw) > largest:
        raise KitError(path, f"is over {largest // _MB} MB", "export fewer sources at a time")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KitError(path, "is not UTF-8", "export it as UTF-8") from error


def _sorted_out(
    rows: list[dict[str, str]], there: pd.DataFrame, taken: set[str], own: bool
) -> tuple[list[dict[str, str]], list[tuple[str, str, str, str]], list[tuple[str, str, str]]]:
    known: dict[tuple[str, str], str] = {}
    like: dict[str, str] = {}
    for cells in there.to_dict("records"):
        known |= dict.fromkeys(identifiers(cells), cells["id"])
        like.setdefault(likeness(cells), cells["id"])
    added, duplicates, alike, renamed = [], [], [], {}
    for cells in rows:
        marks = identifiers(cells)
        same = next((mark for mark in marks if mark in known), None)
        if same and not own:
            duplicates.append((cells["id"], cells["title"], known[same], same[0]))
            renamed[cells["id"]] = known[same]
            continue
        known_before = known.get(same, "") if same else ""
        old, cells["id"] = cells["id"], _identity(cells, taken)
        if old and old != cells["id"]:
            note, more = extra_fields(cells["note"], "csl")
            cells["note"] = with_extra_fields(note, "csl", {"citation-key": old} | more)
            renamed[old] = cells["id"]
        taken.add(cells["id"])
        known |= dict.fromkeys(marks, cells["id"])
        added.append(cells)
        if same:
            alike.append((cells["id"], cells["title"], f"has the {same[0]} of {known_before}"))
        elif (title := likeness(cells)) and like.setdefault(title, cells["id"]) != cells["id"]:
            alike.append(
                (cells["id"], cells["title"], f"has the title and date of {like[title]}: are they one?")
            )
    for cells in added:
        origins = [renamed.get(origin, origin) for origin in split_list(cells["derived_from"])]
        known_here = dict.fromkeys(origin for origin in origins if origin in taken)
        cells["derived_from"] = join_list(known_here)
        if elsewhere := [origin for origin in origins if origin not in taken]:
            note = f"Repeats, in the case it comes from: {', '.join(elsewhere)}."
            cells["note"] = f"{note} {cells['note']}".strip()
    return added, duplicates, alike


def _identity(cells: dict[str, str], taken: set[str]) -> str:
    return cells["id"] if is_usable(cells["id"]) and cells["id"] not in taken else source_id(cells, taken)


def _give_tier(rows: list[dict[str, str]], tier: str, place: str) -> None:
    without = [cells for cells in rows if not cells["tier"]]
    if without and not tier:
        words = ", ".join(TABLES["sources"].column("tier").words)
        count = f"{len(without)} source{'s' if len(without) > 1 else ''}"
        raise KitError(
            place, f"does not say how near {count} stood to what happened", f"say which tier: {words}"
        )
    for cells in without:
        cells["tier"] = tier


def _cells(row: dict[Hashable, Any], own: list[str]) -> dict[str, str]:
    return {
        column: as_text(row.get(column, ""), row.get(f"{column}_missing", "")) for column in (*COLUMNS, *own)
    }


def _noted(item: Item, row: dict[str, str], more: dict[str, str]) -> Item:
    note = with_extra_fields(extra_fields(row["note"], "csl")[0], "casebook", more)
    return item | ({"note": note} if note else {})


def _lost(row: dict[str, str], back: dict[str, str]) -> dict[str, str]:
    """The cells of a row that a format did not bring back."""
    return {column: cell for column, cell in row.items() if unguarded(cell) != unguarded(back[column])}
