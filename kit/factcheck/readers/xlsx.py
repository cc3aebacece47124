"""A packet that came back as a spreadsheet, read: every cell that was not printed is a mark, a comment or a remark."""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict

from kit.errors import KitError
from kit.factcheck.model.differences import ReturnedLine, differences
from kit.factcheck.model.returned import (
    STATEMENT,
    CheckMark,
    PrintedLine,
    Remark,
    Returned,
    read_baseline,
)
from kit.factcheck.readers.comments import sheet_comments
from kit.factcheck.readers.properties import saved_on, typed_properties
from kit.factcheck.writers.xlsx import ABOVE, DATA, FILLED_IN, SHEET_COLUMNS
from kit.tables.spreadsheet.damage import day_of_number
from kit.tables.spreadsheet.parts import all_text, part_bytes, relations, xml_part
from kit.tables.spreadsheet.sheets import Sheet, SheetCell, read_sheets

_NEEDED = {"id", *FILLED_IN}
#: So many names of columns make a row the head.
_ENOUGH = 4
#: Parts that hold no words of a checker, or that are read on their own.
_MACHINERY = re.compile(
    r"xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml|xl/(?:theme|worksheets|threadedComments|persons)/.*"
    r"|xl/comments/?\w*\.xml|xl/printerSettings/.*|customXml/.*|docProps/.*|\[Content_Types\]\.xml|.*\.rels|.*\.vml|.*/"
)
#: How the lines above the head begin, in a packet of the first edition.
_ABOVE = ("Packet p-", "Choose a status in the yellow columns")


def read_sheet(parts: zipfile.ZipFile, place: str) -> Returned:
    """What came back in the parts of an .xlsx file; one that is no packet raises `KitError`."""
    sheets = read_sheets(parts, place)
    data = next((each for each in sheets if each.name == DATA), None)
    if data is None:
        raise KitError(
            place, f"is no packet: it has no sheet {DATA!r}", "give the file that was sent out, filled in"
        )
    text = "".join(cell.raw for cell in data.cells if cell.column == 1)
    returned = Returned(read_baseline(text, place))
    returned.saved_on = saved_on(parts, place)
    head = next(((each, *found) for each in sheets if each is not data and (found := _head(each))), None)
    if head is None:
        lacking = ", ".join(("id", *FILLED_IN))
        raise KitError(place, "has no row that names its columns", f"it needs {lacking}")
    reader = _Reader(returned, *head)
    for sheet in sheets:
        if sheet is data:
            reader.beside += [
                ReturnedLine("", f"cell {cell.name} of sheet {DATA}", cell.text)
                for cell in sheet.cells
                if cell.column > 1
            ]
        else:
            reader.read(sheet, sheet_comments(parts, sheet.part, place))
            reader.beside += [
                ReturnedLine("", f"{what} of sheet {sheet.name}", words) for what, words in sheet.texts
            ]
            reader.beside += [
                ReturnedLine("", "a link", bound.target)
                for bound in relations(parts, sheet.part, place)
                if bound.external and bound.kind == "hyperlink"
            ]
    reader.finish()
    _other_parts(parts, place, returned)
    return returned


def _head(sheet: Sheet) -> tuple[int, dict[int, str], dict[int, str]] | None:
    """The number of the row that names the columns, what each column is, and what stands there.

    A name that somebody wrote over is known by its place beside the others.
    """
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for cell in sheet.cells:
        rows[cell.row][cell.column] = cell.text
    known = list(SHEET_COLUMNS)
    for number, shown in sorted(rows.items()):
        names = {column: text.casefold() for column, text in shown.items()}
        shifts = Counter(column - known.index(name) for column, name in names.items() if name in known)
        if sum(shifts.values()) < _ENOUGH:
            continue
        ((shift, _),) = shifts.most_common(1)
        for at, name in enumerate(known):
            if name not in names.values() and names.get(shift + at, "") not in known:
                names[shift + at] = name
        if set(names.values()) >= _NEEDED:
            return number, names, shown
    return None


def _other_parts(parts: zipfile.ZipFile, place: str, returned: Returned) -> None:
    """Text boxes, charts, properties and files beside the sheets; the packet has none."""
    for name, words in typed_properties(parts, place):
        returned.remarks.append(Remark("", f"the file's {name}", words))
    for name in sorted(parts.namelist()):
        if _MACHINERY.fullmatch(name):
            continue
        if name.endswith(".xml"):
            root = xml_part(parts, name, place)
            if words := " ".join(all_text(root).split()) if root is not None else "":
                returned.remarks.append(Remark("", f"a text box or drawing ({name})", words))
            continue
        returned.put_aside("", name, part_bytes(parts, name, place))


