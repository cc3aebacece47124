"""A cell of a workbook that came back, as the text of a table's column: what a program made of it is undone or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.styles.numbers import is_date_format

from kit.tables.columns import Column
from kit.tables.spreadsheet.damage import day_of_number
from kit.tables.spreadsheet.sheets import SheetCell, unescaped

_AS_TEXT = "format the cell as text and write what stood there"
#: From here on a number has more digits than a spreadsheet keeps.
_ROUNDED = 1e15
#: What of the code of a format is no part of a date: words in quotation marks, languages, colours, signs behind a stroke.
_NO_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_YEAR = range(1000, 2200)


class Unclear(Exception):
    """What stands in a cell could mean more than one thing: ``wrong`` says what it is, ``remedy`` what to write."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


def cell_text(cell: SheetCell | None, before: str, column: Column) -> str:
    """What the cell says, in the column's own form; ``before`` where it says the same as the cell that was exported.

    What cannot be told raises `Unclear`: a formula, letters struck out, a date without its year, a rounded number.

    >>> number = Column("value", "number", "The number")
    >>> cell_text(SheetCell("B2", 2, 2, "7", "7", kind="number", number=7.0), "007", number)
    '007'
    >>> day = SheetCell("B2", 2, 2, "2021-03-04", "2021-03-04", kind="number", number=44259.0, format="yyyy-mm-dd")
    >>> cell_text(day, "", Column("date", "date", "When"))
    '2021-03-04'
    """
    kept = (before, *_as_programs_save_it(before))
    if cell is None:
        return before if any(not each.strip() for each in kept) else ""
    if cell.gone:
        raise Unclear(
            f"has words that are struck out: {cell.gone[:60]!r}", "delete them, or take the line away"
        )
    if cell.formula:
        wrong = f"is a formula, ={cell.formula[:60]}, that shows {cell.text[:60]!r}"
        raise Unclear(wrong, "write what it shows, or shall show, as text")
    text = _with_line_ends(cell.raw)
    if text in kept:
        return before
    if cell.kind == "error":
        raise Unclear(f"is the error {text[:20]!r} of a formula", "write what stood there")
    if cell.kind == "boolean":
        return before if before.upper() == text else text
    if cell.number is None:
        return text if column.kind == "text" else text.strip()
    return _day(cell, before, column) if is_date_format(cell.format) else _number(cell, before, column)


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_programs_save_it(before: str) -> Iterator[str]:
    """What becomes of a text in programs that lose some of it: tabs in .ods, marks like _x000D_ that are not masked."""
    if "\t" in before:
        yield before.replace("\t", "")
    if "_x" in before:
        yield _with_line_ends(unescaped(before))


def _number(cell: SheetCell, before: str, column: Column) -> str:
    number = cell.number or 0.0
    if (stood := _as_number(before)) is not None and f"{stood:.14g}" == f"{number:.14g}":
        return before
    if "%" in cell.format:
        raise Unclear(
            f"is shown as {number:.13%}".rstrip("0%").rstrip(".") + "%", "write the number alone, as text"
        )
    if abs(number) >= _ROUNDED:
        raise Unclear(f"is the number {cell.text}, whose last digits a spreadsheet rounds away", _AS_TEXT)
    if column.kind == "date" and not (number.is_integer() and int(number) in _YEAR):
        day = day_of_number(cell.text)
        remedy = f"write the day: {day}, if that is meant" if day != cell.text else "write the day"
        raise Unclear(f"is the number {cell.text}, as spreadsheets count days", remedy)
    return cell.text


def _as_number(text: str) -> float | None:
    try:
        return float(text) if re.fullmatch(r"\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?\s*", text) else None
    except ValueError:
        return None


def _day(cell: SheetCell, before: str, column: Column) -> str:
    """The day, or month, that the format shows, where the column holds such; the cell as exported, where it was made of that."""
    text = cell.raw
    if before and before in _what_it_may_have_been(text):
        return before
    shown = set(_NO_DATE.sub("", cell.format).casefold())
    whole = (cell.number or 0.0).is_integer()
    days = column.kind == "date" or column.name == "says"
    if days and whole and {"y", "m", "d"} <= shown:
        return text
    if days and whole and {"y", "m"} <= shown and text.endswith("-01"):
        return text[:-3]
    what = "a time" if ":" in text else f"the date {text}"
    raise Unclear(f"is {what}, which a spreadsheet has made of what was written", _AS_TEXT)


def _what_it_may_have_been(text: str) -> Iterator[str]:
    """Texts of which a spreadsheet makes that day, or time."""
    yield text
    if time := re.fullmatch(r"(\d\d):(\d\d):(\d\d)", text):
        hour, minute, second = time.groups()
        for first in (hour, hour.lstrip("0") or "0"):
            yield f"{first}:{minute}:{second}"
            if second == "00":
                yield f"{first}:{minute}"
    if not (day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)):
        return
    year, month, number = day.groups()
    if number == "01":
        yield f"{year}-{month}"
        yield f"{year}/{month}"
    for one, two in ((month, number), (number, month)):
        for a, b in ((one, two), (one.lstrip("0"), two.lstrip("0"))):
            for sign in "-/.":
                yield f"{a}{sign}{b}"
                yield f"{a}{sign}{b}{sign}{year}"
                yield f"{a}{sign}{b}{sign}{year[2:]}"
