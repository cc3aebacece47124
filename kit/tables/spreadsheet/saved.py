"""The rows of a CSV file as a spreadsheet saved it: its letters, line ends and separators found, and what was found said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass, field

from kit.errors import Problem

_MERGING = ("<", "=", ">", "|")
_MERGE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
_SEPARATOR = re.compile(r'\s*"?sep=(.?)"?[,;\t]*\s*', re.IGNORECASE)
_NAMES = {";": "semicolons between its cells", "\t": "tabs between its cells", "|": "bars between its cells"}
_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_NO_LETTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
#: What no word of western Europe has, and letters of another code have when they are read as Windows-1252.
_NO_WORD = re.compile(
    r"[À-ÖØ-öø-ÿ]{3}|[a-zß-öø-ÿ][À-ÖØ-ÞŸŽŠŒ]|[A-Za-z][ŸŽŠŒ][a-z]|(?<!\w)[²³¹][a-z]"
    r"|[A-Za-zÀ-ÿšž][¡-©¬®-³¶¸¹¼-¿×÷†‡ˆ‰‚„ƒ˜][a-zà-ÿ]"
)
_LONGEST_CELL = 10_000_000
#: Letters of two or four bytes, by the mark that a file in them begins with.
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_OTHER = {
    b"PK\x03\x04": "a workbook of Excel or LibreOffice",
    b"\xd0\xcf\x11\xe0": "a workbook of an older Excel",
}
#: The bytes that Excel knows UTF-8 by; a file that has them keeps them.
MARK = codecs.BOM_UTF8


@dataclass
class SavedRows:
    """The cells of a file with the line of each row, the first being its header; what is untidy, and what is wrong."""

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    untidy: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def saved_rows(raw: bytes, *, repair: bool = False) -> SavedRows:
    """The rows of the file; empty lines are none, but count as lines.

    What is read through is untidy. Letters that are not UTF-8 are a problem, since another reading of them may be
    right; with ``repair`` they are read as Windows-1252, Excel's own in western Europe.

    >>> saved_rows(b"sep=;\\r\\nid;name\\r\\n\\r\\na;x, y\\r\\n")
    SavedRows(rows=[['id', 'name'], ['a', 'x, y']], lines=[2, 4], untidy=['Windows line ends', "a first line 'sep=;'", 'semicolons between its cells'], problems=[])
    """
    saved = SavedRows()
    text = _decoded(raw, saved, repair)
    if text is None:
        return saved
    text = _one_line_end(text, saved)
    lines_before, named = 0, ""
    first, _, rest = text.partition("\n")
    if line := _SEPARATOR.fullmatch(first):
        text, named, lines_before = rest, line[1], 1
        saved.untidy.append(f"a first line {first.strip()!r}")
        first = text.partition("\n")[0]
    # The line may name another sign than the one that the program then wrote.
    separator = named if named and named in first else _separator(first)
    if separator != ",":
        saved.untidy.append(_NAMES.get(separator, f"{separator!r} between its cells"))
    _split(text, separator, lines_before, saved)
    return saved


def _decoded(raw: bytes, saved: SavedRows, repair: bool) -> str | None:
    for begin, what in _OTHER.items():
        if raw.startswith(begin):
            remedy = "open it there and save it as CSV UTF-8"
            saved.problems.append(Problem("file", f"is {what} under the name of a CSV file", remedy))
            return None
    wide = next((letters for begin, letters in _WIDE.items() if raw.startswith(begin)), "")
    if not wide and b"\0" in raw[:2]:  # the name of its first column, without a mark
        wide = "utf-16-be" if raw.startswith(b"\0") else "utf-16-le"
    if wide:
        saved.untidy.append(f"UTF-{wide[4:6]} letters")
        return raw.decode(wide, "replace").lstrip("\ufeff")
    try:
        return raw.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        # Both kinds of letters in one file: neither reading of it is right throughout.
        one_kind = not _UTF_8.search(raw) and not _NO_LETTER.search(raw)
        western = one_kind and not _NO_WORD.search(raw.decode("cp1252"))
        if repair and western:
            saved.untidy.append("Windows-1252 letters")
            return raw.decode("cp1252")
        line = raw[: error.start].count(b"\n") + 1
        seen = raw[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace").strip()
        remedy = "save it as CSV UTF-8 in the program that made it"
        if western:
            remedy = (
                "`kit tidy` reads it as Windows-1252; look at its letters then, or save the file as CSV UTF-8"
            )
        saved.problems.append(Problem(f"row {line}", f"is not UTF-8 (near {seen!r})", remedy))
        return None


def _one_line_end(text: str, saved: SavedRows) -> str:
    if "\r" not in text:
        return text
    if "\n" not in text:
        saved.untidy.append("the line ends of an old Macintosh")
        return text.replace("\r", "\n")
    if "\r\n" in text:
        saved.untidy.append("Windows line ends")
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    if "\r" not in text:
        return text
    lines, before = text.split("\n"), len(saved.untidy)
    separator = _separator(re.split(r"[\r\n]", text, maxsplit=1)[0])
    width = re.split(r"[\r\n]", text, maxsplit=1)[0].count(separator)
    for number, line in enumerate(lines):
        pieces = line.split("\r")
        # One that stands alone in a cell would cut its row in two; where each part is a row, it is the row's end.
        is_end = width and '"' not in line and all(piece.count(separator) == width for piece in pieces)
        if len(pieces) > 1:
            lines[number] = ("\n" if is_end else " ").join(pieces)
            what = "line ends of two kinds" if is_end else "a carriage return within a cell"
            saved.untidy += [] if what in saved.untidy[before:] else [what]
    return "\n".join(lines)


def _separator(header: str) -> str:
    counts = {sign: header.count(sign) for sign in (",", ";", "\t", "|")}
    return "," if counts[","] else max(counts, key=lambda sign: counts[sign])


def _split(text: str, separator: str, before: int, saved: SavedRows) -> None:
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator)
        last = begin = 0
        for cells in reader:
            begin, last = last + 1, reader.line_num
            if (
                cells
                and cells[0][:1] in _MERGING
                and _MERGE.fullmatch(cells[0].strip())
                and not any(cells[1:])
            ):
                wrong = f"{cells[0].strip()[:7]} is a mark of a merge that was not finished"
                remedy = "keep the rows of one side, or of both, and remove the marks"
                saved.problems.append(Problem(f"row {begin + before}", wrong, remedy))
            elif cells:
                saved.rows.append(cells)
                saved.lines.append(begin + before)
        if last and _never_ends(text, separator, begin):
            saved.problems.append(
                Problem(
                    f"row {begin + before}", "has a quoted cell that never ends", "close its quotation marks"
                )
            )
    except csv.Error as error:
        saved.problems.append(Problem("file", f"cannot be read as CSV ({error})", "save it as CSV UTF-8"))
    finally:
        csv.field_size_limit(limit)


def _never_ends(text: str, separator: str, begin: int) -> bool:
    tail = io.StringIO("\n".join(text.split("\n")[begin - 1 :]), newline="\n")
    try:
        list(csv.reader(tail, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False
