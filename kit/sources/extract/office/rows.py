"""Tables as text, a row a block: CSV as spreadsheets save it, and the sheets of Excel and OpenDocument files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.sources.capture.office import ODS, XLSX
from kit.sources.extract.office.parts import AGAIN, checked_parts
from kit.sources.extract.reading.html_tree import MAX_CHARACTERS, Unreadable, decode
from kit.sources.extract.reading.lines import BLOCK_END, CELL_END
from kit.sources.extract.reading.page import Found, Page, TextRange, Warn
from kit.tables.spreadsheet.saved import saved_rows
from kit.text.xml import BadXml, parse_xml

if TYPE_CHECKING:
    from kit.tables.spreadsheet.sheets import SheetCell

SEPARATED = ("text/csv", "text/tab-separated-values", "application/csv")
TABULAR = (XLSX, ODS)
#: Columns beyond which a sheet is no table, and its rows keep only the cells that are filled.
_WIDEST = 500
#: A row or a cell that stands many times over is written so often at most.
_REPEATED = 100
_NUMBER = re.compile(r"[-+−]?[$€£¥]?\s?\d[\d\s.,’']*\s?[%€$]?|\d{4}-\d\d(?:-\d\d)?")


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: Iterable[list[str]]


def extract_separated(data: bytes, kind: str, url: str, charset: str) -> Page:
    """A CSV file's rows as a `Page`, each a block with its cells in it, whatever its letters, line ends and separators.

    >>> page = extract_separated(b"berth;boxes\\nnine;38\\n", "text/csv", "", "")
    >>> page.visible, [(span.start, span.end, span.label) for span in page.structure]
    ('berth \\tboxes\\n\\nnine \\t38', [(0, 22, 'table'), (0, 5, 'head'), (7, 12, 'head')])
    """
    text, encoding = decode(data[: 4 * MAX_CHARACTERS], charset)
    saved = saved_rows(text[:MAX_CHARACTERS].encode("utf-8", "replace"))
    problems = [f"{problem.place} {problem.wrong}" for problem in saved.problems[:3]]
    warned = [Warn("odd-rows", "; ".join(problems))] if problems else []
    if len(data) > 4 * MAX_CHARACTERS or len(text) > MAX_CHARACTERS:
        warned.append(Warn("cut", f"only the first {MAX_CHARACTERS:,} characters were read"))
    return _page([_Sheet("", saved.rows)], kind, url, encoding, warned)


def extract_sheets(data: bytes, kind: str, url: str, place: str) -> Page:
    """The sheets of a workbook as a `Page`: each under its name, a row a block with its cells in it, numbers as they are shown.

    No cell is made that is not there, whatever size a sheet says it has. A file that is damaged, or unpacks to too much,
    raises `Unreadable`.
    """
    from kit.tables.spreadsheet.sheets import read_sheets  # slow to load

    with checked_parts(data, place) as parts:
        try:
            if kind == XLSX:
                sheets = [_Sheet(sheet.name, _filled(sheet.cells)) for sheet in read_sheets(parts, place)]
            else:
                sheets = list(_opendocument(parts.read("content.xml"), place))
        except (KitError, KeyError, BadXml) as error:
            value = error.value if isinstance(error, KitError) else "holds no sheets"
            raise Unreadable(place, value, AGAIN) from error
    return _page(sheets, kind, url, Found(), [])


def _page(sheets: list[_Sheet], kind: str, url: str, encoding: Found, warned: list[Warn]) -> Page:
    pieces: list[str] = []
    spans: list[TextRange] = []
    lines: list[TextRange] = []
    size = 0

    def put(block: str) -> int:
        nonlocal size
        begin = size + len(BLOCK_END) * bool(pieces)
        pieces.append(block)
        lines.append(TextRange(begin, begin + len(block)))
        size = begin + len(block)
        return begin

    for sheet in sheets:
        if len(sheets) > 1:
            put(_one_line(sheet.name))
        first = -1
        for number, (row, before) in enumerate(_with_next(sheet.rows)):
            cells = [_one_line(cell) for cell in row]
            if size > MAX_CHARACTERS:
                warned.append(Warn("cut", f"only the first {MAX_CHARACTERS:,} characters were read"))
                break
            if not any(cells):
                continue
            begin = put(CELL_END.join(cells))
            if first < 0:
                first = begin
                spans += _heads(cells, begin) if number == 0 and before else []
        if first >= 0:
            spans.append(TextRange(first, size, "table"))
    visible = BLOCK_END.join(pieces)
    return Page(
        url=url, media_type=kind, visible=visible, lines=tuple(lines), charset=encoding, warnings=tuple(warned),
        structure=tuple(sorted(spans, key=lambda span: (span.start, -span.end))),
        text=Found(visible.replace(BLOCK_END, "\n"), "the rows as they came") if visible.strip() else Found(),
    )  # fmt: skip


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _with_next(rows: Iterable[list[str]]) -> Iterator[tuple[list[str], bool]]:
    """Each row, and whether another comes after it."""
    held: list[str] | None = None
    for row in rows:
        if held is not None:
            yield held, True
        held = row
    if held is not None:
        yield held, False


def _heads(cells: list[str], begin: int) -> list[TextRange]:
    """The cells of a first row that names its columns: each is filled, and none is a number."""
    if len(cells) < 2 or any(not cell or _NUMBER.fullmatch(cell) for cell in cells):
        return []
    found = []
    for cell in cells:
        found.append(TextRange(begin, begin + len(cell), "head"))
        begin += len(cell) + len(CELL_END)
    return found


def _filled(cells: list[SheetCell]) -> Iterator[list[str]]:
    return _in_columns([(cell.row, cell.column, _shown(cell)) for cell in cells])


def _in_columns(cells: list[tuple[int, int, str]]) -> Iterator[list[str]]:
    """The rows of cells given by row and column: a blank for each column that other rows fill, and none for the rest."""
    columns = {column: place for place, column in enumerate(sorted({column for _, column, _ in cells}))}
    rows: dict[int, dict[int, str]] = {}
    for row, column, words in cells:
        rows.setdefault(row, {})[columns[column]] = words
    for _, filled in sorted(rows.items()):
        if len(columns) > _WIDEST:
            yield [words for _, words in sorted(filled.items())]
        else:
            yield [filled.get(place, "") for place in range(len(columns))]


def _shown(cell: SheetCell) -> str:
    """A cell as the sheet shows it: a percentage as one, decimals and thousands as its format has them."""
    code = cell.format.partition(";")[0]
    if (
        cell.kind != "number"
        or cell.number is None
        or not re.fullmatch(r"#?,?#*0*(?:\.0+)?%?", code)
        or not code
    ):
        return cell.text
    number, percent = (cell.number * 100, "%") if code.endswith("%") else (cell.number, "")
    decimals = len(code.rstrip("%").partition(".")[2])
    return f"{number:{',' if ',' in code else ''}.{decimals}f}{percent}"


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _opendocument(content: bytes, place: str) -> Iterator[_Sheet]:
    root = parse_xml(content, place, huge=True)
    for table in root.iter(f"{_TABLE}table"):
        cells: list[tuple[int, int, str]] = []
        line = 0
        for row in table.iter(f"{_TABLE}table-row"):
            found: list[tuple[int, str]] = []
            column = 0
            for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                words = " ".join("".join(each.itertext()) for each in cell.iterchildren(f"{_TEXT}p"))
                many = _count(cell.get(f"{_TABLE}number-columns-repeated"))
                found += [(column + more, words) for more in range(min(many, _REPEATED)) if words.strip()]
                column += many
            many = _count(row.get(f"{_TABLE}number-rows-repeated"))
            for more in range(min(many, _REPEATED) if found else 0):
                cells += [(line + more, at, words) for at, words in found]
            line += many
        yield _Sheet(table.get(f"{_TABLE}name", ""), _in_columns(cells))


def _count(given: str | None) -> int:
    return int(given) if given and re.fullmatch(r"\d{1,8}", given) else 1
