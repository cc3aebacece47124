"""A CSL item from somebody else's file as a row of the sources table, with nothing of it lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kit.errors import BadDate
from kit.sources.bibliography.csl import (
    NAME_FIELD,
    NEAREST,
    PUBLISHER_FIELD,
    UNDETERMINED,
    Item,
    csl_name,
    extra_fields,
    names_text,
    with_extra_fields,
)
from kit.sources.bibliography.days import read_day
from kit.sources.bibliography.identity import host_of
from kit.tables.cells import guarded, join_list
from kit.tables.schema import TABLES
from kit.text.edtf import parse_date
from kit.text.printable import printable

COLUMNS = TABLES["sources"].names
_TYPES = next(column.words for column in TABLES["sources"].columns if column.name == "type")
_PUBLISHERS = ("container-title", "publisher", "authority")
_ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def item_row(item: Item, own: Sequence[str] = ()) -> dict[str, str]:
    """The cells of the item's row; blank where it says nothing, and what has no column in the note.

    ``tier`` stays blank unless the note's line holds it, since how near a source is to what happened is for
    a person to judge; ``own`` are columns of the case's own, which that line holds too; ``read`` is ``no``. A cell
    that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> cells = item_row({"type": "thesis", "title": "=1+1", "publisher": "Quay", "DOI": "10.1/x"})
    >>> cells["type"], cells["title"], cells["note"]
    ('report', "'=1+1", '[csl DOI=10.1/x type=thesis]')
    """
    more = {field: value for field, value in item.items() if value not in ("", [], {}, None)}
    kind = str(more.pop("type", ""))
    cells = dict.fromkeys((*COLUMNS, *own), "") | {
        "type": kind if kind in _TYPES else NEAREST.get(kind, "document")
    }
    if cells["type"] != kind and kind:
        more["type"] = kind
    note, ours = extra_fields(printable(str(more.pop("note", "")), lines=False), "casebook")
    cells["id"] = str(more.pop("id", ""))
    cells["title"] = printable(str(more.pop("title", "")), lines=False) or "[untitled]"
    cells["authors"] = _authors(more)
    cells["url"] = _address(more)
    cells["publisher"] = _publisher(more, cells["type"]) or host_of(cells["url"]) or "unknown"
    cells["issued"] = _issued(more)
    cells["language"] = printable(str(more.pop("language", "")), lines=False) or UNDETERMINED
    cells["read"] = "no"
    cells["note"] = with_extra_fields(note, "csl", more)
    cells |= {column: str(value) for column, value in ours.items() if column in cells}
    for column in ("url", "archived_url"):
        if not _ADDRESS.fullmatch(cells[column]):
            cells[column] = ""
    return {column: guarded(cell) for column, cell in cells.items()}


def _authors(more: dict[str, Any]) -> str:
    names = more.pop(NAME_FIELD, None)
    texts = names_text(names)
    if names and (texts is None or [csl_name(text) for text in texts] != [_joined(name) for name in names]):
        more[NAME_FIELD] = names
    return join_list(texts or [])


def _joined(name: dict[str, Any]) -> dict[str, Any]:
    """The name with its particles in the family name, where styles find them again."""
    parts = dict(name)
    family = [parts.pop(p, "") for p in ("dropping-particle", "non-dropping-particle", "family")]
    return parts | ({"family": " ".join(filter(None, map(str, family)))} if any(family) else {})


def _address(more: dict[str, Any]) -> str:
    address = printable(str(more.pop("URL", "")), lines=False).replace(" ", "%20")
    if address and not _ADDRESS.fullmatch(address):
        more["URL"] = address
        return ""
    return address


def _publisher(more: dict[str, Any], kind: str) -> str:
    """The name that the type prints; what the other two fields hold stays where it is."""
    first = PUBLISHER_FIELD.get(kind, "container-title")
    for field in (first, *_PUBLISHERS):
        if name := printable(str(more.get(field, "")), lines=False):
            del more[field]
            return name
    return ""


def _issued(more: dict[str, Any]) -> str:
    issued = more.pop("issued", None)
    text, asked = read_issued(issued)
    # What is asked about stays beside its reading, since a person will want to see it.
    if issued and issued not in _NO_DAYS and (asked or not text):
        more["issued"] = issued
    return text or "not-recorded"


def edtf(issued: Any) -> str:
    """A CSL date as the table writes it, or '' where it gives none that can be read.

    >>> edtf({"date-parts": [["2021", 3]], "circa": True}), edtf({"date-parts": [[2021, 23]]})
    ('2021-03~', '2021-23')
    >>> edtf({"raw": "one day in May"}), edtf({"literal": "Spring 2021"}), edtf("2021-03-02")
    ('', '2021-21', '2021-03-02')
    """
    return read_issued(issued)[0]


def read_issued(issued: Any) -> tuple[str, str]:
    """A CSL date as `edtf` gives it, and what a person must be asked about it, '' where nothing.

    >>> read_issued({"raw": "02/03/2021"})
    ('[2021-02-03,2021-03-02]', "the date '02/03/2021' is 3 February or 2 March 2021")
    """
    if isinstance(issued, (str, int)):
        issued = {"raw": str(issued)}
    if not isinstance(issued, dict) or issued in _NO_DAYS:
        return "", ""
    parts, season = issued.get("date-parts"), issued.get("season")
    if isinstance(season, str) and not season.isdigit():
        season = int(read_day(f"{season} 2000")[0][5:7] or 0) - 20
    try:
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and all(parts[0]):
            ends = [_end(part, season) for part in parts[:2]]
            text = "/".join(end + "~" * bool(issued.get("circa") and end != "..") for end in ends)
            return parse_date(text).text, ""
    except (BadDate, TypeError, ValueError, OverflowError):
        parts = ["-".join(map(str, part)) for part in (parts or [])[:2] if isinstance(part, list)]
    written = next((issued[name] for name in ("edtf", "raw", "literal") if issued.get(name)), "")
    written = printable(
        str(written or ("/".join(parts) if parts and isinstance(parts[0], str) else "")), lines=False
    )
    text, asked = read_day(written)
    return text, f"the date {written[:40]!r} {asked}" if asked else ""


#: What programs write where they know no day.
_NO_DAYS: tuple[Any, ...] = (
    {},
    {"date-parts": [[None]]},
    {"date-parts": [[]]},
    {"date-parts": [[""]]},
    {"date-parts": []},
)


def _end(part: list[Any], season: Any) -> str:
    year, *rest = (int(number) for number in part)
    if not year:
        return ".."
    if season and not rest:
        rest = [20 + int(season)]
    # Months 13 to 16 are an older way to write the seasons.
    rest[:1] = [month + 8 if 13 <= month <= 16 else month for month in rest[:1]]
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])
