"""What a workbook held when it was written: by it each change that somebody made in it is told from the tables' own."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.errors import KitError
from kit.text.printable import xml_text

#: The sheets beside those of the tables, none of which can be called so, having no spaces in their names.
START, MEANINGS, CHOICES, DATA = "How to use this", "What the columns mean", "kit choices", "kit data"
#: The column behind a table's own, by which a row is known whose id was changed.
ROW = "kit row"
#: So many characters a cell of Excel holds, each beyond the first 65,536 of Unicode counted twice.
LONGEST_CELL = 32_767
_FORMAT = 1
_UNPACKED = 256_000_000


@dataclass(frozen=True)
class Exported:
    """A table as it was written to a sheet: its name, its columns, the cells of each row, and how those are shown that
    no cell of a spreadsheet can hold, by row and column."""

    table: str
    columns: list[str]
    rows: list[list[str]]
    shown: dict[tuple[int, int], str]


def stand_in(cell: str) -> str:
    """What is shown in place of a cell that no spreadsheet holds as it is; blank for any other.

    >>> stand_in("plain"), stand_in("a" * 40_000)
    ('', '[40,000 characters, more than a cell can hold: it stays as it is in the table]')
    """
    count = len(cell.encode("utf-16-le", "surrogatepass")) // 2
    if count > LONGEST_CELL:
        return f"[{count:,} characters, more than a cell can hold: it stays as it is in the table]"
    if "\r" in cell or xml_text(cell, "") != cell:
        plain = " ".join(xml_text(cell, "").split())[:60]
        return f"[{plain} … holds signs that no spreadsheet keeps: it stays as it is in the table]"
    return ""


def exported_text(about: Mapping[str, str], sheets: Mapping[str, Exported]) -> str:
    """What was exported, as text for cells: ``about`` the case, and each sheet by its name."""
    content = {
        "format": _FORMAT,
        **about,
        "sheets": {
            name: {
                "table": each.table,
                "columns": each.columns,
                "rows": each.rows,
                "shown": [[*at, text] for at, text in each.shown.items()],
            }
            for name, each in sheets.items()
        },
    }
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return base64.b64encode(zlib.compress(raw, 9)).decode()


def read_exported(text: str, place: str) -> tuple[dict[str, str], dict[str, Exported]]:
    """What `exported_text` packed: the case, and the sheets by name; what is not that, or of a later format, raises `KitError`.

    >>> about, sheets = read_exported(exported_text({"case": "Ports"}, {"tags": Exported("tags", ["id"], [["fee"]], {})}), "back.xlsx")
    >>> about["case"], sheets["tags"].rows
    ('Ports', [['fee']])
    """
    damaged = KitError(place, f"does not say what was exported (its hidden sheet {DATA!r} is damaged)", _ANEW)
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(packed, _UNPACKED)
        if not unpacking.eof:
            raise damaged
        content = json.loads(raw.decode("utf-8", "surrogatepass"))
        if content["format"] != _FORMAT:
            wrong = f"was written by another version of the kit (format {content['format']}, not {_FORMAT})"
            raise KitError(place, wrong, _ANEW)
        about = {name: str(content.get(name, "")) for name in ("case", "case_id")}
        return about, {str(name): _exported(each) for name, each in content["sheets"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, RecursionError) as error:
        raise damaged from error


_ANEW = "write a new one with kit sheet, and carry the edits over"


def _exported(content: Mapping[str, Any]) -> Exported:
    columns, rows = _texts(content["columns"]), [_texts(row) for row in content["rows"]]
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row is not as wide as its head")
    shown = {(int(row), int(column)): str(text) for row, column, text in content["shown"]}
    return Exported(str(content["table"]), columns, rows, shown)


def _texts(values: Iterable[Any]) -> list[str]:
    values = list(values)
    if not all(isinstance(value, str) for value in values):
        raise TypeError("a cell is no text")
    return values
