"""Sources from a list that a person keeps: addresses one a line, or a sheet with a source a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.sources.bibliography.csl import Item
from kit.sources.bibliography.days import read_day
from kit.sources.bibliography.exchange import FORMATS, Added, add_rows, import_sources
from kit.sources.bibliography.rows import COLUMNS, item_row
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.sources.extract.office.parts import checked_parts
from kit.tables.schema import TABLES
from kit.tables.spreadsheet.saved import saved_rows
from kit.text.printable import printable

#: What people call a column of a list of sources.
_CALLED = {
    "title": "title headline name titel überschrift titre título",
    "url": "url link address uri web website adresse lien enlace",
    "authors": "authors author by byline autor autoren auteur auteurs autores",
    "publisher": "publisher publication outlet paper newspaper medium site source verlag zeitung quelle média medio",
    "issued": "issued date published day year datum erschienen jahr fecha année",
    "language": "language lang sprache langue idioma",
    "note": "note notes comment comments notiz bemerkung remarque nota",
    "id": "id key",
    "type": "type kind art",
    "tier": "tier",
    "read": "read gelesen",
}
_NAMES = {name: column for column, names in _CALLED.items() for name in names.split()}
_SHEETS, _LINES = (".csv", ".tsv", ".xlsx"), ".txt"
_LARGEST = 20_000_000
#: Columns in which only certain words may stand.
_WORDS = {
    column.name: column.words
    for column in TABLES["sources"].columns
    if column.name in ("tier", "read", "type")
}


def bring_in(case: Case, path: str | Path, tier: str = "") -> Added:
    """The sources of a file added to data/manual/sources.csv, as `import_sources` gives them; nothing is fetched.

    Beside what other programs write for each other (CSL-JSON, BibTeX, RIS) it may be a text with an address a line, or a
    sheet (CSV, Excel) whose first row names its columns, in the words of the table or in those that people use: title,
    link, author, date and the like. A line or a row that is no source is left aside and told; no tier that is
    not told, since only a person can judge it. A file that cannot be read raises `KitError`.

    >>> import kit, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "links.csv"
    ...     _ = path.write_text("Headline;Link;Date\\nFifty boxes;https://post.example/boxes;3 March 2021\\n")
    ...     bring_in(kit.example(), path, "secondary").added[["title", "issued", "read"]].values.tolist()
    [['Fifty boxes', '2021-03-03', 'no']]
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in (*_SHEETS, _LINES):
        if ending not in FORMATS:
            wanted = ", ".join((*FORMATS, *_SHEETS, _LINES))
            raise KitError(
                path.name, f"{ending or 'no ending'} is not a format for sources", f"name it {wanted}"
            )
        return import_sources(case, path, tier)
    raw = _content(path)
    items, aside = _addresses(raw, path) if ending == _LINES else _rows(raw, ending, path)
    own = [column.name for column in case.schema["sources"].columns if column.own]
    rows = [item_row(item, own) | cells for item, cells in items]
    added = add_rows(case, rows, tier, path.name)
    told = pd.DataFrame(
        [("", where, f"is left aside: {why}") for where, why in aside],
        columns=added.told.columns,
        dtype="str",
    )
    return added._replace(told=pd.concat([told, added.told], ignore_index=True))  # fmt: skip


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise KitError(path, f"cannot be read ({error.strerror})", "check the name") from error
    if len(raw) > _LARGEST:
        raise KitError(path, f"is over {_LARGEST // 1_000_000} MB", "split it")
    return raw


_Found = tuple[list[tuple[Item, dict[str, str]]], list[tuple[str, str]]]


def _addresses(raw: bytes, path: Path) -> _Found:
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KitError(path, "is not UTF-8", "save it as UTF-8") from error
    items: list[tuple[Item, dict[str, str]]] = []
    aside = []
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            items.append(({"type": "webpage", "URL": web_address(line)}, {}))
        except BadAddress as error:
            aside.append((f"line {number}", f"{printable(line, lines=False)[:80]!r} {error.value}"))
    return items, aside


def _rows(raw: bytes, ending: str, path: Path) -> _Found:
    rows, lines = _of_workbook(raw, path) if ending == ".xlsx" else _of_text(raw, path)
    names = [_NAMES.get(cell.strip().casefold(), "") for cell in rows[0]] if rows else []
    names = [name if name not in names[:at] else "" for at, name in enumerate(names)]
    if not {"title", "url"} & set(names):
        seen = ", ".join(printable(cell, lines=False)[:20] for cell in rows[0]) if rows else "nothing"
        raise KitError(
            path.name,
            f"has no column of titles or addresses (its first row has {seen})",
            "name one title, or url",
        )
    unused = [
        printable(cell, lines=False)
        for cell, name in zip(rows[0], names, strict=True)
        if not name and cell.strip()
    ]
    items: list[tuple[Item, dict[str, str]]] = []
    aside = [(f"column {name}", "the table of sources has none of that name") for name in unused]
    for line, cells in zip(lines[1:], rows[1:], strict=True):
        given = {
            name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()
        }
        if not given:
            continue
        if not {"title", "url"} & set(given):
            aside.append((f"row {line}", "it has neither a title nor an address"))
            continue
        words = {}
        for name in _WORDS.keys() & given.keys():
            if (word := given[name].casefold().replace(" ", "-")) in _WORDS[name]:
                words[name] = word
            else:
                aside.append(
                    (
                        f"row {line}, {name}",
                        f"{given[name][:40]!r} is no word of the table; the row is added without",
                    )
                )
        items.append((_item(given), words))
    return items, aside  # fmt: skip


def _item(given: dict[str, str]) -> Item:
    authors = [name.strip() for name in given.get("authors", "").split(";")]
    item: dict[str, Any] = {
        "type": "webpage" if given.get("url") else "document",
        "id": given.get("id", ""),
        "title": given.get("title", ""),
        "URL": given.get("url", ""),
        "author": [{"literal": name} for name in authors if name],
        "publisher": given.get("publisher", ""),
        "language": given.get("language", ""),
        "note": given.get("note", ""),
    }
    if (day := given.get("issued", "")) and read_day(day)[0]:
        item["issued"] = {"raw": day}
    elif day:
        item["note"] = f"{item['note']} (date: {day})".strip()
    return item


def _of_text(raw: bytes, path: Path) -> tuple[list[list[str]], list[int]]:
    saved = saved_rows(raw, repair=True)
    if saved.problems:
        problem = saved.problems[0]
        raise KitError(path.name, f"{problem.place} {problem.wrong}", problem.remedy or "mend it there")
    return saved.rows, saved.lines


def _of_workbook(raw: bytes, path: Path) -> tuple[list[list[str]], list[int]]:
    from kit.tables.spreadsheet.sheets import read_sheets  # slow to load

    with checked_parts(raw, path.name) as parts:
        sheet = next((sheet for sheet in read_sheets(parts, path.name) if sheet.cells), None)
    if sheet is None:
        return [], []
    width = min(max(cell.column for cell in sheet.cells), len(COLUMNS) * 4)
    found: dict[int, list[str]] = {}
    for cell in sheet.cells:
        if cell.column <= width:
            found.setdefault(cell.row, [""] * width)[cell.column - 1] = cell.text
    return [found[row] for row in sorted(found)], sorted(found)
