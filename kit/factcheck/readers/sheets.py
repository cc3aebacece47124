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
from kit.factcheck.readers.parts import relations, xml_part

_BOOK = "xl/workbook.xml"
#: Days of 2000 to 2099 as Excel counts them.
_DAYS = range(36_526, 73_051)


#: What lays out a header: sides, fonts, sizes, numbers of pages; and the word that LibreOffice puts before those.
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Za-z]|\bPage (?=&P)')


@dataclass(frozen=True)
class SheetCell:
    """A cell: its name, its row and column, its text on one line, the text as it stands, and what is struck out in it."""

    name: str
    row: int
    column: int
    text: str
    raw: str
    gone: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name and part: its cells in order, and texts beside them by what they are."""

    name: str
    part: str
    cells: list[SheetCell]
    texts: list[tuple[str, str]]


@dataclass(frozen=True)
class _Book:
    strings: list[tuple[str, str]]
    struck: list[bool]
    dated: list[bool]
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
    struck, dated = _styles(xml_part(parts, by_kind.get("styles", ""), place))
    about = root.find("{*}workbookPr")
    mac = about is not None and about.get("date1904") in ("1", "true")
    book = _Book(
        [_string(node) for node in strings.iter("{*}si")] if strings is not None else [],
        struck,
        dated,
        CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900,
    )
    found = []
    for sheet in root.iter("{*}sheet"):
        identity = next((v for k, v in sheet.attrib.items() if k.endswith("/relationships}id")), "")
        part = targets.get(identity, "")
        cells = xml_part(parts, part, place) if part else None
        if cells is not None:
            found.append(Sheet(sheet.get("name", ""), part, _cells(cells, book), _texts(cells)))
    return found


def _string(node: etree._Element) -> tuple[str, str]:
    """The text of a string, and what of it is struck out; how it is spoken is left out."""
    stands: list[str] = []
    gone: list[str] = []
    for text in node.iter("{*}t"):
        if next(text.iterancestors("{*}rPh"), None) is None:
            run = text.getparent()
            (gone if _strikes(run.find("{*}rPr")) else stands).append(text.text or "")
    return "".join(stands), "".join(gone)


def _strikes(properties: etree._Element | None) -> bool:
    strike = properties.find("{*}strike") if properties is not None else None
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _styles(root: etree._Element | None) -> tuple[list[bool], list[bool]]:
    """For each style of a cell, whether it strikes out, and whether it shows a number as a day."""
    if root is None:
        return [], []
    fonts = [_strikes(font) for font in root.iterfind("{*}fonts/{*}font")]
    formats = {n.get("numFmtId", ""): n.get("formatCode", "") for n in root.iter("{*}numFmt")}
    struck, dated = [], []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        font, number = style.get("fontId", ""), style.get("numFmtId", "")
        struck.append(font.isdigit() and int(font) < len(fonts) and fonts[int(font)])
        code = formats.get(number) or BUILTIN_FORMATS.get(int(number) if number.isdigit() else 0, "")
        dated.append(bool(is_date_format(code)))
    return struck, dated


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
            stands, gone = _value(node, book)
            if stands.strip() or gone.strip():
                text = " ".join(stands.split())
                found.append(SheetCell(name, line, column, text, stands, " ".join(gone.split())))
    return found


def _value(node: etree._Element, book: _Book) -> tuple[str, str]:
    """The text of a cell, and what of it is struck out: its value, or its formula where it has none."""
    kind, value, style = node.get("t", "n"), node.findtext("{*}v") or "", node.get("s", "0")
    formula = node.findtext("{*}f") or ""
    stands, gone = value, ""
    if kind == "s":
        known = value.isdigit() and int(value) < len(book.strings)
        stands, gone = book.strings[int(value)] if known else ("", "")
    elif kind == "inlineStr":
        inline = node.find("{*}is")
        stands, gone = _string(inline) if inline is not None else ("", "")
    elif kind == "d":
        stands = value.removesuffix("T00:00:00")
    elif kind == "n" and value:
        stands = _number(value, book, style)
    if formula and not stands:
        stands = f"={formula}"
    if style.isdigit() and int(style) < len(book.struck) and book.struck[int(style)]:
        stands, gone = "", f"{stands} {gone}".strip()
    return stands, gone


def _number(value: str, book: _Book, style: str) -> str:
    dated = style.isdigit() and int(style) < len(book.dated) and book.dated[int(style)]
    try:
        number = float(value)
        if dated and number >= 0:
            moment = from_excel(number, book.epoch)
            if isinstance(moment, timedelta):
                return str(moment)
            return moment.date().isoformat() if hasattr(moment, "date") else str(moment)
    except (ValueError, OverflowError):
        return value
    return f"{number:.15g}"


def day_of_number(text: str) -> str:
    """The day, where a program has kept its number and not that it is a day; any other text as it is.

    >>> day_of_number("44379"), day_of_number("2 July 2021")
    ('2021-07-02', '2 July 2021')
    """
    if re.fullmatch(r"\d{5}(?:\.0*)?", text) and int(float(text)) in _DAYS:
        return from_excel(int(float(text))).date().isoformat()
    return text


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
