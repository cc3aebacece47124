"""The sheets of an Excel file as they are in it: each cell's text, what of it is struck out, and texts around the cells."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kit.errors import KitError
from kit.tables.spreadsheet.parts import relations, xml_part

_BOOK = "xl/workbook.xml"
#: What lays out a header: sides, fonts, sizes, numbers of pages; and the word that LibreOffice puts before those.
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Za-z]|\bPage (?=&P)')


@dataclass(frozen=True)
class SheetCell:
    """A cell: its name, its row and column, its text on one line, the text as it stands, and what is struck out in it.

    ``kind`` is text, number, boolean or error, ``number`` what a number is as the file has it, ``format`` the code by
    which it is shown, and ``formula`` what it is computed by.
    """

    name: str
    row: int
    column: int
    text: str
    raw: str
    gone: str = ""
    kind: str = "text"
    number: float | None = None
    format: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name and part: its cells in order, texts beside them by what they are, and cells made one."""

    name: str
    part: str
    cells: list[SheetCell]
    texts: list[tuple[str, str]]
    merged: list[str]


@dataclass(frozen=True)
class _Book:
    strings: list[tuple[str, str]]
    struck: list[bool]
    formats: list[str]
    epoch: object


def read_sheets(parts: zipfile.ZipFile, place: str) -> list[Sheet]:
    """Every sheet of the workbook, hidden ones too; one that is damaged raises `KitError` at ``place``.

    A cell is read by itself: what a sheet says of its size is not believed, and no cell is made that is not there.
    """
    root = xml_part(parts, _BOOK, place)
    if root is None:
        raise KitError(place, "holds no sheets", "ask for the file again")
    bound = relations(parts, _BOOK, place)
    targets = {each.id: each.target for each in bound}
    by_kind = {each.kind: each.target for each in bound}
    strings = xml_part(parts, by_kind.get("sharedStrings", ""), place)
    struck, formats = _styles(xml_part(parts, by_kind.get("styles", ""), place))
    about = root.find("{*}workbookPr")
    mac = about is not None and about.get("date1904") in ("1", "true")
    book = _Book(
        [_string(node) for node in strings.iter("{*}si")] if strings is not None else [],
        struck,
        formats,
        CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900,
    )
    found = []
    for sheet in root.iter("{*}sheet"):
        identity = next((v for k, v in sheet.attrib.items() if k.endswith("/relationships}id")), "")
        part = targets.get(identity, "")
        cells = xml_part(parts, part, place) if part else None
        if cells is not None:
            merged = [node.get("ref", "") for node in cells.iter("{*}mergeCell")]
            found.append(Sheet(sheet.get("name", ""), part, _cells(cells, book), _texts(cells), merged))
    return found


def _string(node: etree._Element) -> tuple[str, str]:
    """The text of a string, and what of it is struck out; how it is spoken is left out."""
    stands: list[str] = []
    gone: list[str] = []
    for text in node.iter("{*}t"):
        if next(text.iterancestors("{*}rPh"), None) is None:
            run = text.getparent()
            (gone if _strikes(run.find("{*}rPr")) else stands).append(unescaped(text.text or ""))
    return "".join(stands), "".join(gone)


#: How Open XML writes a character that XML cannot hold, or would change.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text of a cell with its escapes read, of which two may make one character.

    >>> unescaped("a_x000A_b"), unescaped("_x005F_x000A_")
    ('a\\nb', '_x000A_')
    """
    if "_x" not in text:
        return text
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return read.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _strikes(properties: etree._Element | None) -> bool:
    strike = properties.find("{*}strike") if properties is not None else None
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _styles(root: etree._Element | None) -> tuple[list[bool], list[str]]:
    """For each style of a cell, whether it strikes out, and the code by which it shows a number."""
    if root is None:
        return [], []
    fonts = [_strikes(font) for font in root.iterfind("{*}fonts/{*}font")]
    formats = {n.get("numFmtId", ""): n.get("formatCode", "") for n in root.iter("{*}numFmt")}
    struck, shown = [], []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        font, number = style.get("fontId", ""), style.get("numFmtId", "")
        struck.append(font.isdigit() and int(font) < len(fonts) and fonts[int(font)])
        shown.append(formats.get(number) or BUILTIN_FORMATS.get(int(number) if number.isdigit() else 0, ""))
    return struck, shown


def _cells(root: etree._Element, book: _Book) -> list[SheetCell]:
    found = []
    for number, row in enumerate(root.iter("{*}row"), start=1):
        for at, node in enumerate(row.iterfind("{*}c"), start=1):
            name = node.get("r", "")
            if re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", name):
                letters, line = coordinate_from_string(name)
                column = column_index_from_string(letters)
            else:
                line, column = number, at
            cell = _cell(name, line, column, node, book)
            if cell.raw.strip() or cell.gone:
                found.append(cell)
    return found


_KINDS = {"n": "number", "b": "boolean", "e": "error"}


def _cell(name: str, row: int, column: int, node: etree._Element, book: _Book) -> SheetCell:
    """A cell with its value, or its formula where it has none."""
    kind, value, style = node.get("t", "n"), node.findtext("{*}v") or "", node.get("s", "0")
    formula = node.findtext("{*}f") or ""
    at = int(style) if style.isdigit() else 0
    code = book.formats[at] if at < len(book.formats) else ""
    stands, gone, number = value, "", None
    if kind == "s":
        known = value.isdigit() and int(value) < len(book.strings)
        stands, gone = book.strings[int(value)] if known else ("", "")
    elif kind == "inlineStr":
        inline = node.find("{*}is")
        stands, gone = _string(inline) if inline is not None else ("", "")
    elif kind == "str":
        stands = unescaped(value)
    elif kind == "d":
        stands = value.removesuffix("T00:00:00")
    elif kind == "b":
        stands = "FALSE" if value == "0" else "TRUE"
    elif kind == "n" and value:
        number, stands = _number(value, code, book)
    if formula and not stands:
        stands = f"={formula}"
    if at < len(book.struck) and book.struck[at]:
        stands, gone = "", f"{stands} {gone}".strip()
    shown, gone = " ".join(stands.split()), " ".join(gone.split())
    return SheetCell(name, row, column, shown, stands, gone, _KINDS.get(kind, "text"), number, code, formula)


def _number(value: str, code: str, book: _Book) -> tuple[float | None, str]:
    """A number, and how it is read: as the day that its format shows, or in digits."""
    try:
        number = float(value)
        if number >= 0 and is_date_format(code):
            moment = from_excel(number, book.epoch)
            if isinstance(moment, timedelta):
                return number, str(moment)
            return number, moment.date().isoformat() if hasattr(moment, "date") else str(moment)
    except (ValueError, OverflowError):
        return None, value
    return number, f"{number:.15g}"


def _texts(root: etree._Element) -> list[tuple[str, str]]:
    """Heads and feet of the printed page, and messages of a list to choose from, where somebody typed them."""
    found = [
        ("a header or footer", " ".join(_CODES.sub(" ", node.text or "").split()))
        for above in root.iter("{*}headerFooter")
        for node in above
    ]
    for node in root.iter("{*}dataValidation"):
        found += [("a message", node.get(name, "")) for name in ("prompt", "promptTitle")]
    return [(what, words) for what, words in found if words]
