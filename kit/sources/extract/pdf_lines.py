"""The lines of a PDF's pages: which run on, and which stand around them, as running heads, page numbers and notes do."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

#: A line smaller than this beside the body's letters is a note or a legend; a digit that begins so high over its line, by
#: this share of the letters' height, is raised.
_SMALLER, _HIGHER = 0.93, 0.15
#: So many lines at a page's top and foot may be running heads; they repeat at one height, within points.
_EDGE, _SAME_HEIGHT = 3, 4.0
_NOTE = re.compile(r"(?:[\[(]?\d{1,3}[\])]?|[*†‡§¶⁰¹²³⁴-⁹]+)[. ]?\s?\S")
#: The mark of a note at its head, which is no part of its first word.
_MARK = re.compile(r"^([⁰¹²³⁴-⁹]+)(?=\w)")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: What pdfium gives for the hyphen at the end of a line, and for the end with it.
_LINE = re.compile("([^\\r\\n\\x02\\ufffe]+)([\\x02\\ufffe]?)")


@dataclass(frozen=True)
class PdfLine:
    """A line as it is printed: its words, the height of its letters, and how high it stands on the page, in points."""

    text: str
    size: float = 0.0
    height: float = 0.0


def printed_lines(page: Any) -> list[PdfLine]:
    """The lines of a page of pypdfium2, in the file's order.

    A hyphen that a line's end has brought, for which pdfium gives a character of its own, is a hyphen and a line feed
    again; small raised digits are raised ones.
    """
    text_page = page.get_textpage()
    count = text_page.count_chars()
    raw = text_page.get_text_range(0, count, errors="replace") if count else ""
    measured = (
        len(raw) == count
    )  # letters beyond the basic plane take two places, so that none can be measured
    found = []
    for match in _LINE.finditer(raw):
        first = next((at for at in range(*match.span(1)) if not raw[at].isspace()), match.start())
        bottom, size = _box(text_page, first) if measured else (0.0, 0.0)
        letters = [
            letter.translate(_SUPERSCRIPT) if letter.isdecimal() and _is_raised(text_page, at, bottom, size) else letter
            for at, letter in enumerate(match[1], match.start())
        ]  # fmt: skip
        if words := " ".join(_MARK.sub(r"\1 ", "".join(letters)).split()):
            found.append(PdfLine(words + "-" * bool(match[2]), size, bottom))
    return found


def _is_raised(page: Any, at: int, base: float, size: float) -> bool:
    """Whether a letter stands over its line, be it set smaller and higher or drawn so."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = (ctypes.byref(each) for each in (left, right, bottom, top))
    return bool(
        size and pdfium.FPDFText_GetCharBox(page, at, *places) and bottom.value > base + _HIGHER * size
    )


def _box(page: Any, at: int) -> tuple[float, float]:
    """How high a letter's line stands, and how tall its font is there."""
    import pypdfium2.raw as pdfium

    box, across, base = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetLooseCharBox(page, at, ctypes.byref(box)):
        return 0.0, 0.0
    if not pdfium.FPDFText_GetCharOrigin(page, at, ctypes.byref(across), ctypes.byref(base)):
        return 0.0, 0.0
    return base.value, box.top - box.bottom


def part_pages(pages: list[list[PdfLine]]) -> list[tuple[list[str], list[str]]]:
    """Of each page the lines that run on from page to page, and those that stand around them.

    Around them stand running heads and page numbers (lines at the edge that another page has at the same height, but
    for their digits) and notes (smaller lines that begin with a mark).

    >>> one = [PdfLine("Report 1", 10, 700), PdfLine("They paid", 10, 600), PdfLine("1 In May.", 8, 100)]
    >>> two = [PdfLine("Report 2", 10, 700), PdfLine("for access.", 10, 600)]
    >>> part_pages([one, two])
    [(['They paid'], ['Report 1', '1 In May.']), (['for access.'], ['Report 2'])]
    """
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        sizes[round(line.size, 1)] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    seen: dict[str, list[tuple[int, float]]] = {}
    for number, page in enumerate(pages):
        for line in (line for edge in _edges(page) for line in edge):
            seen.setdefault(_bare(line), []).append((number, line.height))
    parted = []
    for number, page in enumerate(pages):
        repeats = partial(_repeats, seen, number)
        edge = {id(line) for edge in _edges(page) for line in takewhile(repeats, edge)}
        middle = max((line.height for line in page), default=0.0) / 2
        running: list[str] = []
        around: list[str] = []
        note = False
        for line in page:
            small = line.size < _SMALLER * body
            note = small and line.height < middle and (note or bool(_NOTE.match(line.text)))
            (around if note or id(line) in edge else running).append(line.text)
        parted.append((running, around) if running else (around, running))
    return parted


def _edges(page: list[PdfLine]) -> tuple[list[PdfLine], list[PdfLine]]:
    """The lines at a page's foot and at its top, the outermost first."""
    ordered = sorted((line for line in page if line.size), key=lambda line: line.height)
    return ordered[:_EDGE], ordered[: -_EDGE - 1 : -1]


def _bare(line: PdfLine) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text)


def _repeats(seen: dict[str, list[tuple[int, float]]], number: int, line: PdfLine) -> bool:
    return any(page != number and abs(at - line.height) <= _SAME_HEIGHT for page, at in seen[_bare(line)])
