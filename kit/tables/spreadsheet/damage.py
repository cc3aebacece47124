"""What a spreadsheet does to a cell: letters read in the wrong way or lost, a failed formula, a date made of what was none."""

from __future__ import annotations

import re
from collections.abc import Callable

import ftfy
import pandas as pd

_LOST = "\ufffd"
#: The first bytes of letters in UTF-8 as Windows-1252 has them, before a sign that no word has there.
_READ_WRONG = re.compile(r"[ÂÃÄÅÎÏÐÑØÙâð][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA)|#{4,}")
_FORMULA = re.compile(r"=\s*[A-Z][A-Z0-9.]*\(.*", re.DOTALL)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mrz|Mär|Mai|Okt|Dez|janv|févr|avr|juin|juil|août|"
    r"ene|abr|ago|dic)"
)
#: How Excel and Calc print what they took for a date; "May 2021" and "1. Mai" people write too.
_MADE = re.compile(
    rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2,4}}|0\d\. {_MONTH}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    r"|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
#: Columns of words that were a page's own, and may hold whatever it holds.
_OF_A_PAGE = ("start", "end", "prefix", "suffix")
#: Columns that hold a day or a range of pages beside much else.
_OF_DAYS = ("says", "locator")


def damage_of(cells: pd.Series, *, own: bool = False) -> Callable[[str], tuple[str, str] | None]:
    """What tells of a cell of the column what is broken in it and the remedy, ``None`` where nothing is.

    A date made by a spreadsheet is told where the column is one that holds days (`says`, `locator`), or is a case's
    ``own`` and holds one in the tables' own form in another row.

    >>> tell = damage_of(pd.Series([""], name="locator"))
    >>> tell("p. 4"), tell("4-Mar")[0]
    (None, "locator '4-Mar' is what a spreadsheet makes of a date, or of a range such as 3-4")
    """
    name = str(cells.name)
    page = name in _OF_A_PAGE
    of_days = name in _OF_DAYS or (own and not page and cells.map(_DAY.fullmatch).any())

    def tell(value: str) -> tuple[str, str] | None:
        if not of_days and value.isascii() and value[0] not in "#=":
            return None
        seen = f"{name} {value[:60]!r}"
        if _ERROR.fullmatch(value):
            return (
                f"{seen} is the error of a spreadsheet's formula",
                "write what stood there, and format the column as text",
            )
        if _FORMULA.fullmatch(value):
            return f"{seen} is a formula, which a spreadsheet would run", "write the words that it shows"
        if page or value.isascii():
            pass
        elif _LOST in value:
            return f"{seen} has a sign in the place of a letter that was lost (U+FFFD)", "write the letter"
        elif _READ_WRONG.search(value) and (mended := ftfy.fix_encoding(value)) != value:
            remedy = f"write {mended[:60]!r}, or take the file as it was before it was saved in other letters"
            return f"{seen} is text that was read in the wrong letters", remedy
        if of_days and _MADE.fullmatch(value):
            wrong = f"{seen} is what a spreadsheet makes of a date, or of a range such as 3-4"
            return wrong, "write what stood there, and format the column as text"
        return None

    return tell