class _Reader:
    """Takes the sheets one after the other."""

    def __init__(
        self, returned: Returned, main: Sheet, head: int, names: dict[int, str], shown: dict[int, str]
    ) -> None:
        self.returned, self.main, self.head, self.names, self.shown = returned, main, head, names, shown
        self.first = {name: column for column, name in reversed(self.names.items())}
        self.lines: list[ReturnedLine] = []
        self.beside: list[ReturnedLine] = []

    def read(self, sheet: Sheet, comments: list) -> None:
        """Take a sheet's cells and comments."""
        rows: dict[int, list[SheetCell]] = defaultdict(list)
        for cell in sheet.cells:
            rows[cell.row].append(cell)
        statements = {}
        for number, cells in sorted(rows.items()):
            statement = self._statement(sheet, number, cells)
            statements[number] = statement
            if statement:
                self._row(statement, cells)
            else:
                self._beside(sheet, number, cells)
        for name, comment in comments:
            row = int(re.sub(r"\D", "", name) or 0)
            if statement := statements.get(row, ""):
                self.returned.comments.setdefault(statement, []).append(comment)
            else:
                where = f"a comment on cell {name}"
                self.returned.remarks.append(Remark("", where, str(comment), comment.by, comment.on))

    def finish(self) -> None:
        """Compare everything that is no mark with what was printed."""
        returned, baseline = self.returned, self.returned.baseline
        printed = baseline.lines
        if printed is None:
            ours = [line for line in self.lines if line.ours]
            printed = tuple(PrintedLine(line.statement, line.place, line.before) for line in ours)
            starts = (baseline.case, *_ABOVE)
            self.beside = [line for line in self.beside if not line.text.startswith(starts)]
        rows = [line for line in printed if line.column != ABOVE and line.text]
        there = set(self.names.values())
        for name in dict.fromkeys(["statement", *(line.column for line in rows)]):
            if baseline.lines is not None and name not in there:
                returned.remarks.append(Remark("", f"the column {name!r}", "was taken out"))
                rows = [line for line in rows if line.column != name]
        lost = baseline.statements.keys() - returned.marks.keys()
        returned.remarks += differences(rows, self.lines, lost)
        above = [line for line in printed if line.column == ABOVE]
        returned.remarks += differences(above, self.beside)

    def _statement(self, sheet: Sheet, number: int, cells: list[SheetCell]) -> str:
        if sheet is not self.main or number <= self.head:
            return ""
        found = next((cell.text for cell in cells if cell.column == self.first["id"]), "")
        return found if re.fullmatch(STATEMENT, found) else ""

    def _row(self, statement: str, cells: list[SheetCell]) -> None:
        returned = self.returned
        given = {
            self.names[c.column]: c for c in cells if self.first.get(self.names.get(c.column, "")) == c.column
        }
        texts = {name: cell.text for name, cell in given.items()}
        mark = CheckMark(
            texts.get("status", ""), texts.get("checked by", ""), day_of_number(texts.get("on", ""))
        )
        returned.marks.setdefault(statement, []).append(mark)
        printed = returned.baseline.statements.get(statement)
        wording = texts.get("statement", "") if "statement" in self.first else printed and printed.wording
        returned.wordings.setdefault(statement, []).append(wording or "")
        returned.rewritten[statement] = texts.get("comment", "")
        for name in FILLED_IN:
            if name in given and given[name].gone:
                where = f"the column {name!r}, struck out"
                returned.remarks.append(Remark(statement, where, given[name].gone))
        for cell in cells:
            name = self.names.get(cell.column, "")
            if self.first.get(name) == cell.column and name in ("id", "statement", *FILLED_IN):
                continue
            ours = self.first.get(name) == cell.column and name in SHEET_COLUMNS
            where = f"cell {cell.name}, column {self.shown.get(cell.column) or '(no name)'!r}"
            before = cell.text or cell.gone
            self.lines.append(ReturnedLine(statement, where, cell.text, cell.gone, before, ours=ours))

    def _beside(self, sheet: Sheet, number: int, cells: list[SheetCell]) -> None:
        """Cells of rows that are no statement's; the names of the columns are known."""
        for cell in cells:
            known = sheet is self.main and number == self.head and cell.text.casefold() in SHEET_COLUMNS
            if not known:
                where = f"cell {cell.name}" + ("" if sheet is self.main else f" of sheet {sheet.name}")
                words = cell.text or f"(struck out: {cell.gone})"
                self.beside.append(ReturnedLine("", where, words, "", words))
