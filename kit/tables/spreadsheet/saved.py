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
_SEPARATOR = re.compile(r'\s*"?sep=(.)"?[,;\t]*\s*', re.IGNORECASE)
_NAMES = {";": "semicolons between its cells", "\t": "tabs between its cells", "|": "bars between its cells"}
_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_NO_LETTER = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LONGEST_CELL = 10_000_000
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
    SavedRows(rows=[['id', 'name'], ['a', 'x, y']], lines=[2, 4], untidy=['Windows line ends', 'semicolons between its cells'], problems=[])
    """
    saved = SavedRows()
    text = _decoded(raw, saved, repair)
    if text is None:
        return saved
    text = _one_line_end(text, saved)
    lines_before, separator = 0, ","
    first, _, rest = text.partition("\n")
    if named := _SEPARATOR.fullmatch(first):
        text, separator, lines_before = rest, named[1], 1
    else:
        separator = _separator(first)
    if separator != ",":
        saved.untidy.append(_NAMES.get(separator, f"{separator!r} between its cells"))
    _split(text, separator, lines_before, saved)
    return saved


def _decoded(raw: bytes, saved: SavedRows, repair: bool) -> str | None:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        saved.untidy.append("UTF-16 letters")
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Both kinds of letters in one file: neither reading of it is right throughout.
        if repair and not _UTF_8.search(raw) and not _NO_LETTER.search(raw):
            saved.untidy.append("Windows-1252 letters")
            return raw.decode("cp1252")
        line = raw[: error.start].count(b"\n") + 1
        seen = raw[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace").strip()
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
        text = text.replace("\r\n", "\n")
    if "\r" in text:
        saved.untidy.append("a carriage return within a cell")
    # One that stands alone in a cell would cut its row in two.
    return text.replace("\r", " ")


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
        if last > begin and _never_ends(text, separator, begin):
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
